"""One transaction and the repositories that share it."""

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncSession

from db.repositories.claims import ClaimRepository
from db.repositories.desks import DeskRepository
from db.repositories.direct_links import DirectLinkRepository
from db.repositories.gate import GateRepository
from db.repositories.homes import HomeRepository
from db.repositories.inbox import InboxRepository
from db.repositories.issues import ChangeRepository, IssueRepository
from db.repositories.items import ItemRepository
from db.repositories.late import LateRequestRepository
from db.repositories.messages import MessageRepository
from db.repositories.outbox import OutboxRepository
from db.repositories.outlets import OutletRepository
from db.repositories.passages import PassageRepository
from db.repositories.people import PeopleRepository
from db.repositories.preferences import PreferenceRepository
from db.repositories.publications import PublicationRepository
from db.repositories.queues import QueueRepository
from db.repositories.search import SearchRepository
from db.repositories.snapshots import SnapshotRepository
from db.repositories.teams import TeamRepository
from db.repositories.texts import TextRepository
from db.repositories.votes import VoteRepository


class SqlUnitOfWork:
    """Repositories on one session; `Database.unit_of_work` begins and commits it."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    @cached_property
    def desks(self) -> DeskRepository:
        return DeskRepository(self._session, self.teams)

    @cached_property
    def issues(self) -> IssueRepository:
        return IssueRepository(self._session)

    @cached_property
    def items(self) -> ItemRepository:
        return ItemRepository(self._session, self.outlets)

    @cached_property
    def gate(self) -> GateRepository:
        return GateRepository(self._session)

    @cached_property
    def late(self) -> LateRequestRepository:
        return LateRequestRepository(self._session)

    @cached_property
    def direct(self) -> DirectLinkRepository:
        return DirectLinkRepository(self._session)

    @cached_property
    def search(self) -> SearchRepository:
        return SearchRepository(self._session)

    @cached_property
    def passages(self) -> PassageRepository:
        return PassageRepository(self._session)

    @cached_property
    def publications(self) -> PublicationRepository:
        return PublicationRepository(self._session)

    @cached_property
    def messages(self) -> MessageRepository:
        return MessageRepository(self._session)

    @cached_property
    def changes(self) -> ChangeRepository:
        return ChangeRepository(self._session)

    @cached_property
    def inbox(self) -> InboxRepository:
        return InboxRepository(self._session)

    @cached_property
    def outbox(self) -> OutboxRepository:
        return OutboxRepository(self._session)

    @cached_property
    def queues(self) -> QueueRepository:
        return QueueRepository(self._session)

    @cached_property
    def claims(self) -> ClaimRepository:
        return ClaimRepository(self._session)

    @cached_property
    def outlets(self) -> OutletRepository:
        return OutletRepository(self._session)

    @cached_property
    def people(self) -> PeopleRepository:
        return PeopleRepository(self._session)

    @cached_property
    def preferences(self) -> PreferenceRepository:
        return PreferenceRepository(self._session)

    @cached_property
    def homes(self) -> HomeRepository:
        return HomeRepository(self._session)

    @cached_property
    def snapshots(self) -> SnapshotRepository:
        return SnapshotRepository(self._session)

    @cached_property
    def teams(self) -> TeamRepository:
        return TeamRepository(self._session)

    @cached_property
    def texts(self) -> TextRepository:
        return TextRepository(self._session)

    @cached_property
    def votes(self) -> VoteRepository:
        return VoteRepository(self._session)
