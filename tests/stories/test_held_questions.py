"""Journey 30: editors are asked about what is held, and answer once."""

from bot.editorial.item import ItemState
from tests.newsroom import OVER_HTTP, Newsroom
from tests.stories.test_quotas import DOCTORS, WORD, asked, full, holds, item_at

pytestmark = OVER_HTTP


async def test_an_editor_accepts_what_is_held_and_whoever_asked_is_told(newsroom: Newsroom) -> None:
    _, doctors = await full(newsroom)
    await newsroom.clicks(newsroom.ben, doctors, "Ask an editor")
    assert await newsroom.submits(newsroom.ben, {"Under which section?": "Iran", **WORD}) == {}
    assert "Ben Okafor asked the editors." in newsroom.card(doctors).words
    (question,) = asked(newsroom.ana)
    assert f"Ben Okafor asks: file {DOCTORS} in Iran of No. 18" in question.words
    assert "If accepted: 21 of 101 = 20.8 % state media" in question.words

    await newsroom.presses(newsroom.ana, question, "Accept")

    (question,) = asked(newsroom.ana)
    assert "Accepted by Ana Ruiz." in question.words
    assert question.buttons == []
    assert "was held and accepted by Ana Ruiz" in newsroom.card(doctors).words
    told = [message.words for message in newsroom.replies(doctors) if "accepted" in message.words][-1]
    assert told == f"@{newsroom.ben.user.id}: Ana Ruiz accepted {DOCTORS}; it is filed in Iran of No. 18."
    assert "21 of 101" in await newsroom.commands(newsroom.ben, "/vric quota")


async def test_an_editor_leaves_it_held_and_a_second_answer_changes_nothing(newsroom: Newsroom) -> None:
    _, doctors = await full(newsroom)
    await holds(newsroom, newsroom.ben, doctors)
    await newsroom.clicks(newsroom.ben, doctors, "Ask an editor")
    seen = asked(newsroom.ana)[0]
    await newsroom.ana.clicks(seen.channel, seen.ts, "Leave it held")
    await newsroom.has_heard()

    await newsroom.presses(newsroom.ana, seen, "Accept")

    (question,) = asked(newsroom.ana)
    assert "Left held by Ana Ruiz" in question.words
    assert (await item_at(newsroom, doctors)).state is ItemState.HELD
    assert "Ana Ruiz left it held." in newsroom.card(doctors).words
    assert [
        m.words for m in newsroom.replies(doctors) if m.words.startswith(f"@{newsroom.ben.user.id}: Ana Ruiz left")
    ] == [f"@{newsroom.ben.user.id}: Ana Ruiz left {DOCTORS} held. It returns by itself as soon as there is room."]


async def test_members_who_are_no_editors_decide_nothing_and_guests_hold_nothing(newsroom: Newsroom) -> None:
    _, doctors = await full(newsroom)
    gus = newsroom.guest()
    await newsroom.clicks(gus, doctors, "Hold")
    assert "Only the desk can do that" in gus.whispers("#vric")[-1].words
    await holds(newsroom, newsroom.ben, doctors)
    await newsroom.clicks(newsroom.ben, doctors, "Ask an editor")
    (question,) = asked(newsroom.ana)

    held = await item_at(newsroom, doctors)
    assert held.asked is not None
    assert held.asked.editors == (newsroom.ana.user.id,)
    assert question.channel not in {message.channel for message in newsroom.ben.direct()}


async def test_a_question_is_settled_by_room_that_appears(newsroom: Newsroom) -> None:
    grain, doctors = await full(newsroom)
    await holds(newsroom, newsroom.ben, doctors)
    await newsroom.clicks(newsroom.ben, doctors, "Ask an editor")

    await newsroom.selects(newsroom.ben, grain, "Spike")

    (question,) = asked(newsroom.ana)
    assert "It is filed by now" in question.words
    assert question.buttons == []
