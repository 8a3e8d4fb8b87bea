"""Forms in which members add links: what is asked before, and what became of them."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock, Option, StaticSelectElement
from slack_sdk.models.views import View

from bot.desk.adding import Added, Addition, Asked
from bot.desk.drops import Drop
from bot.desk.views import ItemAndIssue
from bot.editorial.link import links_typed
from bot.ports import OfferedDesk
from bot.render import Renderer, without_emphasis
from handlers.blocks.forms import text_field, written_in
from handlers.blocks.words import TEXT_LIMIT, marked, modal, one_message, one_view, plain, sections

ADD_FORM = "add_links_form"
_LINKS_LIMIT = 3000
_NOTE_LIMIT = 500
_MOST_DESKS = 100
_MARK = 8
_VALUE = "value"

There = Sequence[tuple[ItemAndIssue, str | None]]
"""Items that were on record, each with where its card can be opened, None where nobody can say."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a form was opened with: the message, if any, and the desks that it offers."""

    said: Drop | None = None
    desks: tuple[OfferedDesk, ...] = ()


def add_form(asked: Asked, opened: Opened, render: Renderer, sent: Addition | None = None) -> View:
    """Asks for links, or what to do with those that are there; what was `sent` before stands in it again."""
    said = opened.said
    title = render.label("adding.title" if said is None else "adding.to_issue")
    if asked.elsewhere and not asked.desks:
        words = render.message("direct", desks=asked.known, is_lost=True)
        return View(
            type="modal", title=plain(title, 24), close=plain(render.label("form.close")), blocks=sections(words)
        )
    links = sent.links if sent is not None else said.links if said is not None else ()
    shown = _fitting(links)
    parts = [render.message("add_links", asked=asked, is_message=said is not None, left=len(links) - len(shown))]
    if asked.looks_like is not None:
        parts.append(render.message("off_topic", looks_like=asked.looks_like))
    blocks: list[Block] = [section for part in parts for section in sections(part)]
    blocks.append(text_field("links", render.label("adding.links"), "\n".join(shown), _LINKS_LIMIT, multiline=True))
    if len(opened.desks) > 1:
        blocks.append(_desk_field(opened.desks, sent, render))
    if said is None:
        note = sent.note if sent is not None else None
        blocks.append(text_field("note", render.label("note.for_the_desk"), note, _NOTE_LIMIT, multiline=True))
    return modal(
        ADD_FORM,
        title,
        blocks,
        submit=render.label("off_topic.add_anyway" if asked.looks_like is not None else "adding.add"),
        close=render.label("form.cancel"),
        said=_kept(said, shown) if said is not None else None,
        desk=dataclasses.astuple(opened.desks[0]) if len(opened.desks) == 1 else None,
        unlike=_mark(*shown) if asked.looks_like is not None else None,
    )


def sent_in(view: Mapping[str, Any], workspace: str, by: str) -> tuple[Addition, Opened]:
    """What a member sent, and what its form was opened with.

    What looks like no news is added where the form asked about these very links.
    """
    kept = json.loads(view["private_metadata"])
    marks = kept["said"]["links"] if kept["said"] is not None else ""
    own = frozenset(marks[place : place + _MARK] for place in range(0, len(marks), _MARK))
    lines = (line.strip() for line in (written_in(view, "links") or "").splitlines())
    found = (link for line in lines for link in ((line,) if _mark(line) in own else links_typed(line)))
    links = tuple(dict.fromkeys(found))
    said = None
    if kept["said"] is not None:
        theirs = tuple(link for link in links if _mark(link) in own)
        said = Drop(**{**kept["said"], "links": theirs}, workspace=workspace)
    desks = _offered_in(view) or ((OfferedDesk(*kept["desk"]),) if kept["desk"] is not None else ())
    addition = Addition(
        workspace,
        by,
        ticket=str(view["id"]),
        links=links,
        said=said,
        desk=_chosen(view, desks),
        note=written_in(view, "note") or "",
        anyway=kept["unlike"] == _mark(*links),
    )
    return addition, Opened(said, desks)


def added_words(added: Added, there: There, render: Renderer) -> str:
    """What became of links, for whoever added them."""
    zone = there[0][0].house.calendar.zone if there else ""
    words = [render.message("added_links", added=added, there=there, zone=zone)]
    if added.refused:
        words.append(render.message("refused_links", links=added.refused))
    return "\n".join(filter(None, words))


def added_form(added: Added, there: There, opened: Opened, render: Renderer) -> View:
    """Says what became of links, in place of the form that asked for them."""
    title = render.label("adding.title" if opened.said is None else "adding.to_issue")
    blocks = one_view(sections(added_words(added, there, render)), render)
    return View(type="modal", title=plain(title, 24), close=plain(render.label("form.close")), blocks=blocks)


def added_answer(added: Added, there: There, render: Renderer) -> tuple[str, list[Block]]:
    """The same as a message."""
    words = added_words(added, there, render)
    return marked(without_emphasis(words), TEXT_LIMIT), one_message(sections(words), render)


def _fitting(links: Sequence[str]) -> Sequence[str]:
    """As many links as the field holds, each of them whole."""
    shown = tuple(links)
    while len("\n".join(shown)) > _LINKS_LIMIT:
        shown = shown[:-1]
    return shown


def _desk_field(desks: Sequence[OfferedDesk], sent: Addition | None, render: Renderer) -> InputBlock:
    options = {desk.id: Option(text=plain(f"#{desk.name}"), value=str(desk.id)) for desk in desks[:_MOST_DESKS]}
    initial = options.get(sent.desk) if sent is not None and sent.desk is not None else None
    return InputBlock(
        block_id="desk",
        label=plain(render.label("adding.desk")),
        element=StaticSelectElement(
            action_id=_VALUE,
            placeholder=plain(render.label("adding.choose_desk")),
            options=list(options.values()),
            initial_option=initial,
        ),
    )


def _chosen(view: Mapping[str, Any], desks: Sequence[OfferedDesk]) -> int | None:
    """The desk that was chosen, the only one that there is to choose, or none: that of the message's channel."""
    if "desk" in view["state"]["values"]:
        return int(view["state"]["values"]["desk"][_VALUE]["selected_option"]["value"])
    return desks[0].id if desks else None


def _offered_in(view: Mapping[str, Any]) -> tuple[OfferedDesk, ...]:
    """The desks that a form offers; their channels do not stand in it."""
    fields = [block["element"] for block in view["blocks"] if block.get("block_id") == "desk"]
    options = [option for field in fields for option in field["options"]]
    return tuple(OfferedDesk(int(each["value"]), "", each["text"]["text"].removeprefix("#")) for each in options)


def _kept(said: Drop, shown: Sequence[str]) -> dict[str, Any]:
    """A message as its form remembers it: of its links that are shown marks alone, since there is little room."""
    names = ("channel", "message", "thread", "member", "revision", "by_app")
    own = (link for link in shown if link in said.links)
    return {**{name: getattr(said, name) for name in names}, "links": "".join(map(_mark, own))}


def _mark(*links: str) -> str:
    return sha256("\n".join(links).encode()).hexdigest()[:_MARK]
