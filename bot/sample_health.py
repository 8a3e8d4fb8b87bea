"""Values with which the words about the bot's own health are looked at."""

from dataclasses import replace
from datetime import timedelta

from bot.desk.examining import Health
from bot.ports import Queue, Refused, Unread
from bot.sample_values import AT
from handlers.account import Account, SlackUnavailableError, TokenRefusedError
from handlers.blocks.doctor import Checkup
from handlers.manifest import BOT_SCOPES

_GIVEN_UP = (
    *("is_archived", "not_in_channel", "restricted_action_read_only_channel", "messages_tab_disabled"),
    *("missing_scope", "msg_blocks_too_long", "invalid_blocks", "TimeoutError", "no_text"),
)


def checkups() -> list[Checkup]:
    """A bot that is well, and one for each thing that may be wrong with it."""
    account = Account("vric", "VRIC", frozenset(BOT_SCOPES), AT)
    post = Refused(Queue.OUTBOX, "C0VRIC", "ratelimited", parked=False, count=1, since=AT, due_at=AT)
    event = Refused(Queue.INBOX, "", "KeyError", parked=True, count=1, since=AT, due_at=AT)
    well = Checkup(Health((), Unread(0, None), AT), account, AT)
    waits = [replace(post, channel=place) for place in ("C0VRIC", "U0ANA", "D0ANA")]
    waits += [replace(post, reason=reason, count=2) for reason in ("at rest", "token_revoked", "TimeoutError")]
    given_up = [replace(post, reason=reason, parked=True, count=1 + place) for place, reason in enumerate(_GIVEN_UP)]
    events = [event, replace(event, count=3), replace(event, parked=False)]
    late = AT - timedelta(hours=1)
    return [
        well,
        replace(well, health=Health((*waits, *events), Unread(1, AT), AT)),
        replace(well, health=Health((*given_up, *events), Unread(7, AT), late)),
        replace(well, health=Health((), Unread(0, None), None)),
        replace(well, slack=TokenRefusedError("SLACK_BOT_TOKEN", "token_revoked", "…")),
        replace(well, slack=SlackUnavailableError("…")),
        replace(well, slack=replace(account, scopes=frozenset())),
        *(replace(well, slack=replace(account, said_at=AT + timedelta(minutes=off))) for off in (1, 7, -7)),
    ]
