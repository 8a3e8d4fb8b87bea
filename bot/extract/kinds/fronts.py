"""Pages that lead to articles and are none: home pages, fronts of sections, search pages."""

import re

from bot.editorial.kind import Kind
from bot.extract.addresses import has_slug, is_at, is_home_path, parameters, segments
from bot.extract.kinds.view import View, words_in
from bot.extract.kinds.walls import is_article
from bot.extract.text import text_of

_SEARCH_NAMES = frozenset(
    {
        "search", "buscar", "busca", "busqueda", "búsqueda", "buscador", "pesquisa", "pesquisar", "recherche",
        "suche", "ricerca", "cerca", "poisk", "arama", "ara", "results", "resultados", "search.html", "search.php",
        "so", "search.aspx", "s",
    }
)  # fmt: skip
_SEARCHED = frozenset(
    {"q", "s", "query", "search", "keyword", "keywords", "k", "text", "term", "wd", "p", "buscar", "word", "searchtext"}
)
_ENGINES = frozenset({"google.com", "bing.com", "duckduckgo.com", "yandex.ru", "yandex.com", "baidu.com", "ya.ru"})
_LIST_NAMES = frozenset(
    {
        "category", "categories", "categoria", "categorias", "categoría", "tag", "tags", "topic", "topics", "tema",
        "temas", "etiqueta", "etiquetas", "section", "sections", "seccion", "secciones", "secao", "editoria",
        "rubric", "rubrics", "rubrique", "themes", "thema", "themen", "dossier", "author", "authors", "autor",
        "autores", "archive", "archivo", "channel", "tema-del-dia", "ultimas-noticias", "latest", "kategori",
        "etiket", "hashtag", "search-tags", "rubrika", "tegi", "feed",
    }
)  # fmt: skip
_FRONT_TYPES = frozenset({"CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage"})
_TITLE_WORDS = 4
_PARAGRAPH_WORDS = 25
_TEASERS = 8
_MANY_TEASERS = 20
_LITTLE_TEXT = 120
_SHALLOW = 3


def front(page: View) -> Kind | None:
    """What kind of entrance the page is; None where it is none, or its address is not known."""
    if not page.host:
        return None
    if _is_search(page):
        return Kind.SEARCH
    names = segments(page.path)
    if is_home_path(page.path) and not _names_one(page):
        return None if _reads_like_one(page) else Kind.HOME
    return Kind.SECTION if _is_section(page, names) else None


def _is_search(page: View) -> bool:
    asked = parameters(page.query)
    searched = any(name in _SEARCHED and asked[name] for name in asked)
    if is_at(page.host, _ENGINES) or page.host.startswith("google."):
        return searched or bool(_SEARCH_NAMES & set(segments(page.path)[:1]))
    if "SearchResultsPage" in page.types:
        return True
    names = segments(page.path)
    if is_article(page) and page.words > _LITTLE_TEXT:
        return False
    last = bool(names) and (names[-1] in _SEARCH_NAMES or (len(names) > 1 and names[-2] in _SEARCH_NAMES - {"s"}))
    return (last and not has_slug(page.path)) or (not names and "s" in asked and bool(asked["s"]))


def _names_one(page: View) -> bool:
    """Whether the query names one article: it has its number in it."""
    return any(re.search(r"\d{2,}", value) for value in parameters(page.query).values())


def _reads_like_one(page: View) -> bool:
    """Whether a page at the address of a home page is an article all the same."""
    return is_article(page) and _text(page) > _LITTLE_TEXT and len(_teasers(page)) < _MANY_TEASERS


def _is_section(page: View, names: tuple[str, ...]) -> bool:
    if is_article(page) or has_slug(page.path) or _names_one(page):
        return _lists(page, names) and not is_article(page) and _text(page) < _LITTLE_TEXT
    teasers = len(_teasers(page))
    if _lists(page, names) or not _FRONT_TYPES.isdisjoint(page.types):
        return teasers >= _TEASERS and _text(page) < 3 * _LITTLE_TEXT
    return len(names) <= _SHALLOW and (
        (teasers >= _TEASERS and _text(page) < _LITTLE_TEXT)
        or (teasers >= _MANY_TEASERS and _text(page) < 2 * _LITTLE_TEXT)
    )


def _lists(page: View, names: tuple[str, ...]) -> bool:
    return bool(_LIST_NAMES & set(names[:-1])) or bool(re.search(r"/page/\d+/?$", page.path))


def _teasers(page: View) -> set[str]:
    """The links that read like headlines."""
    found: set[str] = set()
    for link in page.markup.all("a"):
        if len(found) >= _MANY_TEASERS * 2:
            break
        address = link.get("href")
        if address is not None and words_in(text_of(link) or "") >= _TITLE_WORDS:
            found.add(address)
    return found


def _text(page: View) -> int:
    """Words in paragraphs that are long enough to be of an article."""
    return sum(count for words in page.paragraphs() if (count := words_in(words)) >= _PARAGRAPH_WORDS)
