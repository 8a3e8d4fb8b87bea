"""What a person of the workspace does: talk, click, choose, type a command, fill in a form."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox import events, forms
from bot.sandbox.delivery import Delivery
from bot.sandbox.forms import NotThereError
from bot.sandbox.person import REFUSED
from bot.sandbox.records import Message, Refusal
from bot.sandbox.submission import answered
from bot.sandbox.talking import Talking
from bot.sandbox.transport import Kind


class Member(Talking):
    """Each act is delivered to the app, and ends when the app has answered."""

    async def clicks(
        self, channel: str, ts: str, label: str | None = None, *, action_id: str | None = None, nth: int = 0
    ) -> Delivery:
        """Press a button of a message by its label or action_id; `nth` where several fit."""
        message = self._message(channel, ts)
        return await self.acts_on_message(message, forms.press(_shown(message), label, action_id, nth))

    async def selects(
        self, channel: str, ts: str, option: str, *, action_id: str | None = None, nth: int = 0
    ) -> Delivery:
        """Choose an option of a select or overflow in a message by its label."""
        message = self._message(channel, ts)
        return await self.acts_on_message(message, forms.choose(_shown(message), option, action_id, nth))

    async def clicks_in_modal(
        self, label: str | None = None, *, action_id: str | None = None, nth: int = 0
    ) -> Delivery:
        view = self._open_modal()
        return await self.acts_on_view(view, forms.press(view, label, action_id, nth))

    async def selects_in_modal(self, option: str, *, action_id: str | None = None, nth: int = 0) -> Delivery:
        view = self._open_modal()
        return await self.acts_on_view(view, forms.choose(view, option, action_id, nth))

    async def clicks_in_home(self, label: str | None = None, *, action_id: str | None = None, nth: int = 0) -> Delivery:
        view = self._open_home()
        return await self.acts_on_view(view, forms.press(view, label, action_id, nth))

    async def selects_in_home(self, option: str, *, action_id: str | None = None, nth: int = 0) -> Delivery:
        view = self._open_home()
        return await self.acts_on_view(view, forms.choose(view, option, action_id, nth))

    async def commands(self, channel: str, text: str) -> Delivery:
        """Type a slash command in a channel; what the app answers at once is shown to this person alone."""
        place = self._place(channel)
        name = text.partition(" ")[0]
        if name not in self._stand_in.commands:
            raise NotThereError(f"{name} is not a command of the app.")
        response_url = self._stand_in.new_response_url(self.user.id, place.id, None)
        trigger = self._modals.new_trigger(self.user.id)
        body = events.command(self._workspace, self.user, place, text, response_url=response_url, trigger_id=trigger)
        delivery = await self._deliver(Kind.COMMAND, body)
        if delivery.is_accepted and delivery.answer:
            answer = delivery.answer if isinstance(delivery.answer, Mapping) else {"text": delivery.answer}
            self._stand_in.answers_in_place(self.user.id, place.id, answer)
        return delivery

    async def uses_shortcut(self, name: str) -> Delivery:
        """Choose a global shortcut of the app by its name."""
        body = self._interaction("shortcut", **self._shortcut(name, "global"))
        return await self._deliver(Kind.INTERACTION, body)

    async def uses_message_shortcut(self, channel: str, ts: str, name: str) -> Delivery:
        """Choose a shortcut of the app from the menu of a message; messages that only one person sees have none."""
        message = self._message(channel, ts)
        if message.seen_by is not None:
            raise NotThereError("A message that only you see has no shortcuts.")
        place = self._workspace.channels[message.channel]
        body = self._interaction(
            "message_action",
            **self._shortcut(name, "message"),
            channel={"id": place.id, "name": place.shown_name},
            message=message.as_slack(),
            message_ts=message.ts,
            response_url=self._stand_in.new_response_url(self.user.id, place.id, message.ts),
        )
        return await self._deliver(Kind.INTERACTION, body)

    async def opens_home(self) -> None:
        """Look at the app's home."""
        place, ts = self._workspace.conversation_with(self.user.id), self._workspace.next_ts()
        self._stand_in.emit("app_home_opened", events.home_opened(self.user, place, ts, self.home))
        await self._stand_in.settled()

    async def submits(self, written: Mapping[str, forms.Written] | None = None) -> dict[str, str]:
        """Fill in the form in front by its labels and send it; returns what was refused, by block."""
        view = self._open_modal()
        return await self.submits_state(view, forms.filled(view, written or {}, self._id_of))

    async def submits_state(self, view: Mapping[str, Any], state: Mapping[str, Any]) -> dict[str, str]:
        """Send a form with the values of its inputs by block and action.

        What Slack finds missing is said without asking the app; an app that does not answer is said under no block.
        """
        refused = forms.unfilled(view, state)
        if refused:
            return refused
        body = self._interaction("view_submission", view={**view, "state": {"values": dict(state)}}, response_urls=[])
        delivery = await self._deliver(Kind.INTERACTION, body)
        if not delivery.is_accepted:
            return {"": self.notices[-1]}
        try:
            return answered(self._modals, self.user.id, view, delivery.answer)
        except Refusal as refusal:
            self._workspace.notice(self.user.id, f"{REFUSED} ({refusal.code})")
            return {"": self.notices[-1]}

    async def closes(self, *, all_of_them: bool = False) -> None:
        """Close the form in front without sending it; the app hears of it where it asked to."""
        view = self._open_modal()
        cleared = all_of_them or bool(view.get("clear_on_close"))
        closed = list(self._modals.stack(self.user.id)) if cleared else [view]
        for each in closed:
            self._modals.close(self.user.id, each["id"])
        for each in reversed(closed):
            if each.get("notify_on_close"):
                await self._deliver(Kind.INTERACTION, self._interaction("view_closed", view=each, is_cleared=cleared))

    async def acts_on_message(self, message: Message, action: Mapping[str, Any]) -> Delivery:
        """Deliver an action in a message, as `forms` finds it."""
        place = self._workspace.channels[message.channel]
        if message.seen_by not in (None, self.user.id):
            raise NotThereError("Only somebody else sees this message.")
        state = forms.with_action(forms.initial_state(_shown(message)), action)
        body = self._interaction(
            "block_actions",
            **events.place_of_click(message, place),
            state={"values": state},
            response_url=self._stand_in.new_response_url(self.user.id, place.id, message.ts),
            actions=[{**action, "action_ts": self._workspace.next_ts()}],
        )
        return await self._deliver(Kind.INTERACTION, body)

    async def acts_on_view(
        self, view: Mapping[str, Any], action: Mapping[str, Any], state: Mapping[str, Any] | None = None
    ) -> Delivery:
        """Deliver an action in a form or home, with what stands in its fields at that moment."""
        values = forms.with_action({**forms.initial_state(view), **(state or {})}, action)
        body = self._interaction(
            "block_actions",
            container={"type": "view", "view_id": view["id"]},
            view={**view, "state": {"values": values}},
            actions=[{**action, "action_ts": self._workspace.next_ts()}],
        )
        return await self._deliver(Kind.INTERACTION, body)

    def _interaction(self, kind: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        trigger = {} if kind == "view_closed" else {"trigger_id": self._modals.new_trigger(self.user.id)}
        return events.interaction(self._workspace, self.user, kind, **trigger, **more)

    def _shortcut(self, name: str, kind: str) -> dict[str, str]:
        for shortcut in self._stand_in.shortcuts:
            if shortcut["name"] == name and shortcut["type"] == kind:
                return {"callback_id": shortcut["callback_id"], "action_ts": self._workspace.next_ts()}
        raise NotThereError(f"The app has no shortcut {name!r}.")


def _shown(message: Message) -> Mapping[str, Any]:
    return {"blocks": message.blocks}
