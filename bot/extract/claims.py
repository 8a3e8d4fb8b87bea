"""What a page claims of itself: a value, where it stands, and how far such a claim is to be believed."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Claim(Generic[T]):
    """`weight` is how often, 0 to 1, a claim of this origin is right.

    Claims of one `kind`, the first word of the origin, come from the same hand: they do not confirm each other.
    """

    value: T
    origin: str
    weight: float

    @property
    def kind(self) -> str:
        return self.origin.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """The value chosen, how sure it is, 0 to 1, and the origins that support it, the strongest first."""

    value: T
    confidence: float
    origins: tuple[str, ...]


def joint(claims: Iterable[Claim[T]]) -> float:
    """How sure the claims of one value make it: those of different kinds confirm each other."""
    strongest: dict[str, float] = {}
    for claim in claims:
        strongest[claim.kind] = max(strongest.get(claim.kind, 0.0), claim.weight)
    return 1 - prod(1 - weight for weight in strongest.values())


def by_value(claims: Iterable[Claim[T]]) -> dict[T, list[Claim[T]]]:
    """Claims by their value, one of each origin, the strongest first."""
    found: dict[T, dict[str, Claim[T]]] = {}
    for claim in claims:
        of_value = found.setdefault(claim.value, {})
        if claim.origin not in of_value or of_value[claim.origin].weight < claim.weight:
            of_value[claim.origin] = claim
    return {value: sorted(each.values(), key=lambda claim: -claim.weight) for value, each in found.items()}
