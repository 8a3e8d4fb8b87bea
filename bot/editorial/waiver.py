"""A waiver: an editor lets something pass that would block the issue, and says why."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Waiver:
    """`finding` is the key of what is waived; `by` is who waived it, by name where it is shown."""

    finding: str
    by: str
    reason: str
    at: datetime
