"""What a desk stores of an outlet that No. 18 cited is the name that was printed, whatever its pages say."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.desk import Desk
from bot.extract.opening import PageOpener
from bot.extract.outlets import Registry, load_registry
from tests.desk.staff import MORNING, Press, dropped

HEADLINE = "Iran sends fleet of tankers to Venezuela"
PAGE = (
    "<!doctype html><html lang='en'><head><title>{headline} - {name}</title>"
    "<meta property='og:site_name' content='{name}'></head><body><h1>{headline}</h1><article>{words}</article>"
    "</body></html>"
)
WORDS = (
    "<p>Five tankers were seen off the coast on Monday, according to shipping data and two people at the port.</p>" * 20
)


def _outlets_in(part: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(part, dict):
        if "outlet" in part:
            yield part["outlet"]
        for each in part.values():
            yield from _outlets_in(each)
    elif isinstance(part, list):
        for each in part:
            yield from _outlets_in(each)


def _address(registry: Registry, name: str) -> str:
    """A page of the outlet, on the host that the issue cited by this name."""
    sections = [f"https://{each.domain}{each.path}" for each in registry.sections if each.name == name]
    hosts = [f"https://www.{each.domain}/" for each in registry.cited_as(name)]
    return next(each for each in sections + hosts if registry.cited(each) == name) + "2021/01/11/tankers-sail"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_outlet_of_no_18_is_stored_as_it_was_cited(desk: Desk, press: Press, shared: Path) -> None:
    issue = json.loads((shared / "golden" / "vric-18" / "issue.json").read_text(encoding="utf-8"))
    names = sorted({name for name in _outlets_in(issue) if " on Twitter" not in name})
    registry, opener = load_registry(), PageOpener()
    stored, by_the_page = {}, {}

    for number, name in enumerate(names):
        url = _address(registry, name)
        page = PAGE.format(headline=HEADLINE, name=f"The {name}", words=WORDS)
        found = opener.read(page.encode(), url)
        press.pages[url], by_the_page[name] = found, found.source
        await dropped(desk, url, message=f"{number}.0")
        read = await desk.read_next(now=MORNING)
        assert read is not None
        stored[name] = read.source

    assert stored == {name: name for name in names}
    assert len(names) > 50
    assert by_the_page["New York Times"] != "New York Times"
