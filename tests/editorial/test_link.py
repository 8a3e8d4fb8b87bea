import ipaddress
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.editorial.link import MAX_URL, NotALink, links_in, links_typed, read_link

_labels = st.text("abcxyz019-", min_size=1, max_size=12)
_hosts = st.lists(_labels, min_size=1, max_size=4).map(".".join)
_parts = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), exclude_characters="\\#"), max_size=40
)
_urls = st.builds(
    "{}://{}{}/{}?{}".format,
    st.sampled_from(["http", "HTTPS"]),
    _hosts,
    st.sampled_from(["", ":80", ":443", ":8321"]),
    _parts.map(lambda part: part.replace("?", "")),
    _parts,
)
_TRACKING = (
    "utm_source=slack&utm_medium=social",
    "fbclid=IwAR0",
    "gclid=1",
    "at_medium=custom7",
    "mc_cid=0f&mc_eid=1a",
    "ref_src=twsrc%5Etfw",
    "outputType=amp-type",
    "UTM_Source=x",
    "utm%5Fcampaign=x",
)


REASONS = {
    "invalid address",
    "invalid name",
    "long link",
    "malformed link",
    "names a user",
    "no host",
    "no web link",
    "odd character",
    "own network",
}


def _answer(dropped: str) -> str:
    try:
        return read_link(dropped).url
    except NotALink as refused:
        return str(refused)


@pytest.mark.parametrize(
    ("dropped", "url"),
    [
        ("https://reuters.com", "https://reuters.com/"),
        ("  https://reuters.com/a \n", "https://reuters.com/a"),
        ("HTTPS://Reuters.COM/Iran-Oil", "https://reuters.com/Iran-Oil"),
        ("https://reuters.com:443/a", "https://reuters.com/a"),
        ("http://reuters.com:80/a", "http://reuters.com/a"),
        ("http://reuters.com:443/a", "http://reuters.com:443/a"),
        ("https://reuters.com./a", "https://reuters.com/a"),
        ("https://reuters.com/a#comments", "https://reuters.com/a"),
        ("https://reuters.com/#@evil.example/", "https://reuters.com/"),
        ("https://reuters.com/a?", "https://reuters.com/a"),
        ("https://reuters.com/a?&&page=2&", "https://reuters.com/a?page=2"),
        ("https://reuters.com/a?page=2&utm_source=slack", "https://reuters.com/a?page=2"),
        ("https://meduza.io/новости", "https://meduza.io/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"),
        ("https://infobae.com/am%c3%a9rica/%7Eana", "https://infobae.com/am%C3%A9rica/~ana"),
        ("https://infobae.com/100%/x?q=5%", "https://infobae.com/100%25/x?q=5%25"),
        ("https://en.wikipedia.org/wiki/Boa_(snake)", "https://en.wikipedia.org/wiki/Boa_(snake)"),
        ("https://россия.example/", "https://xn--h1alffa9f.example/"),
        ("https://Bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://例。example/", "https://xn--fsq.example/"),
        ("http://１２７.0.0.①/", "http://127.0.0.1/"),
        ("http://[2A00:1450:0:0::8A]:80/a", "http://[2a00:1450::8a]/a"),
        ("https://[2a00:1450::8a]:8443/", "https://[2a00:1450::8a]:8443/"),
    ],
)
def test_a_link_has_one_spelling(dropped: str, url: str) -> None:
    link = read_link(dropped)

    assert link.url == url
    assert link.dropped == dropped.strip()


