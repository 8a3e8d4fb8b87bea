import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from bot.catalogue import catalogue_of
from bot.editorial.edition import Edition, Writing
from bot.editorial.item import Item
from bot.editorial.outlet import Control, Outlet
from bot.editorial.quota import Remedies, Tally, percent
from bot.editorial.rundown import Rundown, assemble
from bot.render import (
    Renderer,
    clock_time,
    counted,
    escape_markdown,
    escape_slack,
    markdown_url,
    one_line,
    slack_link,
)
from tests.editorial.values import BBC, ISSUE, PRENSA_LATINA, RULE, XINHUA, edition, house, item

GOLDEN = Path(__file__).parent / "golden"
FIFTH = Fraction(1, 5)
MEDUZA = Outlet("meduza.io", "Медуза", "LV", Control.INDEPENDENT)
LETTER = house()

EN = catalogue_of("en")


def _letter() -> Rundown:
    """Seven items: an ampersand, Cyrillic, state media, Spanish, a title full of marks, one undated, one bare."""
    items = [
        item(1, title="Oil & gas: Iran sends fleet of tankers", url="https://reuters.com/oil?a=1&b=2"),
        item(
            2,
            title="Путин и Мадуро обсудили «нефть & газ»",
            outlet=MEDUZA,
            source="Медуза",
            language="ru",
            published_on=date(2021, 1, 4),
            url="https://meduza.io/%D0%BD%D0%B5%D1%84%D1%82%D1%8C",
        ),
        item(
            3,
            title="Irán & Cuba firman acuerdo “sin precedentes”",
            outlet=PRENSA_LATINA,
            source="Prensa Latina",
            language="es",
            published_on=date(2020, 12, 31),
            url="https://prensa-latina.cu/acuerdo",
        ),
        item(
            4,
            title="<!channel> *bold* _it_ `code` ~no~ a|b <http://x|bank> AT&amp;T [a](b) #1\n\u202eright\u200f",
            section="hezbollah",
            url="https://reuters.com/wiki/Boa_(snake)",
        ),
        item(
            5,
            title="Pesca ilegal: 300 buques",
            section="fishing",
            published_on=None,
            language="es",
            url="https://infobae.com/pesca",
            source="Infobae",
        ),
        item(6, title=None, source=None, section="china", outlet=BBC, url="https://bbc.co.uk/news/1"),
        item(
            7,
            title="China buys",
            summary="China’s buyers return; lithium & soy.",
            outlet=XINHUA,
            source="Xinhua",
            section="china",
        ),
    ]
    return assemble(LETTER, ISSUE, items)


def _slack(renderer: Renderer, rundown: Rundown) -> str:
    sections = [part for chapter in rundown.chapters for part in chapter.sections if part.items]
    return "\n".join(renderer.section(part, LETTER) for part in sections)


def _issue(form: str) -> str:
    if form == "slack":
        return _slack(Renderer(), _letter())
    return Renderer().edition(form, Edition(LETTER, ISSUE, Writing(), _letter()))


@pytest.mark.parametrize("form", ["slack", "md", "txt"])
def test_the_harbour_letter_is_rendered_as_its_golden_file(form: str) -> None:
    golden = (GOLDEN / f"harbour-18.{form}").read_bytes().decode()

    assert _issue(form) == golden


@pytest.mark.parametrize("form", ["slack", "md", "txt"])
def test_each_item_is_one_line_whatever_its_title_holds(form: str) -> None:
    lines = [
        line for line in re.split(r"[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]", _issue(form)) if line.startswith(("•", "- "))
    ]

    assert len(lines) == 7


@pytest.mark.parametrize("form", ["md", "txt"])
def test_an_empty_issue_has_its_title_and_nothing_else(form: str) -> None:
    words = Renderer().edition(form, edition([]))

    assert words.strip("# \n") == "The Harbour Letter No. 18"


@pytest.mark.parametrize(
    ("title", "slack", "markdown"),
    [
        ("<!channel> look", "&lt;!channel&gt; look", r"\<!channel\> look"),
        ("<@U0ANA>", "&lt;@U0ANA&gt;", r"\<@U0ANA\>"),
        ("<http://x|bank>", "&lt;http://x|bank&gt;", r"\<http://x\|bank\>"),
        ("*bold*", "*\u200bbold*\u200b", r"\*bold\*"),
        ("_it_", "_\u200bit_\u200b", r"\_it\_"),
        ("~no~", "~\u200bno~\u200b", r"\~no\~"),
        ("`code`", "`\u200bcode`\u200b", r"\`code\`"),
        ("a|b", "a|b", r"a\|b"),
        ("R&D", "R&amp;D", "R&D"),
        ("AT&amp;T", "AT&amp;amp;T", r"AT\&amp;T"),
        ("&#60;", "&amp;#60;", r"\&\#60;"),
        ("[a](http://x)", "[a](http://x)", r"\[a\](http://x)"),
        ("![a](b)", "![a](b)", r"!\[a\](b)"),
        ("back\\slash", "back\\slash", r"back\\slash"),
        ("# 1", "# 1", r"\# 1"),
        ("11-JAN – 3.5 %", "11-JAN – 3.5 %", "11-JAN – 3.5 %"),
    ],
)
def test_what_a_title_holds_is_text_in_every_format(title: str, slack: str, markdown: str) -> None:
    assert escape_slack(title) == slack
    assert escape_markdown(title) == markdown


