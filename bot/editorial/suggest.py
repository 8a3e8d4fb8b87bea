"""Suggests sections for a text, by the words that the house names for each."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache

from bot.editorial.house import Chapter, House, Section

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+(?:[-'’][^\W_\u3400-\u9fff]+)*")
"""Chinese has no spaces between words, so each of its characters is a word and `北京` is a phrase."""

_OPENING = 12
"""The first words of a text say what it is about; a word found there counts double."""

_SUBSECTION = 2
"""A sub-section's words are narrower than its chapter's, so a match says more."""


def suggest(house: House, text: str) -> tuple[Section, ...]:
    """All sections of the house, the likeliest first; equal ones in the order of the house, so nothing is left out.

    Capitals and accents do not matter. A word counts once more for each repetition up to three, more in the opening,
    and less where several sections share it; a phrase counts for each of its words.
    """
    scores = _scores(house.chapters, text)
    return tuple(sorted(house.sections, key=lambda section: -scores[section.key]))


def fitting(house: House, text: str, most: int) -> tuple[Section, ...]:
    """The likeliest sections, so many at most, of which the text has a word at all."""
    scores = _scores(house.chapters, text)
    return tuple(section for section in suggest(house, text)[:most] if scores[section.key])


@lru_cache(maxsize=4096)
def _scores(chapters: tuple[Chapter, ...], text: str) -> Mapping[str, float]:
    """What speaks for each section, by its key; remembered, as the same text is asked about for as long as it waits."""
    tokens = _tokens(text)
    words = frozenset(tokens)
    sections = [section for chapter in chapters for section in chapter.sections]
    shared = Counter(word for section in sections for word in section.words)
    leading = {chapter.sections[0].key for chapter in chapters}
    return {
        section.key: sum(
            _hits(pattern, tokens) * len(pattern) / shared[word]
            for word in section.words
            if _may_hit(pattern := _pattern(word), words)
        )
        * (1 if section.key in leading else _SUBSECTION)
        for section in sections
    }


def _may_hit(pattern: tuple[str, ...], words: frozenset[str]) -> bool:
    """Whether the first word of a phrase is there at all, which most are not."""
    first = pattern[0]
    return any(word.startswith(first[:-1]) for word in words) if first.endswith("*") else first in words


def _hits(pattern: tuple[str, ...], tokens: tuple[str, ...]) -> float:
    places = [
        place
        for place in range(len(tokens) - len(pattern) + 1)
        if all(_matches(part, tokens[place + step]) for step, part in enumerate(pattern))
    ]
    if not places:
        return 0
    return 1 + 0.3 * min(len(places) - 1, 2) + (1 if places[0] < _OPENING else 0)


def _matches(part: str, token: str) -> bool:
    return token.startswith(part[:-1]) if part.endswith("*") else token == part


@cache
def _pattern(word: str) -> tuple[str, ...]:
    wildcard = "*" if word.endswith("*") else ""
    tokens = _tokens(word)
    return (*tokens[:-1], tokens[-1] + wildcard)


def _tokens(text: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in folded if not unicodedata.combining(character))
    return tuple(re.sub(r"['’]s$", "", token) for token in _WORD.findall(plain))
