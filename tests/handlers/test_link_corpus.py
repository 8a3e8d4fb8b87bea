"""Fault 10: of ten thousand messages, text and `rich_text` give the same links, which are those that were put in."""

from collections import Counter

import pytest

from handlers.message_links import links_of
from tests.handlers.written import Message, corpus

MESSAGES, SEED = 10_000, 20210111
MADE_OF = frozenset(
    {
        *("bullet", "ordered", "indented", "list in a list", "quote", "preformatted", "code", "bare", "label"),
        *("bold", "italic", "strike", "emoji", "user", "channel", "usergroup", "broadcast", "date", "color", "link"),
        *("not ASCII", "&", "|", "%7C", "very long", "twice", "0 links", "1 links", "2 links", "3 links"),
    }
)
"""`link` is one that is no web link: an address of mail, a telephone, Slack itself."""


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return list(corpus(MESSAGES, SEED))


def test_ten_thousand_messages_hold_everything_that_messages_are_made_of(messages: list[Message]) -> None:
    assert len({message.text for message in messages}) >= 0.99 * MESSAGES
    found = Counter(name for message in messages for name in message.has)

    assert set(found) == MADE_OF
    assert min(found.values()) >= 100, found


def test_in_each_of_ten_thousand_messages_both_forms_give_the_links_that_were_put_in(messages: list[Message]) -> None:
    assert len(messages) >= 10_000
    wrong = [
        (message, in_text, in_blocks)
        for message in messages
        for in_text in (links_of({"text": message.text}),)
        for in_blocks in (links_of({"text": "", "blocks": message.blocks}),)
        if not in_text == in_blocks == message.links
    ]

    assert wrong[:3] == [], len(wrong)
