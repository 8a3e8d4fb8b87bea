"""What is said to a phone or a screen reader is whole: the essence first, then lines, figures and buttons."""

from collections.abc import Sequence

import pytest
from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.editorial.house_file import read_house
from bot.editorial.off_topic import OffTopic
from bot.render import Renderer
from bot.sample_answers import move
from bot.sample_health import checkups
from bot.settings import SHIPPED_HOUSE
from handlers.blocks.calendar import deadline_move_blocks
from handlers.blocks.doctor import doctor_blocks
from handlers.blocks.off_topic import off_topic_blocks
from handlers.blocks.whole_text import whole_text
from handlers.blocks.words import TEXT_LIMIT, context, plain, sections
from tests.texts import thin_texts


def lacks(text: str, blocks: Sequence[Block]) -> list[str]:
    return list(thin_texts("chat.postMessage", {"text": text, "blocks": [block.to_dict() for block in blocks]}))


def test_the_essence_leads_and_every_line_and_button_follows_once() -> None:
    blocks = [
        *sections("*<https://reuters.example/1|Tankers &amp; crews>*\nReuters · 11 Jan 2021"),
        ActionsBlock(
            elements=[ButtonElement(text=plain(label), action_id=label) for label in ("File in Iran", "Edit")]
        ),
        context("Saved for No. 18 by Ana Ruiz."),
    ]

    text = whole_text("Tankers &amp; crews waits.", blocks, Renderer())

    assert text.splitlines() == [
        "Tankers &amp; crews waits.",
        "Reuters · 11 Jan 2021",
        "Saved for No. 18 by Ana Ruiz.",
        "To press: File in Iran; Edit.",
    ]
    assert lacks(text, blocks) == []
    assert lacks("Tankers wait.", blocks) != []


def test_it_is_no_longer_than_slack_advises() -> None:
    blocks = sections("\n".join(f"{number} of 400 items" for number in range(400)))

    text = whole_text("The draft.", blocks, Renderer())

    assert len(text) <= TEXT_LIMIT
    assert text.startswith("The draft.\n0 of 400 items\n")
    assert text.endswith("…")


@pytest.mark.parametrize("place", range(len(checkups())))
def test_what_the_doctor_says_is_whole(place: int) -> None:
    assert lacks(*doctor_blocks(checkups()[place], 1, "America/New_York", Renderer())) == []


def test_questions_before_something_is_done_are_whole() -> None:
    render, vric = Renderer(), read_house(SHIPPED_HOUSE.read_text(encoding="utf-8"))

    assert lacks(*deadline_move_blocks(move(vric), render)) == []
    assert [found for each in OffTopic for found in lacks(*off_topic_blocks(each, "https://zoom.us/j/1", render))] == []
