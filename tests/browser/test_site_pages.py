"""Readers' pages in every language, full of words without end and marks of direction: nothing runs out of the window or
into the rest."""

import pytest
from django.conf import settings as configured

from claims.models import ClaimantRole, Topic
from tests import factories, pseudo
from tests.browser.every_page import SITE
from tests.browser.looks import LOOKS, SIZES, leave_picture, wrong_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORD = "w" * 500
TURNED = "\u202eevil \u0628\u0644\u063a\u062a "

# Words of the page itself that went through no gettext. What the desk, an article or a person wrote is marked, or
# stands in a <bdi>; names stay, and the months are Django's.
IN_ENGLISH = r"""() => {
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const content = "bdi, body [lang], time, textarea, blockquote, .masthead__name";
    const names = /Plumbline|Markdown|Wikipedia|BibTeX|“(False|True)”|\b(Nov\.|\p{Lu}\p{L}+) (\d+, )?\d{4}/gu;
    const found = [];
    while (words.nextNode()) {
        const text = words.currentNode.data.replace(names, "").trim();
        const plain = /[aceinorsuyz]/i.test(text);  // letters that have an accent in every message
        if (plain && !words.currentNode.parentElement.closest(content)) found.push(text);
    }
    return found;
}"""


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
        "the versions of it": "/claims/hostile/versions/",
        "a report on it": "/report/hostile/",
        "a card of it": "/embed/hostile/",
    }


@pytest.fixture
def pseudo_language(settings, tmp_path) -> str:
    pseudo.compile_pseudo(tmp_path / "locale")
    settings.LOCALE_PATHS = [tmp_path / "locale", *configured.LOCALE_PATHS]
    settings.LANGUAGES = [*configured.LANGUAGES, (pseudo.CODE, "Pseudo")]
    return pseudo.CODE


@pytest.mark.parametrize(
    ("language", "size", "scheme"),
    [*((code, *look) for code in ("en", "ar") for look in LOOKS), (pseudo.CODE, *LOOKS[0])],
)
def test_hostile_words_break_no_page_in_any_language(
    browser, live_server, settings, screenshots, addresses, pseudo_language, language, size, scheme
):
    settings.PUBLIC_URL = live_server.url
    context = browser.new_context(base_url=live_server.url, viewport=SIZES[size], color_scheme=scheme)
    page = context.new_page()
    prefix = "" if language == "en" else f"/{language}"
    if language != "en":  # the other pages are opened in English at the sample desk
        addresses |= {path: path for path in SITE}

    found = {}
    for name, address in addresses.items():
        page.goto(f"{prefix}{address}")
        if folded := page.locator("details.cite summary").all():
            folded[0].click()
        left = page.evaluate(IN_ENGLISH) if language == pseudo_language else []
        if wrong := [*wrong_with(page), *left]:
            found[name] = wrong
        leave_picture(page, screenshots, f"{name}-{language}-{size}-{scheme}")
    context.close()

    assert found == {}
