"""Forms in which editors write what stands around the items: a field a paragraph, quote, must read or release."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    InputBlock,
    Option,
    OptionGroup,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.desk.views import PassageForm
from bot.editorial.house import House
from bot.editorial.passages import chapter_of, narrative_of
from bot.editorial.wording import AUTHOR, DISCLAIMER, HEADLINE, MOST_TEXTS, MUST_READS, OVERVIEW, RELEASES, SPECIAL
from bot.render import Renderer, unmarked
from handlers.blocks.words import modal, plain, sections

WRITE = "write_passage"
WRITE_FORM = "write_passage_form"
UNDO = "undo_passage"
_VALUE = "value"
_TEXT = "text"
_LIMIT = 3000
_SPARE = 2
"""Empty fields behind those that are filled; saving and opening again gives more."""

_TITLES = (HEADLINE, AUTHOR, DISCLAIMER, SPECIAL, OVERVIEW, MUST_READS, RELEASES)
_LABELS: Mapping[str, tuple[str, ...]] = {
    HEADLINE: ("writing.headline",),
    AUTHOR: ("writing.name", "writing.role"),
    DISCLAIMER: ("writing.disclaimer",),
    SPECIAL: ("writing.why_special",),
    RELEASES: ("writing.heading",),
}
_REPEATED: Mapping[str, str] = {
    OVERVIEW: "writing.paragraph_or_quote",
    MUST_READS: "writing.must_read",
    RELEASES: "writing.release",
}


def passages_choice(house: House, issue_id: int, render: Renderer) -> StaticSelectElement:
    """Everything of an issue that editors write."""
    groups = passage_groups(house, render, f"{issue_id}:")
    return StaticSelectElement(placeholder=plain(render.label("writing.write")), action_id=WRITE, option_groups=groups)


def passage_groups(house: House, render: Renderer, before: str) -> list[OptionGroup]:
    """What editors write, around the items and for each chapter; `before` stands before its name in each value."""
    around = [(name, render.label(f"passage.{name}")) for name in _TITLES]
    narratives = [(narrative_of(each.key), each.title) for each in house.chapters]
    return [
        OptionGroup(
            label=plain(render.label(label)),
            options=[Option(text=plain(title), value=f"{before}{name}") for name, title in named],
        )
        for label, named in (("place.around_the_items", around), ("place.narratives", narratives[:100]))
    ]


def passage_form(
    form: PassageForm, render: Renderer, *, mine: Sequence[str] | None = None, after: Literal["", "undo", "change"] = ""
) -> View:
    """A passage to be written. With `mine`, what its writer wrote stands in it and above it what somebody else did.

    `after` says that it is shown again because it was undone, or because it changed and so was not.
    """
    texts = form.texts if mine is None else mine
    words = render.message("passage", form=form, is_conflict=mine is not None, after=after)
    blocks: list[Block] = [*sections(words)]
    blocks += _fields(form, texts, render)
    if form.starred:
        lines = [render.message("starred_item", starred=each) for each in form.starred]
        blocks += sections("\n".join([render.message("starred"), *(f"• {line}" for line in lines)]))
    if form.version and mine is None:
        label = unmarked(render.message("passage_undo", form=form))
        value = json.dumps({"issue": form.issue.id, "name": form.name, "over": form.version})
        blocks.append(ActionsBlock(elements=[ButtonElement(text=plain(label), action_id=UNDO, value=value)]))
    return modal(
        WRITE_FORM,
        render.label("writing.title", number=form.issue.number, passage=_title(form, render)),
        blocks,
        submit=render.label("form.use_mine" if mine is not None else "form.save"),
        close=render.label("form.use_theirs" if mine is not None else "form.cancel"),
        issue=form.issue.id,
        name=form.name,
        over=form.version,
    )


def place_of(said: str) -> tuple[int, str, int]:
    """The issue, the passage and the version that a form or its button was made for."""
    opened = json.loads(said)
    return int(opened["issue"]), str(opened["name"]), int(opened["over"])


def texts_in(view: Mapping[str, Any]) -> list[str]:
    """What stands in the fields of a form, in their order; those left empty are empty."""
    values = view["state"]["values"]
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    names = [name for name in inputs if name.startswith(_TEXT)]
    return [str(values[name][_VALUE].get("value") or "") for name in names]


def field_at(place: int, version: int) -> str:
    """The name of the field that holds a text; Slack leaves what stands in a field that keeps its name."""
    return f"{_TEXT}:{place}:{version}"


def _fields(form: PassageForm, texts: Sequence[str], render: Renderer) -> Iterator[Block]:
    """A field a text; a must read that still stands as it did says how many voted for it."""
    name = form.name
    votes = dict(zip(form.texts, form.votes, strict=False))
    fixed = _LABELS.get(name, ())
    repeated = _REPEATED.get(name) or ("writing.paragraph" if chapter_of(name) is not None else None)
    count = min(max(len(texts) + _SPARE, len(fixed) + _SPARE), MOST_TEXTS) if repeated else len(fixed)
    for place in range(count):
        label = render.label(fixed[place]) if place < len(fixed) else _numbered(repeated, place - len(fixed), render)
        text = texts[place] if place < len(texts) else ""
        if votes.get(text):
            label = unmarked(render.message("voted", label=label, votes=votes[text]))
        element = PlainTextInputElement(
            action_id=_VALUE,
            initial_value=text[:_LIMIT] or None,
            multiline=name not in {HEADLINE, AUTHOR} and not (name == RELEASES and place == 0),
            max_length=_LIMIT,
        )
        yield InputBlock(block_id=field_at(place, form.version), label=plain(label), optional=True, element=element)


def _numbered(repeated: str | None, place: int, render: Renderer) -> str:
    return f"{render.label(repeated or 'writing.paragraph')} {place + 1}"


def _title(form: PassageForm, render: Renderer) -> str:
    chapter = chapter_of(form.name)
    named = {each.key: each.title for each in form.house.chapters}
    return named[chapter] if chapter is not None else render.label(f"passage.{form.name}")
