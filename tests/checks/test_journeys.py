"""The table of journeys is whole, and the stories that it names are there and play over both transports."""

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache

import pytest

from tests.checks.test_documentation import ROOT

PAGE = (ROOT / "docs" / "journeys.md").read_text(encoding="utf-8")
RELIABILITY = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
JOURNEYS = range(1, 53)

FAULTS = (7, 8, 9, 11, 14, 19, 20, 21)
"""Those that come through Slack, whichever way it delivers; how links are spelled (10) is a table by itself."""

_ONE_ALONE = frozenset({"OVER_HTTP", "OVER_A_SOCKET"})

Story = ast.FunctionDef | ast.AsyncFunctionDef


def _rows() -> Iterator[tuple[int, str, Sequence[tuple[str, str]]]]:
    """The number of a journey, its words, and the file and name of each of its stories."""
    for number, words, stories in re.findall(r"^\| (\d+) \| ([^|]+) \| (.+) \|$", PAGE, re.MULTILINE):
        yield int(number), words, re.findall(r"`tests/stories/(\w+\.py)::(\w+)`", stories)


@cache
def _module(file: str) -> ast.Module:
    return ast.parse((ROOT / "tests" / "stories" / file).read_text(encoding="utf-8"))


def _story(file: str, name: str) -> Story | None:
    found = (each for each in _module(file).body if isinstance(each, Story) and each.name == name)
    return next(found, None)


def _marks(file: str, story: Story) -> set[str]:
    """The marks of a story that say over what it plays: its own, else those of its module."""
    own = {name.id for each in story.decorator_list for name in ast.walk(each) if isinstance(name, ast.Name)}
    if own & {"EACH_ONCE", *_ONE_ALONE}:
        return own
    of_module = [
        each.value
        for each in _module(file).body
        if isinstance(each, ast.Assign)
        and any(isinstance(to, ast.Name) and to.id == "pytestmark" for to in each.targets)
    ]
    return {name.id for value in of_module for name in ast.walk(value) if isinstance(name, ast.Name)}


def _plays_over_both(file: str, story: Story) -> bool:
    """Whether neither its mark nor a parameter of its own keeps a story to one transport."""
    told = " ".join(ast.unparse(each) for each in story.decorator_list)
    asks = {argument.arg for argument in story.args.args}
    return "newsroom" in asks and not _marks(file, story) & _ONE_ALONE and "parametrize('newsroom'" not in told


def test_every_journey_has_its_row_with_a_story() -> None:
    rows = list(_rows())

    assert [number for number, _, _ in rows] == list(JOURNEYS)
    assert all(words.strip() and stories for _, words, stories in rows)


@pytest.mark.parametrize("journey", JOURNEYS)
def test_the_stories_of_a_journey_are_there_and_the_first_plays_over_both_transports(journey: int) -> None:
    stories = next(told for number, _, told in _rows() if number == journey)

    for place, (file, name) in enumerate(stories):
        story = _story(file, name)
        assert story is not None, f"{file}::{name}"
        assert place or _plays_over_both(file, story), f"{file}::{name} plays over one transport alone"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_slacks_door_has_a_story_over_both_transports(fault: int) -> None:
    guards = re.findall(rf"^\| {fault} \|.*`stories/(\w+\.py)`: ([\w ]+) \|$", RELIABILITY, re.MULTILINE)
    stories = [(file, _story(file, "test_" + name.replace(" ", "_"))) for file, name in guards]

    assert any(story is not None and _plays_over_both(file, story) for file, story in stories), stories
