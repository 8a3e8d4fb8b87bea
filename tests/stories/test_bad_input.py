"""Journey 52, fault 18, and whatever else a member or a page gets wrong: a clear sentence, and nothing lost."""

import pytest
from starlette.responses import StreamingResponse

from tests.newsroom import EACH_ONCE, OVER_HTTP, Newsroom
from tests.press import endless

pytestmark = OVER_HTTP

TANKERS = "Iran sends fleet of tankers to Venezuela"
HOSTILE = (
    "<!channel> Sale today",
    "<!here|now> and <@U001ANA>",
    "<http://evil.example|Your bank> wants you",
    "*Bold* _claims_ ~struck~ `code`",
    "A | B & C > D < E",
    "=HYPERLINK(1) +1 -2 @SUM",
    "[click](http://evil.example) # not a heading",
    "\u202egnitirw desrever\u202c and \u2066isolated\u2069",
    ":bomb: &lt;!channel&gt; &amp;amp;",
    "Лавров & «Хезболла» <b>встреча</b>",
)


@EACH_ONCE
@pytest.mark.parametrize("title", HOSTILE)
async def test_a_title_is_text_and_nothing_more_wherever_it_is_shown(newsroom: Newsroom, title: str) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/hostile", title))
    read = (await newsroom.items())[0].title
    assert read is not None

    pending = newsroom.card(ts)
    await newsroom.clicks(newsroom.ana, ts, "File in Venezuela")
    await newsroom.drops(newsroom.ben, newsroom.press.prints("reuters.example/hostile", title))
    await newsroom.commands(newsroom.ana, "/vric draft")
    status = await newsroom.commands(newsroom.ana, "/vric status")
    draft = newsroom.replies(newsroom.draft().ts)[0]

    shown = [pending, newsroom.card(ts), draft, *newsroom.whispers(newsroom.ben)]
    for message in shown:
        assert read in message.words
        assert message.rings == frozenset()
        assert all(link.startswith("http://reuters.example") for link in message.links)
    assert read in status


@pytest.mark.parametrize("title", HOSTILE)
async def test_a_title_is_text_in_every_form_and_file(newsroom: Newsroom, title: str) -> None:
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/hostile", title))
    read = (await newsroom.items())[0].title

    await newsroom.clicks(newsroom.ana, ts, "Edit")
    assert newsroom.form(newsroom.ana)["Title"] == read
    await newsroom.ana.closes()
    await newsroom.selects(newsroom.ana, ts, "Spike")
    assert read is not None
    assert read in newsroom.card(ts).words
    assert newsroom.card(ts).rings == frozenset()


async def test_a_page_without_a_title_is_asked_about(newsroom: Newsroom) -> None:
    link = newsroom.press.prints("reuters.example/untitled", None)

    ts = await newsroom.drops(newsroom.ana, link)

    card = newsroom.card(ts)
    assert "The page has no title that I can read. Add one with Edit." in card.words
    assert link in card.words
    await newsroom.clicks(newsroom.ana, ts, "Edit")
    await newsroom.submits(newsroom.ana, {"Title": TANKERS})
    assert TANKERS in newsroom.card(ts).words


async def test_a_page_that_never_ends_is_read_as_far_as_it_goes(newsroom: Newsroom) -> None:
    link = newsroom.press.serves("reuters.example/endless", StreamingResponse(endless(TANKERS)))

    ts = await newsroom.drops(newsroom.ana, link)

    assert TANKERS in newsroom.card(ts).words


async def test_a_page_that_is_gone_keeps_its_link_and_asks_for_the_rest(newsroom: Newsroom) -> None:
    link = newsroom.press.fails("reuters.example/gone", 404)

    ts = await newsroom.drops(newsroom.ana, link)

    card = newsroom.card(ts)
    assert "The page answers 404: it is not there. Saved anyway?" in card.words
    assert link in card.words


async def test_a_site_that_refuses_robots_is_not_tricked(newsroom: Newsroom) -> None:
    link = newsroom.press.fails("reuters.example/blocked", 403)

    ts = await newsroom.drops(newsroom.ana, link)

    assert "The site does not let me read it (403). Your link is saved" in newsroom.card(ts).words
    assert newsroom.press.asked == ["reuters.example/blocked"]


@pytest.mark.parametrize("link", ["http://127.0.0.1:{port}/x", "http://localhost:{port}/", "http://169.254.169.254/"])
async def test_a_private_address_is_never_fetched(newsroom: Newsroom, link: str) -> None:
    ts = await newsroom.drops(newsroom.ana, link.format(port=newsroom.press.port))

    assert "I only read public web pages" in newsroom.card(ts).words
    assert newsroom.press.asked == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("https:///no-host", "This link has no host, so there is no page to read."),
        ("https://user:word@reuters.example/", "This link names a user before its host"),
        (f"https://{'a' * 64}.example/", "The host of this link is not a valid name."),
        (f"https://reuters.example/{'a' * 2100}", "This link is longer than 2048 characters."),
    ],
)
async def test_a_link_that_cannot_be_read_is_answered_and_the_others_are_kept(
    newsroom: Newsroom, text: str, reason: str
) -> None:
    good = newsroom.press.prints("reuters.example/iran-oil", TANKERS)

    ts = await newsroom.drops(newsroom.ana, f"{text} and {good}")

    (told,) = newsroom.whispers(newsroom.ana)
    assert reason in told.words
    assert "Nothing else in your message is affected." in told.words
    assert TANKERS in newsroom.card(ts).words


