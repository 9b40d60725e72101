"""axe-core finds nothing on any page: phone and desktop, light and dark.

Two of the four looks in an ordinary run; all four where pictures are asked for, as `make screenshots` does.
"""

import os
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
SITE = ["/", "/about/", "/methodology/", "/ratings/", "/corrections/", "/privacy/", "/nothing-here/"]
DESK = [
    "/admin/",
    "/admin/triage/",
    "/admin/articles/article/",
    "/admin/articles/article/add/",
    "/admin/articles/article/add/?way=text",
    "/admin/articles/article/add/?way=file",
    "/admin/claims/claim/",
    "/admin/claims/claimant/",
    "/admin/people/recordentry/",
]
FIRST_OF = {
    "a fact-check": ("/", "main a[href^='/claims/']"),
    "a claimant": ("/", "main a[href^='/claimants/']"),
    "an article": ("/admin/articles/article/?status__exact=read", "main a[href*='/article/'][href*='/change/']"),
    **{
        f"the file of a claim that is {status}": (
            f"/admin/claims/claim/?status={status}",
            "main a[href*='/claim/'][href*='/change/']",
        )
        for status in ("detected", "shortlisted", "in_progress", "in_review", "approved", "published", "retracted",
                       "declined", "merged")
    },
}  # fmt: skip
LOOKS = [("phone", "light"), ("desktop", "dark")]
if os.environ.get("SCREENSHOTS"):
    LOOKS = list(product(SIZES, ("light", "dark")))


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_no_page_has_a_violation(visit, screenshots, size, scheme):
    visitor = visit(viewport=SIZES[size], color_scheme=scheme)
    page = visitor.log_in("editor")
    found = {}
    for name, path in [*((path, path) for path in SITE + DESK), *first_pages(page)]:
        page.goto(path)
        page.wait_for_load_state("load")
        if said := [said for said in visitor.complaints if "404" not in said]:  # one page is not there on purpose
            found[f"{name} in the console"] = said
        violations = Axe().run(page).response["violations"]
        if violations:
            found[name] = [(v["id"], [node["html"][:200] for node in v["nodes"][:3]]) for v in violations]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found[f"{name} is wider than the window"] = []
        if screenshots:
            leave_picture(page, screenshots, f"{name}-{size}-{scheme}")
        visitor.complaints.clear()  # axe and the camera put styles into the page, which our policy refuses them

    assert found == {}


def first_pages(page) -> list[tuple[str, str]]:
    """The pages of rows, by the first link to one."""
    pages = []
    for name, (path, selector) in FIRST_OF.items():
        page.goto(path)
        pages.append((name, page.locator(selector).first.get_attribute("href")))
    return pages


def leave_picture(page, folder, name) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    safe = "".join(letter if letter.isalnum() else "-" for letter in name).strip("-")
    page.screenshot(path=folder / f"{safe}.png", full_page=True)
