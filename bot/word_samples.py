"""Every message and error with values to look at it: `vric words` prints them, and a test renders each of them.

Whoever adds a template adds its values here: a line a case, as many as it takes to see what it can say.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from string import Formatter
from types import SimpleNamespace
from typing import Any

from bot.catalogue import TEMPLATES, catalogue_of
from bot.desk.errors import FieldTrouble
from bot.editorial.edition import MustRead, Release
from bot.editorial.house import House
from bot.editorial.item import Reading
from bot.editorial.kind import Kind
from bot.editorial.moment import MomentUnclearError
from bot.editorial.narrative_file import FileTrouble
from bot.editorial.off_topic import OffTopic
from bot.editorial.quota import Tally
from bot.render import Renderer
from bot.sample_values import (
    AT,
    CLOSED,
    ISSUE,
    LARGE,
    NAMES,
    READ,
    REMEDIES,
    TALLY,
    WHY,
    XINHUA,
    drafts,
    editor_reminders,
    filed,
    findings,
    kinds,
    orders,
    passages,
    quiets,
    reminders,
    rows,
    searches,
    statuses,
    text_files,
    told_of,
)

Values = Mapping[str, Any]
_SHARE = "2 of 9"
_PERMALINK = "https://vric.slack.com/archives/C0VRIC/p1610377440000100"
_MOMENTS = (
    ("nothing", ""),
    ("no time", "24:00"),
    ("too far", "9999-12-31"),
    ("no such day", "29 feb"),
    ("no day", "soon"),
)
_TROUBLES = (
    *("not there: 404", "not let in: 403", "asked to come later: 429", "fails: 503", "no page: 204"),
    *("another kind: image/png", "another kind: ", "no PDF", "no web page", "unknown packing", "broken packing"),
    *("far too much", "too slow", "out of reach", "broken off", "cannot be asked", "in circles", "malformed address"),
    *("leads elsewhere: no host", "leads nowhere", "unusual port", "private address", "not public", "long name"),
    *("unknown name: nowhere.example", "slow to read", "unreadable", "being stopped", "long link: 2048"),
    *("odd character", "malformed link", "no web link", "names a user", "no host", "invalid name", "invalid address"),
    *("own network", "What was stored as a sentence by an earlier version."),
)


def messages(house: House) -> Mapping[str, Sequence[Values]]:
    """The cases of each message."""
    zone, held, cards, stands = house.calendar.zone, told_of(house), rows(house), statuses(house)
    share = {"rule": house.state_media, "planned": house.planned_items, "remedies": REMEDIES}
    seldom = dict.fromkeys(
        ("closed", "carried", "deadline", "published", "corrected", "version", "note", "items", "state", "total")
    )
    changed = {"issue": ISSUE, "zone": zone, **seldom}
    return {
        "accept": [
            {"item": each} for each in (replace(READ, outlet=XINHUA), replace(READ, source=None, outlet=XINHUA))
        ],
        "add_must_read": [{"words": READ.title}],
        "added": [{"number": 18, "channel": "C0VRIC"}],
        "alert": [{"queue": "outbox", "reason": "is_archived", "count": count} for count in (0, 1, 2)],
        "card_asked": [{"row": each, "most": 3} for each in cards],
        "card_context": [{"row": each, "names": NAMES} for each in cards],
        "card_earlier": [{"item": each.item, "names": NAMES} for each in cards if each.item.earlier is not None],
        "card_item": [
            {"row": each, "house": house, "names": NAMES, "about": about, "asked": about, "earlier": about}
            | {"share": lambda tally: f"{tally.state} of {tally.total}"}
            for each in cards
            for about in ["" if each.item.kind is Kind.NEWS and each.item.reading is Reading.READ else "…"]
        ],
        "card_kind": [{"item": each, "zone": zone} for each in kinds()],
        "card_many": [{"rows": cards[:4], "already_there": there, "filed": 3, "waiting": 1} for there in (0, 2)],
        "card_text": [{"row": each, "names": NAMES} for each in cards],
        "closed": [{"closed": CLOSED, "following": ISSUE, "zone": zone}],
        "deadline_asked": [{"issue": ISSUE, "zone": zone}],
        "direct": [{"desks": []}, {"desks": ["C0VRIC", "C0OTHER"]}],
        "draft": [{"d": each, "share": _SHARE, "over": over} for each in drafts(house) for over in (False, True)],
        "draft_asked": [{"number": 18, "channel": "C0VRIC"}, {"number": 18, "channel": ""}],
        "draft_published": [{"d": drafts(house)[-1]}],
        "draft_releases": [{"releases": [Release("SOUTHCOM", "Navies train together", READ.url)]}],
        "draft_section_empty": [{}],
        "duplicate": [{"held": [each], "zone": zone} for each in held],
        "duplicate_text": [{"held": held[:1]}, {"held": held}],
        "edit_undone": [{"item": READ}, {"item": rows(house)[0].item}],
        "find": [
            {
                "f": each,
                "rows": [(item, place % 2 and "https://vric.slack.com/p1") for place, item in enumerate(each.items)],
            }
            for each in searches(house)
        ],
        "editor_reminder": [{"r": each} for each in editor_reminders()],
        "finding": [
            {"f": each, "house": house, "remedies": REMEDIES, "share": Fraction(1, 3), "issue": ISSUE}
            for each in findings(house)
        ],
        "goes_on": [{}],
        "help": [{"capture": ()}, {"capture": ("pushpin", "inbox_tray")}],
        "help_hint": [{}],
        "issue": [{"issue": ISSUE, "zone": zone}],
        "issue_changed": [
            changed | {"published": 18, "items": 104, "state": 20, "total": 112},
            changed | {"corrected": 18, "version": 2, "note": "January 15, 2021: the date of one item"},
            changed | {"closed": 17, "carried": 2},
            changed | {"deadline": AT.isoformat()},
            changed,
        ],
        "issue_usage": [{"text": "open soon"}],
        "language": [{"is_new": is_new} for is_new in (False, True)],
        "link_removed": [{"held": held[:1]}, {"held": held}],
        "member_reminder": [{"r": each, "zone": zone} for each in reminders(house)],
        "moved": [
            {"item": READ, "filed_by": "U0ANA", "by": "Ben Okafor", "left": left, "entered": house.sections[1]}
            for left in house.places[:2]
        ],
        "nothing_to_fix": [{}],
        "off_topic": [{"looks_like": each} for each in OffTopic],
        "order": [
            {"form": each, "most": most, "is_conflict": is_conflict, "after": after}
            for each in orders(house)
            for most, is_conflict, after in ((2, False, ""), (9, True, ""), (9, False, "undo"), (9, False, "change"))
        ],
        "order_line": [{"place": 1, "entry": each} for each in orders(house)[0].entries],
        "order_undo": [{"form": each} for each in orders(house)[:2]],
        "passage": [
            {"form": each, "is_conflict": is_conflict, "after": after}
            for each in passages(house)
            for is_conflict, after in ((False, ""), (True, ""), (False, "undo"), (False, "change"))
        ],
        "passage_undo": [{"form": each} for each in (passages(house)[0], passages(house)[-1])],
        "publish_asked": [{"d": each} for each in drafts(house)],
        "quiet": [{"q": each} for each in quiets()],
        "quota": [{"s": each, "rule": house.state_media, "share": _SHARE} for each in stands],
        "recommended": [{"entry": MustRead("Pirates of the Caribbean", "en", "Ximena Herrera", "Iranwire")}],
        "refused_links": [{"links": {"https:///a": "no host", "ftp://example.org": "no web link"}}],
        "section_reminder": [
            {"s": each, "share": _SHARE, "lacking": lacking} for each in stands for lacking in (1, 12)
        ],
        "share": [
            share | {"tally": tally, "forecast": tally.share, "over": over}
            for tally in (TALLY, Tally(2, 9), LARGE)
            for over in (False, True)
        ],
        "source_deleted": [{"held": held}],
        "starred": [{}],
        "starred_item": [{"starred": each} for each in orders(house)[0].starred],
        "status": [{"s": each, "share": _SHARE, "left": "…"} for each in stands],
        "status_mine": [{"s": each} for each in stands],
        "status_sections": [{"s": each} for each in stands],
        "summary": [
            {"rows": cards[:3], "total": total, "rush": rush, "waiting": waiting}
            for total, rush, waiting in ((3, True, 1), (41, False, 38))
        ],
        "text_file": [{"text": each} for each in text_files(house)],
        "text_file_issue": [{"issue": each} for each in (ISSUE, CLOSED)],
        "text_file_part": [{"text": each, "part": part} for each in text_files(house) for part in each.parts],
        "text_file_refused": [
            {"file": "iran.md", "trouble": each, "about": "Irak", "house": house} for each in FileTrouble
        ],
        "trouble": [{"why": each} for each in _TROUBLES],
        "unknown_command": [{"word": "stats", "nearest": "status"}, {"word": "x", "nearest": None}],
        "unreachable": [
            {"channel": "C0VRIC", "reason": each} for each in ("is_archived", "not_in_channel", "channel_not_found")
        ],
        "use_title": [{"words": READ.title}],
        "voted": [{"label": "Must read 1", "votes": 2}],
        "waiting_item": [{"item": each} for each in (READ, replace(READ, source=None))],
        "waiting_rest": [{"left": left} for left in (0, 1, 7)],
        "welcome": [{"house": house, "issue": ISSUE}],
    }


def errors(house: House) -> Mapping[str, Sequence[Values]]:
    """The cases of each error; what a use case was stopped by is told by its parts."""
    zone = house.calendar.zone
    item, unchecked = filed(house), [each for each in findings(house) if each.kind == "links unchecked"][:1]
    numbered = {"number": 18, "items": 3, "moment": AT, "item": item, "reason": WHY, "field": "title", "by": None}
    about = SimpleNamespace(**numbered)
    told: dict[str, list[Values]] = {
        name: [{"error": about, "zone": zone}]
        for name in (
            *("already_in_issue", "carried_over", "editors_only", "finding_gone", "issue_closed", "issue_in_use"),
            *("issue_published", "item_unknown", "language_unknown", "lease_lost", "moment_passed", "no_archived_copy"),
            *("no_desk", "no_release", "not_of_this_desk", "nothing_to_undo", "number_taken", "page_already_there"),
            *("attestation_needed", "morning_passed", "no_more_reminders", "opinion_barred"),
            *("passage_unknown", "person_unknown", "reason_given", "reason_needed", "section_unknown"),
        )
    }
    return told | {
        "already_written": _each(numbered, zone, [{"field": "published_on"}, {"by": "Ben Okafor"}]),
        "correction_refused": _each(numbered, zone, [{"findings": findings(house)}]),
        "format_refused": [{"error": "No font here has “北”.", "zone": zone}],
        "gate_closed": _each(numbered, zone, [{"findings": each} for each in (unchecked, findings(house), [])]),
        "link_refused": _each(numbered, zone, [{"reason": "no host"}]),
        "moment_unclear": [{"error": MomentUnclearError(*each), "zone": zone} for each in _MOMENTS],
        "morning_too_late": _each(numbered, zone, [{"issue": ISSUE, "zone": zone}]),
        "passage_refused": _each(
            numbered, zone, [{"needs": each} for each in ("quote", "must read", "more than fit", "release")]
        ),
        "section_gone": _each(numbered, zone, [{"sections": ("cuba", "iran")}]),
        "somebody_was_faster": _each(
            numbered | {"section": "Iran", "at": AT, "by": "Ben Okafor"},
            zone,
            [{}, {"at": None, "section": None}, {"item": READ}, {"by": None}],
        ),
        "trigger_expired": [{}],
        "unknown": [{"reference": "1f2e3d4c"}],
        **{f"field_{each}": [{"theirs": "Tankers turn"}] for each in FieldTrouble},
    }


def _each(common: Values, zone: str, cases: Sequence[Values]) -> list[Values]:
    return [{"error": SimpleNamespace(**{**common, **case}), "zone": zone} for case in cases]


@dataclass(frozen=True, slots=True)
class Said:
    """What one template or label says: each case once."""

    name: str
    cases: tuple[str, ...]


def all_words(house: House, language: str) -> Iterator[Said]:
    """Everything that members can be told in a language, in the order of its names.

    Raises:
        KeyError: a template of the catalogue has no values here; it is named.
    """
    render = Renderer(language=language)
    for folder, samples, say in (
        ("messages", messages(house), render.message),
        ("errors", errors(house), render.error),
    ):
        for path in sorted((TEMPLATES / language / folder).glob("*.j2")):
            if path.stem not in samples:
                raise KeyError(f"{language}/{folder}/{path.name} has no values in bot/word_samples.py")
            cases = (say(path.stem, **values) for values in samples[path.stem])
            yield Said(f"{folder}/{path.stem}", tuple(dict.fromkeys(filter(None, cases))))
    for group, labels in catalogue_of(language).labels.items():
        for key, words in labels.items():
            values = {name: f"‹{name}›" for _, name, _, _ in Formatter().parse(words) if name}
            yield Said(f"{group}.{key}", (render.label(f"{group}.{key}", **values),))
