"""Files that people share: what a message says of one, and its bytes for whoever may have them."""

import mimetypes
import secrets
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from bot.sandbox.records import TEAM
from bot.sandbox.workspace import Workspace

SCOPE = "files:read"


def shared_file(workspace: Workspace, user: str, name: str, content: bytes, *, url: str) -> Mapping[str, Any]:
    """Keep a file that somebody shares; gives what its message says of it."""
    file_id = f"F{secrets.token_hex(5).upper()}"
    place = f"{url}/files-pri/{TEAM}-{file_id}"
    suffix = PurePath(name).suffix.removeprefix(".").lower()
    found = {
        "id": file_id,
        "name": name,
        "title": name,
        "mimetype": {"md": "text/markdown"}.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream",
        "filetype": {"md": "markdown", "txt": "text"}.get(suffix, suffix),
        "user": user,
        "user_team": TEAM,
        "mode": "hosted",
        "editable": False,
        "is_external": False,
        "file_access": "visible",
        "size": len(content),
        "url_private": f"{place}/{quote(name)}",
        "url_private_download": f"{place}/download/{quote(name)}",
    }
    workspace.files[file_id] = {**found, "content": content}
    return found


def is_in_reach(workspace: Workspace, file_id: str) -> bool:
    """Whether the app is where a file was shared."""
    return any(
        file["id"] == file_id and workspace.bot.id in workspace.channels[channel].members
        for channel, messages in workspace.log.items()
        for message in messages
        for file in message.files
    )
