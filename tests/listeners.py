"""What the running app listens to, read from the app itself: a listener that is new is among them."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import find
from hypothesis import strategies as st
from slack_bolt.async_app import AsyncApp
from slack_bolt.listener_matcher.async_builtins import AsyncBuiltinListenerMatcher


@dataclass(frozen=True, slots=True)
class Listened:
    """A kind of listener, as Bolt calls it, and an id that it takes."""

    kind: str
    id: str


def listened_to(app: AsyncApp) -> Iterator[Listened]:
    """Each listener of an app with an id that it takes, or several where it takes one of a list."""
    for listener in app._async_listeners:  # noqa: SLF001 - Bolt tells nobody else what it listens to
        (matcher,) = listener.matchers
        assert isinstance(matcher, AsyncBuiltinListenerMatcher)
        test = inspect.getclosurevars(matcher.func).nonlocals["func"]
        known = inspect.getclosurevars(test).nonlocals
        (taken,) = (known[name] for name in ("constraints", "callback_id", "command") if name in known)
        for each in _examples(taken):
            yield Listened(test.__qualname__.partition(".")[0], each)


def _examples(taken: str | re.Pattern[str]) -> list[str]:
    if isinstance(taken, str):
        return [taken]
    named = re.fullmatch(r"\^\(\?:([\w|]+)\)\$", taken.pattern)
    return named[1].split("|") if named else [find(st.from_regex(taken), lambda _: True)]
