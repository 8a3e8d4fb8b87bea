"""Reads an article's page: HTML in, what it says of itself out. No I/O, and nothing is guessed."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from py3langid.langid import MODEL_FILE, LanguageIdentifier
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document

from bot.extract.charset import decoded
from bot.extract.dates import days_of
from bot.extract.page import Extract
from bot.extract.structured import article_node, names_in, text_in, without_scripts
from bot.extract.text import cleaned, first, folded, text_of

_TITLE_LIMIT = 300
_SUMMARY_LIMIT = 1000
_NAME_LIMIT = 200
_META_LIMIT = 5000
_LANGUAGES = (
    "en", "es", "pt", "fr", "de", "it", "ru", "zh", "ar", "fa", "tr", "ja", "ko", "vi", "nl", "pl", "sv", "uk", "he",
    "hi", "el",
)  # fmt: skip
_TITLES = (
    "og:title", "twitter:title", "headline", "dc.title", "dcterms.title", "citation_title", "parsely-title",
    "sailthru.title",
)  # fmt: skip
_SUMMARIES = ("og:description", "description", "twitter:description", "dc.description", "dcterms.description")
_SITE_BORDER = re.compile(r" (?:[|·•»«–—-]|::) ")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>", re.IGNORECASE)
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class ArticleReader:
    """Holds the language model, which is loaded once."""

    def __init__(self) -> None:
        self._languages = LanguageIdentifier.from_model_file(MODEL_FILE)
        self._languages.set_languages(list(_LANGUAGES))

    def read(self, body: bytes, url: str | None = None, charset: str | None = None) -> Extract:
        """Read a page. Whatever the bytes are, the answer is an Extract; what was not found is None."""
        tree = _tree(decoded(body, charset))
        if tree is None:
            return Extract(final_url=url)
        metas = _metas(tree)
        headings = [(text, each) for each in tree.iterfind(".//h1") if (text := text_of(each))]
        titles = [title for title in (metas.get("og:title"), text_of(tree.find(".//title"))) if title]
        node = article_node(tree, [*titles, *(text for text, _ in headings)])
        declared = [
            text_in(node.get("headline")),
            *(text for text, each in headings if each.get("itemprop") == "headline"),
        ]
        claims = [*declared, *(metas.get(name) for name in _TITLES), *titles[-1:]]
        title = _title(claims, [text for text, _ in headings], _sites(node, metas, url))
        day, *others = days_of(tree, node, metas, url, _heading(headings, title)) or (None,)
        found = _library(without_scripts(tree))
        summary = first(*(metas.get(name) for name in _SUMMARIES), text_in(node.get("description")))
        return Extract(
            title=cleaned(title, _TITLE_LIMIT),
            published_on=day,
            other_days=tuple(others),
            source=cleaned(_source(node, metas, found), _NAME_LIMIT),
            author=cleaned(_author(node, metas, found), _NAME_LIMIT),
            language=self._language(tree, title, summary),
            summary=cleaned(summary, _SUMMARY_LIMIT),
            final_url=url,
        )

    def _language(self, tree: HtmlElement, title: str | None, summary: str | None) -> str | None:
        words = " ".join(filter(None, (title, summary, text_of(tree.find(".//p")))))
        declared = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip().lower()
        code = declared[:2] if re.match(r"[a-z]{2}([-_]|$)", declared) else None
        if len(words) < 30:  # noqa: PLR2004 - shorter texts are guesses
            return code
        language, _ = self._languages.classify(words)
        return code if code is not None and code not in _LANGUAGES else str(language)


def _tree(text: str) -> HtmlElement | None:
    """The page as a tree. Entities of its own and files that it names are never read: HTML knows neither."""
    text = _NOT_IN_XML.sub(" ", _DECLARATION.sub("", text, count=1))
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, no_network=True)
    try:
        return document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _metas(tree: HtmlElement) -> Mapping[str, str]:
    """The page's meta tags by name, the first of each."""
    found: dict[str, str] = {}
    for meta in tree.iterfind(".//meta[@content]"):
        content = " ".join(meta.get("content")[:_META_LIMIT].split())
        for attribute in ("property", "name", "itemprop"):
            name = meta.get(attribute)
            if name and content:
                found.setdefault(name.strip().lower(), content)
    return found


def _sites(node: Mapping[str, Any], metas: Mapping[str, str], url: str | None) -> Collection[str]:
    """The names of the site, folded: as it calls itself, and the label of its host."""
    labels = _host(url).removeprefix("www.").split(".")
    names = (metas.get("og:site_name"), metas.get("application-name"), *names_in(node.get("publisher")), *labels[:1])
    return {folded(name).replace(" ", "") for name in names if name} - {""}


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def _title(claims: Iterable[str | None], headings: list[str], sites: Collection[str]) -> str | None:
    """The headline: the heading of the page where a claim confirms it, else the first claim without the site's name."""
    said = [" ".join(claim.split()) for claim in claims if claim]
    for heading in headings:
        own = folded(heading)
        if own and own.replace(" ", "") not in sites and any(_confirms(folded(claim), own) for claim in said):
            return heading
    if said:
        return _without_site(said[0], sites)
    return headings[0] if len(headings) == 1 else None


def _confirms(claim: str, heading: str) -> bool:
    """Say whether a claim holds a heading and not much else: a section's name inside a headline is no headline."""
    return heading in claim and 2 * len(heading) >= len(claim)


def _without_site(title: str, sites: Collection[str]) -> str:
    """A title without the name of its site at either end; a dash inside a headline stays."""
    parts = _SITE_BORDER.split(title)
    if len(parts) > 1 and folded(parts[-1]).replace(" ", "") in sites:
        return title[: title.rindex(parts[-1])].rstrip(" |·•»«–—-:")
    if len(parts) > 1 and folded(parts[0]).replace(" ", "") in sites:
        return title[len(parts[0]) :].lstrip(" |·•»«–—-:")
    if "|" in title and len(parts) > 1 and len(parts[-1].split()) <= 3:  # noqa: PLR2004 - the length of names
        return title[: title.rindex(parts[-1])].rstrip(" |·•»«–—-:")
    return title


def _heading(headings: list[tuple[str, HtmlElement]], title: str | None) -> HtmlElement | None:
    """The element that shows the headline."""
    for text, element in headings:
        if title and (folded(text) in folded(title) or folded(title) in folded(text)):
            return element
    return headings[0][1] if len(headings) == 1 else None


def _library(tree: HtmlElement) -> Document:
    """What trafilatura finds beside it. Not its date: it takes changes, footers and years of copyright for one."""
    try:
        return extract_metadata(tree, date_config={"original_date": True, "extensive_search": False})
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError, etree.LxmlError):
        return Document()


def _source(node: Mapping[str, Any], metas: Mapping[str, str], found: Document) -> str | None:
    site = metas.get("og:site_name")
    publisher = next(iter(names_in(node.get("publisher"))), None)
    if site and "." in site and " " not in site:
        site = None
    named = found.sitename if found.sitename and "." not in found.sitename else None
    return first(site, publisher, metas.get("application-name"), named)


def _author(node: Mapping[str, Any], metas: Mapping[str, str], found: Document) -> str | None:
    names = names_in(node.get("author"))
    return "; ".join(names[:5]) if names else first(metas.get("author"), found.author)
