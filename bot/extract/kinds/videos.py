"""Videos: whose channel, how long, of which day; and those that still run or are gone."""

import json
import re
from datetime import date

from bot.editorial.kind import Kind
from bot.extract.addresses import is_at, parameters, segments
from bot.extract.kinds.view import View, types_of
from bot.extract.kinds.walls import is_article
from bot.extract.page import Extract, Nature
from bot.extract.structured import names_in, text_in
from bot.extract.text import cleaned, first

_YOUTUBE = ("youtube.com", "youtu.be", "youtube-nocookie.com")
_PLACES = (
    (_YOUTUBE, re.compile(r"^/(?:watch$|shorts/|live/|embed/|v/)")),
    (("youtu.be",), re.compile(r"^/[\w-]{6,}")),
    (("vimeo.com",), re.compile(r"^/(?:\d{5,}|.*/\d{6,})")),
    (("dailymotion.com", "dai.ly"), re.compile(r"^/(?:video/)?\w{5,}")),
    (("rumble.com",), re.compile(r"^/v[\w]{4,}")),
    (("tiktok.com",), re.compile(r"^/@[^/]+/video/\d+")),
    (("rutube.ru",), re.compile(r"^/video/")),
    (("vk.com", "vkvideo.ru"), re.compile(r"^/(?:video|clip)-?\d+_\d+")),
    (("ok.ru",), re.compile(r"^/video/")),
    (("bitchute.com", "odysee.com", "aparat.com", "bilibili.com"), re.compile(r"^/(?:video|v|@[^/]+)/")),
    (("facebook.com",), re.compile(r"^/(?:watch/?$|[^/]+/videos/|reel/)")),
    (("twitch.tv",), re.compile(r"^/videos/\d+")),
)
_PATHS = frozenset({"video", "videos", "vídeo", "vídeos", "multimedia-video", "tv", "player", "videoteca", "videot"})
_FEW_WORDS = 120
_CLOCK = re.compile(r"^P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$", re.IGNORECASE)
_SAID_BY_PLAYER = 400_000
_GONE = re.compile(r'"playabilityStatus":\s*\{\s*"status":\s*"(?:ERROR|UNPLAYABLE|LOGIN_REQUIRED)"')
_LIVE = re.compile(r'"isLiveNow":\s*true|"isLive":\s*true')


def video(page: View) -> Extract | None:
    """What a page says of the video that it is; None where it is an article, even one with a video in it."""
    if not _is_video(page):
        return None
    player = _player(page) if is_at(page.host, _YOUTUBE) else ""
    node = next((node for node in page.nodes if "VideoObject" in types_of(node)), {})
    title = first(text_in(node.get("name")), _itemprop(page, "name"), page.metas.get("og:title"))
    if is_at(page.host, _YOUTUBE) and (_GONE.search(player) or not title):
        return Extract(nature=Nature(Kind.SOFT_404))
    channel, account = _channel(page, player)
    said = first(text_in(node.get("duration")), _itemprop(page, "duration"), page.metas.get("video:duration"))
    seconds = _seconds(said or "") or _number(player, "lengthSeconds")
    kind = Kind.LIVE_VIDEO if _is_live(page, player) else Kind.VIDEO
    return Extract(
        title=cleaned(title, 300),
        source=cleaned(first(*names_in(node.get("author")), channel), 200),
        published_on=_day(
            first(
                text_in(node.get("uploadDate")),
                text_in(node.get("datePublished")),
                _itemprop(page, "datePublished") or _itemprop(page, "uploadDate"),
                _text(player, "publishDate"),
            )
        ),
        nature=Nature(kind, seconds=seconds, account=account),
    )


def _is_video(page: View) -> bool:
    if any(is_at(page.host, hosts) and shape.search(page.path) for hosts, shape in _PLACES):
        return page.path != "/watch" or "v" in parameters(page.query) or not is_at(page.host, _YOUTUBE)
    if page.words >= _FEW_WORDS:
        return False
    names = set(segments(page.path)[:-1])
    if page.metas.get("og:type", "").lower().startswith("video"):
        return not is_article(page) or bool(_PATHS & names)
    return "VideoObject" in page.types and bool(_PATHS & names)


def _player(page: View) -> str:
    """The first scripts of the page that tell of the player, as far as anybody reads them."""
    said = (script.text or "" for script in page.markup.all("script"))
    return "".join(text[:_SAID_BY_PLAYER] for text in said if "playabilityStatus" in text or "publishDate" in text)[
        :_SAID_BY_PLAYER
    ]


def _channel(page: View, player: str) -> tuple[str | None, str | None]:
    """The name of the channel, and its account as host and handle."""
    owner = page.tree.xpath("(//*[@itemprop='author'])[1]")
    name = address = None
    for each in owner:
        name = next(iter(each.xpath(".//*[@itemprop='name']/@content | .//*[@itemprop='name']/text()")), None)
        address = next(iter(each.xpath(".//*[@itemprop='url']/@href")), None)
    handle = re.search(r"/(@[\w.-]{2,40}|channel/[\w-]{10,30})", address or _text(player, "ownerProfileUrl") or "")
    site = "youtube.com" if is_at(page.host, _YOUTUBE) else page.host
    return first(name, _text(player, "ownerChannelName")), f"{site}/{handle[1].lower()}" if handle else None


def _is_live(page: View, player: str) -> bool:
    if _LIVE.search(player):
        return True
    live = (_itemprop(page, "isLiveBroadcast") or "").lower() == "true"
    return live and not _itemprop(page, "endDate")


def _itemprop(page: View, name: str) -> str | None:
    found = page.tree.xpath("//*[@itemprop=$name]/@content", name=name)
    return str(found[0]) if found else None


def _text(player: str, name: str) -> str | None:
    found = re.search(rf'"{name}":\s*("(?:[^"\\]|\\.){{0,300}}")', player)
    try:
        return str(json.loads(found[1])) if found else None
    except ValueError:
        return None


def _number(player: str, name: str) -> int | None:
    said = _text(player, name) or ""
    return int(said) if re.fullmatch(r"\d{1,6}", said) and int(said) else None


def _seconds(said: str) -> int | None:
    if re.fullmatch(r"\d{1,6}", said):
        return int(said) or None
    found = _CLOCK.match(said)
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds or None


def _day(said: str | None) -> date | None:
    try:
        return date.fromisoformat((said or "")[:10])
    except ValueError:
        return None
