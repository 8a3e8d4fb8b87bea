"""The command line as whoever installs the bot meets it: every command, its exit status and its sentence."""

import asyncio
import re
import shutil
import signal
import socket
from importlib.metadata import version
from pathlib import Path

import httpx
import pytest

from bot.sandbox.records import Message
from bot.sandbox.stand_in import StandIn
from bot.settings import SHIPPED_HOUSE
from db.database import Database
from handlers.web import SLACK_PATH
from tests.command_line import Vric
from tests.word import word_template

FLAGS = {"http": "--http", "socket": "--socket"}
CHOICES = pytest.mark.parametrize("flag", FLAGS.values(), ids=FLAGS)


@pytest.fixture
def vric(tmp_path: Path) -> Vric:
    return Vric(tmp_path)


@pytest.fixture
def migrated(vric: Vric, sqlite_template: Path) -> Path:
    """The database at its default place."""
    path = vric.folder / "data" / "desk.db"
    path.parent.mkdir()
    shutil.copy(sqlite_template, path)
    return path


@pytest.fixture
async def newer(migrated: Path) -> bytes:
    """A database that a newer program migrated; gives its bytes."""
    database = Database(f"sqlite:///{migrated}")
    async with database.connection() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        await connection.exec_driver_sql("CREATE TABLE tomorrow (id INTEGER)")
    await database.close()
    return bytes_of(migrated)


def bytes_of(path: Path) -> bytes:
    return path.read_bytes()


def in_use() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))


def port_of(listener: socket.socket) -> int:
    return int(listener.getsockname()[1])


async def card_for(stand_in: StandIn, ts: str) -> Message:
    """Wait for the reply to a message."""
    known = stand_in.workspace.changes.revision
    while not (replies := stand_in.thread("#vric", ts)):
        known = await stand_in.workspace.changes.after(known) or known
    return replies[0]


async def test_the_version_is_printed(vric: Vric) -> None:
    ended = await vric.runs("--version")

    assert (ended.status, ended.out, ended.said) == (0, f"vric {version('vric-desk')}\n", "")


async def test_an_unknown_command_is_named(vric: Vric) -> None:
    ended = await vric.runs("publish")

    assert (ended.status, ended.out) == (2, "")
    assert "No such command 'publish'." in ended.said


async def test_without_a_command_all_commands_are_listed(vric: Vric) -> None:
    ended = await vric.runs()

    assert ended.status == 2
    assert all(command in ended.out + ended.said for command in ("run", "sandbox", "migrate", "extract", "doctor"))


@pytest.mark.parametrize("command", ["run", "sandbox"])
async def test_two_transports_at_once_are_refused(vric: Vric, command: str) -> None:
    ended = await vric.runs(command, "--http", "--socket")

    assert (ended.status, ended.out, ended.said) == (2, "", "Choose one: --http or --socket.\n")


async def test_every_mistake_of_every_kind_is_named_at_once(vric: Vric) -> None:
    house = vric.folder / "house.toml"
    house.write_text('name = "VRIC"\nname = "again"\n', encoding="utf-8")
    vric.settings |= {"PORT": "zero", "LOG_LEVEL": "loud", "SLACK_API_URL": "slack.com", "VRIC_HOUSE": str(house)}
    vric.settings |= {"DATABASE_URL": "mysql://desk@db/vric"}

    ended = await vric.runs("run")

    assert ended.status == 2
    assert [line.partition(" ")[0] for line in ended.said.splitlines()] == [
        "PORT",
        "LOG_LEVEL",
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_API_URL",
        f"{house}:2:",
        "DATABASE_URL",
    ]


async def test_what_socket_mode_needs_is_asked_for_where_it_is_chosen(vric: Vric) -> None:
    ended = await vric.runs("run", "--socket")

    assert ended.status == 2
    assert [line.partition(" ")[0] for line in ended.said.splitlines()] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]
    assert "with connections:write" in ended.said


async def test_the_file_env_of_the_working_directory_is_read(vric: Vric) -> None:
    (vric.folder / ".env").write_text("SLACK_BOT_TOKEN=xoxp-1\nSLACK_SIGNING_SECRET=s\n", encoding="utf-8")

    ended = await vric.runs("run")

    assert ended.status == 2
    assert ended.said.startswith("SLACK_BOT_TOKEN is no bot token: it must be xoxb- and then letters")


