"""The desk's own template of Word documents is used wherever one is made."""

import asyncio
from hashlib import sha256
from pathlib import Path

import pytest

from bot.export.manifest import WORD_TEMPLATE
from tests.newsroom import OVER_A_SOCKET, Newsroom
from tests.word import word_template, words_in

pytestmark = OVER_A_SOCKET


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return word_template(tmp_path / "ours.docx", "Ours: {{ name }}")


@pytest.fixture
def digest(ours: Path) -> str:
    return sha256(ours.read_bytes()).hexdigest()


@pytest.fixture
def further_settings(ours: Path) -> dict[str, str]:
    return {"word_template": str(ours)}


async def exports(newsroom: Newsroom) -> None:
    await newsroom.ana.selects("#vric", newsroom.draft().ts, "Word")
    await newsroom.settles()


async def files_one(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/1", "Iran sends tankers"))
    await newsroom.clicks(newsroom.ana, ts, "File in Iran")
    await newsroom.commands(newsroom.ana, "/vric draft")


async def test_export_and_publish_use_the_desks_own_template(newsroom: Newsroom, digest: str) -> None:
    await files_one(newsroom)

    await exports(newsroom)
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Publish")

    (made,) = [file["content"] for file in newsroom.stand_in.workspace.files.values()]
    assert words_in(made) == ["Ours: VRIC MONITOR No. 18"]
    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
        issue = await work.issues.numbered(desk.id, 18)
        assert issue is not None
        publication = await work.publications.newest(issue.id)
    assert publication is not None
    assert publication.manifest["templates"][WORD_TEMPLATE] == digest


async def test_a_template_that_was_spoiled_since_is_said_and_nothing_is_published(
    newsroom: Newsroom, ours: Path
) -> None:
    await files_one(newsroom)
    await asyncio.to_thread(ours.write_bytes, b"spoiled")

    await exports(newsroom)
    told = newsroom.whispers(newsroom.ana)[-1].words
    await asyncio.to_thread(ours.unlink)
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Publish")

    assert told.startswith("ours.docx cannot be read as a Word document: File is not a zip file. Nothing was uploaded")
    assert "ours.docx cannot be read: No such file or directory." in newsroom.whispers(newsroom.ana)[-1].words
    assert newsroom.draft().words.startswith("Draft of No. 18")
    assert newsroom.stand_in.workspace.files == {}
