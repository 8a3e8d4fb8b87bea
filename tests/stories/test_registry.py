"""Journeys 33 and 34: who controls an outlet is asked, answered, explained and changed, and open issues follow."""

from bot.editorial.item import Item
from tests.newsroom import EACH_ONCE, OVER_A_SOCKET, Newsroom

pytestmark = OVER_A_SOCKET

TANKERS = "Iran sends fleet of tankers to Venezuela"
REASON = "Why? It is kept with your name"
STATE = {"Who controls it?": "A state owns it", "Country, by name or code": "Cuba"}


async def files(newsroom: Newsroom, place: str = "infobae.example/tankers", title: str = TANKERS) -> str:
    ts = await newsroom.drops(newsroom.ben, newsroom.press.prints(place, title))
    await newsroom.clicks(newsroom.ben, ts, "File in Iran")
    return ts


async def publishes(newsroom: Newsroom) -> Item:
    """Ana publishes what is filed; gives the first item."""
    (item, *_) = await newsroom.items()
    await newsroom.commands(newsroom.ana, "/vric draft")
    await newsroom.presses(newsroom.ana, newsroom.draft(), "Publish")
    return item


async def opens_row(newsroom: Newsroom, name: str = "infobae.example") -> None:
    await newsroom.commands(newsroom.ana, f"/vric outlets {name}")
    await newsroom.presses_in_form(newsroom.ana, "Change")


async def test_whoever_asks_is_told_row_evidence_decider_day_and_rule(newsroom: Newsroom) -> None:
    said = await newsroom.commands(newsroom.ben, "/vric why telesurtv.net")

    assert "TeleSUR (`telesurtv.net`) counts as state media." in said
    assert "Control: A state owns it · Venezuela, a country that the issue watches" in said
    assert "Evidence: " in said
    assert "none is on record" not in said
    assert "Decided by the registry of " in said
    assert "Rule of the house: what a state owns or controls, or an authority itself, counts where" in said
    assert await newsroom.commands(newsroom.ben, "/vric why https://www.telesurtv.net/news/1.html") == said


async def test_who_is_not_known_is_said_with_what_to_do(newsroom: Newsroom) -> None:
    said = await newsroom.commands(newsroom.ben, "/vric why the-daily.example")

    assert said.startswith("I do not know the-daily.example. Drop a link of it and answer on its card")


async def test_the_card_answers_why(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ben, newsroom.press.prints("telesur.example/1", TANKERS))
    other = await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/1", "Oil of Iran"))

    await newsroom.selects(newsroom.ben, ts, "Why state media?")
    assert "teleSUR (`telesur.example`) counts as state media." in newsroom.whispers(newsroom.ben)[-1].words
    await newsroom.selects(newsroom.ben, other, "Why not state media?")
    assert "Reuters (`reuters.example`) does not count as state media." in newsroom.whispers(newsroom.ben)[-1].words


@EACH_ONCE
async def test_an_unknown_outlet_is_asked_about_and_the_answer_keeps_its_evidence(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ben, newsroom.press.prints("unheard-of.example/1", TANKERS))
    assert "I do not know who controls unheard-of.example. State-owned or -controlled?" in newsroom.card(ts).words

    await newsroom.selects(newsroom.ben, ts, "Yes…")
    refused = await newsroom.submits(newsroom.ben, {"Who controls it?": "A state owns it", "Name, as cited": ""})
    assert refused == {
        "name": "Give the name by which it is cited.",
        "country": "Say of which country: without it nobody can tell whether the issue watches it.",
        "words": "Say how you know: an address, or a few words.",
    }
    wrong = {**STATE, "Country, by name or code": "Cubaa", "Name, as cited": "Unheard Of"}
    evidence = {"How do you know? An address, or a few words": "https://unheard-of.example/imprint"}
    assert "This is no country." in (await newsroom.submits(newsroom.ben, {**wrong, **evidence}))["country"]
    named = {**STATE, "Name, as cited": "Unheard Of"}
    assert await newsroom.submits(newsroom.ben, {**named, **evidence}) == {}

    assert "State media: Unheard Of (state-owned, CU)" in newsroom.card(ts).words
    said = await newsroom.commands(newsroom.ana, "/vric why unheard-of.example")
    assert "Evidence: https://unheard-of.example/imprint" in said
    assert "Decided by Ben Okafor on 11 Jan 2021" in said


async def test_a_state_that_is_not_watched_does_not_count(newsroom: Newsroom) -> None:
    ts = await newsroom.drops(newsroom.ben, newsroom.press.prints("unheard-of.example/1", TANKERS))

    await newsroom.says_of_state(newsroom.ben, ts, country="FR")

    assert "Not state media: " in newsroom.card(ts).words
    assert "(state-owned, FR)" in newsroom.card(ts).words


@EACH_ONCE
async def test_an_editor_changes_a_row_and_the_open_issue_follows(newsroom: Newsroom) -> None:
    ts = await files(newsroom)
    await files(newsroom, "reuters.example/oil", "Oil of Iran")

    await opens_row(newsroom)
    assert newsroom.form(newsroom.ana)["Name, as cited"] == "Infobae"
    assert await newsroom.submits(newsroom.ana, {**STATE, REASON: " "}) == {"words": "Say why, in one line."}
    await newsroom.submits(newsroom.ana, {**STATE, REASON: "It was sold last week."})

    words = newsroom.modal_words(newsroom.ana)
    assert "✓ Infobae (`infobae.example`): A state owns it. It counts as state media." in words
    assert "No. 18: 1 item affected. State media were 0 %, and are 50 % (1 of 2, limit 20 %): over the limit." in words
    assert f"• {TANKERS} (filed)" in words
    assert "Attest" in newsroom.card(ts).buttons
    said = await newsroom.commands(newsroom.ben, "/vric why infobae.example")
    assert "Decided by Ana Ruiz on 11 Jan 2021: It was sold last week." in said
    assert "1 of 2 so far is state media" in await newsroom.commands(newsroom.ben, "/vric status")


