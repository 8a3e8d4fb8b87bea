"""What is counted while the desk works."""

import asyncio
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import Metrics
from bot.ports import Queue
from bot.watching import watch_loop
from tests.newsroom import Newsroom


async def figure(newsroom: Newsroom, name: str, **labels: str) -> float | None:
    """The value of a sample on the page; None where it is not there."""
    page = (await newsroom.bot.watch.figures()).decode()
    samples = [sample for family in text_string_to_metric_families(page) for sample in family.samples]
    return next((each.value for each in samples if each.name == name and each.labels == labels), None)


async def test_a_dropped_link_is_counted_from_its_event_to_its_card(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran", "Iran & Venezuela")
    posts = await figure(newsroom, "vric_slack_calls_total", method="chat.postMessage", outcome="ok") or 0
    events = await figure(newsroom, "vric_events_total", kind="message", outcome="new") or 0
    answered = await figure(newsroom, "vric_acknowledgement_seconds_count") or 0

    ts = await newsroom.drops(newsroom.ana, f"Tankers: {link}")

    assert newsroom.card(ts)
    assert await figure(newsroom, "vric_fetches_total", outcome="read") == 1
    assert await figure(newsroom, "vric_slack_calls_total", method="chat.postMessage", outcome="ok") == posts + 1
    assert (await figure(newsroom, "vric_events_total", kind="message", outcome="new") or 0) > events
    assert (await figure(newsroom, "vric_acknowledgement_seconds_count") or 0) > answered


async def test_an_event_that_comes_again_is_told_from_a_new_one(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, "Nothing to read here")
    before = await figure(newsroom, "vric_events_total", kind="message", outcome="again") or 0

    await newsroom.stand_in.redelivers(newsroom.event_of(ts))

    assert await figure(newsroom, "vric_events_total", kind="message", outcome="again") == before + 1


async def test_a_page_that_is_not_there_is_counted_by_what_stood_in_the_way(newsroom: Newsroom) -> None:
    await newsroom.drops(newsroom.ana, newsroom.press.fails("reuters.example/gone", 404))

    assert await figure(newsroom, "vric_fetches_total", outcome="gone") == 1


async def test_what_waits_is_counted_with_the_age_of_the_oldest(newsroom: Newsroom) -> None:
    await newsroom.ana.posts("#vric", "Look: http://reuters.example/iran")
    newsroom.clock.advance(timedelta(seconds=40))

    assert (await figure(newsroom, "vric_queue_rows", queue="inbox", state="waiting") or 0) > 0
    assert await figure(newsroom, "vric_queue_oldest_seconds", queue="inbox") == pytest.approx(40, abs=1)
    await newsroom.settles()
    for queue in Queue:
        assert await figure(newsroom, "vric_queue_rows", queue=queue, state="waiting") == 0
        assert await figure(newsroom, "vric_queue_oldest_seconds", queue=queue) == 0


async def test_what_slack_refuses_is_counted_and_found_parked(newsroom: Newsroom) -> None:
    newsroom.stand_in.fault("chat.postMessage", "is_archived")

    await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran", "Iran"))

    assert await figure(newsroom, "vric_queue_rows", queue="outbox", state="parked") == 1
    assert await figure(newsroom, "vric_slack_calls_total", method="chat.postMessage", outcome="refused") == 1


async def test_the_age_of_the_last_heartbeat_grows_until_the_next(newsroom: Newsroom) -> None:
    await newsroom.bot.edge.heartbeat.beat()
    newsroom.clock.advance(timedelta(seconds=45))

    late = await figure(newsroom, "vric_heartbeat_age_seconds")
    await newsroom.bot.edge.heartbeat.beat()

    assert late == 45
    assert await figure(newsroom, "vric_heartbeat_age_seconds") == 0


def test_an_event_type_that_nobody_subscribed_to_makes_no_label_of_its_own() -> None:
    metrics = Metrics(kinds=["message"])

    for number in range(1000):
        with metrics.event(f"invented_{number}") as seen:
            seen.new = True

    assert metrics.registry.get_sample_value("vric_events_total", {"kind": "other", "outcome": "new"}) == 1000


def test_an_event_that_cannot_be_recorded_is_counted_as_failed() -> None:
    metrics = Metrics(kinds=["message"])

    with pytest.raises(TimeoutError), metrics.event("message"):
        raise TimeoutError

    assert metrics.registry.get_sample_value("vric_events_total", {"kind": "message", "outcome": "failed"}) == 1


def test_only_attempts_after_the_first_are_retries() -> None:
    metrics = Metrics()

    for attempt in (1, 2, 3):
        metrics.tried("outbox", attempt)

    assert metrics.registry.get_sample_value("vric_retries_total", {"queue": "outbox"}) == 2


def test_two_registries_of_one_process_share_nothing() -> None:
    one, other = Metrics(), Metrics()

    one.fetched("read")

    assert other.registry.get_sample_value("vric_fetches_total", {"outcome": "read"}) is None


async def test_a_loop_that_comes_back_late_is_seen_with_how_late_it_was() -> None:
    late_by, time, metrics = iter([0.0, 0.25, 0.004]), 100.0, Metrics()

    async def rest(seconds: float) -> None:
        nonlocal time
        late = next(late_by, None)
        if late is None:
            raise asyncio.CancelledError
        time += seconds + late

    with pytest.raises(asyncio.CancelledError):
        await watch_loop(metrics.lagged, now=lambda: time, rest=rest)

    assert metrics.registry.get_sample_value("vric_event_loop_lag_seconds_count") == 3
    assert metrics.registry.get_sample_value("vric_event_loop_lag_seconds_sum") == pytest.approx(0.254)
    assert metrics.registry.get_sample_value("vric_event_loop_lag_seconds_bucket", {"le": "0.1"}) == 2