async def test_a_section_that_stands_twice_is_named_with_its_line(vric: Vric, stand_in: StandIn) -> None:
    shipped = SHIPPED_HOUSE.read_text(encoding="utf-8")
    house = vric.folder / "house.toml"
    house.write_text(shipped.replace('key = "hezbollah"', 'key = "iran"'), encoding="utf-8")
    vric.knows(stand_in, VRIC_HOUSE="house.toml")
    line = [each for each, text in enumerate(house.read_text("utf-8").splitlines(), 1) if 'key = "iran"' in text][-1]

    ended = await vric.runs("run")

    assert (ended.status, ended.said) == (2, f"house.toml:{line}: The section “iran” stands twice.\n")


async def test_a_template_of_word_documents_that_cannot_be_used_is_named_once(vric: Vric, stand_in: StandIn) -> None:
    vric.knows(stand_in, WORD_TEMPLATE="ours.docx")

    lacking = await vric.runs("run")
    (vric.folder / "ours.docx").write_text("Dear reader", encoding="utf-8")
    no_word = await vric.runs("run")
    word_template(vric.folder / "ours.docx", "{{ headlin }}")
    unknown = await vric.runs("run")

    assert (lacking.status, lacking.said) == (2, "WORD_TEMPLATE names ours.docx, which is no file.\n")
    assert no_word.said == "WORD_TEMPLATE: ours.docx cannot be read as a Word document: File is not a zip file.\n"
    assert unknown.status == 2
    assert unknown.said.startswith("WORD_TEMPLATE: ours.docx: it asks for headlin. It can name: language, ")


@CHOICES
async def test_without_a_database_nothing_is_made_and_the_way_to_one_is_named(
    vric: Vric, stand_in: StandIn, flag: str
) -> None:
    vric.knows(stand_in)

    ended = await vric.runs("run", flag)

    assert (ended.status, ended.said) == (2, "There is no database at data/desk.db yet. Run: vric migrate\n")
    assert list(vric.folder.iterdir()) == []


async def test_migrating_makes_the_folder_and_again_changes_nothing(vric: Vric) -> None:
    first = await vric.runs("migrate")
    again = await vric.runs("migrate")

    assert (first.status, again.status) == (0, 0)
    reached = re.match(r"schema: empty → (\d{4})\nregistry: ", first.said)
    assert reached is not None
    assert again.said == first.said.replace("empty", reached[1])
    assert (vric.folder / "data" / "desk.db").is_file()


async def test_an_empty_file_is_not_migrated_yet(vric: Vric, stand_in: StandIn) -> None:
    (vric.folder / "desk.db").touch()
    vric.knows(stand_in, DATABASE_URL="sqlite:///desk.db")

    ended = await vric.runs("run")

    assert ended.status == 2
    assert ended.said == "The database is not at this program's version. Run: vric migrate\n"


@pytest.mark.parametrize("command", ["run", "migrate"])
async def test_a_database_of_a_newer_program_is_left_as_it_is(
    vric: Vric, stand_in: StandIn, migrated: Path, newer: bytes, command: str
) -> None:
    vric.knows(stand_in)

    ended = await vric.runs(command)

    assert ended.status == 2
    assert ended.said.startswith("The database is at version 9999, which this program does not know")
    assert ended.said.endswith("Install the newer program, or name another database in DATABASE_URL.\n")
    assert bytes_of(migrated) == newer


@pytest.mark.parametrize("command", ["run", "migrate"])
async def test_a_file_that_is_no_database_is_left_as_it_is(vric: Vric, stand_in: StandIn, command: str) -> None:
    minutes = vric.folder / "minutes.txt"
    minutes.write_text("Minutes of the desk, 11 January 2021. Ana, Ben.", encoding="utf-8")
    vric.knows(stand_in, DATABASE_URL="sqlite:///minutes.txt")

    ended = await vric.runs(command)

    assert ended.status == 2
    assert ended.said == "minutes.txt is not a database. Name another file in DATABASE_URL.\n"
    assert minutes.read_text("utf-8").startswith("Minutes of the desk")


@pytest.fixture
def read_only(migrated: Path) -> Path:
    migrated.chmod(0o444)
    return migrated


