"""The catalogues mirror each other: what one language says, and what it says it of, every other one does."""

import re
from collections.abc import Mapping
from pathlib import Path
from string import Formatter

import pytest
from jinja2 import Environment, nodes

from bot.catalogue import TEMPLATES, catalogue_of
from bot.editorial.citation import LANGUAGES
from bot.editorial.house import CATALOGUES

FIRST, *OTHERS = CATALOGUES
NAMES_ALONE: Mapping[str, str] = {
    "messages/draft_releases.j2": "prints agencies and titles, and no word of its own",
    "messages/status_part.j2": "puts a title above words that come from elsewhere",
    "messages/waiting_item.j2": "prints a link and its source",
}
"""Templates that are the same in every language."""

SAME_WORDS = frozenset(
    {
        *("format.md", "format.docx", "format.pdf", "format.json"),  # names of formats
        *("spoken.en", "spoken.es"),  # each language by its own name
        *("language.hi", "language.ur"),  # Spanish calls them so, too
        *("outlet.no", "registry.choose_control"),  # the same
    }
)
TITLES = (
    *("card.edit", "card.move", "card.use_again", "card.keep_with_reason", "card.review_list", "more.note"),
    *("accept.title", "reminder.title", "reminder.file_mine", "publisher.title", "outlet.state_media"),
    *("late.form_title", "calendar.title", "opinion.title", "registry.title", "registry.row_title"),
    *("registry.yes_title", "waiting.title", "hold.title", "hold.ask_title", "hold.candidates_title"),
    *("adding.title", "adding.to_issue", "home.file", "correcting.title", "gate.waive", "status.my_items"),
)
"""Labels that stand as the title of a form."""

TITLE_LIMIT, LABEL_LIMIT = 24, 75


def _files(language: str) -> set[str]:
    folder = TEMPLATES / language
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _templates() -> list[str]:
    return sorted(name for name in _files(FIRST) if name.endswith(".j2"))


def _source(language: str, name: str) -> str:
    return (TEMPLATES / language / name).read_text(encoding="utf-8")


def _labels(language: str) -> dict[str, str]:
    return {
        f"{group}.{key}": words for group, keys in catalogue_of(language).labels.items() for key, words in keys.items()
    }


def _speaks_of(language: str, name: str) -> Mapping[str, set[str]]:
    """Which values a template asks for, of which parts, what they are compared with, and how they are written."""
    tree = Environment(autoescape=False).parse(_source(language, name))  # noqa: S701 - it is looked at, not rendered
    names: dict[str, set[str]] = {"load": set(), "store": set(), "param": set()}
    for each in tree.find_all(nodes.Name):
        names[each.ctx].add(each.name)
    compared = [part for each in tree.find_all(nodes.Compare) for part in each.find_all(nodes.Const)]
    return {
        "values": names["load"] - names["store"],
        "parts": {each.attr for each in tree.find_all(nodes.Getattr)},
        "filters": {each.name for each in tree.find_all(nodes.Filter)},
        "conditions": {each.value for each in compared if isinstance(each.value, str)},
        "commands": {word for word in _source(language, name).split("`") if word.startswith(("/vric", "vric"))},
    }


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_catalogue_is_a_folder_of_templates(language: str) -> None:
    assert _files(language) == _files(FIRST)
    assert language in LANGUAGES


def test_every_folder_with_labels_is_a_language_that_can_be_spoken() -> None:
    assert {path.parent.name for path in Path(TEMPLATES).glob("*/labels.toml")} == set(CATALOGUES)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", _templates())
def test_a_template_speaks_of_the_same_in_every_language(name: str, language: str) -> None:
    said, expected = _speaks_of(language, name), _speaks_of(FIRST, name)

    for about in ("values", "parts", "filters", "conditions"):
        assert said[about] == expected[about], about
    assert {each.split()[1] for each in said["commands"]} == {each.split()[1] for each in expected["commands"]}


@pytest.mark.parametrize("language", CATALOGUES)
@pytest.mark.parametrize("name", sorted(_files(FIRST)))
def test_no_character_was_written_in_another_encoding(name: str, language: str) -> None:
    assert re.search("[\x80-\x9f]", _source(language, name)) is None


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", _templates())
def test_no_template_is_left_untranslated(name: str, language: str) -> None:
    assert (_source(language, name) == _source(FIRST, name)) == (name in NAMES_ALONE)


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_labels_take_the_same_values_in_every_language(language: str) -> None:
    def taken(words: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(words) if name}

    assert {name: taken(words) for name, words in _labels(language).items()} == {
        name: taken(words) for name, words in _labels(FIRST).items()
    }


@pytest.mark.parametrize("language", OTHERS)
def test_no_label_is_left_untranslated(language: str) -> None:
    first = _labels(FIRST)
    same = {name for name, words in _labels(language).items() if words == first[name]}

    assert {name for name in same if not name.startswith(("date.", "status.title"))} == SAME_WORDS


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_label_fits_where_it_stands(language: str) -> None:
    labels = _labels(language)

    assert {name for name, words in labels.items() if len(words) > LABEL_LIMIT} == set()
    assert {name for name in TITLES if len(labels[name]) > TITLE_LIMIT} == set()
    assert all(len(catalogue_of(language).label("date.months").split()) == 12 for language in CATALOGUES)
    assert all(len(catalogue_of(language).label("date.weekdays").split()) == 7 for language in CATALOGUES)
