"""The app's account at Slack: whether its tokens are accepted, and what they permit."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.refusals import code_of

_OFF_BORNE = timedelta(minutes=1)
"""Slack refuses nothing until five minutes, and a call takes seconds."""

_PASSING = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})


class SlackUnavailableError(Exception):
    """Slack cannot be asked now, or something else answers in its place."""


class TokenRefusedError(Exception):
    """Slack does not take a token; `code` is its word for why."""

    def __init__(self, setting: str, code: str, advice: str) -> None:
        super().__init__(f"Slack refuses {setting} ({code}): {advice}.")
        self.code = code


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the bot's token speaks for, and what it was granted."""

    user: str
    team: str
    scopes: frozenset[str]
    said_at: datetime | None = None

    def ahead(self, now: datetime) -> timedelta:
        """How far Slack's clock is ahead of the machine's; nothing where they agree to the minute."""
        off = self.said_at - now if self.said_at is not None else timedelta(0)
        return off if abs(off) >= _OFF_BORNE else timedelta(0)


async def account_of(client: AsyncWebClient) -> Account:
    """Ask Slack whose token this is.

    Raises:
        TokenRefusedError: it is nobody's, or no longer.
        SlackUnavailableError: there is no answer, or not one of Slack's.
    """
    advice = "install the app again and copy its token from “OAuth & Permissions”"
    answer = await _asked(client, client.auth_test, "SLACK_BOT_TOKEN", advice)
    granted = str(answer.headers.get("x-oauth-scopes", "")).replace(" ", "").split(",")
    said_at = _moment(str(answer.headers.get("date", "")))
    return Account(str(answer.get("user")), str(answer.get("team")), frozenset(filter(None, granted)), said_at)


async def account_or_refusal(client: AsyncWebClient) -> Account | TokenRefusedError | SlackUnavailableError:
    """Ask Slack whose token this is, where a refusal is an answer, too."""
    try:
        return await account_of(client)
    except (TokenRefusedError, SlackUnavailableError) as refusal:
        return refusal


async def new_socket(client: AsyncWebClient, app_token: str) -> str:
    """Ask Slack for the address of a socket.

    Raises:
        TokenRefusedError: the app-level token opens none.
        SlackUnavailableError: there is no answer, or not one of Slack's.
    """
    advice = "make an app-level token with connections:write, and switch Socket Mode on"
    answer = await _asked(client, lambda: client.apps_connections_open(app_token=app_token), "SLACK_APP_TOKEN", advice)
    return str(answer.get("url"))


async def _asked(client: AsyncWebClient, call: Callable[[], Awaitable[Any]], setting: str, advice: str) -> Any:  # noqa: ANN401 - Slack's answer
    """Call Slack once; whatever goes wrong becomes one sentence."""
    try:
        return await call()
    except SlackApiError as refusal:
        code = code_of(refusal)
        if code is None:
            raise SlackUnavailableError(
                f"{client.base_url} does not answer as Slack does. Check SLACK_API_URL, or try again in a while."
            ) from None
        if code in _PASSING:
            raise SlackUnavailableError(f"Slack cannot answer now ({code}). Try again in a while.") from None
        raise TokenRefusedError(setting, code, advice) from None
    except (aiohttp.ClientError, OSError) as silence:
        reason = str(silence) or type(silence).__name__
        raise SlackUnavailableError(
            f"Slack cannot be reached at {client.base_url}: {reason}. Check the network and SLACK_API_URL."
        ) from None


def _moment(date: str) -> datetime | None:
    """The moment that the head of an answer names; None where it names none."""
    try:
        return parsedate_to_datetime(date)
    except ValueError:
        return None