@pytest.mark.parametrize(
    ("dropped", "reason"),
    [
        ("", "no web link"),
        ("reuters.com/a", "no web link"),
        ("//reuters.com/a", "no web link"),
        ("ftp://reuters.com/a", "no web link"),
        ("file:///etc/passwd", "no web link"),
        ("data:text/html,<h1>Iran</h1>", "no web link"),
        ("gopher://reuters.com/", "no web link"),
        ("javascript:alert(1)", "no web link"),
        ("https://", "no host"),
        ("https:///a", "no host"),
        ("https:reuters.com", "no host"),
        ("https://:443/a", "no host"),
        ("https://./a", "no host"),
        ("https://ana@reuters.com/", "names a user"),
        ("https://reuters.com:secret@evil.example/", "names a user"),
        ("https://reuters.com\\@evil.example/", "odd character"),
        ("https://reuters.com/a b", "odd character"),
        ("https://reuters.com/a\tb", "odd character"),
        ("https://reuters.com/a\x00", "odd character"),
        ("https://reuters.com/a\r\nHost: evil", "odd character"),
        ("https://reuters.com/a\x85b", "odd character"),
        ("https://reuters.com/\ud800", "odd character"),
        ("https://reuters.com:port/", "malformed link"),
        ("https://reuters.com:65536/", "malformed link"),
        ("https://[2a00::1/", "malformed link"),
        ("https://[fe80::1%25eth0]/", "own network"),
        ("https://[v1.reuters]/", "invalid address"),
        ("https://reuters..com/", "invalid name"),
        (f"https://{'a' * 64}.com/", "invalid name"),
        (f"https://{'ж' * 60}.com/", "invalid name"),
        (f"https://{'abc.' * 64}com/", "invalid name"),
        ("https://reut%65rs.com/", "invalid name"),
        ("https://reuters.com;evil/", "invalid name"),
        (f"https://reuters.com/{'a' * MAX_URL}", "long link: 2048"),
        (f"https://reuters.com/{'ж' * 1000}", "long link: 2048"),
    ],
)
def test_what_is_no_link_is_refused_with_its_reason(dropped: str, reason: str) -> None:
    with pytest.raises(NotALink, match=rf"^{reason}$"):
        read_link(dropped)


def test_a_label_of_63_and_a_link_of_2048_characters_are_still_read() -> None:
    longest = "https://reuters.com/".ljust(MAX_URL, "a")

    assert read_link(f"https://{'a' * 63}.com/").host == f"{'a' * 63}.com"
    assert read_link(longest).url == longest


@given(_urls)
@example("https://a.example/%%341")
@example("https://a.example/?x=%zz&utm%255Fsource=1")
def test_a_link_that_was_read_is_read_again_as_itself(dropped: str) -> None:
    try:
        link = read_link(dropped)
    except NotALink:
        return

    again = read_link(link.url)

    assert again.url == link.url
    assert again.key == link.key
    assert again.host == link.host
    assert link.url.isascii()
    assert not set(link.url) & set(' "<>\\|')


@given(st.text() | _urls)
def test_whatever_is_dropped_is_read_or_refused_for_a_reason_that_has_a_name(dropped: str) -> None:
    answer = _answer(dropped)

    assert re.match(r"https?://.", answer) or answer.partition(":")[0] in REASONS


@given(st.ip_addresses(v=6))
def test_every_address_of_version_6_has_one_spelling(address: ipaddress.IPv6Address) -> None:
    assert read_link(f"http://[{address.exploded.upper()}]/").url == f"http://[{address.compressed}]/"


@given(st.sampled_from(_TRACKING), st.booleans())
def test_tracking_leaves_neither_the_key_nor_the_link_another(tracking: str, before: bool) -> None:  # noqa: FBT001 - drawn
    plain = read_link("https://reuters.com/world/iran-oil?id=7&page=2")
    query = f"{tracking}&id=7&page=2" if before else f"id=7&{tracking}&page=2"

    link = read_link(f"https://reuters.com/world/iran-oil?{query}")

    assert link.url == plain.url
    assert link.key == plain.key


@pytest.mark.parametrize(
    "twin",
    [
        "http://reuters.com/world/iran?a=1&b=2",
        "https://www.reuters.com/world/iran?a=1&b=2",
        "https://m.reuters.com/world/iran?a=1&b=2",
        "https://mobile.reuters.com/world/iran?a=1&b=2",
        "https://amp.reuters.com/world/iran?a=1&b=2",
        "https://reuters.com/world/iran/?a=1&b=2",
        "https://reuters.com/world/iran?b=2&a=1",
        "https://reuters.com/world/%69ran?a=1&b=2#top",
        "https://REUTERS.com:443/world/iran?utm_source=x&a=1&b=2",
    ],
)
def test_twins_of_a_page_share_its_key(twin: str) -> None:
    assert read_link(twin).key == read_link("https://reuters.com/world/iran?a=1&b=2").key


