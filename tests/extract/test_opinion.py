"""By what a page says that it is an opinion, in the languages of the registry."""

import pytest

from bot.editorial.opinion import OpinionSign, SignedBy
from bot.extract.kinds.opinion import sign_in_address
from bot.extract.opening import PageOpener

HEAD = (
    "<html><head><meta property='og:type' content='article'><title>{0}</title>{1}</head>"
    "<body><h1>{0}</h1></body></html>"
)


def sign(
    opener: PageOpener, title: str, more: str = "", url: str = "https://telesurtv.net/news/1234567.html"
) -> object:
    return opener.read(HEAD.format(title, more).encode(), url).nature.opinion


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Opinion: Fuel and dignity", "Opinion:"),
        ("Opinión | El combustible", "Opinión |"),
        ("Editorial: Resistir", "Editorial:"),
        ("Column: Calm waters", "Column:"),
        ("Opinião: O combustível", "Opinião:"),
        ("Tribune - Le pétrole", "Tribune -"),
        ("Мнение: нефть и право", "Мнение:"),
        ("社论：石油", "社论："),
        ("رأي: النفط", "رأي:"),
        ("یادداشت: نفت", "یادداشت:"),
        ("Yorum: Petrol", "Yorum:"),
        ("Bình luận: Dầu mỏ", "Bình luận:"),
        ("사설: 석유", "사설:"),
        ("[Opinion] Fuel", "[Opinion]"),
    ],
)
def test_a_mark_in_the_title(opener: PageOpener, title: str, words: str) -> None:
    assert sign(opener, title) == OpinionSign(SignedBy.TITLE, words)


@pytest.mark.parametrize(
    "title",
    [
        "Opinion poll: Iranians want talks",
        "Editorial board of Granma dismissed",
        "Column of tanks enters Idlib",
        "La opinión pública en Cuba",
        "Iran: opinion divided over fuel",
        "Views from Caracas",
    ],
)
def test_words_that_are_no_marks(opener: PageOpener, title: str) -> None:
    assert sign(opener, title) is None


@pytest.mark.parametrize("name", ["article:section", "og:section", "section", "parsely-section"])
@pytest.mark.parametrize("section", ["Opinion", "OPINIÓN", "Мнения", "社评", "Köşe Yazıları", "Xã luận"])
def test_the_name_of_the_section(opener: PageOpener, name: str, section: str) -> None:
    found = sign(opener, "Fuel", f"<meta property='{name}' content='{section}'>")

    assert found == OpinionSign(SignedBy.SECTION, section)


def test_the_markup_is_believed_before_all_else(opener: PageOpener) -> None:
    node = '<script type="application/ld+json">{"@type": "OpinionNewsArticle"}</script>'

    assert sign(opener, "Opinion: Fuel", node) == OpinionSign(SignedBy.MARKUP, "OpinionNewsArticle")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://www.granma.cu/opinion/2021-01-11/el-combustible", "/opinion/"),
        ("https://www.telesurtv.net/opiniones/el-combustible-0001.html", "/opiniones/"),
        ("https://rebelion.example/columnistas/perez/combustible", "/columnistas/"),
        ("https://www.globaltimes.cn/editorial/1212345.shtml", "/editorial/"),
        ("https://www.telesurenglish.net/blogs/fuel-and-dignity", "/blogs/"),
        ("https://opinion.huanqiu.com/article/41Ru4XkP", "opinion.huanqiu.com"),
    ],
)
def test_the_address_alone(url: str, words: str) -> None:
    assert sign_in_address(url) == OpinionSign(SignedBy.ADDRESS, words)


@pytest.mark.parametrize(
    "url", ["https://tass.com/politics/opinion-poll-1", "https://reuters.com/opinion", "https://ria.ru/20210111/1.html"]
)
def test_addresses_that_say_nothing(url: str) -> None:
    assert sign_in_address(url) is None
