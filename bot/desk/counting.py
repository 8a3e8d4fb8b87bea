"""What an issue counts for the promise, from its census."""

from collections.abc import Sequence

from bot.desk.editions import writing_of
from bot.editorial.edition import Writing
from bot.editorial.house import RELEASES, House
from bot.editorial.outlet import verdict
from bot.editorial.quota import Tally
from bot.ports import Census, UnitOfWork


async def tally_in(work: UnitOfWork, house: House, issue_id: int) -> Tally:
    """What counts of an issue as it stands in this transaction."""
    return tally_of(house, await work.items.census(issue_id), await writing_of(work, house, issue_id))


def tally_of(house: House, filed: Sequence[Census], around: Writing) -> Tally:
    """What counts of these filed items with what is written around them, where the releases stand."""
    whole = around.tally((), house.state_media)
    for each in filed:
        if each.section != RELEASES:
            whole = whole.plus(verdict(each.outlet, house.state_media.watched), each.count)
    return whole
