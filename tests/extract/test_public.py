from ipaddress import ip_network

import pytest

from bot.extract.public import is_public

BOTH, BEFORE, AFTER = (True, True), (True, False), (False, True)


@pytest.mark.parametrize(
    ("closed", "open_beside"),
    [
        ("0.0.0.0/8", AFTER),
        ("10.0.0.0/8", BOTH),
        ("100.64.0.0/10", BOTH),
        ("127.0.0.0/8", BOTH),
        ("168.63.129.16/32", BOTH),
        ("169.254.0.0/16", BOTH),
        ("172.16.0.0/12", BOTH),
        ("192.0.0.0/24", BOTH),
        ("192.0.2.0/24", BOTH),
        ("192.31.196.0/24", BOTH),
        ("192.52.193.0/24", BOTH),
        ("192.88.99.0/24", BOTH),
        ("192.168.0.0/16", BOTH),
        ("192.175.48.0/24", BOTH),
        ("198.18.0.0/15", BOTH),
        ("198.51.100.0/24", BOTH),
        ("203.0.113.0/24", BOTH),
        ("224.0.0.0/4", BEFORE),
        ("240.0.0.0/4", (False, False)),
        ("::/3", AFTER),
        ("2001::/23", BOTH),
        ("2001:db8::/32", BOTH),
        ("2002::/16", BOTH),
        ("2620:4f:8000::/48", BOTH),
        ("3fff::/20", BOTH),
        ("4000::/3", BEFORE),
    ],
)
def test_a_closed_range_is_closed_from_its_first_to_its_last_address_and_no_further(
    closed: str, open_beside: tuple[bool, bool]
) -> None:
    network = ip_network(closed)
    first, last = network.network_address, network.broadcast_address
    before, after = open_beside

    assert not is_public(str(first))
    assert not is_public(str(last))
    assert not is_public(str(first + network.num_addresses // 2))
    if int(first) > 0:
        assert is_public(str(first - 1)) is before
    if int(last) < 2**32 - 1 or network.version == 6:
        assert is_public(str(last + 1)) is after


@pytest.mark.parametrize(
    "address",
    [
        "::ffff:127.0.0.1",  # mapped
        "::ffff:10.0.0.1",
        "::ffff:a9fe:a9fe",  # the metadata service, mapped
        "::127.0.0.1",  # compatible
        "::8.8.8.8",
        "64:ff9b::7f00:1",  # NAT64
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "2002:7f00:1::1",  # 6to4
        "2002:808:808::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",  # Teredo
        "fc00::1",  # unique local
        "fd00:ec2::254",
        "fe80::1",  # link-local
        "fe80::1%eth0",
        "fec0::1",  # site-local
        "2606:4700::1111%1",  # scoped
        "ff02::1",  # multicast
        "ff0e::1",
        "224.0.0.251",
        "::1",
        "::",
        "100::1",  # discard
        "5f00::1",  # segment routing
        "255.255.255.255",
    ],
)
def test_addresses_that_carry_or_hide_another_network_are_closed(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e", "::ffff:8.8.8.8"]
)
def test_the_public_internet_is_open(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "text", ["", "localhost", "127.1", "0x7f000001", "010.8.8.8", "8.8.8", "8.8.8.8.", "[2606:4700::1]", "８.8.8.8"]
)
def test_what_is_no_address_in_its_one_spelling_is_closed(text: str) -> None:
    assert not is_public(text)
