"""Who the app is, who the people are, and how they react."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.sandbox import events
from bot.sandbox.records import TEAM, Message, Refusal
from bot.sandbox.response_urls import Echo
from bot.sandbox.web_access import Access, Answer, page_of
from bot.sandbox.workspace import Workspace


class People:
    def __init__(
        self,
        workspace: Workspace,
        access: Access,
        *,
        clock: Callable[[], datetime],
        echo: Echo,
        url: Callable[[], str],
    ) -> None:
        self._workspace = workspace
        self._access = access
        self._clock = clock
        self._echo = echo
        self._url = url
        self._tickets: set[str] = set()

    def methods(self) -> Mapping[str, Callable[[Mapping[str, Any]], Answer]]:
        return {
            "auth.test": self.auth_test,
            "apps.connections.open": self.connections_open,
            "bots.info": self.bot_info,
            "users.info": self.user_info,
            "users.list": self.all,
            "team.info": self.team_info,
            "reactions.add": self.react,
            "reactions.remove": self.take_back,
            "reactions.get": self.reactions,
        }

    def take_ticket(self, ticket: str) -> bool:
        """Whether a socket may be opened with this ticket; each is good once."""
        known = ticket in self._tickets
        self._tickets.discard(ticket)
        return known

    def auth_test(self, _: Mapping[str, Any]) -> Answer:
        bot = self._workspace.bot
        return {
            "url": f"{self._url()}/",
            "team": self._workspace.name,
            "user": bot.name,
            "team_id": TEAM,
            "user_id": bot.id,
            "bot_id": self._workspace.bot_id,
            "is_enterprise_install": False,
        }

    def connections_open(self, _: Mapping[str, Any]) -> Answer:
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return {"url": f"{self._url().replace('http', 'ws', 1)}/link/?ticket={ticket}"}

    def bot_info(self, args: Mapping[str, Any]) -> Answer:
        workspace = self._workspace
        if args.get("bot") not in (None, workspace.bot_id):
            raise Refusal("bot_not_found")
        bot = {"id": workspace.bot_id, "app_id": workspace.app_id, "user_id": workspace.bot.id, "name": "vric"}
        return {"bot": bot | {"deleted": False, "updated": 0, "icons": {}}}

    def user_info(self, args: Mapping[str, Any]) -> Answer:
        user, with_locale = self._access.user(str(args["user"])), bool(args.get("include_locale"))
        return {"user": user.as_slack(self._clock(), with_locale=with_locale)}

    def all(self, args: Mapping[str, Any]) -> Answer:
        chosen, cursor = page_of(list(self._workspace.users.values()), args)
        now, with_locale = self._clock(), bool(args.get("include_locale"))
        members = [user.as_slack(now, with_locale=with_locale) for user in chosen]
        return {"members": members, "response_metadata": {"next_cursor": cursor}}

    def team_info(self, _: Mapping[str, Any]) -> Answer:
        return {"team": {"id": TEAM, "name": self._workspace.name, "domain": events.DOMAIN}}

    def react(self, args: Mapping[str, Any]) -> Answer:
        name, message, bot = str(args["name"]), self._pointed_at(args), self._workspace.bot.id
        if bot in message.reactions.get(name, ()):
            raise Refusal("already_reacted")
        message.reactions.setdefault(name, []).append(bot)
        self._reacted(name, message, added=True)
        return {}

    def take_back(self, args: Mapping[str, Any]) -> Answer:
        name, message, bot = str(args["name"]), self._pointed_at(args), self._workspace.bot.id
        if bot not in message.reactions.get(name, ()):
            raise Refusal("no_reaction")
        message.reactions[name].remove(bot)
        if not message.reactions[name]:
            del message.reactions[name]
        self._reacted(name, message, added=False)
        return {}

    def reactions(self, args: Mapping[str, Any]) -> Answer:
        message = self._pointed_at(args)
        return {"type": "message", "channel": message.channel, "message": message.as_slack()}

    def _pointed_at(self, args: Mapping[str, Any]) -> Message:
        if not args.get("channel") or not args.get("timestamp"):
            raise Refusal("no_item_specified")
        return self._workspace.message(self._access.joined(str(args["channel"])).id, str(args["timestamp"]))

    def _reacted(self, name: str, message: Message, *, added: bool) -> None:
        self._workspace.changed(message)
        event = events.reaction(self._workspace.bot.id, name, message, self._workspace.next_ts(), added=added)
        self._echo(str(event["type"]), event)
