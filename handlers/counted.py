"""A client of Slack's Web API that counts its calls."""

from collections.abc import Callable
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.refusals import is_failure, pause_of

_SERVER_ERROR = 500


class CountedClient(AsyncWebClient):
    """Tells each call by its method and its outcome: ok, ratelimited, refused, failed, or lost without an answer."""

    def __init__(self, *, told: Callable[[str, str], None], **given: Any) -> None:  # noqa: ANN401 - what any client takes
        super().__init__(**given)
        self._told = told

    async def api_call(self, api_method: str, **given: Any) -> AsyncSlackResponse:  # noqa: ANN401 - passed on whole
        outcome = "lost"
        try:
            answer = await super().api_call(api_method, **given)
            outcome = "ok"
        except SlackApiError as refusal:
            outcome = _outcome(refusal)
            raise
        finally:
            self._told(api_method, outcome)
        return answer


def _outcome(refusal: SlackApiError) -> str:
    if pause_of(refusal) is not None:
        return "ratelimited"
    return "failed" if is_failure(refusal) else "refused"