@pytest.mark.parametrize(
    "other",
    [
        "https://reuters.com/world/Iran?a=1",
        "https://reuters.com/world/iran",
        "https://reuters.com/world/iran?a=2",
        "https://reuters.com/world/iran?a=1&a=1",
        "https://reuters.com:8443/world/iran?a=1",
        "https://africa.reuters.com/world/iran?a=1",
        "https://reuters.com.evil.example/world/iran?a=1",
    ],
)
def test_other_pages_have_other_keys(other: str) -> None:
    assert read_link(other).key != read_link("https://reuters.com/world/iran?a=1").key


def test_parameters_in_an_old_encoding_stay_apart() -> None:
    assert read_link("https://a.example/?q=%FF").key != read_link("https://a.example/?q=%FE").key


def test_a_host_that_is_all_there_is_loses_no_label() -> None:
    assert read_link("https://www.com/").key == "www.com"
    assert read_link("https://m.co/").key == "m.co"


def test_the_host_is_named_without_www_alone() -> None:
    assert read_link("https://www.reuters.com/").host == "reuters.com"
    assert read_link("https://actualidad.rt.com/").host == "actualidad.rt.com"


@pytest.mark.parametrize(
    ("prose", "links"),
    [
        ("Look: https://reuters.com/a.", ["https://reuters.com/a"]),
        ("https://reuters.com/a, https://meduza.io/b; and more", ["https://reuters.com/a", "https://meduza.io/b"]),
        ("(https://reuters.com/a)", ["https://reuters.com/a"]),
        ("[see https://reuters.com/a]", ["https://reuters.com/a"]),
        ("(see https://en.wikipedia.org/wiki/Boa_(snake))", ["https://en.wikipedia.org/wiki/Boa_(snake)"]),
        ("https://en.wikipedia.org/wiki/Boa_(snake)", ["https://en.wikipedia.org/wiki/Boa_(snake)"]),
        ("¿https://infobae.com/a?", ["https://infobae.com/a"]),
        ("“https://reuters.com/a”", ["https://reuters.com/a"]),
        ("«https://meduza.io/b»", ["https://meduza.io/b"]),
        ("‘https://reuters.com/a’", ["https://reuters.com/a"]),
        ('"https://reuters.com/a"', ["https://reuters.com/a"]),
        ("*https://reuters.com/a*", ["https://reuters.com/a"]),
        ("`https://reuters.com/a`", ["https://reuters.com/a"]),
        ("|https://reuters.com/a|", ["https://reuters.com/a"]),
        ("https://reuters.com/a…", ["https://reuters.com/a"]),
        ("https://reuters.com/a!?...", ["https://reuters.com/a"]),
        ("见 https://xinhuanet.com/a。还有", ["https://xinhuanet.com/a"]),
        ("（https://xinhuanet.com/a）", ["https://xinhuanet.com/a"]),
        ("https://reuters.com/a\u200b", ["https://reuters.com/a"]),
        ("https://reuters.com/x|y", ["https://reuters.com/x|y"]),
        ("https://reuters.com/a?x=1&y=2", ["https://reuters.com/a?x=1&y=2"]),
        ("https://reuters.com/a https://reuters.com/a", ["https://reuters.com/a"]),
        ("HTTPS://reuters.com/a\nhttp://meduza.io", ["HTTPS://reuters.com/a", "http://meduza.io"]),
        ("begin with https:// or https://… please", []),
        ("mail ana@reuters.com, ftp://reuters.com/a, reuters.com", []),
    ],
)
def test_links_in_prose_come_without_what_surrounds_them(prose: str, links: list[str]) -> None:
    assert list(links_in(prose)) == links


@given(st.text())
def test_every_link_in_prose_stands_there_as_found_and_once(prose: str) -> None:
    found = links_in(f"{prose} https://reuters.com/a {prose}")

    assert "https://reuters.com/a" in found
    assert len(set(found)) == len(found)
    assert all(link in f"{prose} https://reuters.com/a {prose}" for link in found)


def test_links_are_typed_one_or_more_a_line_and_what_is_none_stays_to_be_told() -> None:
    typed = "\n  https://a.example/1, https://a.example/2 \nBen says: <https://b.example/>.\n\nreuters.com\nhttps://a.example/1"

    assert links_typed(typed) == (
        *("https://a.example/1", "https://a.example/2"),
        *("https://b.example/", "reuters.com"),
    )
    assert links_typed(" \n ") == ()
