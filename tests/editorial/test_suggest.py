import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.editorial.house import Chapter, House
from bot.editorial.house_file import read_house
from bot.editorial.suggest import fitting, suggest
from bot.settings import SHIPPED_HOUSE
from tests.editorial.values import house, section


@dataclass(frozen=True, slots=True)
class Printed:
    """An item as it was printed: its words, and the section under which it stood."""

    text: str
    section: str


def _vric() -> House:
    return read_house(SHIPPED_HOUSE.read_text(encoding="utf-8"))


def _printed(shared: Path, vric: House) -> Sequence[Printed]:
    issue = json.loads((shared / "golden" / "vric-18" / "issue.json").read_text(encoding="utf-8"))
    by_title = {each.title.upper(): each.key for each in vric.sections}
    return [
        Printed(each["summary"], key)
        for chapter in issue["chapters"]
        for key, items in [
            (chapter["key"], chapter["items"]),
            *((by_title[part["heading"]], part["items"]) for part in chapter["subsections"]),
        ]
        for each in items
    ]


def _measured(vric: House, printed: Sequence[Printed]) -> tuple[int, int]:
    """For how many items the right section was suggested first, and among the first three."""
    places = [[each.key for each in suggest(vric, story.text)].index(story.section) for story in printed]
    return sum(place == 0 for place in places), sum(place < 3 for place in places)


def _names(word: str, text: str) -> bool:
    """Whether a single word of the house is in a text."""
    only = house(Chapter("a", "A", (section("a"), section("b", word, chapter="a"))))
    return suggest(only, text)[0].key == "b"


def _without(vric: House, dropped: frozenset[str]) -> House:
    return replace(
        vric,
        chapters=tuple(
            replace(
                chapter,
                sections=tuple(
                    replace(each, words=tuple(word for word in each.words if word not in dropped))
                    for each in chapter.sections
                ),
            )
            for chapter in vric.chapters
        ),
    )


def test_the_section_of_each_item_of_no_18_is_suggested(shared: Path) -> None:
    vric = _vric()
    printed = _printed(shared, vric)

    first, among_three = _measured(vric, printed)

    assert len(printed) == 102
    assert among_three >= 90
    assert first >= 70


def test_the_words_of_the_house_are_not_made_for_single_items_of_no_18(shared: Path) -> None:
    """Without every word that only one item holds, the rest still suggests well enough."""
    vric = _vric()
    printed = _printed(shared, vric)
    words = {word for each in vric.sections for word in each.words}
    single = frozenset(word for word in words if sum(_names(word, story.text) for story in printed) == 1)

    first, among_three = _measured(_without(vric, single), printed)

    assert single
    assert among_three >= 90
    assert first >= 70


@pytest.mark.parametrize(
    ("headline", "key"),
    [
        ("Citgo auction: court names winner for shares of PDVSA’s parent", "venezuela"),
        ("Venezolanos cruzan a Brasil por la falta de gasolina", "venezuela"),
        ("Nicaragua’s Ortega closes another university & seizes its campus", "bolivarian-network"),
        ("Díaz-Canel viaja a La Habana tras reunión del ALBA", "bolivarian-network"),
        ("Defensa de Álex Saab pide a Cabo Verde su liberación", "alex-saab"),
        ("Путин обсудил с Мадуро поставки нефти", "russia"),
        ("Rosneft sells its Latin American refinery stakes", "russia"),
        ("Lavrov: Moscú apoyará a sus socios", "russia"),
        ("Teherán envía técnicos a la refinería de Cardón", "iran"),
        ("IRGC commander warns over seized tankers", "iran"),
        ("Paraguay arrests a Barakat clan financier on the Triple Frontier", "hezbollah"),
        ("Fiscalía reabre el expediente Nisman a siete años del atentado contra la AMIA", "nisman-amia"),
        ("Erdoğan tours Latin America to sell Bayraktar drones", "turkey"),
        ("El emir de Catar recibe al presidente de Ecuador en Doha", "qatar"),
        ("Huawei to build 5G network in Brazil", "china"),
        ("中国外交部发言人谈拉美合作", "china"),
        ("習近平在北京会见来宾", "china"),
        ("Armada vigila 300 pesqueros chinos frente a las Galápagos", "illegal-fishing"),
        ("Peru’s squid fleet protests foreign trawlers", "illegal-fishing"),
        ("Abdala and Soberana: Cuba exports its vaccines", "medical-diplomacy"),
        ("Sinovac doa 1 milhão de doses de vacina ao Paraguai", "medical-diplomacy"),
    ],
)
def test_headlines_of_other_months_find_their_section_among_the_first_three(headline: str, key: str) -> None:
    assert key in [each.key for each in suggest(_vric(), headline)[:3]]


def test_every_section_is_suggested_once_and_equal_ones_in_the_order_of_the_house() -> None:
    vric = _vric()

    assert suggest(vric, "") == vric.sections
    assert suggest(vric, "Stock markets & weather") == vric.sections
    assert sorted(each.key for each in suggest(vric, "Iran")) == sorted(each.key for each in vric.sections)


LETTERS = house(
    Chapter("north", "North", (section("north", "tanker*", "la paz"), section("port", "harbour", chapter="north"))),
    Chapter("south", "South", (section("south", "tango", "la paz"), section("fish", "北京", "pesca", chapter="south"))),
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("TÁNKERS in the bay", "north"),
        ("Harbour’s end", "port"),
        ("La Pesca ilegal", "fish"),
        ("新华社北京电", "fish"),
        ("tango, tango: one tanker", "south"),
        ("tanker and harbour", "port"),
        ("harbours", "north"),
        ("a tank", "north"),
        ("la pazza", "north"),
    ],
)
def test_words_are_compared_whole_without_accents_and_a_star_is_a_beginning(text: str, key: str) -> None:
    assert suggest(LETTERS, text)[0].key == key


def test_a_word_of_the_opening_outweighs_one_far_behind() -> None:
    filler = " ".join(["word"] * 20)

    assert suggest(LETTERS, f"tango {filler} tanker")[0].key == "south"
    assert suggest(LETTERS, f"tanker {filler} tango")[0].key == "north"


def test_repeating_a_word_counts_three_times_at_most() -> None:
    thirty = " ".join(["tango"] * 30)

    assert suggest(LETTERS, f"harbour {thirty}")[0].key == "port"


def test_a_phrase_is_found_as_a_phrase() -> None:
    whole = house(Chapter("a", "A", (section("a"), section("b", "sputnik v", chapter="a"))))

    assert suggest(whole, "The Sputnik V vaccine")[0].key == "b"
    assert suggest(whole, "V for Sputnik")[0].key == "a"


@pytest.mark.parametrize(
    ("text", "most", "keys"),
    [
        ("Tankers of La Paz", 3, ["north", "south"]),
        ("Tankers of La Paz", 1, ["north"]),
        ("Stock markets & weather", 3, []),
        ("", 3, []),
    ],
)
def test_a_text_fits_only_where_it_has_a_word_of_the_section(text: str, most: int, keys: list[str]) -> None:
    assert [each.key for each in fitting(LETTERS, text, most)] == keys
