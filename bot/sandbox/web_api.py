"""The Web API of the stand-in workspace, answered and refused as Slack does."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.sandbox.methods import METHODS
from bot.sandbox.modals import Modals
from bot.sandbox.records import Refusal
from bot.sandbox.response_urls import Echo
from bot.sandbox.shared_files import SCOPE, is_in_reach
from bot.sandbox.web_access import Access, Answer
from bot.sandbox.web_chat import Chat
from bot.sandbox.web_conversations import Conversations
from bot.sandbox.web_files import Files
from bot.sandbox.web_groups import Groups
from bot.sandbox.web_people import People
from bot.sandbox.web_views import Views
from bot.sandbox.workspace import Workspace


class WebApi:
    """Answers the calls of the one app that the manifest describes."""

    def __init__(
        self,
        workspace: Workspace,
        modals: Modals,
        manifest: Mapping[str, Any],
        *,
        clock: Callable[[], datetime],
        echo: Echo,
        url: Callable[[], str],
    ) -> None:
        self._workspace = workspace
        self.scopes = frozenset(manifest["oauth_config"]["scopes"]["bot"])
        home = manifest.get("features", {}).get("app_home", {})
        self._access = access = Access(workspace, self.scopes)
        talks = bool(home.get("messages_tab_enabled", True))
        self._people = People(workspace, access, clock=clock, echo=echo, url=url)
        self._files = Files(workspace, access, echo=echo, url=url)
        self._methods: Mapping[str, Callable[[Mapping[str, Any]], Answer]] = {
            **self._people.methods(),
            **self._files.methods(),
            **Chat(workspace, access, clock=clock, echo=echo, url=url, takes_direct_messages=talks).methods(),
            **Groups(workspace).methods(),
            **Conversations(workspace, access, echo).methods(),
            **Views(modals, access, has_home=bool(home.get("home_tab_enabled"))).methods(),
        }

    def call(self, method: str, args: Mapping[str, Any]) -> Answer:
        """Answer a call whose token was checked.

        Raises:
            Refusal: as Slack would refuse it.
        """
        if method not in self._methods:
            raise Refusal("unknown_method", {"req_method": method})
        METHODS[method].check(args, self.scopes)
        return {"ok": True, **self._methods[method](args)}

    def loses(self, scope: str) -> None:
        """The app is installed anew without a scope."""
        self.scopes = self._access.scopes = self.scopes - {scope}

    def file(self, file_id: str) -> tuple[str, bytes] | None:
        """The kind and the bytes of a file; None where the app has no scope for it, or is not where it was shared."""
        found = self._workspace.files.get(file_id)
        if found is None or SCOPE not in self.scopes or not is_in_reach(self._workspace, file_id):
            return None
        return str(found["mimetype"]), found["content"]

    def take_ticket(self, ticket: str) -> bool:
        return self._people.take_ticket(ticket)

    def store_upload(self, file_id: str, content: bytes) -> bool:
        return self._files.store(file_id, content)
