"""Passages come back from their texts as they went out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.edition import MustRead, Paragraph, Quote, Release, Writing
from bot.editorial.passages import chapter_of, narrative_of, passages_of, read, written
from bot.editorial.wording import MOST_TEXTS, UnreadableTextError, is_passage, texts_of, value_of

WORDS = st.text(st.characters(whitelist_categories=["Lu", "Ll", "Lo", "Nd"]), min_size=1)
LINES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
URLS = WORDS.map(lambda word: f"https://harbour.example/{word}")
LANGUAGES = st.sampled_from(["en", "es", "zh"])
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1))
WRITINGS = st.builds(
    Writing,
    headline=LINES,
    author=LINES,
    author_role=LINES,
    disclaimer=LINES,
    overview=st.lists(st.builds(Paragraph, LINES) | st.builds(Quote, LINES, LINES, LINES, LINES, DAYS), max_size=5).map(
        tuple
    ),
    must_reads=st.lists(
        st.builds(MustRead, LINES, LANGUAGES, LINES, LINES, LINES, URLS),
        max_size=4,
        unique_by=lambda each: each.citation,
    ).map(tuple),
    releases_heading=LINES,
    releases=st.lists(st.builds(Release, WORDS.map(lambda word: f"U.S. {word[:20]}"), LINES, URLS), min_size=1).map(
        tuple
    ),
    narratives=st.dictionaries(WORDS, st.lists(LINES, min_size=1).map(tuple), max_size=3),
)


@given(WRITINGS)
def test_what_nobody_changed_stays_as_it_was_with_all_its_parts(writing: Writing) -> None:
    for name, value in passages_of(writing).items():
        texts = texts_of(name, writing, language="en")
        if len(texts) <= MOST_TEXTS:
            assert value_of(name, texts, language="en", before=writing) == value
    assert read(written(writing)) == writing


@given(WRITINGS)
def test_written_anew_it_prints_the_same(writing: Writing) -> None:
    values = {
        name: value_of(name, texts_of(name, writing, language="en"), language="en", before=Writing())
        for name in passages_of(writing)
    }

    again = read(values)

    assert [each.citation for each in again.must_reads] == [each.citation for each in writing.must_reads]
    assert again.releases == writing.releases
    assert [(block.text, block.attribution if isinstance(block, Quote) else "") for block in again.overview] == [
        (block.text, block.attribution if isinstance(block, Quote) else "") for block in writing.overview
    ]


def test_a_quote_is_read_with_its_date() -> None:
    text = "“We sail.”\n— Captain Brook on the radio, January 7, 2021"

    value = value_of("overview", [text, "  ", "Then\nnothing."], language="en", before=Writing())

    assert read({"overview": value}).overview == (
        Quote("We sail.", "Captain Brook on the radio", on=date(2021, 1, 7)),
        Paragraph("Then nothing."),
    )


@pytest.mark.parametrize(
    ("attribution", "quote"),
    [
        (
            "President | Hassan Rouhani | in a televised speech, January 7, 2021",
            Quote("We sail.", "Hassan Rouhani", "President", "in a televised speech", date(2021, 1, 7)),
        ),
        ("Captain | Brook", Quote("We sail.", "Brook", "Captain")),
        ("| Brook | on the radio", Quote("We sail.", "Brook", occasion="on the radio")),
        ("Brook | | on the radio", Quote("We sail.", "Brook | | on the radio")),
    ],
)
def test_bars_part_the_office_the_speaker_and_the_occasion_of_a_quote(attribution: str, quote: Quote) -> None:
    text = f"“We sail.”\n— {attribution}"

    value = value_of("overview", [text], language="en", before=Writing())

    writing = read({"overview": value})
    assert writing.overview == (quote,)
    assert texts_of("overview", writing, language="en") == (text,)


@pytest.mark.parametrize(
    ("name", "texts", "place", "needs"),
    [
        ("overview", ["Ships came.", "“We sail.”"], 1, "quote"),
        ("must_reads", ["", "Tides\nKlingon"], 1, "must read"),
        ("releases", ["THE PORT", "No ships"], 1, "release"),
        ("releases", ["THE PORT", "PORT: No ships\nnowhere"], 1, "release"),
        ("narrative:iran", ["One.\n\n" * (MOST_TEXTS + 1)], 0, "more than fit"),
    ],
)
def test_what_is_in_no_form_is_named_by_its_place(name: str, texts: list[str], place: int, needs: str) -> None:
    with pytest.raises(UnreadableTextError) as unreadable:
        value_of(name, texts, language="en", before=Writing())

    assert (unreadable.value.place, unreadable.value.needs) == (place, needs)


def test_passages_are_those_around_the_items_and_a_narrative_for_each_chapter() -> None:
    assert is_passage("headline", ["iran"])
    assert is_passage(narrative_of("iran"), ["iran"])
    assert not is_passage(narrative_of("atlantis"), ["iran"])
    assert chapter_of("headline") is None
