import asyncio
import base64
import json
import os
import select
import signal
import struct
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.extract.page import Extract, PageTrouble, Trouble
from bot.extract.worker import Parser
from tests.extract.site import HEADLINE, HTML

MANY_ATTRIBUTES = (
    b"<html><body><p " + b" ".join(b"a%d=1" % number for number in range(80_000)) + b">x</p></body></html>"
)
MANY_PARAGRAPHS = b"<html><body>" + b"<p class=a>" * 800_000
LONG_S = 60_000
"""Milliseconds that a poll may take before the test fails; nothing sleeps for it."""

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="children are found through /proc")


def _children(parent: int | None = None) -> set[int]:
    """The parsing children of a process."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if int(stat[1]) == (parent or os.getpid()) and b"bot.extract.worker" in command and stat[0] != "Z":
            found.add(int(folder.name))
    return found


def _ends(process: int) -> bool:
    """Wait until a process is gone."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        return bool(poll.poll(LONG_S))
    finally:
        os.close(handle)


def _inheritance(process: int) -> tuple[bytes, list[str]]:
    """The environment of a process and what its handles are of."""
    folder = Path(f"/proc/{process}")
    return (folder / "environ").read_bytes(), [str(each.readlink()) for each in (folder / "fd").iterdir()]


@pytest.fixture
def elder() -> set[int]:
    """Children that belong to other tests."""
    return _children()


@pytest.fixture(scope="module")
async def hasty() -> AsyncIterator[Parser]:
    """Gives a page a second, where a sound one takes milliseconds."""
    found = Parser(parse_s=1, children=1)
    yield found
    await found.close()


async def _trouble(parser: Parser, body: bytes) -> PageTrouble:
    with pytest.raises(PageTrouble) as trouble:
        await parser.parse(body, None, None)
    assert trouble.value.kind is Trouble.UNREADABLE
    assert not trouble.value.retry
    return trouble.value


async def test_a_page_is_read_in_a_child(parser: Parser) -> None:
    found = await parser.parse(HTML.encode(), "https://reuters.example/2021/01/11/tankers", "utf-8")

    assert found.title == HEADLINE
    assert str(found.published_on) == "2021-01-11"
    assert found.final_url == "https://reuters.example/2021/01/11/tankers"


@pytest.mark.parametrize("poison", [MANY_ATTRIBUTES, MANY_PARAGRAPHS], ids=["attributes", "paragraphs"])
async def test_a_page_that_costs_too_much_time_costs_its_own_answer_only(hasty: Parser, poison: bytes) -> None:
    trouble = await _trouble(hasty, poison)

    assert str(trouble) == "slow to read"
    assert (await hasty.parse(HTML.encode(), None, None)).title == HEADLINE


async def test_a_poisoned_page_keeps_nobody_from_the_other_child(parser: Parser) -> None:
    order = []

    async def read(name: str, page: bytes) -> None:
        with suppress(PageTrouble):
            await parser.parse(page, None, None)
        order.append(name)

    await asyncio.gather(read("poisoned", MANY_ATTRIBUTES), *(read("quick", HTML.encode()) for _ in range(3)))

    assert order == ["quick", "quick", "quick", "poisoned"]


async def test_a_child_that_wants_too_much_memory_fails_alone() -> None:
    parser = Parser(memory=4 * 1024 * 1024, parse_s=30, children=1)

    trouble = await _trouble(parser, b"<html><body>" + b"<p>tankers</p>" * 300_000)
    found = await parser.parse(HTML.encode(), None, None)
    await parser.close()

    assert str(trouble) == "unreadable"
    assert found.title == HEADLINE


async def test_a_child_that_is_killed_costs_the_page_it_reads_and_no_other(elder: set[int]) -> None:
    parser = Parser(parse_s=30, children=1)
    await parser.parse(HTML.encode(), None, None)
    (child,) = _children() - elder

    reading = [asyncio.ensure_future(parser.parse(page, None, None)) for page in (MANY_PARAGRAPHS, HTML.encode())]
    await asyncio.sleep(0)
    os.kill(child, signal.SIGKILL)
    killed, found = await asyncio.gather(*reading, return_exceptions=True)
    await parser.close()

    assert isinstance(killed, PageTrouble)
    assert str(killed) == "unreadable"
    assert isinstance(found, Extract)
    assert found.title == HEADLINE


