"""What members said, as a sequence remembers it."""

from dataclasses import dataclass

from tests.sequences.pages import Linked


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it stands in the workspace: `links` are its own, `was` are all that it ever held."""

    ts: str
    place: str
    who: str
    links: tuple[Linked, ...]
    was: tuple[Linked, ...]
    deleted: bool = False
    thread_ts: str | None = None

    @property
    def pages(self) -> dict[str, Linked]:
        """What it holds, each page once; a page that is not taken by itself is none."""
        return {} if self.deleted else {link.page: link for link in self.links if link.is_kept}
