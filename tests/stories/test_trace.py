"""One id leads through the log, from the event of a link to its card."""

import io

from bot.desk.trace import trace_of, trace_of_event
from tests.conftest import logged
from tests.newsroom import Newsroom


async def test_a_dropped_link_has_one_id_from_its_event_to_its_card(newsroom: Newsroom, lines: io.StringIO) -> None:
    link = newsroom.press.prints("reuters.example/iran", "Iran & Venezuela")
    other = newsroom.press.prints("infobae.example/cuba", "Куба")

    ts = await newsroom.drops(newsroom.ana, f"Tankers: {link}")
    await newsroom.drops(newsroom.ben, f"And {other}")

    told = logged(lines)
    (trace,) = {line["trace"] for line in told if line.get("event_id") == newsroom.event_of(ts)}
    mine = [line["event"] for line in told if line.get("trace") == trace]
    assert list(dict.fromkeys(mine)) == ["event accepted", "taken in", "read", "shown"]
    assert {line["trace"] for line in told if line["event"] == "shown"} > {trace}


async def test_what_only_the_member_is_told_has_the_id_of_their_message(newsroom: Newsroom, lines: io.StringIO) -> None:
    ts = await newsroom.drops(newsroom.ana, "Look: http://user:pass@reuters.example/iran")

    told = logged(lines)
    (trace,) = {line["trace"] for line in told if line.get("event_id") == newsroom.event_of(ts)}
    assert [line["kind"] for line in told if line["event"] == "shown" and line["trace"] == trace] == ["refused links"]


async def test_an_attempt_that_fails_is_logged_under_the_same_id(newsroom: Newsroom, lines: io.StringIO) -> None:
    newsroom.stand_in.fault("chat.postMessage", "500_before")

    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran", "Iran"))

    told = logged(lines)
    (trace,) = {line["trace"] for line in told if line.get("event_id") == newsroom.event_of(ts)}
    assert [line["trace"] for line in told if line["event"] == "answer lost"] == [trace]


def test_an_edit_and_a_deletion_go_on_under_the_id_of_the_message() -> None:
    message = {"channel": "C1", "ts": "1610377200.000100"}
    edit = {"channel": "C1", "ts": "1610377300.000200", "message": {"ts": message["ts"]}}
    deletion = {"channel": "C1", "ts": "1610377400.000300", "previous_message": {"ts": message["ts"]}}

    traces = {trace_of_event({"event_id": f"Ev{each['ts']}", "event": each}) for each in (message, edit, deletion)}

    assert traces == {trace_of("C1", message["ts"])}


def test_an_event_about_no_message_has_an_id_of_its_own() -> None:
    home = {"type": "app_home_opened", "user": "U1", "channel": "D1"}

    assert trace_of_event({"event_id": "Ev1", "event": home}) != trace_of_event({"event_id": "Ev2", "event": home})
