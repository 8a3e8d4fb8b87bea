"""What a refusal says, whatever form it comes in."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.refusals import code_of, is_failure, pause_of

SAID = timedelta(seconds=7)
UNSAID = timedelta(seconds=30)


def refusal(data: Any, status: int = 200, **headers: str) -> SlackApiError:  # noqa: ANN401 - whatever came as a body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = AsyncSlackResponse(
        client=AsyncWebClient(),
        http_verb="POST",
        api_url="http://127.0.0.1/api/chat.postMessage",
        req_args={},
        data=data,
        headers=named,
        status_code=status,
    )
    return SlackApiError("refused", answer)  # type: ignore[no-untyped-call] # the SDK leaves it untyped


@pytest.mark.parametrize(
    ("given", "pause"),
    [
        (refusal({"error": "ratelimited"}, 429, Retry_After="7"), SAID),
        (refusal({"error": "ratelimited"}, 429, retry_after="7"), SAID),
        (refusal({"error": "ratelimited"}, 200), UNSAID),
        (refusal({"error": "ratelimited"}, 429, Retry_After="soon"), UNSAID),
        (refusal({"error": "ratelimited"}, 429, Retry_After="0"), timedelta(seconds=1)),
        (refusal("slow down", 429, Retry_After="7"), SAID),
        (refusal({"error": "not_in_channel"}), None),
        (SlackApiError("nobody's answer", {"error": "ratelimited"}), None),  # type: ignore[no-untyped-call] # the SDK leaves it untyped
    ],
)
def test_the_pause_is_the_one_that_slack_asks_for(given: SlackApiError, pause: timedelta | None) -> None:
    assert pause_of(given) == pause


@pytest.mark.parametrize(
    ("given", "code", "failed"),
    [
        (refusal({"error": "is_archived"}), "is_archived", False),
        (refusal({"error": "internal_error"}, 500), "internal_error", True),
        (refusal("<html>Bad gateway</html>", 502), None, True),
        (refusal({"ok": False}), None, True),
        (SlackApiError("nobody's answer", "text"), None, True),  # type: ignore[no-untyped-call] # the same
    ],
)
def test_a_refusal_is_told_from_a_server_that_failed(given: SlackApiError, code: str | None, *, failed: bool) -> None:
    assert (code_of(given), is_failure(given)) == (code, failed)
