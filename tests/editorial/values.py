"""A small house with character, its outlets, and items that say only what a test is about."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from bot.editorial.calendar import Before, CalendarRule, DueKind, Reminder
from bot.editorial.edition import Edition, Writing
from bot.editorial.house import Chapter, CitationStyle, Denominator, House, Section, StateMediaRule
from bot.editorial.issue import Issue, IssueState
from bot.editorial.item import Item, ItemState, Reading
from bot.editorial.outlet import Control, Outlet
from bot.editorial.recurrence import Monthly
from bot.editorial.rundown import assemble

REUTERS = Outlet("reuters.com", "Reuters", "GB", Control.INDEPENDENT)
PRENSA_LATINA = Outlet("prensa-latina.cu", "Prensa Latina", "CU", Control.STATE_OWNED)
XINHUA = Outlet("xinhuanet.com", "Xinhua", "CN", Control.STATE_OWNED)
BBC = Outlet("bbc.co.uk", "BBC", "GB", Control.PUBLIC_SERVICE)
IFP_NEWS = Outlet("ifpnews.com", "Iran Front Page", "IR", Control.UNKNOWN)

RULE = StateMediaRule(Fraction(1, 5), Denominator.OVERALL, frozenset({"CU", "CN", "IR"}), "State media reports ")
CALENDAR = CalendarRule(
    zone="America/New_York",
    recurs=Monthly(14),
    at=time(17),
    reminders=(
        Reminder(DueKind.MEMBERS, Before(hours=48)),
        Reminder(DueKind.SECTIONS, Before(hours=24)),
    ),
    draft=Before(hours=24),
    freeze_after=timedelta(0),
    work_from=time(9),
    work_until=time(18),
)
CITATION = CitationStyle(
    language="en",
    credit=" – {source} on {date}",
    undated=" – {source}, undated",
    language_note=" (content in {language})",
    no_source="source not known",
)
ISSUE = Issue(
    id=18,
    desk_id=1,
    number=18,
    state=IssueState.OPEN,
    window_start=date(2020, 12, 1),
    window_end=date(2021, 1, 14),
    deadline=datetime(2021, 1, 14, 22, tzinfo=UTC),
    closes_at=datetime(2021, 1, 14, 22, tzinfo=UTC),
)


def section(key: str, *words: str, title: str = "", chapter: str = "", minimum: int = 0) -> Section:
    return Section(key, title or key.title(), chapter or key, words, minimum)


IRAN = Chapter("iran", "Iran", (section("iran", "iran*"), section("hezbollah", "hezbollah", chapter="iran")))
CHINA = Chapter("china", "China & Hong Kong", (section("china", "china"), section("fishing", "pesca", chapter="china")))


def house(*chapters: Chapter, **changes: Any) -> House:  # noqa: ANN401 - any field of the house
    whole = House(
        name="harbour",
        title="The Harbour Letter",
        first_number=1,
        items_per_member=5,
        planned_items=100,
        chapters=chapters or (IRAN, CHINA),
        state_media=RULE,
        calendar=CALENDAR,
        citation=CITATION,
    )
    return replace(whole, **changes)


def item(number: int = 1, **changes: Any) -> Item:  # noqa: ANN401 - any field of an item
    """A filed item of Reuters, complete, unless a test says otherwise."""
    whole = Item(
        id=number,
        issue_id=18,
        url=f"https://reuters.com/world/{number}",
        host="reuters.com",
        state=ItemState.FILED,
        reading=Reading.READ,
        found_by="U0ANA",
        created_at=datetime(2021, 1, 11, 15, tzinfo=UTC),
        title="Iran sends fleet of tankers",
        source="Reuters",
        published_on=date(2021, 1, 11),
        language="en",
        outlet=REUTERS,
        section="iran",
        filed_by="U0ANA",
        filed_at=datetime(2021, 1, 11, 16, tzinfo=UTC) + timedelta(minutes=number),
    )
    return replace(whole, **changes)


def edition(items: Iterable[Item], *, of: House | None = None, writing: Writing | None = None) -> Edition:
    """The edition of No. 18 that holds these items."""
    whole = of or house()
    return Edition(whole, ISSUE, writing or Writing(), assemble(whole, ISSUE, items))


def filed(count: int, outlet: Outlet | None = REUTERS, **changes: Any) -> Sequence[Item]:  # noqa: ANN401 - the same
    return [item(number, outlet=outlet, **changes) for number in range(1, count + 1)]
