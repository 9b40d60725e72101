"""Typing is not lost: over a closed tab, over an ended session, beside a colleague. Mentions by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looks import wrong_with

pytestmark = pytest.mark.browser

OFFER = re.compile(r"^You typed this at .* and did not save it\.$")
KEPT = re.compile(r"^Kept at \d\d:\d\d, not saved\.")


def file_in_progress(page) -> str:
    page.goto("/admin/claims/claim/?status=in_progress")
    return page.locator("main a[href*='/claim/'][href*='/change/']").first.get_attribute("href")


def test_what_was_typed_is_offered_back_after_the_tab_was_closed_and_gone_once_it_is_saved(visit):
    visitor = visit()
    page = visitor.log_in("reporter")
    file = file_in_progress(page)
    page.goto(file)
    page.get_by_label("Explanation").fill("Half a thought.")
    page.get_by_role("button", name="Add a source").click()
    rows = page.locator("[data-source-rows] [data-source-row]").count()
    page.locator("[data-source-row]").last.get_by_label("Title").fill("A ledger nobody saved")
    page.close(run_before_unload=True)  # at once: by the clock nothing was sent yet

    page = visitor.page = visitor.context.new_page()
    page.goto(file)
    expect(page.locator("#verdict-form [data-kept-when]")).to_have_text(OFFER)
    page.get_by_role("button", name="Put it back").click()

    expect(page.get_by_label("Explanation")).to_have_value("Half a thought.")
    expect(page.locator("[data-source-rows] [data-source-row]")).to_have_count(rows)
    expect(page.locator("[data-source-row]").last.get_by_label("Title")).to_have_value("A ledger nobody saved")
    expect(page.locator("#verdict-form [data-kept-said]")).to_have_text(KEPT)

    page.locator("[data-source-row]").last.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft saved.").first).to_be_visible()
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label("Explanation")).to_have_value("Half a thought.")
    expect(page.locator("#verdict-form [data-kept-offer]")).to_be_hidden()


def test_what_was_typed_while_the_session_ended_is_there_after_the_log_in(visit):
    visitor = visit()
    page = visitor.log_in("reporter")
    page.goto("/admin/articles/article/add/?way=text")
    page.get_by_label("Text of the article").fill("Typed while the session ended. " * 300)
    visitor.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Add the article").click()

    expect(page).to_have_url(re.compile("/admin/login/"))
    expect(page.get_by_text("What you typed is kept")).to_be_visible()
    page.get_by_label("Username").fill("reporter")
    page.get_by_label("Password").fill(visitor.desk.password("reporter"))
    page.get_by_role("button", name="Log in").click()

    expect(page).to_have_url(re.compile(r"/article/add/\?way=text$"))
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Text of the article")).to_have_value("Typed while the session ended. " * 300)

    page.locator(".desk-head__user summary").click()
    page.get_by_role("button", name="Log out").click()
    expect(page).not_to_have_url(re.compile("/add/"))
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('typed:'))") == []

    page = visit().log_in("editor")
    page.goto("/admin/articles/article/add/?way=text")
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-kept-offer]")).to_be_hidden()


def test_a_colleague_is_called_by_keyboard_and_seen_in_the_file(visit):
    reporter, editor = visit().log_in("reporter"), visit(viewport={"width": 390, "height": 844})
    file = file_in_progress(reporter).replace("/change/", "/discussion/")
    reporter.goto(file)
    field = reporter.get_by_role("textbox", name="Comment").last
    field.focus()
    reporter.keyboard.type("Look at #1, @edi")
    reporter.keyboard.press("ArrowDown")
    reporter.keyboard.press("Enter")
    expect(field).to_have_value("Look at #1, @editor ")
    reporter.keyboard.type("please.")
    reporter.get_by_role("button", name="Comment", exact=True).click()
    expect(reporter.locator(".talk__call").last).to_have_text("@editor")

    page = editor.log_in("editor")
    page.goto(file)

    expect(page.get_by_text("Also in this file:")).to_be_visible()
    assert wrong_with(page) == []
    editor.complaints.clear()  # axe puts styles into the page, which our policy refuses
