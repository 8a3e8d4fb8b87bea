"""What Slack shows of the links of a message."""

from handlers.previews import previews_of

TASS = "https://tass.com/economy/1243201"


def test_a_preview_is_known_by_the_page_that_it_is_of() -> None:
    shown = {"id": 1, "from_url": f"{TASS}?utm_source=x", "title": " Rates\nrise ", "service_name": "TASS", "text": "…"}

    assert previews_of({"attachments": [shown]}) == {
        "tass.com/economy/1243201": {"title": "Rates rise", "source": "TASS"}
    }


def test_the_address_that_was_posted_and_the_one_that_answered_both_lead_to_it() -> None:
    shown = {"from_url": TASS, "original_url": "https://bit.ly/abc", "title": "Rates rise"}

    assert set(previews_of({"attachments": [shown]})) == {"bit.ly/abc", "tass.com/economy/1243201"}


def test_messages_that_are_quoted_empty_previews_and_broken_ones_are_none() -> None:
    quoted = {"is_msg_unfurl": True, "from_url": TASS, "title": "Not a page"}
    shared = {"is_share": True, "original_url": TASS, "title": "Not a page"}
    empty = {"from_url": TASS, "title": " ", "service_name": None}
    broken = {"from_url": "https://[", "title": 7}

    assert previews_of({"attachments": [quoted, shared, empty, broken, {}]}) == {}
    assert previews_of({}) == {}
