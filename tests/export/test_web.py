"""The web page, the fragment and the mail of an issue: all that it prints, what is computed, and nothing that acts."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from bot.desk.archive import Archive
from bot.editorial.edition import Edition, MustRead, Paragraph, Quote, Release, Writing
from bot.editorial.house_file import read_house
from bot.editorial.houses import Houses
from bot.export.document import read_document
from bot.export.formats import render
from bot.export.mail import GMAIL_CUTS_AT
from bot.render import Renderer, one_line, web_address
from bot.settings import SHIPPED_HOUSE
from db.database import Database
from tests.command_line import Vric
from tests.editorial.values import IFP_NEWS, XINHUA, edition, house, item

NOW = datetime(2026, 1, 12, tzinfo=UTC)
WEB = ("html", "fragment", "email")
FURNITURE = (
    "//nav | //*[contains(@class, 'disclosure')] | //section[@class='coverage'] | //p[@class='span']"
    " | //*[@class='b'] | //*[@class='o'] | //h2[.='Coverage'] | //div[contains(@style, 'display:none')] | //head"
)
HOSTILE = [
    "<!channel> *bold* a|b R&D AT&amp;T",
    "<script>alert('1')</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></li></ul></mj-text><mj-raw>x</mj-raw>",
    "{{ 7 * 7 }} {% raw %} &#60;b&#62;",
    "]]> <!-- --> <![endif]-->",
]


@pytest.fixture(scope="module")
def desk(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database of this module's own, by its address."""
    path = tmp_path_factory.mktemp("web") / "desk.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="module")
async def no_18(desk: str, shared: Path) -> Edition:
    database = Database(desk)
    vric = read_house(SHIPPED_HOUSE.read_text(encoding="utf-8"))
    document = read_document((shared / "golden/vric-18/issue.json").read_text(encoding="utf-8"), "issue.json")
    archive = Archive(houses=Houses([vric]), unit_of_work=database.unit_of_work)
    whole, _ = await archive.take_over(document, "issue.json", now=NOW, tell=lambda _: None, formats=())
    await database.close()
    return whole


def page(form: str, whole: Edition) -> Any:  # noqa: ANN401 - lxml ships no types
    return html.document_fromstring(render(form, whole, Renderer()).decode())


def said(element: Any) -> str:  # noqa: ANN401 - the same
    return " ".join(element.text_content().split())


def lines(form: str, whole: Edition) -> Sequence[str]:
    """The entries of all lists of what is cited, as they are read."""
    tree = page(form, whole)
    return [said(entry) for entry in tree.xpath("//ul[@class='items' or @class='i']/li")]


def squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def linked(whole: Edition, address: str) -> Edition:
    """The edition with an address for each item, must read and release."""
    count = iter(range(1, 1000))

    def url() -> str:
        return address.format(next(count))

    chapters = tuple(
        replace(
            chapter,
            sections=tuple(
                replace(section, items=tuple(replace(each, url=url()) for each in section.items))
                for section in chapter.sections
            ),
        )
        for chapter in whole.rundown.chapters
    )
    writing = replace(
        whole.writing,
        must_reads=tuple(replace(each, url=url()) for each in whole.writing.must_reads),
        releases=tuple(replace(each, url=url()) for each in whole.writing.releases),
    )
    return replace(whole, writing=writing, rundown=replace(whole.rundown, chapters=chapters))


@pytest.mark.parametrize("form", WEB)
async def test_no_18_holds_every_word_in_order_and_nothing_else_but_furniture(form: str, no_18: Edition) -> None:
    with_chapters = replace(no_18.house, printed=replace(no_18.house.printed, chapters_in_text=True))
    text = Renderer().edition("txt", replace(no_18, house=with_chapters)).replace("MUST READS:", "MUST READS")
    printed = re.sub(r"(?m)^(?:• |\d+\. )", "", text).splitlines()
    expected = printed[1:] if form == "fragment" else printed

    tree = page(form, no_18)
    for furniture in tree.xpath(FURNITURE):
        furniture.drop_tree()

    assert squeezed(tree.text_content()) == squeezed("".join(expected))
    assert lines(form, no_18) == [line.removeprefix("• ") for line in text.splitlines() if line.startswith("• ")][10:]


