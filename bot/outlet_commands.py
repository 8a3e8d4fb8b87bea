"""`vric outlets`: the registry of a workspace as a file, and back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.configuration import load_houses
from bot.desk.registry_files import Imported, RegistryFiles
from bot.editorial.outlet import Outlet
from bot.editorial.outlet_file import OutletsRefusedError, outlet_table, read_outlets
from bot.editorial.quota import percent
from bot.settings import Settings
from bot.startup import wall_clock
from bot.terminal import database_of, settings_or_stop, stop, tell, wait_for, write_out

outlets = typer.Typer(help="Take the registry of outlets out as a file, or bring one in.", no_args_is_help=True)


@outlets.command("export")
def export_outlets(
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file to write.")] = None,
) -> None:
    """Write the registry with all that was decided at the desk, to a file or to standard output."""
    write_out(wait_for(_exported(settings_or_stop())).encode(), output)


@outlets.command("import")
def import_outlets(file: Annotated[Path, typer.Argument(help="A file as `vric outlets export` writes it.")]) -> None:
    """Bring outlets in from a file, all of them or, where a line is wrong, none; open issues follow."""
    settings = settings_or_stop()
    try:
        found = read_outlets(file.read_bytes().decode("utf-8-sig"), str(file))
    except OSError as reason:
        stop(f"{file} cannot be read: {reason.strerror}.")
    except UnicodeDecodeError as wrong:
        line = wrong.object[: wrong.start].count(b"\n") + 1
        stop(f"{file}:{line}: this is not UTF-8. Nothing was imported.")
    except OutletsRefusedError as refusal:
        stop(f"{refusal}\nNothing was imported.")
    for told in wait_for(_imported(settings, found)):
        tell(told)


async def _exported(settings: Settings) -> str:
    async with database_of(settings) as database:
        files = RegistryFiles(houses=load_houses(settings), unit_of_work=database.unit_of_work)
        return outlet_table(*await files.known())


async def _imported(settings: Settings, found: tuple[Outlet, ...]) -> list[str]:
    async with database_of(settings) as database:
        files = RegistryFiles(houses=load_houses(settings), unit_of_work=database.unit_of_work)
        return [*_told(files, await files.take_over(found, now=wall_clock()))]


def _told(files: RegistryFiles, imported: Imported) -> Iterator[str]:
    for before, after in imported.changed:
        was = f"{files.counts_as(before)}, {before.control}" if before is not None else "not known"
        yield f"{after.domain}: {was} → {files.counts_as(after)}, {after.control}"
    for each in imported.affected:
        shares = f"{percent(each.before.share)} → {percent(each.after.share)}"
        yield f"No. {each.issue.number}: {len(each.items)} items affected, state media {shares}"
    yield f"Imported: {len(imported.changed)} outlets changed, {imported.same} as they were."
