"""The cases of each error: what a use case was stopped by is told by its parts."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from bot.desk.fields import FieldTrouble
from bot.editorial.house import House
from bot.editorial.moment import MomentUnclearError
from bot.export.fonts import MissingFontError
from bot.export.refusals import FormatRefusedError, Lack, UnfinishedError
from bot.sample_answers import questions, requests
from bot.sample_values import AT, ISSUE, READ, WHY, filed, findings

Values = Mapping[str, Any]
_MOMENTS = (
    ("nothing", ""),
    ("no time", "24:00"),
    ("too far", "9999-12-31"),
    ("no such day", "29 feb"),
    ("no day", "soon"),
    ("another weekday", "2021-01-14"),
)

_REFUSED = (
    MissingFontError(["北"]),
    MissingFontError([chr(0x4E00 + number) for number in range(23)]),
    *(UnfinishedError("Tankers leave Iran for Venezuela", lack) for lack in Lack),
    FormatRefusedError("The issue does not fit a document: its URL is longer than 2048 characters."),
)


def errors(house: House) -> Mapping[str, Sequence[Values]]:
    """The cases of each error; what a use case was stopped by is told by its parts."""
    zone = house.calendar.zone
    item, unchecked = filed(house), [each for each in findings(house) if each.kind == "links unchecked"][:1]
    numbered = {"number": 18, "items": 3, "moment": AT, "item": item, "reason": WHY, "field": "title", "by": None}
    numbered |= {"deadline": AT, "title": "AFRICA MONITOR"}
    about = SimpleNamespace(**numbered)
    told: dict[str, list[Values]] = {
        name: [{"error": about, "zone": zone}]
        for name in (
            *("already_in_issue", "carried_over", "editors_only", "finding_gone", "issue_closed", "issue_in_use"),
            *("issue_published", "item_unknown", "language_unknown", "lease_lost", "moment_passed", "no_archived_copy"),
            *("no_desk", "no_release", "not_of_this_desk", "nothing_to_undo", "number_taken", "page_already_there"),
            *("deadline_changed", "late_lane_closed", "moment_far", "no_editors", "not_in_channel", "owners_only"),
            *("channel_needed", "desk_in_use", "set_up_meanwhile"),
            *("attestation_needed", "morning_passed", "no_more_reminders", "opinion_barred"),
            *("passage_unknown", "person_unknown", "reason_given", "reason_needed", "section_unknown"),
        )
    }
    return told | {
        "already_asked": _each({"name": "Ana Ruiz"}, zone, [{"question": each} for each in questions() if each]),
        "already_written": _each(
            numbered,
            zone,
            [
                *({"field": "published_on"}, {"by": "Ben Okafor"}),
                *({"field": each, "by": "Ben Okafor"} for each in ("attestation", "company", "outlet", "publisher")),
            ],
        ),
        "doctor_for_editors": _each(numbered, zone, [{"editors": each} for each in ([], ["U0ANA", "U0BEN"])]),
        "correction_refused": _each(numbered, zone, [{"findings": findings(house)}]),
        "format_refused": [{"error": each, "zone": zone} for each in _REFUSED],
        "gate_closed": _each(numbered, zone, [{"findings": each} for each in (unchecked, findings(house), [])]),
        "just_closed": _each(numbered, zone, [{"by": "Ana Ruiz", "at": AT, "following": 19}]),
        "late_decided": _each(
            numbered | {"by": "Ana Ruiz"}, zone, [{"request": each} for each in requests() if each.at is not None]
        ),
        "link_refused": _each(numbered, zone, [{"reason": "no host"}]),
        "links_refused": _each(numbered, zone, [{"reasons": {"reuters.com": "no web link", "https://": "no host"}}]),
        "moment_unclear": [{"error": MomentUnclearError(*each), "zone": zone} for each in _MOMENTS],
        "morning_too_late": _each(numbered, zone, [{"issue": ISSUE, "zone": zone}]),
        "passage_refused": _each(
            numbered, zone, [{"needs": each} for each in ("quote", "must read", "more than fit", "release")]
        ),
        "section_gone": _each(numbered, zone, [{"sections": ("cuba", "iran")}]),
        "somebody_was_faster": _each(
            numbered | {"section": "Iran", "at": AT, "by": "Ben Okafor", "wanted": None},
            zone,
            [
                *({}, {"at": None, "section": None}, {"item": READ}, {"by": None}),
                *({"at": AT - timedelta(seconds=ago), "item": each} for ago in (1, 59, 60) for each in (item, READ)),
                *({"wanted": each} for each in house.sections[:2]),
            ],
        ),
        "slack_busy": [{}],
        "team_changed": _each(numbered, zone, [{"by": "Ben Okafor"}, {"by": ""}]),
        "trigger_expired": [{}],
        "unknown": [{"reference": "1f2e3d4c"}],
        **{f"field_{each}": [{"theirs": "Tankers turn"}] for each in FieldTrouble},
    }


def _each(common: Values, zone: str, cases: Sequence[Values]) -> list[Values]:
    return [{"error": SimpleNamespace(**{**common, **case}), "zone": zone, "now": AT} for case in cases]
