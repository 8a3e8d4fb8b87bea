"""What a person of the workspace does: post, edit, click, choose, type a command, fill in a form."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bot.sandbox.delivery import Delivery
from bot.sandbox.events import interaction, message_action
from bot.sandbox.text import elements_of, options_of, typed
from bot.sandbox.workspace import TEAM, Message, User

if TYPE_CHECKING:
    from bot.sandbox.stand_in import StandIn

_TOO_LONG = "The app took too long to answer."


class NotThereError(LookupError):
    """There is no such button, option or field to use."""


class Member:
    """Each act is delivered to the app, and ends when the app has answered."""

    def __init__(self, stand_in: "StandIn", user: User) -> None:
        self._stand_in = stand_in
        self._workspace = stand_in.workspace
        self.user = user

    @property
    def modal(self) -> dict[str, Any] | None:
        """The form in front of this person."""
        stack = self._workspace.modals.get(self.user.id)
        return stack[-1] if stack else None

    @property
    def home(self) -> dict[str, Any] | None:
        return self._workspace.homes.get(self.user.id)

    def whispers(self, channel: str) -> list[Message]:
        """What only this person sees in a channel."""
        found = self._workspace.log[self._workspace.channel(channel).id]
        return [message for message in found if message.seen_by == self.user.id]

    def direct(self) -> list[Message]:
        """The direct conversation with the app."""
        return list(self._workspace.log[self._workspace.conversation_with(self.user.id).id])

    async def posts(self, channel: str, text: str, *, thread_ts: str | None = None) -> str:
        """Post what a person types; returns the message's ts."""
        place = self._workspace.channel(channel)
        words, blocks = typed(text, self._workspace.user_id)
        message = self._workspace.put(place, self.user.id, words, blocks=blocks, thread_ts=thread_ts)
        event = message.as_slack() | {"channel": place.id, "channel_type": place.kind, "event_ts": message.ts}
        self._stand_in.emit("message", event)
        bot = self._workspace.bot.id
        if f"<@{bot}>" in words and bot in place.members:
            mention = {name: value for name, value in event.items() if name != "channel_type"}
            self._stand_in.emit("app_mention", mention | {"type": "app_mention"})
        await self._stand_in.settled()
        return message.ts

    async def edits(self, channel: str, ts: str, text: str) -> None:
        message = self._workspace.message(self._workspace.channel(channel).id, ts)
        before = message.as_slack()
        message.text, message.blocks = typed(text, self._workspace.user_id)
        message.edited = {"user": self.user.id, "ts": self._workspace.next_ts()}
        self._workspace.changed(message)
        self._stand_in.emit_change(message, before)
        await self._stand_in.settled()

    async def deletes(self, channel: str, ts: str) -> None:
        place = self._workspace.channel(channel)
        message = self._workspace.message(place.id, ts)
        self._workspace.remove(message)
        event = {
            "subtype": "message_deleted",
            "hidden": True,
            "channel": place.id,
            "channel_type": place.kind,
            "ts": self._workspace.next_ts(),
            "event_ts": self._workspace.next_ts(),
            "deleted_ts": ts,
            "previous_message": message.as_slack(),
        }
        self._stand_in.emit("message", event)
        await self._stand_in.settled()

    async def clicks(self, channel: str, ts: str, label: str, *, nth: int = 0) -> Delivery:
        """Press the button of a message with this label; `nth` where several have it."""
        message = self._workspace.message(self._workspace.channel(channel).id, ts)
        return await self.acts_on_message(message, _button({"blocks": message.blocks}, label, nth))

    async def selects(self, channel: str, ts: str, option: str, *, nth: int = 0) -> Delivery:
        """Choose an option of a select or overflow in a message by its label."""
        message = self._workspace.message(self._workspace.channel(channel).id, ts)
        return await self.acts_on_message(message, _option({"blocks": message.blocks}, option, nth))

    async def clicks_in_modal(self, label: str, *, nth: int = 0) -> Delivery:
        view = self._open_modal()
        return await self.acts_on_view(view, _button(view, label, nth))

    async def selects_in_modal(self, option: str, *, nth: int = 0) -> Delivery:
        view = self._open_modal()
        return await self.acts_on_view(view, _option(view, option, nth))

    async def commands(self, channel: str, text: str) -> Delivery:
        """Type a slash command in a channel."""
        place = self._workspace.channel(channel)
        command, _, rest = text.partition(" ")
        body = {
            "token": "sandbox",
            "team_id": TEAM,
            "team_domain": "sandbox",
            "channel_id": place.id,
            "channel_name": place.name,
            "user_id": self.user.id,
            "user_name": self.user.name,
            "command": command,
            "text": rest,
            "api_app_id": self._workspace.app_id,
            "is_enterprise_install": "false",
            "response_url": self._stand_in.new_response_url(self.user.id, place.id, None),
            "trigger_id": self._stand_in.api.new_trigger(self.user.id),
        }
        delivery = await self._deliver("slash_commands", body)
        if delivery.is_accepted and delivery.answer:
            answer = delivery.answer if isinstance(delivery.answer, Mapping) else {"text": delivery.answer}
            self._stand_in.answer_in_place(self.user.id, place.id, None, answer)
        return delivery

    async def opens_home(self) -> None:
        """Look at the app's home."""
        event = {
            "user": self.user.id,
            "channel": self._workspace.conversation_with(self.user.id).id,
            "tab": "home",
            "event_ts": self._workspace.next_ts(),
        }
        self._stand_in.emit("app_home_opened", event)
        await self._stand_in.settled()

    async def submits(self, written: Mapping[str, str | None] | None = None) -> dict[str, str]:
        """Fill in the form in front by its labels and send it; returns what the app refused, by block."""
        view = self._open_modal()
        return await self.submits_state(view, _state(view, dict(written or {})))

    async def submits_state(self, view: Mapping[str, Any], state: Mapping[str, Any]) -> dict[str, str]:
        """Send a form with the values of its inputs by block and action."""
        body = self._interaction("view_submission", view={**view, "state": {"values": dict(state)}}, response_urls=[])
        delivery = await self._deliver("interactive", body)
        answer = delivery.answer if isinstance(delivery.answer, Mapping) else {}
        if not delivery.is_accepted:
            return {"": _TOO_LONG}
        if answer.get("response_action") == "errors":
            return dict(answer["errors"])
        stack = self._workspace.modals.get(self.user.id, [])
        match answer.get("response_action"):
            case "clear":
                stack.clear()
            case "update":
                stack[-1] = self._workspace.as_view(answer["view"]) | {"id": view["id"]}
            case _:
                del stack[-1:]
        self._workspace.changed()
        return {}

    def closes(self) -> None:
        """Close the form in front without sending it."""
        del self._workspace.modals.get(self.user.id, [])[-1:]
        self._workspace.changed()

    async def acts_on_message(self, message: Message, action: Mapping[str, Any]) -> Delivery:
        channel = self._workspace.channels[message.channel]
        body = self._interaction(
            "block_actions",
            **message_action(message, channel),
            response_url=self._stand_in.new_response_url(self.user.id, channel.id, message.ts),
            actions=[{"action_ts": self._workspace.next_ts(), **action}],
        )
        return await self._deliver("interactive", body)

    async def acts_on_view(self, view: Mapping[str, Any], action: Mapping[str, Any]) -> Delivery:
        body = self._interaction(
            "block_actions",
            container={"type": "view", "view_id": view["id"]},
            view=dict(view),
            actions=[{"action_ts": self._workspace.next_ts(), **action}],
        )
        return await self._deliver("interactive", body)

    def _open_modal(self) -> dict[str, Any]:
        if self.modal is None:
            raise NotThereError(f"{self.user.real_name} has no form open.")
        return self.modal

    def _interaction(self, kind: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        trigger = self._stand_in.api.new_trigger(self.user.id)
        return interaction(self._workspace, self.user, kind, trigger, **more)

    async def _deliver(self, kind: str, body: Mapping[str, Any]) -> Delivery:
        delivery = await self._stand_in.deliverer.deliver(kind, body)
        if not delivery.is_accepted:
            self._workspace.notice(self.user.id, _TOO_LONG)
        return delivery


def _button(view: Mapping[str, Any], label: str, nth: int) -> dict[str, Any]:
    found = [
        (block, element)
        for block, element in elements_of(view)
        if element["type"] == "button" and element["text"]["text"] == label
    ]
    if nth >= len(found):
        raise NotThereError(f"There is no button {label!r}.")
    block, element = found[nth]
    action = {name: element[name] for name in ("action_id", "type", "text", "value") if name in element}
    return action | {"block_id": block["block_id"]}


def _option(view: Mapping[str, Any], label: str, nth: int) -> dict[str, Any]:
    found = [
        (block, element, option)
        for block, element in elements_of(view)
        for option in options_of(element)
        if option["text"]["text"] == label
    ]
    if nth >= len(found):
        raise NotThereError(f"There is no option {label!r}.")
    block, element, option = found[nth]
    return {
        "action_id": element["action_id"],
        "type": element["type"],
        "block_id": block["block_id"],
        "selected_option": option,
    }


def _state(view: Mapping[str, Any], written: dict[str, str | None]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for block, label, element in _inputs(view):
        value = written.pop(label) if label in written else _initial(element)
        values[block["block_id"]] = {element["action_id"]: {"type": element["type"], **_value(element, value)}}
    if written:
        raise NotThereError(f"The form has no {', '.join(written)}.")
    return values


def _inputs(view: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str, Mapping[str, Any]]]:
    for block in view["blocks"]:
        if block["type"] == "input":
            yield block, block["label"]["text"], block["element"]


def _initial(element: Mapping[str, Any]) -> str | None:
    option = element.get("initial_option")
    return option["text"]["text"] if option else element.get("initial_value") or element.get("initial_date")


def _value(element: Mapping[str, Any], value: str | None) -> dict[str, Any]:
    match element["type"]:
        case "static_select":
            options = [each for each in options_of(element) if each["text"]["text"] == value]
            if value is not None and not options:
                raise NotThereError(f"There is no option {value!r}.")
            return {"selected_option": options[0] if options else None}
        case "datepicker":
            return {"selected_date": value}
        case _:
            return {"value": value}
