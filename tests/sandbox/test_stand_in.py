"""The stand-in as a server: where it binds, what it takes, how it ends."""

import socket

import httpx
import pytest

from bot.sandbox.clock import MovableClock
from bot.sandbox.stand_in import StandIn
from tests.sandbox.newcomer import manifest


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])  # noqa: S104 - what is refused here
def test_it_binds_this_machine_only(clock: MovableClock, host: str) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        StandIn(manifest(), clock=clock, host=host)


@pytest.mark.parametrize("token", ["xoxb-1234567890-abc", "xoxp-1234567890", "xapp-1-A0123456789-1"])
def test_it_takes_nothing_that_looks_like_a_real_token(clock: MovableClock, token: str) -> None:
    with pytest.raises(ValueError, match="real token"):
        StandIn({**manifest(), "display_information": {"name": token}}, clock=clock)


async def test_its_tokens_are_its_own_and_plainly_not_real(clock: MovableClock) -> None:
    one, other = StandIn(manifest(), clock=clock), StandIn(manifest(), clock=clock)

    assert one.bot_token.startswith("xoxb-sandbox-")
    assert one.app_token.startswith("xapp-sandbox-")
    assert len({one.bot_token, other.bot_token, one.signing_secret, other.signing_secret}) == 4
    for each in (one, other):
        await each.close()


async def test_a_port_in_use_is_refused_at_once(clock: MovableClock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        stand_in = StandIn(manifest(), clock=clock, port=taken.getsockname()[1])
        with pytest.raises(OSError, match="in use"):
            await stand_in.start()
        await stand_in.close()


async def test_it_ends_while_somebody_is_still_connected(clock: MovableClock) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        async with StandIn(manifest(), clock=clock) as stand_in:
            assert (await http.get(f"{stand_in.url}/sandbox/state")).status_code == 200

        with pytest.raises(httpx.ConnectError):
            await http.get(f"{stand_in.url}/sandbox/state")


async def test_a_closed_one_hears_no_more_of_the_clock(clock: MovableClock) -> None:
    async with StandIn(manifest(), clock=clock) as stand_in:
        pass
    before = stand_in.workspace.revision

    clock.advance(clock() - clock())

    assert stand_in.workspace.revision == before
