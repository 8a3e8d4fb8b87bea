"""Stories that two outlets tell: known again by the words of their headlines and the days on which they came out."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice

from bot.editorial.item import Item, ItemState
from bot.editorial.story_words import Words, words_of

DAYS_APART = 2
"""What came out later than this after the other is another day's news."""

_SIMILAR = 0.6
_ALIKE = 0.45
"""From here on two headlines are nearly the same words. In No. 18, which editors chose, no two texts come near it."""

_ELSEWHERE = 0.5
"""What remains of the likeness where each story speaks of a country that the other leaves out."""

_COMMON = 10
"""An issue counts as so many stories larger than it is: in a small one no word is common yet."""

_RAREST, _NEIGHBOURS, _MEET = 20, 24, 3
"""A pair is looked for under so many of a story's rarest words, under each among so many of the next by day, and is
compared where it was met so often: an issue of thousands costs no more a story than one of a hundred."""


class Likeness(StrEnum):
    """How alike two stories are. Similar ones are offered to whoever brought the later; duplicates the gate names."""

    SIMILAR = "similar"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Story:
    """What is compared of an item; `outlet` is its source as it is cited."""

    id: int
    outlet: str
    host: str
    day: date | None
    title: str
    summary: str

    @classmethod
    def of(cls, item: Item) -> "Story":
        return cls(
            item.id, item.source or item.host, item.host, item.published_on, item.title or "", item.summary or ""
        )

    def may_match(self, other: "Story") -> bool:
        """Whether two stories come from two outlets and from about the same day, as far as their days are known."""
        is_of_one = self.outlet.casefold() == other.outlet.casefold() or self.host == other.host != ""
        if self.id == other.id or is_of_one:
            return False
        return self.day is None or other.day is None or abs((self.day - other.day).days) <= DAYS_APART


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items that tell the same story, the one of the lower id first; the greater the score, the likelier."""

    first: int
    second: int
    likeness: Likeness
    score: float


class Stories:
    """The stories of an issue, among which a word is rare or common."""

    def __init__(self, stories: Iterable[Story]) -> None:
        self._stories = sorted(stories, key=lambda story: (story.day or date.min, story.id))
        self._texts = {story.id: _texts(story) for story in self._stories}
        self._count = Counter(word for _, whole in self._texts.values() for word in whole.weights)
        self._size = len(self._stories) + _COMMON
        self._weighed = dict[int, tuple[float, float]]()

    def similar_to(self, story_id: int) -> tuple[Pair, ...]:
        """The stories that may be the same as one of them, the likeliest first."""
        story = next(each for each in self._stories if each.id == story_id)
        words = self._texts[story_id][1].weights.keys()
        meeting = (each for each in self._stories if len(words & self._texts[each.id][1].weights.keys()) >= _MEET)
        found = (self._pair(story, other) for other in meeting if story.may_match(other))
        return _likeliest_first(pair for pair in found if pair is not None)

    def pairs(self) -> tuple[Pair, ...]:
        """All pairs that tell the same story, the likeliest first; the work grows as the stories do."""
        found = (self._pair(one, other) for one, other in self.candidates())
        return _likeliest_first(pair for pair in found if pair is not None)

    def candidates(self) -> Iterator[tuple[Story, Story]]:
        """Pairs that are worth comparing, each once: they share words that are rare for both of them."""
        index = defaultdict[str, list[int]](list)
        for number, story in enumerate(self._stories):
            shared = (word for word in self._texts[story.id][1].weights if self._count[word] > 1)
            for word in sorted(shared, key=lambda word: (self._count[word], word))[:_RAREST]:
                index[word].append(number)
        met = Counter(
            (number, other)
            for numbers in index.values()
            for place, number in enumerate(numbers)
            for other in islice(numbers, place + 1, place + 1 + _NEIGHBOURS)
        )
        for (number, other), times in met.items():
            if times >= _MEET and self._stories[number].may_match(self._stories[other]):
                yield self._stories[number], self._stories[other]

    def _pair(self, one: Story, other: Story) -> Pair | None:
        score, share = (max(found) for found in zip(*self._likenesses(one, other), strict=True))
        if score < _SIMILAR:
            return None
        near = one.day is not None and other.day is not None and abs((one.day - other.day).days) <= 1
        first, second = sorted((one.id, other.id))
        return Pair(first, second, Likeness.DUPLICATE if near and share >= _ALIKE else Likeness.SIMILAR, score)

    def _likenesses(self, one: Story, other: Story) -> Iterator[tuple[float, float]]:
        """How much headlines and whole texts share: as evidence, and as a share of both.

        Where each speaks of a country that the other leaves out, it is likely the same thing somewhere else.
        """
        texts = zip(self._texts[one.id], self._texts[other.id], self._weights(one), self._weights(other), strict=True)
        for ours, theirs, our_weight, their_weight in texts:
            both = ours.weights.keys() & theirs.weights.keys()
            shared = math.fsum(max(ours.weights[word], theirs.weights[word]) * self._rarity(word) for word in both)
            share = shared / math.sqrt(our_weight * their_weight) if shared else 0.0
            elsewhere = ours.countries - theirs.countries and theirs.countries - ours.countries
            toll = _ELSEWHERE if elsewhere else 1.0
            yield shared * share * toll, share * toll

    def _weights(self, story: Story) -> tuple[float, float]:
        """What all words of its headline weigh, and those of its whole text."""
        if story.id not in self._weighed:
            title, whole = (
                math.fsum(weight * self._rarity(word) for word, weight in text.weights.items())
                for text in self._texts[story.id]
            )
            self._weighed[story.id] = title, whole
        return self._weighed[story.id]

    def _rarity(self, word: str) -> float:
        """1 of a word that one story has; less, the more of them have it."""
        return max(math.log(self._size / (self._count[word] + 1)) / math.log(self._size / 2), 0.0)


def _texts(story: Story) -> tuple[Words, Words]:
    """The words of the headline alone, and with the text below it; where one is missing, the other twice."""
    whole = words_of(f"{story.title}\n{story.summary}".strip())
    return words_of(story.title) if story.title else whole, whole


def duplicates(items: Iterable[Item]) -> tuple[tuple[Item, Item], ...]:
    """The pairs of filed items that are nearly the same and that nobody kept on purpose, in the order of their ids."""
    filed = {item.id: item for item in items if item.state is ItemState.FILED}
    found = (pair for pair in Stories(map(Story.of, filed.values())).pairs() if pair.likeness is Likeness.DUPLICATE)
    both = ((filed[pair.first], filed[pair.second]) for pair in sorted(found, key=lambda p: (p.first, p.second)))
    return tuple((one, other) for one, other in both if not one.is_kept_beside(other))


def _likeliest_first(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: (-pair.score, pair.first, pair.second)))
