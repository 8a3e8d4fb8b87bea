"""What somebody does on the sandbox's page."""

from playwright.async_api import Locator, Page, expect

PATIENCE_MS = 30_000
TANKERS = "Five Iranian tankers head for Venezuela with fuel for empty pumps"

expect.set_options(timeout=PATIENCE_MS)


def card_of(page: Page, title: str) -> Locator:
    return page.locator(".replies .message").filter(has_text=title)


async def drops(page: Page, title: str) -> Locator:
    """Press a sample of the page; gives its card."""
    await page.get_by_role("button", name=title).click()
    return card_of(page, title)


async def types(page: Page, text: str) -> None:
    await page.get_by_label("Message or command").fill(text)
    await page.keyboard.press("Enter")


async def becomes(page: Page, name: str) -> None:
    """Look at the workspace as somebody else, and wait until it is theirs."""
    await page.get_by_label("You are").select_option(label=name)
    await has_become(page)


async def has_become(page: Page) -> None:
    await expect(page.get_by_label("You are")).not_to_have_attribute("aria-busy", "true")


async def goes_to(page: Page, place: str) -> Locator:
    """Open a channel or a conversation; gives what is said there."""
    await page.get_by_role("navigation", name="Workspace").get_by_role("button", name=place).click()
    return page.get_by_role("log")


def coming(page: Page, what: str) -> Locator:
    """What the bot will do, by name, among all that the clock can be moved to."""
    return page.get_by_role("complementary", name="Behind the scenes").get_by_role("button").filter(has_text=what)


async def reaches(page: Page, what: str) -> None:
    """Move the clock to what the bot will do, unless an earlier move was to the same moment."""
    if await coming(page, what).count():
        await coming(page, what).click()
        await expect(coming(page, what)).to_have_count(0)
