"""`vric issue` and `vric feed`: the issues of a house come in and go out, without Slack."""

import sys
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.configuration import load_houses, load_renderer
from bot.desk.archive import Archive, ArchiveError
from bot.editorial.edition import Edition
from bot.editorial.house import House
from bot.editorial.houses import HouseChoice, HouseUnknownError
from bot.export.document import DocumentRefusedError, IssueDocument, read_document
from bot.export.feeds import FEEDS, render_feed
from bot.export.formats import FORMATS, render
from bot.export.manifest import Verified
from bot.export.printed_text import read_printed
from bot.render import Renderer
from bot.settings import Settings
from bot.startup import wall_clock
from bot.terminal import database_of, progress, settings_or_stop, stop, tell, wait_for, write_out

_WHOSE = "The name of the house whose issues are meant, where there are several desks."

issues = typer.Typer(help="Import issues that were printed elsewhere, render those on record.", no_args_is_help=True)


@issues.command("import")
def import_issue(
    file: Annotated[Path, typer.Argument(help="An issue as JSON, or as the text that was published.")],
    *,
    house: Annotated[str | None, typer.Option(help="The name of the house whose form the issue has.")] = None,
    until: Annotated[
        str | None, typer.Option(help="A day near the end of the issue, where its text names no year: 2021-01-14.")
    ] = None,
) -> None:
    """Put an issue that was printed elsewhere on record, whole or not at all; repeating it changes nothing."""
    settings = settings_or_stop()
    with progress(f"reading {file.name}") as shown:

        def how_far(words: str) -> None:
            shown.update(shown.task_ids[0], description=words)

        edition, is_new = wait_for(_import(settings, file, house, until, how_far))
    what = f"No. {edition.issue.number}, {len(edition.items)} items"
    tell(f"Imported: {what}." if is_new else f"On record already, word for word: {what}. Nothing was changed.")


@issues.command("render")
def render_issue(
    number: Annotated[int, typer.Argument(help="The number of the issue.", min=1)],
    *,
    form: Annotated[str, typer.Option("--format", help=f"One of: {', '.join(FORMATS)}.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file to write.")] = None,
    house: Annotated[str | None, typer.Option(help=_WHOSE)] = None,
) -> None:
    """Render an issue in one of its formats, to a file or to standard output."""
    _must_be_one_of(form, FORMATS)
    write_out(wait_for(_rendered(settings_or_stop(), number, form, house)), output)


@issues.command("verify")
def verify_issue(
    number: Annotated[int, typer.Argument(help="The number of the issue.", min=1)],
    *,
    house: Annotated[str | None, typer.Option(help=_WHOSE)] = None,
) -> None:
    """Render a published issue again and compare it, byte for byte, with what was published."""
    found = wait_for(_verified(settings_or_stop(), number, house))
    sys.stdout.writelines(f"{form}: {said}\n" for form, said in found.formats.items())
    sys.stdout.writelines(f"since then: {change}\n" for change in found.changed)
    if not found.is_same:
        raise typer.Exit(1)


def feed(
    *,
    form: Annotated[str, typer.Option("--format", help=f"One of: {', '.join(FEEDS)}.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file to write.")] = None,
    house: Annotated[str | None, typer.Option(help=_WHOSE)] = None,
) -> None:
    """Render the published issues as a feed, newest first, to a file or to standard output."""
    _must_be_one_of(form, FEEDS)
    settings = settings_or_stop()
    found, published = wait_for(_published(settings, house))
    write_out(render_feed(form, found, published, Renderer()), output)


def _must_be_one_of(form: str, known: Collection[str]) -> None:
    if form not in known:
        stop(f"There is no format “{form}”. There are: {', '.join(known)}.")


async def _import(
    settings: Settings, file: Path, house_name: str | None, until: str | None, how_far: Callable[[str], None]
) -> tuple[Edition, bool]:
    async with _archive(settings, house_name) as archive:
        document = _document(file, await archive.house(), until)
        return await archive.take_over(document, str(file), now=wall_clock(), tell=how_far)


async def _rendered(settings: Settings, number: int, form: str, house_name: str | None) -> bytes:
    async with _archive(settings, house_name) as archive:
        edition = await archive.edition(number)
    return render(form, edition, load_renderer(settings, edition.house))


async def _verified(settings: Settings, number: int, house_name: str | None) -> Verified:
    async with _archive(settings, house_name) as archive:
        return await archive.verify(number)


async def _published(settings: Settings, house_name: str | None) -> tuple[House, Sequence[Edition]]:
    async with _archive(settings, house_name) as archive:
        return await archive.house(), await archive.published()


@asynccontextmanager
async def _archive(settings: Settings, house_name: str | None) -> AsyncIterator[Archive]:
    """The archive of the database, which is made where there is none."""
    houses = load_houses(settings)
    try:
        houses.of(HouseChoice(house_name or ""))
    except HouseUnknownError as unknown:
        raise ArchiveError(f"{unknown} Name its file in VRIC_HOUSE, or put it into the folder VRIC_HOUSES.") from None
    renderer = load_renderer(settings, houses.default)
    async with database_of(settings) as database:
        yield Archive(houses=houses, unit_of_work=database.unit_of_work, renderer=renderer, named=house_name)


def _document(file: Path, house: House, until: str | None) -> IssueDocument:
    """The issue in a file; what begins with a brace is JSON."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as reason:
        raise ArchiveError(f"{file} cannot be read: {reason.strerror}.") from None
    except UnicodeDecodeError as wrong:
        line = wrong.object[: wrong.start].count(b"\n") + 1
        raise DocumentRefusedError(str(file), [f"line {line}: this is not UTF-8."]) from None
    if text.lstrip().startswith("{"):
        return read_document(text, str(file))
    try:
        day = date.fromisoformat(until) if until else None
    except ValueError:
        raise ArchiveError(f"--until must be a day such as 2021-01-14, not “{until}”.") from None
    return read_printed(text, str(file), house, until=day)