@pytest.mark.parametrize("word", ["hello", "ftp://reuters.example/x", "javascript:alert(1)", ""])
async def test_what_is_no_link_is_refused_by_the_command_and_nothing_is_saved(newsroom: Newsroom, word: str) -> None:
    told = await newsroom.commands(newsroom.ana, f"/vric add {word}")

    assert "This is not a web link: it does not begin with http:// or https://." in told
    assert "Nothing was saved" in told
    assert await newsroom.items() == []


async def test_two_hundred_links_in_a_message_are_all_kept_and_reviewed_by_the_page(newsroom: Newsroom) -> None:
    links = [newsroom.press.prints(f"reuters.example/{n}", f"{TANKERS}, part {n}") for n in range(200)]

    ts = await newsroom.drops(newsroom.ana, "\n".join(links))

    assert "200 links found. 0 filed, 200 wait for a section." in newsroom.card(ts).words
    assert [item.title for item in await newsroom.items()] == [f"{TANKERS}, part {n}" for n in range(200)]
    await newsroom.clicks(newsroom.ana, ts, "Review list")
    assert "Page 1 of 20" in newsroom.modal_words(newsroom.ana)


@pytest.mark.parametrize(("typed", "meant"), [("stats", "status"), ("qota", "quota"), ("draught", "draft")])
async def test_an_unknown_command_is_answered_with_the_nearest_one(newsroom: Newsroom, typed: str, meant: str) -> None:
    told = await newsroom.commands(newsroom.ana, f"/vric {typed}")

    assert f"I do not know “{typed}”. Did you mean `/vric {meant}`?" in told
    assert "Nothing was changed." in told


async def test_help_lists_every_command(newsroom: Newsroom) -> None:
    told = await newsroom.commands(newsroom.ana, "/vric")

    for word in ("add URL", "status", "quota", "draft", "issue", "help"):
        assert f"/vric {word}" in told


@pytest.mark.parametrize("when", ["yesterday", "2021-02-31", "25:00", "soon"])
async def test_a_moment_that_cannot_be_read_changes_nothing(newsroom: Newsroom, when: str) -> None:
    told = await newsroom.commands(newsroom.ana, f"/vric issue deadline {when}")

    assert "Nothing was changed." in told
    assert "closes Thu 14 Jan 2021 17:00 EST" in await newsroom.commands(newsroom.ana, "/vric issue")


async def test_a_deadline_that_has_passed_is_refused(newsroom: Newsroom) -> None:
    told = await newsroom.commands(newsroom.ana, "/vric issue deadline 2021-01-10 12:00")

    assert "has passed. Nothing was changed; name a moment that lies ahead." in told


async def test_an_issue_that_holds_items_keeps_its_number(newsroom: Newsroom) -> None:
    await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))

    told = await newsroom.commands(newsroom.ana, "/vric issue open 20")

    assert "No. 18 holds 1 link already, so it keeps its number." in told
    assert newsroom.ana.notices == []


async def test_a_guest_cannot_file_and_is_told_so_alone(newsroom: Newsroom) -> None:
    guest = newsroom.stand_in.workspace.add_user("gus", "Gus Haddad", is_restricted=True)
    newsroom.stand_in.workspace.channel("#vric").members.add(guest.id)
    gus = newsroom.stand_in.member("gus")
    ts = await newsroom.drops(newsroom.ana, newsroom.press.prints("reuters.example/iran-oil", TANKERS))

    await newsroom.clicks(gus, ts, "File in Iran")

    (told,) = gus.whispers("#vric")
    assert "Only the desk can do that" in told.words
    assert "File in Iran" in newsroom.card(ts).buttons


async def test_an_unknown_outlet_is_asked_about_once_for_all_its_items(newsroom: Newsroom) -> None:
    first = await newsroom.drops(newsroom.ana, newsroom.press.prints("unheard-of.example/a", TANKERS))
    second = await newsroom.drops(newsroom.ana, newsroom.press.prints("unheard-of.example/b", f"{TANKERS} again"))
    assert "I do not know who controls unheard-of.example. State-owned or -controlled?" in newsroom.card(first).words

    await newsroom.says_of_state(newsroom.ben, first)

    for ts in (first, second):
        assert "State media: unheard-of.example" in newsroom.card(ts).words