@pytest.mark.parametrize("form", WEB)
async def test_the_figures_of_no_18_are_disclosed_and_tabled(form: str, no_18: Edition) -> None:
    tree = page(form, no_18)

    told = said(tree.xpath("//*[contains(@class, 'disclosure') or @class='b']")[0])
    table = [[said(cell) for cell in row] for row in tree.xpath("//table[@class='o' or not(@role)]//tr")]
    assert "23 of 122 = 18.9 %, within the limit of 20 %" in told
    assert "the overall issue: dated items, releases and must reads" in told
    assert "Belarus, Bolivia, China, Cuba, Iran, Nicaragua, North Korea, Qatar, Russia, Syria, Turkey, V" in told
    assert len(table) == 14
    assert table[0] == ["Section", "Items", "State media", "Share", "Not in English", "Newest", "Oldest"]
    assert table[9] == ["Qatar", "7", "5", "71.4 % above 20 %", "none", "4 Jan 2021", "29 Nov 2020"]
    assert table[13] == ["All items", "102", "23", "22.5 %", "15", "14 Jan 2021", "21 Nov 2020"]


@pytest.mark.parametrize("form", WEB)
def test_the_day_of_the_registry_is_told_where_it_is_known(form: str) -> None:
    whole = edition([item(1)])

    told = squeezed(page(form, replace(whole, registry_of=date(2026, 11, 24))).text_content())

    assert "registryofoutletsnovember24,2026" in told.replace(":", "")
    assert "Registry" not in page(form, whole).text_content()


@pytest.mark.parametrize("form", WEB)
def test_what_is_over_the_limit_or_not_decided_is_said_in_words(form: str) -> None:
    told = page(form, edition([item(1, outlet=XINHUA), item(2, outlet=IFP_NEWS)])).text_content()

    assert "1 of 2 = 50 %, over the limit of 20 %" in told
    assert "1 item, not in the share" in told


@pytest.mark.parametrize("form", WEB)
async def test_a_tint_never_stands_without_words(form: str, no_18: Edition) -> None:
    tree = page(form, no_18)

    tinted = tree.xpath("//li[@class='state' or @class='s']")
    assert len(tinted) == 23
    assert all(said(each).startswith("State media reports ") for each in tinted)
    strong = tree.xpath("//td[@class='above' or @class='t a']")
    assert [said(each).endswith("% above 20 %") for each in strong] == [True] * 5


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/{}/" + "oil-and-gas-" * 10,
        "https://news.example/{}/" + "a-very-long-headline-of-the-day-" * 9 + "?utm_source=a&utm_medium=b",
    ],
)
async def test_gmail_shows_no_18_whole_with_links(address: str, no_18: Edition) -> None:
    sent = render("email", linked(no_18, address), Renderer())

    assert len(html.document_fromstring(sent.decode()).xpath("//a[@href]")) == 122
    assert len(sent) < GMAIL_CUTS_AT


@pytest.mark.parametrize("form", WEB)
async def test_the_same_edition_gives_the_same_bytes(form: str, no_18: Edition) -> None:
    assert render(form, no_18, Renderer()) == render(form, no_18, Renderer())


async def test_far_away_the_bytes_are_the_same(no_18: Edition, desk: str, tmp_path: Path) -> None:
    """The page holds the fragment."""
    far_away = Vric(tmp_path)
    far_away.settings |= {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "DATABASE_URL": desk}

    for form in ("html", "email"):
        ended = await far_away.runs("issue", "render", "18", "--format", form, "-o", form)

        assert ended.status == 0, ended.said
        assert (tmp_path / form).read_bytes() == render(form, no_18, Renderer())


@pytest.mark.parametrize("form", WEB)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_whatever_is_written_is_text(form: str, hostile: str) -> None:
    writing = Writing(
        headline=hostile,
        author=hostile,
        author_role=hostile,
        disclaimer=hostile,
        overview=(Paragraph(hostile), Quote(hostile, hostile)),
        must_reads=(MustRead(hostile, "en", url="https://a.example/"),),
        releases_heading=hostile,
        releases=(Release(hostile, hostile),),
        narratives={"iran": (hostile,)},
    )
    tame = {each.tag for each in page(form, _with(writing, "x")).iter() if isinstance(each.tag, str)}

    whole = replace(_with(writing, hostile), house=house(title=hostile), corrections=(hostile,))
    tree = page(form, whole)

    elements = [each for each in tree.iter() if isinstance(each.tag, str)]
    assert {each.tag for each in elements} == tame
    assert not [name for each in elements for name in each.attrib if name.startswith("on")]
    assert tree.text_content().count(hostile) >= 12