@pytest.mark.usefixtures("read_only")
async def test_a_database_file_that_may_only_be_read_is_refused(vric: Vric, stand_in: StandIn) -> None:
    vric.heeds_rights()
    vric.knows(stand_in)

    ended = await vric.runs("run", "--http")

    assert ended.status == 2
    assert ended.said == "The database data/desk.db may not be read and written by this user. Change its rights.\n"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_database_server_that_takes_no_writes_is_refused_with_the_reason(
    vric: Vric, stand_in: StandIn, database: Database, database_url: str
) -> None:
    """As a standby does, which only repeats another server."""
    name = database_url.rpartition("/")[2]
    async with database.connection() as connection:
        await connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    vric.knows(stand_in, DATABASE_URL=database_url)

    ended = await vric.runs("run", "--http")

    assert ended.status == 2
    assert ended.said.startswith("The database cannot be used: ")
    assert ended.said.endswith("cannot execute UPDATE in a read-only transaction. Check DATABASE_URL.\n")


async def test_a_database_server_that_is_not_there_is_named(vric: Vric) -> None:
    with in_use() as listener:
        port = port_of(listener)
    vric.settings["DATABASE_URL"] = f"postgresql://desk:a-password@127.0.0.1:{port}/desk"

    ended = await vric.runs("migrate")

    assert ended.status == 2
    assert ended.said.startswith("The database cannot be used: Connect call failed")
    assert ended.said.endswith("Check DATABASE_URL.\n")


@CHOICES
@pytest.mark.usefixtures("migrated")
async def test_a_wrong_bot_token_stops_the_start(vric: Vric, stand_in: StandIn, flag: str) -> None:
    vric.knows(stand_in, SLACK_BOT_TOKEN="xoxb-of-another-app")

    ended = await vric.runs("run", flag)

    assert ended.status == 2
    assert ended.said == (
        "Slack refuses SLACK_BOT_TOKEN (invalid_auth): "
        "install the app again and copy its token from “OAuth & Permissions”.\n"
    )


@pytest.mark.usefixtures("migrated")
async def test_a_wrong_app_token_stops_the_start(vric: Vric, stand_in: StandIn) -> None:
    vric.knows(stand_in, SLACK_APP_TOKEN="xapp-of-another-app")

    ended = await vric.runs("run")

    assert ended.status == 2
    assert ended.said == (
        "Slack refuses SLACK_APP_TOKEN (invalid_auth): "
        "make an app-level token with connections:write, and switch Socket Mode on.\n"
    )


@CHOICES
@pytest.mark.usefixtures("migrated")
async def test_where_slack_cannot_be_reached_the_start_says_so(vric: Vric, stand_in: StandIn, flag: str) -> None:
    with in_use() as listener:
        url = f"http://127.0.0.1:{port_of(listener)}/api/"
    vric.knows(stand_in, SLACK_API_URL=url)

    ended = await vric.runs("run", flag)

    assert ended.status == 2
    assert ended.said.startswith(f"Slack cannot be reached at {url}: Cannot connect to host")
    assert ended.said.endswith("Check the network and SLACK_API_URL.\n")
    assert ended.said.count("\n") == 1


@pytest.mark.usefixtures("migrated")
async def test_a_port_in_use_is_named_with_the_setting_that_changes_it(vric: Vric, stand_in: StandIn) -> None:
    with in_use() as listener:
        port = port_of(listener)
        vric.knows(stand_in, PORT=str(port))

        ended = await vric.runs("run", "--http")

    assert ended.status == 2
    assert ended.said == f"Port {port} of 127.0.0.1 is in use. Stop what uses it, or name another port with PORT.\n"


@pytest.mark.usefixtures("migrated")
async def test_an_address_of_another_machine_is_no_port_in_use(vric: Vric, stand_in: StandIn) -> None:
    vric.knows(stand_in, HOST="192.0.2.1")

    ended = await vric.runs("run", "--http")

    assert ended.status == 2
    assert ended.said.startswith("192.0.2.1 is no address of this machine")
    assert ended.said.endswith("Name another with HOST.\n")


