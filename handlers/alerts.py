"""What was given up is said in a channel of whoever runs the bot."""

from datetime import datetime

from bot.ports import Queue, Show, ShowingKind, UnitOfWork


class Alerts:
    """One message a day for each reason: what is given up later for the same one changes its count."""

    def __init__(self, channel: str | None) -> None:
        self._channel = channel

    async def parked(self, work: UnitOfWork, queue: Queue, workspace: str, reason: str, at: datetime) -> None:
        """Ask for the alert in the transaction that gave something up; nothing where no channel is named.

        `reason` is a code of Slack's or the name of an exception, never what a payload held.
        """
        if self._channel is None:
            return
        key = f"alert:{queue.value}:{reason}:{at.date().isoformat()}"
        about = {"queue": queue.value, "reason": reason}
        await work.outbox.show(Show(key, ShowingKind.ALERT, workspace, self._channel, subject=about), at=at)
