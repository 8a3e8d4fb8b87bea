"""How the bot is, for an editor: what needs somebody and what they can do, and what is in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.desk.examining import Health
from bot.ports import Refused
from bot.render import Renderer, without_emphasis
from handlers.account import Account, SlackUnavailableError, TokenRefusedError
from handlers.blocks.whole_text import whole_text
from handlers.blocks.words import one_message, plain, sections
from handlers.manifest import lacking

TRY_AGAIN = "doctor_try_again"

_LATE_BEAT = timedelta(minutes=5)
_MOST_LISTED = 8
"""Reasons that are listed of a kind: the first say what stops the others."""


@dataclass(frozen=True, slots=True)
class Checkup:
    """What the records and Slack itself say at a moment."""

    health: Health
    slack: Account | TokenRefusedError | SlackUnavailableError
    now: datetime

    @property
    def refusal(self) -> str:
        """Slack's word for a token that it does not take."""
        return self.slack.code if isinstance(self.slack, TokenRefusedError) else ""

    @property
    def is_silent(self) -> bool:
        return isinstance(self.slack, SlackUnavailableError)

    @property
    def lacking(self) -> Sequence[str]:
        """Scopes that were not granted."""
        return lacking(self.slack.scopes) if isinstance(self.slack, Account) else ()

    @property
    def ahead(self) -> int:
        """Minutes that Slack's clock is ahead of the machine's."""
        off = self.slack.ahead(self.now) if isinstance(self.slack, Account) else timedelta(0)
        return round(off.total_seconds() / 60)

    @property
    def posts(self) -> Sequence[Refused]:
        return self.health.posts[:_MOST_LISTED]

    @property
    def events(self) -> Sequence[Refused]:
        return self.health.events[:_MOST_LISTED]

    @property
    def more(self) -> int:
        """Reasons that are not listed."""
        return len(self.health.refused) - len(self.posts) - len(self.events)

    @property
    def gave_up_posts(self) -> bool:
        return any(each.parked for each in self.health.posts)

    @property
    def beats(self) -> bool:
        """Whether the clock beat lately."""
        beat_at = self.health.beat_at
        return beat_at is not None and self.now - beat_at < _LATE_BEAT

    @property
    def is_well(self) -> bool:
        """Whether nothing is to be done by anybody."""
        given_up = any(each.parked for each in self.health.refused)
        return self.beats and isinstance(self.slack, Account) and not (self.lacking or self.ahead or given_up)


def doctor_blocks(checkup: Checkup, desk: int, zone: str, render: Renderer) -> tuple[str, list[Block]]:
    """What was found, and a button for what was given up."""
    words = render.message("doctor", d=checkup, zone=zone)
    blocks: list[Block] = list(sections(words))
    if checkup.gave_up_posts:
        label = plain(render.label("doctor.try_again"))
        blocks.append(ActionsBlock(elements=[ButtonElement(text=label, action_id=TRY_AGAIN, value=str(desk))]))
    return whole_text(without_emphasis(words), blocks, render), one_message(blocks, render)
