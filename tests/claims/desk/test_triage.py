"""Triage: one candidate at a time, with and without scripts."""

import pytest
from django.urls import reverse

from claims.models import Claim, Decline
from claims.services.lifecycle import shortlist_claim
from claims.services.merging import merge_claim
from tests import factories

QUEUE = "/admin/triage/"
Status = Claim.Status


def decide(client, claim, decision, at="", **data):
    return client.post(f"/admin/triage/{claim.pk}/{decision}/{at}", data, follow=True)


def test_the_most_check_worthy_candidate_comes_first_with_its_quote_marked(as_reporter):
    factories.make_claim(text="A small thing.", check_worthiness=0.2)
    factories.make_claim(text="A large thing.", check_worthiness=0.9)

    page = as_reporter.get(QUEUE)

    assert page.context["candidate"].text == "A large thing."
    assert b"<mark>It cost 84 million euros</mark>" in page.content
    assert b"a sum of money" in page.content


@pytest.mark.parametrize("keys", ["s", "d", "n j", "u", "e", "a", "?", *"1234567"])
def test_each_key_is_written_on_its_button(as_reporter, keys):
    first = factories.make_claim(check_worthiness=0.9)
    factories.make_claim(check_worthiness=0.8)
    decide(as_reporter, first, "shortlist")

    assert f'data-key="{keys}"' in as_reporter.get(QUEUE).content.decode()


def test_shortlisting_shows_the_next_candidate(as_reporter):
    first = factories.make_claim(check_worthiness=0.9)
    second = factories.make_claim(check_worthiness=0.8)

    page = decide(as_reporter, first, "shortlist")

    first.refresh_from_db()
    assert first.status == Status.SHORTLISTED
    assert page.context["candidate"] == second
    assert "Shortlisted" in page.content.decode()


def test_a_decline_keeps_its_reason_and_note(as_reporter):
    claim = factories.make_claim()

    decide(as_reporter, claim, "decline", reason="trivial", note="Nobody disputes it")

    decline = Decline.objects.get(claim=claim)
    assert (decline.reason, decline.note) == ("trivial", "Nobody disputes it")


def test_a_decline_without_a_reason_is_refused_in_words(as_reporter):
    claim = factories.make_claim()

    page = decide(as_reporter, claim, "decline")

    assert page.context["candidate"] == claim
    assert "Choose why this candidate is declined." in page.content.decode()


def test_undo_takes_back_one_decision_after_another(as_reporter):
    first, second = factories.make_claim(check_worthiness=0.9), factories.make_claim(check_worthiness=0.8)
    decide(as_reporter, first, "shortlist")
    decide(as_reporter, second, "decline", reason="opinion")

    as_reporter.post("/admin/triage/undo/")
    page = as_reporter.post("/admin/triage/undo/", follow=True)

    assert set(Claim.objects.values_list("status", flat=True)) == {Status.DETECTED}
    assert page.context["candidate"] == first


def test_later_and_back_walk_the_queue_without_a_decision(as_reporter):
    claims = [factories.make_claim(check_worthiness=score) for score in (0.9, 0.8, None)]

    page = as_reporter.get(QUEUE)
    second = as_reporter.get(page.context["later"])
    third = as_reporter.get(second.context["later"])

    assert [page.context["candidate"], second.context["candidate"], third.context["candidate"]] == claims
    assert as_reporter.get(third.context["back"]).context["candidate"] == claims[1]


def test_a_candidate_somebody_else_decided_on_is_said_and_the_queue_goes_on(as_reporter, editor):
    first, second = factories.make_claim(check_worthiness=0.9), factories.make_claim(check_worthiness=0.8)
    shortlist_claim(Claim.objects.get(pk=first.pk), by=editor)

    page = decide(as_reporter, first, "decline", reason="opinion")

    assert "Somebody has decided already" in page.content.decode()
    assert page.context["candidate"] == second


def test_filters_stay_in_the_address_after_a_decision(as_reporter):
    claim = factories.make_claim(kind="law", check_worthiness=0.9)
    other = factories.make_claim(kind="law", check_worthiness=0.5)
    factories.make_claim(kind="event", check_worthiness=0.7)

    page = decide(as_reporter, claim, "shortlist", at="?kind=law&minimum=0.1")

    assert page.context["candidate"] == other
    assert "kind=law" in page.redirect_chain[-1][0]


@pytest.mark.parametrize("query", ["?at=x", "?at=99999999999999999999", "?kind=nonsense", "?minimum=a", "?article=0"])
def test_an_address_that_makes_no_sense_shows_the_queue(as_reporter, query):
    claim = factories.make_claim()

    assert as_reporter.get(QUEUE + query).context["candidate"] == claim


def test_rewording_keeps_the_quote_and_what_was_typed_when_refused(as_reporter):
    claim = factories.make_claim()

    decide(as_reporter, claim, "reword", text="The bridge cost 84 million.", claimant="Jutta Brandt")
    page = decide(as_reporter, claim, "reword", text="x" * 1001, claimant="Typed Name")

    claim.refresh_from_db()
    assert claim.text == "The bridge cost 84 million."
    assert "Typed Name" in page.content.decode()


def test_htmx_gets_the_candidate_alone_and_a_new_address(as_reporter):
    claim = factories.make_claim()

    page = as_reporter.get(QUEUE, headers={"HX-Request": "true"})

    assert b"<html" not in page.content
    assert page["HX-Replace-Url"] == f"{QUEUE}?at={claim.pk}"


def test_an_empty_queue_says_how_to_fill_it(as_reporter):
    assert reverse("admin:articles_article_add") in as_reporter.get(QUEUE).content.decode()


def test_triage_is_not_for_administrators(as_administrator):
    claim = factories.make_claim()

    assert as_administrator.get(QUEUE).status_code == 403
    assert decide(as_administrator, claim, "shortlist").status_code == 403
    claim.refresh_from_db()
    assert claim.status == Status.DETECTED


def test_a_decision_is_never_taken_by_looking(as_reporter):
    claim = factories.make_claim()

    assert as_reporter.get(f"/admin/triage/{claim.pk}/shortlist/").status_code == 405


def test_undo_of_a_claim_that_somebody_took_further_is_refused_in_words(as_reporter, editor):
    claim = factories.make_claim()
    decide(as_reporter, claim, "shortlist")
    merge_claim(Claim.objects.get(pk=claim.pk), into=factories.make_claim(), by=editor)

    page = as_reporter.post("/admin/triage/undo/", follow=True)

    assert "Somebody has taken this claim further since." in page.content.decode()
    claim.refresh_from_db()
    assert claim.status == Status.MERGED
