"""What a card says of the moment at which it was shown, and not of its items."""

import re

_OF_THE_MOMENT = re.compile(
    r"^(?:If filed|If accepted|If it returned now): .*$|· \d+ items? \(minimum \d+\)", re.MULTILINE
)


def timeless(words: str) -> str:
    """The words of a card without shares and without counts of its section: they change with every other item."""
    return _OF_THE_MOMENT.sub("…", words)
