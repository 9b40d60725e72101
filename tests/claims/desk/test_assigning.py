"""Giving claims to people: from the list, from the file, and where they find them."""

import pytest

from claims.models import Claim
from claims.services.assignment import assign_claim
from tests import factories

LIST = "/admin/claims/claim/"
Status = Claim.Status


@pytest.fixture
def shortlisted(db) -> list[Claim]:
    return [factories.make_claim(text=f"Claim {n}.", status=Status.SHORTLISTED) for n in range(2)]


def assign(client, claims, **said):
    data = {"action": "assign_claims", "_selected_action": [claim.pk for claim in claims], **said}
    return client.post(LIST, data, follow=True)


def test_claims_are_assigned_from_the_list_and_those_that_cannot_be_are_named(as_reporter, editor, shortlisted):
    candidate = factories.make_claim(text="A candidate.")

    page = assign(as_reporter, [*shortlisted, candidate], to=editor.pk, due_on="2026-04-01").content.decode()

    assert Claim.objects.filter(assigned_to=editor, due_on="2026-04-01").count() == 2
    assert "2 claims are Edith Example’s now." in page
    assert "Left as it is: “A candidate.”" in page


@pytest.mark.parametrize("said", [{}, {"to": 99}, {"due_on": "soon"}])
def test_an_assignment_without_a_person_is_refused_in_words(said, as_reporter, shortlisted):
    assert "Choose who checks them" in assign(as_reporter, shortlisted, **said).content.decode()
    assert not Claim.objects.exclude(assigned_to=None).exists()


def test_administrators_are_offered_nothing_and_assign_nothing(as_administrator, editor, shortlisted):
    assert b"_selected_action" not in as_administrator.get(LIST).content
    assign(as_administrator, shortlisted, to=editor.pk)

    assert not Claim.objects.exclude(assigned_to=None).exists()


def test_my_claims_are_those_assigned_to_me_from_the_shortlist_on(as_reporter, reporter, shortlisted):
    assign_claim(shortlisted[0], to=reporter, by=reporter)
    factories.make_claim(status=Status.PUBLISHED, assigned_to=reporter)

    page = as_reporter.get(f"{LIST}?who=me")

    assert list(page.context["cl"].result_list) == [shortlisted[0]]
    assert 'id="count-mine">1<' in page.content.decode()


def test_a_claim_is_assigned_and_taken_off_in_its_file(as_reporter, editor, shortlisted):
    step = f"{LIST}{shortlisted[0].pk}/step/"

    as_reporter.post(f"{step}assign/", {"to": editor.pk, "seen": "shortlisted"})
    assert Claim.objects.get(pk=shortlisted[0].pk).assigned_to == editor
    as_reporter.post(f"{step}unassign/", {"seen": "shortlisted"})
    assert Claim.objects.get(pk=shortlisted[0].pk).assigned_to is None


@pytest.mark.parametrize(
    ("words", "found"),
    [("bridge", 2), ("BRIDGE ferry", 1), ("boat", 1), ("brandt", 2), ("zeppelin", 0), ("a" * 500, 0)],
)
def test_the_list_is_searched_by_words_and_by_every_name_of_who_said_it(words, found, as_reporter):
    brandt = factories.make_claimant()
    brandt.aliases.create(name="The Boat Lady")
    factories.make_claim(text="The bridge and the ferry.", claimant=None)
    factories.make_claim(text="The bridge.", claimant=brandt)
    if words == "brandt":
        factories.make_claim(text="Brandt is mayor.", claimant=None)

    assert as_reporter.get(LIST, {"q": words}).context["cl"].result_count == found