async def test_published_issues_keep_theirs(newsroom: Newsroom) -> None:
    ts = await files(newsroom)
    await publishes(newsroom)
    before = newsroom.card(ts).words

    await opens_row(newsroom)
    await newsroom.submits(newsroom.ana, {**STATE, REASON: "It was sold last week."})

    assert "No item of an issue that still changes is of it." in newsroom.modal_words(newsroom.ana)
    assert newsroom.card(ts).words == before
    assert (await newsroom.archive.verify(18)).is_same


async def test_a_closed_issue_that_is_not_published_follows(newsroom: Newsroom) -> None:
    await files(newsroom)
    await newsroom.commands(newsroom.ana, "/vric issue close")

    await opens_row(newsroom)
    await newsroom.submits(newsroom.ana, {**STATE, REASON: "It was sold last week."})

    assert "No. 18: 1 item affected." in newsroom.modal_words(newsroom.ana)


async def test_an_earlier_ruling_gives_way_to_what_an_editor_writes_and_a_later_one_to_the_card(
    newsroom: Newsroom,
) -> None:
    ts = await newsroom.drops(newsroom.ben, newsroom.press.prints("unheard-of.example/1", TANKERS))
    await newsroom.selects(newsroom.ben, ts, "No")
    assert "Not state media: unheard-of.example" in newsroom.card(ts).words

    await newsroom.selects(newsroom.ana, ts, "Change the outlet")
    await newsroom.submits(newsroom.ana, {**STATE, "Name, as cited": "Unheard Of", REASON: "Its imprint says so."})
    assert "State media: Unheard Of (state-owned, CU)" in newsroom.card(ts).words

    await newsroom.selects(newsroom.ana, ts, "Change the outlet")
    independent = {"Who controls it?": "Independent", "Country, by name or code": ""}
    await newsroom.submits(newsroom.ana, {**independent, REASON: "It was a slip."})
    assert "Not state media: Unheard Of (independent)" in newsroom.card(ts).words


async def test_members_change_no_row(newsroom: Newsroom) -> None:
    ts = await files(newsroom)

    assert "Only an editor" in await newsroom.commands(newsroom.ben, "/vric outlets infobae.example")
    await newsroom.selects(newsroom.ben, ts, "Change the outlet")

    assert "Only an editor" in newsroom.whispers(newsroom.ben)[-1].words
    assert newsroom.ben.modal is None


async def test_of_two_editors_the_second_is_told_what_the_first_wrote(newsroom: Newsroom) -> None:
    await opens_row(newsroom)
    async with newsroom.bot.database.unit_of_work() as work:
        (desk,) = await work.desks.all()
        await work.desks.add_editor(desk, newsroom.ben.user.id, newsroom.clock())
    await newsroom.commands(newsroom.ben, "/vric outlets infobae.example")
    await newsroom.presses_in_form(newsroom.ben, "Change")
    await newsroom.submits(newsroom.ben, {**STATE, REASON: "It was sold."})

    refused = await newsroom.submits(newsroom.ana, {"Who controls it?": "Independent", REASON: "It is not."})

    assert "state-owned" in refused["control"]


async def test_an_outlet_that_nobody_knows_is_looked_for_and_added(newsroom: Newsroom) -> None:
    await newsroom.commands(newsroom.ana, "/vric outlets")
    await newsroom.submits(newsroom.ana, {"Name, or domain": "the-daily.example"})
    assert "The registry does not have `the-daily.example`." in newsroom.modal_words(newsroom.ana)

    await newsroom.presses_in_form(newsroom.ana, "Add the-daily.example")
    await newsroom.submits(newsroom.ana, {**STATE, "Name, as cited": "The Daily", REASON: "It is the party's."})

    said = await newsroom.commands(newsroom.ben, "/vric why The Daily")
    assert "The Daily (`the-daily.example`) counts as state media." in said
    await newsroom.ana.closes()
    assert "The Daily `the-daily.example`" in newsroom.modal_words(newsroom.ana)


async def test_not_sure_goes_to_the_editors_list_which_empties_itself(newsroom: Newsroom) -> None:
    ts = await files(newsroom, "unheard-of.example/1")
    await newsroom.drops(newsroom.ben, newsroom.press.prints("unheard-of.example/2", "Oil of Iran"))
    await newsroom.selects(newsroom.ben, ts, "Not sure")
    assert "it is undecided whether" in await newsroom.opens_fix_list()

    await newsroom.commands(newsroom.ana, "/vric waiting")
    words = newsroom.modal_words(newsroom.ana)
    assert "Who controls unheard-of.example? 2 items: " in words
    assert "Left to an editor by Ben Okafor." in words
    await newsroom.ana.selects_in_modal("Yes…")
    await newsroom.settles()
    evidence = {"How do you know? An address, or a few words": "Its imprint."}
    await newsroom.submits(newsroom.ana, {**STATE, **evidence})

    assert newsroom.modal_words(newsroom.ana) == "Nothing waits for an editor."
    assert "Attest" in newsroom.card(ts).buttons
