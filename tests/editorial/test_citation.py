from dataclasses import replace
from datetime import date

import pytest

from bot.editorial.citation import LANGUAGES, cite, language_name
from bot.editorial.outlet import Verdict
from tests.editorial.values import CITATION, IFP_NEWS, PRENSA_LATINA, REUTERS, house, item

FISHING = "Flota pesquera china se acerca a Galápagos & Perú"


def test_a_story_is_cited_with_source_and_day() -> None:
    cited = cite(item(), house())

    assert str(cited) == "Iran sends fleet of tankers – Reuters on 11-JAN"
    assert cited.text == "Iran sends fleet of tankers"


def test_a_day_has_two_digits_and_no_year() -> None:
    assert cite(item(published_on=date(2020, 12, 31)), house()).credit == " – Reuters on 31-DEC"
    assert cite(item(published_on=date(2021, 2, 4)), house()).credit == " – Reuters on 04-FEB"


def test_state_media_carry_the_prefix_of_the_house() -> None:
    cited = cite(item(outlet=PRENSA_LATINA, source="Prensa Latina", title=FISHING, language="es"), house())

    assert str(cited) == f"State media reports {FISHING} – Prensa Latina on 11-JAN (content in Spanish)"
    assert cited.prefix == "State media reports "


def test_a_ruling_decides_the_prefix_as_it_decides_the_share() -> None:
    pardoned = replace(PRENSA_LATINA, ruling=Verdict.OTHER)
    named = replace(REUTERS, ruling=Verdict.STATE_MEDIA)

    assert cite(item(outlet=pardoned), house()).prefix == ""
    assert cite(item(outlet=named), house()).prefix == "State media reports "


@pytest.mark.parametrize("outlet", [None, IFP_NEWS])
def test_who_is_not_known_to_be_state_media_is_not_called_so(outlet: None) -> None:
    assert cite(item(outlet=outlet), house()).prefix == ""


@pytest.mark.parametrize(
    ("language", "note"),
    [("en", ""), (None, ""), ("", ""), ("ru", " (content in Russian)"), ("tlh", " (content in tlh)")],
)
def test_another_language_than_the_house_writes_in_is_noted(language: str | None, note: str) -> None:
    assert cite(item(language=language), house()).credit == f" – Reuters on 11-JAN{note}"


def test_a_house_that_writes_in_spanish_notes_english() -> None:
    spanish = house(citation=replace(CITATION, language="es"))

    assert cite(item(language="es"), spanish).credit == " – Reuters on 11-JAN"
    assert cite(item(language="en"), spanish).credit == " – Reuters on 11-JAN (content in English)"


def test_what_is_missing_is_said() -> None:
    assert cite(item(published_on=None), house()).credit == " – Reuters, undated"
    assert cite(item(source=None), house()).credit == " – source not known on 11-JAN"
    assert cite(item(source=None, published_on=None, language="fa"), house()).credit == (
        " – source not known, undated (content in Persian)"
    )


def test_the_summary_is_cited_before_the_title_and_the_address_last() -> None:
    assert cite(item(summary="Five tankers left Bandar Abbas."), house()).text == "Five tankers left Bandar Abbas."
    assert cite(item(summary=None), house()).text == "Iran sends fleet of tankers"
    assert cite(item(summary=None, title=None), house()).text == "https://reuters.com/world/1"


def test_braces_of_a_page_are_not_read_as_places_of_the_form() -> None:
    assert cite(item(source="{date} {0.__class__}"), house()).credit == " – {date} {0.__class__} on 11-JAN"


def test_languages_are_named_in_english() -> None:
    assert language_name("es") == "Spanish"
    assert all(len(code) == 2 and name.istitle() for code, name in LANGUAGES.items())
