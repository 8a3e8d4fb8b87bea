from collections.abc import AsyncIterator, Callable

import pytest

from bot.extract.fetch import Fetcher
from bot.extract.opening import PageOpener
from tests.extract.site import Answers, Site, Wire, open_site


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with open_site() as found:
        yield found


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
async def fetcher_of(site: Site, wire: Wire) -> AsyncIterator[Callable[..., Fetcher]]:
    """Makes fetchers that may reach the site; every other name leads to a private address, unless a test says where."""
    made: list[Fetcher] = []

    def make(*, resolver: Answers | None = None, deadline_s: float = 30.0) -> Fetcher:
        fetcher = Fetcher(
            contact="the tests",
            allowed=site.places,
            resolver=resolver or Answers(["10.0.0.7"]),
            network=wire,
            deadline_s=deadline_s,
        )
        made.append(fetcher)
        return fetcher

    yield make
    for each in made:
        await each.close()


@pytest.fixture
def fetcher(fetcher_of: Callable[..., Fetcher]) -> Fetcher:
    return fetcher_of()


@pytest.fixture(scope="session")
def opener() -> PageOpener:
    return PageOpener()
