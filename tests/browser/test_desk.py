"""A real desk in a real browser. One file, so that one worker runs it and one desk is started.

First the whole way, by the people who go it: reporter, reviewer, editor, reader. Then axe-core on every page, at two
of the four looks in an ordinary run and at all four where pictures are asked for, as `make screenshots` does.
"""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.every_page import ADMINISTRATION, DESK, IN_ARABIC, SITE, pages_of_rows
from tests.browser.looks import LOOKS, SIZES, leave_picture, wrong_with

pytestmark = pytest.mark.browser

TITLE = "Swimming pool reopens in Oldsand"
TEXT = (
    "The swimming pool in Oldsand reopened on Saturday. "
    "The town council spent 7.3 million euros on the new roof in 2025, according to treasurer Pia Lund. "
    "The pool is lovely."
)
CLAIM = re.compile(r"spent 7\.3 million euros on the new roof")


def paste_an_article(page: Page) -> None:
    page.goto("/admin/articles/article/add/?way=text")
    page.get_by_label("Text of the article").fill(TEXT)
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Where it was published").fill("https://oldsand-courier.example/pool")
    page.get_by_role("button", name="Add the article").click()


def write_source(page: Page, number: int, *, title: str, publisher: str, url: str, stance: str, kind: str) -> None:
    if number:
        page.get_by_role("button", name="Add a source").click()
    row = page.locator("[data-source-rows] [data-source-row]:visible").nth(number)
    row.get_by_label("Title").fill(title)
    row.get_by_label("Publisher").fill(publisher)
    row.get_by_label("Address", exact=True).fill(url)
    row.get_by_label("Stance").select_option(stance)
    row.get_by_label("Kind of source").select_option(kind)


def write_verdict(page: Page) -> None:
    page.get_by_label(re.compile("^Mostly true")).check()
    page.get_by_label("Summary").fill("The accounts give 7.28 million euros for the roof.")
    page.get_by_label("Explanation").fill(
        "The accounts for 2025 list **7,284,000 euros**.\n\n<script>alert(1)</script>"
    )
    write_source(
        page, 0,
        title="Accounts 2025", publisher="Town of Oldsand", url="https://oldsand.example/accounts/2025",
        stance="supports", kind="primary",
    )  # fmt: skip
    write_source(
        page, 1,
        title="Roof dearer than planned", publisher="Harben Courier", url="https://harben-courier.example/roof",
        stance="context", kind="secondary",
    )  # fmt: skip


