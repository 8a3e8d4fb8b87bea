"""Words as they are looked for: without accents, capitals and signs."""

import unicodedata
from collections.abc import Iterator

_LONGEST = 100
"""Letters of a word that count; a database refuses to index words without an end."""

_CROSSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i"})
"""Letters whose mark Unicode does not take off."""


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text in their order, of letters and digits alone: `Irán's “oil”` is `iran`, `s`, `oil`."""
    return tuple(word[:_LONGEST] for word in "".join(_plain(text)).split())


def _plain(text: str) -> Iterator[str]:
    for letter in unicodedata.normalize("NFKD", text).casefold().translate(_CROSSED):
        if letter.isalnum():
            yield letter
        elif unicodedata.category(letter) != "Mn":
            yield " "
