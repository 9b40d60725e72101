"""The desk after publication: corrections in the file, the tab of versions, and the queues with two people."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, Correction, CorrectionRequest, LegalRequest, Submission
from claims.services import legal, requests, submissions
from claims.services.codes import code_for
from claims.services.retraction import retract_at_once
from tests import factories
from tests.claims.desk.conftest import as_person
from tests.claims.desk.test_claim_file import address, rate, step, verdict_data

pytestmark = pytest.mark.django_db
LETTER = "The final account says 94 million, not 84: page 3."


def make_request(claim=None, n=0):
    claim = claim or factories.make_published_claim()
    return requests.receive_correction_request(claim, text=LETTER, email="r@example.org", code=code_for(str(n)))


def make_submission(n=0, **fields):
    return submissions.receive_submission(**{"text": LETTER, "code": code_for(str(n)), **fields})


def make_legal(by, claim=None):
    return legal.file_legal_request(
        sender="Firm & Co", received_on=date(2026, 3, 9), asked="Delete it.", claim=claim, by=by
    )


def test_a_correction_goes_from_the_file_to_readers(as_reporter, as_reviewer, as_editor, client):
    claim = factories.make_published_claim()

    step(as_reporter, claim, "correct", kind="verdict_change", note="The account was not final.")
    data = verdict_data(rating=factories.rating("false").pk, saves="0", send="1")
    as_reporter.post(f"/admin/claims/claim/{claim.pk}/verdict/", data)
    rate(as_reviewer, claim, "false")
    step(as_reviewer, claim, "approve", note="Right.")
    page = step(as_editor, claim, "publish").content.decode()

    assert "Published. Readers can see it." in page
    assert "We changed this verdict" in client.get(claim.get_absolute_url()).content.decode()
    assert claim.verdicts.current().get().version == 2


def test_readers_see_nothing_of_a_draft(as_reporter, client):
    claim = factories.make_published_claim()
    before = client.get(claim.get_absolute_url()).content

    step(as_reporter, claim, "correct", kind="factual", note="A detail of page 3.")
    data = verdict_data(summary="Something new.", explanation="See it.")
    as_reporter.post(f"/admin/claims/claim/{claim.pk}/verdict/", data)

    assert claim.verdicts.drafts().get().summary == "Something new."
    assert client.get(claim.get_absolute_url()).content == before


def test_the_file_of_a_correction_has_the_form_and_the_wording_of_the_draft(as_reporter):
    claim = factories.make_published_claim()
    step(as_reporter, claim, "correct", kind="factual", note="A detail.")
    step(as_reporter, claim, "reword", text="The bridge cost more.", claimant="Jutta Brandt")

    page = as_reporter.get(address(claim)).content.decode()

    assert 'id="verdict-form"' in page
    assert "The bridge cost more." in page
    assert "A detail." in page


@pytest.mark.parametrize("data", [{}, {"kind": "void", "note": "x"}, {"kind": "factual", "note": " "}])
def test_what_cannot_be_opened_is_said_and_kept(as_reporter, data):
    claim = factories.make_published_claim()

    page = step(as_reporter, claim, "correct", **{"note": "What I typed.", **data})

    assert page.status_code == 200
    assert not claim.corrections.exists()


def test_a_second_person_reads_who_was_first(as_reporter, as_editor):
    claim = factories.make_published_claim()
    step(as_reporter, claim, "correct", kind="factual", note="A detail.")

    page = step(as_editor, claim, "correct", kind="factual", note="My own words.").content.decode()

    assert "Rosa Example has begun a correction" in page
    assert "My own words." in page


def test_giving_up_a_correction_leaves_the_file_as_it_was(as_reporter):
    claim = factories.make_published_claim()
    step(as_reporter, claim, "correct", kind="factual", note="A detail.")

    page = step(as_reporter, claim, "abandon", note="It was right.").content.decode()

    assert "Given up." in page
    assert "/step/correct/" in page
    assert "It was right." in as_reporter.get(f"/admin/claims/claim/{claim.pk}/versions/").content.decode()


def test_a_retraction_is_asked_for_and_approved_by_another(as_reporter, as_editor):
    claim = factories.make_published_claim()

    step(as_reporter, claim, "retract", note="It was another bridge.")
    waits = as_editor.get("/admin/second-looks/").content.decode()
    step(as_editor, claim, "approve_retraction")

    assert "to be approved by an editor" in waits
    assert Claim.objects.get(pk=claim.pk).status == "retracted"


def test_nobody_is_offered_to_approve_their_own_retraction(as_editor):
    claim = factories.make_published_claim()
    page = step(as_editor, claim, "retract", note="It was another bridge.").content.decode()

    assert "/step/approve_retraction/" not in page
    assert "A second person has to approve it." in step(as_editor, claim, "approve_retraction").content.decode()


def test_the_second_look_is_queued_and_given_in_the_file(as_reviewer, editor):
    claim = factories.make_published_claim()
    retract_at_once(claim, why="It was another bridge.", by=editor)

    queue = as_reviewer.get("/admin/second-looks/").content.decode()
    refused = step(as_reviewer, claim, "look", agrees="no", note="").content.decode()
    step(as_reviewer, claim, "look", agrees="yes")

    assert "Retracted by one person at once" in queue
    assert "Say why you do not agree" in refused
    assert Correction.objects.get().look.agrees


def test_what_is_overdue_says_so(as_reviewer, editor):
    factories.make_retraction(factories.make_published_claim(status="retracted"), emergency=True, by=editor)

    assert "Overdue" in as_reviewer.get("/admin/second-looks/").content.decode()


def test_two_people_look_at_a_request(as_reporter, as_reviewer):
    request = make_request()
    page = f"/admin/requests/{request.pk}/"

    as_reporter.post(page, {"step": "first", "outcome": "no_change", "note": "We looked again."})
    as_reviewer.post(page, {"step": "close"})

    request.refresh_from_db()
    assert (request.outcome, request.first_by.username, request.second_by.username) == ("no_change", "rosa", "ravi")


def test_one_person_does_not_look_twice(as_reviewer):
    request = make_request()
    page = f"/admin/requests/{request.pk}/"
    as_reviewer.post(page, {"step": "first", "outcome": "no_change", "note": "We looked again."})

    shown = as_reviewer.get(page).content.decode()
    refused = as_reviewer.post(page, {"step": "close"}).content.decode()

    assert "You looked first." in shown
    assert "A second person has to look at it now." in refused
    assert CorrectionRequest.objects.open().exists()


@pytest.mark.parametrize("data", [{"outcome": "", "note": "Typed."}, {"outcome": "no_change", "note": "x" * 2001}])
def test_a_look_that_cannot_be_stored_is_shown_again(as_reporter, data):
    request = make_request()

    page = as_reporter.post(f"/admin/requests/{request.pk}/", {"step": "first", **data}).content.decode()

    assert "Nothing is stored" in page
    assert data["note"] in page


def test_a_look_that_came_second_is_not_lost(as_reporter, as_reviewer):
    request = make_request()
    first = {"step": "first", "outcome": "no_change", "note": "We looked again."}
    as_reporter.post(f"/admin/requests/{request.pk}/", first)

    page = as_reviewer.post(f"/admin/requests/{request.pk}/", {**first, "note": "My own answer."}).content.decode()

    assert "Somebody has looked at this request already" in page
    assert "My own answer." in page


def test_a_decision_on_a_letter_that_came_second_is_not_lost(as_editor, editor):
    letter = make_legal(editor, factories.make_published_claim())
    first = {"step": "decide", "decision": "taken_down", "outcome": "It is right.", "notice": "Taken down."}
    as_editor.post(f"/admin/legal/{letter.pk}/", first)
    mine = {**first, "outcome": "My own reasons.", "notice": "My own notice."}

    page = as_editor.post(f"/admin/legal/{letter.pk}/", mine).content.decode()

    assert LegalRequest.objects.get().outcome == "It is right."
    assert "My own reasons." in page
    assert "My own notice." in page


@pytest.mark.parametrize("asked", ["", "first", "close", "reopen", "burn"])
def test_any_step_of_a_request_is_answered_with_a_page(as_reviewer, asked):
    request = make_request()

    assert as_reviewer.post(f"/admin/requests/{request.pk}/", {"step": asked}).status_code in {200, 302}
    assert CorrectionRequest.objects.open().exists()


def test_a_submission_becomes_an_article_and_a_claim(as_reporter):
    submission = make_submission()
    page = f"/admin/submissions/{submission.pk}/"
    claim = factories.make_claim()

    as_reporter.post(page, {"step": "article"})
    wrong = as_reporter.post(page, {"step": "link", "link-number": "9999999"}).content.decode()
    as_reporter.post(page, {"step": "link", "link-number": f"#{claim.pk}"})

    submission.refresh_from_db()
    assert submission.article is not None
    assert submission.claim == claim
    assert "There is no claim of this number." in wrong


def test_an_address_that_is_not_public_is_said(as_reporter):
    submission = make_submission(url="http://127.0.0.1/")

    page = as_reporter.post(f"/admin/submissions/{submission.pk}/", {"step": "article"})

    assert page.status_code == 200
    submission.refresh_from_db()
    assert submission.article is None


def test_a_submission_is_declined_with_a_reason(as_reporter):
    submission = make_submission()
    page = f"/admin/submissions/{submission.pk}/"

    again = as_reporter.post(page, {"step": "decline", "decline-note": "Typed."}).content.decode()
    as_reporter.post(page, {"step": "decline", "decline-reason": "opinion", "decline-note": "Taste."})

    submission.refresh_from_db()
    assert "Typed." in again
    assert (submission.status, submission.note) == ("declined", "Taste.")


def test_two_editors_take_a_page_down(as_editor):
    claim = factories.make_published_claim()
    other = as_person(factories.make_user("emil", role="editor"))

    as_editor.post(
        "/admin/legal/add/",
        {"sender": "Firm", "received_on": "2026-03-09", "claim": str(claim.pk), "asked": "Delete it."},
    )
    page = f"/admin/legal/{LegalRequest.objects.get().pk}/"
    as_editor.post(page, {"step": "decide", "decision": "taken_down", "outcome": "A court.", "notice": "By order."})
    alone = as_editor.post(page, {"step": "confirm"}).content.decode()
    other.post(page, {"step": "confirm"})

    assert "taken down by two people" in alone
    assert Claim.objects.get(pk=claim.pk).status == "retracted"


@pytest.mark.parametrize(
    "data", [{"claim": "abc"}, {"claim": "99999999999999999"}, {"received_on": "yesterday"}, {"sender": ""}]
)
def test_a_letter_with_a_wrong_field_is_shown_again(as_editor, data):
    fields = {"sender": "Firm", "received_on": "2026-03-09", "asked": "Delete it all.", **data}

    page = as_editor.post("/admin/legal/add/", fields).content.decode()

    assert "Nothing is stored" in page
    assert "Delete it all." in page
    assert not LegalRequest.objects.exists()


@pytest.mark.parametrize("asked", ["", "decide", "confirm", "reopen"])
def test_any_step_of_a_legal_request_is_answered_with_a_page(as_editor, editor, asked):
    letter = make_legal(editor)

    assert as_editor.post(f"/admin/legal/{letter.pk}/", {"step": asked}).status_code == 200


PAGES = {
    "/admin/requests/": {"reporter", "reviewer", "editor"},
    "/admin/submissions/": {"reporter", "reviewer", "editor"},
    "/admin/second-looks/": {"reviewer", "editor"},
    "/admin/legal/": {"editor"},
    "/admin/legal/add/": {"editor"},
}


@pytest.mark.parametrize("role", ["reporter", "reviewer", "editor", "administrator"])
def test_each_page_is_for_its_roles_and_in_their_menu(request, role):
    client = request.getfixturevalue(f"as_{role}")
    menu = client.get("/admin/").content.decode()

    for page, roles in PAGES.items():
        assert client.get(page).status_code == (200 if role in roles else 403), page
        assert (f'href="{page}"' in menu) == (role in roles and not page.endswith("add/")), page


def test_the_menu_counts_what_waits(as_editor, editor):
    make_request()
    make_submission()
    make_legal(editor)
    retract_at_once(factories.make_published_claim(), why="Wrong.", by=editor)

    page = as_editor.get("/admin/").content.decode()

    for name in ("requests", "submissions", "looks", "legal"):
        assert f'id="count-{name}">1<' in page


@pytest.mark.parametrize("rows", [1, 10])
def test_lists_take_the_same_queries_however_long(as_editor, editor, rows):
    for n in range(rows):
        make_request(n=n)
        make_submission(n=n)
        make_legal(editor, factories.make_published_claim())
        retract_at_once(factories.make_published_claim(), why="Wrong.", by=editor)
    as_editor.get("/admin/")

    for page in ("requests", "submissions", "second-looks", "legal"):
        with CaptureQueriesContext(connection) as captured:
            as_editor.get(f"/admin/{page}/")
        assert len(captured) == 8, (page, [query["sql"][:90] for query in captured])


def test_the_tab_of_what_is_not_published_says_what_will_be_there(as_reporter):
    page = as_reporter.get(f"/admin/claims/claim/{factories.make_claim().pk}/versions/")

    assert "Nothing is published yet." in page.content.decode()


@pytest.mark.parametrize("rows", [1, 10])
def test_the_tab_takes_the_same_queries_however_many_versions(as_editor, rows):
    claim = factories.make_published_claim()
    for n in range(rows):
        make_request(claim, n=n)
        factories.make_verdict(claim, published_at=factories.NOON)
    as_editor.get("/admin/")

    with CaptureQueriesContext(connection) as captured:
        as_editor.get(f"/admin/claims/claim/{claim.pk}/versions/")
    assert len(captured) == 23


def test_hostile_letters_are_shown_and_not_run(as_editor, editor):
    text = "<script>alert(1)</script> " + "w" * 3000
    request = requests.receive_correction_request(factories.make_published_claim(), text=text, code=code_for("x"))
    submission = make_submission(text=text, url="javascript:alert(1)")
    letter = legal.file_legal_request(sender=text[:200], received_on=date(2026, 3, 9), asked=text, by=editor)

    for page in (f"requests/{request.pk}", f"submissions/{submission.pk}", f"legal/{letter.pk}", "requests", "legal"):
        content = as_editor.get(f"/admin/{page}/").content.decode()
        assert "<script>alert" not in content
        assert 'href="javascript' not in content
    assert Submission.objects.count() == 1
