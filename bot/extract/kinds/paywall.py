"""Whether readers may not see the whole of an article."""

import re
from typing import Any

from bot.extract.kinds.view import View

_SHORT = 80
"""Words of an article of which only the beginning can be read; a short report has no word of a subscription in it."""

_LOCKED = frozenset({"locked", "paid", "premium", "subscriber", "subscription", "subscribers"})
_TIERS = ("article:content_tier", "content_tier", "article:access", "access-level", "cxenseparse:paywall")
_SUBSCRIBE = re.compile(
    r"subscribe (?:now |today )?to (?:continue|read|keep|unlock)|subscribers? only|for subscribers|"
    r"already a subscriber|"
    r"sign in to continue reading|to continue reading|"
    r"suscr[ií]b[ae]te|suscr[ií]bete|exclusivo para suscriptores|solo (?:para )?suscriptores|contenido exclusivo|"
    r"seguir leyendo|"
    r"assine (?:para|já|agora)|exclusivo para assinantes|conteúdo exclusivo|só para assinantes|continuar lendo|"
    r"réservé aux abonnés|abonnez-vous|il vous reste .{1,20} à lire|"
    r"weiterlesen mit|jetzt abonnieren|nur für abonnenten|abonnieren und weiterlesen|"
    r"riservato agli abbonati|abbonati per|contenuto riservato|"
    r"по подписке|только для подписчиков|оформите подписку|"
    r"订阅后|付费阅读|会员专享|订阅会员|للمشتركين|اشترك لمتابعة|ویژه مشترکان|مشترک شوید|"
    r"abonelere özel|abone olun"
)
"""Searched in small letters, in which the engine passes over what no pattern begins with."""


def is_paywalled(page: View) -> bool:
    """Say whether the markup tells of a wall, or the text ends early and a subscription is asked for."""
    said = [free for node in page.nodes if (free := _free(node.get("isAccessibleForFree"))) is not None]
    if said:
        return not all(said)
    if any(page.metas.get(name, "").lower() in _LOCKED for name in _TIERS):
        return True
    return page.words < _SHORT and _SUBSCRIBE.search(page.text.lower()) is not None


def _free(value: Any) -> bool | None:  # noqa: ANN401 - JSON
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value.strip().lower()) if isinstance(value, str) else None
