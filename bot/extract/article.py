"""Reads an article's page: HTML in, what it says of itself out. No I/O, and nothing is guessed."""

import codecs
import html
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement
from py3langid.langid import MODEL_FILE, LanguageIdentifier
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document
from trafilatura.utils import load_html

from bot.extract.page import Extract
from bot.extract.structured import article_node, names_in, text_in

_TITLE_LIMIT = 300
_SUMMARY_LIMIT = 1000
_NAME_LIMIT = 200
_LANGUAGES = (
    "en", "es", "pt", "fr", "de", "it", "ru", "zh", "ar", "fa", "tr", "ja", "ko", "vi", "nl", "pl", "sv", "uk", "he",
    "hi", "el",
)  # fmt: skip
_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "publishdate", "pubdate", "date", "dc.date",
    "dc.date.issued", "dcterms.created", "dcterms.date", "sailthru.date", "parsely-pub-date", "article.published",
    "published-date", "publication_date", "originalpublicationdate", "cxenseparse:recs:publishtime", "datecreated",
)  # fmt: skip
_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_URL_DAY = re.compile(r"/((?:19|20)\d{2})[/-]?(\d{2})[/-]?(\d{2})(?=[/_-])")
_SITE_AFTER = re.compile(r"\s+(?:[|·•»«–—-]|::)\s+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


class ArticleReader:
    """Holds the language model, which is loaded once."""

    def __init__(self) -> None:
        self._languages = LanguageIdentifier.from_model_file(MODEL_FILE)
        self._languages.set_languages(list(_LANGUAGES))

    def read(self, body: bytes, url: str | None = None, charset: str | None = None) -> Extract:
        """Read a page. Whatever the bytes are, the answer is an Extract; what was not found is None."""
        tree = load_html(_decoded(body, charset))
        if tree is None:
            return Extract(final_url=url)
        node, metas = article_node(tree), _metas(tree)
        found = extract_metadata(tree, default_url=url, date_config={"original_date": True, "extensive_search": False})
        title = _title(tree, node, metas)
        summary = _first(metas.get("og:description"), metas.get("description"), text_in(node.get("description")))
        return Extract(
            title=_clean(title or found.title, _TITLE_LIMIT),
            published_on=_published(tree, node, metas, url),
            source=_clean(_source(node, metas, found), _NAME_LIMIT),
            author=_clean(_author(node, metas, found), _NAME_LIMIT),
            language=self._language(tree, title, summary),
            summary=_clean(summary or found.description, _SUMMARY_LIMIT),
            final_url=url,
        )

    def _language(self, tree: HtmlElement, title: str | None, summary: str | None) -> str | None:
        words = " ".join(filter(None, (title, summary, _text_of(tree.find(".//p")))))
        declared = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip().lower()
        code = declared[:2] if re.match(r"[a-z]{2}([-_]|$)", declared) else None
        if len(words) < 30:  # noqa: PLR2004 - shorter texts are guesses
            return code
        language, _ = self._languages.classify(words)
        return code if code is not None and code not in _LANGUAGES else str(language)


def _decoded(body: bytes, charset: str | None) -> str | bytes:
    """Text where the header names a charset that fits; else the bytes, whose own declaration is read."""
    if charset and not body.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            if codecs.lookup(charset).name not in {"utf-7", "rot13", "base64", "hex", "zlib", "bz2", "uu", "quopri"}:
                return body.decode(charset, errors="strict")
        except (LookupError, UnicodeDecodeError, AssertionError):
            return body
    return body


def _metas(tree: HtmlElement) -> Mapping[str, str]:
    """The page's meta tags by name, the first of each."""
    found: dict[str, str] = {}
    for meta in tree.iterfind(".//meta[@content]"):
        for attribute in ("property", "name", "itemprop"):
            name = meta.get(attribute)
            if name and meta.get("content", "").strip():
                found.setdefault(name.strip().lower(), meta.get("content").strip())
    return found


def _title(tree: HtmlElement, node: Mapping[str, Any], metas: Mapping[str, str]) -> str | None:
    """The headline: the heading of the page where another candidate confirms it, without the name of the site."""
    headings = [text for each in tree.iterfind(".//h1") if (text := _text_of(each))]
    page = _text_of(tree.find(".//title")) or ""
    claims = [claim for claim in (text_in(node.get("headline")), metas.get("og:title"), page) if claim]
    for heading in headings:
        if len(heading.split()) > 1 and any(_folded(heading) in _folded(claim) for claim in claims):
            return heading
    site = metas.get("og:site_name")
    stripped = [_without_site(claim, site) for claim in claims]
    if stripped:
        return stripped[0]
    return headings[0] if len(headings) == 1 else None


def _without_site(title: str, site: str | None) -> str:
    """A title without the name of its site at the end; a dash inside a headline stays."""
    title = html.unescape(title)
    parts = _SITE_AFTER.split(title)
    if len(parts) > 1:
        last = parts[-1]
        if (site and _folded(last) == _folded(site)) or ("|" in title and len(last.split()) <= 3):  # noqa: PLR2004
            return title[: title.rindex(last)].rstrip(" |·•»«–—-:")
    return title


def _published(tree: HtmlElement, node: Mapping[str, Any], metas: Mapping[str, str], url: str | None) -> date | None:
    """The day of publication, from what the page declares; never from a change, a footer or a guess."""
    claims = [text_in(node.get("datePublished")), *(metas.get(name) for name in _PUBLISHED)]
    claims += [
        each.get("datetime") or each.get("content") or _text_of(each)
        for each in tree.xpath(".//*[@itemprop='datePublished' or @pubdate]")
    ]
    times = tree.xpath(".//article//time[@datetime] | .//h1/following::time[@datetime]")
    claims += [each.get("datetime") for each in times[:1]]
    for claim in claims:
        if claim and (day := _day(_DAY, claim)):
            return day
    if url and (day := _day(_URL_DAY, url)):
        return day
    try:
        found = find_date(tree, extensive_search=False, original_date=True, url=url)
    except (ValueError, etree.LxmlError, RecursionError):
        return None
    return date.fromisoformat(found) if found else None


def _day(pattern: re.Pattern[str], text: str) -> date | None:
    found = pattern.search(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _source(node: Mapping[str, Any], metas: Mapping[str, str], found: Document) -> str | None:
    site = metas.get("og:site_name")
    publisher = next(iter(names_in(node.get("publisher"))), None)
    if site and "." in site and " " not in site:
        site = None
    named = found.sitename if found.sitename and "." not in found.sitename else None
    return _first(site, publisher, metas.get("application-name"), named)


def _author(node: Mapping[str, Any], metas: Mapping[str, str], found: Document) -> str | None:
    names = names_in(node.get("author"))
    return "; ".join(names[:5]) if names else _first(metas.get("author"), found.author)


def _first(*claims: str | None) -> str | None:
    return next((claim for claim in claims if claim and claim.strip()), None)


def _text_of(element: HtmlElement | None) -> str | None:
    return " ".join("".join(element.itertext()).split()) or None if element is not None else None


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", html.unescape(text)).casefold().strip()


def _clean(text: str | None, limit: int) -> str | None:
    if not text:
        return None
    plain = " ".join(_CONTROL.sub(" ", html.unescape(text)).split())
    return (plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…") or None
