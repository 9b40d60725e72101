"""The class of a correction says whether the rating changed: it is hidden from a reviewer with the rating itself."""

import pytest

from claims.models import Claim
from claims.services.corrections import open_correction
from claims.services.review import rate_verdict
from claims.services.verdicts import send_for_review
from people.models import RecordEntry
from tests import factories
from tests.claims.desk.conftest import as_person
from tests.claims.desk.test_blindness import BOUND, addresses, body, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_encoder")]
TOLD = ("Factual error", "Xerus-note")


@pytest.fixture
def claim(reporter) -> Claim:
    claim = factories.make_published_claim()
    open_correction(claim, kind="factual", note=TOLD[1], by=reporter)
    send_for_review(claim, by=reporter)
    return claim


def everywhere(claim: Claim) -> list[str]:
    about = RecordEntry.objects.filter(table_name__in=["claims_correction", "claims_verdict_writers"])
    record = [f"/admin/people/recordentry/{pk}/change/" for pk in about.values_list("pk", flat=True)]
    searched = ["/admin/people/recordentry/?q=Xerus", "/admin/people/recordentry/?after__kind=factual"]
    return [*addresses(claim), f"/admin/claims/claim/{claim.pk}/versions/", *record, *searched]


@pytest.mark.parametrize("name", BOUND)
def test_no_address_tells_the_class_or_the_note_of_a_correction_before_the_rating(name, claim):
    client = as_person(person(name))

    seen = {address: body(client.get(address)) for address in everywhere(claim)}

    # The search repeats what was searched for.
    told = {address for address, text in seen.items() for word in TOLD if word in text and "Xerus" not in address}
    assert told == set()
    assert "/change/" not in seen["/admin/people/recordentry/?q=Xerus"].partition('id="result_list"')[2]


@pytest.mark.parametrize("state", ["in_review", "in_progress"])
def test_no_refused_step_tells_whether_the_rating_changed(state, as_editor, claim, reporter):
    claim.corrections.update(state=state)
    answers = []
    for code in ("mostly-true", "false"):
        claim.verdicts.filter(published_at=None).update(rating=factories.rating(code))
        for step in ("publish", "correct", "retract", "change_correction", "approve"):
            kind = "" if step == "change_correction" else "typo"
            sent = {"saves": "0", "note": "x", "kind": kind, "seen": "published"}
            answers.append(body(as_editor.post(f"/admin/claims/claim/{claim.pk}/step/{step}/", sent)))

    half = len(answers) // 2
    assert answers[:half] == answers[half:]
    assert [word for word in TOLD for answer in answers if word in answer] == []


def test_who_has_rated_sees_both(as_reviewer, reviewer, claim):
    rate_verdict(claim, by=reviewer, rating=factories.rating("true"))

    for page in ("change", "versions"):
        text = as_reviewer.get(f"/admin/claims/claim/{claim.pk}/{page}/").content.decode()
        assert all(word in text for word in TOLD)


def test_who_cannot_review_and_the_writer_see_both(as_reporter, claim):
    text = as_reporter.get(f"/admin/claims/claim/{claim.pk}/versions/").content.decode()

    assert all(word in text for word in TOLD)