async def test_a_port_in_use_is_named_for_the_sandbox_too(vric: Vric) -> None:
    with in_use() as listener:
        port = port_of(listener)

        ended = await vric.runs("sandbox", "--no-browser", "--port", str(port))

    assert ended.status == 2
    assert ended.said == f"Port {port} of 127.0.0.1 is in use. Stop what uses it, or name another port with --port.\n"


@pytest.mark.usefixtures("migrated")
async def test_the_doctor_ends_well_where_everything_is_well(vric: Vric, stand_in: StandIn) -> None:
    vric.knows(stand_in)

    ended = await vric.runs("doctor")

    assert (ended.status, ended.said) == (0, "")
    assert [line.split()[0] for line in ended.out.splitlines()] == ["ok"] * 15


async def test_the_doctor_ends_with_one_where_something_is_wrong(vric: Vric) -> None:
    ended = await vric.runs("doctor")

    assert (ended.status, ended.said) == (1, "")
    assert "no   settings: SLACK_BOT_TOKEN is missing" in ended.out
    assert "no   database: data/desk.db is not there yet; run: vric migrate" in ended.out


@CHOICES
@pytest.mark.usefixtures("migrated")
async def test_a_dropped_link_brings_its_card_and_the_process_stops_in_order(
    vric: Vric, stand_in: StandIn, flag: str
) -> None:
    with in_use() as listener:
        port = port_of(listener)
    vric.knows(stand_in, PORT=str(port))
    async with vric.running("run", flag) as bot:
        if flag == "--http":
            await bot.says(f"listens on http://127.0.0.1:{port}{SLACK_PATH}")
            stand_in.request_url = f"http://127.0.0.1:{port}{SLACK_PATH}"
        else:
            await bot.says("is connected over Socket Mode")
        await stand_in.invites_bot("#vric")
        ts = await stand_in.member("ana").posts("#vric", "Tankers: http://127.0.0.1/iran?a=1&b=2")

        card = await card_for(stand_in, ts)
        bot.asked(signal.SIGTERM)
        ended = await bot.ended()

    assert "this address is private or internal" in card.words
    assert "http://127.0.0.1/iran" in str(card.blocks)
    assert (ended.status, ended.out) == (0, "")
    assert ended.said.count("\n") == 1


@pytest.mark.usefixtures("migrated")
async def test_over_socket_mode_a_port_that_is_set_answers_probes_and_nothing_else(
    vric: Vric, stand_in: StandIn
) -> None:
    with in_use() as listener:
        port = port_of(listener)
    vric.knows(stand_in, PORT=str(port))
    paths = ("/healthz", "/readyz", "/metrics", SLACK_PATH)
    async with vric.running("run", "--socket") as bot, httpx.AsyncClient(trust_env=False) as client:
        await bot.says("is connected over Socket Mode")
        answers = [await client.get(f"http://127.0.0.1:{port}{path}") for path in paths]
        bot.asked(signal.SIGTERM)
        ended = await bot.ended()

    assert [answer.status_code for answer in answers] == [200, 200, 200, 404]
    assert (ended.status, ended.said.count("\n")) == (0, 1)


@CHOICES
async def test_the_sandbox_opens_and_stops_in_order(vric: Vric, flag: str) -> None:
    with in_use() as listener:
        port = port_of(listener)
    async with vric.running("sandbox", "--no-browser", "--port", str(port), flag) as sandbox:
        line = await sandbox.says("The sandbox is at")
        sandbox.asked(signal.SIGTERM)
        ended = await sandbox.ended()

    assert f"http://127.0.0.1:{port} " in line
    assert (ended.status, ended.out, ended.said) == (0, "", line)


@pytest.mark.usefixtures("migrated")
async def test_who_asks_it_to_stop_while_it_starts_is_heard(vric: Vric, stand_in: StandIn) -> None:
    silent = in_use()
    silent.setblocking(False)  # noqa: FBT003 - the socket module's form
    vric.knows(stand_in, SLACK_API_URL=f"http://127.0.0.1:{port_of(silent)}/api/")
    with silent:
        async with vric.running("run", "--http") as bot:
            connection, _ = await asyncio.get_running_loop().sock_accept(silent)
            with connection:
                bot.asked(signal.SIGINT)
                ended = await bot.ended()

    assert (ended.status, ended.out, ended.said) == (0, "", "")
