"""A home stays within Slack's limits, however large the house and however much waits."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.home_page import Covered, FittingForm, HomePage, Kept, ShortSection, Waiting
from bot.desk.views import Status
from bot.editorial.house import Chapter, House, Section
from bot.editorial.item import Item, ItemState, Reading
from bot.editorial.needs import needs_of
from bot.editorial.quota import Shortfall, Tally
from bot.ports import DeskRecord
from bot.render import Renderer
from bot.sandbox.limits import message_refusals, view_refusals
from handlers.blocks.home import fitting_form, home_view, home_without_desk, status_answer
from handlers.blocks.words import one_message
from tests.editorial.values import ISSUE, house, item

NOW = datetime(2021, 1, 11, 15, 0, tzinfo=UTC)
DESK = DeskRecord(1, "T_VRIC", "C_VRIC")
TITLES = st.sampled_from(
    ["", "Ships", "<!channel> *Sale* & more | <http://evil.example|bank> `x` ", "Тегеран шлёт танкеры "]
)


def large_house(sections: int) -> House:
    """A house of so many sections with long titles, each far under its minimum."""
    made = [
        Section(f"s{n}", f"Section {n} of the <Orinoco> & its *tributaries*", "all", (), 20) for n in range(sections)
    ]
    return replace(house(), chapters=(Chapter("all", "All", tuple(made)),))


def page(sections: int, items: int, title: str, *, new: bool, editors: bool) -> HomePage:
    """A home with so many items of the member's own, half of which wait."""
    whole = large_house(sections)
    mine = tuple(one(number, title, whole) for number in range(items))
    waits = [(each, needs_of(each, whole.state_media, NOW.date())) for each in mine]
    waiting = [Waiting(each, needs, (DESK.channel, "1.0")) for each, needs in waits if needs]
    status = Status(
        house=whole,
        desk=DESK,
        issue=ISSUE,
        now=NOW,
        tally=Tally(items, items),
        crowded=(),
        shortfalls=tuple(Shortfall(each, 0) for each in whole.sections),
        filed={each.key: 1 for each in whole.sections},
        pending=items,
        held=0,
        releases=3,
        mine=mine,
        is_editor=editors,
    )
    return HomePage(
        status=status,
        zone="Asia/Kathmandu",
        waiting=tuple(waiting[:10]),
        waits=len(waiting),
        short=tuple(ShortSection(each, 0, mine) for each in whole.sections),
        coverage=tuple(Covered(each, 300, 200) for each in whole.sections),
        blocking=items if editors else None,
        decisions=items if editors else 0,
        kept=Kept(DESK, tuple(f"U_{n}" for n in range(40)), 180),
        is_new=new,
        desks=3,
    )


def one(number: int, title: str, whole: House) -> Item:
    values = {"state": ItemState.PENDING, "section": None} if number % 2 else {"section": whole.sections[0].key}
    url = f"https://reuters.example/{number}?of={'x' * (number % 7) * 400}"
    return item(
        number,
        **{"state": ItemState.FILED, **values},
        url=url,
        title=f"{number}: {title * 20}" if title else None,
        reading=Reading.READ,
        published_on=date(2021, 1, 11) if number % 3 else None,
    )


def links(shown: HomePage) -> dict[int, str]:
    return {each.item.id: f"https://vric.slack.example/archives/C/p{each.item.id}" for each in shown.waiting}


def test_the_home_of_sixty_sections_and_four_hundred_items_is_whole() -> None:
    shown = page(60, 400, "Ships & <!channel> *cargo* of the Orinoco ", new=True, editors=True)

    view = home_view(shown, links(shown), Renderer()).to_dict()

    assert view_refusals(view) == []
    assert len(json.dumps(view).encode()) < 250_000
    words = json.dumps(view)
    assert "The list goes on" not in words
    assert "Section 59" in words
    assert "Fix list (400 blocking)" in words


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 60), st.integers(0, 400), TITLES, st.booleans(), st.booleans())
def test_whatever_a_home_and_a_status_say_slack_takes_it(
    sections: int,
    items: int,
    title: str,
    new: bool,  # noqa: FBT001 - drawn by Hypothesis
    editors: bool,  # noqa: FBT001 - the same
) -> None:
    shown, render = page(sections, items, title, new=new, editors=editors), Renderer()

    view = home_view(shown, links(shown), render).to_dict()
    text, blocks = status_answer(shown, links(shown), render)

    assert view_refusals(view) == []
    assert message_refusals([block.to_dict() for block in one_message(blocks, render)]) == []
    assert 0 < len(text) < 4000


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 400), TITLES)
def test_the_form_of_fitting_links_is_within_the_limits(items: int, title: str) -> None:
    whole = large_house(2)
    section = whole.sections[0]
    there = tuple(one(number, title, whole) for number in range(items))
    form = FittingForm(whole, DESK, ISSUE, ShortSection(section, 0, there), section.minimum)

    assert view_refusals(fitting_form(form, Renderer()).to_dict()) == []


def test_the_home_of_somebody_without_a_desk_is_within_the_limits() -> None:
    for desks in (0, 2):
        assert view_refusals(home_without_desk(desks, Renderer()).to_dict()) == []
