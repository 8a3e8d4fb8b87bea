"""The dates that a page shows: the dateline near its headline, else a date elsewhere in its own text."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from bot.extract.claims import Claim
from bot.extract.days import day_in, short_day_in
from bot.extract.markup import cues
from bot.extract.text import Element, text_of

_CHANGED = re.compile(
    r"\b(last\b|up-?dated|modified|revised|edited|actualizad|última|ultima|atualizad|modificad|mis à jour|modifié|"
    r"mise? à jour|aktualisiert|aktualisierung|geändert|änderung|zuletzt|aggiornat|modificat|обновлен|"
    r"изменен|güncel|bijgewerkt|oppdatert|uppdaterad|zaktualizowan|aktualizováno|cập nhật)|©|\(c\)|"
    r"copyright|更新|به\W?روز|تحديث",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:publish|posted|publicad|publié|veröffentlicht|erstellt|pubblicat|опубликован|yayın|gepubliceerd|đăng|发布|發佈|公開|"
    r"منتشر|نشر|datum|fecha|date|created|vom\b|erschienen|geschrieben|eingestellt)",
    re.IGNORECASE,
)
_DATE_CUE = re.compile(r"date|time|publi|posted|byline|dateline|fecha|meta\b|datum|info\b|entry-|data\b")
_ELSEWHERE_CUE = re.compile(
    r"related|teaser|recommend|popular|trending|latest|sidebar|widget|comment|promo|copyright|footer|modif|updat|most-?read|"
    r"read-?next|more-?(from|on|stories)|relacionad|breaking|calendar|archive|event"
)
_HCARD = re.compile(r"(?:^|\s)(?:dt-)?updated(?=\s|$)")
"""The class of microformats that marks the day of an entry, changed or not."""

_LAYOUT = re.compile(r"\b(?:has|with|no)-[\w-]+")
"""Classes that say what a page has beside the element that carries them."""

_ELSEWHERE = frozenset(
    {"aside", "nav", "footer", "form", "script", "style", "noscript", "template", "select", "blockquote"}
)
_UNSEEN = frozenset({"script", "style", "noscript", "template", "select", "option", "textarea"})
_STAMPED = {"time": "datetime", "abbr": "title"}
_BRACKETED = re.compile(r"\(([^()]{6,30})\)")
_WAS_PUBLISHED = re.compile(
    r"veröffentlicht|gepostet|erschienen|eingestellt|geschrieben|gespeichert|published|posted|written|publicado|publicada|"
    r"publié|pubblicato|опубликован",
    re.IGNORECASE,
)
_TIMED = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4},? (?:um )?\d{1,2}[:.]\d\d\b")
"""A line that begins with a day and the time of it, as an entry does."""

_LONG = 2000
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURE = re.compile(r"\d{4}|\d\d[./]\d\d[./]\d\d")
_SHORT = 120
_BARE = 45
"""A line this short that holds a whole date is a dateline, whatever its element is called."""

_LABEL, _TEXT = 30, 500
_DATES = 60


def shown_near(heading: Element, nearby: Iterable[Element], *, day_first: bool | None) -> Iterator[Claim[date]]:
    """The days of the lines near a headline, the nearest first, those under it before those above it."""
    for element in nearby:
        if element.tag != "time" and not _shows_figure(element):
            continue
        words = text_of(element) or ""
        is_marked = element.tag == "time" or bool(_DATE_CUE.search(cues(element)))
        day = _day_of_line(words, _SHORT if is_marked else _BARE, day_first=day_first)
        if day and not _CHANGED.search(_label(element)) and not is_elsewhere(element, heading):
            yield Claim(day, "shown near the headline", 0.84 if is_marked else 0.76)


def stamps_near(heading: Element, nearby: Iterable[Element]) -> Iterator[str]:
    """What the time elements near a headline carry beside their words."""
    for element in nearby:
        stamp = element.get("datetime") if element.tag == "time" else None
        words = f"{_label(element)} {text_of(element) or ''}"
        if stamp and not _CHANGED.search(words) and not is_elsewhere(element, heading):
            yield stamp


def shown_anywhere(tree: Element, heading: Element | None, *, day_first: bool | None) -> Iterator[Claim[date]]:
    """The days of lines all over a page; those that stand in another article, a list or a footer count little."""
    body = tree.find("body")
    found = 0
    for element in _with_figures(body if body is not None else tree):
        stamp = _stamp(element)
        words = text_of(element) or ""
        day = day_in(stamp) if stamp else None
        day = day or _day_of_line(words, _SHORT, day_first=day_first) or _day_within(words, day_first=day_first)
        if day is None or (stamp and _CHANGED.match(words)):
            continue
        is_marked = (
            element.tag == "time"
            or bool(_DATE_CUE.search(cues(element)))
            or bool(_PUBLISHED.search(words[:_SHORT]))
            or bool(_PUBLISHED.search(_label(element)))
        )
        is_marked |= bool(_TIMED.match(words))
        is_bare = len(words) <= _BARE or bool(_BRACKETED.match(words))
        weight = 0.5 if is_marked else 0.35 if is_bare else 0.25
        is_own = element.get("itemprop") == "datePublished" or not is_elsewhere(element, heading)
        weight *= 1.0 if is_own else 0.4
        yield Claim(day, "shown on the page", round(weight * 0.995**found, 4))
        found += 1
        if found >= _DATES:
            return


def changes_shown(tree: Element, *, day_first: bool | None) -> Iterator[date]:
    """The days on which a page says that it was changed."""
    body = tree.find("body")
    for element in _with_figures(body if body is not None else tree):
        words = text_of(element) or ""
        if (
            len(words) <= _LONG
            and (change := _CHANGED.search(words))
            and (day := day_in(words[change.start() : change.end() + _BARE], day_first=day_first))
        ):
            yield day


def _label(element: Element) -> str:
    """The few words right before an element, as of a term before its value."""
    before = element.getprevious()
    words = (before.tail or "").strip() or text_of(before) or "" if before is not None else ""
    return words if len(words) <= _LABEL else ""


def _with_figures(tree: Element) -> list[Element]:
    """The elements that carry a stamp or themselves show figures that a date could end in."""
    figures = _FIGURE.search
    elements = list(tree.iter())
    found: set[Element | None] = set()
    for element in elements:
        if ((text := element.text) and figures(text)) or (element.tag in _STAMPED and _stamp(element)):
            found.add(element)
        if (tail := element.tail) and figures(tail):
            found.add(element.getparent())
    return [each for each in elements if each in found and each.tag not in _UNSEEN]


def _stamp(element: Element) -> str | None:
    """The day that an element carries beside its words."""
    attribute = _STAMPED.get(element.tag)
    stamp: str | None = element.get(attribute) if attribute else None
    return stamp


def _day_within(words: str, *, day_first: bool | None) -> date | None:
    """The day of a longer text that begins with it in brackets, or says beside it that it was published."""
    if found := _BRACKETED.match(words):
        return day_in(found[1], day_first=day_first)
    for cue in _WAS_PUBLISHED.finditer(words[:_LONG]):
        for around in (words[cue.start() : cue.end() + _BARE], words[max(0, cue.start() - _BARE) : cue.end() + _BARE]):
            if not _CHANGED.search(around) and (day := day_in(around, day_first=day_first)):
                return day
    return day_in(words[:_BARE], day_first=day_first) if len(words) > _SHORT else None


def _shows_figure(element: Element) -> bool:
    """Say whether an element itself, not only what it holds, shows figures that a date could end in."""
    if (text := element.text) and _FIGURE.search(text):
        return True
    for each in element:  # noqa: SIM110 - half the time of a generator, and most elements of a page come here
        if (tail := each.tail) and _FIGURE.search(tail):
            return True
    return False


def _day_of_line(words: str, limit: int, *, day_first: bool | None) -> date | None:
    """The day of a line that is short enough to be a dateline, unless it is the day of a change."""
    if not words or len(words) > 2 * limit:
        return None
    own = words
    if changes := list(_CHANGED.finditer(words)):
        own = words[: changes[0].start()]
        if not _FIGURE.search(own) and (published := _PUBLISHED.search(words, changes[-1].end())):
            own = words[published.start() :]
    if len(own) > limit:
        return None
    return day_in(own, day_first=day_first) or (short_day_in(own, day_first=day_first) if len(own) <= _BARE else None)


def is_elsewhere(element: Element, heading: Element | None) -> bool:
    """Say whether an element belongs to something else than the headline's article: a teaser, a footer, a comment."""
    around = set(heading.iterancestors()) if heading is not None else set()
    for each in (element, *element.iterancestors()):
        if each in around or each.tag in {"body", "html"}:
            return False
        marks = _LAYOUT.sub("", _HCARD.sub("", cues(each)))
        if each.tag in _ELSEWHERE or _ELSEWHERE_CUE.search(marks) or each.get("itemprop") == "dateModified":
            return True
        if each.tag == "a" and _leads_elsewhere(each):
            return True
        if each.tag == "article" and heading is not None and not _is_the_one(each):
            return True
        if each.tag == "li" and len(text_of(each) or "") > _SHORT:
            return True
    return False


def _is_the_one(article: Element) -> bool:
    """Say whether an article without the headline is the page's own: it has text, and the page has no other."""
    others = (each for each in article.getroottree().iter("article") if each is not article)
    return len(text_of(article) or "") > _TEXT and next(others, None) is None


def _leads_elsewhere(link: Element) -> bool:
    """Say whether a link leads to another page than the article's own address or what came out on its day."""
    address = link.get("href") or ""
    own = (
        not address or address.startswith(("#", "javascript")) or link.get("rel") == "bookmark" or _YEAR.search(address)
    )
    return not own or len(text_of(link) or "") > _BARE
