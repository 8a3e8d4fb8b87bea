"""The fix list: what the gate found, each with what mends it, and the forms that it opens."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    InteractiveElement,
)
from slack_sdk.models.views import View

from bot.desk.views import Draft
from bot.editorial.acceptance import name_of
from bot.editorial.gate import Finding, FindingKind
from bot.editorial.house import House
from bot.editorial.item import Item
from bot.editorial.passages import narrative_of
from bot.editorial.wording import DISCLAIMER, HEADLINE, SPECIAL
from bot.render import Renderer
from handlers.blocks import dating, similar
from handlers.blocks.accepting import word_fields, word_in
from handlers.blocks.card import ATTEST
from handlers.blocks.forms import text_field, written_in
from handlers.blocks.opinion import barred_buttons, sign_of
from handlers.blocks.outlet import outlet_choice
from handlers.blocks.words import modal, one_view, plain, sections

FIX_LIST = "fix_list"
FIX_PAGE = "fix_page"
FIX_ITEM = "fix_item"
FIX_OUTLET = "fix_outlet"
FIX_PASSAGE = "fix_passage"
ATTEST_FORM = "attest_form"
READ_AGAIN = "read_item_again"
USE_COPY = "use_copy_of_item"
SPIKE = "spike_item"
WAIVE = "waive_finding"
WAIVE_FORM = "waive_form"
TAKE_BACK = "take_waiver_back"

FINDINGS_ON_A_PAGE = 20
_EDITED = frozenset(
    {
        FindingKind.NO_DATE,
        FindingKind.FUTURE_DATE,
        FindingKind.NO_TITLE,
        FindingKind.NO_SOURCE,
        FindingKind.NO_AGENCY,
        FindingKind.OUTSIDE_WINDOW,
        FindingKind.NOT_READ,
    }
)
_READ_AGAIN = frozenset({FindingKind.NOT_READ, FindingKind.PAGE_MOVED, FindingKind.PAGE_CHANGED, FindingKind.DEAD_LINK})
_SPIKED = frozenset(
    {
        FindingKind.DEAD_LINK,
        FindingKind.OUTSIDE_WINDOW,
        FindingKind.PAYWALLED,
        FindingKind.RELEASE_IS_STATE_MEDIA,
        FindingKind.USED_AGAIN,
    }
)
_WRITTEN: Mapping[FindingKind, tuple[str, str]] = {
    FindingKind.SHARE_OVER_LIMIT: (SPECIAL, "gate.declare_special"),
    FindingKind.DISCLAIMER_WRONG: (DISCLAIMER, "gate.write_disclaimer"),
    FindingKind.NO_HEADLINE: (HEADLINE, "gate.write_headline"),
}


def fix_list(draft: Draft, render: Renderer, page: int = 0) -> View:
    """Everything that the gate found, what blocks first, so many a page."""
    findings = draft.findings
    pages = max((len(findings) - 1) // FINDINGS_ON_A_PAGE + 1, 1)
    page = min(max(page, 0), pages - 1)
    blocks: list[Block] = []
    for finding in findings[page * FINDINGS_ON_A_PAGE : (page + 1) * FINDINGS_ON_A_PAGE]:
        words = render.message(
            "finding",
            f=finding,
            house=draft.house,
            remedies=draft.remedies,
            share=draft.tally.share,
            issue=draft.issue,
            sign=sign_of(finding.item, render) if finding.item is not None else "",
        )
        blocks += sections(words)
        elements = _mends(finding, draft.house, render)
        if elements:
            blocks.append(ActionsBlock(elements=elements))
    if not findings:
        blocks += sections(render.message("nothing_to_fix"))
    turns = [
        ButtonElement(text=plain(render.label(f"form.{turn}")), action_id=f"{FIX_PAGE}:{turn}", value=str(to))
        for turn, to in (("previous", page - 1), ("next", page + 1))
        if 0 <= to < pages
    ]
    if turns:
        blocks += [*sections(render.label("form.page", page=page + 1, pages=pages)), ActionsBlock(elements=turns)]
    return modal(
        FIX_LIST,
        render.label("gate.title", number=draft.issue.number),
        one_view(blocks, render),
        submit=None,
        close=render.label("form.close"),
        issue=draft.issue.id,
        page=page,
    )


def place_in(view: Mapping[str, Any] | None) -> tuple[int, int] | None:
    """The issue and the page of a fix list, or of the one that a form lies over; None of any other form."""
    said = json.loads((view or {}).get("private_metadata") or "{}")
    if view is not None and view.get("callback_id") == FIX_LIST:
        return int(said["issue"]), int(said["page"])
    return (int(said["over_fix_list"][0]), int(said["over_fix_list"][1])) if "over_fix_list" in said else None


def over_fix_list(form: View, place: tuple[int, int] | None) -> View:
    """A form that knows the fix list that it lies over."""
    if place is not None:
        form.private_metadata = json.dumps({**json.loads(form.private_metadata or "{}"), "over_fix_list": place})
    return form


def attest_form(item: Item, house: House, render: Renderer) -> View:
    """What a member has to say of an item of state media."""
    return modal(
        ATTEST_FORM,
        render.label("outlet.state_media"),
        [
            *sections(f"*{item.source or item.host}*"),
            *word_fields(house, render),
        ],
        submit=render.label("card.attest"),
        close=render.label("form.cancel"),
        item=item.id,
        over=name_of(item.attestation),
    )


def attested_in(view: Mapping[str, Any]) -> tuple[int, str, bool, str]:
    """The item, its topic, whether all was checked that has to be, and the word that stood there before."""
    opened = json.loads(view["private_metadata"])
    return int(opened["item"]), *word_in(view), str(opened.get("over", ""))


def waive_form(issue_id: int, finding: str, render: Renderer) -> View:
    """Why something that blocks an issue may pass."""
    why = text_field("reason", render.label("gate.why_waived"), None, 500, multiline=True)
    waive, cancel = render.label("gate.waive"), render.label("form.cancel")
    return modal(WAIVE_FORM, waive, [why], submit=waive, close=cancel, issue=issue_id, finding=finding)


def waived_in(view: Mapping[str, Any]) -> tuple[int, str, str]:
    """The issue, the key of the finding, and the reason."""
    opened = json.loads(view["private_metadata"])
    return int(opened["issue"]), str(opened["finding"]), written_in(view, "reason") or ""


def _mends(finding: Finding, house: House, render: Renderer) -> Sequence[InteractiveElement]:
    """What can be done about a finding."""
    elements: list[InteractiveElement] = []
    if finding.item is not None:
        elements += _mends_of_item(finding.kind, finding.item, render)
        elements += similar.choices(finding.other, finding.item, render) if finding.other is not None else []
        if finding.kind is FindingKind.FUTURE_DATE and "published_on" not in finding.item.edited:
            elements.append(dating.event_choice(finding.item, render))
    if finding.kind in _WRITTEN:
        passage, label = _WRITTEN[finding.kind]
        elements.append(_button(render.label(label), FIX_PASSAGE, passage))
    if finding.passage is not None:
        elements.append(_button(render.label("writing.write"), FIX_PASSAGE, finding.passage))
    if finding.kind is FindingKind.SECTION_TOO_LONG and finding.section is not None:
        chapter = next(each for each in house.chapters if each.key == finding.section.chapter)
        elements.append(_button(render.label("gate.write_narrative"), FIX_PASSAGE, narrative_of(chapter.key)))
    if finding.can_be_waived:
        elements.append(_button(render.label("gate.waive"), WAIVE, finding.key))
    if finding.waiver is not None:
        elements.append(_button(render.label("gate.take_back"), TAKE_BACK, finding.key))
    return elements


def _mends_of_item(kind: FindingKind, item: Item, render: Renderer) -> Sequence[InteractiveElement]:
    elements: list[InteractiveElement] = []
    if kind in _EDITED or kind is FindingKind.PLACEHOLDER:
        elements.append(_button(render.label("card.edit"), FIX_ITEM, str(item.id)))
    if kind is FindingKind.OUTLET_UNDECIDED:
        elements.append(outlet_choice(item, render, FIX_OUTLET))
    if kind is FindingKind.OPINION_OF_STATE:
        elements += barred_buttons(item, render)
    if kind is FindingKind.NOT_ATTESTED:
        elements.append(_button(render.label("card.attest"), ATTEST, str(item.id)))
    if kind is FindingKind.DEAD_LINK and item.archived_url is not None:
        elements.append(_button(render.label("gate.use_copy"), USE_COPY, str(item.id)))
    if kind in _READ_AGAIN:
        elements.append(_button(render.label("gate.read_again"), READ_AGAIN, str(item.id)))
    if kind in _SPIKED:
        elements.append(_button(render.label("more.spike"), SPIKE, str(item.id)))
    return elements


def _button(label: str, action: str, value: str) -> ButtonElement:
    return ButtonElement(text=plain(label), action_id=action, value=value)