@pytest.mark.parametrize("mark", ["\u202a", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c"])
def test_marks_that_reorder_text_are_left_out(mark: str) -> None:
    assert one_line(f"safe{mark}exe.txt") == "safe exe.txt"


@pytest.mark.parametrize(
    "breaking", ["\n", "\r\n", "\t", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029", "\x00", "\x7f"]
)
def test_what_breaks_a_line_is_a_space(breaking: str) -> None:
    assert one_line(f" tankers{breaking}  arrive ") == "tankers arrive"


def test_letters_of_scripts_that_join_are_kept() -> None:
    assert one_line("می\u200cشود") == "می\u200cشود"


def _texts() -> st.SearchStrategy[str]:
    return st.text(st.sampled_from("<!channel>|*_~`&;\\[]()#\n\r\u2028\u202e aб"), max_size=60)


@given(_texts())
def test_no_title_speaks_slacks_markup(title: str) -> None:
    words = Renderer().message("card_item", **_card(item(title=title or "x")))

    label = re.search(r"<https://reuters\.com/world/1\|([^>]*)>", words)
    assert label is not None
    assert words.count("<") == words.count(">") == 1
    assert not re.search(r"&(?!amp;|lt;|gt;)", label[1])
    assert not re.search(r"[*_~`](?!\u200b)", label[1])


@given(_texts())
def test_no_title_speaks_markdown(title: str) -> None:
    escaped = escape_markdown(one_line(title))

    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]#|<>~]", escaped)
    assert re.sub(r"\\(.)", r"\1", escaped) == one_line(title)


def _card(of: Item) -> dict[str, Any]:
    row = {
        "item": of,
        "section": LETTER.section("iran"),
        "filed_there": 12,
        "moved_from": None,
        "last_verb": "filed",
        "last_by": "U0ANA",
        "is_barred": False,
    }
    return {
        "row": row,
        "house": LETTER,
        "names": {"U0ANA": "Ana\u2028*Ruiz* & <!here>"},
        "share": lambda _: "",
        "asked": "",
    }


def test_the_name_of_a_member_is_text_as_well() -> None:
    words = Renderer().message("card_item", **_card(item()))

    assert "by Ana *\u200bRuiz*\u200b &amp; &lt;!here&gt; · 12 items (minimum 0)" in words


@pytest.mark.parametrize(
    ("url", "label", "link"),
    [
        ("https://a.example/?x=1&y=2", "R&D", "<https://a.example/?x=1&amp;y=2|R&amp;D>"),
        ("https://a.example/x|y", "a|b", "<https://a.example/x%7Cy|a|b>"),
        ("https://a.example/<b>", "<b>", "<https://a.example/%3Cb%3E|&lt;b&gt;>"),
        ("https://a.example/", "two\nlines", "<https://a.example/|two lines>"),
        ("https://a.example/", "*", "<https://a.example/|*\u200b>"),
    ],
)
def test_a_link_of_slack_holds_nothing_that_ends_it(url: str, label: str, link: str) -> None:
    assert slack_link(url, label) == link


@given(st.integers(0, 6000), st.integers(0, 2000), st.sampled_from("a&*ж"))
def test_a_link_of_slack_fits_a_section_and_is_never_cut_inside(words: int, address: int, letter: str) -> None:
    link = slack_link(f"https://a.example/{'&' * (address // 2)}{'a' * (address // 2)}", letter * words)

    assert len(link) <= 2510
    assert not re.search(r"&(?!amp;)", link)
    assert link.startswith("<") is link.endswith(">")


def test_where_the_address_alone_is_too_long_its_text_stands_without_it() -> None:
    address = "https://a.example/?" + "&a=1" * 480

    assert slack_link(address, "Tankers & more") == "Tankers &amp; more"


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://a.example/Boa_(snake)", "https://a.example/Boa_%28snake%29"),
        ("https://a.example/a b", "https://a.example/a%20b"),
        ("https://a.example/<b>\\", "https://a.example/%3Cb%3E%5C"),
        ("https://a.example/?x=1&y=%20", "https://a.example/?x=1&y=%20"),
    ],
)
def test_an_address_stays_inside_the_brackets_of_a_markdown_link(url: str, written: str) -> None:
    assert markdown_url(url) == written


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(20, 100), "20 %"),
        (Fraction(21, 104), "20.2 %"),
        (Fraction(23, 102), "22.5 %"),
        (Fraction(23, 112), "20.5 %"),
        (Fraction(23, 122), "18.9 %"),
        (Fraction(501, 2500), "20.04 %"),
        (Fraction(499, 2500), "19.96 %"),
        (Fraction(200001, 1000000), "20.0001 %"),
        (FIFTH + Fraction(1, 10**9), "20.0000001 %"),
        (FIFTH - Fraction(1, 10**9), "19.9999999 %"),
        (Fraction(0), "0 %"),
        (Fraction(1), "100 %"),
    ],
)
def test_a_share_is_printed_with_the_decimals_that_it_takes(share: Fraction, words: str) -> None:
    assert percent(share, FIFTH) == words


