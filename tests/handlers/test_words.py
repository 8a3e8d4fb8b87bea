"""Text for blocks: within Slack's limits, and never cut where Slack would read something else."""

import re

import pytest

from bot.render import Renderer, escape_slack, one_line, slack_link
from handlers.blocks.words import (
    BUTTON_LIMIT,
    SECTION_LIMIT,
    labelled,
    marked,
    one_message,
    one_view,
    pages,
    sections,
    short,
)

LINK = slack_link("https://reuters.example/iran-oil?a=1&b=2", "Tankers & <b>oil</b>, a story of *two* ports")
HALF = re.compile("<[^>]*$|^[^<]*>|&(?!(?:amp|lt|gt);)|[*_](?!\u200b)")
"""A link that does not end or begin, an entity that is none, a mark that is not disarmed."""


def words(text: str) -> list[str]:
    return [block.text.text for block in sections(text) if block.text is not None and block.text.text]


@pytest.mark.parametrize("offset", range(0, 160, 3))
def test_a_line_that_is_too_long_goes_on_in_another_section_and_no_link_or_entity_is_cut(offset: int) -> None:
    line = "x" * offset + f"{LINK} " * 60 + escape_slack("A & B <!channel> * _ " * 300)

    parts = words(line)

    assert all(len(part) <= SECTION_LIMIT and not HALF.search(part) for part in parts)
    assert "".join(parts) == line


@pytest.mark.parametrize("limit", range(20, 400, 7))
def test_markup_that_is_shortened_ends_before_what_does_not_fit(limit: int) -> None:
    shown = marked("A &amp; B" + f" {LINK} " * 8, limit)

    assert len(shown) <= limit
    assert shown.endswith("…")
    assert not HALF.search(shown)


def test_a_link_that_alone_is_too_long_keeps_its_label() -> None:
    assert marked(f"<https://reuters.example/{'x' * 90}|Tankers> left", 60) == "Tankers left…"


def test_messages_hold_at_most_fifty_blocks_and_eleven_thousand_characters() -> None:
    many = sections("\n".join("x" * 1_600 for _ in range(40)))

    messages = list(pages(many))

    assert [len(message) for message in messages] == [6] * 6 + [4]
    assert len(list(pages(sections("x") * 120))) == 3


def test_what_one_answer_or_one_form_cannot_hold_says_that_it_goes_on() -> None:
    blocks = sections("\n".join("x" * 2_900 for _ in range(130)))

    answer, form = one_message(blocks, Renderer()), one_view(blocks, Renderer())

    assert (len(answer), len(form)) == (4, 82)
    assert all("The list goes on" in shown[-1].to_dict()["elements"][0]["text"] for shown in (answer, form))
    assert one_view(blocks[:80], Renderer()) == blocks[:80]


@pytest.mark.parametrize(
    "words", ["R&D <!channel> &lt;", "*Cuba* :fire: _y_ `Irán`", "line\nbreak \u202e", "Иран " * 60]
)
def test_a_button_says_words_from_elsewhere_as_they_are_within_its_limit(words: str) -> None:
    label = labelled(lambda each: Renderer().message("use_title", words=each), words).to_dict()

    assert label["emoji"] is False
    assert label["text"] == f"Use “{short(one_line(words), BUTTON_LIMIT - len('Use “”'))}”"
    assert len(label["text"]) <= BUTTON_LIMIT
