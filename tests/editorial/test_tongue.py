"""A cited text is marked with its language only where it is in it."""

from typing import Any

import pytest

from bot.editorial.tongue import item_tongue, reads_from_the_right
from tests.editorial.values import house, item

PERSIAN = "نفتکش‌های ایران به ونزوئلا رسیدند"


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ({"title": PERSIAN, "language": "fa"}, "fa"),
        ({"title": "Llegan petroleros", "language": "es"}, "es"),
        ({"title": "Llegan", "summary": "Petroleros de Irán.", "language": "es"}, "es"),
        ({"title": "Llegan", "summary": "Iran’s tankers arrive.", "language": "es", "edited": {"summary": "U1"}}, ""),
        ({"title": "Tankers arrive", "language": "es", "edited": {"title": "U1"}}, ""),
        ({"title": None, "summary": "Tankers arrive.", "language": "es", "found_by": ""}, ""),
        ({"title": "Tankers arrive", "language": "fa"}, ""),
        ({"title": PERSIAN, "language": "fa", "edited": {"title": "U1"}}, "fa"),
        ({"title": PERSIAN, "language": "es"}, ""),
        ({"title": "Tankers arrive", "language": "en"}, ""),
        ({"title": "Tankers arrive", "language": None}, ""),
    ],
)
def test_the_language_of_a_citation_is_that_of_its_words(said: dict[str, Any], language: str) -> None:
    assert item_tongue(item(**said), house()) == language


@pytest.mark.parametrize(
    ("text", "from_the_right"),
    [
        (PERSIAN, True),
        ("BBC: " + PERSIAN, True),
        ("נפט", True),
        ("Tankers (نفت) arrive", False),
        ("", False),
        ("12.5 %", False),
    ],
)
def test_most_letters_decide_from_which_side_a_text_is_read(text: str, *, from_the_right: bool) -> None:
    assert reads_from_the_right(text) is from_the_right
