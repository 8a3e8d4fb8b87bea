"""A real browser, and the sandbox as its command starts it."""

import json
import re
import shutil
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.command_line import Vric
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


@pytest.fixture(params=["--socket"])
async def sandbox(request: pytest.FixtureRequest, tmp_path: Path, recorded_calls: Path) -> AsyncIterator[str]:
    """`vric sandbox` as a process of its own; gives the address that it says. The page knows nothing of transports."""
    async with Vric(tmp_path).running("sandbox", "--no-browser", "--port", "0", request.param) as running:
        said = re.search(r"http://127\.0\.0\.1:\d+", await running.says("http://127.0.0.1:"))
        assert said is not None
        yield said[0]
        async with httpx.AsyncClient(trust_env=False) as client:
            calls = (await client.get(f"{said[0]}/sandbox/state")).json()["calls"]
        with recorded_calls.open("a", encoding="utf-8") as record:
            record.writelines(json.dumps({"method": call["method"], "args": call["args"]}) + "\n" for call in calls)
        running.asked(signal.SIGTERM)
        assert (await running.ended()).status == 0


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
