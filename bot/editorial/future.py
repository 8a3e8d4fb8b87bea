"""Days that have not come yet: what bears one was not published on it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_AHEAD = timedelta(hours=24)
"""So far may a day begin ahead of the desk's clock: somewhere it has begun, or does within hours."""


def latest_day(now: datetime, zone: str) -> date:
    """The last day that is not in the future, as the desk's clock has it; days are counted in its zone."""
    return (now + _AHEAD).astimezone(ZoneInfo(zone)).date()
