from collections.abc import Callable, Sequence

import httpcore
import pytest

from bot.extract.dial import GRANT, GuardedBackend, SystemResolver
from bot.extract.fetch import Fetcher
from bot.extract.page import PageTrouble, Trouble
from tests.extract.site import Answers, Site, Wire, redirect

PUBLIC, OTHER, PRIVATE = "93.184.216.34", "2606:4700::1111", "192.168.1.1"

LOOPBACKS = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0x7f.0x0.0x0.0x1",
    "0177.1",
    "0177.0.0.1",
    "017700000001",
    "0",
    "0.0.0.0",  # noqa: S104 - asked for, not bound
    "0x0",
    "１２７.０.０.１",  # full width
    "①②⑦.⓪.⓪.①",  # circled
    "127。0。0。1",  # ideographic full stops
    "127.0.0.1.",
    "localhost",
    "localhost.",
    "LOCALHOST",
    "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1%25lo]",
    "[::1%25lo]",
]


@pytest.mark.parametrize("host", LOOPBACKS)
async def test_no_spelling_of_loopback_is_dialled(host: str) -> None:
    wire = Wire()
    fetcher = Fetcher(contact="the tests", resolver=SystemResolver(), network=wire)

    with pytest.raises(PageTrouble) as trouble:
        await fetcher.fetch(f"http://{host}/")
    await fetcher.close()

    assert trouble.value.kind is Trouble.REFUSED
    assert wire.dialled == []


@pytest.mark.parametrize("host", LOOPBACKS)
async def test_no_spelling_of_loopback_is_dialled_after_a_redirect(
    site: Site, wire: Wire, fetcher_of: Callable[..., Fetcher], host: str
) -> None:
    url = site.says("/moved", redirect(f"http://{host}:{site.port}/secret"))

    with pytest.raises(PageTrouble) as trouble:
        await fetcher_of(resolver=Answers(["127.0.0.1"])).fetch(url)

    assert trouble.value.kind is Trouble.REFUSED
    assert site.asked == ["/moved"]
    assert wire.dialled == [("127.0.0.1", site.port)]


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254"),
        ("http://[fd00:ec2::254]/latest/meta-data/", "fd00:ec2::254"),
        ("http://metadata.google.internal/computeMetadata/v1/", "169.254.169.254"),
        ("http://100.100.100.200/latest/meta-data/", "100.100.100.200"),
        ("http://168.63.129.16/machine", "168.63.129.16"),
        ("http://192.0.0.192/opc/v2/", "192.0.0.192"),
        ("http://169.254.170.2/v2/credentials", "169.254.170.2"),
        ("http://news.example/", "::ffff:169.254.169.254"),
    ],
)
async def test_metadata_services_of_clouds_are_not_dialled(
    wire: Wire, fetcher_of: Callable[..., Fetcher], url: str, leads_to: str
) -> None:
    with pytest.raises(PageTrouble) as trouble:
        await fetcher_of(resolver=Answers([leads_to])).fetch(url)

    assert trouble.value.kind is Trouble.REFUSED
    assert not trouble.value.retry
    assert wire.dialled == []


async def test_a_name_is_looked_up_once_and_dialled_as_it_was_checked(wire: Wire) -> None:
    resolver = Answers([PUBLIC], ["127.0.0.1"])
    guard = GuardedBackend(resolver=resolver, allowed=(), network=wire)

    with pytest.raises(httpcore.ConnectError):
        await guard.connect_tcp("rebinding.example", 80)

    assert resolver.asked == ["rebinding.example"]
    assert wire.dialled == [(PUBLIC, 80)]


async def test_a_name_that_changes_its_address_between_two_pages_is_checked_again(
    wire: Wire, fetcher_of: Callable[..., Fetcher]
) -> None:
    fetcher = fetcher_of(resolver=Answers([PUBLIC], [PRIVATE]))

    with pytest.raises(PageTrouble) as first:
        await fetcher.fetch("http://rebinding.example/")
    with pytest.raises(PageTrouble) as second:
        await fetcher.fetch("http://rebinding.example/")

    assert (first.value.kind, second.value.kind) == (Trouble.UNREACHABLE, Trouble.REFUSED)
    assert wire.dialled == [(PUBLIC, 80)]


async def test_where_one_address_is_silent_the_next_is_dialled(wire: Wire) -> None:
    guard = GuardedBackend(resolver=Answers([OTHER, PUBLIC]), allowed=(), network=wire)

    with pytest.raises(httpcore.ConnectError):
        await guard.connect_tcp("news.example", 443)

    assert wire.dialled == [(OTHER, 443), (PUBLIC, 443)]


@pytest.mark.parametrize(
    "found",
    [
        [PRIVATE],
        [PUBLIC, PRIVATE],
        [PRIVATE, PUBLIC],
        [PUBLIC, "::1"],
        [PUBLIC, OTHER, "fe80::1%eth0"],
        [PUBLIC, "nonsense"],
    ],
)
async def test_one_private_address_among_public_ones_refuses_the_name(wire: Wire, found: Sequence[str]) -> None:
    guard = GuardedBackend(resolver=Answers(found), allowed=(), network=wire)

    with pytest.raises(PageTrouble, match="private address") as trouble:
        await guard.connect_tcp("mixed.example", 443)

    assert trouble.value.kind is Trouble.REFUSED
    assert wire.dialled == []


