"""What the bot counts, for whoever watches it: a registry of its own, made at start-up and handed in."""

import math
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
_LAG_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5)
_OTHER = "other"


@dataclass(slots=True)
class Acceptance:
    """How an event ends: `new` is True once it is on record for the first time."""

    new: bool = False


class Metrics:
    """Counters of this process, and figures of the database that are set when they are asked for.

    Labels are words of ours, or of lists of ours: nobody outside can make them many.
    """

    def __init__(self, *, kinds: Collection[str] = ()) -> None:
        self._kinds = frozenset(kinds)
        self._beat_at: datetime | None = None
        self.registry = CollectorRegistry()
        self._events = Counter(
            "vric_events", "Events by kind: new, again, or failed.", ("kind", "outcome"), registry=self.registry
        )
        self._acknowledgement = Histogram(
            "vric_acknowledgement_seconds",
            "From an event's arrival until it is on record and can be answered.",
            buckets=_BUCKETS_S,
            registry=self.registry,
        )
        self._fetches = Counter(
            "vric_fetches", "Pages that were fetched, by what came of it.", ("outcome",), registry=self.registry
        )
        self._calls = Counter(
            "vric_slack_calls", "Calls of Slack's methods by outcome.", ("method", "outcome"), registry=self.registry
        )
        self._retries = Counter(
            "vric_retries", "Attempts after the first at a row of a queue.", ("queue",), registry=self.registry
        )
        self._rows = Gauge(
            "vric_queue_rows", "Rows of a queue that wait or are parked.", ("queue", "state"), registry=self.registry
        )
        self._oldest = Gauge(
            "vric_queue_oldest_seconds", "How long the oldest row has waited.", ("queue",), registry=self.registry
        )
        self._heartbeat = Gauge(
            "vric_heartbeat_age_seconds", "Since the clock's last beat was done.", registry=self.registry
        )
        self._lag = Histogram(
            "vric_event_loop_lag_seconds",
            "How much later than it asked for the event loop came back to a task that waits.",
            buckets=_LAG_BUCKETS_S,
            registry=self.registry,
        )
        self._database = Gauge("vric_database_up", "1 where the database answers, else 0.", registry=self.registry)

    @contextmanager
    def event(self, kind: str) -> Iterator[Acceptance]:
        """Count an event and the time until it is on record."""
        began, seen, failed = perf_counter(), Acceptance(), True
        try:
            yield seen
            failed = False
        finally:
            outcome = "failed" if failed else "new" if seen.new else "again"
            self._events.labels(kind if kind in self._kinds else _OTHER, outcome).inc()
            self._acknowledgement.observe(perf_counter() - began)

    def fetched(self, outcome: str) -> None:
        self._fetches.labels(outcome).inc()

    def called(self, method: str, outcome: str) -> None:
        self._calls.labels(method, outcome).inc()

    def tried(self, queue: str, attempt: int) -> None:
        """Count an attempt that is not the first."""
        if attempt > 1:
            self._retries.labels(queue).inc()

    def beat(self, at: datetime) -> None:
        self._beat_at = at

    def lagged(self, seconds: float) -> None:
        """Note how late the event loop was."""
        self._lag.observe(max(seconds, 0))

    def found(self, queue: str, *, waiting: int, parked: int, oldest_s: float) -> None:
        """Set what a queue holds at this moment."""
        self._rows.labels(queue, "waiting").set(waiting)
        self._rows.labels(queue, "parked").set(parked)
        self._oldest.labels(queue).set(oldest_s)

    def page(self, now: datetime, *, database_up: bool) -> bytes:
        """Everything in the form that Prometheus reads; figures of a database that does not answer are left out."""
        self._database.set(database_up)
        if not database_up:
            self._rows.clear()
            self._oldest.clear()
        self._heartbeat.set((now - self._beat_at).total_seconds() if self._beat_at else math.nan)
        return generate_latest(self.registry)
