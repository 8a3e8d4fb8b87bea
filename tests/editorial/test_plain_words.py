"""Words as they are looked for."""

import pytest

from bot.editorial.plain_words import plain_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Irán’s “oil” & gas", ("iran", "s", "oil", "gas")),
        ("PETRÓLEO Señor İzmir Straße", ("petroleo", "senor", "izmir", "strasse")),
        ("Łódź Tromsø", ("lodz", "tromso")),
        ("Россия, Украї́на й Ёлка", ("россия", "украіна", "и", "елка")),
        ("e\u0301lan \u0935\u093f\u0936\u094d\u0935", ("elan", "\u0935", "\u0936\u0935")),
        ("prensa-latina.cu/2021 S-400", ("prensa", "latina", "cu", "2021", "s", "400")),
        ("™ ﬁeld ²", ("tm", "field", "2")),
        ('"" -- * ( ) : ^ 🛢', ()),
        ("x" * 3000, ("x" * 100,)),
    ],
)
def test_words_are_letters_and_digits_without_accents_and_capitals(text: str, words: tuple[str, ...]) -> None:
    assert plain_words(text) == words
