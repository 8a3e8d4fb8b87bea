"""Logs: one event with its values a line, and never a token."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

_TOKEN = re.compile(r"x(?:ox[a-z]|app)-[\w-]+|(?<=Bearer )\S+|(?<=ticket=)[\w-]+")


def configure_logs(level: str, stream: TextIO | None = None) -> None:
    """Send everything, also what libraries log, to one place in one form: readable at a terminal, else JSON."""
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
        without_tokens,
    ]
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for chatty in ("apscheduler", "httpx", "httpcore", "uvicorn.access", "aiosqlite"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def without_tokens(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:  # noqa: ANN401 - structlog's signature
    """Blank whatever looks like a token, in every text of a log line."""
    return {name: _TOKEN.sub("[secret]", value) if isinstance(value, str) else value for name, value in event.items()}
