import tomllib
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.extract.days import day_in
from bot.extract.opening import PageOpener
from bot.extract.page import Extract

PAGES = Path(__file__).parent / "pages"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((PAGES / "expected.toml").read_text(encoding="utf-8"))


def _html(text: str) -> bytes:
    return f"<!doctype html><html>{text}</html>".encode()


def test_every_page_has_its_expectation() -> None:
    assert {path.stem for path in PAGES.glob("*.html")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_says_what_a_person_reads_on_it_and_nothing_is_guessed(opener: PageOpener, name: str) -> None:
    expected = EXPECTED[name]

    found = opener.read((PAGES / f"{name}.html").read_bytes(), expected["url"])

    assert found == Extract(
        title=expected.get("title"),
        published_on=expected.get("date"),
        other_days=tuple(expected.get("other_days", ())),
        source=expected.get("source"),
        author=expected.get("author"),
        language=expected.get("language"),
        summary=found.summary,
        final_url=expected["url"],
        alternative=expected.get("alternative"),
    )
    assert found.summary == expected.get("summary")
    assert found.summary is not None or _is_lead(found)
    assert all(0 < finding.confidence <= 1 and finding.evidence for finding in found.findings)


def _is_lead(found: Extract) -> bool:
    """Say whether no summary was found but the first paragraph."""
    says = {finding.field: finding.evidence for finding in found.findings}
    return says.get("summary") in {None, ("first paragraph",)}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-01-11T23:59:59-05:00", date(2021, 1, 11)),
        ("2021/1/9", date(2021, 1, 9)),
        ("20210111", date(2021, 1, 11)),
        ("20210111T0900Z", date(2021, 1, 11)),
        ("202101110900", date(2021, 1, 11)),
        ("Mon, 11 Jan 2021 09:00:00 GMT", date(2021, 1, 11)),
        ("January 11, 2021 9:00 AM ET", date(2021, 1, 11)),
        ("11 de enero de 2021", date(2021, 1, 11)),
        ("11 de janeiro de 2021", date(2021, 1, 11)),
        ("11 janvier 2021", date(2021, 1, 11)),
        ("11 января 2021", date(2021, 1, 11)),
        ("11 يناير 2021", date(2021, 1, 11)),
        ("2021年1月11日", date(2021, 1, 11)),
        ("11.01.2021", date(2021, 1, 11)),
        ("11/11/2021", date(2021, 11, 11)),
        ("23/12/2020", date(2020, 12, 23)),
        ("12/23/2020", date(2020, 12, 23)),
        ("3 Temmuz 2024", date(2024, 7, 3)),
        ("11 gennaio 2021", date(2021, 1, 11)),
        ("11. Januar 2021", date(2021, 1, 11)),
        ("1er février 2021", date(2021, 2, 1)),
        ("ngày 11 tháng 1 năm 2021", date(2021, 1, 11)),
        ("2021年1月11日(月) 09:00", date(2021, 1, 11)),
        ("١١ يناير ٢٠٢١", date(2021, 1, 11)),
        ("11 كانون الثاني 2021", date(2021, 1, 11)),
        ("11 ژانویه 2021", date(2021, 1, 11)),
        ("22 دی 1399", date(2021, 1, 11)),
        ("دوشنبه ۲۲ دی ۱۳۹۹ - ۱۰:۳۰", date(2021, 1, 11)),
        ("۱۳۹۹/۱۰/۲۲", date(2021, 1, 11)),
        ("31 مهر 1399", None),
        ("11/01/2021", None),
        ("2021-13-01", None),
        ("2021-02-30", None),
        ("January 2021", None),
        ("11 January", None),
        ("2021", None),
        ("hace 2 horas", None),
        ("2 hours ago", None),
        ("yesterday, 10:30", None),
        ("ayer", None),
        ("1610355600", None),
        ("1610355600000", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_a_day_is_read_where_it_can_be_only_one(text: str, day: date | None) -> None:
    assert day_in(text) == day


def test_where_the_page_tells_the_order_figures_are_clear() -> None:
    assert day_in("11/01/2021", day_first=True) == date(2021, 1, 11)
    assert day_in("11/01/2021", day_first=False) == date(2021, 11, 1)


# What a page must not do to its reader


def test_entities_of_a_page_s_own_are_not_expanded(opener: PageOpener) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    page = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "lol">{laughs}]><html><title>So funny &l11;</title></html>'
    )

    found = opener.read(page.encode())

    assert "lol" not in (found.title or "")


