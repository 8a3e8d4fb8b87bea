"""What a refusal of Slack's says. What stands where its answer should be may be anybody's."""

from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError

PASSING = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})
"""What Slack says when it failed itself, and takes the same call a while later."""

_TOO_MANY, _SERVER_ERROR = 429, 500
_UNSAID_PAUSE = timedelta(seconds=30)


def code_of(refusal: SlackApiError) -> str | None:
    """Slack's word for what it refuses; None where the answer is not Slack's."""
    body = getattr(refusal.response, "data", None)
    code = body.get("error") if isinstance(body, dict) else None
    return str(code) if code else None


def pause_of(refusal: SlackApiError) -> timedelta | None:
    """How long Slack asks to wait, half a minute where it does not say how long; None where it asks for no wait."""
    if code_of(refusal) != "ratelimited" and _status_of(refusal) != _TOO_MANY:
        return None
    headers = getattr(refusal.response, "headers", None) or {}
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return timedelta(seconds=max(int(said), 1)) if said.isdecimal() else _UNSAID_PAUSE


def is_failure(refusal: SlackApiError) -> bool:
    """Whether it is no refusal at all, but a server that failed or an answer that is not Slack's."""
    return code_of(refusal) is None or _status_of(refusal) >= _SERVER_ERROR


def is_passing(error: BaseException) -> bool:
    """Whether a call met nothing but Slack's own trouble: it is too busy, it failed, or its answer was lost."""
    if not isinstance(error, SlackApiError):
        return isinstance(error, aiohttp.ClientError)
    return pause_of(error) is not None or code_of(error) in PASSING or is_failure(error)


def _status_of(refusal: SlackApiError) -> int:
    return getattr(refusal.response, "status_code", None) or 0
