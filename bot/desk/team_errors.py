"""Facts that stop whoever changes who owns and edits a desk."""

from bot.desk.errors import DeskError


class OwnersOnlyError(DeskError):
    """Somebody tried what only owners do."""


class TeamChangedError(DeskError):
    """Somebody changed who owns and edits a desk, over a form that another has open; `by` is their name."""

    def __init__(self, by: str) -> None:
        super().__init__("the team was changed meanwhile")
        self.by = by
