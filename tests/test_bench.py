"""What the bench says of its figures is right: a limit that cannot break measures nothing."""

import math
from pathlib import Path

import pytest

from tests.bench.office import greatest_lag
from tests.bench.processes import filesystem_of
from tests.bench.report import at_most, line, none_of, percentile, told

MOUNTS = "/dev/vda / ext4 rw 0 0\ntmpfs /dev/shm tmpfs rw 0 0\ntmpfs /tmp tmpfs rw 0 0\n"


@pytest.mark.parametrize(
    ("share", "value"), [(1, 1), (50, 50), (99, 99), (100, 100)], ids=["least", "middle", "99th", "greatest"]
)
def test_a_percentile_is_a_value_that_was_measured(share: int, value: int) -> None:
    assert percentile(list(range(100, 0, -1)), share) == value


def test_of_few_values_the_greatest_is_the_99th_percentile() -> None:
    assert percentile([3, 1, 2], 99) == 3


def test_a_limit_holds_up_to_itself_and_breaks_beyond() -> None:
    assert at_most("p99", "sqlite", 250, 250, "ms").holds
    assert not at_most("p99", "sqlite", 250.1, 250, "ms").holds


@pytest.mark.parametrize("value", [math.inf, math.nan])
def test_what_never_happened_or_was_not_measured_breaks_a_limit(value: float) -> None:
    assert not at_most("inbox empty", "sqlite", value, 60, "s").holds


def test_one_lost_link_breaks_a_limit() -> None:
    assert none_of("lost", "sqlite", [], 30_000).holds
    assert not none_of("lost", "sqlite", ["http://h1.example/"], 30_000).holds


def test_what_has_no_limit_gets_no_verdict() -> None:
    assert line(told("p50", "sqlite", 12, "ms")).endswith("12 ms")
    assert line(at_most("p99", "sqlite", 12, 250, "ms")).endswith("holds")
    assert line(at_most("p99", "sqlite", 300, 250, "ms")).endswith("BROKEN")


def test_the_greatest_lag_is_that_of_what_was_seen_in_between() -> None:
    before = {0.01: 5.0, 0.1: 9.0, math.inf: 10.0}
    after = {0.01: 104.0, 0.1: 109.0, math.inf: 110.0}

    assert greatest_lag(before, after, 0.99) == 0.01
    assert greatest_lag(before, after) == 0.1
    assert greatest_lag({}, after) == math.inf


def test_a_folder_in_memory_is_told_from_one_on_a_disk() -> None:
    assert filesystem_of(Path("/tmp/bench"), MOUNTS) == "tmpfs"  # noqa: S108 - nothing is made there
    assert filesystem_of(Path("/var/tmp/bench"), MOUNTS) == "ext4"  # noqa: S108 - the same
    assert filesystem_of(Path("/var/tmp"), "") == "unknown"  # noqa: S108 - the same
