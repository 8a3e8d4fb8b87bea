"""The registry as a file: a row an outlet, tab-separated, and every fault of one that is read, with its line."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.editorial.country import PLACES
from bot.editorial.outlet import Control, Entry, Outlet, Verdict

COLUMNS = ("domain", "name", "country", "control", "counts as", "evidence", "decided by", "decided on")
"""`counts as` is empty where control and country decide; the last two are for reading, and need not be there."""

_READ = 6
_STARTS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BREAKS = re.compile("[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


class OutletsRefusedError(ValueError):
    """A file of outlets that cannot be used, with all of its faults by line."""

    def __init__(self, name: str, faults: Sequence[tuple[int, str]]) -> None:
        super().__init__("\n".join(f"{name}:{line}: {reason}" for line, reason in faults))


def outlet_table(entries: Iterable[Entry], names: dict[str, str]) -> str:
    """Outlets as a file; no cell is run as a formula by what opens it. `names` are those of deciders."""
    return "".join("\t".join(row) + "\n" for row in (COLUMNS, *(_cells(entry, names) for entry in entries)))


def read_outlets(text: str, name: str) -> tuple[Outlet, ...]:
    """Read a file of outlets.

    Raises:
        OutletsRefusedError: with every fault of the file.
    """
    lines = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]
    if tuple(lines[0].split("\t"))[:_READ] != COLUMNS[:_READ]:
        wanted = ", ".join(COLUMNS[:_READ])
        raise OutletsRefusedError(name, [(1, f"The first line must name the columns, with tabs between: {wanted}.")])
    faults: list[tuple[int, str]] = []
    outlets: dict[str, Outlet] = {}
    for number, line in enumerate(lines[1:], start=2):
        cells = [_plain(cell) for cell in line.split("\t")]
        wrong = [*_faults(cells)]
        if not wrong and cells[0] in outlets:
            wrong = [f"“{cells[0]}” stands in an earlier line, too."]
        if wrong:
            faults += [(number, reason) for reason in wrong]
        else:
            outlets[cells[0]] = _outlet(cells)
    if faults:
        raise OutletsRefusedError(name, faults)
    return tuple(outlets.values())


def _faults(cells: Sequence[str]) -> Iterator[str]:
    if not _READ <= len(cells) <= len(COLUMNS):
        yield f"{len(cells)} columns where {_READ} to {len(COLUMNS)} belong."
        return
    domain, name, country, control, counts_as, _ = cells[:_READ]
    if not domain or domain != domain.strip().casefold():
        yield f"“{domain}” is no domain in small letters."
    if control not in set(Control):
        yield f"“{control}” is no class of control. There are: {', '.join(Control)}."
    if not name and control != Control.UNKNOWN:
        yield "An outlet whose control is known has a name."
    if country and country not in PLACES:
        yield f"“{country}” is no country's code of two letters."
    if counts_as and counts_as not in set(Verdict):
        yield f"“{counts_as}” is nothing that an outlet counts as. There are: {', '.join(Verdict)}; or nothing."


def _outlet(cells: Sequence[str]) -> Outlet:
    domain, name, country, control, counts_as, evidence = cells[:_READ]
    ruling = Verdict(counts_as) if counts_as else None
    return Outlet(domain, name, country or None, Control(control), ruling, evidence)


def _cells(entry: Entry, names: dict[str, str]) -> tuple[str, ...]:
    outlet, decided = entry.outlet, entry.decided
    cells = (
        outlet.domain,
        outlet.name,
        outlet.country or "",
        outlet.control.value,
        outlet.ruling.value if outlet.ruling is not None else "",
        outlet.evidence,
        names.get(decided.by, decided.by) if decided is not None else "",
        decided.at.date().isoformat() if decided is not None else "",
    )
    return tuple(_safe(cell) for cell in cells)


def _safe(text: str) -> str:
    """Text in one cell; what a spreadsheet would run, or what looks as if it were made safe, gets a mark before it."""
    line = _BREAKS.sub(" ", text)
    return f"'{line}" if line.lstrip("'").startswith(_STARTS_A_FORMULA) else line


def _plain(cell: str) -> str:
    is_marked = cell.startswith("'") and cell.lstrip("'").startswith(_STARTS_A_FORMULA)
    return cell[1:] if is_marked else cell
