"""A real desk with the sample in it, and a real browser in front of it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.desk_process import DeskProcess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

expect.set_options(timeout=30_000)


def chromium() -> str | None:
    """The browser to use: CHROMIUM, or one from the usual places."""
    found = (shutil.which(name) for name in (os.environ.get("CHROMIUM", ""), *NAMES, MACOS) if name)
    return next((path for path in found if path), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("Browser tests were left out: no Chromium on this machine. CHROMIUM= names one.")
    # Playwright keeps an event loop running to the end, and Django would refuse the database to the tests after it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def desk(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DeskProcess]:  # after the browser: without one no desk is started
    desk = DeskProcess(tmp_path_factory.mktemp("desk"))
    desk.start()
    desk.wait_until(lambda: b"Ctrl-C stops it" in desk.log.read_bytes(), seconds=240, what="the sample desk")
    yield desk
    desk.stop()


def is_complaint(said: ConsoleMessage) -> bool:
    """A form that is shown again with what is wrong answers 422, and Chromium writes that down as an error."""
    return said.type == "error" and "status of 422" not in said.text


class Visitor:
    """One person at their own browser window, logged in or not."""

    def __init__(self, browser: Browser, desk: DeskProcess, **options: object) -> None:
        self.desk = desk
        self.context = browser.new_context(base_url=desk.address, locale="en-GB", **options)  # type: ignore[arg-type]  # Playwright's own options
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if is_complaint(said) else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def log_in(self, username: str) -> Page:
        self.page.goto("/admin/login/?next=/admin/")
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password").fill(self.desk.password(username))
        self.page.get_by_role("button", name="Log in").click()
        expect(self.page).to_have_url(f"{self.desk.address}/admin/")
        return self.page


@pytest.fixture
def visit(browser: Browser, desk: DeskProcess):
    """Opens a window for somebody; at the end no window may have had an error in its console."""
    visitors: list[Visitor] = []

    def opened(**options: object) -> Visitor:
        visitors.append(Visitor(browser, desk, **options))
        return visitors[-1]

    yield opened
    for visitor in visitors:
        visitor.context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


@pytest.fixture(scope="session")
def screenshots() -> Path | None:
    """Where to leave pictures, if somebody asked for them with SCREENSHOTS=."""
    return Path(os.environ["SCREENSHOTS"]) if os.environ.get("SCREENSHOTS") else None
