"""The claim file: each step of the journey, who may take it, and nothing typed is lost."""

import pytest

from claims.models import Claim, Source
from claims.services.lifecycle import start_claim
from claims.services.verdicts import record_verdict
from tests import factories

Status = Claim.Status


def address(claim):
    return f"/admin/claims/claim/{claim.pk}/change/"


def step(client, claim, name, **data):
    """Press the button, on a page that shows the file as it is unless the test says otherwise."""
    draft = claim.verdicts.drafts().first()
    data = {"saves": draft.saves if draft else "", **data}
    return client.post(f"/admin/claims/claim/{claim.pk}/step/{name}/", data, follow=True)


def rate(client, claim, code="mostly-true", **data):
    """Give one's own rating, as of the verdict as it is."""
    data = {"saves": claim.verdicts.drafts().get().saves, "rating": factories.rating(code).pk, **data}
    return client.post(f"/admin/claims/claim/{claim.pk}/review/rate/", data, follow=True)


def verdict_data(**changes):
    data = {
        "rating": factories.rating().pk,
        "summary": "The account says 84.1 million.",
        "explanation": "See **the account** [1].",
        "evidence_as_of": "2026-03-05",
        "saves": "0",
        "sources-TOTAL_FORMS": "2",
        "sources-INITIAL_FORMS": "0",
        "sources-0-title": "Final account",
        "sources-0-publisher": "City of Verden",
        "sources-0-url": "https://verden.example/account",
        "sources-0-stance": "supports",
        "sources-0-kind": "primary",
    }
    return data | changes


def save(client, claim, **changes):
    return client.post(f"/admin/claims/claim/{claim.pk}/verdict/", verdict_data(**changes), follow=True)


def test_a_claim_goes_from_candidate_to_publication(as_reporter, as_reviewer, as_editor):
    claim = factories.make_claim()

    step(as_reporter, claim, "shortlist")
    step(as_reporter, claim, "start")
    save(as_reporter, claim)
    for rule in factories.EXCEPTED:
        as_reporter.post(f"/admin/claims/claim/{claim.pk}/exception/{rule}/", {"reason": "There is no other way."})
    save(as_reporter, claim, saves=claim.verdicts.get().saves, send="1")
    rate(as_reviewer, claim)
    step(as_reviewer, claim, "approve", note="Checked.")
    page = step(as_editor, claim, "publish")

    claim.refresh_from_db()
    assert claim.status == Status.PUBLISHED
    assert claim.get_absolute_url() in page.content.decode()
    assert "Moved from “Approved” to “Published”." in page.content.decode()


STEPS = {
    "shortlist": (Status.DETECTED, {"reporter", "reviewer", "editor"}),
    "decline": (Status.DETECTED, {"reporter", "reviewer", "editor"}),
    "start": (Status.SHORTLISTED, {"reporter", "reviewer", "editor"}),
    "approve": (Status.IN_REVIEW, {"reviewer", "editor"}),
    "return": (Status.IN_REVIEW, {"reviewer", "editor"}),
    "third": (Status.IN_REVIEW, {"reviewer", "editor"}),
    "restore": (Status.DECLINED, {"reporter", "reviewer", "editor"}),
}


BY_REVIEWERS = {"approve", "return", "third"}


@pytest.mark.parametrize("role", ["reporter", "reviewer", "editor", "administrator"])
@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_offered_and_taken_only_with_its_role(request, name, role):
    client = request.getfixturevalue(f"as_{role}")
    status, roles = STEPS[name]
    author = factories.make_user("otto")
    make = factories.make_claim_with_verdict if status in Claim.WORKED_ON else factories.make_claim
    claim = make(status=status, **({"verdict": {"by": author}} if status in Claim.WORKED_ON else {}))

    if name in BY_REVIEWERS:
        rate(client, claim)
    offered = f"/step/{name}/" in client.get(address(claim)).content.decode()
    step(client, claim, name, note="Because.", reason="trivial")

    claim.refresh_from_db()
    assert offered == (role in roles)
    assert (claim.status != status) == (role in roles and name != "third")


def test_nobody_approves_their_own_verdict(as_reviewer, reviewer):
    claim = factories.make_claim_with_verdict(status=Status.IN_REVIEW, verdict={"by": reviewer})

    page = as_reviewer.get(address(claim)).content.decode()
    refused = step(as_reviewer, claim, "approve").content.decode()

    assert "/step/approve/" not in page
    assert "a second person has to review it" in page
    assert "A second person has to review it" in refused


def test_every_field_is_shown_again_when_one_is_wrong(as_reporter):
    claim = factories.make_claim(status=Status.IN_PROGRESS)

    page = save(as_reporter, claim, summary="s" * 281, **{"sources-0-locator": "page 12", "sources-0-url": "not one"})

    content = page.content.decode()
    assert "Nothing is stored yet" in content
    assert "s" * 281 in content
    assert "See **the account** [1]." in content
    assert "page 12" in content
    assert 'href="#id_summary"' in content
    assert 'href="#id_sources-0-url"' in content
    assert not claim.verdicts.exists()


