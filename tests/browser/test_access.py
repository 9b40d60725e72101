"""The door of the desk in a real browser: second factors with a device of Chromium's own, invitations, sessions.

Every page on the way is looked at by axe-core. The desk behind is Django's test server: no sample is needed here.
"""

import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from people import codes
from people.models import LoginLock, Role
from tests.browser.looks import ALL, LOOKS, SIZES, leave_picture, wrong_with
from tests.factories import make_user
from tests.people.logging_in import with_app

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESKTOP = (LOOKS, LOOKS) if ALL else (LOOKS[:1], LOOKS[1:])
PASSWORD = "plumb-line-42"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def door(browser, live_server, settings, screenshots) -> Callable[..., Page]:
    """Opens a window in front of a desk that asks editors for a second factor."""
    settings.REQUIRE_SECOND_FACTOR = True
    settings.PUBLIC_URL = live_server.url
    windows = []

    def opened(size: str = "desktop", scheme: str = "light", **options: object) -> Page:
        context = browser.new_context(
            base_url=live_server.url, locale="en-GB", viewport=SIZES[size], color_scheme=scheme, **options
        )
        windows.append(context)
        page = context.new_page()
        page.look = lambda name: look(page, screenshots, f"{name}-{size}-{scheme}")
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        return page

    yield opened
    for window in windows:
        window.close()


def look(page: Page, screenshots, name: str) -> None:
    """No violation, nothing in the console, nothing wider than the window; and a picture where they are asked for."""
    assert [said for said in page.complaints if "429" not in said and "410" not in said] == []
    assert wrong_with(page) == []
    leave_picture(page, screenshots, name)
    page.complaints.clear()  # axe puts styles into the page, which our policy refuses it


def give_password(page: Page, username: str) -> None:
    page.goto("/admin/login/?next=/admin/find/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


@pytest.mark.parametrize(("size", "scheme"), PHONE)
def test_an_editor_sets_up_app_and_passkey_and_logs_in_with_each(door, size, scheme):
    make_user("edith", role=Role.EDITOR)
    page = door(size, scheme)
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto("/admin/login/")
    page.look("log-in")

    give_password(page, "edith")
    expect(page.get_by_text("Set up a second factor to go on.").first).to_be_visible()
    page.look("second-factor-must")
    page.get_by_role("link", name="Set up an authenticator app").click()
    page.get_by_text("Or type the key by hand").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.look("authenticator")
    page.get_by_label("The six digits").fill("000000")
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("alert")).to_contain_text("does not fit")
    step = int(time.time()) // codes.STEP
    page.get_by_label("The six digits").fill(codes.code_at(secret, step))
    page.get_by_role("button", name="Set up").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.look("recovery-codes")
    page.get_by_role("link", name="I have kept them").click()

    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name of the passkey").fill("Work laptop")
    page.look("passkey")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("Work laptop")).to_be_visible()
    page.look("second-factor-both")

    log_out(page, "Edith Example")
    give_password(page, "edith")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    page.look("second-step")
    page.get_by_role("button", name="Use a passkey").press("Enter")
    expect(page).to_have_url(re.compile("/admin/find/$"))

    log_out(page, "Edith Example")
    give_password(page, "edith")
    page.get_by_label("Code").fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").first).to_contain_text("does not fit, or was used before")
    page.get_by_label("Code").fill(codes.code_at(secret, step + 1))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/admin/find/$"))
    for name in ("", "sessions/"):
        page.goto(f"/admin/account/{name}")
        page.look(f"account-{name}")
    page.goto("/admin/password_change/")
    page.look("password")


@pytest.mark.parametrize(("size", "scheme"), DESKTOP)
def test_an_invitation_goes_from_link_to_log_in_without_a_script(door, settings, size, scheme):
    settings.REQUIRE_SECOND_FACTOR = False
    make_user("ada", role=Role.ADMINISTRATOR)
    rosa = make_user("rosa")
    with_app(rosa)
    now = timezone.now()
    LoginLock.objects.create(kind="account", person=rosa, since=now, until=now + timedelta(minutes=15))
    page = door(size, scheme)
    give_password(page, "ada")
    page.goto("/admin/people/user/")
    page.look("people")
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("Name").fill("Nora New")
    page.get_by_label("Role").select_option("editor")
    page.get_by_role("button", name="Make an invitation").click()
    link = page.get_by_label("The link.").input_value()
    page.look("invitations")
    page.goto(f"/admin/people/user/{rosa.pk}/access/")
    page.look("access")

    guest = door(size, scheme, java_script_enabled=False)
    guest.goto(link)
    guest.get_by_label("Username").fill("nora")
    guest.get_by_label("New password", exact=True).fill("paper boat 42")
    guest.get_by_label("New password, once more").fill("paper boat 43")
    guest.get_by_role("button", name="Join").click()
    expect(guest.get_by_role("alert")).to_contain_text("not the same")
    guest.get_by_label("New password", exact=True).fill("paper boat 42")
    guest.get_by_label("New password, once more").fill("paper boat 42")
    guest.get_by_role("button", name="Join").click()
    expect(guest.get_by_text("Log in with the username and password")).to_be_visible()

    page.goto(link)
    expect(page.get_by_text("This invitation has been used.").first).to_be_visible()
    page.look("invitation-used")


def log_out(page: Page, name: str) -> None:
    page.locator("summary", has_text=name).click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in to the desk")
