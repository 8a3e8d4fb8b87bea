"""A published text is read back; what does not fit is named by its line."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.edition import Edition, MustRead, Paragraph, Quote, Release, Writing
from bot.editorial.house import PrintStyle
from bot.export.document import DocumentRefusedError
from bot.export.exchange import document_of
from bot.export.printed_text import read_printed
from bot.render import Renderer
from tests.editorial.values import XINHUA, edition, house, item

LETTER = replace(house(), printed=PrintStyle(chapters_in_text=False))
UNTIL = date(2021, 1, 14)
WORDS = st.text(
    st.characters(whitelist_categories=["Lu", "Ll", "Lo", "Nd"], whitelist_characters=" ,.;-–’"), min_size=3
).map(lambda text: "The " + " ".join(text.split()))


def printed(whole: Edition) -> str:
    return Renderer().edition("txt", whole)


WRITING = Writing(
    headline="Ships everywhere",
    author="Ana Sailor",
    author_role="Fellow",
    disclaimer="Some of it comes from states.",
    overview=(
        Paragraph("Ships came."),
        Quote("We sail.", "Capt. Brook", "The port’s harbour master", "on the radio", date(2021, 1, 7)),
        Paragraph("And went."),
    ),
    must_reads=(MustRead("Tides", "es", "Ben Writer", "Port Review"), MustRead("Ebb", "en", "", "Port Review")),
    releases_heading="THE PORT AUTHORITY",
    releases=(Release("PORT", "Port closes: no ships"),),
    narratives={"iran": ("Tankers left.", "More of them."), "china": ("Boats came.",)},
)
ITEMS = [
    item(1, url=""),
    item(2, url="", section="hezbollah", language="es", published_on=date(2020, 12, 31)),
    item(3, url="", section="china", outlet=XINHUA, source="Xinhua on air", summary="Boats – many on 3-JAN – fish"),
    item(4, url="", section="fishing", published_on=date(2020, 8, 1)),
]


@pytest.mark.parametrize("chapters_in_text", [False, True])
def test_everything_that_an_issue_prints_is_read_back(*, chapters_in_text: bool) -> None:
    of = replace(LETTER, printed=PrintStyle(chapters_in_text=chapters_in_text))
    whole = edition(ITEMS, of=of, writing=WRITING)

    assert read_printed(printed(whole), "issue.txt", of) == document_of(whole)


def test_an_issue_of_items_alone_is_read_with_the_day_that_is_given() -> None:
    of = replace(house(), printed=PrintStyle(chapters_in_text=True))
    whole = edition(ITEMS, of=of)

    assert read_printed(printed(whole), "issue.txt", of, until=UNTIL) == document_of(whole)
    with pytest.raises(DocumentRefusedError, match=r"line 5: 11-JAN has no year.*--until"):
        read_printed(printed(whole), "issue.txt", of)


@given(summary=WORDS, paragraph=WORDS)
def test_any_words_come_back_as_they_were(summary: str, paragraph: str) -> None:
    whole = edition(
        [item(1, url="", summary=summary), item(2, url="", section="china", summary=summary)],
        of=LETTER,
        writing=Writing(
            overview=(Paragraph(paragraph),),
            must_reads=(MustRead(paragraph, "en"),),
            narratives={"iran": (paragraph,), "china": (paragraph,)},
        ),
    )

    assert read_printed(printed(whole), "issue.txt", LETTER, until=UNTIL) == document_of(whole)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("The Harbour Letter No. 18", "Another Letter 18", "line 1: an issue begins with “The Harbour Letter No. 18”"),
        ("1. Tides", "2. Tides", "line 21: a must read begins with its number, 1."),
        ("• PORT: Port closes: no ships", "• The port closes", "line 26: a release is “• AGENCY: title”."),
        (" – Reuters on 11-JAN", " – Reuters", "line 32: an item is “• TEXT – SOURCE on 11-JAN”."),
        ("on 11-JAN\n\nHEZ", "on 31-FEB\n\nHEZ", "line 32: there is no day 31-FEB."),
        ("content in Spanish)\n\nBoats", "content in Klingon)\n\nBoats", "“Klingon” is not the name of a language"),
        ("HEZBOLLAH", "ATLANTIS", "line 34: the house has no section “ATLANTIS”."),
        ("Ships came.\n", "Ships came.\nAnd more.\n", "line 12: between two paragraphs stands an empty line."),
    ],
)
def test_each_line_that_is_not_understood_is_named(old: str, new: str, said: str) -> None:
    text = printed(edition(ITEMS, of=LETTER, writing=WRITING))
    assert text.count(old) == 1

    with pytest.raises(DocumentRefusedError) as refused:
        read_printed(text.replace(old, new), "issue.txt", LETTER)

    assert said in str(refused.value)
    assert str(refused.value).endswith("Nothing was stored.")


def test_all_lines_are_named_at_once() -> None:
    text = printed(edition(ITEMS, of=LETTER, writing=WRITING)).replace(" on 11-JAN", "").replace("1. Tides", "Tides")

    with pytest.raises(DocumentRefusedError) as refused:
        read_printed(text, "issue.txt", LETTER)

    assert len(refused.value.faults) == 3