def test_an_article_goes_from_paste_to_a_published_page_by_four_people(visit):
    reporter = visit().log_in("reporter")
    paste_an_article(reporter)
    expect(reporter.get_by_role("link", name=CLAIM)).to_be_visible(timeout=60_000)  # the worker is done
    reporter.get_by_role("link", name=CLAIM).first.click()
    expect(reporter.get_by_role("heading", level=1)).to_have_text(CLAIM)

    reporter.get_by_role("button", name="Shortlist").click()
    reporter.get_by_role("button", name="Start checking").click()
    write_verdict(reporter)
    reporter.get_by_role("button", name="Save draft").click()
    reporter.get_by_role("link", name="Say on which day the claim was made.").click()
    reporter.get_by_label("Claimed on").fill("2026-02-07")
    reporter.get_by_role("button", name="Save the facts").click()
    reporter.locator("summary", has_text="Make an exception: The claimant was not asked").click()
    reporter.get_by_label("Why? Readers will see it").fill("She spoke in public, and her words are on record.")
    reporter.get_by_role("button", name="Keep the exception").click()
    reporter.get_by_role("button", name="Send for approval").click()
    expect(reporter.get_by_text("A second person has to approve it now.").first).to_be_visible()
    file = reporter.url

    reviewer = visit().log_in("reviewer")
    reviewer.goto(file)
    reviewer.get_by_role("link", name="Review it").click()
    expect(reviewer.get_by_text("Accounts 2025")).to_be_visible()
    reviewer.get_by_label("Mostly true").check()
    reviewer.get_by_role("button", name="Keep my rating and show the verdict").click()
    expect(reviewer.get_by_text("They agree.")).to_be_visible()
    reviewer.locator("summary", has_text="Approve").click()
    reviewer.get_by_role("button", name="Approve", exact=True).click()
    expect(reviewer.get_by_text("Approved. An editor can publish it.").first).to_be_visible()

    editor = visit().log_in("editor")
    editor.goto(file)
    editor.get_by_role("link", name="Publish…").click()
    editor.get_by_role("link", name="Preview as readers will see it").click()
    expect(editor.get_by_text("Preview for the desk.")).to_be_visible()
    editor.go_back()
    editor.get_by_role("button", name="Publish now").click()
    editor.get_by_role("link", name="Its page for readers").click()

    reader = visit().page
    reader.goto(editor.url)
    expect(reader.get_by_role("heading", level=1)).to_contain_text(CLAIM)
    expect(reader.get_by_text("Mostly true").first).to_be_visible()
    expect(reader.get_by_role("link", name="Accounts 2025")).to_have_attribute(
        "href", "https://oldsand.example/accounts/2025"
    )
    assert "alert(1)" not in reader.locator("main script").all_inner_texts()
    markup = json.loads(reader.locator('script[type="application/ld+json"]').inner_text())
    assert markup["@type"] == "ClaimReview"
    assert markup["url"] == reader.url
    assert re.search(CLAIM, markup["claimReviewed"])
    assert markup["reviewRating"]["alternateName"] == "Mostly true"
    assert "Pia Lund" in markup["itemReviewed"]["author"]["name"]
    assert markup["itemReviewed"]["appearance"][0]["url"] == "https://oldsand-courier.example/pool"

    reader.goto("/")
    expect(reader.get_by_role("link", name=CLAIM)).to_be_visible()


def test_a_reader_finds_a_claim_opens_it_and_sees_where_it_was_said(visit):
    page = visit(java_script_enabled=False, viewport={"width": 390, "height": 844}).page
    page.goto("/about/")
    page.get_by_role("searchbox", name="Search fact-checks").fill("ferry carries cars")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=ferry\+carries\+cars"))

    found = page.get_by_role("link", name=re.compile("410,000 cars"))
    expect(found).to_be_visible()
    expect(found.locator("mark", has_text="cars")).to_be_visible()
    found.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("410,000 cars")
    expect(page.get_by_role("link", name="Ferry counts its best year since 1998").first).to_be_visible()


def test_triage_by_keyboard_alone_and_taken_back(visit):
    page = visit().log_in("editor")
    page.goto("/admin/triage/")
    first = page.locator("#candidate-text")
    text = first.inner_text()

    page.keyboard.press("s")
    expect(first).not_to_have_text(text)
    expect(page.get_by_text("Shortlisted:").first).to_be_visible()
    second = first.inner_text()
    page.keyboard.press("u")
    expect(first).to_have_text(text)

    page.keyboard.press("d")
    page.keyboard.press("4")
    expect(first).to_have_text(second)
    expect(page.get_by_text("Declined (Trivial)").first).to_be_visible()
    page.keyboard.press("u")
    expect(first).to_have_text(text)


def test_triage_works_without_a_script(visit):
    page = visit(java_script_enabled=False).log_in("editor")
    page.goto("/admin/triage/")
    text = page.locator("#candidate-text").inner_text()

    page.get_by_role("button", name="Shortlist").click()
    expect(page.locator("#candidate-text")).not_to_have_text(text)
    page.get_by_role("button", name="Undo").click()

    expect(page.locator("#candidate-text")).to_have_text(text)


def test_a_candidate_that_was_checked_before_is_reused_by_keyboard_alone_and_taken_back(visit):
    page = visit().log_in("editor")  # as the two before: what another person has in hand would be hidden
    page.goto("/admin/triage/")
    candidate = page.locator("#candidate-text")
    for _ in range(30):
        if page.get_by_role("heading", name="Checked before").is_visible():
            break
        text = candidate.inner_text()
        page.keyboard.press("n")
        expect(candidate).not_to_have_text(text)
    text = candidate.inner_text()
    expect(page.locator(".beside").first).to_contain_text("Mostly true")

    page.keyboard.press("r")
    expect(page.get_by_text(re.compile(r"counts with claim \d+ now")).first).to_be_visible()
    expect(candidate).not_to_have_text(text)
    page.keyboard.press("u")

    expect(candidate).to_have_text(text)
    expect(page.get_by_role("heading", name="Checked before")).to_be_visible()


