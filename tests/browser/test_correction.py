"""A published verdict is changed by three people, and readers are told."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

NOTE = "A fifth state voted against under another name. We had counted four."


def test_a_correction_goes_from_reporter_to_reviewer_to_editor_to_the_banner_that_readers_see(visit):
    reporter = visit().log_in("reporter")
    reporter.goto("/admin/claims/claim/?status=published&q=one+of+five+countries")
    reporter.get_by_role("link", name=re.compile("one of five countries")).click()
    file = reporter.url
    reporter.locator("summary", has_text="Correct").click()
    reporter.get_by_label("Changed verdict").check()
    reporter.get_by_label("What is corrected, and why").fill(NOTE)
    reporter.get_by_role("button", name="Correct", exact=True).click()
    reporter.get_by_label(re.compile("^Mostly true")).check()
    reporter.get_by_role("button", name="Send for approval").click()
    expect(reporter.get_by_text("A second person has to approve it now.").first.first).to_be_visible()
    reporter.get_by_role("link", name="Its page for readers").click()
    readers = reporter.url
    expect(reporter.get_by_text(NOTE)).to_be_hidden()

    reviewer = visit().log_in("reviewer")
    reviewer.goto(file)
    reviewer.get_by_role("link", name="Review it").click()
    reviewer.get_by_label(re.compile("^Mostly true")).check()
    reviewer.get_by_role("button", name="Keep my rating and show the verdict").click()
    reviewer.locator("summary", has_text="Approve").click()
    reviewer.get_by_role("button", name="Approve", exact=True).click()
    expect(reviewer.get_by_text("An editor can publish it.").first).to_be_visible()

    editor = visit().log_in("editor")
    editor.goto(file)
    editor.get_by_role("button", name="Publish", exact=True).click()
    expect(editor.get_by_text("Published.").first).to_be_visible()

    reader = visit(viewport={"width": 390, "height": 844}).page
    reader.goto(readers)
    expect(reader.get_by_text("We changed this verdict from “True” to “Mostly true”")).to_be_visible()
    expect(reader.get_by_text(NOTE).first).to_be_visible()
    reader.goto("/corrections/")
    expect(reader.get_by_text(NOTE)).to_be_visible()
