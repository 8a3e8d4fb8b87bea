"""What says of an article that it is an opinion: its type, its address, its section, or a mark in its title."""

import re
from collections.abc import Iterator
from typing import Any

from bot.editorial.opinion import OpinionSign, SignedBy
from bot.extract.addresses import segments, split, unarchived
from bot.extract.kinds.view import View, types_of
from bot.extract.text import folded

_TYPES = frozenset({"OpinionNewsArticle"})
_SECTIONS = frozenset(
    {
        "opinion", "opinions", "op ed", "op eds", "oped", "editorial", "editorials", "commentary", "commentaries",
        "comment", "columnists", "columns", "column", "viewpoint", "viewpoints", "views", "letters", "perspectives",
        "opinión", "opiniones", "columna", "columnas", "columnistas", "editoriales", "tribuna",
        "articulos de opinion", "artículos de opinión", "firmas", "blogs", "opinión y análisis", "opinion y analisis",
        "opinião", "opiniao", "colunas", "coluna", "colunistas", "editoriais", "artigos", "artigo de opinião",
        "ponto de vista", "idées", "idees", "tribunes", "tribune", "débats", "debats", "chroniques", "chronique",
        "point de vue", "éditos", "édito", "éditorial", "meinung", "meinungen", "kommentar", "kommentare", "kolumne",
        "kolumnen", "leitartikel", "gastbeitrag", "gastkommentar", "debatte", "opinioni", "opinione", "commenti",
        "commento", "editoriali", "editoriale", "rubriche", "мнение", "мнения", "колонка", "колонки", "колумнисты",
        "авторы", "комментарии", "редакционная", "точка зрения", "评论", "社评", "观点", "時評", "时评", "評論",
        "社論", "社论", "专栏", "رأي", "آراء", "مقالات", "مقالات الرأي", "الرأي", "رأي حر", "افتتاحية", "كتاب",
        "یادداشت", "سرمقاله", "دیدگاه", "نظر", "نظرات", "یادداشت ها", "yorum", "yorumlar", "görüş", "görüşler",
        "köşe yazıları", "köşe yazarları", "yazarlar", "başyazı", "fikir", "xã luận", "bình luận", "사설", "칼럼",
        "논평", "社説", "オピニオン", "думка", "точка зору", "opinie", "felietony", "vélemény", "állásfoglalás",
    }
)  # fmt: skip
_PATHS = frozenset(
    {
        "opinion", "opinions", "opiniones", "opinión", "opiniao", "opinião", "op-ed", "op-eds", "oped", "editorial",
        "editorials", "editoriales", "editoriais", "commentary", "commentisfree", "comment", "columnists",
        "columnistas", "columnista", "columnas", "columna", "column", "columns", "colunas", "coluna", "colunistas",
        "viewpoint", "viewpoints", "views", "tribuna", "tribune", "tribunes", "idees", "debats", "chroniques",
        "point-de-vue", "meinung", "kommentar", "kommentare", "kolumne", "kolumnen", "opinioni", "opinione",
        "commenti", "editoriali", "editoriale", "mnenie", "mneniya", "mnenia", "opinii", "kolonka", "kolonki",
        "kolumnists", "pinglun", "guandian", "yorum", "yazarlar", "kose-yazisi", "kose-yazilari", "gorus", "blogs",
        "firmas", "letters", "leitartikel", "gastbeitrag", "gastkommentar", "yaddasht", "op_ed", "opinion-columna",
        "xa-luan", "binh-luan", "dumka", "opinie", "velemeny", "artigos-de-opiniao", "articulos-de-opinion",
        "رأي", "آراء", "مقالات", "یادداشت", "мнения", "мнение", "评论",
    }
)  # fmt: skip
_HOSTS = re.compile(r"^(?:opinion|opinions|comment|commentary|kommentar|opinioni|opiniao|yorum|pinglun|views)\.")
_TITLES = re.compile(
    r"^(?:opinion|op-?ed|editorial|commentary|column|viewpoint|letter to the editor|opini[oó]n|columna|tribuna|"
    r"editorial do .{2,30}|opini[ãa]o|coluna|artigo|tribune|édito(?:rial)?|chronique|point de vue|meinung|"
    r"kommentar|kolumne|"
    r"leitartikel|gastbeitrag|opinione|l.opinione|commento|editoriale|мнение|колонка|комментарий|передовица|"
    r"xã luận|bình luận|사설|칼럼|논평|社説|opinia|felieton|vélemény|"
    r"社评|评论|观点|社论|专栏|社論|時評|时评|رأي|افتتاحية|مقال رأي|یادداشت|سرمقاله|yorum|görüş|başyazı|köşe yazısı)"
    r"\s*(?:[|:：/·]|\s[-–—]\s)|(?:[|·]|\s[-–—])\s*(?:opinion|op-?ed|opini[oó]n|opini[ãa]o|editorial|tribune|meinung|"
    r"opinioni|мнение|رأي|سرمقاله|yorum|评论|社评|观点)\s*(?:[|·]|\s[-–—]\s|$)",
    re.IGNORECASE,
)
_NAMES = (
    "article:section",
    "og:section",
    "section",
    "dc.subject",
    "parsely-section",
    "sailthru.section",
    "genre",
    "cxenseparse:section",
)
_BRACKETED = re.compile(
    r"^[\[【(（]\s*(?:opinion|opini[oó]n|opini[ãa]o|editorial|社评|评论|观点|мнение)\s*[\]】)）]", re.IGNORECASE
)
_OPENING = 3
_WORDS_LIMIT = 60


