"""The three steps of an upload: a URL, the bytes, and where the file is shown."""

import mimetypes
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from bot.sandbox import events
from bot.sandbox.records import Channel, Refusal
from bot.sandbox.response_urls import Echo
from bot.sandbox.web_access import Access, Answer
from bot.sandbox.workspace import Workspace


@dataclass(slots=True)
class _Upload:
    name: str
    length: int
    content: bytes | None = None


class Files:
    def __init__(self, workspace: Workspace, access: Access, *, echo: Echo, url: Callable[[], str]) -> None:
        self._workspace = workspace
        self._access = access
        self._echo = echo
        self._url = url
        self._uploads: dict[str, _Upload] = {}

    def methods(self) -> Mapping[str, Callable[[Mapping[str, Any]], Answer]]:
        return {
            "files.getUploadURLExternal": self.upload_url,
            "files.completeUploadExternal": self.complete,
        }

    def upload_url(self, args: Mapping[str, Any]) -> Answer:
        length = args["length"]
        if not isinstance(length, int) or length < 1:
            raise Refusal(
                "invalid_arguments", {"response_metadata": {"messages": ["[ERROR] must be positive: length"]}}
            )
        file_id = f"F{secrets.token_hex(5).upper()}"
        self._uploads[file_id] = _Upload(str(args["filename"]), length)
        return {"upload_url": f"{self._url()}/upload/{file_id}", "file_id": file_id}

    def store(self, file_id: str, content: bytes) -> bool:
        """Keep the bytes of an upload; false where nobody announced it, or not at this length."""
        upload = self._uploads.get(file_id)
        if upload is None or upload.length != len(content):
            return False
        upload.content = content
        return True

    def complete(self, args: Mapping[str, Any]) -> Answer:
        channel = self._access.writable(str(args["channel_id"])) if args.get("channel_id") else None
        ids = [str(each["id"]) for each in args["files"]]
        if any(each not in self._uploads or self._uploads[each].content is None for each in ids):
            raise Refusal("file_not_found")
        files = [self._file(str(each["id"]), each.get("title")) for each in args["files"]]
        if channel is not None:
            self._share(channel, files, args)
        return {"files": files}

    def _file(self, file_id: str, title: str | None) -> dict[str, Any]:
        upload = self._uploads.pop(file_id)
        found = {
            "id": file_id,
            "name": upload.name,
            "title": title or upload.name,
            "mimetype": mimetypes.guess_type(upload.name)[0] or "text/plain",
            "filetype": PurePath(upload.name).suffix.removeprefix("."),
            "size": upload.length,
            "user": self._workspace.bot.id,
            "mode": "hosted",
            "url_private": f"{self._url()}/files/{file_id}",
        }
        self._workspace.files[file_id] = {**found, "content": upload.content}
        return found

    def _share(self, channel: Channel, files: list[dict[str, Any]], args: Mapping[str, Any]) -> None:
        comment = str(args.get("initial_comment") or "")
        thread = args.get("thread_ts") or None
        message = self._workspace.app_says(channel, comment, thread_ts=thread, files=files, subtype="file_share")
        self._echo("message", events.said(message, channel))
