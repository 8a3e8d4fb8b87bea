"""What commands share: they wait, tell how far they are, and end with one clear sentence."""

import asyncio
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from sqlalchemy.exc import SQLAlchemyError

from bot.backlog import ReplayRefusedError
from bot.desk.archive import ArchiveError
from bot.desk.registry_files import NoRegistryError
from bot.editorial.house_file import HouseRefusedError
from bot.export.document import DocumentRefusedError
from bot.export.refusals import FormatRefusedError
from bot.extract.page import PageTrouble
from bot.logs import configure_logs
from bot.render import Renderer, unmarked
from bot.serving import CannotListenError
from bot.settings import Settings, SettingsRefusedError, secrets_of, settings_as_found
from bot.startup import (
    NotMigratedError,
    UnusableFileError,
    migrate_all,
    must_be_migrated,
    refusal_of,
    sqlite_file,
)
from db.database import Database, DatabaseUrlError
from db.schema import NewerDatabaseError, state
from handlers.account import SlackUnavailableError, TokenRefusedError

_say = Console(stderr=True)
_T = TypeVar("_T")


def settings_or_stop() -> Settings:
    """The settings of a command that works on the database, whose warnings are told."""
    settings, wrong = settings_as_found()
    if wrong:
        stop("\n".join(wrong))
    configure_logs("WARNING", secrets=secrets_of(settings))
    return settings


def wait_for(work: Coroutine[Any, Any, _T]) -> _T:
    """Run to the end; a reason to stop is one clear sentence, not a traceback."""
    try:
        return asyncio.run(work)
    except (
        SettingsRefusedError,
        HouseRefusedError,
        NotMigratedError,
        NewerDatabaseError,
        DatabaseUrlError,
        UnusableFileError,
        TokenRefusedError,
        SlackUnavailableError,
        CannotListenError,
        ReplayRefusedError,
        ArchiveError,
        NoRegistryError,
        DocumentRefusedError,
        FormatRefusedError,
    ) as reason:
        stop(str(reason))
    except PageTrouble as trouble:
        stop(unmarked(Renderer().message("trouble", why=str(trouble))))
    except (SQLAlchemyError, OSError) as reason:
        # Everything else that talks to the system says by itself what was refused: what is left is the database.
        stop(f"The database cannot be used: {refusal_of(reason)}. Check DATABASE_URL.")
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def progress(what: str) -> Progress:
    """What is being done and for how long, at a terminal; nothing where nobody watches."""
    columns = (SpinnerColumn(), TextColumn(what), TimeElapsedColumn())
    shown = Progress(*columns, console=_say, transient=True, disable=not _say.is_terminal)
    shown.add_task(what)
    return shown


@asynccontextmanager
async def database_of(settings: Settings) -> AsyncIterator[Database]:
    """The database of a command, which is made where there is none."""
    database = Database(settings.database_url)
    try:
        path = sqlite_file(database)
        if (path is not None and not path.exists()) or (await state(database)).current is None:
            await migrate_all(database, lambda _: None)
        await must_be_migrated(database)
        yield database
    finally:
        await database.close()


def write_out(body: bytes, output: Path | None) -> None:
    """Write to a file, or to standard output where none is named."""
    if output is None:
        sys.stdout.buffer.write(body)
        return
    try:
        output.write_bytes(body)
    except OSError as reason:
        stop(f"{output} cannot be written: {reason.strerror}.")
    tell(f"{output}: {len(body):,} bytes")


def tell(words: str) -> None:
    _say.print(words, markup=False, highlight=False, soft_wrap=True)


def stop(words: str) -> NoReturn:
    tell(words)
    raise typer.Exit(2)
