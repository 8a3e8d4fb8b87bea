"""Message text as the workspace carries it: what a person typed, escaped, with its links marked."""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Typed = tuple[str, list[dict[str, Any]]]
"""Message text, and the `rich_text` elements that say the same."""

_PIECE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\[(?P<label>[^\]\n]+)\]\((?P<target>https?://[^\s)]+)\)"
    r"|(?P<url>https?://[^\s<>]+)"
    r"|@(?P<name>[\w.-]+)"
)
_BULLET = re.compile(r"[-•*] ")
_NUMBER = re.compile(r"\d{1,3}\. ")
_FENCE = "```"
_CLOSING = ".,;:!?'\""
_UNSEEN = frozenset({"options", "option_groups", "confirm", "metadata", "private_metadata"})


def typed(text: str, user_id: Callable[[str], str | None]) -> Typed:
    """Turn what a person typed into message text and its `rich_text` block.

    Bare URLs and `[label](url)` become links, `@name` of somebody known a mention; lines that begin with `> `, `- ` or
    `1. ` become quotes and lists, and what stands between fences is kept as it is. `&`, `<` and `>` are escaped.
    """
    words, elements = [], []
    for kind, lines in _paragraphs(text):
        said, element = _paragraph(kind, lines, user_id)
        words.append(said)
        elements.append(element)
    block = {"type": "rich_text", "block_id": secrets.token_urlsafe(3), "elements": elements}
    return "\n".join(words), [block]


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def visible(message: Mapping[str, Any]) -> str:
    """Everything that a reader sees of a message or view: its blocks, or its text where it has none.

    What a menu hides until it is opened is not seen.
    """
    blocks = message.get("blocks") or []
    pieces = list(_texts(blocks)) if blocks else [str(message.get("text") or "")]
    return "\n".join(unmarked(piece) for piece in pieces)


def unmarked(text: str) -> str:
    """Slack's markup as it is read: labels of links, no stars, entities decoded.

    A star with a zero-width space behind it pairs with nothing.
    """
    text = re.sub(r"<([^>|]+)\|([^>]*)>", r"\2", text)
    text = re.sub(r"<([^>]+)>", r"\1", text)
    text = re.sub(r"(?<!\w)\*(?!\u200b)(\S(?:(?:[^*\n]|\*\u200b)*\S)?)\*(?![\w\u200b])", r"\1", text).replace(
        "\u200b", ""
    )
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def elements_of(message: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """The interactive elements of a message or view, each with its block."""
    for block in message.get("blocks") or []:
        for element in (*block.get("elements", ()), block.get("accessory"), block.get("element")):
            if isinstance(element, Mapping) and element.get("action_id"):
                yield block, element


def options_of(element: Mapping[str, Any]) -> list[dict[str, Any]]:
    grouped = [option for group in element.get("option_groups") or () for option in group["options"]]
    return grouped or list(element.get("options") or ())


def targets(message: Mapping[str, Any]) -> list[str]:
    """Where the links of a message's markup lead, in order."""
    texts = [str(message.get("text") or ""), *_marked_texts(message.get("blocks") or [])]
    return [target for text in texts for target in re.findall(r"<(https?://[^|>]+)", text)]


def rung(message: Mapping[str, Any]) -> frozenset[str]:
    """Whom a message rings: ids of people, and `channel`, `here` or `everyone`."""
    texts = [str(message.get("text") or ""), *_marked_texts(message.get("blocks") or [])]
    found = {mention for text in texts for mention in re.findall(r"<[@!]([^>|^]+)", text)}
    return frozenset(found | set(_rich_mentions(message.get("blocks") or [])))


def _paragraphs(text: str) -> Iterator[tuple[str, list[str]]]:
    """Runs of lines of one kind: section, quote, bullet, ordered or preformatted."""
    kind, fenced = "section", False
    lines: list[str] = []
    for line in text.split("\n"):
        if line.strip() == _FENCE:
            if lines:
                yield kind, lines
            fenced = not fenced
            kind, lines = ("preformatted" if fenced else "section"), []
            continue
        this = "preformatted" if fenced else _kind(line)
        if this != kind and lines:
            yield kind, lines
            lines = []
        kind = this
        lines.append(line)
    if lines:
        yield kind, lines


def _kind(line: str) -> str:
    if line.startswith("> "):
        return "quote"
    if _BULLET.match(line):
        return "bullet"
    return "ordered" if _NUMBER.match(line) else "section"


def _paragraph(kind: str, lines: list[str], user_id: Callable[[str], str | None]) -> tuple[str, dict[str, Any]]:
    match kind:
        case "quote":
            words, elements = _inline("\n".join(line[2:] for line in lines), user_id)
            quoted = "\n".join(f"&gt; {line}" for line in words.split("\n"))
            return quoted, {"type": "rich_text_quote", "elements": elements}
        case "bullet" | "ordered":
            items = [_inline(line.partition(" ")[2], user_id) for line in lines]
            marks = [f"{place}." if kind == "ordered" else "•" for place in range(1, len(items) + 1)]
            said = "\n".join(f"{mark} {words}" for mark, (words, _) in zip(marks, items, strict=True))
            sections = [{"type": "rich_text_section", "elements": elements} for _, elements in items]
            return said, {"type": "rich_text_list", "style": kind, "indent": 0, "border": 0, "elements": sections}
        case "preformatted":
            whole = "\n".join(lines)
            elements = [{"type": "text", "text": whole}]
            return f"{_FENCE}{escape(whole)}{_FENCE}", {"type": "rich_text_preformatted", "elements": elements}
        case _:
            words, elements = _inline("\n".join(lines), user_id)
            return words, {"type": "rich_text_section", "elements": elements}


def _inline(text: str, user_id: Callable[[str], str | None]) -> Typed:
    words, elements, position = "", [], 0
    for found in _PIECE.finditer(text):
        said, element, length = _piece(found, user_id)
        if element is None:
            continue
        before = text[position : found.start()]
        words += escape(before) + said
        elements += [*_plain(before), element]
        position = found.start() + length
    rest = text[position:]
    return words + escape(rest), [*elements, *_plain(rest)]


def _piece(found: re.Match[str], user_id: Callable[[str], str | None]) -> tuple[str, dict[str, Any] | None, int]:
    """Its words, its element, and how many characters of the text it takes."""
    length = found.end() - found.start()
    if found["code"]:
        return f"`{escape(found['code'])}`", {"type": "text", "text": found["code"], "style": {"code": True}}, length
    if found["name"]:
        user = user_id(found["name"])
        return (f"<@{user}>", {"type": "user", "user_id": user}, length) if user else ("", None, 0)
    if found["label"]:
        label = found["label"]
        element = {"type": "link", "url": found["target"], "text": label}
        return f"<{_in_mark(found['target'])}|{escape(label)}>", element, length
    url = _without_tail(found["url"])
    return f"<{_in_mark(url)}>", {"type": "link", "url": url}, len(url)


def _without_tail(url: str) -> str:
    """A URL without the punctuation of its sentence; brackets that it opened itself stay."""
    while url[-1] in _CLOSING or (url[-1] == ")" and url.count(")") > url.count("(")):
        url = url[:-1]
    return url


def _in_mark(url: str) -> str:
    return escape(url).replace("|", "%7C")


def _plain(text: str) -> list[dict[str, Any]]:
    return [{"type": "text", "text": text}] if text else []


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        match value.get("type"):
            case "link":
                yield str(value.get("text") or value.get("url"))
            case "user":
                yield f"@{value.get('user_id')}"
            case _:
                yield from _texts_of_parts(value)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for child in value:
            yield from _texts(child)


def _texts_of_parts(value: Mapping[str, Any]) -> Iterator[str]:
    for key, child in value.items():
        if key in {"text", "alt_text"} and isinstance(child, str):
            yield child
        elif key not in _UNSEEN:
            yield from _texts(child)


def _marked_texts(value: object) -> Iterator[str]:
    """Texts in which Slack reads marks."""
    if isinstance(value, Mapping):
        if value.get("type") in {"mrkdwn", "markdown"}:
            yield str(value.get("text") or "")
        for child in value.values():
            yield from _marked_texts(child)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for child in value:
            yield from _marked_texts(child)


def _rich_mentions(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        if value.get("type") == "user":
            yield str(value.get("user_id"))
        elif value.get("type") == "broadcast":
            yield str(value.get("range"))
        for child in value.values():
            yield from _rich_mentions(child)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for child in value:
            yield from _rich_mentions(child)
