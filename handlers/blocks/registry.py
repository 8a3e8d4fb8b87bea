"""The registry in Slack: why an outlet counts as what it counts as, and forms in which that is written."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    InputBlock,
    MarkdownTextObject,
    Option,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.desk.registry import OutletsFound, Rewritten, Row, Why, mark_of
from bot.editorial.country import PLACES
from bot.editorial.item import Item
from bot.editorial.outlet import Control, Entry, verdict
from bot.render import Renderer
from handlers.blocks.forms import text_field, written_in
from handlers.blocks.words import marked, modal, one_view, plain, sections

OUTLETS = "open_outlets"
OUTLETS_FORM = "outlets_form"
CHANGE_OUTLET = "change_outlet"
ROW_FORM = "outlet_row_form"
YES_FORM = "outlet_yes_form"
_VALUE = "value"


def registry_button(render: Renderer, desk_id: int) -> ButtonElement:
    """Opens the registry for an editor of a desk."""
    return ButtonElement(text=plain(render.label("registry.open")), action_id=OUTLETS, value=str(desk_id))


def why_words(why: Why, render: Renderer) -> str:
    """What is known of an outlet, whose word that is, and by which rule of the house it counts."""
    return render.message("why", why=why, rule=why.house.state_media, countries=PLACES, controls=_controls(render))


def outlets_form(found: OutletsFound, render: Renderer, desk_id: int) -> View:
    """What the registry has for what an editor looked for."""
    blocks: list[Block] = [text_field("asked", render.label("registry.asked"), found.asked or None, 200)]
    for entry in found.entries:
        ruled = verdict(entry.outlet, found.house.state_media.watched)
        words = render.message("outlet", entry=entry, verdict=ruled, countries=PLACES, controls=_controls(render))
        button = _change(render.label("registry.change"), desk_id, entry.outlet.domain)
        blocks.append(SectionBlock(text=MarkdownTextObject(text=marked(words)), accessory=button))
    if found.asked and not found.entries:
        blocks += sections(render.message("outlets_none", asked=found.asked))
    if found.domain is not None:
        words = render.message("outlets_new", domain=found.domain)
        button = _change(render.label("registry.add", domain=found.domain), desk_id, found.domain)
        blocks.append(SectionBlock(text=MarkdownTextObject(text=marked(words)), accessory=button))
    return modal(
        OUTLETS_FORM,
        render.label("registry.title"),
        one_view(blocks, render),
        submit=render.label("registry.find"),
        close=render.label("registry.close"),
        desk=desk_id,
        asked=found.asked,
    )


def asked_in(view: Mapping[str, Any]) -> tuple[int, str]:
    """The desk, and what is looked for: as it was written, else as the form was made."""
    kept = json.loads(view["private_metadata"])
    return int(kept["desk"]), (written_in(view, "asked") or "") if "state" in view else str(kept["asked"])


def row_form(entry: Entry, render: Renderer, desk_id: int) -> View:
    """An outlet to be written anew by an editor; the form carries a mark of what it showed."""
    outlet = entry.outlet
    return modal(
        ROW_FORM,
        render.label("registry.row_title"),
        [
            *sections(f"`{outlet.domain}`"),
            *_fields(outlet.name, outlet.control, outlet.country or "", render),
            text_field("words", render.label("registry.reason"), None, 300),
        ],
        submit=render.label("registry.save"),
        close=render.label("registry.cancel"),
        desk=desk_id,
        domain=outlet.domain,
        seen=mark_of(entry),
    )


def row_in(view: Mapping[str, Any]) -> tuple[int, str, Row, str]:
    """The desk, the domain, what was written, and the mark of what the form showed."""
    kept = json.loads(view["private_metadata"])
    return int(kept["desk"]), str(kept["domain"]), _row(view), str(kept["seen"])


def yes_form(item: Item, render: Renderer) -> View:
    """What a member knows of an outlet that the registry does not know."""
    outlet = item.outlet
    name = (outlet.name if outlet is not None else "") or item.source or item.host
    return modal(
        YES_FORM,
        render.label("registry.yes_title"),
        [
            *sections(f"`{outlet.domain if outlet is not None else item.host}`"),
            *_fields(name, None, (outlet.country if outlet is not None else None) or "", render),
            text_field("words", render.label("registry.evidence"), None, 300),
        ],
        submit=render.label("registry.save"),
        close=render.label("registry.cancel"),
        item=item.id,
    )


def yes_in(view: Mapping[str, Any]) -> tuple[int, Row]:
    """The item, and what was written of its outlet."""
    return int(json.loads(view["private_metadata"])["item"]), _row(view)


def rewritten_view(written: Rewritten, render: Renderer) -> View:
    """What became of an outlet, and of the issues that it stands in; in place of the form."""
    words = render.message("outlet_written", w=written, rule=written.house.state_media, controls=_controls(render))
    return View(
        type="modal",
        title=plain(render.label("registry.row_title"), 24),
        close=plain(render.label("registry.close")),
        blocks=one_view(sections(words), render),
    )


def _fields(name: str, control: Control | None, country: str, render: Renderer) -> Sequence[InputBlock]:
    labels = _controls(render)
    options = [Option(text=plain(labels[each]), value=each.value) for each in Control]
    chosen = next((option for option in options if control is not None and option.value == control.value), None)
    element = StaticSelectElement(
        action_id=_VALUE,
        placeholder=plain(render.label("registry.choose_control")),
        options=options,
        initial_option=chosen,
    )
    return [
        text_field("name", render.label("registry.name"), name, 200),
        InputBlock(block_id="control", label=plain(render.label("registry.control")), element=element),
        text_field("country", render.label("registry.country"), PLACES.get(country, country), 60),
    ]


def _row(view: Mapping[str, Any]) -> Row:
    control = view["state"]["values"]["control"][_VALUE]["selected_option"]["value"]
    return Row(
        written_in(view, "name") or "",
        written_in(view, "country") or "",
        Control(control),
        written_in(view, "words") or "",
    )


def _controls(render: Renderer) -> Mapping[Control, str]:
    return {
        Control.STATE_OWNED: render.label("registry.state_owned"),
        Control.STATE_CONTROLLED: render.label("registry.state_controlled"),
        Control.GOVERNMENT: render.label("registry.government"),
        Control.PUBLIC_SERVICE: render.label("registry.public_service"),
        Control.INDEPENDENT: render.label("registry.independent"),
        Control.UNKNOWN: render.label("registry.unknown"),
    }


def _change(label: str, desk_id: int, domain: str) -> ButtonElement:
    return ButtonElement(text=plain(label), action_id=CHANGE_OUTLET, value=f"{desk_id}:{domain}")
