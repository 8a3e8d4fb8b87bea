"""Values with which words are looked at before members see them: a desk, an issue, and what may happen to an item."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.desk.reminders import NEVER, EditorReminder, Quiet, Reminder
from bot.desk.views import (
    CardItem,
    Company,
    Draft,
    Found,
    ItemAndIssue,
    OrderEntry,
    OrderForm,
    PassageForm,
    Starred,
    Status,
    TextFile,
    TextFilePart,
)
from bot.editorial.edition import Edition, Release, Writing
from bot.editorial.gate import Finding, FindingKind
from bot.editorial.house import RELEASES, House
from bot.editorial.issue import Issue, IssueState
from bot.editorial.item import Appeal, Attestation, Earlier, Item, ItemState, Late, Reading, Reason
from bot.editorial.kind import Kind
from bot.editorial.outlet import Control, Outlet, Verdict
from bot.editorial.page_check import PageCheck
from bot.editorial.quota import Remedies, Shortfall, Tally
from bot.editorial.reminder import MOST_REMINDERS
from bot.editorial.room import SectionShare
from bot.editorial.rundown import assemble
from bot.editorial.waiting import Waits
from bot.editorial.waiver import Waiver
from bot.ports import DeskRecord, FoundItem

AT = datetime(2021, 1, 11, 15, 4, tzinfo=UTC)
DAY = date(2021, 1, 11)
DESK = DeskRecord(1, "T0VRIC", "C0VRIC")
NAMES: Mapping[str, str] = {"U0ANA": "Ana Ruiz", "U0BEN": "Ben Okafor"}
ISSUE = Issue(1, 1, 18, IssueState.OPEN, date(2020, 12, 12), date(2021, 1, 14), AT + timedelta(3), AT + timedelta(3))
CLOSED = replace(ISSUE, state=IssueState.CLOSED)
PUBLISHED = replace(ISSUE, state=IssueState.PUBLISHED, published_at=AT)
TALLY, LARGE = Tally(2, 9, 1), Tally(21, 104)
REMEDIES = Remedies(1, 1, 4)
REUTERS = Outlet("reuters.com", "Reuters", "GB", Control.INDEPENDENT)
XINHUA = Outlet("xinhuanet.com", "Xinhua", "CN", Control.STATE_OWNED)
WAITING = Item(
    id=7,
    issue_id=1,
    url="https://www.reuters.com/world/tankers-leave-iran",
    host="reuters.com",
    state=ItemState.PENDING,
    reading=Reading.WAITING,
    found_by="U0ANA",
    created_at=AT,
)
READ = replace(
    WAITING,
    reading=Reading.READ,
    title="Tankers leave Iran for Venezuela",
    source="Reuters",
    published_on=DAY,
    language="en",
    kind=Kind.NEWS,
    outlet=REUTERS,
)
EARLIER = Earlier(17, "Iran", "U0BEN", date(2020, 12, 2))
LATE = Late("U0BEN", "Ben Okafor", "U0ANA", "Ana Ruiz", AT)
APPEAL = Appeal("U0BEN", AT)
WHY = Reason("It is the first of a series.", "U0BEN", "Ben Okafor")


def filed(house: House, item: Item = READ) -> Item:
    return replace(item, state=ItemState.FILED, section=house.sections[0].key, filed_by="U0ANA", filed_at=AT)


def row(house: House, item: Item = READ, issue: Issue = ISSUE, **more: Any) -> CardItem:  # noqa: ANN401 - any field of a row
    """An item as a card shows it."""
    section = house.section(item.section) if item.section else None
    usual = CardItem(
        house=house,
        item=item,
        issue=issue,
        section=section,
        if_filed=TALLY,
        filed_there=3,
        following=issue.number + 1,
        latest=DAY + timedelta(1),
        verdict=Verdict.OTHER,
        moved_from=None,
        last_verb="filed",
        last_by="U0BEN",
        source_deleted=False,
    )
    return replace(usual, **more)


def rows(house: House) -> list[CardItem]:
    """A card's item in every state in which it says something of its own."""
    stands, moved = filed(house), house.section(RELEASES)
    release = replace(filed(house, replace(READ, kind=Kind.RELEASE, agency="SOUTHCOM")), section=RELEASES)
    second = replace(READ, id=8, url="https://apnews.com/tankers", source="AP", section=house.sections[0].key)
    talked_of = replace(
        stands,
        pinned=True,
        paywalled=True,
        edited={"kind": "U0ANA", "title": "U0BEN", "published_on": "U0BEN", "publisher": "U0ANA"},
        attestation=Attestation("economic", "U0ANA", AT),
        earlier=EARLIER,
        used_again=WHY,
        kept_outside=WHY,
        note="Ben Okafor: the second wave",
    )
    asked = replace(READ, published_on=None, other_days=(DAY, date(2021, 1, 10)), alternative="Tankers on their way")
    return [
        row(house, WAITING),
        row(house, replace(WAITING, trouble="fails: 503", retry_at=AT)),
        row(house, READ, waits_for_editor=True),
        row(house, READ, is_elsewhere=True),
        row(house, replace(READ, other_days=(date(2021, 1, 10),), published_on=date(2020, 11, 2))),
        row(house, replace(READ, published_on=date(2021, 2, 1)), company=Company(second)),
        row(house, READ, company=Company(answers=second)),
        row(house, asked, verdict=Verdict.UNDECIDED),
        row(house, replace(READ, title=None, source=None, published_on=None, language=None, added_by="U0BEN")),
        row(house, replace(READ, outlet=XINHUA), verdict=Verdict.STATE_MEDIA),
        row(house, replace(READ, outlet=replace(XINHUA, ruling=Verdict.UNDECIDED)), verdict=Verdict.UNDECIDED),
        row(house, replace(READ, kind=Kind.POST, account="x.com/vencancilleria"), verdict=Verdict.UNDECIDED),
        row(house, replace(READ, kind=Kind.RELEASE)),
        row(house, replace(READ, reading=Reading.FAILED, trouble="not let in: 403")),
        row(house, replace(READ, earlier=EARLIER)),
        *(row(house, replace(READ, kind=kind, trouble=_trouble(kind))) for kind in Kind if kind.must_be_kept),
        row(house, stands),
        row(house, talked_of, company=Company(second_sources=(second,)), source_deleted=True),
        row(house, stands, moved_from=moved, last_verb="moved"),
        row(house, release),
        row(house, replace(release, agency=None, filed_by=None), moved_from=house.sections[0], last_verb="moved"),
        row(house, replace(READ, state=ItemState.HELD_OVER), last_verb="held over"),
        row(house, replace(READ, state=ItemState.SPIKED), last_verb="spiked"),
        row(house, replace(READ, state=ItemState.SPIKED), last_verb="replaced"),
        row(house, replace(READ, state=ItemState.SECOND_SOURCE), company=Company(second_of=second)),
        row(house, replace(READ, state=ItemState.WITHDRAWN), last_verb="withdrawn"),
        row(house, replace(READ, state=ItemState.WITHDRAWN), last_verb="capture taken back"),
        row(house, stands, CLOSED),
        row(house, stands, PUBLISHED),
    ]


