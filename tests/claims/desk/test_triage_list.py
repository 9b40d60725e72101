"""The queue as a list, and one decision on many."""

import pytest

from claims.models import Claim, Decline
from claims.services.bulk import AT_MOST, decline_many, shortlist_many
from claims.services.holds import hold_claim
from claims.services.lifecycle import shortlist_claim, start_claim
from tests import factories
from tests.at_once import at_once

LIST, MANY, UNDO = "/admin/triage/list/", "/admin/triage/list/decide/", "/admin/triage/undo/?list=1"
Status = Claim.Status


@pytest.fixture
def claims(db) -> list[Claim]:
    return [factories.make_claim(text=f"Claim {n}.", check_worthiness=0.9 - n / 10) for n in range(3)]


def decide(client, claims, decision, query="", **said):
    data = {"claim": [claim.pk for claim in claims], "decision": decision, **said}
    return client.post(f"{MANY}{query}", data, follow=True)


def statuses(claims) -> list[str]:
    return [Claim.objects.get(pk=claim.pk).status for claim in claims]


def test_the_list_has_the_same_filters_in_the_same_order(as_reporter, claims):
    factories.make_claim(text="A law.", kind="law")

    page = as_reporter.get(f"{LIST}?kind=quantity")

    assert [claim for claim, _hold in page.context["rows"]] == claims


def test_pages_after_the_first_are_reached_and_beyond_the_last_is_the_last(as_reporter, monkeypatch, claims):
    monkeypatch.setattr("claims.desk.triage_list.A_PAGE", 2)

    assert [claim for claim, _hold in as_reporter.get(f"{LIST}?page=2").context["rows"]] == claims[2:]
    assert as_reporter.get(f"{LIST}?page=99").context["page"].number == 2
    assert as_reporter.get(f"{LIST}?page=x").context["page"].number == 1


def test_many_are_shortlisted_and_each_is_named(as_reporter, claims):
    page = decide(as_reporter, claims[:2], "shortlist", "?kind=quantity").content.decode()

    assert statuses(claims) == [Status.SHORTLISTED, Status.SHORTLISTED, Status.DETECTED]
    assert "Decided on 2 candidates." in page
    assert page.count("outcome__one") == 2
    assert "outcome__one" not in as_reporter.get(LIST).content.decode()


def test_many_are_declined_for_one_reason(as_reporter, claims):
    decide(as_reporter, claims, "decline", reason="trivial", note="All of them")

    assert set(Decline.objects.values_list("reason", "note")) == {("trivial", "All of them")}
    assert set(statuses(claims)) == {Status.DECLINED}


def test_many_are_given_to_one_person_with_a_day(as_reporter, editor, claims):
    decide(as_reporter, claims, "assign", to=editor.pk, due_on="2026-04-01")

    given = set(Claim.objects.values_list("status", "assigned_to", "due_on"))
    assert [(status, to, str(day)) for status, to, day in given] == [("shortlisted", editor.pk, "2026-04-01")]


def test_those_decided_meanwhile_are_named_and_left(as_reporter, editor, claims):
    shortlist_claim(claims[0], by=editor)
    hold_claim(claims[1].pk, by=editor)

    page = decide(as_reporter, claims, "decline", reason="opinion").content.decode()

    assert statuses(claims) == [Status.SHORTLISTED, Status.DETECTED, Status.DECLINED]
    assert "Decided already: it is “Shortlisted”." in page
    assert "Edith Example is looking at it now." in page
    assert "2 were left as they are." in page


def test_a_second_click_and_a_stale_form_change_nothing(as_reporter, claims):
    decide(as_reporter, claims, "shortlist")
    page = decide(as_reporter, claims, "decline", reason="trivial").content.decode()

    assert set(statuses(claims)) == {Status.SHORTLISTED}
    assert page.count("outcome__one--left") == 3
    assert not Decline.objects.exists()


def test_the_whole_is_undone_at_once_but_for_what_somebody_took_further(as_reporter, reporter, editor, claims):
    decide(as_reporter, claims, "assign", to=reporter.pk)
    start_claim(Claim.objects.get(pk=claims[0].pk), by=editor)

    page = as_reporter.post(UNDO, follow=True)

    assert statuses(claims) == [Status.IN_PROGRESS, Status.DETECTED, Status.DETECTED]
    assert Claim.objects.filter(assigned_to=reporter).count() == 0
    assert "2 decisions are taken back." in page.content.decode()
    assert "Left as it is: “Claim 0.”" in page.content.decode()
    assert page.redirect_chain[-1][0].startswith(LIST)


@pytest.mark.parametrize(
    ("decision", "said", "why"),
    [
        ("decline", {}, "Choose why these candidates are declined."),
        ("decline", {"reason": "boring"}, "Select a valid choice."),
        ("assign", {"to": 99}, "Select a valid choice."),
        ("assign", {"due_on": "soon"}, "Enter a valid date."),
        ("publish", {}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_decided_is_said_and_keeps_the_choice(decision, said, why, as_reporter, claims):
    page = decide(as_reporter, claims[:1], decision, **said)

    assert why in page.content.decode()
    assert page.context["chosen"] == (claims[0].pk,)
    assert statuses(claims) == [Status.DETECTED] * 3


@pytest.mark.parametrize(("chosen", "why"), [([], "at least one"), (["x", "99999999999999999999"], "at least one")])
def test_nothing_chosen_is_said(chosen, why, as_reporter, claims):
    page = as_reporter.post(MANY, {"claim": chosen, "decision": "shortlist"}, follow=True)

    assert why in page.content.decode()


def test_more_than_a_person_can_have_looked_at_is_refused(as_reporter, claims):
    chosen = [claims[0].pk, *range(10_000, 10_000 + AT_MOST)]

    page = as_reporter.post(MANY, {"claim": chosen, "decision": "shortlist"}, follow=True)

    assert f"Decide on {AT_MOST} candidates at most at once." in page.content.decode()
    assert statuses(claims[:1]) == [Status.DETECTED]


def test_a_candidate_that_is_gone_is_left_out(as_reporter, claims):
    gone = factories.make_claim()
    number = gone.pk
    gone.delete()

    as_reporter.post(MANY, {"claim": [number, claims[0].pk], "decision": "shortlist"})

    assert statuses(claims[:1]) == [Status.SHORTLISTED]


def test_the_list_is_for_those_who_decide(as_administrator, as_reporter, claims):
    assert as_administrator.get(LIST).status_code == 403
    assert decide(as_administrator, claims, "shortlist").status_code == 403
    assert as_reporter.get(MANY).status_code == 405


def test_an_empty_list_says_what_to_do(as_reporter):
    assert "Nothing waits to be decided." in as_reporter.get(LIST).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_on_the_same_many_at_once_each_claim_has_one_decision(reporter, editor):
    chosen = [factories.make_claim(appears=False, claimant=None).pk for _ in range(8)]

    one, other = at_once(
        lambda: shortlist_many(chosen, by=reporter), lambda: decline_many(reversed(chosen), reason="trivial", by=editor)
    )

    assert sorted(claim.pk for claim in (*one.done, *other.done)) == chosen
    assert len(one.left) + len(other.left) == len(chosen)