@pytest.fixture
def _secret() -> Iterator[None]:
    os.environ["SLACK_BOT_TOKEN"] = "xoxb-of-the-parent"
    yield
    del os.environ["SLACK_BOT_TOKEN"]


@pytest.mark.usefixtures("_secret")
async def test_a_child_inherits_no_environment_and_no_open_files(elder: set[int], tmp_path: Path) -> None:
    parser = Parser(children=1)
    with (tmp_path / "secret").open("w") as secret:
        os.set_inheritable(secret.fileno(), True)  # noqa: FBT003 - the order of arguments is the system's
        await parser.parse(HTML.encode(), None, None)
        (child,) = _children() - elder
        environment, handles = _inheritance(child)
    await parser.close()

    assert environment == b"OPENBLAS_NUM_THREADS=1\x00"
    assert not [each for each in handles if "secret" in each]
    assert len(handles) == 3


async def test_children_do_not_outlive_a_closed_parser(elder: set[int]) -> None:
    parser = Parser()
    await asyncio.gather(*(parser.parse(HTML.encode(), None, None) for _ in range(2)))
    children = _children() - elder

    await parser.close()

    assert len(children) == 2
    assert _children() <= elder


async def test_a_parser_that_is_closed_while_children_start_leaves_none(elder: set[int]) -> None:
    parser = Parser()
    reading = asyncio.gather(*(parser.parse(HTML.encode(), None, None) for _ in range(5)), return_exceptions=True)
    await asyncio.sleep(0)

    await parser.close()

    assert _children() <= elder
    assert {type(each) for each in await reading} <= {Extract, PageTrouble}


async def test_a_closed_parser_reads_no_more_and_says_so(elder: set[int]) -> None:
    parser = Parser()
    await parser.close()
    await parser.close()

    with pytest.raises(PageTrouble, match="being stopped") as trouble:
        await parser.parse(HTML.encode(), None, None)

    assert trouble.value.retry
    assert _children() <= elder


async def test_a_reader_who_leaves_in_the_middle_does_not_shift_the_answers_of_others(parser: Parser) -> None:
    pages = [HTML.replace(HEADLINE, f"Headline of page {number}").encode() for number in range(12)]

    reading = [asyncio.ensure_future(parser.parse(page, None, None)) for page in pages]
    await asyncio.wait(reading[:1])
    for leaving in reading[1:6]:
        leaving.cancel()
    found = await asyncio.gather(*reading, return_exceptions=True)

    assert [each.title for each in found if isinstance(each, Extract)][-6:] == [
        f"Headline of page {number}" for number in range(6, 12)
    ]
    for number, each in enumerate(found):
        assert isinstance(each, asyncio.CancelledError) or getattr(each, "title", "") == f"Headline of page {number}"


PARENT = """
import asyncio
from bot.extract.worker import Parser

async def main():
    await Parser(children=1).parse(b"<html><title>Tankers</title></html>", None, None)
    print("ready", flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_a_child_ends_when_its_parent_dies() -> None:
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", PARENT, stdout=asyncio.subprocess.PIPE)
    assert parent.stdout is not None
    assert await parent.stdout.readline() == b"ready\n"
    (child,) = _children(parent.pid)

    parent.kill()
    await parent.wait()

    assert await asyncio.to_thread(_ends, child)


async def test_a_child_whose_parent_died_in_the_middle_of_a_poisoned_page_ends_of_itself() -> None:
    request = json.dumps(
        {"body": base64.b64encode(MANY_ATTRIBUTES).decode(), "url": None, "charset": None, "within_s": 0.1}
    ).encode()
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.extract.worker",
        "600000000",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )

    await child.communicate(struct.pack(">I", len(request)) + request)

    assert child.returncode == -signal.SIGALRM


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=2000), url=st.none() | st.text(max_size=50), charset=st.none() | st.text(max_size=20))
async def test_whatever_the_bytes_the_child_answers(
    parser: Parser, body: bytes, url: str | None, charset: str | None
) -> None:
    answers = await asyncio.gather(parser.parse(body, url, charset), return_exceptions=True)

    assert [getattr(each, "final_url", url) for each in answers] == [url]
    assert {type(each) for each in answers} <= {Extract, PageTrouble}