def opinion_sign(page: View) -> OpinionSign | None:
    """What says of a page that it is an opinion, the surest first; None where nothing does."""
    for kind in sorted(_TYPES & page.types):
        return OpinionSign(SignedBy.MARKUP, kind)
    in_address = _in_address(page.host, page.path)
    if in_address is not None:
        return in_address
    for name in _sections(page):
        if folded(name) in _FOLDED:
            return OpinionSign(SignedBy.SECTION, name.strip()[:_WORDS_LIMIT])
    for title in (page.heading, page.metas.get("og:title", ""), page.title):
        found = _TITLES.search(title) or _BRACKETED.match(title)
        if found:
            return OpinionSign(SignedBy.TITLE, found[0].strip()[:_WORDS_LIMIT])
    return None


def sign_in_address(url: str) -> OpinionSign | None:
    """What an address alone says, of a page that could not be read."""
    host, path, _ = split(unarchived(url))
    return _in_address(host.removeprefix("www."), path)


def _in_address(host: str, path: str) -> OpinionSign | None:
    if _HOSTS.match(host):
        return OpinionSign(SignedBy.ADDRESS, host)
    for name in segments(path)[:-1][:_OPENING]:
        if name in _PATHS:
            return OpinionSign(SignedBy.ADDRESS, f"/{name}/")
    return None


def _sections(page: View) -> Iterator[str]:
    """The names of the section, as nodes, meta tags and breadcrumbs give them."""
    for node in page.nodes:
        yield from _texts(node.get("articleSection"))
        yield from _texts(node.get("genre"))
        if "BreadcrumbList" in types_of(node):
            yield from _crumbs(node.get("itemListElement"))
    for name in _NAMES:
        yield page.metas.get(name, "")
    yield from (each.text or "" for each in page.markup.named("articlesection")[:5])


def _crumbs(steps: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    for step in steps[:_OPENING] if isinstance(steps, list) else ():
        if isinstance(step, dict):
            item = step.get("item")
            yield from _texts(step.get("name"))
            yield from _texts(item.get("name") if isinstance(item, dict) else None)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    said = value if isinstance(value, list) else [value]
    yield from (each for each in said[:10] if isinstance(each, str))


_FOLDED = frozenset(folded(name) for name in _SECTIONS)