async def test_a_name_without_an_address_leads_nowhere_for_now(wire: Wire) -> None:
    guard = GuardedBackend(resolver=Answers([]), allowed=(), network=wire)

    with pytest.raises(PageTrouble, match=r"unknown name: nowhere\.example") as trouble:
        await guard.connect_tcp("nowhere.example", 443)

    assert trouble.value.kind is Trouble.UNREACHABLE
    assert trouble.value.retry


@pytest.mark.parametrize("port", [0, 22, 25, 79, 81, 442, 444, 3000, 5432, 6379, 8080, 8443, 65_535])
async def test_only_the_ports_of_the_web_are_dialled(wire: Wire, port: int) -> None:
    guard = GuardedBackend(resolver=Answers([PUBLIC]), allowed=(), network=wire)

    with pytest.raises(PageTrouble, match="unusual port") as trouble:
        await guard.connect_tcp("news.example", port)

    assert trouble.value.kind is Trouble.REFUSED
    assert wire.dialled == []


@pytest.mark.parametrize(
    ("host", "port"),
    [
        ("sandbox.example", 8322),
        ("sandbox.example", 80),
        ("other.example", 8321),
        ("news.sandbox.example", 8321),
        ("example", 8321),
        ("sandbox.example.", 8321),
        ("Sandbox.example", 8321),
        ("127.0.0.1", 8321),
        ("localhost", 8321),
    ],
)
async def test_what_is_allowed_on_loopback_is_one_host_on_one_port(wire: Wire, host: str, port: int) -> None:
    guard = GuardedBackend(resolver=Answers(["127.0.0.1"]), allowed=[("sandbox.example", 8321)], network=wire)

    with pytest.raises(PageTrouble) as trouble:
        await guard.addresses(host, port)

    assert trouble.value.kind is Trouble.REFUSED
    assert list(await guard.addresses("sandbox.example", 8321)) == ["127.0.0.1"]


async def test_an_allowed_page_is_never_looked_up(wire: Wire) -> None:
    resolver = Answers([PUBLIC])
    guard = GuardedBackend(resolver=resolver, allowed=[("sandbox.example", 8321)], network=wire)

    await guard.addresses("sandbox.example", 8321)

    assert resolver.asked == []


@pytest.mark.parametrize("elsewhere", ["h12.example", "news.reuters.example", "127.0.0.1", "localhost"])
async def test_a_redirect_leaves_the_allowed_page_for_no_other_name_on_its_port(
    site: Site, fetcher_of: Callable[..., Fetcher], elsewhere: str
) -> None:
    url = site.says("/moved", redirect(f"http://{elsewhere}:{site.port}/secret"))

    with pytest.raises(PageTrouble) as trouble:
        await fetcher_of(resolver=Answers(["127.0.0.1"])).fetch(url)

    assert trouble.value.kind is Trouble.REFUSED
    assert site.asked == ["/moved"]


async def test_sockets_of_the_machine_are_not_dialled(wire: Wire) -> None:
    guard = GuardedBackend(resolver=Answers([PUBLIC]), allowed=(), network=wire)

    with pytest.raises(PageTrouble):
        await guard.connect_unix_socket("/var/run/docker.sock")


async def test_a_name_longer_than_names_can_be_is_not_looked_up(wire: Wire) -> None:
    resolver = Answers([PUBLIC])
    guard = GuardedBackend(resolver=resolver, allowed=(), network=wire)

    with pytest.raises(PageTrouble, match="long name"):
        await guard.addresses(".".join(["tass"] * 60), 443)

    assert resolver.asked == []


async def test_a_connection_is_read_in_sips_so_that_tiny_pieces_leave_the_loop_to_others(
    site: Site, wire: Wire
) -> None:
    site.says("/much", b"<p" * 500_000)
    guard = GuardedBackend(resolver=Answers([PUBLIC]), allowed=site.places, network=wire)
    stream = await guard.connect_tcp("reuters.example", site.port)
    await stream.write(b"GET /much HTTP/1.1\r\n\r\n")

    first = [len(await stream.read(65_536)) for _ in range(50)]
    stream.get_extra_info(GRANT)(1_000_000)
    later = [len(await stream.read(65_536)) for _ in range(50)]
    await stream.aclose()

    assert (max(first), max(later)) == (1024, 8192)


async def test_before_it_is_granted_more_a_connection_may_send_what_a_head_needs(site: Site, wire: Wire) -> None:
    site.says("/much", b"<p" * 500_000)
    guard = GuardedBackend(resolver=Answers([PUBLIC]), allowed=site.places, network=wire)
    stream = await guard.connect_tcp("reuters.example", site.port)
    await stream.write(b"GET /much HTTP/1.1\r\n\r\n")

    sips: list[int] = []

    async def drain() -> None:
        while True:
            sips.append(len(await stream.read(65_536)))

    with pytest.raises(PageTrouble, match="far too much"):
        await drain()
    await stream.aclose()

    assert 63 * 1024 <= sum(sips) <= 64 * 1024
