"""What was measured, what must hold, and whether it does."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

_WIDTHS = (52, 12, 18, 19)


@dataclass(frozen=True, slots=True)
class Row:
    """One measure on one database; `must` is empty where it is told for its own sake, and then nothing can break."""

    measure: str
    where: str
    figure: str
    must: str = ""
    holds: bool = True


def at_most(measure: str, where: str, value: float, limit: float, unit: str) -> Row:
    return Row(measure, where, f"{_shown(value)} {unit}", f"at most {_shown(limit)} {unit}", value <= limit)


def none_of(measure: str, where: str, found: Collection[object], of: int) -> Row:
    return Row(measure, where, f"{len(found)} of {of}", "none", not found)


def told(measure: str, where: str, value: float, unit: str) -> Row:
    return Row(measure, where, f"{_shown(value)} {unit}")


def line(row: Row) -> str:
    verdict = ("holds" if row.holds else "BROKEN") if row.must else ""
    cells = (row.measure, row.where, row.figure, row.must)
    return ("".join(f"{cell:<{width}}" for cell, width in zip(cells, _WIDTHS, strict=True)) + verdict).rstrip()


def head() -> str:
    return line(Row("measure", "database", "measured", "must be"))[: sum(_WIDTHS)].rstrip()


def percentile(values: Sequence[float], share: int) -> float:
    """The least value that so many of a hundred do not exceed; nothing was measured where there are none."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(math.ceil(len(ordered) * share / 100), 1) - 1]


def _shown(value: float) -> str:
    if math.isnan(value):
        return "nothing, in"
    return f"{value:,.0f}" if abs(value) >= 20 or value == int(value) else f"{value:.2g}"
