"""Fault 10: where links stand in a message, whichever way Slack writes them down."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.text import typed
from handlers.message_links import links_of

TASS = "https://tass.example/rates"
RIA = "https://ria.example/20210111/ставка-1592.html"
QUERY = "https://granma.example/?id=7&lang=es"


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"text": "", "blocks": [{"type": "rich_text", "block_id": "b", "elements": list(elements)}]}


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def link(url: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of an element
    return {"type": "link", "url": url, **more}


def words(text: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - the same
    return {"type": "text", "text": text, **more}


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (f"<{TASS}>", [TASS]),
        (f"<{TASS}|tass.example/rates>", [TASS]),
        (f"<{TASS}|https://label.example/is-no-link>", [TASS]),
        (f"<{TASS}|Rates &amp; bonds &lt;new&gt;>", [TASS]),
        ("<https://granma.example/?id=7&amp;lang=es>", [QUERY]),
        ("<https://granma.example/?q=&lt;b&gt;&amp;amp;>", ["https://granma.example/?q=<b>&amp;"]),
        ("<https://granma.example/a%7Cb>", ["https://granma.example/a%7Cb"]),
        ("<HTTP://TASS.EXAMPLE/Rates>", ["HTTP://TASS.EXAMPLE/Rates"]),
        (f"Look: (<{TASS}>), “<{RIA}>”.", [TASS, RIA]),
        (f"<{TASS}><{RIA}>", [TASS, RIA]),
        (f"<{TASS}> again <{TASS}|here>", [TASS]),
        (f"&gt; quoted <{TASS}>\n• <{RIA}>\n1. <{QUERY.replace('&', '&amp;')}>", [TASS, RIA, QUERY]),
        (f"`{TASS}`", [TASS]),
        (f"`{TASS}`and more", [TASS]),
        (f"```curl {TASS}\ncurl {QUERY.replace('&', '&amp;')}```", [TASS, QUERY]),
        (f'```&lt;a href="{TASS}"&gt;```', [TASS]),
        (f"bare {TASS}, ({RIA}); «{QUERY.replace('&', '&amp;')}»!", [TASS, RIA, QUERY]),
        ("(https://en.wiki.example/Granma_(newspaper))", ["https://en.wiki.example/Granma_(newspaper)"]),
        ("https://tass.example/rates…", [TASS]),
        ("<mailto:ana@vric.example|ana@vric.example> <slack://open?url=https://tass.example/>", []),
        ("<tel:+13055550100|305> <@U1> <#C1|vric> <!here> <!subteam^S1|@desk>", []),
        ("<!date^1610360000^{date}^https://tass.example/rates|11 January>", []),
        ("ftp://tass.example/rates &lt;https:&gt; http:// https", []),
        ("", []),
    ],
)
def test_links_of_message_text(text: str, links: list[str]) -> None:
    assert links_of({"text": text}) == tuple(links)


@pytest.mark.parametrize(
    ("message", "links"),
    [
        (rich(section(words("See "), link(TASS), words(", please."))), [TASS]),
        (rich(section(link(TASS, text="Rates & bonds"))), [TASS]),
        (rich(section(link(TASS, text="https://label.example/is-no-link"))), [TASS]),
        (rich(section(link(QUERY))), [QUERY]),
        (rich(section(link("https://granma.example/a|b"))), ["https://granma.example/a%7Cb"]),
        (rich(section(link("https://granma.example/?q=&amp;"))), ["https://granma.example/?q=&amp;"]),
        (rich(section(link(TASS), words(" "), link(TASS))), [TASS]),
        (rich({"type": "rich_text_quote", "elements": [link(TASS)]}), [TASS]),
        (
            rich({"type": "rich_text_list", "style": "bullet", "elements": [section(link(TASS)), section(link(RIA))]}),
            [TASS, RIA],
        ),
        (
            rich(
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [section(link(TASS))]}],
                },
                {"type": "rich_text_quote", "elements": [section(link(RIA))]},
            ),
            [TASS, RIA],
        ),
        (rich({"type": "rich_text_preformatted", "elements": [words(f"curl {TASS}\ncurl {RIA}")]}), [TASS, RIA]),
        (rich({"type": "rich_text_preformatted", "elements": [link(TASS)]}), [TASS]),
        (rich(section(words(TASS, style={"code": True}), words("and more"))), [TASS]),
        (rich(section(words(f"({TASS})."))), [TASS]),
        (rich(section(link("mailto:ana@vric.example"), link("slack://open"), {"type": "user", "user_id": "U1"})), []),
        (rich(section({"type": "date", "timestamp": 1610360000, "format": "{date}", "url": TASS})), []),
        (rich(section({"type": "emoji", "name": "newspaper"}, {"type": "broadcast", "range": "here"})), []),
        ({"text": f"<{TASS}>", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "…"}}]}, [TASS]),
        ({"text": f"<{TASS}>", "blocks": []}, [TASS]),
        ({"text": f"<{TASS}>", "blocks": None}, [TASS]),
        ({"text": None}, []),
        ({}, []),
    ],
)
def test_links_of_rich_text(message: dict[str, Any], links: list[str]) -> None:
    assert links_of(message) == tuple(links)


def test_rich_text_is_read_before_the_text() -> None:
    message = {**rich(section(link(TASS))), "text": f"<{RIA}>"}

    assert links_of(message) == (TASS,)


def test_a_forwarded_message_brings_no_links_of_its_own() -> None:
    forwarded = {
        "is_share": True,
        "from_url": "https://vric.slack.example/archives/C1/p1",
        "text": f"<{TASS}>",
        "message_blocks": [{"team": "T1", "channel": "C1", "ts": "1.1", "message": rich(section(link(TASS)))}],
    }

    assert links_of({"text": "Look", "attachments": [forwarded]}) == ()
    assert links_of({**rich(section(words("Look"))), "attachments": [forwarded]}) == ()


def test_a_preview_brings_no_links_of_its_own() -> None:
    preview = {"from_url": TASS, "original_url": TASS, "title_link": RIA, "text": f"<{QUERY}>", "thumb_url": RIA}

    assert links_of({**rich(section(link(TASS))), "attachments": [preview]}) == (TASS,)


def test_lists_quotes_and_code_as_a_member_types_them() -> None:
    said, blocks = typed(
        f"Two from Moscow:\n- {TASS}\n- [Ставка]({RIA}), see `{QUERY}`\n> {TASS}\n```\nhttps://sana.example/1\n```",
        lambda _: None,
    )

    assert links_of({"text": said}) == (TASS, RIA, QUERY, "https://sana.example/1")
    assert links_of({"text": said, "blocks": blocks}) == (TASS, RIA, QUERY, "https://sana.example/1")


_PATHS = st.text(alphabet="abcя0-_.,;:!?'()[]&=|%$~+#/", max_size=20)
_URLS = st.builds("{}://{}.example/{}".format, st.sampled_from(["http", "https"]), st.sampled_from("abc"), _PATHS)
_PROSE = st.text(alphabet="ab ,.()&<>|«»\"'*_~-", max_size=12)
_PIECES = st.one_of(
    _URLS,
    _PROSE,
    _URLS.map("`{}`".format),
    _URLS.map("({})".format),
    _URLS.filter(lambda url: ")" not in url).map("[label | of <it>]({})".format),
    st.sampled_from(["@ana ", "@nobody ", "\n", "\n> ", "\n- ", "\n12. ", "\n```\n", "ana@vric.example", "<", "&amp;"]),
)


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_text_and_rich_text_of_what_anybody_types_give_the_same_links(text: str) -> None:
    said, blocks = typed(text, {"ana": "U1"}.get)

    assert links_of({"text": said}) == links_of({"text": "", "blocks": blocks})


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


SECTIONS = [
    {"type": "header", "text": {"type": "plain_text", "text": "News"}},
    {"type": "section", "text": mrkdwn(f"*<{TASS}|Rates>*"), "fields": [mrkdwn(f"<{RIA}>")]},
    {"type": "context", "elements": [{"type": "image", "image_url": "https://img.example/1.png"}, mrkdwn("by <@U1>")]},
    {"type": "section", "text": mrkdwn("*Bonds*"), "accessory": {"type": "button", "url": "https://app.example/open"}},
]


ATTACHED = [
    {"pretext": f"See <{TASS}>", "title": "Rates", "title_link": TASS, "text": f"<{QUERY.replace('&', '&amp;')}>"},
    {"title": "Preview", "title_link": "https://preview.example/", "from_url": "https://preview.example/"},
    {"is_msg_unfurl": True, "text": "<https://quoted.example/>", "title_link": "https://quoted.example/"},
]


@pytest.mark.parametrize(
    ("message", "links"),
    [
        ({"text": f"<{QUERY.replace('&', '&amp;')}|New>", "blocks": SECTIONS, "attachments": ATTACHED}, (QUERY,)),
        ({"text": "News", "blocks": SECTIONS, "attachments": ATTACHED}, (TASS, RIA)),
        ({"text": "News", "attachments": ATTACHED}, (TASS, QUERY)),
        ({"text": "News", "attachments": [{"blocks": SECTIONS}]}, (TASS, RIA)),
    ],
)
def test_apps_write_links_in_their_text_else_in_sections_else_in_attachments(
    message: dict[str, Any], links: tuple[str, ...]
) -> None:
    assert links_of({"bot_id": "B1", **message}) == links


def test_what_members_attach_is_none_of_their_links() -> None:
    assert links_of({"text": "News", "blocks": SECTIONS, "attachments": ATTACHED}) == ()
