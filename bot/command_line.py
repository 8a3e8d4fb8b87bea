"""The `vric` command line."""

import json
import sys
import webbrowser
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from bot.all_words import all_words
from bot.backlog import put_back, what_waits
from bot.calendar_command import calendar
from bot.configuration import faults, load_house
from bot.doctor import examine
from bot.editorial.house import CATALOGUES
from bot.extract.fetch import Fetcher
from bot.extract.jsonl import answer_lines
from bot.extract.opening import PageOpener
from bot.extract.page import Extract
from bot.extract.reader import PageReader
from bot.extract.report import as_json, lines_of
from bot.extract.worker import Parser
from bot.issue_commands import feed, issues
from bot.logs import configure_logs
from bot.outlet_commands import outlets
from bot.settings import Transport, secrets_of, settings_as_found
from bot.startup import migrate_all, run_until_stopped, wall_clock
from bot.terminal import progress, settings_or_stop, stop, tell, wait_for
from db.database import Database

app = typer.Typer(
    help="The editorial desk of a curated publication, in Slack.", no_args_is_help=True, pretty_exceptions_enable=False
)
app.add_typer(issues, name="issue")
app.add_typer(outlets, name="outlets")
app.command()(feed)
app.command()(calendar)
_out = Console()

Http = Annotated[bool, typer.Option("--http", help="Take Slack's requests over HTTP.")]
Socket = Annotated[bool, typer.Option("--socket", help="Listen over Socket Mode; no public address is needed.")]


@app.callback(invoke_without_command=True)
def options(
    context: typer.Context,
    *,
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """The editorial desk of a curated publication, in Slack."""
    if show_version:
        sys.stdout.write(f"vric {version('vric-desk')}\n")
        raise typer.Exit
    del context


@app.command()
def run(*, http: Http = False, socket: Socket = False) -> None:
    """Run the bot: over Socket Mode where an app token is set, else over HTTP."""
    settings, wrong = settings_as_found()
    transport = settings.transport(_asked(http=http, socket=socket))
    wrong += faults(settings, transport)
    if wrong:
        stop("\n".join(wrong))
    configure_logs(settings.log_level, secrets=secrets_of(settings))
    wait_for(run_until_stopped(settings, transport, ready=tell))


@app.command()
def sandbox(
    *,
    port: Annotated[
        int, typer.Option(help="Port of the sandbox's page; 0 takes a free one.", min=0, max=65_535)
    ] = 8321,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    http: Http = False,
    socket: Socket = False,
) -> None:
    """Try the bot in a stand-in workspace on this machine; nothing leaves it."""
    from bot.sandbox_run import run_sandbox  # noqa: PLC0415 - the bot itself never loads the sandbox

    transport = _asked(http=http, socket=socket) or Transport.SOCKET
    configure_logs("WARNING")

    def ready(url: str) -> None:
        tell(f"The sandbox is at {url} — press Ctrl+C to stop it.")
        if browser:
            webbrowser.open(url)

    wait_for(run_sandbox(port=port, transport=transport, ready=ready))


@app.command()
def migrate() -> None:
    """Bring the database to this program's version and load the registry of outlets."""
    settings = settings_or_stop()

    async def bring_up_to_date() -> None:
        database = Database(settings.database_url)
        try:
            with progress("migrating"):
                await migrate_all(database, tell)
        finally:
            await database.close()

    wait_for(bring_up_to_date())


@app.command()
def extract(
    page: Annotated[str | None, typer.Argument(help="A URL, or a stored page.")] = None,
    *,
    as_data: Annotated[bool, typer.Option("--json", help="Print it for machines.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Answer lines of JSON from standard input.")] = False,
) -> None:
    """Print what the bot reads on a page, how sure it is, and what on the page says so."""
    if jsonl:
        raise typer.Exit(1 if answer_lines(sys.stdin, sys.stdout, sys.stderr) else 0)
    if page is None:
        stop("Name a URL or a file, or give lines with --jsonl.")
    if page.startswith(("http://", "https://")):
        with progress("reading the page"):
            found = wait_for(_read_url(page))
    else:
        try:
            found = PageOpener().read(Path(page).read_bytes())
        except OSError as reason:
            stop(f"{page} cannot be read: {reason.strerror}.")
    if as_data:
        sys.stdout.write(json.dumps(as_json(found), ensure_ascii=False, indent=2) + "\n")
        return
    sys.stdout.writelines(lines_of(found))


@app.command()
def doctor() -> None:
    """Say, line by line, what is configured, reachable, migrated and permitted, and what to do about what is not."""
    configure_logs("CRITICAL")
    with progress("examining"):
        findings = wait_for(examine())
    for finding in findings:
        mark = "[green]ok[/]" if finding.ok else "[red]no[/]"
        _out.print(f"{mark}   {finding.name}: {escape(finding.words)}", highlight=False, soft_wrap=True)
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


@app.command()
def queue(
    replay: Annotated[
        str | None, typer.Option(help="Put back what is parked: a row as it is listed, inbox, outbox, or all.")
    ] = None,
) -> None:
    """Show what waits and what is parked, or put back what is parked; ends with 1 while something is parked."""
    settings = settings_or_stop()
    if replay is not None:
        for line in wait_for(put_back(settings, replay, now=wall_clock())):
            sys.stdout.write(f"{line}\n")
        return
    lines, parked = wait_for(what_waits(settings))
    sys.stdout.writelines(f"{line}\n" for line in lines)
    raise typer.Exit(1 if parked else 0)


@app.command()
def words(*, language: Annotated[str, typer.Option(help="The language that is printed: en or es.")] = "en") -> None:
    """Print everything that members can be told, with values to look at, for whoever reviews the words."""
    if language not in CATALOGUES:
        stop(f"There is no catalogue of “{language}”. Name one of: {', '.join(CATALOGUES)}.")
    house = load_house(settings_or_stop())
    for said in all_words(house, language):
        sys.stdout.write(f"{said.name}\n" + "".join(f"    {line}\n" for line in _indented(said.cases)))


def _indented(cases: Sequence[str]) -> Iterator[str]:
    for place, case in enumerate(cases):
        yield from ["—"] if place else []
        yield from case.splitlines()


async def _read_url(url: str) -> Extract:
    fetcher, parser = Fetcher(contact="whoever typed this address"), Parser()
    try:
        return await PageReader(fetcher, parser, wall_clock).read(url)
    finally:
        await parser.close()
        await fetcher.close()


def _asked(*, http: bool, socket: bool) -> Transport | None:
    if http and socket:
        stop("Choose one: --http or --socket.")
    return Transport.HTTP if http else Transport.SOCKET if socket else None
