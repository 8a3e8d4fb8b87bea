"""The registry of outlets that the product ships: names as cited, countries, and who controls them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from bot.editorial.outlet import Control, Outlet, Verdict

_IN_PRINT = "Monitor No."
"""What the evidence of a row says where the house has printed its name."""

_IS_ACCOUNT = re.compile(r" on (?:Twitter|X)$")
_PREFIXED = {"yes": Verdict.STATE_MEDIA, "no": Verdict.OTHER}


class RegistryError(ValueError):
    """A row of the registry that cannot be read; the text names file and line."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a site, by the beginning of its path, that is cited by its own name."""

    domain: str
    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Registry:
    """Outlets by domain, the domains of each name that outlets are cited by, and names that rule over a row's own.

    `sections` are parts of a site that are cited by their own name; `printed` are the names by domain that the house
    has printed.
    """

    outlets: Mapping[str, Outlet]
    aliases: Mapping[str, tuple[str, ...]]
    sections: tuple[Section, ...] = ()
    printed: Mapping[str, str] = field(default_factory=dict)

    def find(self, host: str) -> Outlet | None:
        """The outlet of a host: its own row or that of the nearest parent."""
        return next((self.outlets[each] for each in lookup_hosts(host) if each in self.outlets), None)

    def cited(self, url: str) -> str | None:
        """The name that an address is cited by, whatever its page says: of its section, or as the house printed it."""
        section = self.section_of(url)
        if section is not None:
            return section.name
        outlet = self.find(_place(url)[0])
        return self.printed.get(outlet.domain) if outlet is not None else None

    def section_of(self, url: str) -> Section | None:
        """The part of a site, cited by a name of its own, that an address is in."""
        host, path = _place(url)
        outlet = self.find(host)
        if outlet is None:
            return None
        sections = (each for each in self.sections if each.domain == outlet.domain)
        return next((each for each in sections if path.startswith(each.path)), None)

    def cited_as(self, name: str) -> tuple[Outlet, ...]:
        """The outlets that are cited by a name."""
        return tuple(self.outlets[each] for each in self.aliases.get(name, ()) if each in self.outlets)


def _place(url: str) -> tuple[str, str]:
    """Host and path of an address, the path with a slash at its end."""
    try:
        parts = urlsplit(url)
        return parts.hostname or "", parts.path.rstrip("/") + "/"
    except ValueError:
        return "", ""


def lookup_hosts(host: str) -> tuple[str, ...]:
    """The domains under which a host may stand, the nearest first: itself, then without its leftmost labels."""
    labels = host.lower().removeprefix("www.").split(".")
    return tuple(".".join(labels[place:]) for place in range(max(len(labels) - 1, 1)))


def load_registry() -> Registry:
    """Read the shipped files; what the house ruled in print outranks the facts of a row.

    Raises:
        RegistryError: a row is malformed.
    """
    outlets: dict[str, Outlet] = {}
    for place, row in _rows("outlets.tsv", 7):
        domain, name, country, _, control, evidence, note = row
        try:
            known = Control(control)
        except ValueError:
            raise RegistryError(f"{place}: “{control}” is no class of control.") from None
        outlets[domain] = Outlet(
            domain=domain,
            name=name,
            country=country or None,
            control=known,
            evidence="; ".join(filter(None, (evidence, note))),
        )
    for place, (domain, prefix, basis) in _rows("house_overrides.tsv", 3):
        if prefix not in _PREFIXED:
            raise RegistryError(f"{place}: “{prefix}” is neither yes nor no.")
        row_of = outlets.get(domain) or Outlet(domain=domain, name=domain)
        evidence = "; ".join(filter(None, (row_of.evidence, basis)))
        outlets[domain] = replace(row_of, ruling=_PREFIXED[prefix], evidence=evidence)
    aliases: dict[str, tuple[str, ...]] = {}
    sections = tuple(Section(domain, path, name) for _, (domain, path, name, _) in _rows("sections.tsv", 4))
    printed = {domain: outlet.name for domain, outlet in outlets.items() if _IN_PRINT in outlet.evidence}
    for _, (name, domain, kind) in _rows("aliases.tsv", 3):
        aliases[name] = (*aliases.get(name, ()), domain)
        is_section = any((section.domain, section.name) == (domain, name) for section in sections)
        if _IN_PRINT in kind and not is_section and not _IS_ACCOUNT.search(name):
            printed[domain] = name
    return Registry(outlets, aliases, sections, printed)


@cache
def registry_date() -> date:
    """The day on which the shipped files were put together.

    Raises:
        RegistryError: their own file does not say.
    """
    days = [(place, row[0]) for place, row in _rows("compiled.tsv", 2)]
    if len(days) != 1:
        raise RegistryError(f"compiled.tsv: {len(days)} days where one belongs.")
    ((place, day),) = days
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise RegistryError(f"{place}: “{day}” is no day.") from None


def _rows(name: str, width: int) -> Iterator[tuple[str, list[str]]]:
    text = (files("bot.extract") / "registry" / name).read_text(encoding="utf-8")
    for number, line in enumerate(text.removesuffix("\n").split("\n")[1:], start=2):
        row = line.split("\t")
        if len(row) != width:
            raise RegistryError(f"{name}:{number}: {len(row)} columns where {width} belong.")
        yield f"{name}:{number}", row
