"""Settings come from outside, and every mistake in them is named at once."""

from pathlib import Path

import pytest

from bot.settings import (
    SHIPPED_HOUSE,
    Settings,
    SettingsRefusedError,
    Transport,
    described,
    missing_for,
    read_settings,
    secrets_of,
    settings_as_found,
)

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-1234-abc", "xapp-1-A1-abc", "8f742231b10e8888abcd99yyyzzz85a5"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder and an environment without any setting."""
    monkeypatch.chdir(tmp_path)
    for name in described():
        monkeypatch.delenv(name, raising=False)


def test_no_secret_has_a_default() -> None:
    settings = read_settings()

    assert (settings.slack_bot_token, settings.slack_app_token, settings.slack_signing_secret) == (None, None, None)


def test_what_is_no_secret_has_a_default_that_works_on_one_machine() -> None:
    settings = read_settings()

    assert settings.database_url == "sqlite:///data/desk.db"
    assert (settings.host, settings.port, settings.log_level) == ("127.0.0.1", 3000, "INFO")
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.vric_house == SHIPPED_HOUSE
    assert SHIPPED_HOUSE.is_file()


def test_the_names_in_the_environment_are_those_that_are_documented() -> None:
    assert list(described()) == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_API_URL",
        "DATABASE_URL",
        "HOST",
        "PORT",
        "LOG_LEVEL",
        "VRIC_ALERTS",
        "VRIC_BOTS",
        "VRIC_HOUSE",
        "VRIC_HOUSES",
        "WORD_TEMPLATE",
        "VRIC_SNAPSHOT_DAYS",
        "VRIC_ARCHIVE_URL",
        "VRIC_OEMBED_URL",
    ]
    assert all(described().values())


def test_the_environment_is_read_before_the_file_env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("PORT=4000\nHOST=0.0.0.0\nSOMETHING_ELSE=1\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "5000")

    settings = read_settings()

    assert (settings.host, settings.port) == ("0.0.0.0", 5000)  # noqa: S104 - read, not bound


def test_a_pasted_token_may_have_blanks_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", f" {BOT_TOKEN}\n")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", f"{SECRET}\t")

    settings = read_settings()

    assert secrets_of(settings) == [BOT_TOKEN, SECRET]
    assert missing_for(settings, Transport.HTTP) == []


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_secret_is_missing(monkeypatch: pytest.MonkeyPatch, empty: str) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.setenv(name, empty)
    settings = read_settings()

    assert settings.transport() is Transport.HTTP
    assert [reason.partition(" is missing")[0] for reason in missing_for(settings, Transport.HTTP)] == [
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
    ]
    assert [reason.partition(" is missing")[0] for reason in missing_for(settings, Transport.SOCKET)] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
    ]


def test_socket_mode_is_chosen_where_an_app_token_is_set() -> None:
    with_app = read_settings(slack_app_token=APP_TOKEN)
    without = read_settings()

    assert (with_app.transport(), without.transport()) == (Transport.SOCKET, Transport.HTTP)
    assert with_app.transport(Transport.HTTP) is Transport.HTTP


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"slack_bot_token": "xoxp-1"}, "SLACK_BOT_TOKEN is no bot token: it must be xoxb-"),
        ({"slack_bot_token": "xoxb-"}, "SLACK_BOT_TOKEN is no bot token: it must be xoxb-"),
        ({"slack_bot_token": "xoxb-1\nX-Evil: 1"}, "SLACK_BOT_TOKEN is no bot token: it must be xoxb-"),
        ({"slack_app_token": "xoxb-1"}, "SLACK_APP_TOKEN is no app-level token: it must be xapp-"),
        ({"slack_api_url": "slack.com/api"}, "SLACK_API_URL must begin with https://"),
        ({"vric_alerts": "#owners"}, "VRIC_ALERTS must be the id of a channel or of a person, such as C0123456789"),
        ({"vric_house": Path("of-cards.toml")}, "VRIC_HOUSE names of-cards.toml, which is no file."),
        ({"vric_house": Path()}, "VRIC_HOUSE names ., which is no file."),
        ({"vric_houses": Path("attic")}, "VRIC_HOUSES names attic, which is no folder."),
        ({"word_template": Path("ours.docx")}, "WORD_TEMPLATE names ours.docx, which is no file."),
        ({"word_template": Path()}, "WORD_TEMPLATE names ., which is no file."),
    ],
)
@pytest.mark.parametrize("transport", Transport)
def test_a_value_of_the_wrong_shape_is_named(given: dict[str, object], sentence: str, transport: Transport) -> None:
    whole = {"slack_bot_token": BOT_TOKEN, "slack_app_token": APP_TOKEN, "slack_signing_secret": SECRET}
    settings = read_settings(**{**whole, **given})

    reasons = missing_for(settings, transport)

    assert len(reasons) == 1
    assert reasons[0].startswith(sentence)


def test_values_that_cannot_be_read_are_all_named_and_the_rest_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "70000")
    monkeypatch.setenv("LOG_LEVEL", "chatty")
    monkeypatch.setenv("HOST", "::1")

    settings, faults = settings_as_found()

    assert faults == [
        "PORT must be a whole number from 1 to 65535.",
        "LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.",
    ]
    assert (settings.host, settings.port, settings.log_level) == ("::1", 3000, "INFO")
    with pytest.raises(SettingsRefusedError) as refused:
        read_settings()
    assert refused.value.reasons == tuple(faults)


def test_a_file_env_that_is_not_utf8_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_bytes(b"SLACK_BOT_TOKEN=xoxb-\xff\n")
    monkeypatch.setenv("PORT", "zero")

    settings, faults = settings_as_found()

    assert faults[0] == "The file .env cannot be read: it is not UTF-8."
    assert faults[1].startswith("PORT must be")
    assert settings.slack_bot_token is None


def test_no_secret_is_shown_by_the_settings_or_by_what_is_said_of_them() -> None:
    given = {"slack_bot_token": "a-secret-1", "slack_app_token": "a-secret-2", "slack_signing_secret": "a-secret-3"}
    settings, faults = settings_as_found(**given, port="a-secret-4")

    shown = [repr(settings), str(settings), *faults, *missing_for(settings, Transport.SOCKET)]

    assert not [words for words in shown if "a-secret" in words]


def test_no_setting_turns_a_check_off() -> None:
    switches = [name for name, field in Settings.model_fields.items() if field.annotation is bool]

    assert switches == []
