"""Values of an item that are kept as JSON, and read back from it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from bot.editorial.item import Attestation
from bot.editorial.page_check import PageCheck


def kept(value: PageCheck | Attestation) -> dict[str, Any]:
    """A value as JSON holds it; what it does not say is left out."""
    return {name: said.isoformat() if isinstance(said, date) else said for name, said in asdict(value).items() if said}


def page_check_of(stored: Mapping[str, Any] | None) -> PageCheck:
    days = {name: date.fromisoformat(stored[name]) for name in ("day", "day_now") if stored and name in stored}
    return PageCheck(**{**(stored or {}), **days})


def attestation_of(stored: Mapping[str, Any] | None) -> Attestation | None:
    return Attestation(stored["topic"], stored["by"], datetime.fromisoformat(stored["at"])) if stored else None
