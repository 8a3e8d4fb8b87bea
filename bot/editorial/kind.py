"""What kind of page stands behind a link: what the desk makes of it depends on that."""

from enum import StrEnum


class Kind(StrEnum):
    """Kinds of pages. Each is acted upon: filed as it is, filed with a remark, or asked about first."""

    NEWS = "news article"
    LIVE_BLOG = "live blog"
    OPINION = "opinion"
    RELEASE = "press release"
    VIDEO = "video"
    PDF = "PDF"
    POST = "social post"
    AGGREGATOR = "aggregator"
    HOME = "home page"
    SECTION = "section front"
    SEARCH = "search page"
    LOGIN = "login page"
    CONSENT = "consent wall"
    CHALLENGE = "robot check"
    SOFT_404 = "soft 404"
    LIVE_VIDEO = "live video"
    DEAD = "dead link"

    @property
    def is_wall(self) -> bool:
        """Whether the page stands in front of another: what it says of itself is not said of the article."""
        return self in _WALLS

    @property
    def is_gone(self) -> bool:
        """Whether there is nothing behind the link, or nothing that lasts."""
        return self in _GONE

    @property
    def is_front(self) -> bool:
        """Whether the page leads to articles and is none."""
        return self in _FRONTS

    @property
    def must_be_kept(self) -> bool:
        """Whether a member has to say that the link is an item at all."""
        return self in _GONE | _FRONTS


_WALLS = frozenset({Kind.LOGIN, Kind.CONSENT, Kind.CHALLENGE})
_GONE = frozenset({Kind.DEAD, Kind.SOFT_404, Kind.LIVE_VIDEO})
_FRONTS = frozenset({Kind.HOME, Kind.SECTION, Kind.SEARCH})
