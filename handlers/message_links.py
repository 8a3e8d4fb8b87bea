"""Where links stand in a message: `rich_text` blocks first, the text where there are none, and what else apps write."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.editorial.link import links_in

_MARKED = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>", re.IGNORECASE)
_SECTIONS = frozenset({"section", "context"})
_OTHER_MARK = re.compile(r"<[^>]*>")


def links_of(message: Mapping[str, Any]) -> tuple[str, ...]:
    """The links of a message in reading order, each once; previews and what attachments quote are not its own.

    Apps write in other blocks or in attachments: there the text may be no more than what a notification says. What
    they add below links of their text is beside the point, as a preview is.
    """
    rich = [block for block in message.get("blocks") or () if block.get("type") == "rich_text"]
    found = [*(_rich_links(rich) if rich else _text_links(str(message.get("text") or "")))]
    if not found and message.get("bot_id"):
        found = [*_section_links(message.get("blocks") or ())] or [*_attached_links(message.get("attachments") or ())]
    return tuple(dict.fromkeys(found))


def _attached_links(attachments: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Links in attachments that an app wrote itself: a preview names where it is from."""
    for attachment in attachments:
        if attachment.get("from_url") or attachment.get("is_msg_unfurl"):
            continue
        yield from _text_links(str(attachment.get("pretext") or ""))
        yield from _text_links(f"<{attachment.get('title_link') or ''}>")
        yield from _text_links(str(attachment.get("text") or ""))
        yield from _section_links(attachment.get("blocks") or ())


def _section_links(blocks: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for block in blocks:
        if block.get("type") in _SECTIONS:
            parts = [block.get("text"), *(block.get("fields") or ()), *(block.get("elements") or ())]
            for part in filter(None, parts):
                if part.get("type") == "mrkdwn":
                    yield from _text_links(str(part.get("text") or ""))


def _rich_links(elements: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for element in elements:
        match element.get("type"):
            case "link":
                url = str(element.get("url") or "")
                if url.lower().startswith(("http://", "https://")):
                    yield url.replace("|", "%7C")  # as message text has it, where a bar begins the label
            case "text":
                yield from _bare_links(str(element.get("text") or ""))
            case _:
                yield from _rich_links(element.get("elements") or ())


def _text_links(text: str) -> Iterator[str]:
    """Slack marks links as `<url>` or `<url|label>` and escapes `&`, `<`, `>`; what is unmarked is read as prose."""
    position = 0
    for mark in _MARKED.finditer(text):
        yield from _bare_links(_slack_unescape(_OTHER_MARK.sub(" ", text[position : mark.start()])))
        yield _slack_unescape(mark[1])
        position = mark.end()
    yield from _bare_links(_slack_unescape(_OTHER_MARK.sub(" ", text[position:])))


def _bare_links(text: str) -> tuple[str, ...]:
    """Links in prose and in code, whose backticks stand in message text and not in `rich_text`."""
    return links_in(text.replace("`", " "))


def _slack_unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
