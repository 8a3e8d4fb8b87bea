"""What messages said last."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.editorial.revision import Revision
from db.models import MessageRow
from db.repositories.statements import insert_or_update


class MessageRepository:
    """One row for every message that ever held a link; whoever writes it holds the desk."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, workspace: str, channel: str, message: str) -> Revision | None:
        row = await self._session.get(MessageRow, (workspace, channel, message), populate_existing=True)
        return Revision(row.revision, tuple(row.links), deleted=row.deleted) if row is not None else None

    async def keep(self, workspace: str, channel: str, message: str, newest: Revision) -> None:
        said = {"revision": newest.order, "links": list(newest.links), "deleted": newest.deleted}
        await self._session.execute(
            insert_or_update(
                self._session,
                MessageRow,
                keys=("workspace", "channel", "message"),
                values={"workspace": workspace, "channel": channel, "message": message} | said,
                update=said,
            )
        )
