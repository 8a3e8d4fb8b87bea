"""The doctor: a line for each thing that the bot stands on, and what to do about what is wrong."""

import re
import shutil
import socket
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.doctor import examine
from bot.ports import Show, ShowingKind
from bot.sandbox.clock import MovableClock
from bot.sandbox.stand_in import StandIn
from bot.settings import SHIPPED_HOUSE, Settings, described, read_settings
from db.database import Database
from handlers.manifest import BOT_SCOPES, manifest
from tests.word import word_template

Lines = Mapping[str, tuple[bool, str]]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder and an environment without any setting."""
    monkeypatch.chdir(tmp_path)
    for name in described():
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def database_file(tmp_path: Path, sqlite_template: Path) -> Path:
    shutil.copy(sqlite_template, tmp_path / "desk.db")
    return tmp_path / "desk.db"


def settings_at(stand_in: StandIn, path: Path, **changed: Any) -> Settings:  # noqa: ANN401 - settings by name
    whole = {
        "slack_bot_token": stand_in.bot_token,
        "slack_app_token": stand_in.app_token,
        "slack_signing_secret": stand_in.signing_secret,
        "slack_api_url": stand_in.api_url,
        "database_url": f"sqlite:///{path}",
    }
    return read_settings(_env_file=None, **{**whole, **changed})


async def lines_for(settings: Settings | None) -> Lines:
    return {each.name: (each.ok, each.words) for each in await examine(settings)}


def wrong(lines: Lines) -> list[str]:
    return [name for name, (ok, _) in lines.items() if not ok]


def nobody() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"127.0.0.1:{listener.getsockname()[1]}"


async def test_where_everything_is_well_each_line_says_what_was_found(stand_in: StandIn, database_file: Path) -> None:
    lines = await lines_for(settings_at(stand_in, database_file))

    assert wrong(lines) == []
    assert lines["settings"] == (True, "complete for socket")
    assert lines["house"] == (True, "VRIC MONITOR, 12 sections, America/New_York")
    assert lines["database"] == (True, "reachable (sqlite)")
    assert lines["migrations"][0]
    assert re.fullmatch(r"at \d{4}", lines["migrations"][1])
    assert lines["registry"][1].endswith("outlets")
    assert lines["desks"] == (True, "none yet; invite the bot into a channel and it becomes one")
    assert lines["direct messages"] == (True, "none was refused")
    assert lines["messages"] == lines["events"] == (True, "none is stopped")
    assert lines["pages"] == (True, "none is to be read")
    assert lines["heartbeat"] == (True, "none yet; run: vric run")
    assert lines["clock"] == (True, "agrees with Slack's")
    assert lines["slack"] == (True, "reachable, as vric in Sandbox")
    assert lines["scopes"] == (True, f"all {len(BOT_SCOPES)} granted")
    assert lines["socket mode"] == (True, "permitted")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_database_that_takes_no_writes_is_named_with_its_reason(
    stand_in: StandIn, database: Database, database_url: str
) -> None:
    name = database_url.rpartition("/")[2]
    async with database.connection() as connection:
        await connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")

    lines = await lines_for(settings_at(stand_in, Path("desk.db"), database_url=database_url))

    assert wrong(lines) == ["database"]
    assert lines["database"][1].startswith("takes no writes: ")
    assert lines["database"][1].endswith("in a read-only transaction. Check DATABASE_URL, and the disk")


async def test_a_messages_tab_that_is_off_is_named_with_where_to_switch_it_on(
    stand_in: StandIn, database_file: Path
) -> None:
    database, now = Database(f"sqlite:///{database_file}"), datetime(2021, 1, 11, 15, tzinfo=UTC)
    async with database.unit_of_work() as work:
        await work.outbox.show(Show("reminder", ShowingKind.MEMBER_REMINDER, "T0SANDBOX", "U0ANA"), at=now)
    async with database.unit_of_work() as work:
        showing = await work.outbox.claim(now, now + timedelta(minutes=1), now)
        assert showing is not None
        await work.outbox.park(showing, "messages_tab_disabled")
    await database.close()

    lines = await lines_for(settings_at(stand_in, database_file))

    assert wrong(lines) == ["direct messages"]
    words = lines["direct messages"][1]
    assert words.startswith("Slack refuses them (messages_tab_disabled): 1 parked. Under “App Home” switch")
    assert words.endswith("then run: vric queue --replay outbox")


async def test_what_slack_refuses_and_when_the_clock_beat_last_are_told_as_editors_read_it(
    stand_in: StandIn, database_file: Path
) -> None:
    database, now = Database(f"sqlite:///{database_file}"), datetime(2021, 1, 11, 15, tzinfo=UTC)
    async with database.unit_of_work() as work:
        for key in ("card:1", "card:2"):
            await work.outbox.show(Show(key, ShowingKind.CARD, "T0SANDBOX", "C0VRIC"), at=now)
        await work.claims.beat(now)
        await work.claims.beat(now - timedelta(minutes=1))
    for reason in ("is_archived", "ratelimited"):
        async with database.unit_of_work() as work:
            showing = await work.outbox.claim(now, now + timedelta(minutes=1), now)
            assert showing is not None
            if reason == "is_archived":
                await work.outbox.park(showing, reason)
            else:
                await work.outbox.put_back(showing, now, reason, in_doubt=False)
    await database.close()

    lines = await lines_for(settings_at(stand_in, database_file))

    assert wrong(lines) == ["messages"]
    assert lines["messages"][1] == (
        "1 given up since 2021-01-11 15:00 UTC in C0VRIC (is_archived); "
        "1 put back since 2021-01-11 15:00 UTC in C0VRIC (ratelimited). "
        "When the reason is gone, run: vric queue --replay outbox"
    )
    assert lines["heartbeat"][1].startswith("the last at 2021-01-11 15:00:00 UTC")


async def test_a_clock_that_is_far_from_slacks_is_told_by_how_much(stand_in: StandIn, database_file: Path) -> None:
    stand_in.clock.advance(timedelta(minutes=7))

    lines = await lines_for(settings_at(stand_in, database_file))

    assert wrong(lines) == ["clock"]
    assert re.match(r"4[12]\d s behind Slack's: set it by the network", lines["clock"][1])


async def test_over_http_no_app_token_is_asked_for(stand_in: StandIn, database_file: Path) -> None:
    lines = await lines_for(settings_at(stand_in, database_file, slack_app_token=None))

    assert wrong(lines) == []
    assert lines["settings"] == (True, "complete for http")
    assert "socket mode" not in lines
    assert "apps.connections.open" not in [call.method for call in stand_in.calls]


async def test_without_any_setting_each_that_is_missing_has_its_line_and_the_rest_is_examined() -> None:
    found = await examine()

    assert [(each.name, each.words.partition(" ")[0]) for each in found if not each.ok] == [
        ("settings", "SLACK_BOT_TOKEN"),
        ("settings", "SLACK_SIGNING_SECRET"),
        ("database", "data/desk.db"),
        ("slack", "not"),
    ]
    assert found[-1].words == "not asked: set SLACK_BOT_TOKEN first"
    assert [each.name for each in found if each.ok] == ["house"]


async def test_a_setting_that_cannot_be_read_does_not_end_the_examination(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "zero")

    found = await examine()

    assert found[0].words == "PORT must be a whole number from 1 to 65535."
    assert {each.name for each in found} == {"settings", "house", "database", "slack"}


async def test_a_wrong_token_is_refused_with_slacks_word_and_the_place_of_the_right_one(
    stand_in: StandIn, database_file: Path
) -> None:
    lines = await lines_for(settings_at(stand_in, database_file, slack_bot_token="xoxb-of-another-app"))

    assert wrong(lines) == ["slack"]
    assert lines["slack"][1] == (
        "Slack refuses SLACK_BOT_TOKEN (invalid_auth): "
        "install the app again and copy its token from “OAuth & Permissions”."
    )


async def test_a_wrong_app_token_is_refused_with_where_to_make_one(stand_in: StandIn, database_file: Path) -> None:
    lines = await lines_for(settings_at(stand_in, database_file, slack_app_token="xapp-of-another-app"))

    assert wrong(lines) == ["socket mode"]
    assert lines["socket mode"][1] == (
        "Slack refuses SLACK_APP_TOKEN (invalid_auth): "
        "make an app-level token with connections:write, and switch Socket Mode on."
    )


@pytest.mark.parametrize("code", ["account_inactive", "token_revoked", "token_expired", "org_login_required"])
async def test_a_token_that_is_good_no_longer_is_refused_with_slacks_word(
    stand_in: StandIn, database_file: Path, code: str
) -> None:
    stand_in.fault("auth.test", code)

    lines = await lines_for(settings_at(stand_in, database_file))

    assert wrong(lines) == ["slack"]
    assert f"SLACK_BOT_TOKEN ({code})" in lines["slack"][1]


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("ratelimited", "Slack cannot answer now (ratelimited). Try again in a while."),
        ("internal_error", "Slack cannot answer now (internal_error). Try again in a while."),
        ("500_before", "does not answer as Slack does. Check SLACK_API_URL, or try again in a while."),
    ],
)
async def test_a_passing_trouble_of_slack_is_no_wrong_token(
    stand_in: StandIn, database_file: Path, fault: str, sentence: str
) -> None:
    stand_in.fault("auth.test", fault)

    lines = await lines_for(settings_at(stand_in, database_file))

    assert wrong(lines) == ["slack"]
    assert lines["slack"][1].endswith(sentence)


async def test_scopes_that_lack_are_named(database_file: Path) -> None:
    declared = manifest()
    declared["oauth_config"]["scopes"]["bot"] = sorted(set(BOT_SCOPES) - {"files:write", "groups:history"})
    async with StandIn(declared, clock=MovableClock()) as stand_in:
        lines = await lines_for(settings_at(stand_in, database_file))

    assert wrong(lines) == ["scopes"]
    assert lines["scopes"][1] == (
        "missing files:write, groups:history: update the app from manifest.json and install it again"
    )


@pytest.mark.parametrize("there", ["closed", "other"])
async def test_where_slack_is_not_the_address_is_named(stand_in: StandIn, database_file: Path, there: str) -> None:
    url = f"http://{nobody()}/api/" if there == "closed" else f"{stand_in.url}/elsewhere/"

    lines = await lines_for(settings_at(stand_in, database_file, slack_api_url=url))

    assert wrong(lines) == ["slack", "socket mode"]
    assert url in lines["slack"][1]
    assert "SLACK_API_URL" in lines["slack"][1]


async def test_a_database_that_is_not_there_is_not_made(stand_in: StandIn, tmp_path: Path) -> None:
    lines = await lines_for(settings_at(stand_in, tmp_path / "data" / "desk.db"))

    assert wrong(lines) == ["database"]
    assert lines["database"][1].endswith("desk.db is not there yet; run: vric migrate")
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240 - an empty folder is read in no time


async def test_a_database_that_is_not_migrated_says_how(stand_in: StandIn, tmp_path: Path) -> None:
    (tmp_path / "desk.db").touch()

    lines = await lines_for(settings_at(stand_in, tmp_path / "desk.db"))

    assert wrong(lines) == ["migrations"]
    assert lines["migrations"][1] == "at nothing; run: vric migrate"


async def test_a_database_of_a_newer_program_is_not_to_be_migrated(stand_in: StandIn, database_file: Path) -> None:
    database = Database(f"sqlite:///{database_file}")
    async with database.connection() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    await database.close()

    lines = await lines_for(settings_at(stand_in, database_file))

    assert wrong(lines) == ["migrations"]
    assert lines["migrations"][1] == (
        "at 9999, of a newer program; install that, or name another database in DATABASE_URL"
    )


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://desk@db/vric", "DATABASE_URL names mysql; SQLite and PostgreSQL are supported."),
        ("desk.db", "DATABASE_URL is not a database URL; write sqlite:///data/desk.db or"),
        ("sqlite:///.", ". is not a database. Name another file in DATABASE_URL."),
        ("postgresql://desk:a-password@{nobody}/desk", "not reachable: Connect call failed"),
    ],
)
async def test_a_database_that_cannot_be_is_told_apart(
    stand_in: StandIn, database_file: Path, url: str, sentence: str
) -> None:
    url = url.replace("{nobody}", nobody())

    lines = await lines_for(settings_at(stand_in, database_file, database_url=url))

    assert wrong(lines) == ["database"]
    assert lines["database"][1].startswith(sentence)
    assert "a-password" not in lines["database"][1]


async def test_an_empty_registry_says_how_to_fill_it(stand_in: StandIn, database_file: Path) -> None:
    database = Database(f"sqlite:///{database_file}")
    async with database.connection() as connection:
        await connection.exec_driver_sql("DELETE FROM outlets")
    await database.close()

    lines = await lines_for(settings_at(stand_in, database_file))

    assert wrong(lines) == ["registry"]
    assert lines["registry"][1] == "empty; run: vric migrate"


async def test_each_fault_of_a_house_has_its_line(stand_in: StandIn, database_file: Path, tmp_path: Path) -> None:
    shipped = SHIPPED_HOUSE.read_text(encoding="utf-8")
    house = tmp_path / "house.toml"
    spoiled = shipped.replace('key = "hezbollah"', 'key = "iran"').replace("America/New_York", "America/New_Amsterdam")
    house.write_text(spoiled, encoding="utf-8")

    found = [each for each in await examine(settings_at(stand_in, database_file, vric_house=house)) if not each.ok]

    assert [each.name for each in found] == ["house", "house"]
    assert all(each.words.startswith(f"mend {house}:") for each in found)
    assert "“America/New_Amsterdam” is not a time zone" in found[0].words
    assert found[1].words.endswith("The section “iran” stands twice.")


@pytest.mark.parametrize(
    ("ahead", "is_well", "words"),
    [((30, 60, 90), True, "days are listed until "), ((-90, -60, 30), False, "add the next ones to “dates”")],
)
async def test_a_list_of_days_that_comes_to_its_end_is_asked_to_go_on(
    stand_in: StandIn, database_file: Path, tmp_path: Path, ahead: tuple[int, ...], *, is_well: bool, words: str
) -> None:
    house = tmp_path / "house.toml"
    days = ", ".join(f"{datetime.now(UTC).date() + timedelta(days=days)}" for days in ahead)
    listed = f'recurrence = "dates"\ndates = [{days}]'
    house.write_text(SHIPPED_HOUSE.read_text(encoding="utf-8").replace("deadline_day = 14", listed), encoding="utf-8")

    lines = await lines_for(settings_at(stand_in, database_file, vric_house=house))

    assert lines["calendar"][0] is is_well
    assert words in lines["calendar"][1]


async def test_a_house_in_another_encoding_is_named_with_its_line(
    stand_in: StandIn, database_file: Path, tmp_path: Path
) -> None:
    house = tmp_path / "house.toml"
    house.write_bytes('name = "vric"\ntitle = "Irán"\n'.encode("latin-1"))

    lines = await lines_for(settings_at(stand_in, database_file, vric_house=house))

    assert lines["house"] == (False, f"mend {house}:2: The file is not UTF-8.")


async def test_a_template_of_word_documents_is_examined(stand_in: StandIn, database_file: Path, tmp_path: Path) -> None:
    ours = word_template(tmp_path / "ours.docx", "{{ name }}")
    well = await lines_for(settings_at(stand_in, database_file, word_template=ours))
    word_template(ours, "{{ headlin }}")
    ill = await lines_for(settings_at(stand_in, database_file, word_template=ours))

    assert well["word template"] == (True, f"{ours} can be used")
    assert ill["word template"][0] is False
    assert ill["word template"][1].startswith("mend WORD_TEMPLATE: ours.docx: it asks for headlin.")
