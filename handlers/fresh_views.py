"""A form that is open is shown anew: over what its member saw, and over nothing newer."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.refusals import code_of


async def show_anew(
    shown: Mapping[str, Any], view: View, client: AsyncWebClient, *, again: Callable[[], Awaitable[View]]
) -> None:
    """Put a view in the place of one in which somebody clicked, as they saw it.

    Where another click of theirs was faster, what is built here may be older than what stands: it is built `again`,
    from the state of that moment.
    """
    try:
        await client.views_update(view_id=shown["id"], hash=shown["hash"], view=view)
    except SlackApiError as refusal:
        if code_of(refusal) != "hash_conflict":
            raise
        await client.views_update(view_id=shown["id"], view=await again())