@pytest.mark.parametrize("name", ["file:///etc/passwd", "/etc/passwd", "http://127.0.0.1:9/x.dtd"])
def test_files_that_a_page_names_are_not_read(opener: PageOpener, name: str) -> None:
    page = (
        f'<?xml version="1.0"?><!DOCTYPE html SYSTEM "{name}" '
        f'[<!ENTITY x SYSTEM "{name}"><!ENTITY % p SYSTEM "{name}"> %p;]>'
        '<html xmlns:xi="http://www.w3.org/2001/XInclude"><title>Users: &x; of today</title>'
        f'<h1><xi:include href="{name}" parse="text"/></h1></html>'
    )

    found = opener.read(page.encode())

    assert "root:" not in str(found)


@pytest.mark.parametrize("depth", [20, 500, 5_000, 100_000])
@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"@graph":', '{"@type":"NewsArticle","headline":"Deep","author":'])
def test_json_ld_that_is_nested_without_end_is_left_alone(opener: PageOpener, opening: str, depth: int) -> None:
    closing = "".join({"[": "]", "{": "}"}[each] for each in reversed(opening) if each in "[{")
    nested = opening * depth + '"x"' + closing * depth
    page = _html(f'<title>Deep waters</title><script type="application/ld+json">{nested}</script>')

    found = opener.read(page)

    assert found.title in {"Deep waters", "Deep"}
    assert found.author is None


def test_authors_listed_within_lists_without_end_are_left_alone(opener: PageOpener) -> None:
    author = "[" * 400 + '"Jane Roe"' + "]" * 400
    page = f'{{"@type": "NewsArticle", "headline": "Deep waters", "author": {author}}}'

    found = opener.read(_html(f'<script type="application/ld+json">{page}</script>'))

    assert (found.title, found.author) == ("Deep waters", None)


def test_json_ld_that_refers_to_itself_ends(opener: PageOpener) -> None:
    page = '{"@type": "NewsArticle", "@id": "#a", "headline": "A circle", "author": {"@id": "#a"}}'

    found = opener.read(_html(f'<script type="application/ld+json">{page}</script>'))

    assert (found.title, found.author) == ("A circle", None)


def test_a_title_of_spaces_marks_and_controls_is_none(opener: PageOpener) -> None:
    found = opener.read(_html("<title>\u200b\u202e&#x7f;\x9b \ufeff</title><h1> </h1>"))

    assert found.title is None


SOUP = st.lists(
    st.sampled_from(
        [
            "<html lang=es>", "<head>", "<title>", "</title>", "<h1>", "</h1>", "<p class=date>", "<article>", "<li>",
            "<time datetime=2021-13-99>", "<meta name=date content='", "<meta property=og:title content='", "'>",
            "<script type='application/ld+json'>", "</script>", '{"@type":"NewsArticle","headline":', '{"@id":"#a"}',
            "null", "[", "]", "}", ",", '"\\ud800"', "1e999", "&#x110000;", "&#0;", "<!--", "-->", "<![CDATA[", "<svg>",
            "<template>", "\x00", "\x0c", "\ufffe", "\u202e", "<!channel>", "11 de enero de 2021", "2021-01-11", "é",
            "<?xml version='1.0' encoding='utf-7'?>",
        ]
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(body=st.binary(max_size=500) | SOUP.map("".join).map(str.encode), url=st.none() | st.text(max_size=40))
def test_whatever_the_bytes_the_answer_is_an_extract_that_can_be_kept_and_shown(
    opener: PageOpener, body: bytes, url: str | None
) -> None:
    found = opener.read(body, url)

    for text in (found.title, found.source, found.author, found.language, found.summary):
        assert text is None or (text.strip() == text != "" and text.encode())
        assert not {category(each) for each in text or ""} & {"Cc", "Cs", "Zl", "Zp"}
    assert len(found.title or "") <= 300
    assert len(found.summary or "") <= 1000


JSON_LD = '<script type="application/ld+json">'


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "page",
    [
        "<title>" + "a - |" * 30_000 + "</title><h1>Tankers seen off the coast</h1>",
        JSON_LD + "/*" * 200_000 + "</script>",
        JSON_LD + "[" + "," * 300_000 + "</script>",
        JSON_LD + "{" + " " * 300_000 + "x</script>",
        JSON_LD + '"' * 300_001 + "</script>",
        '<meta name="author" content="' + "a, " * 1_600 + '">',
        "<p>2021 11 </p>" * 60_000,
        "<h1>A short one</h1>" + "<div class=date>2021-</div>" * 30_000,
    ],
    ids=["borders", "comments", "commas", "spaces", "quotes", "authors", "figures", "dates"],
)
def test_a_page_that_repeats_itself_without_end_is_read_in_the_time_of_its_length(
    opener: PageOpener, page: str
) -> None:
    assert opener.read(_html(page)).final_url is None
