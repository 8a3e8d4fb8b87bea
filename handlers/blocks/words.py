"""Text for blocks, within Slack's limits."""

import json
import re
from collections.abc import Callable, Iterator, Sequence

from slack_sdk.models.blocks import Block, ContextBlock, MarkdownTextObject, PlainTextObject, SectionBlock
from slack_sdk.models.views import View

from bot.desk.views import Draft, Status
from bot.editorial.house import House
from bot.editorial.quota import Tally, forecast, remedies
from bot.render import Renderer, one_line, unmarked

BUTTON_LIMIT = 75
SECTION_LIMIT = 3000
TEXT_LIMIT = 4000
BLOCKS_LIMIT = 50
VIEW_BLOCKS_LIMIT = 100
VIEW_LIMIT = 240_000
"""Characters of a form or home as JSON; Slack refuses from 250 kB."""

MESSAGE_LIMIT = 11_000
"""Characters in all blocks of a message; Slack refuses from about 12,000."""

_ATOM = re.compile("<[^<>]*>|&(?:amp|lt|gt);|[*_~`]\u200b|\\s+|[^\\s<&*_~`]{1,80}|.", re.DOTALL)
"""What is never cut in Slack's markup: a link, an entity, a mark with the space that disarms it, a word."""


def short(text: str, limit: int = BUTTON_LIMIT) -> str:
    """Plain text within a limit of characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def plain(text: str, limit: int = BUTTON_LIMIT) -> PlainTextObject:
    return PlainTextObject(text=short(text, limit), emoji=True)


def labelled(render: Callable[[str], str], words: str) -> PlainTextObject:
    """A button's text around words from elsewhere: they alone are cut, and nothing in them becomes a picture."""
    room = BUTTON_LIMIT - len(unmarked(render("")))
    return PlainTextObject(text=unmarked(render(short(one_line(words), room))), emoji=False)


def marked(text: str, limit: int = SECTION_LIMIT) -> str:
    """Slack's markup within a limit of characters, cut between words and never inside a link or an entity."""
    return text if len(text) <= limit else next(_pieces(text, limit - 1)).rstrip() + "…"


def sections(text: str) -> list[SectionBlock]:
    """Section blocks for lines of text, parted between lines, and inside a line only where it alone is too long."""
    chunks: list[list[str]] = [[]]
    size = 0
    for line in (piece for each in text.splitlines() for piece in _pieces(each, SECTION_LIMIT)):
        if chunks[-1] and size + len(line) + 1 > SECTION_LIMIT:
            chunks.append([])
            size = 0
        chunks[-1].append(line)
        size += len(line) + 1
    return [SectionBlock(text=MarkdownTextObject(text="\n".join(chunk))) for chunk in chunks if any(chunk)]


def pages(blocks: Sequence[Block], most: int = BLOCKS_LIMIT) -> Iterator[list[Block]]:
    """Blocks in messages that Slack takes: by their number and by their characters."""
    page: list[Block] = []
    size = 0
    for block in blocks:
        length = _length(block.to_dict())
        if page and (size + length > MESSAGE_LIMIT or len(page) == most):
            yield page
            page, size = [], 0
        page.append(block)
        size += length
    if page:
        yield page


def one_message(blocks: Sequence[Block], render: Renderer) -> list[Block]:
    """As many blocks as one message holds; where some are left out, the last one says so."""
    first = next(pages(blocks, BLOCKS_LIMIT - 1), [])
    return first if len(first) == len(blocks) else [*first, context(render.message("goes_on"))]


def one_view(blocks: Sequence[Block], render: Renderer) -> list[Block]:
    """As many blocks as a form or a home holds; where some are left out, the last one says so."""
    kept: list[Block] = []
    size = 0
    for block in blocks:
        size += len(json.dumps(block.to_dict()))
        if size > VIEW_LIMIT or (len(kept) == VIEW_BLOCKS_LIMIT - 1 and len(blocks) > VIEW_BLOCKS_LIMIT):
            return [*kept, context(render.message("goes_on"))]
        kept.append(block)
    return kept


def modal(
    callback: str, title: str, blocks: Sequence[Block], *, submit: str | None, close: str, **kept: object
) -> View:
    """A form to be filled in, or one to be read where it is not sent; what is `kept` comes back with it."""
    return View(
        type="modal",
        callback_id=callback,
        title=plain(title, 24),
        submit=plain(submit) if submit is not None else None,
        close=plain(close),
        private_metadata=json.dumps(kept),
        blocks=blocks,
    )


def context(text: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=text)])


def share(render: Renderer, house: House, tally: Tally) -> str:
    """The state-media share in words: a forecast early in an issue, the remedies over the limit."""
    rule = house.state_media
    expected = forecast(tally, house.planned_items)
    return render.message(
        "share",
        rule=rule,
        tally=tally,
        planned=house.planned_items,
        forecast=expected,
        over=expected > rule.limit,
        remedies=remedies(tally, rule.limit, house.planned_items),
    )


def share_of(render: Renderer, view: Status | Draft) -> str:
    return share(render, view.house, view.tally)


def _pieces(line: str, limit: int) -> Iterator[str]:
    """A line of markup in pieces within a limit; a link that alone is longer keeps its label and loses its address."""
    piece = ""
    for atom in _ATOM.findall(line):
        whole = atom if len(atom) <= limit else marked(atom.strip("<>").partition("|")[2], limit)
        if piece and len(piece) + len(whole) > limit:
            yield piece
            piece = ""
        piece += whole
    yield piece


def _length(value: object) -> int:
    """Characters of all texts of a block."""
    if isinstance(value, dict):
        return sum(
            len(each) if name == "text" and isinstance(each, str) else _length(each) for name, each in value.items()
        )
    return sum(map(_length, value)) if isinstance(value, list) else 0
