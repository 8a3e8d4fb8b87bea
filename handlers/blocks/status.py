"""How the issue stands: for one member, as an answer, a reminder or the app's home."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.desk.views import Status
from bot.render import Renderer, without_emphasis
from handlers.blocks.words import context, one_view, plain, sections, share_of

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
