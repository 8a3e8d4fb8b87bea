"""Lists that members work through: a form lies over its list, which shows what is left when the form was sent."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks import forms, gate
from handlers.fixing import Fixing
from handlers.fresh_views import show_anew
from handlers.payloads import Click
from handlers.reviewing import ReviewList

Payload = dict[str, Any]
Shown = Mapping[str, Any]
Build = Callable[[Shown, Click], Awaitable[View]]
_BENEATH = "beneath"


class Lists:
    """Knows how each list is shown again, by the callback of its form."""

    def __init__(self, *, review: ReviewList, fixing: Fixing) -> None:
        self._review = review
        self._fixing = fixing
        self._builds: dict[str, Build] = {forms.REVIEW_FORM: self._review_list, gate.FIX_LIST: self._fix_list}

    def know(self, callback: str, build: Build) -> None:
        """Learn of another list: `build` makes it from what its form kept."""
        self._builds[callback] = build

    async def lay_over(self, form: View, body: Payload, client: AsyncWebClient) -> None:
        """Show a form: over the one in which somebody clicked, else by itself."""
        trigger, view = Click.from_body(body).trigger, body.get("view")
        if not view or view.get("type") != "modal":
            await client.views_open(trigger_id=trigger, view=form)
            return
        if view["callback_id"] in self._builds:
            beneath = {"callback_id": view["callback_id"], "private_metadata": view["private_metadata"]}
            form.private_metadata = json.dumps({**json.loads(form.private_metadata or "{}"), _BENEATH: beneath})
        await client.views_push(trigger_id=trigger, view=form)

    async def show_again(self, view: Shown | None, body: Payload, client: AsyncWebClient) -> None:
        """Bring the list up to date in which somebody clicked, or over which their form lay."""
        if not view or view.get("type") != "modal":
            return
        is_list = view["callback_id"] in self._builds
        beneath = view if is_list else json.loads(view["private_metadata"] or "{}").get(_BENEATH)
        if beneath is None:
            return
        build = self._builds[beneath["callback_id"]]

        async def as_it_stands() -> View:
            return await build(beneath, Click.from_body(body))

        if view["id"] == view["root_view_id"]:
            await show_anew(view, await as_it_stands(), client, again=as_it_stands)
        else:  # of the list beneath a form no hash is known; it is built from the state of this moment
            await client.views_update(view_id=view["root_view_id"], view=await as_it_stands())

    @asynccontextmanager
    async def kept_true(self, body: Payload, client: AsyncWebClient) -> AsyncIterator[None]:
        """Bring the list up to date in which somebody clicked, whatever comes of it: who was too late sees that."""
        try:
            yield
        finally:
            await self.show_again(body.get("view"), body, client)

    async def _review_list(self, shown: Shown, _click: Click) -> View:
        return await self._review.form(forms.review_of(shown))

    async def _fix_list(self, shown: Shown, click: Click) -> View:
        place = gate.place_in(shown)
        return await self._fixing.fix_list(*(place or (0, 0)), click)
