"""Links that are no news: a meeting, a document, a message, a calendar, a picture, the monitor's own site."""

import re
from collections.abc import Collection
from enum import StrEnum
from urllib.parse import urlsplit

from bot.editorial.link import Link


class OffTopic(StrEnum):
    """What a link looks like that is no news."""

    MEETING = "meeting link"
    DOCUMENT = "working document"
    MESSAGE = "link to a message"
    CALENDAR = "calendar link"
    PICTURE = "picture"
    OWN_SITE = "page of the monitor itself"


_PLACES: tuple[tuple[OffTopic, re.Pattern[str]], ...] = (
    (
        OffTopic.MEETING,
        re.compile(
            r"^(?:[\w-]+\.)?zoom(?:gov)?\.us/(?:j|my|s|w|meeting|wc|webinar)/|^meet\.google\.com/|"
            r"^teams\.(?:microsoft|live)\.com/(?:l/meetup|meet)|^(?:[\w-]+\.)?webex\.com/|^meet\.jit\.si/|^whereby\.com/|"
            r"^(?:app\.)?gather\.town/|^join\.skype\.com/|^(?:global\.)?gotomeeting\.com/|^(?:www\.)?gotomeet\.me/"
        ),
    ),
    (
        OffTopic.DOCUMENT,
        re.compile(
            r"^(?:docs|drive|sheets|slides|forms)\.google\.com/|^forms\.gle/|^(?:[\w-]+\.)?sharepoint\.com/|"
            r"^(?:1drv\.ms|onedrive\.live\.com)/|^(?:www\.)?dropbox\.com/(?:s|scl|sh|home)|^(?:[\w-]+\.)?notion\.(?:so|site)/|"
            r"^(?:[\w-]+\.)?airtable\.com/|^trello\.com/[bc]/|^(?:[\w-]+\.)?atlassian\.net/|^(?:www\.)?figma\.com/|"
            r"^miro\.com/app/|^app\.asana\.com/|^we\.tl/|^wetransfer\.com/"
        ),
    ),
    (
        OffTopic.MESSAGE,
        re.compile(
            r"^[\w-]+(?:\.enterprise)?\.slack\.com/(?:archives|files|client|team)/|^app\.slack\.com/|"
            r"^(?:mail|chat)\.google\.com/|^outlook\.(?:office|live)\.com/mail|^(?:chat|web)\.whatsapp\.com/|^wa\.me/|"
            r"^discord\.(?:gg|com/channels)"
        ),
    ),
    (
        OffTopic.CALENDAR,
        re.compile(
            r"^calendar\.(?:google|app\.google)\.com?/|^calendar\.google\.com/|^calendly\.com/|^doodle\.com/|"
            r"^outlook\.(?:office|live)\.com/(?:calendar|bookings)|^cal\.com/|\.ics$"
        ),
    ),
    (
        OffTopic.PICTURE,
        re.compile(
            r"\.(?:gif|gifv|jpe?g|png|webp|svg|bmp|heic|tiff?|ico)$|^(?:www\.)?giphy\.com/|^(?:media\d*\.)?giphy\.com/|"
            r"^(?:www\.)?tenor\.com/|^(?:i\.)?imgur\.com/"
        ),
    ),
)


def off_topic(link: Link, own_sites: Collection[str] = ()) -> OffTopic | None:
    """What a link is that the desk does not take for an item unless a member insists; None for all others."""
    if any(link.host == site or link.host.endswith(f".{site}") for site in own_sites):
        return OffTopic.OWN_SITE
    place = f"{link.host}{urlsplit(link.url).path}".lower()
    return next((kind for kind, pattern in _PLACES if pattern.search(place)), None)