def test_without_a_limit_one_decimal_is_enough() -> None:
    assert percent(Fraction(501, 2500)) == "20 %"
    assert percent(Fraction(1, 8)) == "12.5 %"
    assert percent(Fraction(2, 3)) == "66.7 %"


@given(st.integers(1, 1000), st.integers(0, 2000), st.integers(1, 2000))
def test_a_breach_reads_above_the_limit_and_what_is_within_never_does(limit: int, state: int, total: int) -> None:
    promised, share = Fraction(limit, 1000), Fraction(min(state, total), total)

    printed, printed_limit = _number(percent(share, promised)), _number(percent(promised))

    assert printed_limit == promised
    assert (printed > promised) is (share > promised)
    assert (printed == promised) is (share == promised)


def _number(words: str) -> Fraction:
    return Fraction(words.removesuffix(" %")) / 100


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {"tally": Tally(1, 1), "forecast": Fraction(1, 100), "over": False, "remedies": Remedies()},
            (
                "1 of 1 so far is state media; forecast 1 of 100 planned = 1 % "
                "(limit 20 % of the overall issue: dated items, releases and must reads)."
            ),
        ),
        (
            {"tally": Tally(23, 102, 2), "forecast": FIFTH, "over": True, "remedies": Remedies(3, 4, 13)},
            (
                "23 of 102 = 22.5 % state media (limit 20 % of the overall issue: dated items, releases and must reads)"
                ", 2 undecided. Over the limit: swap 3, drop 4 or add 13 others."
            ),
        ),
        (
            {"tally": Tally(501, 2500), "forecast": FIFTH, "over": True, "remedies": Remedies(1, 2, 5)},
            (
                "501 of 2500 = 20.04 % state media (limit 20 % of the overall issue: dated items, releases and "
                "must reads). Over the limit: swap 1, drop 2 or add 5 others."
            ),
        ),
    ],
)
def test_the_share_is_said_with_what_it_is_of(values: dict[str, Any], words: str) -> None:
    assert Renderer().message("share", rule=RULE, planned=100, **values) == words


def test_a_template_that_lacks_a_value_fails_and_prints_no_gap() -> None:
    with pytest.raises(UndefinedError, match="number"):
        Renderer().message("added", channel="C1")


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        (lambda: EN.day(date(2021, 1, 4)), "4 Jan 2021"),
        (lambda: EN.short_day(date(2020, 12, 12), date(2021, 1, 11)), "12 Dec"),
        (lambda: EN.short_day(date(2019, 12, 12), date(2021, 1, 11)), "12 Dec 2019"),
        (
            lambda: catalogue_of("en").moment(datetime(2021, 1, 14, 22, tzinfo=UTC), "America/New_York"),
            "Thu 14 Jan 2021 17:00 EST",
        ),
        (
            lambda: catalogue_of("en").moment(datetime(2021, 7, 14, 21, tzinfo=UTC), "America/New_York"),
            "Wed 14 Jul 2021 17:00 EDT",
        ),
        (lambda: clock_time(datetime(2021, 1, 14, 22, 5, tzinfo=UTC), "Asia/Kathmandu"), "03:50"),
        (lambda: counted(1, "item"), "1 item"),
        (lambda: counted(0, "item"), "0 items"),
        (lambda: counted(2, "item waits", "items wait"), "2 items wait"),
    ],
)
def test_days_moments_and_numbers_are_said_as_members_read_them(spoken: Callable[[], str], words: str) -> None:
    assert spoken() == words
