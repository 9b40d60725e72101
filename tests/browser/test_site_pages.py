"""Readers' pages full of words without end and marks of direction: nothing runs out of the window or into the rest."""

import pytest

from claims.models import ClaimantRole, Topic
from tests import factories
from tests.browser.looks import LOOKS, SIZES, leave_picture, wrong_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORD = "w" * 500
TURNED = "\u202eevil \u0628\u0644\u063a\u062a "


@pytest.fixture
def addresses() -> dict[str, str]:
    """Of each kind of page, with hostile words in all that it shows."""
    claimant = factories.make_claimant(f"{TURNED}{WORD}"[:200], slug="hostile")
    ClaimantRole.objects.create(claimant=claimant, title=f"{TURNED}{WORD}"[:200])
    paper = factories.make_publisher("hostile.example", name=f"{TURNED}{WORD}"[:200], text_allowed=True)
    article = factories.make_article(
        title=f"{TURNED}{WORD}"[:300], byline=WORD[:300], text=f"{TURNED}{WORD} and {WORD}.", publisher=paper
    )
    claim = factories.make_published_claim(
        slug="hostile",
        text=f"{TURNED}{WORD}",
        claimant=claimant,
        appears=False,
        verdict={"summary": WORD[:280], "explanation": f"{WORD}\n\n| {WORD} | b |\n|---|---|\n| 1 | 2 |"},
    )
    factories.make_appearance(claim, revision=article.revisions.get(), quote=WORD, claimant_text=WORD[:300])
    claim.topics.add(Topic.objects.create(name=WORD[:100], slug="hostile"))
    return {
        "a hostile fact-check": "/claims/hostile/",
        "a hostile article": f"/articles/{article.pk}/",
        "a hostile topic": "/topics/hostile/",
        "a hostile publisher": "/publishers/hostile.example/",
        "a hostile claimant": "/claimants/hostile/",
    }


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_hostile_words_break_no_page(browser, live_server, settings, screenshots, addresses, size, scheme):
    settings.PUBLIC_URL = live_server.url
    context = browser.new_context(base_url=live_server.url, viewport=SIZES[size], color_scheme=scheme)
    page = context.new_page()

    found = {}
    for name, address in addresses.items():
        page.goto(address)
        if folded := page.locator("details.cite summary").all():
            folded[0].click()
        found[name] = wrong_with(page)
        leave_picture(page, screenshots, f"{name}-{size}-{scheme}")
    context.close()

    assert found == {name: [] for name in addresses}