def test_a_draft_may_be_incomplete(as_reporter):
    claim = factories.make_claim(status=Status.IN_PROGRESS)

    save(as_reporter, claim, rating="", summary="", **{"sources-TOTAL_FORMS": "0"})

    assert claim.verdicts.get().explanation == "See **the account** [1]."


def test_sending_an_incomplete_draft_saves_it_and_says_what_is_missing(as_reporter):
    claim = factories.make_claim(status=Status.IN_PROGRESS)

    page = save(as_reporter, claim, rating="", send="1").content.decode()

    assert "The draft is saved but not sent: Choose a rating." in page
    assert claim.verdicts.get().summary == "The account says 84.1 million."


def test_a_stale_save_shows_both_texts_and_saving_again_keeps_mine(as_reporter, editor):
    claim = factories.make_claim(status=Status.IN_PROGRESS)
    save(as_reporter, claim)
    record_verdict(Claim.objects.get(pk=claim.pk), by=editor, summary="What Edith saved.")

    page = save(as_reporter, claim, saves="1", summary="What I typed.")
    content = page.content.decode()
    save(as_reporter, claim, saves=page.context["forms"].verdict["saves"].value(), summary="What I typed.")

    assert "What Edith saved." in content
    assert "What I typed." in content
    assert claim.verdicts.get().summary == "What I typed."


def test_text_typed_after_the_claim_moved_on_is_shown_for_copying(as_reporter):
    claim = factories.make_claim_with_verdict(status=Status.IN_REVIEW)

    page = save(as_reporter, claim, summary="Typed too late.").content.decode()

    assert "Typed too late." in page
    assert claim.verdicts.get().summary != "Typed too late."


def test_a_note_for_a_step_somebody_else_took_is_kept(as_reviewer):
    claim = factories.make_claim_with_verdict(status=Status.APPROVED, verdict={"by": factories.make_user("otto")})

    page = step(as_reviewer, claim, "return", note="My long note.", seen="in_review").content.decode()

    assert "My long note." in page
    assert "Someone else changed this claim." in page


def test_a_verdict_saved_again_is_not_approved_unread(as_reviewer, reporter):
    claim = factories.make_claim_with_verdict(status=Status.IN_REVIEW)

    page = step(as_reviewer, claim, "approve", seen="in_review", saves="7").content.decode()

    claim.refresh_from_db()
    assert claim.status == Status.IN_REVIEW
    assert "Read it again before you decide." in page


def test_sources_are_reordered_and_removed_without_scripts(as_reporter):
    claim = factories.make_claim(status=Status.IN_PROGRESS)
    second = {
        f"sources-1-{name}": value
        for name, value in {
            "title": "Second",
            "publisher": "P",
            "no_url_reason": "A call",
            "stance": "refutes",
            "kind": "secondary",
        }.items()
    }
    save(as_reporter, claim, **second, **{"sources-0-ORDER": "2", "sources-1-ORDER": "1"})
    in_order = [citation.source.title for citation in claim.verdicts.get().citations.all()]

    save(as_reporter, claim, **second, saves="1", **{"sources-0-DELETE": "on"})

    assert in_order == ["Second", "Final account"]
    assert list(Source.objects.values_list("title", flat=True)) == ["Second"]


def test_a_preview_renders_markdown_without_markup_and_stores_nothing(as_reporter):
    claim = factories.make_claim(status=Status.IN_PROGRESS)

    page = save(as_reporter, claim, preview="1", explanation="**bold** <script>alert(1)</script>").content.decode()

    assert "<strong>bold</strong>" in page
    assert "<script>alert" not in page
    assert not claim.verdicts.exists()


def test_a_merge_takes_a_number_and_can_be_undone(as_reporter):
    claim, other = factories.make_claim(), factories.make_claim(text="Another claim.")

    assert "no claim of this number" in step(as_reporter, claim, "merge", number="999").content.decode()
    step(as_reporter, claim, "merge", number=f"#{other.pk}")
    claim.refresh_from_db()
    merged_into = claim.merged_into
    step(as_reporter, claim, "unmerge")

    claim.refresh_from_db()
    assert (merged_into, claim.status) == (other, Status.DETECTED)


def test_a_retraction_needs_a_reason(as_editor):
    claim = factories.make_published_claim()

    page = step(as_editor, claim, "retract_at_once", note=" ").content.decode()
    step(as_editor, claim, "retract_at_once", note="The account was a draft.")

    claim.refresh_from_db()
    assert "Say why the fact-check is retracted." in page
    assert claim.status == Status.RETRACTED


def test_a_step_is_never_taken_by_looking(as_reporter):
    claim = factories.make_claim(status=Status.SHORTLISTED)

    assert as_reporter.get(f"/admin/claims/claim/{claim.pk}/step/start/").status_code == 405


def test_a_step_nobody_knows_is_not_found(as_reporter):
    assert step(as_reporter, factories.make_claim(), "nonsense").status_code == 404


def test_the_status_a_person_saw_decides(as_reporter, editor):
    claim = factories.make_claim(status=Status.SHORTLISTED)
    start_claim(Claim.objects.get(pk=claim.pk), by=editor)

    page = step(as_reporter, claim, "start", seen="shortlisted").content.decode()

    assert "Someone else changed this claim." in page
