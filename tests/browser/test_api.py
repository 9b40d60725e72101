"""The docs of the API and the tokens of the desk in a real browser, under the real Content-Security-Policy."""

import pytest
from playwright.sync_api import Page, expect

from people.models import Role
from tests.browser.looks import LOOKS, SIZES, leave_picture
from tests.factories import make_published_claim, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(browser, live_server, settings):
    """Opens windows; at the end none may have had an error in its console or asked another host for anything."""
    settings.PUBLIC_URL = live_server.url
    windows, complaints = [], []

    def window(size: str, scheme: str) -> Page:
        context = browser.new_context(
            base_url=live_server.url, locale="en-GB", viewport=SIZES[size], color_scheme=scheme
        )
        windows.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda one: None if is_ours(one.url, live_server.url) else complaints.append(one.url))
        return page

    yield window
    for one in windows:
        one.close()
    assert complaints == []


def is_ours(url: str, server: str) -> bool:
    return url.startswith((f"{server}/", "data:"))


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_a_request_is_tried_out_in_the_docs(opened, screenshots, size, scheme):
    claim = make_published_claim()
    page = opened(size, scheme)

    page.goto("/api/v1/docs")
    leave_picture(page, screenshots, f"api-docs-{size}-{scheme}")
    page.get_by_text("Published fact-checks", exact=True).first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()

    expect(page.locator(".live-responses-table")).to_contain_text(claim.slug)
    expect(page.locator(".live-responses-table")).to_contain_text("ratelimit-policy")
    leave_picture(page, screenshots, f"api-docs-tried-{size}-{scheme}")


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_an_administrator_makes_a_token_and_withdraws_it(opened, screenshots, size, scheme):
    make_user("ada", role=Role.ADMINISTRATOR)
    page = opened(size, scheme)
    page.goto("/admin/login/?next=/admin/people/apitoken/add/")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill("plumb-line-42")
    page.get_by_role("button", name="Log in").click()

    leave_picture(page, screenshots, f"token-new-{size}-{scheme}")
    page.get_by_label("Name").fill("Archive of the Bote")
    page.get_by_label("Send articles in").check()
    page.get_by_role("button", name="Make it").click()

    expect(page.locator(".secret")).to_contain_text("plumbline_")
    leave_picture(page, screenshots, f"token-made-{size}-{scheme}")
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("The token is withdrawn.")).to_be_visible()
    leave_picture(page, screenshots, f"token-withdrawn-{size}-{scheme}")
    page.goto("/admin/people/apitoken/")
    leave_picture(page, screenshots, f"tokens-{size}-{scheme}")
