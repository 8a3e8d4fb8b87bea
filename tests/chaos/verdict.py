"""What must hold at the end of a run, whatever happened in it."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from bot.editorial.link import read_link
from bot.ports import ShowingKind
from bot.render import Renderer
from bot.sandbox.records import Message
from db.models import ChangeRow, ClaimRow, InboxRow, ItemRow, OutboxRow
from handlers.message_links import links_of
from handlers.permalinks import Permalinks
from handlers.presenter import Presenter
from handlers.tongues import Tongues
from tests.chaos.fleet import Post
from tests.chaos.run import Run
from tests.moments import timeless
from tests.newsroom import Newsroom

_ON_THE_LIST = {"pending", "filed"}


async def findings(run: Run, newsroom: Newsroom) -> list[str]:
    """Everything that does not hold, a sentence each."""
    async with newsroom.bot.database.connection() as connection:
        items = (await connection.execute(select(ItemRow.__table__).order_by(ItemRow.id))).all()
        changes = (await connection.execute(select(ChangeRow.__table__).order_by(ChangeRow.id))).all()
        inbox = (await connection.execute(select(InboxRow.__table__))).all()
        outbox = (await connection.execute(select(OutboxRow.__table__))).all()
        claims = (await connection.execute(select(ClaimRow.__table__))).all()
    run.count["items"] = len(items)
    run.count["cards, reminders and drafts"] = len(outbox)
    run.count["due times"] = len(claims)
    posts = [message for log in run.stand_in.workspace.log.values() for message in log if message.bot_id]
    return [
        *_links(run, items),
        *_logs(items, changes),
        *_left_over(inbox, outbox),
        *_said_twice(run, posts),
        *[each async for each in _shown(newsroom, posts, outbox, _deleted(run, outbox))],
    ]


def _links(run: Run, items: Sequence[Row[Any]]) -> Iterator[str]:
    """Every link of an accepted message is an item, one an issue, and nothing else is."""
    sent: set[str] = set()
    for event_id, event in run.door.sent.items():
        if event.get("type") != "message" or event.get("bot_id") or event.get("subtype") == "message_deleted":
            continue
        keys = {read_link(link).key for link in links_of(event.get("message") or event)}
        sent |= keys
        if event_id in run.door.accepted and "subtype" not in event:
            run.count["accepted links"] += len(keys)
            lacking = keys - {item.key for item in items}
            yield from (f"lost: {key} of the accepted message {event['ts']}" for key in sorted(lacking))
    yield from (f"from nowhere: item {item.id}, {item.key}" for item in items if item.key not in sent)
    listed = Counter((item.issue_id, item.key) for item in items if item.state in _ON_THE_LIST)
    for (issue, key), count in listed.items():
        if count > 1:
            yield f"stored {count} times: {key} in issue {issue}"


def _logs(items: Sequence[Row[Any]], changes: Sequence[Row[Any]]) -> Iterator[str]:
    """The event log of an item is a chain from where it began to where it stands."""
    for item in items:
        mine = [change for change in changes if change.item_id == item.id]
        if sum(change.verb == "dropped" for change in mine) != 1:
            yield f"item {item.id} was not dropped once by its log"
        state, section = "pending", None
        for change in (each for each in mine if "state" in each.after):
            if (change.before["state"], change.before["section"]) != (state, section):
                yield f"item {item.id}: its log breaks at change {change.id}, {change.verb}"
            state, section = change.after["state"], change.after["section"]
        if (item.state, item.section) != (state, section):
            yield f"item {item.id} is {item.state} in {item.section}, by its log {state} in {section}"
        if item.reading == "waiting" and item.state in _ON_THE_LIST:  # nobody reads what was taken back
            yield f"item {item.id} still waits to be read: {item.trouble}"


def _left_over(inbox: Sequence[Row[Any]], outbox: Sequence[Row[Any]]) -> Iterator[str]:
    """Nothing is owed any more, and nothing was given up."""
    for row in inbox:
        if row.state != "done":
            yield f"event {row.event_id} is {row.state} after {row.attempts} attempts: {row.trouble}"
    for row in outbox:
        if row.state != "waiting" or row.wanted > row.shown:
            yield f"{row.key} is {row.state}, shown {row.shown} of {row.wanted}: {row.trouble}"


def _said_twice(run: Run, posts: Sequence[Message]) -> Iterator[str]:
    """What stands twice in the workspace, unless the second one is of a process that was held before its call."""
    payloads = [message.metadata["event_payload"] for message in posts if message.metadata]
    for (key, part), count in Counter((each["key"], each["part"]) for each in payloads).items():
        late = sum(_came_late(run, post) for post in run.posts if (post.key, post.part) == (key, part))
        run.count["posts of a process that was held before its call"] += late
        if count > 1 + late:
            yield f"said {count} times: {key} {part}".rstrip()


def _came_late(run: Run, post: Post) -> bool:
    """Whether a process was held between its claim and its call, while another one took over and posted."""
    if post.held is None:
        return False
    others = (each for each in run.posts if each is not post and (each.key, each.part) == (post.key, post.part))
    return any(post.held[0] <= each.at <= post.at for each in others)


def _deleted(run: Run, outbox: Sequence[Row[Any]]) -> set[str]:
    """The keys of what answers a message that its member deleted: there is no thread any more to say it in."""
    there = {message.ts for log in run.stand_in.workspace.log.values() for message in log}
    gone = {row.key for row in outbox if row.thread is not None and row.thread not in there}
    run.count["answers to deleted messages"] = len(gone)
    return gone


async def _shown(
    newsroom: Newsroom, posts: Sequence[Message], outbox: Sequence[Row[Any]], deleted: set[str]
) -> AsyncIterator[str]:
    """What everybody may see was said, and each card shows how its items stand.

    Shares and counts of a section are those of the moment at which a card was shown, so they are left out: all else
    that its text says, and everything to press, is compared.
    """
    permalinks, desk, clock = Permalinks(newsroom.bot.edge.app.client), newsroom.bot.desk, newsroom.clock
    tongues = Tongues(desk=desk, clock=clock)
    present = Presenter(desk=desk, render=Renderer(), clock=clock, permalinks=permalinks, tongues=tongues)
    said = _by_key(posts)
    for row in outbox:
        if row.recipient is not None or row.kind == ShowingKind.HOME:
            continue
        if row.key in deleted:
            continue
        async with newsroom.bot.database.unit_of_work() as work:
            showing = await work.outbox.find(row.workspace, row.key)
        if row.key not in said:
            if showing is None or await present(showing):  # of a quota that was met meanwhile nothing is to be said
                yield f"never said: {row.key}"
        elif row.kind == ShowingKind.CARD and showing is not None:
            (part,) = await present(showing)
            message = said[row.key].get(showing.posted[""].ts)
            if message is None:
                yield f"{row.key} stands in another message than the one on record"
            elif timeless(message.text) != timeless(part.text) or _to_press(message.blocks) != _to_press(
                part.content["blocks"]
            ):
                yield f"{row.key} shows {message.text!r}, and {part.text!r} is so"


def _by_key(posts: Sequence[Message]) -> Mapping[str, Mapping[str, Message]]:
    """What was posted under each key, by ts: a process that was held may have left a second one."""
    said: defaultdict[str, dict[str, Message]] = defaultdict(dict)
    for each in posts:
        if each.metadata:
            said[each.metadata["event_payload"]["key"]][each.ts] = each
    return said


def _to_press(blocks: Sequence[Mapping[str, Any]]) -> list[Any]:
    """What can be pressed, by place and value."""
    return [
        (element.get("action_id"), element.get("value"))
        for block in blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]
