"""Values of an item as JSON keeps them, and back."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, TypeVar

from bot.editorial.item import Answer, Appeal, Attestation, Earlier, Late, Question, Reason
from bot.editorial.opinion import OpinionSign, SignedBy
from bot.editorial.page_check import PageCheck

_READERS: Mapping[str, Callable[[Any], object]] = {
    "answer": Answer,
    "at": datetime.fromisoformat,
    "day": date.fromisoformat,
    "day_now": date.fromisoformat,
    "editors": tuple,
    "on": date.fromisoformat,
    "where": SignedBy,
}
_T = TypeVar("_T")


def kept(value: PageCheck | Attestation | Appeal | Earlier | Late | Reason | OpinionSign | Question) -> dict[str, Any]:
    """A value by its fields, each as JSON holds it."""
    return {name: said.isoformat() if isinstance(said, date) else said for name, said in asdict(value).items()}


def read_back(kind: type[_T], stored: Mapping[str, Any]) -> _T:
    """The value of this kind that was kept so."""
    return kind(**{name: _READERS[name](said) if said and name in _READERS else said for name, said in stored.items()})
