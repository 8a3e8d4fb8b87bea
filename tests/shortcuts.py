"""How stories use the shortcuts: from the menu of a message, and from anywhere."""

from bot.sandbox.member import Member
from tests.newsroom import Newsroom

ADD_TO_ISSUE = "Add to issue"
LINKS = "Links, one a line"
"""The field for links in the form of both."""


async def adds(newsroom: Newsroom, member: Member, ts: str, channel: str = "#vric") -> None:
    """Add the links of a message from its menu."""
    await member.uses_message_shortcut(channel, ts, ADD_TO_ISSUE)
    await newsroom.settles()


async def opens_form(newsroom: Newsroom, member: Member) -> None:
    """Ask for the form in which links are typed."""
    await member.uses_shortcut("Add a link")
    await newsroom.settles()
