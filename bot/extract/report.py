"""What was read on a page, for people and for machines: each field with how sure it is and what says so."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from bot.extract.page import Extract, Nature

_FIELDS = ("kind", "title", "alternative", "date", "source", "author", "language", "summary", "address")


def lines_of(extract: Extract) -> Iterator[str]:
    """The fields by the line: name, confidence, value; under it what supports it."""
    for name, field in as_values(extract).items():
        value, confidence = field["value"], field["confidence"]
        yield f"{name:<12}{'' if confidence is None else format(confidence, '.2f'):<6}{value or 'not found'}\n"
        if field["evidence"]:
            yield f"{'':<18}by {', '.join(field['evidence'])}\n"
    if extract.published_on is None and extract.other_days:
        yield f"{'':<12}the date is not sure enough to be filled in; members are asked\n"
    for day in extract.other_days if extract.published_on else extract.other_days[1:]:
        yield f"{'or':<12}{'':<6}{day.isoformat()}\n"


def as_values(extract: Extract) -> dict[str, dict[str, Any]]:
    """The fields by name; each with its value, its confidence, 0 to 1, and its evidence."""
    day = extract.likeliest_day
    values = (
        _kind(extract.nature), extract.title, extract.alternative, day and day.isoformat(), extract.source,
        extract.author, extract.language, extract.summary or extract.lead, extract.final_url,
    )  # fmt: skip
    found = {finding.field: finding for finding in extract.findings}
    return {
        name: {
            "value": value,
            "confidence": found[name].confidence if value and name in found else None,
            "evidence": list(found[name].evidence) if value and name in found else [],
        }
        for name, value in zip(_FIELDS, values, strict=True)
    }


def as_json(extract: Extract) -> dict[str, Any]:
    """All that was read, with the days to choose from and whether the first is filled in without asking.

    `nature` is what only pages of its kind say.
    """
    return as_values(extract) | {
        "nature": {name: value for name, value in asdict(extract.nature).items() if value and name != "kind"},
        "date_filled_in": extract.published_on is not None,
        "other_dates": [day.isoformat() for day in extract.other_days if day != extract.likeliest_day],
    }


def _kind(nature: Nature) -> str:
    return f"{nature.kind}, behind a paywall" if nature.paywalled else str(nature.kind)
