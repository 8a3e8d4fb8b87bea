"""Issues that were never written, to see whether a template can print what there may be, and do without what is not."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.editorial.edition import Edition, MustRead, Paragraph, Quote, Release, Writing
from bot.editorial.house import House
from bot.editorial.issue import Issue, IssueState
from bot.editorial.item import Item, ItemState, Reading
from bot.editorial.rundown import assemble

_DAY = date(2021, 1, 11)
_AT = datetime(2021, 1, 14, 22, tzinfo=UTC)
_URL = "https://example.org/"
_ISSUE = Issue(
    id=0,
    desk_id=0,
    number=18,
    state=IssueState.OPEN,
    window_start=_DAY,
    window_end=_AT.date(),
    deadline=_AT,
    closes_at=_AT,
)
_ITEM = Item(
    id=0,
    issue_id=0,
    url=_URL,
    host="example.org",
    state=ItemState.FILED,
    reading=Reading.READ,
    found_by="",
    created_at=_AT,
    title="Headline",
    source="Outlet",
    published_on=_DAY,
    language="es",
)


def specimens(house: House) -> tuple[Edition, Edition]:
    """An issue of a house that has everything, and one that has nothing."""
    items = [replace(_ITEM, id=place, section=section.key) for place, section in enumerate(house.sections)]
    writing = Writing(
        headline="Headline",
        author="Author",
        author_role="Role",
        disclaimer="Disclaimer",
        overview=(Paragraph("Paragraph"), Quote("Quote", "Speaker", on=_DAY)),
        must_reads=(MustRead("Must read", "es", url=_URL),),
        releases_heading="Heading",
        releases=(Release("AGENCY", "Release", _URL),),
        narratives={chapter.key: ("Narrative",) for chapter in house.chapters},
    )
    return (
        Edition(house, _ISSUE, writing, assemble(house, _ISSUE, items), registry_of=_DAY),
        Edition(house, _ISSUE, Writing(), assemble(house, _ISSUE, ())),
    )
