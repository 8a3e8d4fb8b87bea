"""From a row of an item to its value, and back to the words by which it is found."""

from dataclasses import replace
from datetime import date

from bot.editorial.item import Appeal, Attestation, Earlier, Item, ItemState, Late, Question, Reading, Reason
from bot.editorial.kept import read_back
from bot.editorial.kind import Kind
from bot.editorial.opinion import OpinionSign
from bot.editorial.outlet import Outlet, Verdict
from bot.editorial.page_check import PageCheck
from bot.editorial.plain_words import plain_words
from db.models import ItemRow

_WORDS = 5_000
"""Words of an item that are found; PostgreSQL indexes no text without an end."""


def searched(*texts: str | None) -> str:
    """What is found of an item by words, the headline first."""
    return " ".join(plain_words("\n".join(filter(None, texts)))[:_WORDS])


def ruled(outlet: Outlet | None, host: str, ruling: str | None) -> Outlet | None:
    """An outlet as it counts for one item: what was decided of the item stands, whatever the registry says since."""
    if ruling is None:
        return outlet
    return replace(outlet or Outlet(host, host), ruling=Verdict(ruling))


def item_of(row: ItemRow, outlet: Outlet | None) -> Item:
    return Item(
        id=row.id,
        issue_id=row.issue_id,
        url=row.url,
        key=row.key,
        host=row.host,
        state=ItemState(row.state),
        reading=Reading(row.reading),
        found_by=row.found_by,
        created_at=row.created_at,
        title=row.title,
        alternative=row.alternative,
        source=row.source,
        published_on=row.published_on,
        other_days=tuple(date.fromisoformat(day) for day in row.other_days),
        stamped_at=row.stamped_at,
        language=row.language,
        author=row.author,
        summary=row.summary,
        note=row.note,
        kind=Kind(row.kind) if row.kind else None,
        paywalled=row.paywalled,
        agency=row.agency,
        pages=row.pages,
        seconds=row.seconds,
        account=row.account,
        publisher=row.publisher,
        site_part=row.site_part,
        archived_url=row.archived_url,
        archived_on=row.archived_on,
        preview=row.preview,
        outlet=ruled(outlet, row.host, row.ruling),
        rank=row.rank,
        pinned=row.pinned,
        checked=read_back(PageCheck, row.checked) if row.checked else PageCheck(),
        checked_at=row.checked_at,
        attestation=read_back(Attestation, row.attestation) if row.attestation else None,
        section=row.section,
        filed_by=row.filed_by,
        filed_at=row.filed_at,
        moved_from=row.moved_from,
        trouble=row.trouble,
        retry_at=row.read_at if row.reading == Reading.WAITING and row.read_attempts else None,
        channel=row.channel,
        message=row.message,
        thread=row.thread,
        shown_in=row.shown_in,
        edited=row.edited,
        earlier=read_back(Earlier, row.earlier) if row.earlier else None,
        used_again=read_back(Reason, row.used_again) if row.used_again else None,
        kept_outside=read_back(Reason, row.kept_outside) if row.kept_outside else None,
        opinion=read_back(OpinionSign, row.opinion) if row.opinion else None,
        appeal=read_back(Appeal, row.appeal) if row.appeal else None,
        reclassified=read_back(Reason, row.reclassified) if row.reclassified else None,
        asked=read_back(Question, row.asked) if row.asked else None,
        similar_to=row.similar_to,
        kept_beside=row.kept_beside,
        second_of=row.second_of,
        replies_to=row.replies_to,
        added_by=row.added_by,
        late=read_back(Late, row.late) if row.late else None,
        version=row.version,
    )
