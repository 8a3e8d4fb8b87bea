"""The registry as a file: what is written is read again, and every fault has its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.country import PLACES
from bot.editorial.outlet import Control, Entry, Outlet, Verdict
from bot.editorial.outlet_file import COLUMNS, OutletsRefusedError, outlet_table, read_outlets

TELESUR = Outlet("telesur.example", "teleSUR", "VE", Control.STATE_OWNED, None, "Its imprint")
_LINES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=30)
_MARKED = st.builds("".join, st.tuples(st.sampled_from(["'", "''", "=", "+1", "@", "＝", "-"]), _LINES))
_WORDS = _LINES | _MARKED
_OUTLETS = st.builds(
    Outlet,
    domain=_WORDS.map(lambda text: text.strip().casefold()).filter(lambda text: text and text == text.casefold()),
    name=_WORDS.filter(bool),
    country=st.none() | st.sampled_from(sorted(PLACES)),
    control=st.sampled_from(Control),
    ruling=st.none() | st.sampled_from(Verdict),
    evidence=_WORDS,
)


@given(st.lists(_OUTLETS, unique_by=lambda outlet: outlet.domain, max_size=5))
def test_what_is_written_is_read_again(outlets: list[Outlet]) -> None:
    text = outlet_table([Entry(outlet) for outlet in outlets], {})

    assert read_outlets(text, "outlets.tsv") == tuple(outlets)
    assert not [
        cell for line in text.split("\n") for cell in line.split("\t") if cell[:1] in {"=", "+", "-", "@", "＝", "＋"}
    ]


def test_a_file_from_a_spreadsheet_is_read() -> None:
    lines = outlet_table([Entry(TELESUR)], {}).replace("\n", "\r\n")

    assert read_outlets(lines, "outlets.tsv") == (TELESUR,)


def test_all_faults_are_named_with_their_lines() -> None:
    head = "\t".join(COLUMNS[:6])
    rows = (
        "telesur.example\tteleSUR\tVE\tstate-owned\t\tIts imprint",
        "telesur.example\tteleSUR\tVE\tstate-owned\t\tIts imprint",
        "TASS.example\t\tUK\tof the state\tyes\t",
        "short.example\tShort",
    )

    with pytest.raises(OutletsRefusedError) as refused:
        read_outlets("\n".join((head, *rows)), "outlets.tsv")

    controls = "state-owned, state-controlled, public-service, government, independent, unknown"
    verdicts = "state media, other, undecided; or nothing"
    assert str(refused.value).splitlines() == [
        "outlets.tsv:3: “telesur.example” stands in an earlier line, too.",
        "outlets.tsv:4: “TASS.example” is no domain in small letters.",
        f"outlets.tsv:4: “of the state” is no class of control. There are: {controls}.",
        "outlets.tsv:4: An outlet whose control is known has a name.",
        "outlets.tsv:4: “UK” is no country's code of two letters.",
        f"outlets.tsv:4: “yes” is nothing that an outlet counts as. There are: {verdicts}.",
        "outlets.tsv:5: 2 columns where 6 to 8 belong.",
    ]


@pytest.mark.parametrize("text", ["", "telesur.example\tteleSUR\tVE\tstate-owned\t\t\n"])
def test_a_file_without_its_columns_is_refused(text: str) -> None:
    with pytest.raises(OutletsRefusedError, match=r"outlets.tsv:1: The first line must name the columns"):
        read_outlets(text, "outlets.tsv")
