"""Reads JSON as pages write it: with comments, commas too many, controls and entities in it."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

_OPENING = re.compile(r"(?:\s|<!--|//\s*<!\[CDATA\[|/\*.{0,2000}?\*/|<!\[CDATA\[)+", re.DOTALL)
_CLOSINGS = ("-->", "//]]>", "]]>", ";")
_SLIP = re.compile(
    r'"(?:[^"\\]|\\.)*"'  # a string is passed over, so that nothing inside it is taken for a slip
    r"|(?P<comment>/\*.{0,2000}?\*/|//[^\n]*)"
    r"|(?P<comma>,(?=[\s,]{0,50}[}\]]))"
    r"|(?P<missing>[}\]](?=\s{0,50}[{\[]))",
    re.DOTALL,
)
_ESCAPE = re.compile(r"(?P<known>\\[\"\\/bfnrtu])|\\")
_LONGEST = 500_000


def loads(text: str) -> Any:  # noqa: ANN401 - JSON
    """The value of a JSON text, repaired where it must be; None where it cannot be read.

    Repaired: control characters, comments, commas too many or lacking between objects, escapes that JSON does not
    know, an HTML comment or CDATA around it, entities in place of quotation marks, several values in a row.
    """
    if len(text) > _LONGEST:
        return None
    for attempt in _attempts(text):
        try:
            return json.loads(attempt, strict=False)
        except ValueError:
            continue
        except RecursionError:
            return None
    return None


def _attempts(text: str) -> Iterator[str]:
    yield text
    yield _repaired(text)
    yield _repaired(html.unescape(text))


def _repaired(text: str) -> str:
    plain = _SLIP.sub(_mended, _unwrapped(text))
    plain = _ESCAPE.sub(lambda found: found["known"] or "", plain)
    return f"[{plain}]" if _is_row(plain) else plain


def _unwrapped(text: str) -> str:
    opening = _OPENING.match(text)
    text = (text[opening.end() :] if opening else text).rstrip()
    while closing := next((each for each in _CLOSINGS if text.endswith(each)), None):
        text = text.removesuffix(closing).rstrip()
    return text


def _mended(found: re.Match[str]) -> str:
    if found["missing"]:
        return found["missing"] + ","
    return " " if found["comment"] or found["comma"] else found[0]


def _is_row(text: str) -> bool:
    """Say whether several values stand in a row, as they do where two scripts were joined."""
    try:
        _, end = json.JSONDecoder(strict=False).raw_decode(text)
    except (ValueError, RecursionError):
        return False
    return text[end:].lstrip().startswith(",")
