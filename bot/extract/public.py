"""Which addresses are public. The standard library's `is_global` misjudges some of them, so the ranges stand here."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_NOT_PUBLIC_V4 = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "168.63.129.16/32",
    )
)
_PUBLIC_V6 = ip_network("2000::/3")
_NOT_PUBLIC_V6 = tuple(
    ip_network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)


def is_public(text: str) -> bool:
    """Say whether an address belongs to the public internet; a scoped or malformed one does not."""
    if "%" in text:
        return False
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return _is_public_v4(address.ipv4_mapped)
        return address in _PUBLIC_V6 and not any(address in network for network in _NOT_PUBLIC_V6)
    return _is_public_v4(address)


def _is_public_v4(address: IPv4Address) -> bool:
    return not any(address in network for network in _NOT_PUBLIC_V4)
