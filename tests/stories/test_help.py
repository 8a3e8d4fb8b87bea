"""Help fits a screen, and lists what whoever asks may do where they ask."""

import pytest

from tests.newsroom import EACH_ONCE, OVER_A_SOCKET, OVER_HTTP, Newsroom

SCREEN, LINES = 3000, 25


@pytest.fixture
async def newsroom(newsroom: Newsroom) -> Newsroom:
    await newsroom.opens_desk()
    return newsroom


@EACH_ONCE
async def test_each_is_told_what_they_may_do_and_nothing_that_they_may_not(newsroom: Newsroom) -> None:
    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
        eva = newsroom.stand_in.workspace.add_user("eva", "Eva Marín")
        newsroom.stand_in.workspace.channel("#vric").members.add(eva.id)
        await work.desks.add_editor(desk, eva.id, newsroom.clock())
    editor, guest = newsroom.stand_in.member("eva"), newsroom.guest()

    said = {who: await newsroom.commands(who, "/vric help") for who in (newsroom.ana, editor, newsroom.ben, guest)}

    for words in said.values():
        assert len(words) <= SCREEN
        assert len(words.splitlines()) <= LINES
    owners, editors, members, guests = said.values()
    assert "an owner of this desk" in owners
    assert "and lets you change that" in owners
    assert "an editor of this desk" in editors
    assert "lets you change that" not in editors
    assert "`/vric outlets NAME`" in editors
    assert "a member of this desk" in members
    for barred in ("/vric outlets", "/vric waiting", "/vric issue close", "/vric deadline Fri", "publish"):
        assert barred not in members
    assert "You are a guest" in guests
    assert [word for word in ("add", "status", "draft", "team") if f"/vric {word}" in guests] == []


@OVER_HTTP
async def test_where_there_is_no_desk_help_says_how_to_begin_one(newsroom: Newsroom) -> None:
    for name in ("africa", "elsewhere"):
        newsroom.stand_in.workspace.add_channel(name, [newsroom.ana.user.id, newsroom.ben.user.id])
    await newsroom.stand_in.invites_bot("#africa", by="ben")
    await newsroom.settles()

    await newsroom.ben.commands("#elsewhere", "/vric help")
    await newsroom.has_heard()
    await newsroom.ben.commands("#africa", "/vric help")
    await newsroom.has_heard()

    (elsewhere,) = newsroom.ben.whispers("#elsewhere")
    assert elsewhere.words.startswith("There is no desk here.")
    assert "/invite @vric" in elsewhere.words
    assert "You are an owner of this desk" in newsroom.ben.whispers("#africa")[-1].words
    assert "You are a member of this desk" in await newsroom.commands(newsroom.ben, "/vric help")


@OVER_A_SOCKET
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("stauts", "/vric status"),
        ("tema", "/vric team"),
        ("issue opne 25", "/vric issue open"),
        ("issue clos", "/vric issue close"),
        ("issue daedline Fri", "/vric issue deadline"),
    ],
)
async def test_a_word_that_is_nearly_known_is_named(newsroom: Newsroom, typed: str, meant: str) -> None:
    said = await newsroom.commands(newsroom.ana, f"/vric {typed}")

    assert f"Did you mean {meant}?" in said.replace("`", "")
    assert "Nothing was changed." in said


@OVER_HTTP
async def test_a_word_that_is_like_none_is_answered_without_a_guess(newsroom: Newsroom) -> None:
    for typed in ("xylophone", "issue xyzzy"):
        said = await newsroom.commands(newsroom.ana, f"/vric {typed}")
        assert "Did you mean" not in said
        assert "Nothing was changed." in said
