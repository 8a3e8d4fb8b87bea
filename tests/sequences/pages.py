"""What links of a sequence lead to, and in how many spellings."""

import random
from dataclasses import dataclass
from enum import StrEnum

from starlette.responses import HTMLResponse

from tests.press import Press

_OUTLETS = ("reuters.example", "telesur.example", "infobae.example", "unheard-of.example", "prensa-latina.example")
_STORIES = (
    "Iran sends fleet of tankers to Venezuela",
    "Cuba & Turkey sign a port agreement",
    "Hezbollah <officials> meet in Caracas",
    "Russia delivers *vaccines* to Argentina",
    "China builds a dam on the Orinoco",
)
_PAGES = 9


class Sort(StrEnum):
    """What a link is to the desk."""

    NEWS = "news"
    DEAD = "dead"
    NO_NEWS = "no news"
    PRIVATE = "private"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Linked:
    """A link as it is written; `page` is equal for links to one page."""

    text: str
    page: str
    sort: Sort

    @property
    def is_kept(self) -> bool:
        """Whether the desk puts it on record when a member drops it."""
        return self.sort in {Sort.NEWS, Sort.DEAD, Sort.PRIVATE}


class Pages:
    """The pages that a sequence may speak of: few, so that they come again."""

    def __init__(self, press: Press) -> None:
        self._press = press
        for number in range(_PAGES):
            host = _OUTLETS[number % len(_OUTLETS)]
            # Two pages in a row tell one story, and one day in four is outside the window of No. 18.
            title = _STORIES[number // 2 % len(_STORIES)]
            day = {0: "2020-11-21", 1: None, 2: "2021-01-20"}.get(number % 6, f"2021-01-0{1 + number % 9}")
            for place in (host, "www.reuters.example", "m.reuters.example"):
                for path in (f"p{number}", f"p{number}/"):
                    press.prints(f"{place}/{path}", title, day=day)
        press.serves("zoom.us/j/77", HTMLResponse("<title>Join</title><h1>Join</h1>"))
        press.serves("127.0.0.1/secret", HTMLResponse("<title>Secret</title><h1>Secret</h1>"))
        press.serves("localhost/secret", HTMLResponse("<title>Secret</title><h1>Secret</h1>"))
        press.fails("infobae.example/away", 503)

    def draw(self, dice: random.Random) -> Linked:
        """A link: mostly to a page of the press."""
        port = self._press.port
        (sort,) = dice.choices(list(Sort), (80, 6, 5, 5, 4))
        match sort:
            case Sort.NEWS:
                number = dice.randrange(_PAGES)
                host = _OUTLETS[number % len(_OUTLETS)]
                return Linked(self._spelled(dice, host, number), f"{host}:{port}/p{number}", sort)
            case Sort.DEAD:
                place = dice.choice(("reuters.example:{}/gone", "infobae.example:{}/away")).format(port)
                return Linked(f"http://{place}", place, sort)
            case Sort.NO_NEWS:
                place = dice.choice(("zoom.us:{}/j/77", "reuters.example:{}/chart.png")).format(port)
                return Linked(f"http://{place}", place, sort)
            case Sort.PRIVATE:
                hosts = ("127.0.0.1:{}/secret", "localhost:{}/secret", "169.254.169.254/latest", "10.0.0.8:{}/x")
                place = dice.choice(hosts).format(port)
                return Linked(f"http://{place}", place, sort)
            case Sort.UNREADABLE:
                place = f"http://me:pw@reuters.example:{port}/p0"
                return Linked(place, place, sort)

    def _spelled(self, dice: random.Random, host: str, number: int) -> str:
        """One of the spellings of a page's address."""
        name = dice.choice((host, host.upper(), f"www.{host}", f"m.{host}")) if host.startswith("reuters") else host
        tail = dice.choice(("", "", "", "/", "?utm_source=feed", "?fbclid=x#top", "#share"))
        address = f"http://{name}:{self._press.port}/p{number}{tail}"
        return f"[read this]({address})" if dice.random() < 0.2 else address
