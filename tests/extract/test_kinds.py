"""What kind of page it is, on pages of our own in the form of the outlets."""

import gzip
import json
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.editorial.kind import Kind
from bot.extract.opening import PageOpener
from bot.extract.page import Nature
from tests.documents import pdf

PAGES = Path(__file__).parent / "kinds"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((PAGES / "expected.toml").read_text(encoding="utf-8"))
FACTS = ("agency", "seconds", "account", "publisher", "leads_to")
WORDS = {"title": "title", "source": "source", "date": "published_on"}
NO_ITEMS = {kind for kind in Kind if kind.is_wall or kind.must_be_kept}


def test_every_page_has_its_expectation() -> None:
    assert {path.stem for path in PAGES.glob("*.html")} == set(EXPECTED)
    assert len(EXPECTED) >= 60


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_is_of_the_kind_that_a_person_sees(opener: PageOpener, name: str) -> None:
    expected = EXPECTED[name]

    found = opener.read((PAGES / f"{name}.html").read_bytes(), expected["url"])

    assert (found.nature.kind, found.nature.paywalled) == (expected["kind"], expected.get("paywalled", False))
    assert {fact: getattr(found.nature, fact) for fact in FACTS} == {fact: expected.get(fact) for fact in FACTS}
    assert found.nature.canonical in {expected.get("canonical"), expected["url"], None}
    for key, field in WORDS.items():
        if key in expected:
            assert getattr(found, field) == expected[key]
    if found.nature.kind.is_wall or found.nature.kind is Kind.SOFT_404:
        assert (found.title, found.source, found.published_on) == (None, None, None)


def test_every_kind_that_pages_have_is_among_them() -> None:
    assert {Kind(each["kind"]) for each in EXPECTED.values()} == set(Kind) - {Kind.PDF, Kind.DEAD}


@pytest.fixture(scope="module")
def thousand(shared: Path, opener: PageOpener) -> list[tuple[str, Nature]]:
    """More than a thousand pages of the development set, by their addresses: read once, since that takes a while."""
    folder = shared / "extract" / "dev"
    rows = map(json.loads, (folder / "dev.jsonl").read_text(encoding="utf-8").splitlines())
    pages = ((row["url"], gzip.decompress((folder / row["html"]).read_bytes())) for row in rows)
    return [(url, opener.read(page, url).nature) for url, page in pages]


def test_of_a_thousand_articles_hardly_one_is_taken_for_something_else(thousand: list[tuple[str, Nature]]) -> None:
    """The pages of the set are articles, save for some home pages and a search that strayed into it."""
    kinds = Counter(nature.kind for _, nature in thousand)

    assert kinds.total() > 1000
    assert sum(kinds[kind] for kind in NO_ITEMS) <= kinds.total() / 100


def test_of_a_thousand_articles_every_one_that_is_taken_for_an_opinion_is_one(
    thousand: list[tuple[str, Nature]],
) -> None:
    """A person read those that are: reports among them would be false alarms."""
    found = [url for url, nature in thousand if nature.opinion is not None]

    opinions = ("/opinion/", "/kolumnen/", "/kommentar/", "/kommentare/", "/kolumne-")
    assert [url for url in found if not any(part in url for part in opinions)] == []
    assert len(found) >= 12


PIECES = st.sampled_from(
    [
        "<h1>", "</h1>", "<title>", "<p>", "<a href=x>", "<meta http-equiv=refresh content='0;url=/a'>", "404",
        "<link rel=canonical href='http://[::1'>", "<script type='application/ld+json'>", "</script>", "{", "}", "[",
        '"@type":"VideoObject",', '"duration":"PT9999999999S"', "<meta property=og:type content=video>", "\u0000",
        "<input type=password>", "Suscríbete", "Página no encontrada", "<time datetime='2021-99-99'>", "\ud83d", "&#0;",
        '"isAccessibleForFree":[[]]', '"articleSection":{"a":1}', "<meta itemprop=duration content=PT1H>", "é", " ",
    ]
)  # fmt: skip
ADDRESSES = st.sampled_from(
    [each["url"] for each in EXPECTED.values()] + ["", "https://[", "http://a.example/%ff%00?q=%ff", "https://t.me/a/1"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40), ADDRESSES)
def test_no_page_breaks_the_rules_for_kinds(opener: PageOpener, pieces: list[str], url: str) -> None:
    assert opener.read("".join(pieces).encode(errors="surrogatepass"), url).nature.kind in Kind


def test_a_pdf_is_told_by_its_title_its_day_and_its_pages(opener: PageOpener) -> None:
    found = opener.read(
        pdf(title="Informe sobre el Esequibo", day="20210109", pages=14), "https://home.treasury.gov/a.pdf"
    )

    assert (found.title, found.published_on) == ("Informe sobre el Esequibo", date(2021, 1, 9))
    assert (found.nature.kind, found.nature.pages, found.nature.agency) == (Kind.PDF, 14, "TREASURY")


@pytest.mark.parametrize("title", [None, "untitled", "Microsoft Word - informe_v3.docx", "slide 1", "a.pdf"])
def test_a_pdf_whose_title_says_nothing_is_told_by_its_largest_words(opener: PageOpener, title: str | None) -> None:
    found = opener.read(pdf(title=title, heading="Gaceta Oficial No. 42.047"), "https://gaceta.example/42047.pdf")

    assert (found.title, found.published_on) == ("Gaceta Oficial No. 42.047", None)


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.4",
        b"%PDF-1.7\n" + b"\x00" * 5000,
        pdf(title="Cut")[:300],
        b"%PDF-1.4\ntrailer << /Root 1 0 R >>",
        pdf()[::-1],
    ],
)
def test_a_broken_pdf_is_told_by_the_name_of_its_file(opener: PageOpener, body: bytes) -> None:
    found = opener.read(b"%PDF-" + body.removeprefix(b"%PDF-"), "https://gaceta.example/informe-esequibo.pdf")

    assert (found.title, found.nature.kind, found.nature.pages) == ("informe esequibo", Kind.PDF, None)
