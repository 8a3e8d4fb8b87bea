"""Bad documents: each fault has its place, and nothing is stored."""

import json
from typing import Any

import pytest

from bot.editorial.edition import Writing
from bot.editorial.releases import with_filed
from bot.export.document import DocumentRefusedError, read_document, write_document
from bot.export.formats import render
from bot.export.refusals import FormatRefusedError
from bot.render import Renderer
from tests.editorial.values import edition, house, item

ISSUE: dict[str, Any] = {
    "publication": "The Harbour Letter",
    "number": 3,
    "overview": [{"paragraph": "Ships came."}, {"quote": "We sail.", "attribution": "A captain, January 7, 2021"}],
    "must_reads": [{"citation": "Tides by A. Sailor, Port Review", "language": "en"}],
    "chapters": [
        {
            "key": "iran",
            "narrative": ["Tankers left."],
            "items": [
                {
                    "summary": "A tanker left.",
                    "outlet": "Reuters",
                    "published_on": "2021-01-11",
                    "language": "en",
                    "state_media": False,
                }
            ],
            "subsections": [],
        }
    ],
}


def changed(path: list[Any], value: object) -> str:
    whole = json.loads(json.dumps(ISSUE))
    at = whole
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return json.dumps(whole)


def refusal(text: str) -> str:
    with pytest.raises(DocumentRefusedError) as refused:
        read_document(text, "issue.json")
    return str(refused.value)


def test_what_is_written_is_read_again() -> None:
    document = read_document(json.dumps(ISSUE), "issue.json")

    assert read_document(write_document(document), "again") == document
    assert json.loads(write_document(document)) == ISSUE


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (["chapters", 0, "items", 0, "published_on"], "2021-02-30", "chapters[1].items[1].published_on: "),
        (["chapters", 0, "items", 0, "language"], "Spanish", "chapters[1].items[1].language: "),
        (["chapters", 0, "items", 0, "summary"], " ", "chapters[1].items[1].summary: "),
        (["chapters", 0, "items", 0, "headline"], "New", "chapters[1].items[1].headline: Extra inputs"),
        (["chapters", 0, "narrative", 0], "x" * 40_000, "chapters[1].narrative[1]: String should have at most 10000"),
        (["overview", 1], {"quote": "We sail."}, "overview[2]: must be a paragraph, or a quote with its attribution."),
        (["number"], 0, "number: "),
        (["chapters", 0, "items", 0, "url"], "javascript:alert(1)", "chapters[1].items[1].url: "),
    ],
)
def test_each_fault_is_named_by_its_place(path: list[Any], value: object, said: str) -> None:
    words = refusal(changed(path, value))

    assert words.startswith(f"issue.json: {said}")
    assert words.splitlines()[1:] == ["Nothing was stored."]


def test_half_a_file_is_refused_with_the_line_where_it_ends() -> None:
    text = json.dumps(ISSUE, indent=1)

    assert refusal(text[: len(text) // 2]).startswith("issue.json: line ")


@pytest.mark.parametrize("text", ["", "null", "[]", "[" * 100_000, '{"number": 1e999}'])
def test_what_is_no_issue_is_refused(text: str) -> None:
    assert refusal(text).endswith("Nothing was stored.")


def test_of_many_faults_the_first_are_told_and_the_others_counted() -> None:
    words = refusal(changed(["must_reads"], [{"citation": "", "language": "en"}] * 50))

    assert len(words.splitlines()) == 22
    assert "and 30 more." in words


@pytest.mark.parametrize("changes", [{"agency": None}, {"agency": ""}, {"title": None}])
def test_a_filed_release_without_agency_or_title_is_no_finished_issue(changes: dict[str, Any]) -> None:
    of = house()
    announced = item(2, **{"section": "releases", "agency": "TREASURY", "title": "Treasury acts", **changes})
    whole = edition([item(1), announced], of=of, writing=with_filed(Writing(), [announced], of))

    with pytest.raises(FormatRefusedError, match="lacks an agency or a title"):
        render("json", whole, Renderer())
