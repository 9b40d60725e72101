"""The reporter's and the editor's ways in a real browser, by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import choose, go_to, press, type_into

pytestmark = pytest.mark.browser

READY = re.compile("third boat for 9.4 million euros")
APPROVED = re.compile("3,100 patients left the list")


def test_a_reporter_starts_a_claim_and_writes_a_verdict_with_a_source_by_keyboard_alone(visit):
    page = visit().log_in("reporter")
    press(page, page.get_by_role("main").get_by_role("link", name=READY).first)
    press(page, page.get_by_role("button", name="Start checking"))

    go_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label(re.compile("^Mostly true"))).to_be_checked()
    type_into(page, page.get_by_label("Summary"), "The accounts give 9.38 million euros.")
    type_into(page, page.get_by_label("Explanation"), "The boat cost 9,380,000 euros.")
    source = page.locator("[data-source-row]:visible").first
    type_into(page, source.get_by_label("Title"), "Accounts 2024")
    type_into(page, source.get_by_label("Publisher"), "Weser Shipping Company")
    type_into(page, source.get_by_label("Address", exact=True), "https://weser-shipping.example/2024")
    choose(page, source.get_by_label("Kind of source"), "Primary")
    press(page, page.get_by_role("button", name="Save draft"))

    expect(page.get_by_role("heading", name="Nothing is stored yet")).to_be_visible()
    choose(page, page.locator("[data-source-row]:visible").first.get_by_label("Stance"), "Supports the claim")
    expect(page.locator("[data-kept-offer]:visible")).to_have_count(0)  # all that was typed is there still
    press(page, page.get_by_role("button", name="Save draft"))

    expect(page.get_by_text("Draft saved.").first).to_be_visible()
    expect(page.get_by_label("Summary")).to_have_value("The accounts give 9.38 million euros.")
    press(page, page.get_by_role("button", name="Send for approval"))
    expect(page.get_by_role("status").first).to_contain_text("saved but not sent: Cite sources of at least two")


def test_an_editor_publishes_what_is_approved_and_reads_it_by_keyboard_alone(visit):
    page = visit().log_in("editor")
    press(page, page.get_by_role("main").get_by_role("link", name=APPROVED).first)
    press(page, page.get_by_role("link", name="Publish…"))
    press(page, page.get_by_role("button", name="Publish now"))
    press(page, page.get_by_role("link", name="Its page for readers"))

    expect(page).to_have_url(re.compile("/claims/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(APPROVED)
