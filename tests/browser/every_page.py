"""The pages that are looked at: by address, and those of rows by the list where the first of them is found."""

from urllib.parse import urljoin

from playwright.sync_api import Page

SITE = [
    "/",
    "/search/",
    "/search/?q=ferry",
    "/search/?q=zeppelin&year=2026",
    "/statistics/",
    "/about/",
    "/contact/",
    "/accessibility/",
    "/imprint/",
    "/methodology/",
    "/methodology/?version=1",
    "/ratings/",
    "/corrections/",
    "/privacy/",
    "/submit/",
    "/nothing-here/",
]
IN_ARABIC = ["/ar/", "/ar/search/?q=ferry", "/ar/statistics/"]
DESK = [
    "/admin/",
    "/admin/notices/?show=all",
    "/admin/notices/choices/",
    "/admin/triage/",
    "/admin/triage/?side=article",
    "/admin/triage/list/",
    "/admin/matches/",
    "/admin/matches/clusters/",
    "/admin/find/",
    "/admin/find/?q=The+ferry+carried+380,000+cars+in+2025.",
    "/admin/approved/",
    "/admin/requests/",
    "/admin/submissions/",
    "/admin/second-looks/",
    "/admin/legal/",
    "/admin/legal/add/",
    "/admin/agreement/",
    "/admin/interests/",
    "/admin/ranking/",
    "/admin/claims/methodologyversion/",
    "/admin/claims/ratingscale/",
    "/admin/articles/article/",
    "/admin/articles/article/add/",
    "/admin/articles/article/add/?way=text",
    "/admin/articles/article/add/?way=file",
    "/admin/claims/claim/",
    "/admin/claims/claim/export/",
    "/admin/claims/claim/import/",
    "/admin/claims/claimant/",
    "/admin/claims/externalfactcheck/",
    "/admin/people/recordentry/",
    "/admin/account/",
    "/admin/account/second-factor/",
    "/admin/account/sessions/",
]
ADMINISTRATION = [
    "/admin/",
    "/admin/people/user/",
    "/admin/invitations/",
    "/admin/claims/webhook/",
    "/admin/claims/webhook/add/",
    "/admin/people/mail/",
    "/admin/people/apitoken/",
    "/admin/people/apitoken/add/",
    "/admin/claims/standingpage/",
    "/admin/claims/standingpage/1/change/",
]
FILES = "/admin/claims/claim/"
FILE = "main a[href*='/claim/'][href*='/change/']"
STATES = ("detected", "shortlisted", "in_progress", "in_review", "approved", "published", "retracted", "declined")
FIRST_OF = {
    "a fact-check": ("/", "main a[href^='/claims/']"),
    "a claimant": ("/", "main a[href^='/claimants/']"),
    "a corrected fact-check": ("/search/?q=ferry+410,000+cars", "main a[href^='/claims/'][href*='410']"),
    "an article as checked": ("a corrected fact-check", "main a[href^='/articles/']"),
    "a topic": ("a corrected fact-check", "main a[href^='/topics/']"),
    "a publisher": ("a corrected fact-check", "main a[href^='/publishers/']"),
    "a fact-check of others": (
        "/admin/claims/externalfactcheck/",
        "main a[href*='/externalfactcheck/'][href*='/change/']",
    ),
    "an article": ("/admin/articles/article/?status__exact=read", "main a[href*='/article/'][href*='/change/']"),
    "a correction request": ("/admin/requests/", "main a[href*='/admin/requests/']"),
    "a submission": ("/admin/submissions/", "main a[href*='/admin/submissions/']"),
    "a legal request": ("/admin/legal/", "main a[href^='/admin/legal/']:not([href*='add'])"),
    **{f"the file of a claim that is {state}": (f"{FILES}?status={state}", FILE) for state in (*STATES, "merged")},
    "the file of a whole": (f"{FILES}?q=more+than+anywhere+else&status=published", FILE),
    "the file of a correction": (f"{FILES}?q=410,000+cars&status=published", FILE),
    "reporting an error": ("a corrected fact-check", "main a[href^='/report/']"),
}
BESIDE = {
    "the versions that readers see": ("a corrected fact-check", "versions/"),
    "the discussion": ("the file of a claim that is in_progress", "../discussion/"),
    "parts": ("the file of a whole", "../parts/"),
    "no parts": ("the file of a claim that is in_progress", "../parts/"),
    "review": ("the file of a claim that is in_review", "../review/"),
    "both ratings": ("the file of a correction", "../review/"),
    "publication": ("the file of a claim that is approved", "../publication/"),
    "versions": ("the file of a correction", "../versions/"),
    "no versions": ("the file of a claim that is in_progress", "../versions/"),
    "history": ("the file of a correction", "../record/"),
}


FIRST_LINK = """async ([path, link]) => {
    const text = await (await fetch(path)).text();
    const found = new DOMParser().parseFromString(text, "text/html").querySelector(link);
    if (!found) throw new Error(`${path} has no ${link}`);
    return found.getAttribute("href");
}"""


def pages_of_rows(page: Page) -> dict[str, str]:
    """Addresses by name, for an editor who is logged in and at the desk."""
    found: dict[str, str] = {}
    for name, (where, link) in FIRST_OF.items():
        found[name] = page.evaluate(FIRST_LINK, [found.get(where, where), link])
    found["a fact-check in Arabic"] = f"/ar{found['a corrected fact-check']}"
    return found | {name: urljoin(found[beside], path) for name, (beside, path) in BESIDE.items()}
