"""Facts that stop whoever sets a desk up, or changes who owns and edits it."""

from bot.desk.errors import DeskError


class OwnersOnlyError(DeskError):
    """Somebody tried what only owners do."""


class TeamChangedError(DeskError):
    """Somebody changed who owns and edits a desk, over a form that another has open; `by` is their name."""

    def __init__(self, by: str) -> None:
        super().__init__("the team was changed meanwhile")
        self.by = by


class ChannelNeededError(DeskError):
    """A direct conversation becomes no desk."""


class DeskInUseError(DeskError):
    """A desk that holds items keeps its house; `title` is what it publishes."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


class SetUpMeanwhileError(DeskError):
    """Somebody else set the channel up since its form was opened."""
