"""Messages as Slack writes them down: blocks of `rich_text`, drawn by a seed, and the text that says the same."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.sandbox.text import escape

Element = dict[str, Any]

_HOSTS = (
    *("tass.example", "www.reuters.example", "m.granma.example:8080", "ria.example", "T.CO", "xn--e1afmkfd.example"),
    *("münchen.example", "пример.испытание", "例え.テスト", "بي-بي-سي.example", "[2001:db8::7]", "198.51.100.7"),
)
_PATHS = (
    *("", "/", "/rates", "/a/b.html", "/ставка-1592.html", "/%D1%81%D1%82%D0%B0", "/a%7Cb", "/a|b", "/~ana/_x_/*y*"),
    *("/Granma_(newspaper)", "/ends.", "/ends)", "/ends,", "/is-it-true?", "/quote's", "/semi;colon", "/a:b", "/日本"),
    *("/[brackets]", "/«quoted»", "/dash—dash", "/ends_", "/ends*", "/a//b", "/é", "/e\u0301", "/100%", "/😀"),
)
_QUERIES = (
    *("", "", "", "?id=7", "?id=7&lang=es", "?a=1&amp;b=2", "?q=<b>&x=>", "?q=a+b&q=c", "?u=https://other.example/x"),
    *("?x=%26%3C%3E", "?x=%257C", "?x=a|b", "?x=&&", "?", "?lt=&lt;"),
)
_FRAGMENTS = ("", "", "", "#top", "#a=1&b=2", "#:~:text=one,two")
_IN_PROSE = ("/rates", "/a/b.html", "/ставка-1592.html", "/a%7Cb", "/a?id=7&lang=es", "/Granma_(newspaper)", "/日本/1")
"""What ends a link in prose or code for everybody who reads it; Slack marks all others as links."""

_LABELS = (
    *("here", "Rates & bonds", "new <today>", "https://label.example/is-no-link", "a|b", "ставка", "`code`", "*", " "),
    *("&amp;", "Granma (newspaper)", "😀"),
)
_WORDS = (
    *("Look: ", " and ", ", ", ".", "! ", " (", ") ", "“", "” ", " & ", " < ", "> ", "|", " %7C ", "…", "\n", " — "),
    *("https: ", " http:// ", "ftp://tass.example ", "www.no-link.example ", "ana@vric.example ", "a_b*c~d ", "&lt; "),
    *("ставка ", "日本 ", "e\u0301 ", "\u200b", "\u00a0", "😀", "> quoted\n", "• ", "1. ", "<@nobody> ", "[x](y) "),
)
_AFTER = (" ", ", ", ". ", "!\n", ") ", "” ", "\n", "… ", "? ", "; ", '" ', "» ")
_MENTIONS: tuple[tuple[Element, str], ...] = (
    ({"type": "user", "user_id": "U001ANA"}, "<@U001ANA>"),
    ({"type": "channel", "channel_id": "C000VRIC"}, "<#C000VRIC>"),
    ({"type": "channel", "channel_id": "C000VRIC"}, "<#C000VRIC|vric>"),
    ({"type": "usergroup", "usergroup_id": "S1"}, "<!subteam^S1>"),
    ({"type": "usergroup", "usergroup_id": "S1"}, "<!subteam^S1|@desk>"),
    ({"type": "broadcast", "range": "here"}, "<!here>"),
    ({"type": "emoji", "name": "newspaper"}, ":newspaper:"),
    ({"type": "emoji", "name": "+1", "skin_tone": 2}, ":+1::skin-tone-2:"),
    ({"type": "link", "url": "mailto:ana@vric.example", "text": "Ana"}, "<mailto:ana@vric.example|Ana>"),
    ({"type": "link", "url": "tel:+13055550100"}, "<tel:+13055550100>"),
    ({"type": "link", "url": "slack://open?x=https://tass.example/"}, "<slack://open?x=https://tass.example/>"),
    (
        {"type": "date", "timestamp": 1610360000, "format": "{date}", "url": "https://date.example/", "fallback": "11"},
        "<!date^1610360000^{date}^https://date.example/|11>",
    ),
    ({"type": "color", "value": "#1f3a4d"}, "#1f3a4d"),
)
_STYLES = {"bold": "*", "italic": "_", "strike": "~", "code": "`"}
_LONG = 2600


@dataclass(frozen=True, slots=True)
class Message:
    """A message in both forms, the links that were put into it, in order, and what it is made of."""

    text: str
    blocks: list[Element]
    links: tuple[str, ...]
    has: frozenset[str]


@dataclass(slots=True)
class _Writer:
    """Writes one message; what is put into it is remembered."""

    draw: Random
    links: list[str] = field(default_factory=list)
    has: set[str] = field(default_factory=set)

    def message(self) -> Message:
        kinds: Sequence[Callable[[], tuple[Element, str]]] = (self.section, self.listed, self.quote, self.preformatted)
        parts = [self.draw.choices(kinds, (6, 3, 2, 1))[0]() for _ in range(self.draw.randint(1, 4))]
        block = {"type": "rich_text", "block_id": "b", "elements": [element for element, _ in parts]}
        links = tuple(dict.fromkeys(self.links))
        self.has |= {f"{min(len(links), 3)} links"} | ({"twice"} if len(links) < len(self.links) else set())
        return Message("\n".join(text for _, text in parts), [block], links, frozenset(self.has))

    def section(self) -> tuple[Element, str]:
        elements, text = self._inline()
        return {"type": "rich_text_section", "elements": elements}, text

    def listed(self) -> tuple[Element, str]:
        """A list of one level, or of several, each of which Slack writes as a list of its own or within another."""
        style, indent = self.draw.choice(("bullet", "ordered")), self.draw.choice((0, 0, 0, 1, 2, 8))
        self.has |= {style, *(["indented"] if indent else [])}
        elements, lines = [], []
        for place in range(self.draw.randint(1, 4)):
            if indent < 2 and self.draw.random() < 0.15:
                element, text = self.listed()
                self.has.add("list in a list")
            else:
                element, words = self.section()
                text = "    " * indent + ("• " if style == "bullet" else f"{place + 1}. ") + words
            elements.append(element)
            lines.append(text)
        found = {"type": "rich_text_list", "style": style, "indent": indent, "border": 0, "elements": elements}
        return found, "\n".join(lines)

    def quote(self) -> tuple[Element, str]:
        self.has.add("quote")
        elements, text = self._inline()
        return {"type": "rich_text_quote", "elements": elements}, "\n".join(f"&gt; {line}" for line in text.split("\n"))

    def preformatted(self) -> tuple[Element, str]:
        """Code of several lines, in which Slack marks links for some who write, and for others not."""
        self.has.add("preformatted")
        elements: list[Element] = []
        text = ""
        for _ in range(self.draw.randint(1, 3)):
            for element, said in (
                self._words("curl "),
                self.draw.choice((self._bare, self._link))(),
                self._words("\n"),
            ):
                elements.append(element)
                text += said
        return {"type": "rich_text_preformatted", "border": 0, "elements": elements}, f"```{text}```"

    def _inline(self) -> tuple[list[Element], str]:
        elements, text = [], ""
        for _ in range(self.draw.randint(1, 6)):
            kinds = (self._words, self._link, self._mention, self._bare, self._code)
            element, said = self.draw.choices(kinds, (6, 5, 3, 1, 1))[0]()
            elements.append(element)
            text += said
        return elements, text

    def _words(self, words: str | None = None) -> tuple[Element, str]:
        said = words or "".join(self.draw.choices(_WORDS, k=self.draw.randint(1, 3)))
        element = {"type": "text", "text": said}
        if words is None and said.strip() == said and self.draw.random() < 0.2:
            return self._styled(element, escape(said), ("bold", "italic", "strike"))
        return element, escape(said)

    def _mention(self) -> tuple[Element, str]:
        element, text = self.draw.choice(_MENTIONS)
        self.has.add(element["type"])
        return dict(element), text

    def _link(self) -> tuple[Element, str]:
        url = self.draw.choice(self.links) if self.links and self.draw.random() < 0.05 else self._url()
        self.links.append(url.replace("|", "%7C"))
        inside = escape(url).replace("|", "%7C")
        element: Element = {"type": "link", "url": url}
        text = f"<{inside}>"
        if self.draw.random() < 0.4:
            label = self.draw.choice(_LABELS)
            self.has.add("label")
            element["text"], text = label, f"<{inside}|{escape(label)}>"
        if self.draw.random() < 0.15:
            return self._styled(element, text, ("bold", "italic", "strike"))
        return element, text

    def _bare(self) -> tuple[Element, str]:
        """A link that stands in words or code without a mark, and what comes after it."""
        url = self._url_in_prose()
        self.links.append(url)
        self.has.add("bare")
        element, text = self._words(self.draw.choice(("", "(", "“", "see ", "\n")) + url + self.draw.choice(_AFTER))
        return element, text

    def _code(self) -> tuple[Element, str]:
        said = self.draw.choice(("rates", "a|b", "<b>", "https:", "x & y"))
        if self.draw.random() < 0.6:
            said = self._url_in_prose()
            self.links.append(said)
        return self._styled({"type": "text", "text": said}, escape(said), ("code",))

    def _styled(self, element: Element, text: str, styles: Sequence[str]) -> tuple[Element, str]:
        style = self.draw.choice(styles)
        self.has.add(style)
        return {**element, "style": {style: True}}, f"{_STYLES[style]}{text}{_STYLES[style]}"

    def _url_in_prose(self) -> str:
        host = self.draw.choice([host for host in _HOSTS if "[" not in host])
        return f"{self.draw.choice(('http', 'https'))}://{host}{self.draw.choice(_IN_PROSE)}"

    def _url(self) -> str:
        scheme = self.draw.choices(("https", "http", "HTTPS"), (6, 3, 1))[0]
        parts = (_HOSTS, _PATHS, _QUERIES, _FRAGMENTS)
        host, path, query, fragment = (self.draw.choice(each) for each in parts)
        if self.draw.random() < 0.01:
            self.has.add("very long")
            path = f"{path}/{'a' * _LONG}"
        marks = {"not ASCII": not host.isascii(), "&": "&" in query, "|": "|" in path + query, "%7C": "%7C" in path}
        self.has |= {name for name, is_there in marks.items() if is_there}
        return f"{scheme}://{host}{path}{query}{fragment}"


def corpus(count: int, seed: int) -> Iterator[Message]:
    """So many messages; the same seed draws the same ones."""
    draw = Random(seed)  # noqa: S311 - what is drawn is no secret
    return (_Writer(draw).message() for _ in range(count))
