"""About one message a second and channel, with a short burst."""

import math
from dataclasses import dataclass
from datetime import datetime

BURST = 5


@dataclass(slots=True)
class _Bucket:
    at: datetime
    left: float = BURST


class Pace:
    """A bucket of five for each channel, into which one comes back every second."""

    def __init__(self) -> None:
        self._buckets: dict[str, _Bucket] = {}

    def wait_s(self, channel: str, now: datetime) -> int:
        """Take one at this moment; where none is left, the seconds to wait for the next."""
        bucket = self._buckets.setdefault(channel, _Bucket(now))
        bucket.left = min(BURST, bucket.left + (now - bucket.at).total_seconds())
        bucket.at = now
        if bucket.left < 1:
            return math.ceil(1 - bucket.left)
        bucket.left -= 1
        return 0
