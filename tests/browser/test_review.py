"""The reviewer's way in a real browser, by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import go_to, press, type_into

pytestmark = pytest.mark.browser

CLAIM = re.compile("38 million crowns")
FINDING = re.compile("24 million had been spent")


def test_a_reviewer_rates_blind_then_approves_another_rating_with_a_reason_by_keyboard_alone(visit):
    page = visit().log_in("reviewer")
    press(page, page.get_by_role("main").get_by_role("link", name=CLAIM).first)
    expect(page.get_by_text("verdict is hidden from you")).to_be_visible()
    press(page, page.get_by_role("link", name="Review it"))

    expect(page.get_by_text("Evening operations: 24.1 million")).to_be_visible()  # the evidence
    expect(page.get_by_text(FINDING)).to_have_count(0)
    go_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Mostly true")).to_be_checked()
    type_into(page, page.get_by_label("Why"), "The budget has the sum.")
    press(page, page.get_by_role("button", name="Keep my rating and show the verdict"))

    expect(page.get_by_text("They differ.")).to_be_visible()
    expect(page.get_by_text(FINDING)).to_be_visible()
    expect(page.get_by_role("radio")).to_have_count(0)  # the rating stays
    press(page, page.locator("summary", has_text="Approve"))
    press(page, page.get_by_role("button", name="Approve", exact=True))
    expect(page.get_by_text("Say in a note why this verdict is right all the same.").first).to_be_visible()
    note = page.get_by_label("A note. If your rating is another one")
    type_into(page, note, "What was spent counts more than what was planned.")
    press(page, page.get_by_role("button", name="Approve", exact=True))
    expect(page.get_by_text("Approved. An editor can publish it.").first).to_be_visible()
