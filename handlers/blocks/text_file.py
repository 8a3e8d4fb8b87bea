"""A text file that an editor brought: what it tells of each chapter, and what is asked before it is stored."""

from collections.abc import Iterator

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    SectionBlock,
    StaticSelectElement,
)

from bot.desk.views import TextFile, TextFilePart
from bot.editorial.issue import IssueState
from bot.render import Renderer, unmarked, without_emphasis
from handlers.blocks.words import marked, plain, sections

FOR_ISSUE = "text_for_issue"
FOR_CHAPTER = "text_for_chapter"
REPLACE = "replace_narrative"
LEAVE = "leave_narrative"
_MOST_ISSUES = 25


def text_file_blocks(text: TextFile, render: Renderer) -> tuple[str, list[Block]]:
    """What became of each part of a text file, and what is asked about it."""
    words = render.message("text_file", text=text)
    blocks: list[Block] = [*sections(words)]
    if text.issue is None:
        elements: list[InteractiveElement] = [
            ButtonElement(
                text=plain(unmarked(render.message("text_file_issue", issue=issue))),
                action_id=f"{FOR_ISSUE}:{place}",
                value=f"{text.id}:{issue.id}",
            )
            for place, issue in enumerate(text.issues[:_MOST_ISSUES])
        ]
        blocks += [ActionsBlock(elements=elements)] if elements else []
    for place, part in enumerate(text.parts):
        blocks += _part(text, place, part, render)
    return without_emphasis(words), blocks


def text_and_part(value: str) -> tuple[int, int, str]:
    """`7:1:iran` as text 7, its part 1, and what was chosen for it."""
    text, part, choice = value.split(":", 2)
    return int(text), int(part), choice


def _part(text: TextFile, place: int, part: TextFilePart, render: Renderer) -> Iterator[Block]:
    words = render.message("text_file_part", part=part, text=text)
    yield SectionBlock(text=MarkdownTextObject(text=marked(words)))
    elements = _asked(text, place, part, render)
    if elements:
        yield ActionsBlock(elements=elements)


def _asked(text: TextFile, place: int, part: TextFilePart, render: Renderer) -> list[InteractiveElement]:
    if part.outcome or text.issue is None or text.issue.state is IssueState.PUBLISHED:
        return []
    if part.title is None:
        options = [
            Option(text=plain(each.title), value=f"{text.id}:{place}:{each.key}") for each in text.house.chapters[:100]
        ]
        asked = plain(render.label("text_file.chapter"))
        return [StaticSelectElement(placeholder=asked, action_id=FOR_CHAPTER, options=options)]
    replace, leave = plain(render.label("text_file.replace")), plain(render.label("text_file.leave"))
    return [
        ButtonElement(text=replace, action_id=REPLACE, value=f"{text.id}:{place}:{part.version}"),
        ButtonElement(text=leave, action_id=LEAVE, value=f"{text.id}:{place}:"),
    ]
