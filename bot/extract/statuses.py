"""Posts by their addresses alone: on X the number tells the day, and others can be read under another address."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, urlsplit

from bot.editorial.kind import Kind
from bot.extract.addresses import is_at, split, unarchived
from bot.extract.page import Extract, Nature

_X = ("twitter.com", "x.com", "nitter.net", "fxtwitter.com", "vxtwitter.com")
_STATUS = re.compile(r"^/(?:@?(\w{1,15})|i(?:/web)?)/status(?:es)?/(\d{1,19})")
_TELEGRAM = re.compile(r"^/(?:s/)?([a-z]\w{3,31})/(\d{1,10})/?$", re.IGNORECASE)
_BEGAN = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)
_FIRST_SNOWFLAKE = 1 << 34
"""Numbers that are smaller were counted, and tell no time."""


@dataclass(frozen=True, slots=True)
class Status:
    """A post on X as its address tells of it; the handle may be missing."""

    site: str
    handle: str | None
    number: int

    @property
    def account(self) -> str | None:
        return f"x.com/{self.handle.lower()}" if self.handle else None

    @property
    def day(self) -> date | None:
        """The day in UTC, which is in the number."""
        if self.number < _FIRST_SNOWFLAKE:
            return None
        return (_BEGAN + timedelta(milliseconds=self.number >> 22)).date()


def status_of(url: str) -> Status | None:
    """The post on X that an address leads to."""
    host, path, _ = split(unarchived(url))
    found = _STATUS.match(path)
    if not is_at(host, _X) or found is None:
        return None
    handle = found[1] if found[1] != "i" else None
    return Status("X" if is_at(host, ("x.com",)) else "Twitter", handle, int(found[2]))


def where_it_is_told(url: str, oembed: str | None) -> str | None:
    """The address under which a post can be read by anybody, where that is not its own."""
    status = status_of(url)
    if status is not None and oembed:
        own = f"https://twitter.com/{status.handle or 'i'}/status/{status.number}"
        return f"{oembed}?url={quote(own, safe='')}&omit_script=1&dnt=1"
    parts = urlsplit(url)
    if (parts.hostname or "").removeprefix("www.") in {"t.me", "telegram.me"} and (
        found := _TELEGRAM.match(parts.path)
    ):
        return f"{parts.scheme}://{parts.netloc}/{found[1]}/{found[2]}?embed=1&mode=tme"
    return None


def telegram_post(path: str) -> re.Match[str] | None:
    """The channel and the number in the path of a post on Telegram."""
    return _TELEGRAM.match(path)


def told_by_address(url: str) -> Extract | None:
    """What the address of a post on X says by itself: the day, and by which account."""
    status = status_of(url)
    if status is None:
        return None
    author = f"@{status.handle}" if status.handle else None
    named = f"{author} on {status.site}" if author else None
    return Extract(
        title=named,
        source=named,
        author=author,
        published_on=status.day,
        nature=Nature(Kind.POST, account=status.account),
    )
