"""Settings, read once from the environment and `.env`; every mistake is reported at once."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

_HOUSES = Path(__file__).parent / "houses"
SHIPPED_HOUSE = _HOUSES / "vric.toml"
SHIPPED_HOUSES = (SHIPPED_HOUSE, _HOUSES / "digest.toml")
"""What every bot can offer to a new desk."""

_PORTS = 65_535
_NOBODY = "none"
_MOST_DAYS = 36_500
_BOT_TOKEN = re.compile(r"xoxb-[A-Za-z0-9-]+")
_CONVERSATION = re.compile(r"[CDGUW][A-Z0-9]{2,}")
_APP_TOKEN = re.compile(r"xapp-[A-Za-z0-9-]+")


class Transport(StrEnum):
    """How Slack reaches the bot."""

    HTTP = "http"
    SOCKET = "socket"


class SettingsRefusedError(Exception):
    """Settings that cannot be used; `reasons` are all that was found, each naming its setting."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = tuple(reasons)


class Settings(BaseSettings):
    """What the bot needs to know from outside. No secret has a default."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        env_ignore_empty=True,
        str_strip_whitespace=True,
        hide_input_in_errors=True,
    )

    slack_bot_token: SecretStr | None = Field(None, description="The bot's token, xoxb-…")
    slack_app_token: SecretStr | None = Field(None, description="The app-level token for Socket Mode, xapp-…")
    slack_signing_secret: SecretStr | None = Field(None, description="The secret that signs Slack's HTTP requests")
    slack_api_url: str = Field("https://slack.com/api/", description="Base URL of Slack's Web API")
    database_url: str = Field("sqlite:///data/desk.db", description="SQLite file or PostgreSQL database")
    host: str = Field("127.0.0.1", description="Address that the HTTP server binds")
    port: int = Field(3000, ge=1, le=_PORTS, description="Port that the HTTP server binds")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR")
    vric_alerts: str | None = Field(None, description="Channel that is told when something was given up, by id")
    vric_bots: str | None = Field(None, description="Apps whose links are read like a member's, by id")
    vric_house: Path = Field(SHIPPED_HOUSE, description="The house of a desk that chose none, a TOML file")
    vric_houses: Path | None = Field(None, description="A folder of further houses that desks can choose, TOML files")
    word_template: Path | None = Field(None, description="The template of Word documents, a .docx file")
    vric_snapshot_days: int = Field(
        180, ge=0, le=_MOST_DAYS, description="Days for which copies of read pages are kept"
    )
    vric_archive_url: str = Field(
        "https://archive.org/wayback/available", description="Where copies of dead pages are looked for, or none"
    )
    vric_oembed_url: str = Field(
        "https://publish.twitter.com/oembed", description="Where posts on X are asked for, or none"
    )

    @property
    def archive_url(self) -> str | None:
        return None if self.vric_archive_url == _NOBODY else self.vric_archive_url

    @property
    def oembed_url(self) -> str | None:
        return None if self.vric_oembed_url == _NOBODY else self.vric_oembed_url

    @property
    def bots(self) -> frozenset[str]:
        """The apps whose links are read."""
        return frozenset(name.strip() for name in (self.vric_bots or "").split(",") if name.strip())

    def transport(self, asked: Transport | None = None) -> Transport:
        """Socket Mode where an app token is set, else HTTP, unless one is asked for."""
        return asked or (Transport.SOCKET if self.slack_app_token else Transport.HTTP)


_MUST_BE = {
    "port": f"a whole number from 1 to {_PORTS}",
    "log_level": "DEBUG, INFO, WARNING or ERROR",
    "vric_snapshot_days": f"a whole number from 0 to {_MOST_DAYS}",
}


def read_settings(**given: Any) -> Settings:  # noqa: ANN401 - settings by name, for the sandbox and tests
    """Read the settings.

    Raises:
        SettingsRefusedError: naming every setting that is wrong.
    """
    settings, faults = settings_as_found(**given)
    if faults:
        raise SettingsRefusedError(faults)
    return settings


def settings_as_found(**given: Any) -> tuple[Settings, list[str]]:  # noqa: ANN401 - the same
    """Read the settings with the default in place of each that is wrong, and a sentence on each of these.

    So whoever reports can look at everything else as well before the bot refuses to start.
    """
    try:
        return Settings(**given), []
    except ValidationError as refusal:
        wrong = dict.fromkeys(str(error["loc"][0]) for error in refusal.errors(include_input=False))
        faults = [f"{name.upper()} must be {_MUST_BE.get(name, 'a text')}." for name in wrong]
        defaults = {name: Settings.model_fields[name].default for name in wrong}
        return Settings(**{**given, **defaults}), faults
    except (OSError, UnicodeError) as refusal:
        reason = refusal.strerror if isinstance(refusal, OSError) else "it is not UTF-8"
        settings, faults = settings_as_found(**{**given, "_env_file": None})
        return settings, [f"The file .env cannot be read: {reason}.", *faults]


def missing_for(settings: Settings, transport: Transport) -> list[str]:
    """What is wrong or lacking for a transport, a sentence each; empty where the bot can start."""
    reasons = []
    if not settings.slack_bot_token:
        reasons.append(
            "SLACK_BOT_TOKEN is missing: copy it from “OAuth & Permissions” of the app; it begins with xoxb-."
        )
    elif not _BOT_TOKEN.fullmatch(settings.slack_bot_token.get_secret_value()):
        reasons.append(
            "SLACK_BOT_TOKEN is no bot token: it must be xoxb- and then letters, digits and hyphens; "
            "copy it from “OAuth & Permissions” of the app."
        )
    if transport is Transport.SOCKET and not settings.slack_app_token:
        reasons.append(
            "SLACK_APP_TOKEN is missing: make one under “Basic Information”, “App-Level Tokens”, "
            "with connections:write."
        )
    elif settings.slack_app_token and not _APP_TOKEN.fullmatch(settings.slack_app_token.get_secret_value()):
        reasons.append(
            "SLACK_APP_TOKEN is no app-level token: it must be xapp- and then letters, digits and hyphens; "
            "make one under “Basic Information”, “App-Level Tokens”."
        )
    if transport is Transport.HTTP and not settings.slack_signing_secret:
        reasons.append("SLACK_SIGNING_SECRET is missing: copy it from “Basic Information” of the app.")
    return [*reasons, *_unusable(settings)]


def _unusable(settings: Settings) -> list[str]:
    """What no transport can do with, a sentence each."""
    reasons = []
    if not settings.slack_api_url.startswith(("http://", "https://")):
        reasons.append("SLACK_API_URL must begin with https:// (or http:// for a server of your own).")
    if settings.vric_alerts is not None and not _CONVERSATION.fullmatch(settings.vric_alerts):
        reasons.append(
            "VRIC_ALERTS must be the id of a channel or of a person, such as C0123456789: copy it from the foot of "
            "the channel's details."
        )
    for name, url in (("VRIC_ARCHIVE_URL", settings.archive_url), ("VRIC_OEMBED_URL", settings.oembed_url)):
        if url is not None and not url.startswith(("http://", "https://")):
            reasons.append(f"{name} must begin with https://, or be “{_NOBODY}” so that nobody is asked.")
    if not settings.vric_house.is_file():
        reasons.append(f"VRIC_HOUSE names {settings.vric_house}, which is no file.")
    if settings.vric_houses is not None and not settings.vric_houses.is_dir():
        reasons.append(f"VRIC_HOUSES names {settings.vric_houses}, which is no folder.")
    if settings.word_template is not None and not settings.word_template.is_file():
        reasons.append(f"WORD_TEMPLATE names {settings.word_template}, which is no file.")
    return reasons


def described() -> Mapping[str, str]:
    """Every setting by its name in the environment, with what it is for."""
    return {name.upper(): field.description or "" for name, field in Settings.model_fields.items()}


def secrets_of(settings: Settings) -> list[str]:
    """The values that must appear in no log."""
    given = (settings.slack_bot_token, settings.slack_app_token, settings.slack_signing_secret)
    return [each.get_secret_value() for each in given if each]
