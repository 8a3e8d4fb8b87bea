"""What the bot does while its workspace refuses it: nothing, until it is let in again."""

from datetime import datetime, timedelta

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports import Clock
from handlers.refusals import code_of

log = structlog.get_logger()

SLOW_BEAT = timedelta(minutes=2)
"""How often a workspace that refuses the bot is asked whether it still does."""

_REFUSALS = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "team_access_not_granted", "token_expired", "token_revoked"}
)


def token_refused(error: BaseException) -> str | None:
    """Slack's word for a token that it no longer takes; None where something else went wrong."""
    code = code_of(error) if isinstance(error, SlackApiError) else None
    return code if code in _REFUSALS else None


class Rest:
    """Begins when the workspace refuses the token or says that the app is gone, and ends when it takes the token."""

    def __init__(self, client: AsyncWebClient, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._until: datetime | None = None

    def begin(self, reason: str) -> datetime:
        """Rest until the next slow beat; the alert is given once."""
        if self._until is None:
            log.error("the workspace refuses the bot, which rests: install the app again", reason=reason)
        self._until = self._clock() + SLOW_BEAT
        return self._until

    async def lasts_until(self) -> datetime | None:
        """The moment before which nothing may be asked of the workspace; None where the bot is at work."""
        now = self._clock()
        if self._until is None or now < self._until:
            return self._until
        self._until = now + SLOW_BEAT  # whoever else asks meanwhile leaves the question to this call
        try:
            await self._client.auth_test()
        except (SlackApiError, aiohttp.ClientError, TimeoutError):
            return self._until
        self._until = None
        log.warning("the workspace takes the bot again")
        return None
