"""How a language writes dates, numbers and names, and how somebody names it."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import catalogue_named, catalogue_of
from bot.editorial.house import CATALOGUES
from bot.editorial.quota import percent
from bot.render import Renderer, speak, spoken

EN, ES = map(catalogue_of, CATALOGUES)


def test_dates_and_moments_are_written_as_a_language_does() -> None:
    day, moment = date(2021, 1, 4), datetime(2021, 8, 14, 21, tzinfo=UTC)

    assert (EN.day(day), ES.day(day)) == ("4 Jan 2021", "4 ene 2021")
    assert (EN.short_day(day, day), ES.short_day(day, day)) == ("4 Jan", "4 ene")
    assert EN.moment(moment, "America/New_York") == "Sat 14 Aug 2021 17:00 EDT"
    assert ES.moment(moment, "America/New_York") == "sáb 14 ago 2021 17:00 EDT"


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("America/Bogota", "Thu 14 Jan 2021 17:00 UTC-5"),
        ("Asia/Kathmandu", "Fri 15 Jan 2021 03:45 UTC+5:45"),
        ("Europe/Madrid", "Thu 14 Jan 2021 23:00 CET"),
    ],
)
def test_a_zone_without_letters_is_told_by_its_distance_from_utc(zone: str, written: str) -> None:
    assert EN.moment(datetime(2021, 1, 14, 22, tzinfo=UTC), zone) == written


@given(st.fractions(min_value=0, max_value=1))
def test_a_share_differs_between_languages_in_its_point_alone(share: Fraction) -> None:
    assert EN.percent(share) == percent(share)
    assert ES.percent(share).replace(",", ".") == percent(share)


def test_nouns_agree_with_their_number() -> None:
    assert [EN.count_of(number, "item") for number in (0, 1, 2)] == ["0 items", "1 item", "2 items"]
    assert [ES.count_of(number, "day") for number in (0, 1, 2)] == ["0 días", "1 día", "2 días"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *(("English", "en"), ("inglés", "en"), ("INGLES", "en"), (" en ", "en")),
        *(("Español", "es"), ("espanol", "es"), ("Spanish", "es"), ("es", "es")),
        *(("Klingon", None), ("", None), ("French", None)),
    ],
)
def test_a_language_is_named_in_any_of_the_languages(text: str, language: str | None) -> None:
    assert catalogue_named(text) == language


def test_what_is_spoken_for_a_while_outranks_the_renderers_own_language() -> None:
    render = Renderer(language="es")

    assert render.label("form.save") == "Guardar"
    with spoken("en"):
        assert render.label("form.save") == "Save"
        speak("es")
        assert render.label("form.save") == "Guardar"
    assert render.message("nothing_to_fix") == "Nada por corregir."
    with spoken("en"):
        assert render.message("nothing_to_fix") == "Nothing to fix."
