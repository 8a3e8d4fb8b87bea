"""How the issue stands: for one member, as an answer, a reminder or the app's home."""

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, DividerBlock, HeaderBlock, InteractiveElement
from slack_sdk.models.views import View

from bot.desk.views import Status
from bot.render import Renderer, without_emphasis
from handlers.blocks.gate import FIX_LIST
from handlers.blocks.words import context, one_view, plain, sections, share_of
from handlers.blocks.writing import passages_choice

MY_ITEMS = "my_items"


def status_blocks(status: Status, render: Renderer) -> tuple[str, list[Block]]:
    head = render.message("status", s=status, share=share_of(render, status), left=time_left(status, render))
    listed = render.message("status_sections", s=status)
    mine = render.message("status_mine", s=status)
    return without_emphasis(head), [*sections(head), *sections(listed), *sections(mine)]


def mention_blocks(status: Status, render: Renderer) -> tuple[str, list[Block]]:
    """The answer to whoever mentions the bot: how the issue stands, and where to read what the bot can do."""
    text, blocks = status_blocks(status, render)
    return text, [*blocks, context(render.message("help_hint"))]


def quota_blocks(status: Status, render: Renderer) -> tuple[str, list[Block]]:
    words = render.message("quota", s=status, rule=status.house.state_media, share=share_of(render, status))
    return without_emphasis(words), list(sections(words))


def home_view(status: Status, render: Renderer) -> View:
    _, blocks = status_blocks(status, render)
    title = HeaderBlock(
        text=plain(render.label("status.title", house=status.house.title, number=status.issue.number), 150)
    )
    mends = [ActionsBlock(elements=_of_editors(status, render))] if status.is_editor else []
    return View(type="home", blocks=one_view([title, blocks[0], *mends, DividerBlock(), *blocks[1:]], render))


def _of_editors(status: Status, render: Renderer) -> list[InteractiveElement]:
    fix = ButtonElement(text=plain(render.label("draft.fix_list")), action_id=FIX_LIST, value=str(status.issue.id))
    return [fix, passages_choice(status.house, status.issue.id, render)]


def home_without_desk(words: str) -> View:
    return View(type="home", blocks=sections(words))


def mine_form(status: Status, render: Renderer) -> View:
    blocks = sections(render.message("status_mine", s=status))
    return View(
        type="modal",
        title=plain(render.label("status.my_items"), 24),
        close=plain(render.label("form.close")),
        blocks=one_view(blocks, render),
    )


def time_left(status: Status, render: Renderer) -> str:
    """The time to the deadline in words."""
    left = status.issue.deadline - status.now
    if left.total_seconds() <= 0:
        return render.label("status.deadline_passed")
    hours, minutes = left.seconds // 3600, left.seconds % 3600 // 60
    number, unit = (left.days, "day") if left.days else (hours, "hour") if hours else (minutes, "minute")
    return render.label("status.left", time=render.words.count_of(number, unit))
