"""The review list: what a form shows of many links, as it stands now."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.desk.errors import ItemUnknownError
from bot.ports import Clock
from bot.render import Renderer
from handlers.blocks import forms
from handlers.fresh_views import show_anew


class ReviewList:
    def __init__(self, *, desk: Desk, render: Renderer, clock: Clock) -> None:
        self._desk = desk
        self._render = render
        self._clock = clock

    async def form(self, place: forms.ReviewPlace) -> View:
        """A page of the list; raises ItemUnknownError where its message holds no item."""
        desk_id, message, page = place
        found = await self._desk.card(desk_id, message, now=self._clock())
        if found is None:
            raise ItemUnknownError(message)
        return forms.review_form(found, self._render, desk_id=desk_id, page=page)

    async def show_again(self, body: Mapping[str, Any], client: AsyncWebClient) -> None:
        """A click in the review form shows its page as it stands now."""
        place = clicked_in(body)
        if place is not None:
            await show_anew(body["view"], await self.form(place), client, again=lambda: self.form(place))

    async def show_beneath(self, view: Mapping[str, Any], place: forms.ReviewPlace, client: AsyncWebClient) -> None:
        """A form that lay over the review form was sent: the page beneath shows what came of it."""
        await client.views_update(view_id=view["previous_view_id"], view=await self.form(place))


def clicked_in(body: Mapping[str, Any]) -> forms.ReviewPlace | None:
    """The page of the review list in which somebody clicked; None where they did elsewhere."""
    view = body.get("view")
    return forms.review_of(view) if view and view.get("callback_id") == forms.REVIEW_FORM else None
