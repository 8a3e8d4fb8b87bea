"""What is wrong with what a member wrote into a form, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.desk.errors import DeskError


class FieldTrouble(StrEnum):
    """What is wrong with a value that a member wrote."""

    TITLE_EMPTY = "title_empty"
    TITLE_TOO_LONG = "title_too_long"
    NOTE_EMPTY = "note_empty"
    PUBLISHER_EMPTY = "publisher_empty"
    REASON_EMPTY = "reason_empty"
    TOPIC_UNKNOWN = "topic_unknown"
    NAME_EMPTY = "name_empty"
    COUNTRY_EMPTY = "country_empty"
    COUNTRY_UNKNOWN = "country_unknown"
    EVIDENCE_EMPTY = "evidence_empty"
    NOTHING_CORRECTED = "nothing_corrected"
    NOT_CHECKED = "not_checked"
    LINKS_EMPTY = "links_empty"
    CHANGED_MEANWHILE = "changed_meanwhile"
    OWNER_EMPTY = "owner_empty"
    PUBLICATION_TOO_LONG = "publication_too_long"
    ZONE_UNKNOWN = "zone_unknown"
    HOUSE_GONE = "house_gone"
    MOMENT_UNCLEAR = "moment_unclear"
    MOMENT_NOT_AHEAD = "moment_not_ahead"
    NO_MEMBER = "no_member"


@dataclass(frozen=True, slots=True)
class FieldRefusal:
    """Why a value is not stored; `theirs` is what somebody else wrote there meanwhile, or who is meant."""

    trouble: FieldTrouble
    theirs: str = ""


class FieldsRefusedError(DeskError):
    """Values that cannot be stored, by field."""

    def __init__(self, reasons: Mapping[str, FieldRefusal]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons
