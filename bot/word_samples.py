"""Every message and error with values to look at it: `vric words` prints them, and a test renders each of them.

Whoever adds a template adds its values here: a line a case, as many as it takes to see what it can say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from bot.editorial.country import PLACES
from bot.editorial.edition import MustRead, Release
from bot.editorial.house import House
from bot.editorial.item import Reading
from bot.editorial.kind import Kind
from bot.editorial.narrative_file import FileTrouble
from bot.editorial.off_topic import OffTopic
from bot.editorial.opinion import OpinionSign, SignedBy
from bot.editorial.outlet import Control, Verdict
from bot.editorial.quota import Tally
from bot.editorial.role import Role
from bot.sample_answers import (
    ADDED,
    ASKED,
    ENTRIES,
    REPORT,
    added_links,
    asked_for_links,
    candidates,
    covered,
    direct_links,
    held_items,
    kept,
    late_asked,
    late_rows,
    move,
    others,
    overtaken,
    plans,
    rewritten,
    shorts,
    undecided,
    waits,
    whys,
)
from bot.sample_health import checkups
from bot.sample_teams import askers, team_pages
from bot.sample_values import (
    AT,
    CLOSED,
    DESK,
    ISSUE,
    LARGE,
    NAMES,
    READ,
    REMEDIES,
    TALLY,
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
_SIGN = "…"
_ANA = "Ana Ruiz"
_PERMALINK = "https://vric.slack.com/archives/C0VRIC/p1610377440000100"
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
    zone, held, cards, stands = house.calendar.zone, told_of(house), [*rows(house), *late_rows(house)], statuses(house)
    share = {"rule": house.state_media, "planned": house.planned_items, "remedies": REMEDIES}
    seldom = dict.fromkeys(
        ("closed", "carried", "deadline", "published", "corrected", "version", "note", "items", "state", "total")
    )
    controls = {each: each.value for each in Control}
    lines = [SimpleNamespace(at=AT, what="…", remark=remark) for remark in ("", "…")]
    changed = {"issue": ISSUE, "zone": zone, "ahead": (), **seldom}
    return {
        "accept": [
            {"item": each} for each in (replace(READ, outlet=XINHUA), replace(READ, source=None, outlet=XINHUA))
        ],
        "add_must_read": [{"words": READ.title}],
        "add_links": [
            {"asked": each, "is_message": is_message, "left": left}
            for each in asked_for_links()
            for is_message in (False, True)
            for left in (0, 1, 7)
        ],
        "added_links": [
            {"added": each, "there": [(item, card) for item in held[:2] for card in (None, _PERMALINK)], "zone": zone}
            for each in added_links()
        ],
        "added": [{"number": 18, "channel": "C0VRIC"}],
        "alert": [{"queue": "outbox", "reason": "is_archived", "count": count} for count in (0, 1, 2)],
        "appeal": [
            {"item": item, "names": NAMES, "sign": _SIGN, "is_open": is_open, "number": 18}
            for item, is_open in ((ASKED, True), (REPORT, False), (ASKED, False))
        ],
        "calendar": [{"plan": each, "zone": zone, "lines": {18: lines, 19: ()}} for each in plans(house)],
        "candidate_pair": [{"house": house, "item": filed(house), "other": each} for each in others(house)],
        "candidates": [{"c": each, "share": _SHARE} for each in candidates(house)],
        "candidates_held": [{"c": each, "most": most} for each in candidates(house) for most in (2, 20)],
        "card_asked": [{"row": each, "most": 3} for each in cards],
        "card_context": [{"row": each, "names": NAMES} for each in cards],
        "card_earlier": [{"item": each.item, "names": NAMES} for each in cards if each.item.earlier is not None],
        "card_item": [
            {"row": each, "house": house, "names": NAMES, "about": about, "asked": about, "earlier": about}
            | {"sign": _SIGN}
            | {"share": lambda tally: f"{tally.state} of {tally.total}"}
            for each in cards
            for about in ["" if each.item.kind is Kind.NEWS and each.item.reading is Reading.READ else "…"]
        ],
        "card_kind": [{"item": each, "zone": zone} for each in kinds()],
        "card_many": [{"rows": cards[:4], "already_there": there, "filed": 3, "waiting": 1} for there in (0, 2)],
        "card_text": [{"row": each, "names": NAMES} for each in cards],
        "choices": [{"labels": labels} for labels in (["Move"], ["File in Iran", "File in Cuba & Haiti", "Edit"])],
        "closed": [{"closed": CLOSED, "following": ISSUE, "zone": zone}],
        "deadline_asked": [{"issue": ISSUE, "zone": zone}],
        "deadline_left": [{}],
        "deadline_move": [{"move": move(house), "zone": zone, "lines": lines}],
        "direct": [
            {"desks": desks, "is_lost": lost} for desks in ([], ["C0VRIC", "C0OTHER"]) for lost in (False, True)
        ],
        "doctor": [{"d": each, "zone": zone} for each in checkups()],
        "doctor_tries": [{"count": count} for count in (0, 1, 3)],
        "draft": [
            {"d": each, "share": _SHARE, "over": over, "crowded": stands[0].crowded if over else ()}
            for each in drafts(house)
            for over in (False, True)
        ],
        "draft_asked": [{"number": 18, "channel": "C0VRIC"}, {"number": 18, "channel": ""}],
        "draft_published": [{"d": drafts(house)[-1]}],
        "draft_releases": [{"releases": [Release("SOUTHCOM", "Navies train together", READ.url)]}],
        "draft_section_empty": [{}],
        "duplicate": [{"held": [each], "zone": zone} for each in held],
        "duplicate_text": [{"held": held[:1]}, {"held": held}],
        "edit_overtaken": [{"overtaken": overtaken(), "zone": zone}],
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
            {"f": each, "house": house, "remedies": REMEDIES, "share": Fraction(1, 3), "issue": ISSUE, "sign": _SIGN}
            for each in findings(house)
        ],
        "fitting": [{"short": each} for each in shorts(house)],
        "fitting_item": [{"item": each} for each in (READ, replace(READ, source=None, published_on=None))],
        "goes_on": [{}],
        "held_news": [
            {
                "told": "U0BEN",
                "news": news,
                "item": READ,
                "section": section,
                "issue": ISSUE,
                "number": 19,
                "by": "Ana Ruiz",
            }
            for news in ("returned", "carried over", "accepted", "left held")
            for section in (house.sections[0], None)
        ],
        "held_question": [{"h": each, "share": _SHARE} for each in held_items(house)],
        "help": [
            {"role": role, "acts": may, "has_desk": has_desk, "capture": capture}
            for role, may in askers()
            for has_desk, capture in ((True, ("pushpin", "inbox_tray")), (True, ()), (False, ()))
        ],
        "help_hint": [{}],
        "hold": [{"item": READ, "share": _SHARE, "ask": ask} for ask in (False, True)],
        "home_choose": [{"desks": 3}],
        "home_coverage": [{"coverage": covered(house), "s": each} for each in stands],
        "home_gate": [{"s": stands[0], "blocking": count, "decisions": count} for count in (0, 1, 5)],
        "home_head": [
            {"s": stands[0], "zone": each, "left": "…", "share": _SHARE} for each in (zone, "America/Caracas")
        ],
        "home_links_needed": [{"short": shorts(house)}, {"short": ()}],
        "home_mine": [{"s": each, "listed": listed} for each in stands for listed in ((), (filed(house),))],
        "home_settings": [{"kept": kept()[0]}],
        "home_short": [{"short": each} for each in shorts(house)],
        "home_waiting": [{"w": each, "card": _PERMALINK if each.card else None} for each in waits()],
        "home_waiting_more": [{"more": more} for more in (1, 7)],
        "home_welcome": [{"s": stands[0], "kept": "…"}],
        "issue": [{"issue": ISSUE, "zone": zone}],
        "issue_changed": [
            changed | {"published": 18, "items": 104, "state": 20, "total": 112},
            changed | {"corrected": 18, "version": 2, "note": "January 15, 2021: the date of one item"},
            changed | {"closed": 17, "carried": 2},
            changed | {"deadline": AT.isoformat()},
            changed | {"deadline": AT.isoformat(), "ahead": lines},
            changed,
        ],
        "issue_usage": [{"text": "opne 25", "nearest": "open"}, {"text": "tomorrow", "nearest": None}],
        "kept": [{"kept": each, "in_home": in_home} for each in kept() for in_home in (False, True)],
        "late_asked": [{"asked": each} for each in late_asked(house)],
        "late_told": [{"asked": each} for each in late_asked(house)],
        "language": [{"is_new": is_new} for is_new in (False, True)],
        "link_removed": [{"held": held[:1]}, {"held": held}],
        "member_reminder": [{"r": each, "zone": zone} for each in reminders(house)],
        "moved": [
            {"item": READ, "filed_by": "U0ANA", "by": "Ben Okafor", "left": left, "entered": house.sections[1]}
            for left in house.places[:2]
        ],
        "nothing_to_fix": [{}],
        "ownerless": [{"channel": "C0VRIC", "owner": _ANA, "is_gone": is_gone} for is_gone in (True, False)],
        "off_topic": [{"looks_like": each} for each in OffTopic],
        "opinion_sign": [{"sign": OpinionSign(each, "Opinion")} for each in SignedBy],
        "order": [
            {"form": each, "most": most, "is_conflict": is_conflict, "after": after}
            for each in orders(house)
            for most, is_conflict, after in ((2, False, ""), (9, True, ""), (9, False, "undo"), (9, False, "change"))
        ],
        "order_line": [{"place": 1, "entry": each} for each in orders(house)[0].entries],
        "order_undo": [{"form": each} for each in orders(house)[:2]],
        "outlet": [
            {"entry": each, "verdict": verdict, "countries": PLACES, "controls": controls}
            for each in ENTRIES
            for verdict in Verdict
        ],
        "outlet_written": [
            {"w": each, "rule": house.state_media, "countries": PLACES, "controls": controls}
            for each in rewritten(house)
        ],
        "outlets_new": [{"domain": "telesurtv.net"}],
        "outlets_none": [{"asked": "tidings"}],
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
        "stands_now": [{"section": each} for each in ("Iran", None)],
        "starred": [{}],
        "starred_item": [{"starred": each} for each in orders(house)[0].starred],
        "status": [{"s": each, "share": _SHARE, "left": "…"} for each in stands],
        "status_mine": [{"s": each} for each in stands],
        "status_sections": [{"s": each} for each in stands],
        "status_part": [{"title": "…", "words": _SHARE}],
        "status_says": [
            {"s": each, "left": "…", "share": _SHARE, "waiting": waiting} for each in stands for waiting in (0, 1, 7)
        ],
        "summary": [
            {"rows": cards[:3], "total": total, "rush": rush, "waiting": waiting}
            for total, rush, waiting in ((3, True, 1), (41, False, 38))
        ],
        "team": [{"page": each, "names": NAMES} for each in team_pages(house)],
        "team_form": [{"channel": "C0VRIC"}],
        "team_news": [{"channel": "C0VRIC", "role": role, "by": by} for role in (*Role, None) for by in (_ANA, None)],
        "thanks": [{}],
        "text_file": [{"text": each} for each in text_files(house)],
        "text_file_issue": [{"issue": each} for each in (ISSUE, CLOSED)],
        "text_file_part": [{"text": each, "part": part} for each in text_files(house) for part in each.parts],
        "text_file_refused": [
            {"file": "iran.md", "trouble": each, "about": "Irak", "chapters": [one.title for one in house.chapters]}
            for each in FileTrouble
        ],
        "trouble": [{"why": each} for each in _TROUBLES],
        "unknown_command": [{"word": "stats", "nearest": "status"}, {"word": "x", "nearest": None}],
        "unreachable": [
            {"channel": "C0VRIC", "reason": each}
            for each in ("is_archived", "not_in_channel", "channel_not_found", "restricted_action")
        ],
        "use_title": [{"words": READ.title}],
        "voted": [{"label": "Must read 1", "votes": 2}],
        "waiting_appeal": [{"item": ASKED, "names": NAMES, "sign": _SIGN}],
        "waiting_guest": [{"item": READ, "names": NAMES}],
        "waiting_late": [{"item": ADDED, "names": NAMES}],
        "waiting_nothing": [{}],
        "waiting_outlet": [{"each": each, "names": NAMES} for each in undecided()],
        "waiting_item": [{"item": each} for each in (READ, replace(READ, source=None))],
        "waiting_rest": [{"left": left} for left in (0, 1, 7)],
        "welcome": [{"house": house, "issue": ISSUE, "kept": "…"}],
        "no_desk_yet": [{}],
        "set_up": [{"desk": DESK, "issue": ISSUE, "house": house}],
        "which_desk": [{"links": each} for each in direct_links()],
        "why": [
            {"why": each, "rule": house.state_media, "countries": PLACES, "controls": controls} for each in whys(house)
        ],
    }
