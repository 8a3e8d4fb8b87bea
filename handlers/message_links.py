"""Where links stand in a message: `rich_text` blocks first, the text where there are none."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.editorial.link import links_in

_MARKED = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>", re.IGNORECASE)
_OTHER_MARK = re.compile(r"<[^>]*>")


def links_of(message: Mapping[str, Any]) -> tuple[str, ...]:
    """The links of a message in reading order, each once; previews and what attachments quote are not its own."""
    rich = [block for block in message.get("blocks") or () if block.get("type") == "rich_text"]
    found = _rich_links(rich) if rich else _text_links(str(message.get("text") or ""))
    return tuple(dict.fromkeys(found))


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
