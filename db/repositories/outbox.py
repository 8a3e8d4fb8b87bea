"""What is to be shown, and the messages that show it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, delete, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.ports import LeaseLostError, Posted, Show, Showing, ShowingKind
from db.models import LaneRow, OutboxRow, PostedRow
from db.repositories.statements import insert_or_update

_LANE = and_(LaneRow.workspace == OutboxRow.workspace, LaneRow.channel == OutboxRow.channel)


class OutboxRepository:
    """A row is owed work while it was wanted more often than shown."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def show(self, wish: Show, *, at: datetime, due_at: datetime | None = None) -> None:
        """Ask for something to be shown, or to be shown again as it is by then; the earliest that was asked counts."""
        subject = dict(wish.subject)
        due = literal(due_at or at, OutboxRow.due_at.type)
        await self._session.execute(
            insert_or_update(
                self._session,
                OutboxRow,
                keys=("workspace", "key"),
                values={
                    "key": wish.key,
                    "workspace": wish.workspace,
                    "channel": wish.channel,
                    "thread": wish.thread,
                    "recipient": wish.recipient,
                    "kind": wish.kind.value,
                    "subject": subject,
                    "state": "waiting",
                    "asked_at": at,
                    "due_at": due_at or at,
                    "wanted": 1,
                    "shown": 0,
                    "attempts": 0,
                    "in_doubt": False,
                },
                update={
                    "wanted": OutboxRow.wanted + 1,
                    "subject": subject,
                    "asked_at": at,
                    "state": "waiting",
                    # What was parked begins anew: it was given up for the state of that time.
                    "attempts": case((OutboxRow.state == "parked", 0), else_=OutboxRow.attempts),
                    # While a lost answer is in doubt the wait before looking for it stands.
                    "due_at": case(
                        (OutboxRow.in_doubt, OutboxRow.due_at),
                        (and_(OutboxRow.wanted > OutboxRow.shown, OutboxRow.due_at < due), OutboxRow.due_at),
                        else_=due,
                    ),
                },
            )
        )

    async def asked_at(self, workspace: str, key: str) -> datetime | None:
        query = select(OutboxRow.asked_at).where(OutboxRow.workspace == workspace, OutboxRow.key == key)
        return await self._session.scalar(query)

    async def find(self, workspace: str, key: str) -> Showing | None:
        query = select(OutboxRow).where(OutboxRow.workspace == workspace, OutboxRow.key == key)
        row = await self._session.scalar(query)
        return await self._showing(row) if row is not None else None

    async def messages_of(self, workspace: str, keys: Collection[str]) -> Mapping[str, Sequence[str]]:
        """The messages that show each of these rows."""
        query = (
            select(OutboxRow.key, PostedRow.ts)
            .join(PostedRow, PostedRow.outbox_id == OutboxRow.id)
            .where(OutboxRow.workspace == workspace, OutboxRow.key.in_(keys))
            .order_by(PostedRow.part)
        )
        found = defaultdict[str, list[str]](list)
        for key, ts in await self._session.execute(query):
            found[key].append(ts)
        return found

    async def claim(self, now: datetime, until: datetime, pause_until: datetime) -> Showing | None:
        """Lease the oldest row that is due and whose channel may be posted to, and take the channel's lane.

        Only the first due row of a channel is looked at. Another replica that skips the row it finds locked would
        otherwise find the second one, and might reach the lane before the first. A row that rests, or that somebody
        is sending, holds up nobody.

        Homes go after everything else that is due: nobody waits for them as they do for a card.

        Rows that were shown long ago are not looked at, and of those that wait behind others the index alone: it leads
        from channel to channel.

        A lease that ran out leaves a doubt: whoever held it may have posted and died before saying so.
        """
        lanes = (
            select(OutboxRow.workspace, OutboxRow.channel)
            .where(OutboxRow.wanted > OutboxRow.shown)
            .distinct()
            .subquery()
        )
        of_lane = aliased(OutboxRow)
        first_of_lane = (
            select(func.min(of_lane.id))
            .where(of_lane.workspace == lanes.c.workspace, of_lane.channel == lanes.c.channel, *_due(of_lane, now))
            .correlate(lanes)
            .scalar_subquery()
        )
        taken = and_(LaneRow.workspace == lanes.c.workspace, LaneRow.channel == lanes.c.channel)
        is_free = or_(LaneRow.free_at.is_(None), LaneRow.free_at <= now)
        firsts = select(first_of_lane).select_from(lanes).outerjoin(LaneRow, taken).where(is_free)
        first = (
            select(OutboxRow)
            .where(OutboxRow.id.in_(firsts), *_due(OutboxRow, now))
            .order_by(OutboxRow.kind == ShowingKind.HOME.value, OutboxRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = await self._session.scalar(first)
        if row is None or not await self._take_lane(row.workspace, row.channel, now, pause_until):
            return None
        row.in_doubt = row.in_doubt or row.leased_until is not None
        row.leased_until = until
        row.attempts += 1
        await self._session.flush()
        return await self._showing(row)

    async def posted(self, showing: Showing, part: str, message: Posted) -> None:
        """Record the message that shows a part."""
        said = {"channel": message.channel, "ts": message.ts, "digest": message.digest}
        await self._session.execute(
            insert_or_update(
                self._session,
                PostedRow,
                keys=("outbox_id", "part"),
                values={"outbox_id": showing.id, "part": part} | said,
                update=said,
            )
        )

    async def forget_posted(self, showing: Showing) -> None:
        """Forget messages that are gone, so that they are posted anew."""
        await self._session.execute(delete(PostedRow).where(PostedRow.outbox_id == showing.id))

    async def show_anew(self, showing: Showing) -> None:
        """Have every part shown again as it is by then: what stands may be older than what is on record of it."""
        mine = PostedRow.outbox_id == showing.id
        await self._session.execute(update(PostedRow).where(mine).values(digest=""))
        again = update(OutboxRow).where(OutboxRow.id == showing.id)
        await self._session.execute(again.values(wanted=OutboxRow.wanted + 1))

    async def finish(self, showing: Showing, *, in_doubt: bool = False) -> None:
        """Mark as shown what was wanted when it was claimed; what was asked for since stays due.

        Where a doubt stays, whoever shows the row again looks for its message first.
        """
        await self._write(showing, shown=showing.wanted, attempts=0, in_doubt=in_doubt, trouble=None)

    async def go_on(self, showing: Showing) -> None:
        """Give the lease back because more parts are to come."""
        await self._write(showing, attempts=0, in_doubt=False, trouble=None)

    async def put_back(self, showing: Showing, due_at: datetime, trouble: str, *, in_doubt: bool) -> None:
        """Try again later; `in_doubt` where it may have been posted without our knowing.

        Only such an attempt counts: whoever is told to wait, however often, is not given up.
        """
        attempts = showing.attempt if in_doubt else showing.attempt - 1
        doubt = in_doubt or showing.in_doubt
        await self._write(showing, due_at=due_at, trouble=trouble, in_doubt=doubt, attempts=attempts)

    async def park(self, showing: Showing, trouble: str) -> None:
        await self._write(showing, state="parked", trouble=trouble)

    async def has_trouble(self, workspace: str, channel: str, trouble: str) -> bool:
        """Whether something for a channel is kept, or waits again, because of this trouble."""
        query = select(OutboxRow.id).where(
            OutboxRow.workspace == workspace,
            OutboxRow.channel == channel,
            OutboxRow.trouble == trouble,
            OutboxRow.wanted > OutboxRow.shown,
        )
        return await self._session.scalar(query.limit(1)) is not None

    async def release(self, workspace: str, channel: str, at: datetime) -> int:
        """Let what was parked for a channel begin anew; returns how much that is."""
        parked = update(OutboxRow).where(
            OutboxRow.workspace == workspace, OutboxRow.channel == channel, OutboxRow.state == "parked"
        )
        anew = parked.values(state="waiting", due_at=at, attempts=0, trouble=None)
        return len((await self._session.scalars(anew.returning(OutboxRow.id))).all())

    async def forget_shown(self, before: datetime, limit: int, *, kinds: Collection[ShowingKind]) -> int:
        """Remove rows of such kinds that were shown before a moment, at most so many; gives how many there were."""
        old = (
            select(OutboxRow.id)
            .where(
                OutboxRow.state == "waiting",
                OutboxRow.wanted <= OutboxRow.shown,
                OutboxRow.leased_until.is_(None),
                OutboxRow.due_at < before,
                OutboxRow.asked_at < before,
                OutboxRow.kind.in_([kind.value for kind in kinds]),
            )
            .order_by(OutboxRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        ids = (await self._session.scalars(old)).all()
        await self._session.execute(delete(PostedRow).where(PostedRow.outbox_id.in_(ids)))
        await self._session.execute(delete(OutboxRow).where(OutboxRow.id.in_(ids)))
        return len(ids)

    async def hold_lane(self, workspace: str, channel: str, until: datetime) -> None:
        """Keep a channel free of posts until a moment; a longer hold stands."""
        await self._session.execute(
            insert_or_update(
                self._session,
                LaneRow,
                keys=("workspace", "channel"),
                values={"workspace": workspace, "channel": channel, "free_at": until},
                update={"free_at": until},
                where=LaneRow.free_at < until,
            )
        )

    async def next_due_at(self) -> datetime | None:
        """When the next row can be sent: it is due, nobody holds it and its lane is free."""
        query = select(OutboxRow.due_at, OutboxRow.leased_until, LaneRow.free_at).outerjoin(LaneRow, _LANE)
        rows = await self._session.execute(query.where(*_owed(OutboxRow)))
        return min((max(moment for moment in row if moment is not None) for row in rows), default=None)

    async def _take_lane(self, workspace: str, channel: str, now: datetime, until: datetime) -> bool:
        take = insert_or_update(
            self._session,
            LaneRow,
            keys=("workspace", "channel"),
            values={"workspace": workspace, "channel": channel, "free_at": until},
            update={"free_at": until},
            where=LaneRow.free_at <= now,
        )
        return await self._session.scalar(take.returning(LaneRow.channel)) is not None

    async def _showing(self, row: OutboxRow) -> Showing:
        messages = await self._session.scalars(select(PostedRow).where(PostedRow.outbox_id == row.id))
        return Showing(
            id=row.id,
            show=Show(
                key=row.key,
                kind=ShowingKind(row.kind),
                workspace=row.workspace,
                channel=row.channel,
                thread=row.thread,
                recipient=row.recipient,
                subject=row.subject,
            ),
            wanted=row.wanted,
            attempt=row.attempts,
            leased_until=row.leased_until,
            in_doubt=row.in_doubt,
            asked_at=row.asked_at,
            posted={m.part: Posted(channel=m.channel, ts=m.ts, digest=m.digest) for m in messages},
        )

    async def _write(self, showing: Showing, **values: object) -> None:
        mine = update(OutboxRow).where(OutboxRow.id == showing.id, OutboxRow.leased_until == showing.leased_until)
        written = await self._session.scalar(mine.values(leased_until=None, **values).returning(OutboxRow.id))
        if written is None:
            raise LeaseLostError(f"Outbox row {showing.id} was taken over.")


def _owed(row: type[OutboxRow]) -> tuple[ColumnElement[bool], ...]:
    return row.state == "waiting", row.wanted > row.shown


def _due(row: type[OutboxRow], now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Owed, due, and held by nobody."""
    return *_owed(row), row.due_at <= now, or_(row.leased_until.is_(None), row.leased_until <= now)
