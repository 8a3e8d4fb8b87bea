"""The bytes of files that people share: asked of Slack alone, with the bot's token."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

_OK, _TOO_MANY, _FAILED = 200, 429, 500


class FileOutOfReachError(Exception):
    """Slack does not give this file to the bot."""


class FileTooLargeError(Exception):
    """The file is longer than what was asked for."""


class SharedFiles:
    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def read(self, file: Mapping[str, Any], most: int) -> bytes:
        """The bytes of a file, as long as there are not more of them.

        The token goes to Slack's own hosts and nowhere else: a file that is kept elsewhere is not asked for, and
        nobody is followed who sends the bot on, as Slack does with whoever may not have the file.

        Raises:
            FileOutOfReachError: it is kept elsewhere, or Slack does not give it.
            FileTooLargeError: it is longer.
            aiohttp.ClientError: Slack cannot be reached, or fails.
            TimeoutError: Slack takes too long.
        """
        client, url = self._client, str(file.get("url_private_download") or "")
        if not is_of_slack(url, client.base_url):
            raise FileOutOfReachError(urlsplit(url).hostname)
        if int(file.get("size") or 0) > most:
            raise FileTooLargeError(file.get("size"))
        async with (
            aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=client.timeout), trust_env=client.trust_env_in_session
            ) as session,
            session.get(
                url,
                headers={"Authorization": f"Bearer {client.token}"},
                allow_redirects=False,
                proxy=client.proxy,
                ssl=client.ssl or True,
            ) as answer,
        ):
            if answer.status == _TOO_MANY or answer.status >= _FAILED:
                answer.raise_for_status()
            if answer.status != _OK or answer.content_type == "text/html":  # a page that asks to sign in
                raise FileOutOfReachError(answer.status)
            content = b""
            async for chunk in answer.content.iter_chunked(most + 1):
                content += chunk
                if len(content) > most:
                    raise FileTooLargeError(len(content))
        return content


def is_of_slack(url: str, base_url: str) -> bool:
    """Whether an address is of the host of Slack's Web API, or of a part of it as `files.slack.com` is."""
    try:
        asked, slack = urlsplit(url), urlsplit(base_url)
        ports = asked.port, slack.port
    except ValueError:
        return False
    host, own = asked.hostname or "", (slack.hostname or "").removeprefix("www.")
    is_part = "." in own and host.endswith(f".{own}")
    return asked.scheme == slack.scheme and ports[0] == ports[1] and (host == own or is_part)
