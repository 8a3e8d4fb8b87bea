"""Which fonts an issue needs on paper beyond those that come with typst, and what to install where one lacks."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from bot.export.refusals import FormatRefusedError, Why

TEXT_FONT = "Libertinus Serif"
"""Comes with typst: Latin, Greek, Cyrillic and Hebrew look the same on every machine."""

_PROBE = b"""
#set document(title: "x")
#set text(font: sys.inputs.font, fallback: sys.inputs.fallback == "yes")
#sys.inputs.character
"""
_MOST_NAMED = 20


class MissingFontError(FormatRefusedError):
    """No font of this machine has some characters of an issue: those `shown` and so many `further`; `packages` do."""

    why = Why.NO_FONT

    def __init__(self, characters: Sequence[str]) -> None:
        self.shown = ", ".join(f"{each} (U+{ord(each):04X})" for each in characters[:_MOST_NAMED])
        self.further = max(len(characters) - _MOST_NAMED, 0)
        self.packages = " ".join(sorted({_script_of(each).package for each in characters}))
        super().__init__(
            f"No font here has {self.shown}{f' and {self.further} more' if self.further else ''}. "
            f"Install one that has; on Debian: apt-get install {self.packages}."
        )


@dataclass(frozen=True, slots=True)
class _Script:
    """Characters in ranges, the families that suit the text font, the best first, and where Debian has them."""

    package: str
    families: tuple[str, ...]
    ranges: tuple[tuple[int, int], ...]

    def __contains__(self, character: str) -> bool:
        return any(first <= ord(character) <= last for first, last in self.ranges)


_SCRIPTS = (
    _Script(
        "fonts-noto-core",
        ("Noto Naskh Arabic", "Noto Sans Arabic"),
        ((0x0600, 0x06FF), (0x0750, 0x077F), (0x0870, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE)),
    ),
    _Script(
        "fonts-noto-cjk",
        ("Noto Serif CJK SC", "Noto Sans CJK SC"),
        (
            (0x1100, 0x11FF),
            (0x2E80, 0x9FFF),
            (0xA960, 0xA97F),
            (0xAC00, 0xD7FF),
            (0xF900, 0xFAFF),
            (0xFE30, 0xFE4F),
            (0xFF00, 0xFFEF),
            (0x20000, 0x3FFFF),
        ),
    ),
    _Script("fonts-noto-color-emoji", ("Noto Color Emoji",), ((0x1F000, 0x1FAFF),)),
)
_ANY_OTHER = _Script("fonts-noto-core", ("Noto Serif", "Noto Sans"), ())


def families_for(text: str, folders: Sequence[Path] | None = None) -> tuple[str, ...]:
    """The families of the machine, or of these folders alone, that set what the text font has not.

    What is no letter is taken from another font that comes with typst, if one has it.

    Raises:
        MissingFontError: nothing has some characters, and boxes would be printed in their place.
    """
    lacking = [each for each in sorted(set(text)) if not each.isascii() and not _comes_with_typst(each)]
    chosen: list[str] = []
    missing = []
    machine = _machine_fonts(folders) if lacking else {}
    for character in lacking:
        if any(_covers(machine[family], character) for family in chosen):
            continue
        family = next((each for each in _candidates(machine, character) if _covers(machine[each], character)), None)
        if family is not None:
            chosen.append(family)
        elif not _is_set(character, fallback=True):
            missing.append(character)
    if missing:
        raise MissingFontError(missing)
    return tuple(chosen)


def _comes_with_typst(character: str) -> bool:
    is_letter = unicodedata.category(character)[0] in "LM"
    return _is_set(character, fallback=False) or (not is_letter and _is_set(character, fallback=True))


@cache
def _is_set(character: str, *, fallback: bool) -> bool:
    """Whether typst's own fonts have it; typst itself is asked, which refuses a PDF/UA with an empty box."""
    inputs = {"font": TEXT_FONT, "fallback": "yes" if fallback else "no", "character": character}
    try:
        typst.compile(_PROBE, sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=["ua-1"], timestamp=0)
    except typst.TypstError:
        return False
    return True


def _machine_fonts(folders: Sequence[Path] | None) -> dict[str, tuple[str, int]]:
    """The plainest face of each family: where its file is, and its place in it."""
    found = typst.Fonts(
        include_system_fonts=folders is None,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders or ()],
    )
    faces = sorted(
        found.fonts(),
        key=lambda face: (face.family, face.style != "normal", abs(face.weight - 400), face.path or "", face.index),
    )
    plainest: dict[str, tuple[str, int]] = {}
    for face in faces:
        if face.path is not None:
            plainest.setdefault(face.family, (face.path, face.index))
    return plainest


def _candidates(machine: Iterable[str], character: str) -> list[str]:
    """The families that suit the character's script, then all others."""
    suited = _script_of(character).families
    names = list(machine)
    return [*(each for each in suited if each in names), *(each for each in names if each not in suited)]


def _script_of(character: str) -> _Script:
    return next((script for script in _SCRIPTS if character in script), _ANY_OTHER)


def _covers(face: tuple[str, int], character: str) -> bool:
    return ord(character) in _characters(*face)


@cache
def _characters(path: str, index: int) -> frozenset[int]:
    """The code points of a face."""
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())
