"""How the queue is ranked: the page, and the sentence in triage."""

import pytest

from claims.models import Claim, TriageWeights
from claims.services.learning import propose_weights
from claims.services.ranking import reweigh_queue, weights_in_force
from tests import factories
from tests.claims.decisions import NAME, PERCENTAGE, make_decisions, make_weights, scored

PAGE = "/admin/ranking/"
State = TriageWeights.State


def said(page) -> str:
    return " ".join(page.content.decode().split())


@pytest.fixture
def proposal(db) -> TriageWeights:
    make_decisions(200)
    return propose_weights()


def decide(client, weights, decision, **data):
    return client.post(f"{PAGE}{weights.pk}/{decision}/", data, follow=True)


def test_a_proposal_is_shown_with_precision_before_and_after_and_what_changes_in_words(as_editor, proposal):
    page = said(as_editor.get(PAGE))

    assert "The top 25%" in page
    assert "The proposed weights rank better." in page
    assert "“a percentage” counts only 0.2 times as much." in page
    assert "The weights that the extractor was shipped with rank the queue." in page


def test_accepting_puts_the_weights_in_force_and_the_queue_follows(as_editor, proposal):
    claim = factories.make_claim(**scored(PERCENTAGE, NAME))

    page = decide(as_editor, proposal, "accept")

    assert "Weights 1 rank the queue from now on." in said(page)
    assert "1 claim in the queue still has its old score." in said(page)
    assert weights_in_force() == proposal
    reweigh_queue()
    assert "(shipped: +1.5)" in said(as_editor.get("/admin/triage/"))
    assert "Score changed from" in said(as_editor.get(f"/admin/claims/claim/{claim.pk}/change/"))


def test_back_to_the_shipped_weights_is_one_button(as_editor):
    weights = make_weights(state=State.ACCEPTED)

    page = decide(as_editor, weights, "retire")

    assert "The queue goes back to the shipped weights." in said(page)
    assert weights_in_force() is None


def test_rejecting_keeps_the_note(as_administrator, proposal):
    page = decide(as_administrator, proposal, "reject", note="Wait for the election.")

    assert "Weights 1</b>: Rejected" in said(page)
    assert "Wait for the election." in said(page)


def test_weights_that_are_not_better_say_so_and_are_not_accepted_without_a_note(as_editor):
    weights = make_weights(better=False)

    assert "The proposed weights are not clearly better." in said(as_editor.get(PAGE))
    refused = decide(as_editor, weights, "accept", note="  ")

    assert "note" in refused.context["form"].errors
    assert weights_in_force() is None


def test_somebody_else_decided_first_is_said(as_editor):
    weights = make_weights(state=State.REJECTED)

    assert "Somebody else has decided on these weights." in said(decide(as_editor, weights, "accept"))


@pytest.mark.parametrize("decision", ["accept", "reject", "retire"])
def test_reviewers_neither_see_nor_decide(as_reviewer, decision):
    weights = make_weights()

    assert as_reviewer.get(PAGE).status_code == 403
    assert decide(as_reviewer, weights, decision).status_code == 403
    assert "/admin/ranking/" not in said(as_reviewer.get("/admin/triage/"))


def test_an_unknown_decision_or_number_is_not_there(as_editor):
    weights = make_weights()

    assert decide(as_editor, weights, "praise").status_code == 404
    assert as_editor.post(f"{PAGE}999/accept/").status_code == 404
    assert as_editor.get(f"{PAGE}{weights.pk}/accept/").status_code == 405


def test_the_page_asks_the_same_number_of_queries_at_1_and_at_10_rows(as_editor, django_assert_max_num_queries):
    counted = []
    for n in (1, 9):
        for _ in range(n):
            make_weights(state=State.RETIRED)
            factories.make_claim(**scored(PERCENTAGE))
        with django_assert_max_num_queries(20) as queries:
            as_editor.get(PAGE)
        counted.append(len(queries))

    assert counted == [11, 11]


def test_triage_says_how_good_the_ranking_has_been_and_where_a_proposal_waits(as_editor, as_reporter, proposal):
    for page in (said(as_editor.get("/admin/triage/")), said(as_reporter.get("/admin/triage/"))):
        assert "Of the last 200 claims decided here on their worth," in page
        assert "of the 50 with the highest scores were shortlisted" in page
    assert "A proposal on the ranking waits for you" in said(as_editor.get("/admin/triage/"))


def test_triage_says_when_there_are_too_few_decisions(as_reporter):
    make_decisions(12)

    page = said(as_reporter.get("/admin/triage/"))

    assert "Too few decisions yet to say how good the ranking is here: 12 of the 80 it takes." in page


def test_a_claim_that_a_new_version_took_out_meanwhile_is_said_and_the_queue_goes_on(as_reporter):
    gone, other = factories.make_claim(), factories.make_claim()
    Claim.objects.filter(pk=gone.pk).delete()

    page = as_reporter.post(f"/admin/triage/{gone.pk}/shortlist/", follow=True)

    assert "A newer version of the extractor does not propose this claim any more." in said(page)
    assert page.context["candidate"] == other
