"""What a stranger can do after `make run`, in a real browser."""

import asyncio
import re

import pytest
from playwright.async_api import Dialog, Page, Route, expect

from tests.page.newcomer import TANKERS, becomes, card_of, drops, goes_to, has_become, types


@pytest.mark.parametrize("sandbox", ["--http", "--socket"], indirect=True)
async def test_a_link_becomes_a_filed_item_and_a_draft(page: Page) -> None:
    card = await drops(page, TANKERS)
    await expect(card).to_contain_text(re.compile(r"Atlantic Post · \d+ \w{3} \d{4} · English"))
    await expect(card).to_contain_text("Not state media: Atlantic Post (independent, US)")
    await expect(card).to_contain_text("If filed: 0 of 1 so far is state media")
    await expect(card.get_by_role("button", name="File in")).to_have_count(3)
    await expect(card.get_by_label("Other section")).to_be_visible()
    await expect(card.get_by_label("More")).to_be_visible()

    await card.get_by_role("button", name="File in Iran").click()
    await expect(card).to_contain_text("filed in Iran by Ana Ruiz · 1 item (minimum 10)")

    await types(page, "/vric draft")
    draft = page.locator(".thread").filter(has_text="Draft of No. 19 · 1 item")
    await expect(draft.locator(".replies")).to_contain_text(re.compile("Iran.*– Atlantic Post on .*", re.DOTALL))


async def test_what_is_wrong_in_a_form_is_said_at_its_field(page: Page) -> None:
    card = await drops(page, "Qatar Airways adds flights")
    await expect(card).to_contain_text("Date: not found")

    await card.get_by_role("button", name="Set date").click()
    form = page.get_by_role("dialog", name="Edit")
    await form.get_by_label("Title").fill("")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_role("alert").filter(has_text="Add a title.")).to_be_visible()
    await expect(form.get_by_label("Title")).to_be_focused()
    await form.get_by_label("Title").fill("Qatar Airways adds flights to four cities")
    await form.get_by_label("Date").fill("2026-11-20")
    await form.get_by_role("button", name="Save").click()

    await expect(card_of(page, "to four cities")).to_contain_text("20 Nov 2026")
    await expect(form).to_be_hidden()


async def test_the_owner_of_the_desk_names_another_in_a_form(page: Page) -> None:
    await expect(page.get_by_role("log", name="Messages")).to_contain_text("This channel is the desk of")
    await types(page, "/vric team")
    await page.get_by_role("button", name="Change the team").click()
    form = page.get_by_role("dialog", name="The team of this desk")
    await form.get_by_label("Owners").select_option(["Ana Ruiz", "Ben Okafor"])
    await form.get_by_role("button", name="Save").click()

    await expect(page.get_by_role("dialog")).to_contain_text("Owners: Ana Ruiz, Ben Okafor")


async def test_a_title_that_tries_to_be_more_is_shown_as_text(page: Page) -> None:
    card = await drops(page, "Breaking <!channel>")

    await expect(card).to_contain_text("Breaking <!channel> *Sale* & more | <http://evil.example|bank>")
    await expect(card.locator(".alarm")).to_have_count(0)
    await expect(card.locator("strong em, strong s, a[href*='evil']")).to_have_count(0)


async def test_another_member_sees_the_same_card_and_not_what_was_whispered(page: Page) -> None:
    card = await drops(page, TANKERS)
    await types(page, "/vric status")
    await expect(page.locator(".whisper")).to_have_count(1)

    await becomes(page, "Ben Okafor, member")

    await expect(card).to_be_visible()
    await expect(page.locator(".whisper")).to_have_count(0)


async def test_whoever_changes_person_and_place_at_once_is_where_they_asked(page: Page) -> None:
    """The conversations that are drawn are still those of the first person when the second one is pressed."""
    await goes_to(page, "vric, direct")
    await types(page, "Only Ana reads this")
    await expect(page.get_by_role("log")).to_contain_text("Only Ana reads this")
    state, held = re.compile(r"/sandbox/state\?as="), asyncio.Event()

    async def hold(route: Route) -> None:
        await held.wait()
        await route.continue_()

    await page.route(state, hold)
    await page.get_by_label("You are").select_option(label="Ben Okafor, member")
    await goes_to(page, "vric, direct")
    held.set()
    await has_become(page)

    await expect(page.get_by_role("log")).not_to_contain_text("Only Ana reads this")
    await types(page, "Only Ben reads this")
    await expect(page.get_by_role("log")).to_contain_text("Only Ben reads this")


