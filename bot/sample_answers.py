"""More values with which words are looked at: the plan of issues, the registry, the late lane, home, and what waits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.desk.adding import Added, Asked
from bot.desk.affected import Affected
from bot.desk.holding import Candidates, HeldItem
from bot.desk.home_page import Covered, Kept, ShortSection, Waiting
from bot.desk.lane import Lane, LateAsked
from bot.desk.planning import DeadlineMove, Plan, PlannedIssue
from bot.desk.registry import Rewritten, Why
from bot.desk.views import CardItem
from bot.desk.waiting import Undecided
from bot.editorial.house import House
from bot.editorial.item import Answer, Item, ItemState, Question
from bot.editorial.needs import Need
from bot.editorial.opinion import OpinionSign, SignedBy
from bot.editorial.outlet import Decision, Entry, Outlet, Verdict
from bot.editorial.quota import Shortfall
from bot.editorial.revision import Revision
from bot.ports import DirectLinks, LateRequest, LateState, OfferedDesk
from bot.sample_values import (
    APPEAL,
    AT,
    CLOSED,
    DAY,
    DESK,
    ISSUE,
    LARGE,
    LATE,
    NAMES,
    READ,
    TALLY,
    WHY,
    XINHUA,
    filed,
    row,
)

TELESUR = Outlet("telesurtv.net", "teleSUR", None, ruling=Verdict.UNDECIDED)
BY_ANA, BY_FILE = Decision("U0ANA", AT, "Its own imprint says so."), Decision("", AT)
ENTRIES = (
    Entry(XINHUA),
    Entry(replace(XINHUA, evidence="https://www.xinhuanet.com/english/about"), row=BY_ANA),
    Entry(XINHUA, row=BY_FILE),
    Entry(replace(XINHUA, ruling=Verdict.OTHER, country="GB"), ruling=BY_ANA),
    Entry(TELESUR, ruling=BY_FILE),
    Entry(replace(TELESUR, name="", ruling=Verdict.STATE_MEDIA)),
)
OPINION = replace(READ, outlet=XINHUA, opinion=OpinionSign(SignedBy.TITLE, "Opinion"))
ASKED = replace(OPINION, appeal=APPEAL)
REPORT = replace(ASKED, reclassified=WHY)
ADDED = replace(READ, late=LATE)


def whys(house: House) -> list[Why]:
    """Answers about outlets: one that nobody knows, and others by whose word they count as what."""
    verdicts = (Verdict.STATE_MEDIA, Verdict.OTHER, Verdict.UNDECIDED)
    known = [Why(house, "xinhua", entry, each, DAY, NAMES) for entry in ENTRIES for each in verdicts]
    return [Why(house, "tidings", None, Verdict.UNDECIDED, DAY, NAMES), *known]


def rewritten(house: House) -> list[Rewritten]:
    """Outlets that an editor wrote, with items of issues that follow, and with none."""
    issue = Affected(DESK, ISSUE, (filed(house), READ), TALLY, LARGE)
    many = replace(issue, items=(READ,) * 31, before=LARGE, after=TALLY)
    stands = Rewritten(house, ENTRIES[0], Verdict.STATE_MEDIA, (issue, many))
    return [stands, replace(stands, verdict=Verdict.OTHER, affected=()), replace(stands, verdict=Verdict.UNDECIDED)]


def requests() -> list[LateRequest]:
    """Requests of the late lane: open, accepted, and declined with and without a reason."""
    asked = LateRequest(1, DESK.workspace, 7, 1, "U0BEN", AT, ("U0ANA",), LateState.ASKED)
    declined = replace(asked, state=LateState.DECLINED, by="U0ANA", at=AT)
    return [
        asked,
        replace(asked, state=LateState.ACCEPTED, by="U0ANA", at=AT),
        declined,
        replace(declined, reason="It is in the next issue."),
    ]


def questions() -> list[Question | None]:
    """What editors were asked of a held item: nothing, something, and what they said."""
    asked = Question("U0BEN", AT, ("U0ANA",))
    return [None, asked, *(replace(asked, answer=answer, answered_by="U0ANA") for answer in Answer)]


def held_items(house: House) -> list[HeldItem]:
    """Items of which editors were asked, in each state that they can be in by then."""
    stands = HeldItem(house, ISSUE, filed(house, OPINION), house.sections[0], TALLY, NAMES)
    states = (ItemState.HELD, ItemState.FILED, ItemState.PENDING, ItemState.SPIKED)
    return [
        replace(stands, item=replace(stands.item, state=state, asked=question), section=section)
        for question in questions()
        if question is not None
        for state, section in zip(states, (stands.section, stands.section, None, None), strict=True)
    ]


def candidates(house: House) -> list[Candidates]:
    """What could make room: pairs of one story with held items, and nothing."""
    waits = filed(house, OPINION)
    pairs = tuple((waits, other) for other in others(house))
    held = (replace(waits, state=ItemState.HELD),) * 3
    short = (Shortfall(house.sections[0], 1), Shortfall(house.sections[1], 0))
    stands = Candidates(house, ISSUE, waits, LARGE, pairs, held, short, NAMES)
    pending = replace(waits, state=ItemState.PENDING)
    return [stands, replace(stands, item=pending, if_filed=TALLY, told_elsewhere=(), held=(), short=())]


def others(house: House) -> list[Item]:
    """Items of another outlet that tell the same story: filed, without a section, and a second source."""
    return [filed(house), READ, replace(READ, state=ItemState.SECOND_SOURCE)]


def late_asked(house: House) -> list[LateAsked]:
    """What editors are asked and tell, of a filed item and of one without section and date."""
    section, bare = house.sections[0], replace(READ, source=None, published_on=None)
    return [
        LateAsked(house, DESK, CLOSED, item, place, request, NAMES)
        for request in requests()
        for item, place in ((filed(house), section), (bare, None))
    ]


def late_rows(house: House) -> Iterator[CardItem]:
    """Cards of items that came too late, that were added all the same, of opinions, and of what is or was held."""
    for request in (None, *requests()):
        for same_day in (True, False):
            lane = Lane(CLOSED, request, is_open=True, is_of_that_day=same_day)
            yield row(house, READ, lane=lane)
    yield row(house, filed(house, ADDED), lane=Lane(CLOSED, None, is_open=True, is_of_that_day=False))
    yield row(house, READ, is_direct=True)
    for item in (OPINION, ASKED, REPORT):
        yield row(house, item, verdict=Verdict.STATE_MEDIA)
        yield row(house, filed(house, item), verdict=Verdict.STATE_MEDIA)
    for question in questions():
        held = replace(filed(house, OPINION), state=ItemState.HELD, asked=question)
        yield row(house, held, verdict=Verdict.STATE_MEDIA, last_verb="held")
    for verb in ("returned", "accepted"):
        yield row(house, filed(house), last_verb=verb)
    yield row(house, replace(READ, published_on=DAY + timedelta(30)))
    yield row(house, replace(READ, published_on=None, edited={"published_on": "U0ANA"}))


def plans(house: House) -> list[Plan]:
    """The issues to come: one that is listed, one behind the last that is, and none."""
    window = (ISSUE.window_start, ISSUE.window_end)
    listed = PlannedIssue(18, window, ISSUE.deadline, ISSUE.closes_at, None, (), is_listed=True)
    behind = replace(listed, number=19, late_until=ISSUE.deadline + timedelta(2), is_listed=False)
    return [Plan(house, DESK, AT, (listed, behind)), Plan(house, None, AT, ())]


def move(house: House) -> DeadlineMove:
    return DeadlineMove(house, ISSUE, plans(house)[0].issues[1], AT)


def shorts(house: House) -> list[ShortSection]:
    """Sections that are short, with links that may fit and without."""
    section = house.sections[0]
    return [ShortSection(section, 1, fitting) for fitting in ((READ,), (READ, READ), ())]


def covered(house: House) -> list[Covered]:
    return [Covered(section, place + 1, place) for place, section in enumerate(house.sections[:3])]


def waits() -> list[Waiting]:
    """Items of which something is open."""
    card = ("C0VRIC", "1610377440.000100")
    others = tuple(need for need in Need if need is not Need.DECISION)
    return [
        Waiting(READ, (Need.DECISION,), card),
        Waiting(replace(READ, source=None), others, None),
        *(Waiting(READ, (need,), card) for need in others),
    ]


def kept() -> list[Kept]:
    """What newcomers are told of what is kept: with editors to ask, and without."""
    return [Kept(DESK, ("U0ANA", "U0BEN"), 180), Kept(DESK, (), 0), Kept(DESK, ("U0ANA",), 1)]


def undecided() -> list[Undecided]:
    """Outlets that wait for an editor: known and unknown, of one item and of more, left by somebody or not."""
    unknown: Item = replace(READ, outlet=None)
    return [
        Undecided(unknown, 1, None),
        Undecided(replace(READ, outlet=TELESUR), 3, BY_ANA),
        Undecided(replace(READ, outlet=TELESUR), 1, BY_FILE),
    ]


def direct_links() -> list[DirectLinks]:
    """Links that somebody sent alone: for a desk, for one that is to be said, and taken back."""
    desks = (OfferedDesk(1, "C0VRIC", "vric"), OfferedDesk(2, "C0OTHER", "other"))
    one, two, none = (Revision("1", (READ.url,) * count) for count in (1, 2, 0))
    stands = DirectLinks(DESK.workspace, "D0ANA", "1610377440.000100", None, "U0ANA", one, desks)
    return [
        stands,
        replace(stands, newest=two),
        replace(stands, newest=two, desk_id=1),
        replace(stands, newest=none),
    ]


def asked_for_links() -> list[Asked]:
    """What is asked before links are added: for which desk, and for links where a message has none."""
    desks = direct_links()[0].desks
    return [
        Asked(elsewhere=elsewhere, desks=desks[:count], has_links=has_links)
        for elsewhere, count in ((False, 0), (True, 1), (True, 2))
        for has_links in (True, False)
    ]


def added_links() -> list[Added]:
    """What became of links that somebody added: none is new, one is, and some are."""
    return [Added(DESK, ISSUE, (READ,) * count, (), {}) for count in (0, 1, 3)]
