"""What is asked of editors for an issue that is closed, and the records of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from bot.ports.values import DeskRecord


class LateState(StrEnum):
    """What became of a request; one that was decided can be asked anew."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class LateRequest:
    """A member asks to add an item to a closed issue; `editors` are those who were asked.

    `by` and `at` are None until somebody decides, `reason` is why it was declined, empty where nobody said.
    """

    id: int
    workspace: str
    item_id: int
    issue_id: int
    asked_by: str
    asked_at: datetime
    editors: tuple[str, ...]
    state: LateState
    by: str | None = None
    at: datetime | None = None
    reason: str = ""


class LateRequests(Protocol):
    async def add(
        self, desk: DeskRecord, *, item_id: int, issue_id: int, by: str, editors: Collection[str], at: datetime
    ) -> LateRequest | None: ...
    async def get(self, request_id: int) -> LateRequest | None: ...
    async def of_items(self, items: Collection[int], issue_id: int) -> Mapping[int, LateRequest]: ...
    async def undecided(self, desk: DeskRecord) -> Sequence[LateRequest]: ...
    async def change(self, request_id: int, *, expect: LateState, values: Mapping[str, Any]) -> LateRequest | None: ...
