"""Items: stored once, changed by compare-and-swap."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case, func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.editorial.issue import IssueState
from bot.editorial.item import Item, ItemState, Reading
from bot.editorial.kind import Kind
from bot.editorial.outlet import Outlet, Verdict, verdict
from bot.editorial.similar import DAYS_APART, Story
from bot.ports import Carried, Census, DeskRecord, NewItem, PageAlreadyThereError, PrintedItem, Standing
from db.models import ON_THE_LIST, DeskRow, IssueRow, ItemRow, PersonRow
from db.repositories.desks import record_of
from db.repositories.item_values import item_of, ruled, searched
from db.repositories.outlets import OutletRepository
from db.repositories.statements import insert_unless_there

_STORIES = 400
"""Stories that one is compared with: a large issue has fewer of the same days, and a flood of links is none."""


class ItemRepository:
    def __init__(self, session: AsyncSession, outlets: OutletRepository) -> None:
        self._session = session
        self._outlets = outlets

    async def add(self, new: NewItem) -> Item | None:
        """Put a link on record; None where this message or this issue has it already."""
        insert = insert_unless_there(
            self._session,
            ItemRow,
            workspace=new.desk.workspace,
            desk_id=new.desk.id,
            issue_id=new.issue.id,
            channel=new.channel or new.desk.channel,
            message=new.message,
            thread=new.thread,
            shown_in=new.shown_in,
            url=new.url,
            dropped=new.dropped,
            key=new.key,
            host=new.host,
            state=ItemState.PENDING.value,
            reading=Reading.WAITING.value,
            read_attempts=0,
            read_at=new.read_at,
            found_by=new.found_by,
            added_by=new.added_by,
            replies_to=new.replies_to,
            edited={},
            kept_beside={},
            search=searched(new.host),
            other_days=[],
            preview=dict(new.preview),
            created_at=new.at,
            version=1,
        )
        row = await self._session.scalar(insert.returning(ItemRow))
        return await self._item(row) if row is not None else None

    async def add_printed(self, printed: Sequence[PrintedItem]) -> None:
        """Put the items of an issue that was printed elsewhere on record, filed in the order in which they come."""
        self._session.add_all(
            ItemRow(
                workspace=each.desk.workspace,
                desk_id=each.desk.id,
                issue_id=each.issue.id,
                channel=each.desk.channel,
                message=f"printed:{each.issue.number}:{each.place}",
                url=each.url,
                dropped=each.url,
                key=each.key,
                host=each.host,
                state=ItemState.FILED.value,
                reading=Reading.READ.value,
                read_at=each.at,
                source=each.source,
                published_on=each.published_on,
                language=each.language,
                summary=each.summary,
                section=each.section,
                ruling=each.ruling.value,
                rank=each.rank,
                found_by="",
                search=searched(each.summary, each.source, each.host),
                created_at=each.at,
            )
            for each in printed
        )
        await self._session.flush()

    async def freeze(self, items: Collection[int], ruling: Verdict) -> None:
        """Keep what was decided of items, whatever is said of their outlets later; their pages are read no more."""
        unread = ItemRow.reading == Reading.WAITING.value
        values = {
            "ruling": ruling.value,
            "reading": case((unread, Reading.FAILED.value), else_=ItemRow.reading),
            "version": ItemRow.version + 1,
        }
        await self._session.execute(update(ItemRow).where(ItemRow.id.in_(items)).values(values))

    async def get(self, item_id: int) -> Item | None:
        row = await self._session.get(ItemRow, item_id, populate_existing=True)
        return await self._item(row) if row is not None else None

    async def holding(self, issue_id: int, key: str) -> Item | None:
        """The item through which an issue has this page already."""
        query = select(ItemRow).where(ItemRow.issue_id == issue_id, ItemRow.key == key, text(ON_THE_LIST))
        row = await self._session.scalar(query)
        return await self._item(row) if row is not None else None

    async def carried(self, desk_id: int, keys: Collection[str]) -> Mapping[str, Carried]:
        """Where the closed and published issues of a desk carried pages, each in the newest that did."""
        query = (
            select(
                ItemRow.key,
                IssueRow.number,
                ItemRow.section,
                ItemRow.found_by,
                ItemRow.filed_at,
                ItemRow.published_on,
            )
            .join(IssueRow, IssueRow.id == ItemRow.issue_id)
            .where(
                ItemRow.desk_id == desk_id,
                ItemRow.key.in_(keys),
                ItemRow.state == ItemState.FILED.value,
                IssueRow.state.in_([IssueState.CLOSED.value, IssueState.PUBLISHED.value]),
            )
            .order_by(IssueRow.number)
        )
        rows = (await self._session.execute(query)).all()
        return {row.key: Carried(row.number, row.section, row.found_by, row.filed_at, row.published_on) for row in rows}

    async def of_issue(self, issue_id: int, *states: ItemState) -> Sequence[Item]:
        query = select(ItemRow).where(ItemRow.issue_id == issue_id).order_by(ItemRow.id)
        if states:
            query = query.where(ItemRow.state.in_([state.value for state in states]))
        return await self._items((await self._session.scalars(query)).all())

    async def filed_under(self, issue_id: int, section: str) -> Sequence[Item]:
        """What is filed in one place of an issue, in the order in which it came."""
        query = (
            select(ItemRow)
            .where(ItemRow.issue_id == issue_id, ItemRow.state == ItemState.FILED.value, ItemRow.section == section)
            .order_by(ItemRow.id)
        )
        return await self._items((await self._session.scalars(query)).all())

    async def some(self, items: Collection[int]) -> Sequence[Item]:
        """These items, of whatever state."""
        if not items:
            return ()
        query = select(ItemRow).where(ItemRow.id.in_(items)).order_by(ItemRow.id)
        return await self._items((await self._session.scalars(query)).all())

    async def companions(self, items: Collection[int]) -> Sequence[Item]:
        """The items whose cards tell of these."""
        if not items:
            return ()
        firsts = select(ItemRow.second_of).where(ItemRow.id.in_(items)).scalar_subquery()
        tells = ItemRow.similar_to.in_(items) | ItemRow.second_of.in_(items) | ItemRow.id.in_(firsts)
        tells |= ItemRow.replies_to.in_(items)
        query = select(ItemRow).where(tells, ItemRow.id.not_in(items)).order_by(ItemRow.id)
        return await self._items((await self._session.scalars(query)).all())

    async def held_elsewhere(self, desk: DeskRecord, keys: Collection[str]) -> Collection[str]:
        """Which of these pages are on the list of another desk of the workspace."""
        others = select(DeskRow.id).where(DeskRow.workspace == desk.workspace, DeskRow.id != desk.id)
        query = select(ItemRow.key).where(ItemRow.desk_id.in_(others), ItemRow.key.in_(keys), text(ON_THE_LIST))
        return set(await self._session.scalars(query))

    async def second_sources(self, items: Collection[int]) -> Sequence[Item]:
        """The items that are second sources of these."""
        if not items:
            return ()
        second = ItemRow.state == ItemState.SECOND_SOURCE.value
        query = select(ItemRow).where(ItemRow.second_of.in_(items), second).order_by(ItemRow.id)
        return await self._items((await self._session.scalars(query)).all())

    async def stories(self, issue_id: int, near: date | None) -> Sequence[Story]:
        """What the items on the list of an issue tell that came out at about this day, or at any where it is None.

        A page that is no article tells nothing. The newest alone are looked at where there are very many.
        """
        query = select(
            ItemRow.id, ItemRow.source, ItemRow.host, ItemRow.published_on, ItemRow.title, ItemRow.summary, ItemRow.kind
        ).where(ItemRow.issue_id == issue_id, text(ON_THE_LIST), func.coalesce(ItemRow.title, ItemRow.summary) != "")
        if near is not None:
            span = timedelta(days=DAYS_APART)
            query = query.where(ItemRow.published_on.is_(None) | ItemRow.published_on.between(near - span, near + span))
        return [
            Story(row.id, row.source or row.host, row.host, row.published_on, row.title or "", row.summary or "")
            for row in await self._session.execute(query.order_by(ItemRow.id.desc()).limit(_STORIES))
            if row.kind is None or not Kind(row.kind).must_be_kept
        ]

    async def census(self, issue_id: int) -> Sequence[Census]:
        """How many items are filed in an issue, by outlet and section."""
        query = (
            select(ItemRow.workspace, ItemRow.host, ItemRow.ruling, ItemRow.section, func.count())
            .where(ItemRow.issue_id == issue_id, ItemRow.state == ItemState.FILED.value)
            .group_by(ItemRow.workspace, ItemRow.host, ItemRow.ruling, ItemRow.section)
        )
        rows = (await self._session.execute(query)).all()
        outlets: Mapping[str, Outlet] = {}
        if rows:
            outlets = await self._outlets.of_hosts(rows[0].workspace, {row.host for row in rows})
        return [
            Census(ruled(outlets.get(host), host, ruling), section, count) for _, host, ruling, section, count in rows
        ]

    async def of_message(self, workspace: str, channel: str, message: str) -> Sequence[Item]:
        query = (
            select(ItemRow)
            .where(ItemRow.workspace == workspace, ItemRow.channel == channel, ItemRow.message == message)
            .order_by(ItemRow.id)
        )
        return await self._items((await self._session.scalars(query)).all())

    async def of_thread(self, issue_id: int, channel: str, thread: str, *states: ItemState) -> Sequence[Item]:
        """The items of an issue in these states whose cards stand in a thread."""
        query = select(ItemRow).where(
            ItemRow.issue_id == issue_id,
            ItemRow.channel == channel,
            ItemRow.thread == thread,
            ItemRow.state.in_([state.value for state in states]),
        )
        return await self._items((await self._session.scalars(query.order_by(ItemRow.id))).all())

    async def in_summary(self, desk_id: int, key: str) -> Sequence[Item]:
        query = select(ItemRow).where(ItemRow.desk_id == desk_id, ItemRow.shown_in == key).order_by(ItemRow.id)
        return await self._items((await self._session.scalars(query)).all())

    async def count_in_summary(self, desk_id: int, key: str) -> int:
        query = select(func.count(ItemRow.id)).where(ItemRow.desk_id == desk_id, ItemRow.shown_in == key)
        return await self._session.scalar(query) or 0

    async def cards_since(self, desk: DeskRecord, moment: datetime) -> int:
        """How many messages got a card of their own since a moment."""
        query = select(func.count(ItemRow.message.distinct())).where(
            ItemRow.desk_id == desk.id, ItemRow.created_at > moment, ItemRow.shown_in.is_(None)
        )
        return await self._session.scalar(query) or 0

    async def change(self, item_id: int, *, expect: Mapping[str, Any], values: Mapping[str, Any]) -> Item | None:
        """Write values if the item still is as expected; None where somebody was faster.

        Raises:
            PageAlreadyThereError: the page is in the issue through another item.
        """
        statement = (
            update(ItemRow)
            .where(ItemRow.id == item_id, *(getattr(ItemRow, name) == value for name, value in expect.items()))
            .values(version=ItemRow.version + 1, **values)
            .returning(ItemRow)
            .execution_options(populate_existing=True)
        )
        try:
            row = await self._session.scalar(statement)
        except IntegrityError as refusal:
            raise PageAlreadyThereError(f"item {item_id}") from refusal
        if row is None:
            return None
        row.search = searched(row.title, row.summary, row.source, row.host)
        await self._session.flush()  # writes nothing where the words are the same
        return await self._item(row)

    async def claim_unread(self, now: datetime, until: datetime) -> tuple[Item, int] | None:
        """Lease the oldest item whose page waits to be read; says which attempt this is."""
        oldest = (
            select(ItemRow.id)
            .where(ItemRow.reading == Reading.WAITING.value, ItemRow.read_at <= now, text(ON_THE_LIST))
            .order_by(ItemRow.read_at, ItemRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        statement = (
            update(ItemRow)
            .where(ItemRow.id == oldest)
            .values(read_at=until, read_attempts=ItemRow.read_attempts + 1)
            .returning(ItemRow)
            .execution_options(populate_existing=True)
        )
        row = await self._session.scalar(statement)
        return (await self._item(row), row.read_attempts) if row is not None else None

    async def next_unread_at(self) -> datetime | None:
        query = select(func.min(ItemRow.read_at)).where(ItemRow.reading == Reading.WAITING.value, text(ON_THE_LIST))
        return await self._session.scalar(query)

    async def desk_of(self, item_id: int) -> DeskRecord:
        query = select(DeskRow).join(ItemRow, ItemRow.desk_id == DeskRow.id).where(ItemRow.id == item_id)
        row = (await self._session.scalars(query)).one()
        return record_of(row)

    async def from_host(self, issue_id: int, domain: str) -> Sequence[Item]:
        """The items of an issue that an outlet's ruling touches."""
        query = (
            select(ItemRow)
            .where(
                ItemRow.issue_id == issue_id,
                (ItemRow.host == domain) | ItemRow.host.endswith(f".{domain}", autoescape=True),
            )
            .order_by(ItemRow.id)
        )
        return await self._items((await self._session.scalars(query)).all())

    async def for_editors(self, desk: DeskRecord) -> Sequence[Item]:
        """The items of issues that still change about which an editor may be asked, and few others.

        Who is asked about what is for the rule to say. Of outlets it is asked once for each, not for each item; links
        of known members, which are most of what waits, stay unread.
        """
        changing = select(IssueRow.id).where(IssueRow.desk_id == desk.id, IssueRow.state != IssueState.PUBLISHED.value)
        pending = ItemRow.state == ItemState.PENDING.value
        counts = ItemRow.issue_id.in_(changing) & (pending | (ItemRow.state == ItemState.FILED.value))
        unruled = counts & ItemRow.ruling.is_(None)
        hosts = (await self._session.scalars(select(ItemRow.host).where(unruled).distinct())).all()
        outlets = await self._outlets.of_hosts(desk.workspace, hosts)
        open_hosts = [host for host in hosts if verdict(outlets.get(host), ()) is Verdict.UNDECIDED]
        undecided = (unruled & ItemRow.host.in_(open_hosts)) | (ItemRow.ruling == Verdict.UNDECIDED.value)
        members = select(PersonRow.person).where(
            PersonRow.workspace == desk.workspace, PersonRow.standing.not_in([Standing.GUEST.value, Standing.APP.value])
        )
        of_a_guest = pending & (ItemRow.found_by != "") & ItemRow.found_by.not_in(members)
        in_question = of_a_guest | undecided | ItemRow.appeal.is_not(None) | (pending & ItemRow.late.is_not(None))
        held = (ItemRow.state == ItemState.HELD.value) & ItemRow.asked.is_not(None)
        query = select(ItemRow).where(ItemRow.issue_id.in_(changing), (counts & in_question) | held)
        return await self._items((await self._session.scalars(query.order_by(ItemRow.id))).all())

    async def _items(self, rows: Sequence[ItemRow]) -> Sequence[Item]:
        outlets: Mapping[str, Outlet] = {}
        if rows:
            outlets = await self._outlets.of_hosts(rows[0].workspace, {row.host for row in rows})
        return [item_of(row, outlets.get(row.host)) for row in rows]

    async def _item(self, row: ItemRow) -> Item:
        return (await self._items([row]))[0]
