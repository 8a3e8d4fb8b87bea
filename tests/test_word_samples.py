"""Everything that members can be told is rendered in each language, and `vric words` prints it for review."""

from pathlib import Path

import pytest

from bot.all_words import all_words
from bot.catalogue import TEMPLATES, catalogue_of
from bot.editorial.house import CATALOGUES
from bot.error_samples import errors
from bot.word_samples import messages
from tests.command_line import Vric
from tests.desk.staff import HOUSE


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_template_and_label_says_something_in_every_case(language: str) -> None:
    said = {each.name: each.cases for each in all_words(HOUSE, language)}

    assert [name for name, cases in said.items() if not cases] == []
    assert len(said) == sum(len(labels) for labels in catalogue_of(language).labels.values()) + len(
        [*(TEMPLATES / language).rglob("*.j2")]
    )


@pytest.mark.parametrize(("folder", "samples"), [("messages", messages(HOUSE)), ("errors", errors(HOUSE))])
def test_no_values_are_kept_for_a_template_that_is_gone(folder: str, samples: dict[str, object]) -> None:
    assert samples.keys() == {path.stem for path in (TEMPLATES / "en" / folder).glob("*.j2")}


def test_what_can_be_said_differs_between_the_languages() -> None:
    english, spanish = ({each.name: each.cases for each in all_words(HOUSE, language)} for language in CATALOGUES)

    assert english["messages/share"][0].startswith("2 of 9 so far is state media; forecast 2 of 100 planned = 22.2 %")
    assert spanish["messages/share"][0].startswith("2 de 9 hasta ahora son de medios estatales")
    assert "22,2 %" in spanish["messages/share"][0]
    closes = spanish["messages/deadline_asked"]
    assert english["messages/deadline_asked"] == ("No. 18 now closes Thu 14 Jan 2021 10:04 EST. The channel is told.",)
    assert closes == ("El n.º 18 cierra ahora jue 14 ene 2021 10:04 EST. El canal queda avisado.",)
    assert spanish["errors/already_written"][0].startswith("Otra lectura de la página se adelantó: la fecha es ahora")


async def test_the_command_prints_them_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    printed = await Vric(tmp_path).runs("words", "--language", "es")

    assert printed.status == 0
    assert "messages/nothing_to_fix\n    Nada por corregir.\n" in printed.out
    assert "card.file_in\n    Archivar en ‹section›\n" in printed.out


async def test_a_language_without_a_catalogue_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    refused = await Vric(tmp_path).runs("words", "--language", "fr")

    assert refused.status == 2
    assert refused.said == "There is no catalogue of “fr”. Name one of: en, es.\n"
