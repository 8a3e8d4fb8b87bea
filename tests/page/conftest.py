"""A real browser, and the sandbox as its command starts it."""

import asyncio
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.conftest import unavailable

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_STARTS_WITHIN_S = 60


def find_browser() -> str | None:
    """Chromium, by one of the names under which it is installed."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    program = find_browser()
    if program is None:
        unavailable("Chromium")
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        yield found
        await found.close()


@pytest.fixture(params=["--http", "--socket"])
async def sandbox(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """`vric sandbox` as a process of its own, in a folder of its own; gives the address that it says."""
    async with started("sandbox", "--no-browser", "--port", "0", request.param, folder=tmp_path) as address:
        yield address


@asynccontextmanager
async def started(*arguments: str, folder: Path) -> AsyncIterator[str]:
    """Run the command line until it says an address; it ends in order when it is asked to."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "NO_COLOR": "1", "COLUMNS": "200"},
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    said = b""
    async with asyncio.timeout(_STARTS_WITHIN_S):
        while (found := re.search(rb"http://127\.0\.0\.1:\d+", said)) is None:
            line = await process.stderr.readline()
            assert line, said.decode()
            said += line
    yield found[0].decode()
    process.terminate()
    assert await process.wait() == 0, (said + await process.stderr.read()).decode()


@pytest.fixture
async def page(browser: Browser, sandbox: str) -> AsyncIterator[Page]:
    """The sandbox's page in a fresh window; an error on it fails the test."""
    found = await browser.new_page(viewport={"width": 1200, "height": 860}, timezone_id="America/New_York")
    errors: list[str] = []
    found.on("pageerror", lambda error: errors.append(str(error)))
    found.on("console", lambda line: errors.append(line.text) if line.type in {"error", "warning"} else None)
    await found.goto(sandbox)
    yield found
    assert errors == []
    await found.close()
