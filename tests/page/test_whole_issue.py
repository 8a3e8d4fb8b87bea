"""A newcomer moves the clock through a whole issue, in a real browser."""

import re

from playwright.async_api import Page, expect

from tests.page.newcomer import TANKERS, becomes, card_of, coming, drops, goes_to, reaches, types

ANA = "Ana Ruiz, admin"
BEN = "Ben Okafor, member"
FLEET = "Flota pesquera china vuelve a las aguas frente a Galápagos por el calamar"
GRID = "Estatal chinesa arremata linha de transmissão no Norte do Brasil"
TRAINS = "Llegan a La Habana locomotoras rusas para renovar el ferrocarril"
REMINDED = "members who are short are reminded"
TOLD = "the channel hears which sections are short"
DRAFTED = "the draft is posted"
FROZEN = "the freeze: later links are for the next issue"


async def an_issue_with_all_before_it(page: Page) -> int:
    """The number of the open issue; on its last days, when its reminders are over, it is closed and the next one is."""
    await expect(coming(page, f"No. 20: {FROZEN}")).to_be_visible()
    if await coming(page, f"No. 19: {REMINDED}").count():
        return 19
    await reaches(page, f"No. 19: {FROZEN}")
    await expect(page.get_by_role("log")).to_contain_text("No. 19 is closed.")
    return 20


async def test_a_newcomer_sees_each_reminder_the_draft_the_freeze_and_the_late_lane(page: Page) -> None:
    await page.get_by_role("button", name="Behind the scenes").click()
    number = await an_issue_with_all_before_it(page)
    await becomes(page, BEN)
    log = page.get_by_role("log")

    card = await drops(page, TANKERS)
    await card.get_by_role("button", name="File in Iran").click()
    await expect(card).to_contain_text("filed in Iran by Ben Okafor")
    await types(page, "/vric calendar")
    await expect(page.locator(".whisper")).to_contain_text(re.compile(f"No. {number} covers .*: {DRAFTED}", re.DOTALL))

    await reaches(page, f"No. {number}: {REMINDED}")
    await expect(page.get_by_role("button", name="vric, direct 1 new")).to_be_visible()
    await goes_to(page, "vric, direct")
    await expect(log).to_contain_text(f"You have 1 of 5 items for No. {number}")
    await expect(log.get_by_role("button", name="Snooze")).to_be_visible()

    await goes_to(page, "# vric")
    await reaches(page, f"No. {number}: {TOLD}")
    await expect(log).to_contain_text(re.compile(rf"No\. {number} closes .*\. Short: Venezuela 0/10"))

    await reaches(page, f"No. {number}: {DRAFTED}")
    draft = page.locator(".thread").filter(has_text=f"Draft of No. {number}")
    await expect(draft).to_contain_text(f"Draft of No. {number} · 1 item")
    second = await drops(page, FLEET)
    await second.get_by_role("button", name="File in Illegal Fishing").click()
    await expect(second).to_contain_text("filed in Illegal Fishing")
    await page.get_by_role("button", name="+10 minutes").click()
    await expect(draft).to_contain_text(f"Draft of No. {number} · 2 items")
    await expect(draft.locator(".replies")).to_contain_text("El Faro del Sur")

    await reaches(page, f"No. {number}: {FROZEN}")
    frozen = f"No. {number} is closed. Links dropped from now on are saved for No. {number + 1}"
    await expect(log).to_contain_text(frozen)
    late = await drops(page, GRID)
    await expect(late).to_contain_text(f"Saved for No. {number + 1} by Ben Okafor")
    await late.get_by_role("button", name="File in China").click()
    await expect(late).to_contain_text("filed in China by Ben Okafor")
    await late.get_by_role("button", name=f"Ask an editor to add it to No. {number}").click()
    await expect(late).to_contain_text(f"Ben Okafor asked the editors to add it to No. {number}.")

    await becomes(page, ANA)
    asked = (await goes_to(page, "vric, direct")).locator(".message").filter(has_text="Ben Okafor asks to add")
    await asked.get_by_role("button", name="Accept").click()
    await expect(asked).to_contain_text("Accepted by Ana Ruiz")
    await goes_to(page, "# vric")
    late = card_of(page, GRID)
    await expect(late).to_contain_text("Late: Ben Okafor asked for it, accepted by Ana Ruiz.")
    await expect(draft).to_contain_text(f"Draft of No. {number} · 3 items")

    await becomes(page, BEN)
    await goes_to(page, "vric, direct")
    await expect(log).to_contain_text(re.compile(f"Ana Ruiz added .* to No. {number} .*It is marked as late"))
    await goes_to(page, "# vric")
    await expect(await drops(page, TRAINS)).to_contain_text(f"Saved for No. {number + 1} by Ben Okafor")
    await expect(coming(page, f"No. {number + 1}: {REMINDED}")).to_be_visible()
