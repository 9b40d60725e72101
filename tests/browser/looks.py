"""What every page is looked at for: violations, width, and pictures where somebody asked for them."""

import os
from itertools import product
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
LARGE_TYPE = {"width": 640, "height": 450}  # what is left of the desktop at 200% zoom
ALL = bool(os.environ.get("SCREENSHOTS"))
LOOKS = list(product(SIZES, ("light", "dark"))) if ALL else [("phone", "light"), ("desktop", "dark")]

# Rows after the third are as the first three. Where pictures are taken nobody is in a hurry.
LIKE_OTHERS = [] if ALL else ["li:nth-of-type(n+4)", "tr:nth-of-type(n+4)"]
RUN_AXE = """async (exclude) => (
    await axe.run({exclude}, {resultTypes: ["violations"], preload: false})
).violations.map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200))])"""
# A bar that sticks to the window would stand in the middle of a picture of the whole page.
LET_GO = """for (const bar of document.querySelectorAll(".decide, .save-bar, .many__decide, .selected")) {
    bar.style.position = "static";
}"""
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def wrong_with(page: Page) -> list[object]:
    """What axe finds, and whether something is wider than the window, on a desktop also at 200% zoom."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[object] = page.evaluate(RUN_AXE, LIKE_OTHERS)
    if page.evaluate(WIDER):
        found.append("wider than the window")
    if page.viewport_size == SIZES["desktop"]:
        page.set_viewport_size(LARGE_TYPE)  # type: ignore[arg-type]  # a plain dict
        if page.evaluate(WIDER):
            found.append("wider than the window at 200% zoom")
        page.set_viewport_size(SIZES["desktop"])  # type: ignore[arg-type]  # a plain dict
    return found


def leave_picture(page: Page, folder: Path | None, name: str) -> None:
    """Photograph the whole page into `folder`; nothing without one."""
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    safe = "".join(letter if letter.isalnum() else "-" for letter in name).strip("-")
    page.evaluate(LET_GO)
    page.screenshot(path=folder / f"{safe}.png", full_page=True)
