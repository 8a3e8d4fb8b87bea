"""In which language a person is spoken to, and how they choose it."""

from dataclasses import replace

import pytest

from bot.desk.errors import LanguageUnknownError, NotOfThisDeskError
from bot.ports import Person, Standing
from db.database import Database
from tests.desk.staff import ANA, GUS, HOUSE, MORNING, TEAM, Staff, desk_on, dropped, log_of, wishes


def somebody(locale: str) -> Person:
    return replace(ANA, locale=locale)


@pytest.mark.parametrize(
    ("locale", "house", "spoken"),
    [
        ("es-ES", "en", "es"),
        ("es-LA", "en", "es"),
        ("ES", "en", "es"),
        ("en-GB", "es", "en"),
        ("fr-FR", "en", "en"),
        ("fr-FR", "es", "es"),
        ("", "es", "es"),
        ("est-EE", "en", "en"),
    ],
)
async def test_slack_says_it_and_the_house_where_that_has_no_catalogue(
    database: Database, locale: str, house: str, spoken: str
) -> None:
    desk = desk_on(database, people=Staff(somebody(locale)), house=replace(HOUSE, language=house))

    assert await desk.language_of(TEAM, ANA.id, now=MORNING) == spoken


async def test_whoever_nobody_knows_is_spoken_to_in_the_houses(database: Database) -> None:
    desk = desk_on(database, people=Staff(), house=replace(HOUSE, language="es"))

    assert await desk.language_of(TEAM, "U_NOBODY", now=MORNING) == "es"


async def test_what_somebody_chose_outranks_their_slack_and_is_logged_once(database: Database) -> None:
    desk = desk_on(database, people=Staff(somebody("es-ES")))
    await dropped(desk)

    for _ in range(2):
        await desk.speak(TEAM, ANA.id, "en", now=MORNING)

    assert await desk.language_of(TEAM, ANA.id, now=MORNING) == "en"
    logged = [each for each in await log_of(database) if each.verb == "language chosen"]
    assert [(each.by, each.before, each.after) for each in logged] == [(ANA.id, {"language": None}, {"language": "en"})]
    (home,) = await wishes(database, "home")
    assert home.channel == ANA.id


async def test_what_they_chose_before_is_kept_when_another_choice_is_refused(database: Database) -> None:
    desk = desk_on(database)
    await desk.speak(TEAM, ANA.id, "es", now=MORNING)

    with pytest.raises(LanguageUnknownError):
        await desk.speak(TEAM, ANA.id, "fr", now=MORNING)

    assert await desk.language_of(TEAM, ANA.id, now=MORNING) == "es"


async def test_a_guest_has_no_choice_of_the_desk(database: Database) -> None:
    desk = desk_on(database)

    with pytest.raises(NotOfThisDeskError):
        await desk.speak(TEAM, GUS.id, "es", now=MORNING)


async def test_a_locale_is_remembered_with_the_person(database: Database) -> None:
    await desk_on(database, people=Staff(somebody("es-MX"))).person(TEAM, ANA.id, MORNING)

    known = await desk_on(database, people=Staff()).person(TEAM, ANA.id, MORNING)

    assert (known.locale, known.standing) == ("es-MX", Standing.MEMBER)