def _with(writing: Writing, title: str) -> Edition:
    return edition([item(1, title=title, source=title), item(2, section="china", summary=title)], writing=writing)


@given(st.text(st.sampled_from("<!channel>|*_~`&;\\[](){}%#'\"=/-\n\r\u2028\u202e\x00 aбم"), max_size=60))
def test_any_title_is_read_as_it_is_printed(title: str) -> None:
    whole = edition([item(1, title=title or "x")])

    read = " ".join(f"{one_line(title or 'x')} – Reuters on 11-JAN".split())
    for form in WEB:
        assert lines(form, whole) == [read]


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        ("https://a.example/?x=1&y=2", "https://a.example/?x=1&y=2"),
        ("HTTP://a.example/", "HTTP://a.example/"),
        ('https://a.example/"onclick="x', "https://a.example/%22onclick=%22x"),
        ("https://a.example/<b>\u202e", "https://a.example/%3Cb%3E%E2%80%AE"),
        ("javascript:alert(1)", ""),
        (" https://a.example/", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//a.example/", ""),
        ("", ""),
    ],
)
def test_a_page_leads_to_addresses_of_the_web_alone(url: str, leads_to: str) -> None:
    whole = edition([item(1, url=url, title="A tanker")])

    assert web_address(url) == leads_to
    for form in WEB:
        assert [each for each in page(form, whole).xpath("//a/@href") if each[0] != "#"] == (
            [leads_to] if leads_to else []
        )
        assert lines(form, whole) == ["A tanker – Reuters on 11-JAN"]


@pytest.mark.parametrize("form", WEB)
def test_a_title_from_the_right_is_marked_with_its_language_and_direction(form: str) -> None:
    titles = {"fa": "نفتکش رسید", "ar": "وصلت الناقلة", "he": "המכלית הגיעה", "ur": "ٹینکر پہنچ گیا", "es": "Llegó"}
    whole = edition([item(place, title=title, language=code) for place, (code, title) in enumerate(titles.items())])

    found = {each.get("lang"): each.get("dir") for each in page(form, whole).xpath("//li/a")}

    assert found == {"fa": "rtl", "ar": "rtl", "he": "rtl", "ur": "rtl", "es": None}


def test_a_page_of_a_house_that_writes_from_the_right_is_set_from_there() -> None:
    persian = house(citation=replace(house().citation, language="fa"))
    whole = edition(
        [item(1, title="Tankers arrive", language="en"), item(2, title="نفتکش رسید", language="fa")], of=persian
    )

    assert (page("html", whole).get("dir"), page("email", whole).get("dir")) == ("rtl", "rtl")
    for form in WEB:
        assert [(each.get("lang"), each.get("dir")) for each in page(form, whole).xpath("//li/a")] == [
            ("en", "ltr"),
            (None, None),
        ]


@pytest.mark.parametrize("form", WEB)
def test_an_empty_issue_has_its_title_alone(form: str) -> None:
    tree = page(form, edition([]))

    assert said(tree.xpath("//body")[0]) == ("" if form == "fragment" else "The Harbour Letter No. 18")


async def test_the_fragment_has_no_styles_and_the_page_holds_the_fragment(no_18: Edition) -> None:
    fragment = render("fragment", no_18, Renderer()).decode()

    assert not re.search(r"style|<script|<html|<body|<h1", fragment)
    assert fragment in render("html", no_18, Renderer()).decode()


@pytest.mark.parametrize("form", ["html", "email"])
async def test_nothing_is_fetched_from_anywhere(form: str, no_18: Edition) -> None:
    tree = page(form, linked(no_18, "https://news.example/{}"))

    assert not tree.xpath("//link | //script | //img | //iframe | //@src")
    assert not re.search(r"url\(|@import", render(form, no_18, Renderer()).decode())


async def test_headings_and_targets_of_the_page_are_in_order(no_18: Edition) -> None:
    tree = page("html", no_18)
    levels = [int(each.tag[1]) for each in tree.xpath("//h1 | //h2 | //h3")]
    ids = tree.xpath("//@id")

    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(ids) == len(set(ids))
    assert {each.removeprefix("#") for each in tree.xpath("//nav//a/@href")} <= set(ids)
    assert set(tree.xpath("//@aria-labelledby")) <= set(ids)
