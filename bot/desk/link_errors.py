"""Facts that stop whoever types links that cannot be read."""

from collections.abc import Mapping

from bot.desk.errors import DeskError


class LinkRefusedError(DeskError):
    """What was given is no link that can be read; `reason` names why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class LinksRefusedError(DeskError):
    """Of several links some cannot be read: the reason for each of these, by what was typed."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__(f"{len(reasons)} links")
        self.reasons = reasons
