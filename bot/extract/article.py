"""Reads an article: a parsed page in, what it says of itself out. No I/O."""

from datetime import date
from typing import Any

from bot.extract.author import author_of
from bot.extract.claims import Choice
from bot.extract.dates import FILLED_IN, OFFERED, days_of, stamp_of
from bot.extract.language import language_of, load_model
from bot.extract.markup import Markup
from bot.extract.names import site_names
from bot.extract.outlets import Registry, load_registry
from bot.extract.page import Extract, Finding
from bot.extract.source import source_of
from bot.extract.summary import LEAD, summary_of
from bot.extract.text import cleaned
from bot.extract.title import titles_of

_TITLE_LIMIT = 300
_SUMMARY_LIMIT = 1000
_NAME_LIMIT = 200


class ArticleReader:
    """Holds the registry of outlets and has the language model loaded, both once."""

    def __init__(self, registry: Registry | None = None) -> None:
        self._registry = load_registry() if registry is None else registry
        load_model()

    def read(self, markup: Markup) -> Extract:
        """What a page says of itself as an article; what was not found is None."""
        outlet = self._registry.find(markup.host) if markup.host else None
        names = site_names(markup, outlet.name if outlet else None)
        titles = titles_of(markup, names)
        headline = titles.chosen.value if titles.chosen else None
        days = days_of(markup, titles.element)
        source = source_of(markup, self._registry, headline)
        author = author_of(markup, names, titles.element)
        summary = summary_of(markup, titles.element)
        language = language_of(markup, headline, summary.value if summary else None)
        day, others = _filled_in(days)
        is_declared = summary is not None and LEAD not in summary.origins
        section = self._registry.section_of(markup.url or "")
        return Extract(
            title=cleaned(headline, _TITLE_LIMIT),
            published_on=day,
            other_days=others,
            source=cleaned(_value(source), _NAME_LIMIT),
            author=cleaned(_value(author), _NAME_LIMIT),
            language=_value(language),
            summary=cleaned(_value(summary), _SUMMARY_LIMIT) if is_declared else None,
            lead=None if is_declared else cleaned(_value(summary), _SUMMARY_LIMIT),
            final_url=markup.url,
            likeliest_day=days[0].value if days else None,
            stamp=stamp_of(markup),
            alternative=cleaned(titles.alternative, _TITLE_LIMIT),
            cited_as=self._registry.cited(markup.url or ""),
            site_part=section.domain + section.path if section is not None else None,
            findings=_findings(
                title=titles.chosen, date=next(iter(days), None), source=source, author=author, language=language,
                summary=summary,
            ),
        )  # fmt: skip


def _filled_in(days: tuple[Choice[date], ...]) -> tuple[date | None, tuple[date, ...]]:
    """The day that is sure enough to be used without asking, and the others that are worth offering."""
    sure = days[0].value if days and days[0].confidence >= FILLED_IN else None
    return sure, tuple(each.value for each in days if each.value != sure and each.confidence >= OFFERED)


def _value(choice: Choice[str] | None) -> str | None:
    return choice.value if choice else None


def _findings(**choices: Choice[Any] | None) -> tuple[Finding, ...]:
    return tuple(Finding(name, each.confidence, each.origins) for name, each in choices.items() if each is not None)
