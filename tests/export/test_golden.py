"""Issue No. 18 as it was published: in from its data and from its text, and out again byte for byte."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.desk.archive import Archive, ArchiveError
from bot.editorial.edition import Edition
from bot.editorial.gate import FindingKind, check
from bot.editorial.house import Denominator, House
from bot.editorial.house_file import read_house
from bot.editorial.houses import Houses
from bot.editorial.issue import IssueState
from bot.editorial.quota import Remedies, percent, remedies
from bot.export.document import DocumentRefusedError, IssueDocument, read_document
from bot.export.formats import render
from bot.export.printed_text import read_printed
from bot.ports import NOBODYS
from bot.render import Renderer
from bot.settings import SHIPPED_HOUSE
from db.database import Database

NOW = datetime(2026, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def published(shared: Path) -> Path:
    return shared / "golden" / "vric-18"


@pytest.fixture(scope="session")
def vric() -> House:
    return read_house(SHIPPED_HOUSE.read_text(encoding="utf-8"))


@pytest.fixture
def document(published: Path) -> IssueDocument:
    return read_document((published / "issue.json").read_text(encoding="utf-8"), "issue.json")


async def taken_over(database: Database, house: House, document: IssueDocument) -> tuple[Edition, bool]:
    archive = Archive(houses=Houses([house]), unit_of_work=database.unit_of_work)
    return await archive.take_over(document, "issue.json", now=NOW, tell=lambda _: None, formats=())


async def stored(database: Database, house: House) -> Edition:
    return await Archive(houses=Houses([house]), unit_of_work=database.unit_of_work).edition(18)


async def test_the_data_gives_the_published_text_and_itself_again(
    database: Database, vric: House, document: IssueDocument, published: Path
) -> None:
    _, is_new = await taken_over(database, vric, document)

    edition = await stored(database, vric)

    assert is_new
    assert edition.issue.state is IssueState.PUBLISHED
    assert render("txt", edition, Renderer()) == (published / "issue.txt").read_bytes()
    assert render("json", edition, Renderer()) == (published / "issue.json").read_bytes()


async def test_the_published_text_is_read_back_into_the_same_data(vric: House, published: Path) -> None:
    text = (published / "issue.txt").read_text(encoding="utf-8")

    document = read_printed(text, "issue.txt", vric)

    assert document == read_document((published / "issue.json").read_text(encoding="utf-8"), "issue.json")


@pytest.mark.parametrize(
    ("denominator", "total", "share", "mends"),
    [
        (Denominator.ITEMS, 102, "22.5 %", Remedies(swap=3, drop=4, add=13)),
        (Denominator.ITEMS_AND_RELEASES, 112, "20.5 %", Remedies(swap=1, drop=1, add=3)),
        (Denominator.OVERALL, 122, "18.9 %", Remedies()),
    ],
)
async def test_the_promise_is_kept_or_broken_by_what_is_counted(
    database: Database,
    vric: House,
    document: IssueDocument,
    denominator: Denominator,
    total: int,
    share: str,
    mends: Remedies,
) -> None:
    rule = replace(vric.state_media, denominator=denominator)

    edition, _ = await taken_over(database, replace(vric, state_media=rule), document)

    assert (edition.tally.state, edition.tally.total) == (23, total)
    assert percent(edition.tally.share, rule.limit) == share
    assert remedies(edition.tally, rule.limit) == mends
    kinds = {finding.kind for finding in check(edition) if finding.blocking}
    assert (FindingKind.SHARE_OVER_LIMIT in kinds) is (denominator is not Denominator.OVERALL)


async def test_the_gate_would_have_let_it_pass_but_for_what_it_did_not_ask_then(
    database: Database, vric: House, document: IssueDocument
) -> None:
    edition, _ = await taken_over(database, vric, document)

    blocking = [finding.kind for finding in check(edition) if finding.blocking]

    assert blocking == [FindingKind.NOT_ATTESTED] * 23


async def test_importing_it_again_doubles_nothing_and_another_one_is_refused(
    database: Database, vric: House, document: IssueDocument
) -> None:
    await taken_over(database, vric, document)

    again, is_new = await taken_over(database, vric, document)

    assert (is_new, len(again.items)) == (False, 102)
    with pytest.raises(ArchiveError, match=r"already, and its headline differs .* Nothing was stored"):
        await taken_over(database, vric, document.model_copy(update={"headline": "Another one"}))
    assert len((await stored(database, vric)).items) == 102


async def test_an_issue_that_printed_no_disclaimer_gets_none_and_can_be_imported_again(
    database: Database, vric: House, document: IssueDocument
) -> None:
    bare = document.model_copy(update={"disclaimer": None})

    edition, _ = await taken_over(database, vric, bare)
    _, is_new = await taken_over(database, vric, bare)

    assert not is_new
    assert b"Disclaimer" not in render("txt", edition, Renderer())


async def test_an_empty_database_gets_the_desk_of_the_house(
    database: Database, vric: House, document: IssueDocument
) -> None:
    await taken_over(database, vric, document)

    async with database.unit_of_work() as work:
        (desk,) = await work.desks.all(NOBODYS)
        changes = await work.changes.of_issue(1, NOW, ["imported"])

    assert (desk.workspace, desk.channel) == ("", "vric")
    assert [change.after["items"] for change in changes] == [102]


async def test_an_unknown_section_stores_nothing(database: Database, vric: House, document: IssueDocument) -> None:
    chapter = document.chapters[2]
    odd = chapter.subsections[1].model_copy(update={"heading": "ATLANTIS"})
    subsections = (chapter.subsections[0], odd, *chapter.subsections[2:])
    changed = (*document.chapters[:2], chapter.model_copy(update={"subsections": subsections}), document.chapters[3])

    with pytest.raises(DocumentRefusedError, match=r"chapters\[3\].subsections\[2\].heading: .* “ATLANTIS”. It has"):
        await taken_over(database, vric, document.model_copy(update={"chapters": changed}))

    async with database.unit_of_work() as work:
        assert await work.desks.all(NOBODYS) == []


async def test_an_editors_own_order_is_kept(database: Database, vric: House, document: IssueDocument) -> None:
    """No. 18 is newest first throughout; an issue that is not stays as it was printed."""
    first = document.chapters[0]
    turned = first.model_copy(update={"items": first.items[::-1]})
    changed = document.model_copy(update={"chapters": (turned, *document.chapters[1:])})

    edition, _ = await taken_over(database, vric, changed)

    assert [item.summary for item in edition.rundown.chapters[0].sections[0].items] == [
        item.summary for item in first.items[::-1]
    ]
