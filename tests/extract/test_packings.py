"""Packed pages are unpacked, up to a limit and once."""

import gzip
import zlib

import pytest

from bot.extract.fetch import MAX_BODY, Fetcher
from bot.extract.page import Trouble
from tests.extract.site import HTML, Site, answer, trouble_of


async def test_a_packed_page_is_unpacked(site: Site, fetcher: Fetcher) -> None:
    page = await fetcher.fetch(site.says("/tankers", answer(gzip.compress(HTML.encode()), content_encoding="GZIP")))

    assert page.body == HTML.encode()


async def test_a_bomb_is_unpacked_up_to_the_limit_only(site: Site, fetcher: Fetcher) -> None:
    bomb = gzip.compress(b"<p>" * 100_000_000, compresslevel=1)
    assert len(bomb) < 2_000_000

    page = await fetcher.fetch(site.says("/tankers", answer(bomb, content_encoding="gzip")))

    assert len(page.body) == MAX_BODY


async def test_a_page_packed_twice_is_unpacked_once_and_is_no_page(site: Site, fetcher: Fetcher) -> None:
    twice = gzip.compress(gzip.compress(HTML.encode() * 100, mtime=0))

    trouble = await trouble_of(fetcher, site.says("/tankers", answer(twice, content_encoding="gzip")))

    assert trouble.kind is Trouble.NOT_A_PAGE


@pytest.mark.parametrize("packing", ["br", "zstd", "deflate", "compress", "gzip, gzip", "gzip, br", "aes128gcm"])
async def test_a_packing_without_a_bound_is_not_opened(site: Site, fetcher: Fetcher, packing: str) -> None:
    packed = zlib.compress(HTML.encode())

    trouble = await trouble_of(fetcher, site.says("/tankers", answer(packed, content_encoding=packing)))

    assert trouble.kind is Trouble.NOT_A_PAGE
    assert "packing" in str(trouble)


async def test_a_packing_that_is_broken_is_told(site: Site, fetcher: Fetcher) -> None:
    trouble = await trouble_of(fetcher, site.says("/tankers", answer(HTML, content_encoding="gzip")))

    assert trouble.kind is Trouble.NOT_A_PAGE


async def test_a_packed_page_that_breaks_off_is_read_as_far_as_it_goes(site: Site, fetcher: Fetcher) -> None:
    packed = gzip.compress(HTML.encode() * 50)

    page = await fetcher.fetch(site.says("/tankers", answer(packed[:-10], content_encoding="gzip")))

    assert page.body.startswith(HTML.encode())
