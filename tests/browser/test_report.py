"""A reader says that we are wrong, two people of the desk look at it, and the reader follows what comes of it."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SAYS = "The count at the ramp leaves out motorcycles. See the note below table 2 of the census."
ANSWER = "Motorcycles are no cars, and the claim is about cars. Thank you for the close look."


def test_a_reader_reports_an_error_and_follows_what_two_people_make_of_it(visit):
    reader = visit(java_script_enabled=False, viewport={"width": 390, "height": 844}).page
    reader.goto("/search/?q=ferry")
    reader.get_by_role("link", name=re.compile("410,000 cars")).first.click()
    reader.get_by_role("link", name="Report an error").click()
    reader.get_by_label("What is wrong, and how do you know?").fill("Wrong!")
    reader.get_by_role("button", name="Send").click()
    expect(reader.get_by_role("alert")).to_contain_text("Nothing is sent yet")
    reader.get_by_label("What is wrong, and how do you know?").fill(SAYS)
    reader.get_by_role("button", name="Send").click()
    expect(reader.get_by_text("Thank you. We have it.")).to_be_visible()
    status = reader.url.removesuffix("?sent=1")

    first = visit().log_in("reporter")
    first.goto("/admin/requests/")
    first.get_by_role("link", name=SAYS).click()
    first.get_by_label("We looked again and stand by the fact-check").check()
    first.get_by_label("Answer to the reader").fill(ANSWER)
    first.get_by_role("button", name="Propose").click()
    expect(first.get_by_text("A second person looks at it now.")).to_be_visible()
    reader.goto(status)
    expect(reader.get_by_text(ANSWER)).to_be_hidden()

    second = visit().log_in("reviewer")
    second.goto("/admin/requests/")
    second.get_by_role("link", name=SAYS).click()
    second.get_by_role("button", name="Agree and close").click()
    expect(second.get_by_text("Closed. The reader sees outcome and answer.")).to_be_visible()

    reader.reload()
    expect(reader.get_by_text("We looked again and stand by the fact-check.")).to_be_visible()
    expect(reader.get_by_text(ANSWER)).to_be_visible()
