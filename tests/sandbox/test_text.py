from typing import Any

import pytest

from bot.sandbox.text import rung, typed, unmarked, visible


def _say(text: str) -> tuple[str, list[dict[str, Any]]]:
    words, blocks = typed(text, {"vric": "U000VRIC"}.get)
    return words, blocks[0]["elements"]


def _inline(text: str) -> tuple[str, list[dict[str, Any]]]:
    words, elements = _say(text)
    return words, elements[0]["elements"]


@pytest.mark.parametrize(
    ("said", "words", "url"),
    [
        ("https://reuters.example/a", "<https://reuters.example/a>", "https://reuters.example/a"),
        ("https://a.example/?x=1&y=2", "<https://a.example/?x=1&amp;y=2>", "https://a.example/?x=1&y=2"),
        ("https://a.example/x|y", "<https://a.example/x%7Cy>", "https://a.example/x|y"),
        ("(https://a.example/b)", "(<https://a.example/b>)", "https://a.example/b"),
        ("https://a.example/Boa_(snake)", "<https://a.example/Boa_(snake)>", "https://a.example/Boa_(snake)"),
        ("Read https://a.example/b.", "Read <https://a.example/b>.", "https://a.example/b"),
    ],
)
def test_a_bare_url_becomes_a_link_without_the_punctuation_around_it(said: str, words: str, url: str) -> None:
    text, elements = _inline(said)

    assert text == words
    assert [element["url"] for element in elements if element["type"] == "link"] == [url]


def test_a_labelled_link_carries_its_label_in_text_and_blocks() -> None:
    text, elements = _inline("see [Reuters & co](https://reuters.example/a)")

    assert text == "see <https://reuters.example/a|Reuters &amp; co>"
    assert elements[1] == {"type": "link", "url": "https://reuters.example/a", "text": "Reuters & co"}


def test_only_the_name_of_somebody_known_is_a_mention() -> None:
    text, elements = _inline("@vric and @nobody: how are we doing?")

    assert text == "<@U000VRIC> and @nobody: how are we doing?"
    assert elements[0] == {"type": "user", "user_id": "U000VRIC"}


def test_exactly_three_characters_are_escaped() -> None:
    text, elements = _inline('<b> & "quotes" *stay*')

    assert text == '&lt;b&gt; &amp; "quotes" *stay*'
    assert elements == [{"type": "text", "text": '<b> & "quotes" *stay*'}]


def test_quotes_lists_and_fences_become_parts_of_their_own() -> None:
    text, elements = _say(
        "Look:\n> said https://a.example/q\n- https://a.example/1\n- two\n1. first\n```\n<code> https://a.example/c\n```"
    )

    assert [element["type"] for element in elements] == [
        "rich_text_section",
        "rich_text_quote",
        "rich_text_list",
        "rich_text_list",
        "rich_text_preformatted",
    ]
    assert [element.get("style") for element in elements[2:4]] == ["bullet", "ordered"]
    assert elements[2]["elements"][0]["elements"] == [{"type": "link", "url": "https://a.example/1"}]
    assert text == (
        "Look:\n&gt; said <https://a.example/q>\n• <https://a.example/1>\n• two\n1. first\n"
        "```&lt;code&gt; https://a.example/c```"
    )


def test_inline_code_is_no_link() -> None:
    text, elements = _inline("run `curl https://a.example/`")

    assert text == "run `curl https://a.example/`"
    assert elements[1] == {"type": "text", "text": "curl https://a.example/", "style": {"code": True}}


def test_what_is_read_has_no_markup_and_no_closed_menus() -> None:
    menu = {
        "type": "static_select",
        "action_id": "a",
        "placeholder": {"type": "plain_text", "text": "Section"},
        "options": [{"text": {"type": "plain_text", "text": "Iran"}, "value": "iran"}],
    }
    text = {"type": "mrkdwn", "text": "*Tankers* &amp; <https://a.example/|Reuters>"}
    blocks = [{"type": "section", "text": text, "accessory": menu}]

    assert visible({"text": "for notifications", "blocks": blocks}) == "Tankers & Reuters\nSection"
    assert visible({"text": "no blocks: 1 &lt; 2"}) == "no blocks: 1 < 2"
    assert unmarked("<https://a.example/>") == "https://a.example/"


def test_a_message_rings_whom_it_mentions_and_escaped_mentions_ring_nobody() -> None:
    marked = {"type": "section", "text": {"type": "mrkdwn", "text": "<!channel> and <@U1>"}}
    plain = {"type": "section", "text": {"type": "plain_text", "text": "<!here>"}}
    rich = {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U2"}]}],
    }

    assert rung({"text": "x", "blocks": [marked, plain, rich]}) == {"channel", "U1", "U2"}
    assert rung({"text": "&lt;!channel&gt;", "blocks": []}) == frozenset()
