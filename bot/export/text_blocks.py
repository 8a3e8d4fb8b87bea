"""A plain text as blocks of lines, each with the number of its first line."""

from collections.abc import Iterator
from dataclasses import dataclass

BULLET = "• "


@dataclass(frozen=True, slots=True)
class Block:
    """Lines without an empty one between them; `line` is the number of the first."""

    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.lines[0]

    @property
    def is_list(self) -> bool:
        return self.text.startswith(BULLET)


def blocks_of(text: str) -> Iterator[Block]:
    lines: list[str] = []
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        said = " ".join(line.split())
        if said:
            lines.append(said)
        elif lines:
            yield Block(number - len(lines), tuple(lines))
            lines = []
