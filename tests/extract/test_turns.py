"""How many pages are read at once, of one host and in all."""

import asyncio
from collections.abc import Callable

from bot.extract.fetch import Fetcher
from bot.extract.page import PageTrouble, Trouble
from tests.extract.site import HTML, Site, answer, dripping, redirect


class Crowd:
    """Holds visitors until as many are inside as were awaited, then leaves others the time to come in too."""

    def __init__(self, awaited: int) -> None:
        self._awaited = awaited
        self._full = asyncio.Event()
        self._inside = 0
        self.most = 0

    async def enter(self, writer: asyncio.StreamWriter) -> None:
        self._inside += 1
        self.most = max(self.most, self._inside)
        if self._inside == self._awaited:
            self._full.set()
        await self._full.wait()
        for _ in range(100):
            await asyncio.sleep(0)
        self._inside -= 1
        writer.write(answer())


async def test_a_host_is_asked_for_two_pages_at_once(site: Site, fetcher: Fetcher) -> None:
    crowd = Crowd(2)
    urls = [site.acts(f"/{number}", crowd.enter) for number in range(8)]

    pages = await asyncio.gather(*(fetcher.fetch(url) for url in urls))

    assert [page.url for page in pages] == urls
    assert crowd.most == 2


async def test_a_host_under_its_two_names_is_one_host_also_after_redirects(site: Site, fetcher: Fetcher) -> None:
    crowd = Crowd(2)
    for number in range(4):
        site.acts(f"/{number}", crowd.enter)
        site.says(f"/short/{number}", redirect(site.url(f"/{number}", host="www.reuters.example")))
    direct = [site.url(f"/{number}") for number in range(4)]
    sent_on = [site.url(f"/short/{number}", host=f"h{number}.example") for number in range(4)]

    await asyncio.gather(*(fetcher.fetch(url) for url in (*direct, *sent_on)))

    assert crowd.most == 2


async def test_twenty_pages_are_read_at_once_in_all(site: Site, fetcher: Fetcher) -> None:
    crowd = Crowd(20)
    site.acts("/tankers", crowd.enter)
    urls = [site.url("/tankers", host=f"h{number}.example") for number in range(12)] * 2

    pages = await asyncio.gather(*(fetcher.fetch(url) for url in urls))

    assert len(pages) == 24
    assert crowd.most == 20


async def test_readers_of_a_slow_host_keep_nobody_from_another(site: Site, fetcher: Fetcher) -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def wait(writer: asyncio.StreamWriter) -> None:
        asked.set()
        await go_on.wait()
        writer.write(answer())

    slow = [asyncio.ensure_future(fetcher.fetch(site.acts(f"/{number}", wait))) for number in range(30)]
    await asked.wait()

    page = await fetcher.fetch(site.says("/quick", answer(), host="infobae.example"))
    go_on.set()
    await asyncio.gather(*slow)

    assert page.url == site.url("/quick", host="infobae.example")


async def test_waiting_for_a_turn_does_not_count_against_the_page(
    site: Site, fetcher_of: Callable[..., Fetcher]
) -> None:
    urls = [site.acts(f"/{number}", dripping(b"", b"")) for number in range(4)]
    quick = site.says("/quick", answer())
    fetcher = fetcher_of(deadline_s=1)

    *slow, page = await asyncio.gather(*(fetcher.fetch(url) for url in (*urls, quick)), return_exceptions=True)

    assert [each.kind for each in slow if isinstance(each, PageTrouble)] == [Trouble.TIMED_OUT] * 4
    assert not isinstance(page, BaseException)


async def test_a_reader_who_leaves_gives_the_turn_back(site: Site, fetcher: Fetcher) -> None:
    both_in = asyncio.Barrier(3)

    async def never_answer(_: asyncio.StreamWriter) -> None:
        await both_in.wait()
        await asyncio.Event().wait()

    leaving = [asyncio.ensure_future(fetcher.fetch(site.acts(f"/{number}", never_answer))) for number in range(2)]
    quick = asyncio.ensure_future(fetcher.fetch(site.says("/quick", answer())))
    await both_in.wait()

    for each in leaving:
        each.cancel()

    assert (await quick).body == HTML.encode()
    left = await asyncio.gather(*leaving, return_exceptions=True)
    assert all(isinstance(each, asyncio.CancelledError) for each in left)
