"""Whether somebody's status says that they are away."""

import re

_AWAY = frozenset(
    {
        ":palm_tree:",
        ":face_with_thermometer:",
        ":desert_island:",
        ":beach_with_umbrella:",
        ":beach_umbrella:",
        ":umbrella_on_ground:",
    }
)
"""What Slack itself offers as status of somebody on vacation, or ill, and what people put in its place."""

_SAYS_AWAY = re.compile(
    r"\b(?:vacation(?:ing)?|on holidays?|out of (?:the )?office|ooo|pto|away until|on leave|(?:sick|parental|maternity"
    r"|paternity|annual|medical) leave|out sick|off sick|de vacaciones|fuera de la oficina|de baja|de licencia)\b",
    re.IGNORECASE,
)


def says_away(emoji: str, words: str) -> bool:
    """Whether an emoji, or the words beside it, mean that somebody does not work at present."""
    return emoji in _AWAY or _SAYS_AWAY.search(words) is not None
