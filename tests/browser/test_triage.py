"""Triage in a real browser, by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_assigning_splitting_and_the_article_at_the_side_by_keyboard_alone_and_taken_back(visit):
    page = visit().log_in("reporter")
    page.goto("/admin/triage/?all=1")
    candidate = page.locator("#candidate-text")
    text = candidate.inner_text()

    page.keyboard.press("?")
    expect(page.get_by_text("Split: take it apart into several")).to_be_visible()
    page.keyboard.press("Escape")

    page.keyboard.press("a")
    expect(page.locator("#article-text mark.is-current")).to_be_in_viewport()
    expect(candidate).to_have_text(text)

    page.keyboard.press("p")
    expect(page.get_by_text("As it was said, which stays:").locator("visible=true")).to_be_visible()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("The first part of it.")
    page.keyboard.press("Tab")
    page.keyboard.type("The second part of it.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(candidate).to_have_text("The first part of it.")
    page.keyboard.press("u")
    expect(candidate).to_have_text(text)

    page.keyboard.press("g")
    expect(page.get_by_label("Who checks it")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Shortlist and assign").press("Enter")
    expect(page.get_by_text(re.compile("^Shortlisted for")).first).to_be_visible()
    expect(candidate).not_to_have_text(text)
    expect(page.locator("#article-text mark.is-current")).to_be_in_viewport()
    page.keyboard.press("u")
    expect(candidate).to_have_text(text)


def test_selected_words_of_the_article_become_a_claim_and_the_candidate_stays(visit):
    page = visit().log_in("reporter")
    page.goto("/admin/triage/?all=1&side=article")
    text = page.locator("#candidate-text").inner_text()
    page.evaluate("""() => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector("#article-text mark"));
        getSelection().removeAllRanges();
        getSelection().addRange(range);
    }""")

    page.get_by_role("button", name="Enter the selected words as a claim").click()
    page.get_by_role("button", name="Enter the claim", exact=True).press("Enter")

    expect(page.get_by_text(re.compile("^A candidate now:")).first).to_be_visible()
    expect(page.locator("#candidate-text")).to_have_text(text)
    page.locator("#candidate").focus()
    page.keyboard.press("u")
    expect(page.get_by_text("is not a candidate any more").first).to_be_visible()


def test_two_people_are_not_shown_the_same_candidate_and_many_are_decided_by_keyboard(visit):
    one, other = visit().log_in("reporter"), visit().log_in("editor")
    one.goto("/admin/triage/?all=1")
    other.goto("/admin/triage/?all=1")
    held = one.locator("#candidate-text").inner_text()
    expect(other.locator("#candidate-text")).not_to_have_text(held)
    number = one.locator("[data-hold]").get_attribute("action").split("/")[3]
    other.goto(f"/admin/triage/?at={number}")
    expect(other.get_by_text("is looking at").first).to_be_visible()

    other.keyboard.press("l")
    expect(other.get_by_role("heading", level=1)).to_have_text("Triage as a list")
    expect(other.get_by_role("checkbox", name=held)).to_be_disabled()
    for box in other.locator("input[name=claim]:not(:disabled)").all()[:2]:
        box.press("Space")
    other.keyboard.press("s")
    expect(other.get_by_text("Decided on 2 candidates.")).to_be_visible()
    other.keyboard.press("u")
    expect(other.get_by_text("2 decisions are taken back.")).to_be_visible()
