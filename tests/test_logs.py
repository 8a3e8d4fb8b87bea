"""Logs: one event a line, and never a token, however deep it hides."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import example, given
from hypothesis import strategies as st

from bot.logs import configure_logs
from tests.conftest import logged

SECRET = "8f742231b10e8888abcd99baac85a5d6"
HIDDEN = {
    "bot token": ("xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy", "pdFZKVeTuE8sk7oOcHrzqqgy"),
    "user token": ("xoxp-17653672481-a1b2c3d4e5f6", "a1b2c3d4e5f6"),
    "old workspace token": ("xoxa-2-17653672481-abcdef123456", "abcdef123456"),
    "refresh token": ("xoxe-1-My0xLWFiY2RlZjEyMzQ1Ng", "My0xLWFiY2RlZjEyMzQ1Ng"),
    "rotated token": ("xoxe.xoxb-1-Mi0xLTE3NjUzNjcyNDgx", "Mi0xLTE3NjUzNjcyNDgx"),
    "cookie": ("xoxd-lt%2BqWy%2F5abcdef", "qWy"),
    "app token": ("xapp-1-A0123-4567-89abcdef0123", "89abcdef0123"),
    "workflow token": ("xwfp-17653672481-fedcba", "fedcba"),
    "header": ("Authorization: Bearer some.opaque~value", "opaque"),
    "socket": ("wss://wss-primary.slack.com/link/?ticket=12b34c-56d&app_id=1", "12b34c-56d"),
    "answer address": ("https://hooks.slack.com/actions/T024BE7LD/1234/aBcDeFgH", "aBcDeFgH"),
    "database password": ("postgresql+asyncpg://desk:hunter2hunter2@db.internal/desk", "hunter2hunter2"),
    "named in JSON": ('{"token": "gIkuvaNzQIHg97ATvDxqgjtO"}', "gIkuvaNzQIHg97ATvDxqgjtO"),
    "named in Python": ("{'token': 'gIkuvaNzQIHg97ATvDxqgjtO', 'type': 'event_callback'}", "gIkuvaNzQIHg97ATvDxqgjtO"),
    "signature": (f"v0={'0123456789abcdef' * 4}", "0123456789abcdef"),
    "signing secret": (SECRET, SECRET),
}
EACH_SECRET = pytest.mark.parametrize(("text", "secret"), HIDDEN.values(), ids=HIDDEN)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(params=[io.StringIO, Terminal], ids=["file", "terminal"])
def out(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    stream: io.StringIO = request.param()
    configure_logs("DEBUG", stream, secrets=[SECRET])
    yield stream
    configure_logs("WARNING")


def fails(text: str) -> None:
    """Fail with a text, because of an error that holds it as well."""
    try:
        int(text)
    except ValueError as cause:
        raise ValueError(f"refused: {text}") from cause


def blanked(out: io.StringIO, secret: str) -> bool:
    return secret not in out.getvalue() and "[secret]" in out.getvalue()


@EACH_SECRET
def test_a_secret_in_the_event_is_blanked(out: io.StringIO, text: str, secret: str) -> None:
    structlog.get_logger().info(f"asked with {text} here")

    assert blanked(out, secret)
    assert "asked with" in out.getvalue()
    assert "here" in out.getvalue()


@EACH_SECRET
def test_a_secret_in_a_value_is_blanked(out: io.StringIO, text: str, secret: str) -> None:
    structlog.get_logger().info("asked", with_=text)

    assert blanked(out, secret)


@EACH_SECRET
def test_a_secret_deep_in_a_value_is_blanked(out: io.StringIO, text: str, secret: str) -> None:
    structlog.get_logger().info("asked", of={"headers": [{"of": (text, None)}]}, raw=text.encode(), name={text: 1})

    assert blanked(out, secret)


@EACH_SECRET
def test_a_secret_in_an_exception_and_its_causes_is_blanked(out: io.StringIO, text: str, secret: str) -> None:
    try:
        fails(text)
    except ValueError as failure:
        structlog.get_logger().exception("step failed", error=failure)

    assert blanked(out, secret)
    assert "Traceback" in out.getvalue()
    assert "ValueError" in out.getvalue()


@EACH_SECRET
def test_a_secret_in_what_a_library_logs_is_blanked(out: io.StringIO, text: str, secret: str) -> None:
    library = logging.getLogger("some.library")
    try:
        fails(text)
    except ValueError:
        library.exception("failed with %s for %r", text, {"given": text}, extra={"context": {"given": [text]}})

    assert blanked(out, secret)


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=8, max_size=60))
@example("0000000\\")
def test_a_named_secret_never_gets_out_whatever_it_is_made_of(secret: str) -> None:
    stream = io.StringIO()
    configure_logs("INFO", stream, secrets=[secret])
    try:
        structlog.get_logger().info("signed", by=secret, also=[{"by": secret}])
    finally:
        configure_logs("WARNING")

    (line,) = logged(stream)
    assert line["by"] == "[secret]"
    assert line["also"] == [{"by": "[secret]"}]


def test_what_only_resembles_a_token_stays(lines: io.StringIO) -> None:
    structlog.get_logger().info("page read", url="https://tass.example/xox-news?token_count=3", host="xoxo.example")

    (line,) = logged(lines)
    assert (line["url"], line["host"]) == ("https://tass.example/xox-news?token_count=3", "xoxo.example")


def test_one_event_is_one_line_of_json(lines: io.StringIO) -> None:
    structlog.get_logger("desk").info("item filed", item_id=7, title="Lavrov:\n«Мы» & <они>\u2028…")
    try:
        fails("two\nlines")
    except ValueError:
        structlog.get_logger().exception("step failed")
    logging.getLogger("some.library").warning("two\nlines")

    first, second, third = logged(lines)
    assert (first["event"], first["item_id"], first["title"]) == ("item filed", 7, "Lavrov:\n«Мы» & <они>\u2028…")
    assert (first["level"], first["timestamp"][-1]) == ("info", "Z")
    assert second["exception"].startswith("Traceback")
    assert (third["event"], third["logger"], third["level"]) == ("two\nlines", "some.library", "warning")


def test_at_a_terminal_a_line_is_for_people(out: io.StringIO) -> None:
    structlog.get_logger().warning("desk rests", workspace="T024BE7LD")

    assert out.getvalue().startswith("{") is not out.isatty()


def test_values_of_the_task_at_hand_are_in_its_lines(lines: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(event_id="Ev1"):
        structlog.get_logger().info("event accepted")

    assert logged(lines)[0]["event_id"] == "Ev1"


def test_the_level_is_kept_for_libraries_too(lines: io.StringIO) -> None:
    structlog.get_logger().debug("unsaid")
    logging.getLogger("some.library").debug("unsaid")
    logging.getLogger("some.library").info("said")

    assert [line["event"] for line in logged(lines)] == ["said"]


@pytest.mark.parametrize(
    "name", ["slack_sdk.web.async_client", "slack_bolt", "slack_bolt.AsyncApp", "aiosqlite", "httpcore.http11"]
)
def test_libraries_that_write_down_payloads_never_do(out: io.StringIO, name: str) -> None:
    logging.getLogger(name).debug("Received the following response - body: %s", {"text": "embargoed"})

    assert out.getvalue() == ""


def test_to_configure_again_replaces_where_lines_go(lines: io.StringIO) -> None:
    elsewhere = io.StringIO()
    configure_logs("INFO", elsewhere)
    structlog.get_logger().info("moved")

    assert (lines.getvalue(), [line["event"] for line in logged(elsewhere)]) == ("", ["moved"])
