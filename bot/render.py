"""Words: one Jinja2 environment per format, each with its own escaping."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from email.utils import format_datetime
from functools import cache
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.catalogue import TEMPLATES, Catalogue, catalogue_of
from bot.editorial.citation import cite, language_name, language_note
from bot.editorial.coverage import coverage_of, disclosure_of
from bot.editorial.edition import Edition, long_date
from bot.editorial.house import House
from bot.editorial.item import Item
from bot.editorial.quota import percent
from bot.editorial.rundown import RundownSection
from bot.editorial.tongue import FROM_THE_RIGHT, foreign_tongue, item_tongue, reads_from_the_right

_SLACK_LINK_LIMIT = 2500
_LEAST_LABEL = 40

_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Line breaks of every kind, control characters, and marks that change the order in which text is read."""

_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_NOT_IN_BRACKETS = re.compile(r"[()<>\s\\]")
_NOT_IN_HREF = re.compile(rf"[\s<>\"'`\\]|{_UNPRINTED.pattern}")
_OF_THE_WEB = re.compile(r"https?://", re.IGNORECASE)
_MRKDWN_MARKS = re.compile(r"([*_~`])")
_OWN_MARKS = re.compile("[*`](?!\u200b)")
_SLACK_LINK = re.compile(r"<[^|>]*\|([^>]*)>")
_SPOKEN: ContextVar[str | None] = ContextVar("spoken", default=None)
_BEGINS_A_LIST = re.compile(r"^(\d*)([-+=.)])")
_MARKDOWN_MARKS = re.compile(r"([\\`*_\[\]#|<>~]|&(?=#?\w+;))")


class Markup(str):
    """Text that is markup already and is not escaped again."""

    __slots__ = ()


def escape_slack(text: str) -> str:
    """Escape what Slack decodes, and keep its marks from forming pairs with a zero-width space behind each."""
    entities = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MRKDWN_MARKS.sub("\\1\u200b", entities)


def escape_xml(text: str) -> str:
    """Escape what XML and HTML read as markup, in text and in attributes; what XML cannot hold is a space."""
    return escape(_NOT_IN_XML.sub(" ", text))


def escape_markdown(text: str) -> str:
    """Escape what Markdown reads as markup inside a line; what it reads at the beginning of one never stands there."""
    return _MARKDOWN_MARKS.sub(r"\\\1", text)


def slack_link(url: str, text: str) -> Markup:
    """A link in Slack's markup; a text too long for one section is shortened, never cut inside the markup.

    Where there is no address, or it alone fills a section, the text stands without it: a message with it would be
    refused whole.
    """
    safe = url.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C").replace(" ", "%20")
    room = _SLACK_LINK_LIMIT - len(safe)
    if not url or room < _LEAST_LABEL:
        return Markup(_shortened(text, _SLACK_LINK_LIMIT))
    return Markup(f"<{safe}|{_shortened(text, room)}>")


