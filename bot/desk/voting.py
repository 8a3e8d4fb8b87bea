"""Members vote with stars for what readers must read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk.base import DeskBase, card_of
from bot.desk.views import Starred
from bot.editorial.issue import Issue
from bot.editorial.item import Item, ItemState
from bot.editorial.link import NotALink, read_link
from bot.ports import Change, DeskRecord, Receipt, UnitOfWork

_LISTED = 10


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji that somebody gave a message, or took back; of two that tell of it the greater `order` is newer."""

    workspace: str
    channel: str
    message: str
    member: str
    given: bool
    order: str


class Voting(DeskBase):
    async def star(self, reaction: Reaction, *, now: datetime, receipt: Receipt) -> None:
        """Keep a member's vote for what a message brought, or take it back; those of guests and bots do not count.

        A vote is kept for its message: it counts for the items of that message whenever they come, and so does one
        for their card. The events of a vote may come in any order.

        Raises:
            PersonUnknownError: it cannot be said yet whether the vote counts.
        """
        counts = not reaction.given or await self._may_vote(reaction, now)
        async with self._unit_of_work() as work:
            desk = await work.desks.find(reaction.workspace, reaction.channel)
            if desk is not None and counts and await self._keep(work, reaction):
                verb = "starred" if reaction.given else "star taken back"
                await work.changes.add(Change(verb, reaction.member, now, desk, after={"message": reaction.message}))
            await work.inbox.finish(receipt)

    async def _may_vote(self, reaction: Reaction, now: datetime) -> bool:
        return (await self.person(reaction.workspace, reaction.member, now)).standing.is_of_desk

    async def _keep(self, work: UnitOfWork, reaction: Reaction) -> bool:
        return await work.votes.keep(
            reaction.workspace,
            reaction.channel,
            reaction.message,
            reaction.member,
            given=reaction.given,
            order=reaction.order,
        )

    async def _votes(
        self, work: UnitOfWork, desk: DeskRecord, issue: Issue, urls: Sequence[str]
    ) -> tuple[tuple[int, ...], tuple[Starred, ...]]:
        """How many voted for each of these pages, and the items that most others were voted for."""
        items = await work.items.of_issue(issue.id, ItemState.PENDING, ItemState.FILED)
        voters = await self._voters(work, desk, items)
        by_page = defaultdict[str, set[str]](set)
        for item in items:
            by_page[item.key] |= voters.get(item.id, frozenset())
        pages = [_page(url) for url in urls]
        others = [
            Starred(item.id, item.title or item.url, len(voters[item.id]))
            for item in items
            if item.id in voters and item.key not in pages
        ]
        others.sort(key=lambda each: (-each.votes, each.item))
        return tuple(len(by_page.get(page, ())) for page in pages), tuple(others[:_LISTED])

    async def _voters(self, work: UnitOfWork, desk: DeskRecord, items: Sequence[Item]) -> Mapping[int, frozenset[str]]:
        """Who voted for each item, by its message or its card; items that nobody voted for are left out."""
        cards = {item.id: card_of(item, desk).key for item in items if item.shown_in is None}
        posted = await work.outbox.messages_of(desk.workspace, cards.values())
        places = {item.id: [item.message, *posted.get(cards.get(item.id, ""), ())] for item in items}
        asked = [place for several in places.values() for place in several]
        stars = await work.votes.given(desk.workspace, desk.channel, asked)
        voters = {item: frozenset[str]().union(*(stars.get(place, ()) for place in at)) for item, at in places.items()}
        return {item: people for item, people in voters.items() if people}


def _page(url: str) -> str:
    try:
        return read_link(url).key if url else ""
    except NotALink:
        return ""
