"""Two people at the triage page: what each is shown."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Claim, TriageHold
from claims.services.holds import hold_claim
from tests import factories

QUEUE = "/admin/triage/"
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def first(db) -> Claim:
    return factories.make_claim(text="The first.", check_worthiness=0.9)


@pytest.fixture
def second(first) -> Claim:
    return factories.make_claim(text="The second.", check_worthiness=0.8)


def run_out() -> None:
    TriageHold.objects.update(until=timezone.now() - timedelta(seconds=1))


def shown(client, address=QUEUE):
    return client.get(address).context["candidate"]


def test_two_people_are_shown_two_candidates_whatever_they_look_at(as_reporter, as_editor, first, second):
    third = factories.make_claim(check_worthiness=0.7)

    assert [shown(as_reporter), shown(as_editor)] == [first, second]
    assert [shown(as_reporter), shown(as_editor)] == [first, second]
    later = as_reporter.get(QUEUE).context["later"]
    assert shown(as_reporter, later) == third
    assert shown(as_editor, f"{QUEUE}?at={third.pk}&left={second.pk}") is None


def test_what_a_colleague_has_is_not_listed_as_next(as_reporter, as_editor, first, second):
    assert shown(as_editor) == first

    assert as_reporter.get(QUEUE).context["behind"] == []


def test_a_direct_link_to_a_held_candidate_says_who_has_it(as_reporter, as_editor, first, second):
    shown(as_reporter)

    page = as_editor.get(f"{QUEUE}?at={first.pk}")

    assert page.context["candidate"] == second
    assert "Rosa Example is looking at “The first.” now." in page.content.decode()


def test_a_hold_that_ran_out_frees_the_candidate(as_reporter, as_editor, first):
    shown(as_reporter)
    assert shown(as_editor) is None
    run_out()

    assert shown(as_editor) == first


def test_going_on_without_a_decision_lets_go_of_the_candidate(as_reporter, as_editor, first, second):
    page = as_reporter.get(QUEUE)
    as_reporter.get(page.context["later"])

    assert shown(as_editor) == first


@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_a_decision_lets_go_and_takes_the_next(headers, as_reporter, reporter, first, second):
    shown(as_reporter)

    as_reporter.post(f"/admin/triage/{first.pk}/shortlist/", headers=headers, follow=True)

    assert TriageHold.objects.get().claim == second


def test_a_script_gets_the_next_candidate_in_the_answer_to_its_decision(as_reporter, first, second):
    page = as_reporter.post(f"/admin/triage/{first.pk}/shortlist/?kind=quantity", headers=SCRIPT)

    assert page.status_code == 200
    assert page.context["candidate"] == second
    assert page["HX-Replace-Url"] == f"{QUEUE}?kind=quantity&at={second.pk}"
    assert "Shortlisted: “The first.”" in page.content.decode()


def test_who_was_away_while_a_colleague_took_the_candidate_decides_nothing(as_reporter, as_editor, first, second):
    shown(as_reporter)
    run_out()
    shown(as_editor)

    page = as_reporter.post(f"/admin/triage/{first.pk}/decline/", {"reason": "trivial"}, follow=True)

    first.refresh_from_db()
    assert first.status == Claim.Status.DETECTED
    assert page.context["candidate"] == second
    assert "You were away, and Edith Example is looking at “The first.” now." in page.content.decode()


def test_renewing_keeps_the_hold_or_says_who_has_it(as_reporter, as_editor, first):
    shown(as_reporter)
    assert as_reporter.post(f"/admin/triage/{first.pk}/hold/").status_code == 204

    run_out()
    shown(as_editor)
    lost = as_reporter.post(f"/admin/triage/{first.pk}/hold/")

    assert "Edith Example is looking at this candidate now" in lost.content.decode()


def test_closing_the_page_frees_the_candidate_soon_but_not_that_of_others(
    as_reporter, as_editor, reporter, editor, first
):
    hold_claim(first.pk, by=reporter)
    before = TriageHold.objects.get().until

    as_editor.post(f"/admin/triage/{first.pk}/leave/")
    assert TriageHold.objects.get().until == before
    as_reporter.post(f"/admin/triage/{first.pk}/leave/")
    assert TriageHold.objects.get().until < timezone.now() + timedelta(seconds=15)


def test_a_prefetch_and_the_list_hold_nothing(as_reporter, first):
    assert as_reporter.get(QUEUE, headers={"Sec-Purpose": "prefetch"}).status_code == 503
    assert as_reporter.get("/admin/triage/list/").status_code == 200

    assert not TriageHold.objects.exists()


@pytest.mark.parametrize("page", ["hold", "leave"])
def test_holds_are_not_for_administrators_and_not_taken_by_looking(page, as_administrator, as_reporter, first):
    assert as_administrator.post(f"/admin/triage/{first.pk}/{page}/").status_code == 403
    assert as_reporter.get(f"/admin/triage/{first.pk}/{page}/").status_code == 405
