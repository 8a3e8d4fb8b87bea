"""Posts on X, Telegram and Facebook: who wrote what on which day."""

import json
import re
from datetime import UTC, date, datetime
from typing import Any

from lxml import etree

from bot.editorial.kind import Kind
from bot.extract.addresses import is_at
from bot.extract.kinds.view import View
from bot.extract.markup import tree_of
from bot.extract.page import Extract, Nature
from bot.extract.statuses import Status, status_of, telegram_post
from bot.extract.text import Element, cleaned, first, text_of

_FACEBOOK = re.compile(
    r"^/(?:([\w.-]+)/(?:posts|photos|permalink|videos)/|permalink\.php|story\.php|photo|share/p/|groups/)"
)

_X_TITLES = (
    re.compile(
        r"^(?P<name>.{1,80}?) (?:on|en|sur|no|в|auf) (?:X|Twitter)\s?: [\"“«](?P<text>.*)[\"”»](?: / (?:X|Twitter))?$",
        re.DOTALL,
    ),
    re.compile(r"^(?P<name>.{1,80}?) \(@(?P<handle>\w{1,15})\)"),
)
_LINK_AT_END = re.compile(r"(?:\s*(?:https?://t\.co/\w+|pic\.twitter\.com/\w+))+$")
_FACEBOOK_NAME = re.compile(r"^(.{2,80}?)(?: [-–—|] |\s?\| Facebook$)")
_FACEBOOK_TIME = re.compile(r'(?:data-utime="|"(?:publish_time|creation_time)":\s?)(\d{9,10})')
_TITLE_LIMIT = 140
_TEXT_LIMIT = 1000


def told_by_oembed(body: bytes, url: str) -> Extract | None:
    """What X's own description of a post says; None where it is none."""
    status = status_of(url)
    try:
        said: Any = json.loads(body)
        tree = tree_of(str(said["html"])[: 20 * _TEXT_LIMIT].encode(errors="replace"))
        name, address = str(said["author_name"]), str(said.get("author_url") or "")
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    if status is None or tree is None:
        return None
    paragraph = tree.find(".//p")
    handle = status.handle or next(iter(re.findall(r"/(\w{1,15})/?$", address)), None)
    known = Status(status.site, handle, status.number)
    return _of_x(known, name, text_of(paragraph), _language(paragraph))


def post(page: View) -> Extract | None:
    """What a page of one of these sites says of the post that it is."""
    if (status := status_of(page.url)) is not None:
        return _on_x(page, status)
    if page.host in {"t.me", "telegram.me"} and (found := telegram_post(page.path)):
        return _on_telegram(page, found[1])
    if is_at(page.host, ("facebook.com", "fb.com")) and (found := _FACEBOOK.match(page.path)):
        return _on_facebook(page, found[1])
    return None


def _on_x(page: View, status: Status) -> Extract:
    said = page.metas.get("og:title", "")
    found = next((found for pattern in _X_TITLES if (found := pattern.match(said))), None)
    pieces = found.groupdict() if found else {}
    text = first(pieces.get("text"), page.metas.get("og:description"))
    return _of_x(status, pieces.get("name"), text, None)


def _of_x(status: Status, name: str | None, text: str | None, language: str | None) -> Extract:
    words = _LINK_AT_END.sub("", text or "")
    author = first(name, status.handle and f"@{status.handle}")
    return Extract(
        title=_headline(words) or (f"{author} on {status.site}" if author else None),
        source=cleaned(f"{author} on {status.site}", 200) if author else None,
        author=cleaned(author, 200),
        published_on=status.day,
        language=language,
        summary=cleaned(words, _TEXT_LIMIT),
        nature=Nature(Kind.POST, account=status.account),
    )


def _on_telegram(page: View, channel: str) -> Extract:
    """The widget of a post, which its channel lets anybody show; else what its preview says."""
    name = first(*map(text_of, _of_class(page, "tgme_widget_message_owner_name")), page.metas.get("og:title"))
    text = first(*map(text_of, _of_class(page, "tgme_widget_message_text")), page.metas.get("og:description"))
    stamps = page.tree.xpath(
        "//*[contains(@class, 'tgme_widget_message_date')]//time/@datetime | //time[@datetime]/@datetime"
    )
    return Extract(
        title=_headline(text or ""),
        source=cleaned(f"{name or channel} on Telegram", 200),
        author=cleaned(name, 200),
        published_on=_day_of(str(stamps[-1])) if stamps else None,
        summary=cleaned(text, _TEXT_LIMIT),
        nature=Nature(Kind.POST, account=f"t.me/{channel.lower()}"),
    )


def _on_facebook(page: View, handle: str | None) -> Extract:
    title = page.metas.get("og:title") or page.heading
    found = _FACEBOOK_NAME.match(title)
    name = found[1] if found else None
    text = first(page.metas.get("og:description"), title)
    stamp = _FACEBOOK_TIME.search(etree.tostring(page.tree, encoding="unicode")[:400_000].replace("&quot;", '"'))
    return Extract(
        title=_headline(text or ""),
        source=f"{cleaned(name or handle, 180)} on Facebook" if name or handle else None,
        author=cleaned(name, 200),
        published_on=datetime.fromtimestamp(int(stamp[1]), UTC).date() if stamp else None,
        summary=cleaned(text, _TEXT_LIMIT),
        nature=Nature(Kind.POST, account=f"facebook.com/{handle.lower()}" if handle else None),
    )


def _of_class(page: View, name: str) -> list[Element]:
    return list(page.tree.xpath("//*[contains(concat(' ', @class, ' '), $name)]", name=f" {name} "))


def _headline(text: str) -> str | None:
    """The first line or sentence of a post, short enough for a headline."""
    said = cleaned(text, _TEXT_LIMIT)
    if not said or len(said) <= _TITLE_LIMIT:
        return said
    sentence = re.split(r"(?<=[.!?…。！？])\s", said)[0]
    return sentence if len(sentence) <= _TITLE_LIMIT else said[:_TITLE_LIMIT].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _language(paragraph: Element | None) -> str | None:
    said = str(paragraph.get("lang") or "") if paragraph is not None else ""
    return said[:2] if re.match(r"[a-z]{2}(?:-|$)", said) and said not in {"und", "zxx", "qme"} else None


def _day_of(stamp: str) -> date | None:
    try:
        return datetime.fromisoformat(stamp).astimezone(UTC).date()
    except ValueError:
        return None