async def test_the_home_of_the_app_and_the_list_of_calls_are_shown(page: Page) -> None:
    await page.get_by_role("button", name="Home of the app").click()
    await expect(page.get_by_role("log")).to_contain_text("VRIC MONITOR No. 19")

    await page.get_by_role("button", name="Behind the scenes").click()

    calls = page.get_by_role("complementary", name="Behind the scenes").get_by_role("listitem")
    await expect(calls.filter(has_text="views.publish")).to_have_count(1)


async def test_everything_is_reached_by_keyboard(page: Page) -> None:
    await page.get_by_role("button", name=TANKERS).focus()
    await page.keyboard.press("Enter")
    card = card_of(page, TANKERS)
    first = card.get_by_role("button", name="File in Iran")
    await expect(first).to_be_visible()

    await first.focus()
    await page.keyboard.press("Tab")
    await expect(card.get_by_role("button", name="File in Venezuela")).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(card).to_contain_text("filed in Iran")
    await card.get_by_role("button", name="Edit").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="Edit").get_by_label("Title")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 390, 768])
async def test_nothing_is_cut_off_at_the_width_of_a_phone(page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 844})
    card = await drops(page, TANKERS)
    await expect(card.get_by_role("button", name="File in Iran")).to_be_visible()

    overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    for button in await card.get_by_role("button").all():
        box = await button.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


async def test_a_message_is_pinned_and_the_pin_taken_back(page: Page) -> None:
    await drops(page, TANKERS)
    pin = page.locator(".thread").first.get_by_role("button", name=re.compile("^pushpin")).first

    await pin.click()
    await expect(pin).to_have_text("📌 1")

    await pin.click()
    await expect(pin).to_have_text("📌")


async def test_links_are_added_from_the_menu_of_a_message_and_from_beside_the_composer(page: Page) -> None:
    """Both by keyboard alone."""
    await types(page, "What does Reuters say of the tankers?")
    message = page.locator(".thread").filter(has_text="What does Reuters say").last
    await message.get_by_role("button", name="⋮ Add to issue").press("Enter")
    form = page.get_by_role("dialog", name="Add to issue")
    await expect(form).to_contain_text("There is no link in this message. Paste one:")
    await page.keyboard.press("Escape")
    await expect(form).to_be_hidden()

    await page.get_by_role("button", name="⚡ Add a link").press("Enter")
    form = page.get_by_role("dialog", name="Add a link")
    await form.get_by_label("Links, one a line").fill("https://zoom.us/j/98765")
    await form.get_by_role("button", name="Add", exact=True).press("Enter")
    await expect(form).to_contain_text("This looks like a meeting link. Nothing was saved. Add it anyway?")
    await form.get_by_role("button", name="Add it anyway").press("Enter")

    await expect(form).to_contain_text("Saved for No. 19: 1 link. Its card follows in #vric.")
    await expect(page.locator(".message").filter(has_text="https://zoom.us/j/98765").last).to_contain_text(
        "Saved for No. 19 by Ana Ruiz."
    )


async def test_a_message_is_starred_and_the_star_taken_back(page: Page) -> None:
    await drops(page, TANKERS)
    star = page.locator(".thread").first.get_by_role("button", name=re.compile("^star")).first

    await star.click()
    await expect(star).to_have_text("⭐ 1")
    await expect(star).to_have_attribute("aria-pressed", "true")

    await star.click()
    await expect(star).to_have_text("⭐")


async def test_an_issue_is_published_and_corrected_by_forms_that_follow_each_other(page: Page) -> None:
    card = await drops(page, TANKERS)
    await card.get_by_role("button", name="File in Iran").click()
    await expect(card).to_contain_text("filed in Iran")
    await types(page, "/vric draft")
    draft = page.locator(".thread").filter(has_text="No. 19").last
    asked: list[str] = []

    async def declines(dialog: Dialog) -> None:
        asked.append(dialog.message)
        await dialog.dismiss()

    page.once("dialog", declines)
    await draft.get_by_role("button", name="Publish").click()
    page.once("dialog", lambda dialog: dialog.accept())
    await draft.get_by_role("button", name="Publish").click()
    assert asked[0].startswith("Publish No. 19?")
    await expect(draft).to_contain_text("No. 19 is published")

    await draft.get_by_role("button", name="Correct").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("What is wrong?").select_option(label="Headline")
    await dialog.get_by_role("button", name="Next").click()
    await dialog.get_by_label("Headline").fill("Calm waters")
    await dialog.get_by_label("What is corrected?").fill("It had no headline.")
    await dialog.get_by_role("button", name="Publish correction").click()

    await expect(draft).to_contain_text(": It had no headline.")
    await expect(page.get_by_role("dialog")).to_have_count(0)
