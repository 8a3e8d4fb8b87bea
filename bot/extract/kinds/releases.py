"""Authorities' own pages, by the shipped list of their domains: a release and the label that it is printed under."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.extract.addresses import is_at
from bot.extract.outlets import lookup_hosts

_AUTHORITY = re.compile(
    r"(?:^|\.)(?:gov|gob|gub|gouv|gc|govt|go|mil)\.[a-z]{2}$|\.(?:gov|mil)$|(?:^|\.)admin\.ch$|\.europa\.eu$"
)
_WIRES = frozenset(
    {"prnewswire.com", "businesswire.com", "globenewswire.com", "accesswire.com", "presseportal.de", "einpresswire.com"}
)


@dataclass(frozen=True, slots=True)
class Agency:
    """An authority that issues releases; its label may be empty, as the house prints only some under their own."""

    label: str
    name: str


def agency_of(host: str) -> Agency | None:
    """The authority of a host: its own row or that of the nearest parent."""
    return next((_agencies()[each] for each in lookup_hosts(host) if each in _agencies()), None)


def is_official(host: str) -> bool:
    """Whether a host is of an authority, or of a wire that carries nothing but releases."""
    return agency_of(host) is not None or bool(_AUTHORITY.search(host)) or is_at(host, _WIRES)


@cache
def _agencies() -> Mapping[str, Agency]:
    text = (files("bot.extract") / "registry" / "gov_sources.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:] if line)
    return {domain: Agency(label, name) for domain, label, name, *_ in rows}
