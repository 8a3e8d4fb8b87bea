"""Text for blocks, within Slack's limits."""

from slack_sdk.models.blocks import ContextBlock, MarkdownTextObject, PlainTextObject, SectionBlock

from bot.desk.views import Draft, Status
from bot.editorial.house import House
from bot.editorial.quota import Remedies, Tally, forecast, within
from bot.render import Renderer

BUTTON_LIMIT = 75
SECTION_LIMIT = 3000
BLOCKS_LIMIT = 50
MESSAGE_LIMIT = 11_000
"""Characters in all blocks of a message; Slack refuses from about 12,000."""


def short(text: str, limit: int = BUTTON_LIMIT) -> str:
    """Text within a limit of characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def plain(text: str, limit: int = BUTTON_LIMIT) -> PlainTextObject:
    return PlainTextObject(text=short(text, limit), emoji=True)


def sections(text: str) -> list[SectionBlock]:
    """Section blocks for lines of text, parted between lines where one would be too long."""
    chunks: list[list[str]] = [[]]
    size = 0
    for line in text.splitlines():
        if chunks[-1] and size + len(line) + 1 > SECTION_LIMIT:
            chunks.append([])
            size = 0
        chunks[-1].append(line)
        size += len(line) + 1
    return [SectionBlock(text=MarkdownTextObject(text="\n".join(chunk))) for chunk in chunks if any(chunk)]


def context(text: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=text)])


def share(render: Renderer, house: House, tally: Tally, remedies: Remedies) -> str:
    """The state-media share in words: a forecast early in an issue, the remedies over the limit."""
    rule = house.state_media
    small = tally.total < house.planned_items
    expected = forecast(tally, house.planned_items)
    over = expected > rule.limit if small else not within(tally, rule.limit)
    return render.message(
        "share",
        rule=rule,
        tally=tally,
        planned=house.planned_items,
        forecast=expected,
        over=over,
        remedies=remedies,
    )


def share_of(render: Renderer, view: Status | Draft) -> str:
    return share(render, view.house, view.tally, view.remedies)
