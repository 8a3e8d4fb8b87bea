"""Whether an article is a live blog: a page that goes on while something happens."""

import re

from bot.extract.addresses import segments
from bot.extract.kinds.view import View

_PATHS = frozenset(
    {
        "live", "live-news", "live-blog", "liveblog", "live-updates", "live-story", "en-vivo", "envivo",
        "minuto-a-minuto", "ultima-hora-en-vivo", "ao-vivo", "aovivo", "tempo-real", "en-direct", "direct",
        "liveticker", "live-ticker", "newsticker", "diretta", "canli", "canli-anlatim", "onlain", "zhibo",
    }
)  # fmt: skip
_TITLES = re.compile(
    r"\blive (?:updates|blog|coverage|news)\b|^live\s*[:|–—-]|\bas it happened\b|"
    r"\ben vivo\s*[:|,–—-]|[|:,–—-]\s*en vivo\b|\bminuto a minuto\b|^en directo\b|[|,]\s*en directo\b|"
    r"\bao vivo\s*[:|,–—-]|[|:,–—-]\s*ao vivo\b|\btempo real\b|"
    r"^en direct\b|[|:,]\s*en direct\b|\bliveticker\b|\blive-?blog\b|\bnewsticker\b|\bin diretta\b|^diretta\b|"
    r"\bонлайн-трансляция|текстовая трансляция|^онлайн\b|хроника событий|直播[:：|]|^直播|实时更新|滚动更新|"
    r"^مباشر\b|لحظة بلحظة|تغطية مباشرة|لحظه به لحظه|پوشش زنده|^canlı\b|canlı (?:anlatım|blog)|dakika dakika|anbean"
)


def is_live_blog(page: View) -> bool:
    if "LiveBlogPosting" in page.types:
        return True
    if any(name in _PATHS for name in segments(page.path)[:-1]):
        return True
    return any(_TITLES.search(title.lower()) for title in (page.heading, page.metas.get("og:title", "")))
