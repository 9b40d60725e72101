"""Finding among all claims by a typed sentence. Real encoder, real rules."""

import pytest

from claims.models import Claim, Decision
from claims.services.matching import match_waiting
from tests import factories

Status = Claim.Status
BRIDGE = "The new bridge over the Aller cost 84 million euros to build."
FERRY = "The ferry between Harben and Oldsand carried 410,000 cars in 2025."


def find(client, q, more=""):
    return client.get(f"/admin/find/?q={q}{more}")


def match_all():
    while match_waiting():
        pass


def text(page):
    return page.content.decode()


@pytest.fixture
def claims(db):
    made = [factories.make_published_claim(text=BRIDGE), factories.make_claim(text=FERRY)]
    match_all()
    return made


def test_before_anything_is_typed_the_page_says_what_it_does(as_reporter):
    assert "Type a statement" in text(as_reporter.get("/admin/find/"))


def test_a_claim_is_found_by_a_sentence_with_its_verdict(as_reporter, claims):
    page = find(as_reporter, BRIDGE)

    assert page.context["found"][0].claim == claims[0]
    assert page.context["found"][0].match.decision == Decision.SAME
    assert "Mostly true" in text(page)


def test_a_claim_is_found_by_other_words(as_reporter, claims):
    page = find(as_reporter, "How many vehicles did the ship take across the river last year?")

    assert page.context["found"][0].claim == claims[1]


def test_status_and_publisher_narrow_what_is_found_and_stay_chosen(as_reporter, claims):
    other = factories.make_publisher("other.example", name="Other")

    published = find(as_reporter, "bridge or ferry", "&status=published")
    elsewhere = find(as_reporter, "bridge or ferry", f"&publisher={other.pk}")

    assert [one.claim for one in published.context["found"]] == claims[:1]
    assert '<option value="published" selected>' in text(published)
    assert elsewhere.context["found"] == []
    assert "Look among all claims" in text(elsewhere)


def test_an_empty_desk_finds_nothing_and_says_so(as_reporter):
    assert "The desk has no claim like this." in text(find(as_reporter, BRIDGE))


@pytest.mark.parametrize("typed", ["", "%20", "x" * 1001, "&status=nonsense", "&publisher=x", "a&merge=99"])
def test_what_cannot_be_asked_is_said_beside_the_field(as_reporter, typed):
    page = find(as_reporter, typed)

    assert page.status_code == 200
    assert not page.context["asked"]


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "' OR 1=1 --", "\\", "🜁", "a:*", "(((", "the of and"])
def test_odd_texts_are_only_texts(as_reporter, claims, typed):
    page = as_reporter.get("/admin/find/", {"q": typed})

    assert page.status_code == 200
    assert "<script>alert" not in text(page)


def test_a_claim_is_merged_into_one_that_was_found(as_reporter):
    claim, other = factories.make_claim(text=BRIDGE), factories.make_claim(text=FERRY, status=Status.IN_PROGRESS)
    match_all()

    link = text(as_reporter.get(f"/admin/claims/claim/{claim.pk}/change/"))
    page = find(as_reporter, FERRY, f"&merge={claim.pk}")
    as_reporter.post(f"/admin/claims/claim/{claim.pk}/step/merge/", {"seen": "detected", "number": other.pk})

    assert f"/admin/find/?merge={claim.pk}&amp;q=The%20new%20bridge" in link
    assert [one.claim for one in page.context["found"]] == [other]
    assert f"Merge claim {claim.pk} into this" in text(page)
    claim.refresh_from_db()
    assert claim.merged_into == other


def test_without_the_encoder_it_finds_by_words_and_says_so(as_reporter, monkeypatch):
    monkeypatch.setenv("PLUMBLINE_ENCODER", "off")
    factories.make_claim(text=FERRY)
    match_all()

    page = find(as_reporter, "ferry between Harben and Oldsand")

    assert "by words alone" in text(page)
    assert len(page.context["found"]) == 1


def test_finding_asks_the_same_number_of_queries_for_1_and_for_10(as_reporter, django_assert_max_num_queries):
    def asked():
        match_all()
        with django_assert_max_num_queries(40) as counted:
            find(as_reporter, BRIDGE)
        return len(counted)

    factories.make_published_claim(text=BRIDGE)
    find(as_reporter, BRIDGE)  # what is kept of statistics and of the encoder is there from here on
    at_1 = asked()
    for n in range(9):
        factories.make_published_claim(text=BRIDGE.replace("84", str(n)))

    assert at_1 == asked()
