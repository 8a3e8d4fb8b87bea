"""Journeys 17, 29 and 33: state media are accepted with a member's word, and whoever asks is told why they are that."""

from bot.editorial.item import ItemState
from tests.newsroom import OVER_HTTP, Newsroom

pytestmark = OVER_HTTP

DOCTORS = "Cuba sends doctors to Iran"
CHECKED = ["Not reported by other media: I checked", "No opinion and no declaration"]


async def drops_doctors(newsroom: Newsroom) -> str:
    return await newsroom.drops(newsroom.ana, newsroom.press.prints("prensa-latina.example/doctors", DOCTORS))


async def test_state_media_are_accepted_with_section_topic_and_word_in_one_step(newsroom: Newsroom) -> None:
    ts = await drops_doctors(newsroom)
    card = newsroom.card(ts)
    assert "If accepted: 1 of 1 so far is state media" in card.words
    assert card.buttons[:2] == ["Accept as state media", "Not needed"]
    assert not [label for label in card.buttons if label.startswith("File in")]

    await newsroom.clicks(newsroom.ana, ts, "Accept as state media")
    assert newsroom.form(newsroom.ana)["Under which section?"] == "The Bolivarian Network"
    refused = await newsroom.submits(newsroom.ana, {"What is it about?": "Diplomatic", "What I checked": CHECKED[:1]})
    assert refused == {"checks": "State media may stand here only where both are so. Check them, or spike the item."}
    assert (await newsroom.items())[0].state is ItemState.PENDING
    await newsroom.submits(newsroom.ana, {"What is it about?": "Diplomatic", "What I checked": CHECKED})

    card = newsroom.card(ts)
    assert f"✓ {DOCTORS}\nfiled in The Bolivarian Network by Ana Ruiz" in card.words
    assert "Attested by Ana Ruiz: diplomatic, not reported by other media, no opinion." in card.words
    assert f"• State media reports {DOCTORS} – Prensa Latina on 11-JAN" in await newsroom.printed()
    assert "attested" not in await newsroom.opens_fix_list()


async def test_undo_takes_the_filing_and_the_word_back(newsroom: Newsroom) -> None:
    ts = await drops_doctors(newsroom)
    await newsroom.accepts(newsroom.ana, ts, under="Iran", topic="Cultural")

    await newsroom.clicks(newsroom.ana, ts, "Undo")

    (item,) = await newsroom.items()
    assert (item.state, item.section, item.attestation) == (ItemState.PENDING, None, None)
    assert "Accept as state media" in newsroom.card(ts).buttons
    assert "Attested" not in newsroom.card(ts).words
    assert (await newsroom.logged())[-2:] == ["filed", "undone"]


async def test_what_is_not_needed_is_spiked(newsroom: Newsroom) -> None:
    ts = await drops_doctors(newsroom)

    await newsroom.clicks(newsroom.ben, ts, "Not needed")

    assert newsroom.card(ts).words.startswith("Spiked by Ben Okafor, kept on record:")
    assert newsroom.card(ts).buttons == ["Restore"]


async def test_another_section_asks_the_same_question(newsroom: Newsroom) -> None:
    ts = await drops_doctors(newsroom)

    await newsroom.selects(newsroom.ana, ts, "Hezbollah")
    assert newsroom.form(newsroom.ana)["Under which section?"] == "Hezbollah"
    assert (await newsroom.items())[0].state is ItemState.PENDING
    await newsroom.submits(newsroom.ana, {"What is it about?": "Military", "What I checked": CHECKED})

    assert "filed in Hezbollah by Ana Ruiz" in newsroom.card(ts).words


async def test_the_review_list_asks_it_too_and_shows_what_came_of_it(newsroom: Newsroom) -> None:
    prints = newsroom.press.prints
    links = [prints(f"reuters.example/{number}", f"Iran, part {number}") for number in range(3)]
    ts = await newsroom.drops(newsroom.ana, " ".join([*links, prints("telesur.example/doctors", DOCTORS)]))
    await newsroom.clicks(newsroom.ana, ts, "Review list")

    await newsroom.presses_in_form(newsroom.ana, "Accept as state media")
    word = {"What is it about?": "Economic", "What I checked": CHECKED}
    assert await newsroom.submits(newsroom.ana, {"Under which section?": "Turkey", **word}) == {}

    assert f"✓ {DOCTORS}\nfiled in Turkey by Ana Ruiz" in newsroom.modal_words(newsroom.ana)


async def test_taking_the_place_of_a_filed_story_does_not_go_around_the_question(newsroom: Newsroom) -> None:
    tankers = "Iran sends fleet of tankers to Venezuela"
    first = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/tankers", tankers))
    await newsroom.clicks(newsroom.ana, first, "File in Iran")
    second = await newsroom.drops(newsroom.ben, newsroom.press.prints("telesur.example/tankers", tankers))

    await newsroom.clicks(newsroom.ben, second, "Replace")

    assert "first use Accept as state media on its card" in newsroom.whispers(newsroom.ben)[-1].words
    assert [item.state for item in await newsroom.items()] == [ItemState.FILED, ItemState.PENDING]


async def test_of_two_who_accept_one_wins_and_the_other_is_told(newsroom: Newsroom) -> None:
    ts = await drops_doctors(newsroom)
    await newsroom.clicks(newsroom.ben, ts, "Accept as state media")
    await newsroom.accepts(newsroom.ana, ts, under="Iran")

    refused = await newsroom.submits(newsroom.ben, {"What is it about?": "Military", "What I checked": CHECKED})

    assert "Ana Ruiz filed this in Iran" in refused["section"]
    assert (await newsroom.items())[0].attestation.topic == "diplomatic"  # type: ignore[union-attr] # it has one


async def test_what_a_guest_dropped_is_accepted_by_an_editor_alone(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.guest(), newsroom.press.prints("prensa-latina.example/doctors", DOCTORS))

    await newsroom.clicks(newsroom.ben, ts, "Accept as state media")
    assert "Only an editor" in newsroom.whispers(newsroom.ben)[-1].words
    await newsroom.accepts(newsroom.ana, ts, under="Iran")

    assert "filed in Iran by Ana Ruiz" in newsroom.card(ts).words


async def test_the_flag_of_an_aggregator_follows_whom_it_took_it_from(newsroom: Newsroom) -> None:
    body = f"<p>(MENAFN - Prensa Latina) {'Havana and Tehran agreed on doctors. ' * 20}</p>"
    ts = await newsroom.drops(
        newsroom.ana, newsroom.press.prints("menafn.com/1101/cuba-sends-doctors", DOCTORS, body=body)
    )
    assert "MENAFN republishes others. Who published it first?" in newsroom.card(ts).words
    assert "Accept as state media" not in newsroom.card(ts).buttons

    await newsroom.clicks(newsroom.ana, ts, "Choose outlet")
    await newsroom.submits(newsroom.ana, {"Outlet: its name, or its domain": "prensa-latina.example"})
    assert "If accepted: 1 of 1 so far is state media" in newsroom.card(ts).words
    await newsroom.accepts(newsroom.ana, ts, under="Iran")

    assert f"• State media reports {DOCTORS} – Prensa Latina on 11-JAN" in await newsroom.printed()