def _trouble(kind: Kind) -> str | None:
    return "not there: 404" if kind is Kind.DEAD else None


def kinds() -> list[Item]:
    """An item of a page of every kind, and of those that could not be read."""
    failed = replace(READ, reading=Reading.FAILED, preview={"title": READ.title or ""})
    return [
        *(replace(READ, kind=kind, trouble=_trouble(kind)) for kind in Kind),
        replace(READ, kind=Kind.RELEASE, agency="SOUTHCOM"),
        replace(READ, kind=Kind.PDF, agency="OFAC", pages=4),
        replace(READ, kind=Kind.VIDEO, seconds=754),
        replace(READ, kind=Kind.AGGREGATOR, publisher="Infobae"),
        replace(READ, kind=Kind.AGGREGATOR, publisher="Infobae", edited={"publisher": "U0ANA"}),
        failed,
        replace(failed, trouble="out of reach"),
    ]


def findings(house: House) -> list[Finding]:
    """Everything that the gate can find, what blocks, what is advice and what was waived."""
    checked = PageCheck(
        "Tankers", DAY, gone=True, trouble="not there: 404", moved_to=READ.url, title_now="Tankers turn", day_now=DAY
    )
    item = replace(
        filed(house), checked=checked, earlier=EARLIER, used_again=WHY, kept_outside=WHY, late=LATE, appeal=APPEAL
    )
    bare = replace(item, used_again=None, kept_outside=None)
    waiver = Waiver(f"no date:{item.id}", "Ana Ruiz", "The outlet confirmed it by telephone.", AT)
    section, other = house.sections[0], replace(filed(house), id=8, source="AP")
    return [
        *(Finding(kind, blocking=True, item=item, section=section, other=other, count=16_000) for kind in FindingKind),
        Finding(FindingKind.OUTSIDE_WINDOW, blocking=False, item=bare),
        Finding(FindingKind.USED_AGAIN, blocking=False, item=bare),
        Finding(FindingKind.PLACEHOLDER, blocking=True, passage="headline"),
        Finding(FindingKind.PLACEHOLDER, blocking=True, passage=f"narrative:{house.chapters[0].key}"),
        Finding(FindingKind.NO_DATE, blocking=False, item=item, waiver=waiver),
    ]


def drafts(house: House) -> list[Draft]:
    """The draft of an issue that stands, that is over its limit, and that is empty."""
    items = [filed(house), replace(filed(house), id=8, outlet=XINHUA)]
    writing = Writing(releases=(Release("SOUTHCOM", "Navies train together", READ.url),))
    whole = Edition(house, ISSUE, writing, assemble(house, ISSUE, items), corrections=("the date of one item",))
    stands = Draft(house, DESK, ISSUE, whole, REMEDIES, tuple(findings(house)[:3]), 1, AT, {"filed": 2, "moved": 1})
    published = replace(whole, issue=PUBLISHED)
    return [
        stands,
        replace(stands, news={}, findings=(), pending=2),
        replace(stands, since=None, edition=Edition(house, ISSUE, Writing(), assemble(house, ISSUE, ()))),
        replace(stands, issue=PUBLISHED, edition=published),
    ]


