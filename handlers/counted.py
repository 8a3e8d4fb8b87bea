"""A client of Slack's Web API that counts its calls."""

from collections.abc import Callable
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

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
            outcome = _outcome(refusal.response)
            raise
        finally:
            self._told(api_method, outcome)
        return answer


def _outcome(response: Any) -> str:  # noqa: ANN401 - Slack's answer, or whatever came in its place
    body = getattr(response, "data", None)
    if not isinstance(body, dict) or (getattr(response, "status_code", None) or 0) >= _SERVER_ERROR:
        return "failed"
    return "ratelimited" if body.get("error") == "ratelimited" else "refused"
