"""What it costs to render an issue in each of its formats, and how that grows with its items."""

import time
from collections.abc import Iterator
from datetime import date, timedelta

from bot.editorial.edition import Edition
from bot.export.formats import FORMATS, render
from bot.render import Renderer
from tests.editorial.values import edition, item

SIZES = (100, 500, 2000)
_RUNS = 3
_LINEAR = 2.0
"""An item of the largest issue costs at most this many times one of the smallest: more is no line any more."""


def issue_of(count: int) -> Edition:
    """An issue of so many items, in four sections, a page of text each."""
    sections = ("iran", "hezbollah", "china", "fishing")
    return edition(
        [
            item(
                number,
                summary=f"Report {number} from the coast: tankers were seen, according to people at the port.",
                section=sections[number % len(sections)],
                published_on=date(2021, 1, 14) - timedelta(days=number % 40),
            )
            for number in range(1, count + 1)
        ]
    )


def seconds_by_size() -> Iterator[tuple[str, dict[int, float]]]:
    """For each format the least seconds of three runs, by the number of items."""
    renderer, issues = Renderer(), {size: issue_of(size) for size in SIZES}
    for form in FORMATS:
        render(form, issues[SIZES[0]], renderer)  # templates are compiled and fonts looked at once
        yield form, {size: min(_timed(form, whole, renderer) for _ in range(_RUNS)) for size, whole in issues.items()}


def growth(seconds: dict[int, float]) -> float:
    """What an item of the largest issue costs, in times of one of the smallest."""
    least, most = SIZES[0], SIZES[-1]
    return (seconds[most] / most) / (seconds[least] / least)


def is_linear(seconds: dict[int, float]) -> bool:
    return growth(seconds) <= _LINEAR


def _timed(form: str, whole: Edition, renderer: Renderer) -> float:
    began = time.perf_counter()
    render(form, whole, renderer)
    return time.perf_counter() - began
