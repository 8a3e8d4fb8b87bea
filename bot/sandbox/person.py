"""Somebody of the workspace: what they see, and where they may act."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.sandbox.delivery import Delivery
from bot.sandbox.forms import NotThereError
from bot.sandbox.records import Channel, Message, Refusal, User
from bot.sandbox.transport import Kind, Request

if TYPE_CHECKING:
    from bot.sandbox.stand_in import StandIn

TOO_LONG = "The app took too long to answer (operation_timeout). Try again."
REFUSED = "The app could not take this (dispatch_failed). Try again."
DIRECT = "@vric"
"""The place of a person's direct conversation with the app, wherever a channel is asked for."""


class Person:
    """Reads as this person reads; what they do is in the classes that build on this one."""

    def __init__(self, stand_in: "StandIn", user: User) -> None:
        self._stand_in = stand_in
        self._workspace = stand_in.workspace
        self._modals = stand_in.modals
        self.user = user

    @property
    def modal(self) -> dict[str, Any] | None:
        """The form in front of this person."""
        return self._modals.top(self.user.id)

    @property
    def home(self) -> dict[str, Any] | None:
        return self._modals.home(self.user.id)

    @property
    def notices(self) -> list[str]:
        """What Slack itself told this person, such as that the app took too long."""
        return [each["text"] for each in self._workspace.notices if each["user"] == self.user.id]

    def whispers(self, channel: str) -> list[Message]:
        """What only this person sees in a channel."""
        return [message for message in self._workspace.log[self._place(channel).id] if message.seen_by == self.user.id]

    def told(self, text: str) -> bool:
        """Whether this person alone was told something, anywhere."""
        direct = self._workspace.conversation_with(self.user.id).id
        return any(
            text in message.words
            for channel, messages in self._workspace.log.items()
            for message in messages
            if message.seen_by == self.user.id or (channel == direct and message.bot_id)
        )

    def direct(self) -> list[Message]:
        """The direct conversation with the app."""
        return list(self._workspace.log[self._workspace.conversation_with(self.user.id).id])

    def _place(self, channel: str) -> Channel:
        """A channel by `#name` or id that this person is in."""
        if channel == DIRECT:
            return self._workspace.conversation_with(self.user.id)
        place = self._workspace.channel(channel)
        if self.user.id not in place.members:
            raise NotThereError(f"{self.user.real_name} is not in {channel}.")
        return place

    def _message(self, channel: str, ts: str) -> Message:
        return self._workspace.message(self._place(channel).id, ts)

    def _id_of(self, name: str) -> str:
        """The id of somebody by name, or of a channel by `#name`."""
        try:
            return self._workspace.channel(name).id if name.startswith("#") else self._workspace.user(name).id
        except (KeyError, Refusal) as error:
            raise NotThereError(f"There is no {name}.") from error

    def _open_modal(self) -> dict[str, Any]:
        if self.modal is None:
            raise NotThereError(f"{self.user.real_name} has no form open.")
        return self.modal

    def _open_home(self) -> dict[str, Any]:
        if self.home is None:
            raise NotThereError(f"{self.user.real_name} has no home yet.")
        return self.home

    async def _deliver(self, kind: Kind, body: Mapping[str, Any]) -> Delivery:
        """Deliver and wait; what the app did not take in time, Slack tells this person."""
        delivery = await self._stand_in.delivers(Request(kind, body))
        if not delivery.is_accepted:
            self._workspace.notice(self.user.id, REFUSED if delivery.status else TOO_LONG)
        return delivery
