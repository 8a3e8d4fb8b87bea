"""Why an issue cannot be made into a format on this machine."""

from enum import StrEnum


class Why(StrEnum):
    """What stands in the way, as members are told it in their language."""

    UNFINISHED = "unfinished"
    NO_FONT = "no font"
    UNFIT = "unfit"


class Lack(StrEnum):
    """What an item lacks that every item of a document has."""

    AGENCY_OR_TITLE = "an agency or a title"
    DATE_OR_SOURCE = "a date or a source"


class FormatRefusedError(Exception):
    """An edition that cannot be made into a format here; the text says why, and what to do, to whoever runs the bot."""

    why = Why.UNFIT


class UnfinishedError(FormatRefusedError):
    """An item lacks something; `title` says which, by its address where it has none."""

    why = Why.UNFINISHED

    def __init__(self, title: str, lacks: Lack) -> None:
        super().__init__(f"The issue is not finished: “{title}” lacks {lacks}.")
        self.title = title
        self.lacks = lacks
