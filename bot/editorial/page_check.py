"""Whether the page of an item still is what the item was made of."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PageCheck:
    """What a page said when the item was made of it, and what became of it since.

    `gone` where nothing is behind the link any more, with the `trouble` that named it where there was one; `moved_to`
    is its new address. `title_now` and `day_now` are given where the page says something else today. `tries` counts
    the looks in a row that a later one may still mend.
    """

    title: str | None = None
    day: date | None = None
    gone: bool = False
    trouble: str = ""
    moved_to: str = ""
    title_now: str | None = None
    day_now: date | None = None
    tries: int = 0

    @property
    def is_changed(self) -> bool:
        return self.title_now is not None or self.day_now is not None