def test_the_queue_of_matches_by_keyboard_alone(visit):
    page = visit().log_in("editor")
    page.goto("/admin/")
    page.get_by_role("link", name=re.compile("^Matches")).first.press("Enter")
    newer = page.locator("#claim-2")
    text = newer.inner_text()

    page.keyboard.press("?")
    expect(page.get_by_text("Undo the last decision")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    expect(page.get_by_text("They are not proposed again.").first).to_be_visible()
    page.keyboard.press("u")
    expect(newer).to_have_text(text)
    page.keyboard.press("s")
    expect(page.get_by_text(re.compile(r"counts with claim \d+ now")).first).to_be_visible()
    page.keyboard.press("u")
    expect(newer).to_have_text(text)

    page.keyboard.press("2")
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_the_queue_of_matches_works_without_a_script(visit):
    page = visit(java_script_enabled=False).log_in("editor")
    page.goto("/admin/matches/")
    text = page.locator("#claim-2").inner_text()

    page.get_by_role("button", name="Not the same").click()
    expect(page.get_by_text("They are not proposed again.").first).to_be_visible()
    page.get_by_role("button", name="Undo").click()

    expect(page.locator("#claim-2")).to_have_text(text)


def test_a_verdict_that_is_not_complete_is_kept_and_the_person_is_told_what_is_missing(visit):
    page = visit().log_in("reporter")
    page.goto("/admin/claims/claim/?status=shortlisted")
    page.get_by_role("link", name=re.compile("Nearly one in four")).click()
    page.get_by_role("button", name="Start checking").click()
    page.get_by_label("Summary").fill("Half a thought.")

    page.get_by_role("button", name="Send for approval").click()

    expect(page.get_by_text("The draft is saved but not sent").first).to_be_visible()
    expect(page.get_by_label("Summary")).to_have_value("Half a thought.")
    expect(page.get_by_text("Choose a rating.").first).to_be_visible()


@pytest.fixture(scope="module")
def submission(browser, desk) -> str:
    """The address where a reader sees what came of a claim that they sent: once, as few are taken in an hour."""
    page = Visitor(browser, desk).page
    page.goto("/submit/")
    page.get_by_label("The claim").fill("The new bridge has cost every household in Oldsand 1,200 euros.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you. We have it.")).to_be_visible()
    page.context.close()
    return page.url


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_no_page_has_a_violation(visit, submission, screenshots, size, scheme):
    editor, administrator = (visit(viewport=SIZES[size], color_scheme=scheme) for _ in range(2))
    page = editor.log_in("editor")
    addresses = (
        {path: path for path in SITE + IN_ARABIC + DESK} | pages_of_rows(page) | {"a submission sent": submission}
    )
    found = look_at(editor, addresses, screenshots, f"{size}-{scheme}")
    administrator.log_in("administrator")
    addresses = {f"{path} of an administrator": path for path in ADMINISTRATION}
    found |= look_at(administrator, addresses, screenshots, f"{size}-{scheme}")

    assert found == {}


def look_at(visitor, addresses: dict[str, str], screenshots, look: str) -> dict[str, list[object]]:
    """What is wrong with the pages at these addresses, by their names."""
    found = {}
    for name, address in addresses.items():
        visitor.page.goto(address)
        said = [said for said in visitor.complaints if not ("404" in said and "nothing" in name)]
        if wrong := [*said, *wrong_with(visitor.page)]:
            found[name] = wrong
        leave_picture(visitor.page, screenshots, f"{name}-{look}")
        visitor.complaints.clear()  # axe and the camera put styles into the page, which our policy refuses them
    return found
