"""An issue as a table for spreadsheets: one row an item, with every decision that was taken about it."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO

from bot.editorial.citation import cite
from bot.editorial.edition import Edition
from bot.editorial.house import RELEASES
from bot.editorial.item import Item
from bot.editorial.outlet import Control, Verdict, verdict
from bot.editorial.releases import release_of
from bot.editorial.rundown import RundownChapter, RundownSection
from bot.render import one_line

COLUMNS = (
    "issue",
    "chapter",
    "section",
    "place",
    "summary",
    "source",
    "date",
    "language",
    "state media",
    "outlet controlled by",
    "url",
    "title",
    "author",
    "found by",
    "filed by",
    "filed at",
    "moved from",
    "edited",
    "paywalled",
    "kind",
    "archived copy",
    "note",
    "accepted late by",
)
_STATE_MEDIA = {Verdict.STATE_MEDIA: "yes", Verdict.OTHER: "no", Verdict.UNDECIDED: "undecided"}
_STARTS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""The wide forms are what keyboards for Chinese or Japanese type: spreadsheets there take them for the narrow ones."""


def csv_table(edition: Edition) -> bytes:
    """What was filed, in the order in which it is printed, as RFC 4180 has it; no cell is run as a formula.

    The summary of what was filed as a release is what is printed of it; nothing is said of its outlet's state.
    UTF-8 with the mark that says so: without it Excel reads the machine's old code page, and every accent and all
    Cyrillic are lost on the screens of those for whom this table is made. Readers of today pass over it.
    """
    table = StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(edition))
    return table.getvalue().encode("utf-8-sig")


def _rows(edition: Edition) -> Iterator[list[str | int]]:
    number, title = edition.issue.number, edition.house.section(RELEASES).title
    for place, item in enumerate(edition.rundown.releases, start=1):
        yield [number, "", title, place, *_cells(item, edition)]
    for chapter in edition.chapters:
        for section in chapter.sections:
            for place, item in enumerate(section.items, start=1):
                yield [edition.issue.number, *map(_safe, _where(chapter, section)), place, *_cells(item, edition)]


def _where(chapter: RundownChapter, section: RundownSection) -> tuple[str, str]:
    return chapter.chapter.title, section.section.title


def _cells(item: Item, edition: Edition) -> Iterator[str]:
    rule = edition.house.state_media
    titles = {place.key: place.title for place in edition.house.places}
    control = item.outlet.control if item.outlet is not None else Control.UNKNOWN
    release = release_of(item, edition.house) if item.is_release else None
    for text in (
        f"{release.agency}: {release.title}" if release is not None else cite(item, edition.house).text,
        item.source,
        item.published_on and item.published_on.isoformat(),
        item.language,
        _STATE_MEDIA[verdict(item.outlet, rule.watched)] if release is None else "",
        control.value,
        item.url,
        item.title,
        item.author,
        item.found_by,
        item.filed_by,
        _moment(item.filed_at),
        item.moved_from and titles.get(item.moved_from, item.moved_from),
        ", ".join(sorted(item.edited)),
        "yes" if item.paywalled else "no",
        item.kind and item.kind.value,
        item.archived_url,
        item.note,
        item.late and item.late.by,
    ):
        yield _safe(text or "")


def _moment(value: datetime | None) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds") if value is not None else ""


def _safe(text: str) -> str:
    """Text in one line; what a spreadsheet would run is text there, too."""
    line = one_line(text)
    return f"'{line}" if line.startswith(_STARTS_A_FORMULA) else line
