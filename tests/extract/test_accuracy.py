"""How well pages are read, where the stored pages with expected values are at hand."""

import gzip
import importlib.util
import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from bot.extract.dates import FILLED_IN
from bot.extract.opening import PageOpener
from bot.extract.page import Extract

Read = list[tuple[dict[str, Any], Extract]]

AT_LEAST = {
    "title": 0.868,
    "date": 0.94,
    "date_tz": 0.952,
    "source": 0.9,
    "author": 0.71,
    "lang": 0.995,
    "desc_f1": 0.87,
}
"""What is reached, with the margin of a page or two; docs/extraction.md tells which aim lies higher, and why."""


@pytest.fixture(scope="module")
def read(shared: Path, opener: PageOpener) -> Read:
    """Every stored page's expected values, with what is read on it."""
    folder = shared / "extract" / "dev"
    rows = [json.loads(line) for line in (folder / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        (row["expected"], opener.read(gzip.decompress((folder / row["html"]).read_bytes()), row["url"])) for row in rows
    ]


@pytest.fixture(scope="module")
def shares(shared: Path, read: Read) -> Mapping[str, float]:
    """The share of pages on which each field is right, by the common scorer."""
    path = shared / "extract" / "harness" / "score.py"
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    judged: defaultdict[str, list[float]] = defaultdict(list)
    for expected, found in read:
        for name, value in scorer.judge(expected, _answer(found)).items():
            judged[name].append(value)
    return {name: fmean(values) for name, values in judged.items()}


def _answer(found: Extract) -> dict[str, str | None]:
    return {
        "title": found.title,
        "date": found.likeliest_day.isoformat() if found.likeliest_day else None,
        "source": found.source,
        "author": found.author,
        "lang": found.language,
        "description": found.summary or found.lead,
    }


@pytest.mark.timeout(600)
@pytest.mark.parametrize("field", AT_LEAST)
def test_what_is_reached_is_kept(shares: Mapping[str, float], field: str) -> None:
    assert shares[field] >= AT_LEAST[field]


@pytest.mark.timeout(600)
def test_where_people_found_no_date_one_is_named_on_six_pages_of_ten_at_most(shares: Mapping[str, float]) -> None:
    assert shares["date_invented"] <= 0.6


@pytest.mark.timeout(600)
def test_a_date_that_is_filled_in_is_right_and_most_are_filled_in(read: Read) -> None:
    dated = [
        ({expected["date"], *expected.get("date_alt", ())}, found) for expected, found in read if "date" in expected
    ]
    filled_in = [(days, found.published_on.isoformat()) for days, found in dated if found.published_on is not None]

    assert FILLED_IN == 0.75
    assert len(filled_in) / len(dated) >= 0.82
    assert sum(day in days for days, day in filled_in) / len(filled_in) >= 0.98


@pytest.mark.timeout(600)
def test_where_people_found_no_date_few_are_filled_in(read: Read) -> None:
    undated = [found for expected, found in read if expected.get("date_none")]

    assert sum(found.published_on is not None for found in undated) / len(undated) <= 0.25
