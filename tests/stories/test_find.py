"""Members look for what the desk had, in all its issues."""

import json

from tests.newsroom import OVER_A_SOCKET, Newsroom

pytestmark = OVER_A_SOCKET

TANKERS = "Irán envía buques cisterna & «petróleo» a Venezuela"
LATER = "Iran sends fleet of tankers"


async def test_what_an_earlier_issue_had_is_found_and_leads_to_its_message(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/iran-oil", TANKERS)
    ts = await newsroom.drops(newsroom.ben, link)
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")
    await newsroom.commands(newsroom.ana, "/vric issue close")
    await newsroom.drops(newsroom.ana, newsroom.press.prints("infobae.example/fleet", LATER))
    await newsroom.commands(newsroom.ana, f"/vric add {newsroom.press.prints('reuters.example/again', 'Iran again')}")

    told = await newsroom.commands(newsroom.ana, '/vric find IRAN "OR')
    assert 'Nothing is found for “IRAN "OR” in any issue.' in told

    told = await newsroom.commands(newsroom.ana, "/vric find petroleo IRAN")
    assert told.splitlines()[0] == "1 item found for “petroleo IRAN”:"
    assert f"No. 18, Iran · 11 Jan 2021 · {TANKERS} · Reuters · found by Ben Okafor · message" in told
    shown = json.dumps(newsroom.whispers(newsroom.ana)[-1].blocks, ensure_ascii=False)
    assert f"/#{newsroom.card(ts).channel}/{ts}|message>" in shown

    told = await newsroom.commands(newsroom.ana, "/vric find iran")
    lines = told.splitlines()
    assert lines[0] == "3 items found for “iran”:"
    assert ["No. 19, waits for a section" in line for line in lines[1:4]] == [True, True, False]
    assert sum("· message" in line for line in lines) == 2
    assert newsroom.whispers(newsroom.ben) == []


async def test_ten_are_shown_and_the_others_counted(newsroom: Newsroom) -> None:
    for number in range(12):
        await newsroom.drops(
            newsroom.ana, newsroom.press.prints(f"reuters.example/{number}", f"Tankers of Iran, part {number}")
        )

    told = await newsroom.commands(newsroom.ben, "/vric find tank")

    assert told.splitlines()[0] == "12 items found for “tank”:"
    assert told.count("No. 18") == 10
    assert told.splitlines()[-1] == "… and 2 more. Add a word to find fewer."


async def test_who_names_no_word_is_told_what_to_write(newsroom: Newsroom) -> None:
    for text in ("", '?! "*"'):
        told = await newsroom.commands(newsroom.ana, f"/vric find {text}")

        assert told.startswith("Say what to look for: `/vric find iran tankers` finds the items of all issues")


async def test_a_message_that_is_gone_leaves_the_item_without_a_link_to_it(newsroom: Newsroom) -> None:
    await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", LATER))
    newsroom.stand_in.fault("chat.getPermalink", "message_not_found")

    told = await newsroom.commands(newsroom.ana, "/vric find fleet")

    assert f"{LATER} · Reuters · found by Ana Ruiz" in told
    assert "· message" not in told


async def test_a_guest_finds_nothing_of_the_desk(newsroom: Newsroom) -> None:
    guest = newsroom.stand_in.workspace.add_user("gus", "Gus Haddad", is_restricted=True)
    newsroom.stand_in.workspace.channel("#vric").members.add(guest.id)
    await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", LATER))

    told = await newsroom.commands(newsroom.stand_in.member("gus"), "/vric find fleet")

    assert told == "Only the desk can do that: you are a guest in this workspace. Nothing was changed."
