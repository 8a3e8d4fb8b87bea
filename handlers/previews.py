"""What Slack itself shows of the links of a message: title and source of pages that the bot may not read itself."""

from collections.abc import Mapping
from typing import Any

from bot.editorial.link import readable

_TITLE_LIMIT, _SOURCE_LIMIT = 300, 200


def previews_of(message: Mapping[str, Any]) -> Mapping[str, Mapping[str, str]]:
    """The previews of a message by the key of the page that each is of; a message that is quoted is no preview."""
    found: dict[str, Mapping[str, str]] = {}
    for attachment in message.get("attachments") or ():
        if attachment.get("is_msg_unfurl") or attachment.get("is_share"):
            continue
        said = {
            name: " ".join(text.split())[:limit]
            for name, text, limit in (
                ("title", attachment.get("title"), _TITLE_LIMIT),
                ("source", attachment.get("service_name"), _SOURCE_LIMIT),
            )
            if isinstance(text, str) and text.strip()
        }
        for link in readable(str(attachment.get(each) or "") for each in ("original_url", "from_url")):
            if said:
                found.setdefault(link.key, said)
    return found
