"""The draft as a thread: figures and findings in the first message, one reply a section."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    HeaderBlock,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)

from bot.desk.views import Draft
from bot.editorial.house import RELEASES
from bot.editorial.issue import IssueState
from bot.editorial.quota import within
from bot.editorial.room import crowded
from bot.export.formats import FORMATS
from bot.render import Renderer, unmarked, without_emphasis
from handlers.blocks.correcting import CORRECT
from handlers.blocks.gate import FIX_LIST
from handlers.blocks.order import order_button, order_choice
from handlers.blocks.words import BLOCKS_LIMIT, marked, pages, plain, sections, share_of
from handlers.blocks.writing import passages_choice

EXPORT = "export_draft"
REFRESH = "refresh_draft"
PUBLISH = "publish_issue"
FEED = "rss"


@dataclass(frozen=True, slots=True)
class Reply:
    """A part of the draft: the first has no name."""

    name: str
    text: str
    blocks: Sequence[Block]


def draft_parts(draft: Draft, render: Renderer) -> list[Reply]:
    """The whole draft: its releases, then its sections, a reply each.

    What is too long for a message goes on in the next reply, never cut inside a link.
    """
    parts = [_first(draft, render)]
    releases = draft.edition.writing.releases
    if releases:
        words = render.message("draft_releases", releases=releases)
        parts += _replies(
            RELEASES, draft.edition.releases_heading, words, render.words.count_of(len(releases), "release")
        )
    for chapter in draft.rundown.chapters:
        for section in chapter.sections:
            if section.items:
                words, count = render.section(section, draft.house), render.words.count_of(len(section.items), "item")
                can_be_ordered = len(section.items) > 1 and draft.issue.state is not IssueState.PUBLISHED
                below = [order_button(draft, section.section.key, render)] if can_be_ordered else []
                parts += _replies(section.section.key, section.section.title, words, count, below)
    return parts


def _first(draft: Draft, render: Renderer) -> Reply:
    elements: list[InteractiveElement]
    if draft.issue.state is IssueState.PUBLISHED:
        words = render.message("draft_published", d=draft)
        elements = [_export(draft, render), _button(render.label("draft.correct"), CORRECT, draft)]
    else:
        over = not within(draft.tally, draft.house.state_media.limit)
        words = render.message(
            "draft",
            d=draft,
            share=share_of(render, draft),
            over=over,
            crowded=crowded(draft.edition.items, draft.house),
        )
        elements = [
            _button(render.label("draft.fix_list"), FIX_LIST, draft),
            passages_choice(draft.house, draft.issue.id, render),
            order_choice(draft, render),
            _export(draft, render),
            _button(render.label("draft.refresh"), REFRESH, draft),
            _publish(draft, render),
        ]
    first = SectionBlock(text=MarkdownTextObject(text=marked(words)))
    return Reply("", without_emphasis(words.splitlines()[0]), [first, ActionsBlock(elements=elements)])


def _button(label: str, action: str, draft: Draft) -> ButtonElement:
    return ButtonElement(text=plain(label), action_id=action, value=str(draft.issue.id))


def _export(draft: Draft, render: Renderer) -> StaticSelectElement:
    forms = [*FORMATS, *([FEED] if draft.issue.state is IssueState.PUBLISHED else [])]
    return StaticSelectElement(
        placeholder=plain(render.label("draft.export")),
        action_id=EXPORT,
        options=[
            Option(text=plain(render.label(f"format.{form}")), value=f"{draft.issue.id}:{form}") for form in forms
        ],
    )


def _publish(draft: Draft, render: Renderer) -> ButtonElement:
    confirm = ConfirmObject(
        title=plain(render.label("draft.publish_title", number=draft.issue.number), 100),
        text=PlainTextObject(text=unmarked(render.message("publish_asked", d=draft))),
        confirm=render.label("draft.publish"),
        deny=render.label("draft.not_yet"),
    )
    return ButtonElement(
        text=plain(render.label("draft.publish")), action_id=PUBLISH, value=str(draft.issue.id), confirm=confirm
    )


def _replies(key: str, title: str, words: str, count: str, below: Sequence[InteractiveElement] = ()) -> Iterator[Reply]:
    for number, blocks in enumerate(pages(sections(words), BLOCKS_LIMIT - 2), start=1):
        heading = title if number == 1 else f"{title} ({number})"
        name = key if number == 1 else f"{key}:{number}"
        buttons = [ActionsBlock(elements=below)] if below else []
        yield Reply(name, f"{heading}: {count}", [HeaderBlock(text=plain(heading, 150)), *blocks, *buttons])
