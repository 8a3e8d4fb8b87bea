"""A member is told what is for them alone in their language; what stands in the channel is in the house's."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sandbox.member import Member
from bot.settings import SHIPPED_HOUSE
from tests.desk.staff import log_of
from tests.newsroom import OVER_A_SOCKET, Newsroom

pytestmark = OVER_A_SOCKET

TANKERS = "Tankers leave Iran for Venezuela"
REMINDED_AT = datetime(2021, 1, 12, 22, tzinfo=UTC)


@pytest.fixture(params=[None])
def further_settings(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """A house that says which language its channel has; the shipped one where no story asks for it."""
    if request.param is None:
        return {}
    text = SHIPPED_HOUSE.read_text(encoding="utf-8")
    (tmp_path / "house.toml").write_text(text.replace('language = "en" #', f'language = "{request.param}" #'), "utf-8")
    return {"vric_house": str(tmp_path / "house.toml")}


IN_SPANISH = pytest.mark.parametrize("further_settings", ["es"], indirect=True)


def carla_of(newsroom: Newsroom, locale: str = "es-ES") -> Member:
    """A member of the channel whose Slack is in a language."""
    user = newsroom.stand_in.workspace.add_user("carla", "Carla Peña", locale=locale)
    newsroom.stand_in.workspace.channel("#vric").members.add(user.id)
    return newsroom.stand_in.member("carla")


async def test_answers_and_forms_are_in_the_language_of_whoever_clicks_and_the_card_in_the_houses(
    newsroom: Newsroom,
) -> None:
    carla = carla_of(newsroom)
    link = newsroom.press.prints("reuters.example/tankers", TANKERS)

    ts = await newsroom.drops(carla, link)

    assert "Not state media: Reuters (independent, GB)" in newsroom.card(ts).words
    assert "File in Iran" in newsroom.card(ts).buttons
    assert "El n.º 18 cierra jue 14 ene 2021 17:00 EST" in await newsroom.commands(carla, "/vric status")
    assert "pronóstico 0 de 100 previstas = 0 %" in await newsroom.commands(carla, "/vric quota")
    assert "No conozco «stats». ¿Quisiste decir `/vric status`?" in await newsroom.commands(carla, "/vric stats")
    assert "no empieza con http:// ni https://. Nada se guardó" in await newsroom.commands(carla, "/vric add ftp://a")
    assert "closes Thu 14 Jan 2021 17:00 EST" in await newsroom.commands(newsroom.ben, "/vric status")

    await newsroom.clicks(carla, ts, "Edit")
    assert carla.modal is not None
    assert [carla.modal[each]["text"] for each in ("title", "submit", "close")] == ["Editar", "Guardar", "Cancelar"]
    assert list(newsroom.form(carla))[:5] == ["Título", "Fuente, como se cita", "Fecha", "Idioma", "Autor"]
    assert newsroom.form(carla)["Idioma"] == "Inglés"
    assert list((await newsroom.submits(carla, {"Título": ""})).values()) == ["Agrega un título."]
    await newsroom.clicks(newsroom.ben, ts, "Edit")
    assert list(newsroom.form(newsroom.ben))[:3] == ["Title", "Source, as cited", "Date"]

    await newsroom.drops(carla, link)
    assert "nada se agregó dos veces" in newsroom.whispers(carla)[-1].words
    assert newsroom.card(ts).words.count("Not state media") == 1


async def test_a_refusal_is_worded_for_whoever_it_is_said_to(newsroom: Newsroom) -> None:
    carla = carla_of(newsroom)

    assert "Eso solo lo puede hacer un editor de esta mesa." in await newsroom.commands(carla, "/vric issue close")
    assert "Only an editor of this desk can do that." in await newsroom.commands(newsroom.ben, "/vric issue close")


async def test_home_and_reminders_are_in_the_language_of_whoever_reads_them(newsroom: Newsroom) -> None:
    carla = carla_of(newsroom)
    await carla.opens_home()
    await newsroom.settles()
    assert "cierra jue 14 ene 2021 17:00 EST" in newsroom.home_words(carla)

    await newsroom.beats(REMINDED_AT)

    reminder = carla.direct()[-1]
    assert reminder.words.startswith("Tienes 0 de 5 notas para el n.º 18, que cierra jue 14 ene 2021")
    assert "Posponer" in reminder.buttons
    assert newsroom.ben.direct()[-1].words.startswith("You have 0 of 5 items for No. 18")


async def test_a_member_chooses_a_language_and_it_outranks_that_of_their_slack(newsroom: Newsroom) -> None:
    carla = carla_of(newsroom)
    await carla.opens_home()
    await newsroom.settles()

    said = await newsroom.commands(carla, "/vric language inglés")

    assert said.startswith("I speak English to you from now on, and in the channel the language of the house.")
    assert "closes Thu 14 Jan 2021 17:00 EST" in newsroom.home_words(carla)
    assert "closes Thu 14 Jan 2021" in await newsroom.commands(carla, "/vric status")
    assert (await newsroom.commands(carla, "/vric language")).startswith("I speak English to you, and")
    assert "I speak English and Spanish" in await newsroom.commands(carla, "/vric language Klingon")
    (change,) = [each for each in await log_of(newsroom.bot.database) if each.verb == "language chosen"]
    assert (change.by, change.before, change.after) == (carla.user.id, {"language": None}, {"language": "en"})


async def test_the_choice_at_home_shows_it_again_in_that_language(newsroom: Newsroom) -> None:
    await newsroom.ben.opens_home()
    await newsroom.settles()
    await newsroom.ben.selects_in_home("Español")
    await newsroom.settles()

    assert "cierra jue 14 ene 2021 17:00 EST" in newsroom.home_words(newsroom.ben)
    assert (await newsroom.commands(newsroom.ben, "/vric language")).startswith("Te hablo en español, y")


@pytest.mark.parametrize("locale", ["fr-FR", "pt-BR", ""])
async def test_whose_language_has_no_catalogue_is_spoken_to_in_the_houses(newsroom: Newsroom, locale: str) -> None:
    carla = carla_of(newsroom, locale)

    assert "closes Thu 14 Jan 2021" in await newsroom.commands(carla, "/vric status")


@IN_SPANISH
async def test_a_house_speaks_its_language_in_the_channel_and_members_theirs(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/tankers", TANKERS))

    card = newsroom.card(ts)
    assert "No es medio estatal: Reuters (independiente, GB)" in card.words
    assert "Archivar en Iran" in card.buttons
    welcome = newsroom.channel_posts()[0].words
    assert welcome.startswith("Este canal es ahora la mesa de VRIC MONITOR.")
    assert "closes Thu 14 Jan 2021" in await newsroom.commands(newsroom.ben, "/vric status")

    await newsroom.clicks(newsroom.ben, ts, "Archivar en Iran")
    await newsroom.commands(newsroom.ana, "/vric draft")
    (draft,) = [message for message in newsroom.channel_posts() if message.words.startswith("Borrador del n.º 18")]
    assert "Por corregir" in draft.buttons
    assert [reply.words.splitlines()[0] for reply in newsroom.replies(draft.ts)][-1].startswith("Iran")
    assert (await newsroom.printed()).startswith("VRIC MONITOR No. 18")


async def test_whoever_exports_what_is_unfinished_is_told_in_their_language_which_item_lacks_what(
    newsroom: Newsroom,
) -> None:
    carla = carla_of(newsroom)
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/undated", TANKERS, day=None))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.commands(newsroom.ana, "/vric draft")

    await carla.selects("#vric", newsroom.draft().ts, "JSON")
    await newsroom.settles()

    assert carla.whispers("#vric")[-1].words.startswith(f"A «{TANKERS}» le falta la fecha o la fuente")
    assert newsroom.stand_in.workspace.files == {}
