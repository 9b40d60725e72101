"""Going through a page by keyboard alone."""

from playwright.sync_api import Locator, Page, expect


def go_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    expect(target).to_be_visible()
    for _ in range(150):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {target}.")


def press(page: Page, target: Locator) -> None:
    go_to(page, target)
    page.keyboard.press("Enter")


def type_into(page: Page, target: Locator, text: str) -> None:
    go_to(page, target)
    page.keyboard.type(text)


def choose(page: Page, target: Locator, option: str) -> None:
    """Choose an option by its first letters, as a keyboard does."""
    go_to(page, target)
    page.keyboard.type(option)
    expect(target.locator("option:checked")).to_have_text(option)
