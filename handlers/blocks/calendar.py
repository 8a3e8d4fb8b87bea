"""What will be posted when, and the question before a deadline moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement
from slack_sdk.models.views import View

from bot.desk.planning import DeadlineMove, Plan, PlannedIssue, PlannedPost
from bot.desk.reminding import Outcome
from bot.editorial.calendar import DueKind
from bot.render import Renderer, without_emphasis
from handlers.blocks.whole_text import whole_text
from handlers.blocks.words import modal, one_message, one_view, plain, sections

SHOW_CALENDAR = "show_calendar"
CALENDAR_FORM = "calendar"
MOVE_DEADLINE = "move_deadline"
LEAVE_DEADLINE = "leave_deadline"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the plan: when, what, and a remark such as that it was posted."""

    at: datetime
    what: str
    remark: str


def calendar_button(desk_id: int, render: Renderer) -> ButtonElement:
    """Opens the calendar of a desk; in the app's home it is for editors."""
    return ButtonElement(text=plain(render.label("calendar.open")), action_id=SHOW_CALENDAR, value=str(desk_id))


def calendar_words(plan: Plan, render: Renderer) -> str:
    """The whole plan in Slack's markup, with which a command line prints the same."""
    lines = {issue.number: _lines(issue.posts, plan.now, render) for issue in plan.issues}
    return render.message("calendar", plan=plan, zone=plan.house.calendar.zone, lines=lines)


def calendar_blocks(plan: Plan, render: Renderer) -> tuple[str, list[Block]]:
    words = calendar_words(plan, render)
    return without_emphasis(words.splitlines()[0]), one_message(sections(words), render)


def calendar_form(plan: Plan, render: Renderer) -> View:
    """The same as a form that is only read."""
    blocks = one_view(sections(calendar_words(plan, render)), render)
    title, close = render.label("calendar.title"), render.label("calendar.close")
    return modal(CALENDAR_FORM, title, blocks, submit=None, close=close)


def deadline_move_blocks(move: DeadlineMove, render: Renderer) -> tuple[str, list[Block]]:
    """What a new deadline would bring, and the question whether it is meant."""
    lines = _lines(move.to.posts, move.now, render)
    words = render.message("deadline_move", move=move, zone=move.house.calendar.zone, lines=lines)
    seen, wanted = (int(each.timestamp()) for each in (move.issue.deadline, move.to.deadline))
    value = f"{move.issue.desk_id}:{move.issue.id}:{seen}:{wanted}"
    buttons = [
        ButtonElement(text=plain(render.label("calendar.move")), action_id=MOVE_DEADLINE, value=value, style="primary"),
        ButtonElement(text=plain(render.label("calendar.leave")), action_id=LEAVE_DEADLINE, value=value),
    ]
    blocks: list[Block] = [*sections(words), ActionsBlock(elements=buttons)]
    return whole_text(without_emphasis(words), blocks, render), blocks


def deadline_in(value: str) -> tuple[int, tuple[int, datetime], datetime]:
    """`1:18:1610661600:1610730000`: the desk, the issue with the deadline that was seen, and the one that is meant."""
    desk, issue, seen, wanted = map(int, value.split(":"))
    return desk, (issue, datetime.fromtimestamp(seen, UTC)), datetime.fromtimestamp(wanted, UTC)


def still_to_come(issue: PlannedIssue, now: datetime, render: Renderer) -> list[PlanLine]:
    """What comes now, for everybody in the channel: what was posted is not told of again."""
    return _lines([post for post in issue.posts if _is_ahead(post, now)], now, render)


def moments_ahead(plan: Plan, render: Renderer) -> list[tuple[datetime, list[str]]]:
    """Each moment of a plan at which something is still to be done, with what that is and for which issue."""
    found: dict[datetime, list[str]] = {}
    for issue in plan.issues:
        for line in _lines([post for post in issue.posts if post.due.at > plan.now], plan.now, render):
            found.setdefault(line.at, []).append(render.label("calendar.of_issue", number=issue.number, what=line.what))
    return sorted(found.items())


def _is_ahead(post: PlannedPost, now: datetime) -> bool:
    until = post.due.useful_until
    return post.outcome is None and (until is None or now < until) and post.due.kind is not DueKind.CLOSE


def _lines(posts: Sequence[PlannedPost], now: datetime, render: Renderer) -> list[PlanLine]:
    what = {
        DueKind.MEMBERS: render.label("calendar.members"),
        DueKind.SECTIONS: render.label("calendar.sections"),
        DueKind.EDITORS: render.label("calendar.editors"),
        DueKind.DRAFT: render.label("calendar.draft"),
        DueKind.CLOSE: render.label("calendar.freeze"),
    }
    return [PlanLine(post.due.at, what[post.due.kind], _remark(post, now, render)) for post in posts]


def _remark(post: PlannedPost, now: datetime, render: Renderer) -> str:
    """What became of it, or that it comes at once; nothing where its moment is to come."""
    match post.outcome:
        case Outcome.POSTED | Outcome.THROUGH:
            return render.label("calendar.posted")
        case Outcome.NEEDLESS:
            return render.label("calendar.needless")
        case Outcome.SKIPPED:
            return render.label("calendar.passed_over")
    if post.is_begun:
        return render.label("calendar.begun")
    if post.due.useful_until is not None and post.due.useful_until <= now:
        return render.label("calendar.passed_over")
    return render.label("calendar.at_once") if post.due.at <= now else ""
