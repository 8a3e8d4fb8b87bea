"""Logs: one event with its values a line, and never a token."""

import json
import logging
import re
import sys
from collections.abc import Callable, Collection, MutableMapping
from typing import Any, TextIO

import structlog

_SHAPES = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[\w%.-]+"  # tokens of bots, people, refreshes and cookies
    r"|x(?:app|wfp)-[\w-]+"  # of apps and workflows
    r"|(?<=bearer )[^\s'\",}\]]+"
    r"|(?<=basic )[\w+/=-]{8,}"
    r"|(?<=ticket=)[\w%-]+"  # lets whoever has it open a socket
    r"|(?<=hooks\.slack\.com/)[\w%/.-]+"  # lets whoever has it post
    r"|(?<=://)[^\s/:@\"']*:[^\s/@\"']+(?=@)"  # of a database
    r"|(?<=v0=)[0-9a-f]{64}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"""(?P<name>(?:token|secret|password|trigger_id)\\?["']?\s*[:=]\s*)"""
    r"""(?P<quote>\\?["'])(?P<value>.+?)(?P=quote)""",
    re.IGNORECASE,
)
_BLANK = "[secret]"
_LEAST = 8
"""A secret shorter than this is no secret, and blanking it would blank words."""

_QUIET = ("aiosqlite", "alembic", "apscheduler", "httpcore", "httpx", "uvicorn")
_WORDY = ("slack_bolt", "slack_sdk")
"""At DEBUG these write down whole payloads, so they stay at INFO."""


def configure_logs(level: str, stream: TextIO | None = None, *, secrets: Collection[str] = ()) -> None:
    """Send everything, also what libraries log, to one place in one form: readable at a terminal, else JSON.

    Whatever looks like a token is blanked, and so are the secrets that are named.
    """
    out = stream or sys.stderr
    renderer = (
        structlog.dev.ConsoleRenderer() if out.isatty() else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                renderer,
                without_secrets(secrets),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _WORDY:
        logging.getLogger(name).setLevel(max(logging.INFO, root.level))
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def without_secrets(secrets: Collection[str] = ()) -> Callable[[Any, str, Any], Any]:
    """The last processor: it sees the line as it will be written, so no depth of nesting hides a secret from it."""
    real = [secret for secret in secrets if len(secret) >= _LEAST]
    known = {*real, *(json.dumps(secret, ensure_ascii=False)[1:-1] for secret in real)}
    longest_first = sorted(known, key=len, reverse=True)  # the bare form may be a part of the escaped one

    def blank(_logger: Any, _method: str, line: str | MutableMapping[str, Any]) -> str:  # noqa: ANN401 - structlog's signature
        words = str(line)
        for secret in longest_first:
            words = words.replace(secret, _BLANK)
        return _NAMED.sub(rf"\g<name>\g<quote>{_BLANK}\g<quote>", _SHAPES.sub(_BLANK, words))

    return blank
