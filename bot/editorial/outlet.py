"""An outlet, who controls it, and whether the house counts it as state media."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Control(StrEnum):
    """Who decides what an outlet prints."""

    STATE_OWNED = "state-owned"
    STATE_CONTROLLED = "state-controlled"
    PUBLIC_SERVICE = "public-service"
    GOVERNMENT = "government"
    INDEPENDENT = "independent"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """Whether an outlet's items count as state media."""

    STATE_MEDIA = "state media"
    OTHER = "other"
    UNDECIDED = "undecided"


_BY_THE_STATE = frozenset({Control.STATE_OWNED, Control.STATE_CONTROLLED, Control.GOVERNMENT})


@dataclass(frozen=True, slots=True)
class Outlet:
    """A row of the registry, with what the house or an editor ruled about it.

    `country` is an ISO 3166-1 alpha-2 code. `ruling` outranks what the facts say.
    """

    domain: str
    name: str
    country: str | None = None
    control: Control = Control.UNKNOWN
    ruling: Verdict | None = None
    evidence: str = ""


def verdict(outlet: Outlet | None, watched: Collection[str]) -> Verdict:
    """Say whether an outlet counts as state media for a house that watches these countries.

    An unknown control is no finding of independence: it stays undecided until a person rules.
    """
    if outlet is None:
        return Verdict.UNDECIDED
    if outlet.ruling is not None:
        return outlet.ruling
    if outlet.control is Control.UNKNOWN:
        return Verdict.UNDECIDED
    by_the_state = outlet.control in _BY_THE_STATE
    return Verdict.STATE_MEDIA if by_the_state and outlet.country in watched else Verdict.OTHER


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided something of an outlet, when and why; what came from a file has nobody's name."""

    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An outlet as a desk knows it, and whose word that is.

    `row` is who wrote its facts in place of the registry's, `ruling` who said what it counts as; where nobody did, the
    shipped registry speaks.
    """

    outlet: Outlet
    row: Decision | None = None
    ruling: Decision | None = None

    @property
    def decided(self) -> Decision | None:
        """Whose word counts: None where it is the shipped registry's."""
        return self.ruling or self.row
