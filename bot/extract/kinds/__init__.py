"""Says what kind of page it is. Pure: a parsed page in, a value out."""

from bot.extract.kinds.markup import Markup
from bot.extract.kinds.paywall import is_paywalled
from bot.extract.page import Nature

__all__ = ["nature_of"]


def nature_of(page: Markup) -> Nature:
    """What kind of page this is, by its own markup, its address and its words."""
    return Nature(paywalled=is_paywalled(page))
