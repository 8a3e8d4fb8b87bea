"""The table for spreadsheets: every decision in its column, and no cell that runs."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.edition import Writing
from bot.editorial.item import Item, Late
from bot.editorial.kind import Kind
from bot.export.csv_table import COLUMNS, csv_table
from tests.editorial.values import XINHUA, edition, item
from tests.stories.test_bad_input import HOSTILE


def rows(*items: Item) -> list[dict[str, str]]:
    """The table of an issue of these items, as a spreadsheet reads it."""
    text = csv_table(edition(items)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_each_item_is_a_row_with_every_decision() -> None:
    whole = item(
        3,
        title="Pesca ilegal: 300 buques",
        summary="Boats, many, fish",
        section="fishing",
        moved_from="iran",
        language="es",
        outlet=XINHUA,
        source="Xinhua",
        author="Ana & Ben",
        edited={"title": "U0ANA", "author": "U0BEN"},
        paywalled=True,
        kind=Kind.VIDEO,
        archived_url="https://web.archive.org/web/1/https://reuters.com/world/3",
        note="See also\nthe map",
        late=Late("U0ANA", "Ana Ruiz", "U0BEN", "Ben Okafor", datetime(2021, 1, 14, 22, 20, tzinfo=UTC)),
    )

    (row,) = rows(whole)

    assert row == {
        "issue": "18",
        "chapter": "China & Hong Kong",
        "section": "Fishing",
        "place": "1",
        "summary": "[video] Boats, many, fish",
        "source": "Xinhua",
        "date": "2021-01-11",
        "language": "es",
        "state media": "yes",
        "outlet controlled by": "state-owned",
        "url": "https://reuters.com/world/3",
        "title": "Pesca ilegal: 300 buques",
        "author": "Ana & Ben",
        "found by": "U0ANA",
        "filed by": "U0ANA",
        "filed at": "2021-01-11T16:03:00+00:00",
        "moved from": "Iran",
        "edited": "author, title",
        "paywalled": "yes",
        "kind": "video",
        "archived copy": "https://web.archive.org/web/1/https://reuters.com/world/3",
        "note": "See also the map",
        "accepted late by": "U0BEN",
    }


def test_the_rows_stand_in_the_order_of_print_and_what_is_not_known_is_empty() -> None:
    bare = item(4, source=None, published_on=None, outlet=None, language=None, filed_at=None, filed_by=None)

    found = rows(bare, item(2, section="china"), item(1, published_on=date(2021, 1, 12)))

    assert [(row["section"], row["place"]) for row in found] == [("Iran", "1"), ("Iran", "2"), ("China", "1")]
    assert (found[1]["date"], found[1]["state media"], found[1]["outlet controlled by"]) == ("", "undecided", "unknown")


def test_it_is_utf_8_that_says_so_in_lines_as_the_standard_has_them() -> None:
    body = csv_table(edition([item(1, title="Путин, “нефть”")]))

    assert body.startswith(b"\xef\xbb\xbfissue,chapter,")
    assert body.count(b"\r\n") == body.count(b"\n") == 2
    assert "Путин" in body.decode("utf-8-sig")


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_one_cell_of_text(title: str) -> None:
    (row,) = rows(item(1, title=title, source=title, note=title))

    assert not row["title"].startswith(("=", "+", "-", "@"))
    assert row["title"] == row["source"] == row["note"] == row["summary"]
    assert list(row) == list(COLUMNS)


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t=", "\r+", " \n@", "\u202e-", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(mark: str) -> None:
    (row,) = rows(item(1, title=f"{mark}HYPERLINK(1)", author=f"{mark}SUM", note=f"{mark}x"))

    assert [row[name][0] for name in ("title", "summary", "author", "note")] == ["'"] * 4


@given(st.text(st.sampled_from("=+-@\t\r\n\",;'\u2028 aж"), max_size=30))
def test_whatever_a_member_writes_no_cell_runs_and_no_row_is_lost(text: str) -> None:
    written = replace(item(1, author=text, note=text), edited={"note": text})

    found = rows(written, item(2))

    assert len(found) == 2
    for row in found:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


def test_an_issue_without_items_is_its_columns_alone() -> None:
    body = csv_table(edition([], writing=Writing(narratives={"iran": ("Tankers left.",)})))

    assert body.decode("utf-8-sig").splitlines() == [",".join(COLUMNS)]


def test_what_was_filed_as_a_release_stands_first_as_it_is_printed() -> None:
    announced = item(2, section="releases", agency="TREASURY", title="=Treasury acts", summary="Words of the page")

    first, second = rows(item(1), announced)

    assert (first["chapter"], first["section"], first["place"]) == ("", "Releases", "1")
    assert (first["summary"], first["state media"]) == ("TREASURY: =Treasury acts", "")
    assert second["section"] == "Iran"