def _shortened(text: str, limit: int) -> str:
    """Text in one line, escaped for Slack, in at most as many characters."""
    label = one_line(text)
    while len(escaped := escape_slack(label)) > limit:
        label = label[: len(label) * 3 // 4].rstrip(" …") + "…"
    return escaped


def markdown_url(url: str) -> Markup:
    """An address as it stands in the round brackets of a Markdown link."""
    return Markup(_NOT_IN_BRACKETS.sub(_percent_encoded, url))


def web_address(url: str) -> str:
    """An address that a page may lead to: of the web, with nothing in it that ends an attribute; else nothing."""
    return _NOT_IN_HREF.sub(_percent_encoded, url) if _OF_THE_WEB.match(url) else ""


def _percent_encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def markdown_paragraph(text: str) -> Markup:
    """Text as a paragraph of Markdown, whatever it begins with."""
    return Markup(_BEGINS_A_LIST.sub(r"\1\\\2", escape_markdown(one_line(text))))


def markdown_link(text: str, url: str) -> Markup:
    """Text that leads to an address; where there is none, the text alone."""
    label = escape_markdown(one_line(text))
    return Markup(f"[{label}]({markdown_url(url)})" if url else label)


def unmarked(text: str) -> str:
    """Slack's markup as it is read, for fields of forms, which show text as it is."""
    words = _SLACK_LINK.sub(r"\1", without_emphasis(text)).replace("\u200b", "")
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def without_emphasis(text: str) -> str:
    """Slack's markup without the templates' own stars and ticks; those of a value have a zero-width space behind."""
    return _OWN_MARKS.sub("", text)


def without_addresses(text: str) -> str:
    """Slack's markup with each link as its label alone; people and channels stay what they are."""
    return _SLACK_LINK.sub(r"\1", text)


def one_line(text: str) -> str:
    """Text without line breaks, control characters and marks that reorder what is read; runs of spaces are one."""
    return " ".join(_UNPRINTED.sub(" ", text).split())


def day(value: date) -> str:
    """A date as it is printed in tables: `4 Jan 2021`."""
    return f"{value.day} {value:%b %Y}"


def clock_time(value: datetime, zone: str) -> str:
    """The time of day on the desk's clock."""
    return f"{value.astimezone(ZoneInfo(zone)):%H:%M}"


def _item_link(item: Item) -> Markup:
    return slack_link(item.url, item.title or item.url)


def duration(seconds: int) -> str:
    """How long something lasts: `12:34`, `1:02:03`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun, which stands in the template: `1 item`, `2 items`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


class Renderer:
    """Renders messages for Slack, and an issue in each of its formats.

    `word_template` is the file with which Word documents are made where the desk replaced the one that is shipped.
    `language` is that of messages and labels where nobody is spoken to in another one, by the folder of its catalogue;
    an issue prints in that of its house.
    """

    def __init__(self, *, word_template: Path | None = None, language: str = "en") -> None:
        self.word_template = word_template
        self._language = language
        self._issue = _environments()

    @property
    def words(self) -> Catalogue:
        """Labels, and how dates and numbers are written, in the language that is spoken."""
        return catalogue_of(_SPOKEN.get() or self._language)

    def message(self, name: str, **values: object) -> str:
        """The words of a message, in Slack's markup."""
        return self._spoken(f"messages/{name}.j2", values)

    def error(self, name: str, **values: object) -> str:
        """The sentence for what could not be done."""
        return self._spoken(f"errors/{name}.j2", values)

    def label(self, name: str, **values: object) -> str:
        """What stands on a button, in a menu or above a field, as plain text: `card.move` is `move` of `[card]`."""
        return self.words.label(name, **values)

    def section(self, section: RundownSection, house: House) -> str:
        """A section of an issue as the draft shows it, in Slack's markup."""
        return self._issue["slack"].get_template("issue/slack.j2").render(section=section, house=house).strip() + "\n"

    def feed(self, name: str, **values: object) -> str:
        """A part of a feed, as XML or as the HTML that stands in it."""
        return self._issue["xml"].get_template(f"feed/{name}.j2").render(values).strip() + "\n"

    def edition(self, form: str, edition: Edition) -> str:
        """A whole issue as text of a format: `md`, `txt`, `html`, `fragment`, or `email`, which is MJML."""
        return self._issue[form].get_template(f"issue/{form}.j2").render(e=edition).strip() + "\n"

    def _spoken(self, template: str, values: Mapping[str, object]) -> str:
        language = self.words.language
        return _spoken(language).get_template(f"{language}/{template}").render(values).strip()


def speak(language: str) -> None:
    """Say what is left of this task in a language, whatever the renderer's own is."""
    _SPOKEN.set(language)


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Within this block, and in what is begun in it, words are in a language, whatever the renderer's own is."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def issue_templates() -> Mapping[str, bytes]:
    """The files from which the formats of an issue are made, by their names; what Slack alone shows is none of them."""
    folder = TEMPLATES / "issue"
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / "slack.j2")
    return {path.relative_to(TEMPLATES).as_posix(): path.read_bytes() for path in files}


@cache
def _spoken(language: str) -> Environment:
    """The surroundings of a language's templates, shared by all renderers."""
    catalogue = catalogue_of(language)
    slack = _environment(escape_slack)
    slack.globals |= {"link": _item_link, "slack_link": slack_link, "label": catalogue.label}

    def trouble(why: str) -> Markup:
        """What stood in the way of a page or a link: `not there: 404` in a sentence."""
        return Markup(slack.get_template(f"{language}/messages/trouble.j2").render(why=why).strip())

    slack.filters |= {**catalogue.filters, "trouble": trouble}
    return slack


@cache
def _environments() -> Mapping[str, Environment]:
    """The templates' surroundings in each format, shared by all renderers: they keep what was compiled."""
    slack = _environment(escape_slack)
    slack.globals |= {"slack_link": slack_link}
    markdown = _environment(escape_markdown)
    markdown.globals |= {"md_link": markdown_link, "md_paragraph": markdown_paragraph}
    web = _environment(None, autoescape=True)
    web.filters |= {"href": web_address, "long_date": long_date}
    web.globals |= {
        "coverage_of": coverage_of,
        "disclosure_of": disclosure_of,
        "item_tongue": item_tongue,
        "foreign_tongue": foreign_tongue,
        "reads_from_the_right": reads_from_the_right,
        "from_the_right": FROM_THE_RIGHT,
    }
    return {
        "slack": slack,
        "md": markdown,
        "txt": _environment(None),
        "xml": _environment(escape_xml),
        **dict.fromkeys(("html", "fragment", "email"), web),
    }


def _environment(escape: Callable[[str], str] | None, *, autoescape: bool = False) -> Environment:
    """Templates of a format: `finalize` escapes its values, or Jinja2 itself where the format is HTML."""

    def finalize(value: object) -> object:
        if isinstance(value, Markup) or hasattr(value, "__html__") or not isinstance(value, str):
            return value
        line = _UNPRINTED.sub(" ", value)
        return line if escape is None else escape(line)

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        finalize=finalize,
        autoescape=autoescape,  # noqa: S701 - HTML escaping is wrong in other formats: there `finalize` escapes
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "markup": Markup,
        "one_line": one_line,
        "percent": percent,
        "day": day,
        "clock_time": clock_time,
        "counted": counted,
        "duration": duration,
        "language": language_name,
        "rfc_date": format_datetime,
    }
    environment.globals |= {"cite": cite, "language_note": language_note}
    return environment