def statuses(house: House) -> list[Status]:
    """How an issue stands that is short, and one that has everything."""
    short = tuple(Shortfall(section, 1) for section in house.sections[:2])
    crowded = (SectionShare(house.sections[0], Tally(3, 10)),)
    mine = (filed(house), READ)
    counts = {section.key: 1 for section in house.sections}
    stands = Status(house, DESK, ISSUE, AT, TALLY, crowded, short, counts, 1, 1, 2, mine, is_editor=True)
    return [stands, replace(stands, shortfalls=(), crowded=(), mine=(), pending=0, held=0, releases=0, tally=LARGE)]


def quiets() -> list[Quiet]:
    """How reminders can stand for a member: one is to come, it was put off, or none comes."""
    stands = Quiet(ISSUE, "America/Caracas", AT, sent=1, until=None, next_at=AT + timedelta(2))
    return [
        stands,
        replace(stands, next_at=None),
        replace(stands, until=AT + timedelta(1)),
        replace(stands, until=NEVER),
        replace(stands, sent=MOST_REMINDERS),
    ]


def reminders(house: House) -> list[Reminder]:
    """What members are reminded of: sections that are short with links that wait, and items alone."""
    short = tuple(Shortfall(section, 1) for section in house.sections[:2])
    stands = Reminder(house, DESK, quiets()[0], 2, 1, short)
    return [stands, replace(stands, waiting=0, shortfalls=())]


def editor_reminders() -> list[EditorReminder]:
    """What waits for editors: one of each, several, and nothing any more."""
    waits: list[dict[Waits, int]] = [dict.fromkeys(Waits, 1), dict.fromkeys(Waits, 4), {}]
    return [EditorReminder(DESK, ISSUE, "America/Caracas", each) for each in waits]


def told_of(house: House) -> list[ItemAndIssue]:
    """Items that are spoken about: one that is filed, one that waits, and one that is held over."""
    stands = ItemAndIssue(house, DESK, ISSUE, filed(house), house.sections[0], NAMES, None)
    waits = replace(stands, item=READ, section=None)
    return [stands, waits, replace(waits, item=replace(READ, state=ItemState.HELD_OVER))]


def passages(house: House) -> list[PassageForm]:
    """Forms of everything that editors write."""
    stands = PassageForm(house, ISSUE, "overview", ("The month in tankers.",), 2, "Ben Okafor", AT)
    names = ("overview", "must_reads", "releases", "disclaimer", "special", "headline")
    return [*(replace(stands, name=name) for name in names), replace(stands, version=0, by=None, at=None)]


def orders(house: House) -> list[OrderForm]:
    """Orders of a section, of the must reads, and of nothing."""
    entries = tuple(
        OrderEntry(str(place), f"Headline {place}", place, pinned=place == 1, source="Reuters", on=DAY, votes=place)
        for place in range(1, 4)
    )
    starred = (Starred(7, "Tankers leave Iran for Venezuela", 3),)
    stands = OrderForm(house, ISSUE, house.sections[0].key, entries, "Ben Okafor", AT, starred)
    return [stands, replace(stands, name="must_reads", by=None, at=None), replace(stands, entries=(), by=None, at=None)]


def text_files(house: House) -> list[TextFile]:
    """A text file whose issue is known, one that waits for it, and one that nobody can use."""
    part = TextFilePart(
        title="Iran",
        paragraphs=("Tankers left.", "Others came."),
        outcome="",
        changed=True,
        there=3,
        by="Ben Okafor",
        at=AT,
        version=2,
    )
    outcomes = (replace(part, title=None), replace(part, outcome="stored"), replace(part, outcome="left"), part)
    stands = TextFile(house, 1, "iran.md", ISSUE, (), outcomes)
    return [
        stands,
        replace(stands, issue=PUBLISHED),
        replace(stands, issue=None, issues=(ISSUE, CLOSED)),
        replace(stands, issue=None, parts=()),
    ]


def searches(house: House) -> list[Found]:
    """What was found, what was not, and what nobody asked for."""
    item = FoundItem(
        number=17,
        state=ItemState.FILED,
        section=house.sections[0].key,
        published_on=DAY,
        title=READ.title,
        url=READ.url,
        source="Reuters",
        found_by="U0ANA",
        channel="C0VRIC",
        message="1610377440.000100",
    )
    bare = replace(item, section=None, published_on=None, title=None, source=None, found_by="")
    items = (item, replace(item, section="gone"), bare, replace(bare, state=ItemState.HELD_OVER))
    found = Found(house, "iran tankers", ("iran", "tankers"), items, 14, NAMES)
    return [found, replace(found, items=(), total=0), replace(found, asked="", words=(), items=(), total=0)]
