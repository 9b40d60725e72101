"""The pages around the second look: review, publication, agreement, interests, scales and methodology."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Claim, Conflict, MethodologyVersion, RatingScale, Recusal, Verdict
from claims.services.standards import replace_scale
from tests import factories

pytestmark = pytest.mark.django_db
Status = Claim.Status


def file(claim, page="change"):
    return f"/admin/claims/claim/{claim.pk}/{page}/"


def text(response) -> str:
    return response.content.decode()


def test_evidence_is_shown_before_rating_and_no_stance_is(as_reviewer):
    claim = factories.make_claim_with_verdict(status=Status.IN_REVIEW, verdict={"how_we_checked": "It is true."})

    page = text(as_reviewer.get(file(claim, "review")))

    for told in ("Final account of the bridge", "Total: 84,112,000 euros", factories.QUOTE):
        assert told in page
    assert "It is true." not in page  # people write there what came out
    assert "Supports the claim" not in page
    assert "/step/" not in page


def test_a_rating_that_is_not_chosen_is_asked_for_and_the_note_is_kept(as_reviewer):
    claim = factories.make_claim_with_verdict(status=Status.IN_REVIEW)

    page = text(as_reviewer.post(file(claim, "review/rate"), {"note": "My long thoughts.", "saves": "0"}))

    assert "Choose a rating." in page
    assert "My long thoughts." in page
    assert "<title>Error:" in page


@pytest.mark.parametrize("client", ["as_reporter", "as_administrator"])
def test_who_does_not_review_is_asked_for_no_rating(client, request):
    claim = factories.make_claim_with_verdict(status=Status.IN_REVIEW)
    browser = request.getfixturevalue(client)

    assert "/review/rate/" not in text(browser.get(file(claim, "review")))
    assert browser.post(file(claim, "review/rate"), {"rating": factories.rating().pk}).status_code == 403


def test_the_author_is_told_that_somebody_else_decides(as_editor, editor):
    claim = factories.make_claim_with_verdict(status=Status.IN_REVIEW, verdict={"by": editor})

    page = text(as_editor.get(file(claim, "review")))

    assert "It waits for a second person." in page
    assert "/review/rate/" not in page


def test_publishing_takes_a_page_of_its_own_with_the_preview(as_editor):
    claim = factories.make_claim_with_verdict(status=Status.APPROVED)

    first = text(as_editor.get(file(claim)))
    second = text(as_editor.get(file(claim, "publication")))
    as_editor.post(file(claim, "step/publish"), {"seen": "approved", "saves": "0"})

    claim.refresh_from_db()
    assert "/step/publish/" not in first
    assert file(claim, "publication") in first
    assert "/step/publish/" in second
    assert f"/preview/{claim.pk}/" in second
    assert claim.status == Status.PUBLISHED


def test_nothing_is_published_from_a_page_that_says_what_is_missing(as_editor):
    claim = factories.make_claim_with_verdict(status=Status.APPROVED, verdict={"excepted": False})

    page = text(as_editor.get(file(claim, "publication")))

    assert "Ask the claimant about it." in page
    assert "/step/publish/" not in page


def test_the_preview_is_the_readers_page_and_nobody_elses(client, as_editor):
    claim = factories.make_claim_with_verdict(status=Status.APPROVED)

    page = as_editor.get(f"/preview/{claim.pk}/")
    visitor = client.get(f"/preview/{claim.pk}/")

    content = text(page)
    assert "noindex" in content
    assert "Preview for the desk." in content
    assert "The final account puts the bridge at 84.1 million euros." in content
    assert "Only one independent source" in content
    assert "application/ld+json" not in content
    assert visitor.status_code == 302
    assert "/admin/login/" in visitor.headers["Location"]
    assert not Verdict.objects.filter(published_at__isnull=False).exists()
    assert not claim.slugs.exists()


def test_a_preview_of_nothing_is_not_found(as_editor):
    assert as_editor.get(f"/preview/{factories.make_claim().pk}/").status_code == 404
    assert as_editor.get("/preview/999999/").status_code == 404


def test_a_time_is_kept_and_a_wrong_one_is_said_with_what_was_typed(as_editor):
    claim = factories.make_claim_with_verdict(status=Status.APPROVED)
    ahead = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")

    past = text(as_editor.post(file(claim, "schedule"), {"at": "2020-01-01T10:00"}))
    nonsense = text(as_editor.post(file(claim, "embargo"), {"at": "soon"}))
    page = text(as_editor.post(file(claim, "schedule"), {"at": ahead}, follow=True))

    claim.refresh_from_db()
    assert "still to come" in past
    assert "2020-01-01T10:00" in past
    assert "soon" in nonsense
    assert claim.publish_at is not None
    assert "Scheduled for" in page


def test_what_is_held_says_why_in_the_file_and_on_the_front_page(as_editor, editor):
    claim = factories.make_claim_with_verdict(
        status=Status.APPROVED,
        publish_at=timezone.now() - timedelta(hours=1),
        scheduled_by=editor,
        verdict={"excepted": False},
    )

    for page in (as_editor.get(file(claim, "publication")), as_editor.get("/admin/")):
        assert "Ask the claimant about it." in text(page)


def test_approved_claims_go_out_together_and_the_others_are_named(as_editor):
    good = factories.make_claim_with_verdict(status=Status.APPROVED, text="Good claim.")
    bad = factories.make_claim_with_verdict(status=Status.APPROVED, text="Bad claim.", verdict={"excepted": False})

    page = text(as_editor.get("/admin/approved/"))
    ticks = re.findall(r'name="claim" value="([^"]+)"', page)
    said = text(as_editor.post("/admin/approved/publish/", {"claim": [*ticks, f"{bad.pk}-0", "x-1", ""]}, follow=True))

    assert ticks == [f"{good.pk}-0"]
    assert "1 claim is published." in said
    assert "Not published: “Bad claim.”" in said
    assert set(Claim.objects.published()) == {good}


@pytest.mark.parametrize("rows", [1, 10])
def test_the_list_of_approved_claims_asks_the_same_number_of_queries(as_editor, rows, django_assert_num_queries):
    for n in range(rows):
        factories.make_claim_with_verdict(status=Status.APPROVED, claimant=factories.make_claimant(f"Person {n}"))

    with django_assert_num_queries(18):
        as_editor.get("/admin/approved/")


def test_an_exception_is_made_and_taken_back_in_the_file(as_reporter):
    claim = factories.make_claim_with_verdict(verdict={"excepted": False})

    refused = text(as_reporter.post(file(claim, "exception/claimant-asked"), {"reason": " "}))
    kept = text(as_reporter.post(file(claim, "exception/claimant-asked"), {"reason": "She died."}, follow=True))
    back = text(as_reporter.post(file(claim, "exception/claimant-asked"), {"take_back": "1"}, follow=True))

    assert "Say why, in at most 300 characters." in refused
    assert "She died." in kept
    assert "The rule holds again." in back
    assert not claim.verdicts.get().exceptions.exists()


def test_an_interest_is_declared_by_name_and_taken_back(as_reporter, reporter):
    claimant = factories.make_claimant()

    unknown = text(as_reporter.post("/admin/interests/declare/", {"claimant": "Nobody", "reason": "Kin."}))
    as_reporter.post("/admin/interests/declare/", {"claimant": "jutta brandt", "reason": "My sister."})
    conflict = Conflict.objects.get()
    page = text(as_reporter.get("/admin/interests/"))
    as_reporter.post(f"/admin/interests/{conflict.pk}/withdraw/", {"reason": "Over."})

    assert "The desk knows no claimant of this name." in unknown
    assert "Kin." in unknown
    assert (conflict.user, conflict.claimant) == (reporter, claimant)
    assert "My sister." in page
    assert not Conflict.objects.exists()


def test_nobody_takes_back_somebody_elses_interest(as_reporter, editor):
    conflict = Conflict.objects.create(user=editor, claimant=factories.make_claimant(), reason="R.")

    assert as_reporter.post(f"/admin/interests/{conflict.pk}/withdraw/", {"reason": "Over."}).status_code == 404


def test_a_claim_is_left_to_others_from_its_file(as_reviewer, reviewer):
    claim = factories.make_claim_with_verdict(status=Status.IN_REVIEW)

    page = as_reviewer.post(file(claim, "step/recuse"), {"note": "My sister.", "saves": ""}, follow=True)

    assert Recusal.objects.get().user == reviewer
    assert "its check is other people’s" in text(page)
    assert "/review/rate/" not in text(as_reviewer.get(file(claim, "review")))


def test_the_agreement_page_says_when_there_is_too_little(as_reviewer, as_reporter):
    empty = text(as_reviewer.get("/admin/agreement/"))
    factories.make_claim_with_verdict(status=Status.APPROVED)
    few = text(as_reviewer.get("/admin/agreement/?days=x&scale=y"))

    assert "No verdict with a blind second rating" in empty
    assert "too few" in few
    assert as_reporter.get("/admin/agreement/").status_code == 403


def test_the_next_methodology_is_added_and_the_last_is_not_changed(client, as_editor, as_reporter):
    add = "/admin/claims/methodologyversion/add/"
    first = MethodologyVersion.objects.get()
    today = timezone.localdate()

    past = text(as_editor.post(add, {"text": "New rules.", "valid_from": "2020-01-01"}))
    as_editor.post(add, {"text": "## New *rules*", "valid_from": today.isoformat()})
    as_editor.post(f"/admin/claims/methodologyversion/{first.pk}/change/", {"text": "Other.", "valid_from": today})

    first.refresh_from_db()
    assert "valid from today or later" in past
    assert MethodologyVersion.objects.get(n=2).text == "## New *rules*"
    assert "Other." not in first.text
    assert as_reporter.get(add).status_code == 403
    assert "New <em>rules</em>" in text(client.get("/methodology/"))
    assert "How a claim gets here" in text(client.get("/methodology/?version=1"))
    assert client.get("/methodology/?version=9").status_code == 404


def test_a_methodology_is_not_shown_before_its_day(client, as_editor):
    ahead = (timezone.localdate() + timedelta(days=9)).isoformat()
    as_editor.post("/admin/claims/methodologyversion/add/", {"text": "Coming rules.", "valid_from": ahead})

    assert "Coming rules." not in text(client.get("/methodology/"))
    assert client.get("/methodology/?version=2").status_code == 404


def test_a_claim_page_links_to_the_methodology_it_was_checked_by(client, as_editor):
    claim = factories.make_claim_with_verdict(status=Status.APPROVED)
    as_editor.post(file(claim, "step/publish"), {"seen": "approved", "saves": "0"})

    assert "/methodology/?version=1" in text(client.get(claim.get_absolute_url()))


def test_a_scale_is_replaced_by_a_copy_and_old_verdicts_keep_theirs(client, as_administrator, as_editor):
    old = factories.make_published_claim()
    scale = RatingScale.objects.get()
    replace = f"/admin/claims/ratingscale/{scale.pk}/replace/"
    page = as_administrator.get(replace)
    rows = page.context["rows"]
    posted = {"form-TOTAL_FORMS": str(len(rows.forms)), "form-INITIAL_FORMS": str(rows.initial_form_count())}
    for form in rows.forms:
        posted |= {f"{form.prefix}-{name}": "" if value is None else value for name, value in form.initial.items()}
    posted |= {"form-0-label": "Correct", "form-6-DELETE": "on"}

    as_administrator.post(replace, posted)

    scale.refresh_from_db()
    following = scale.replaced_by
    assert (following.version, scale.retired_on) == (2, timezone.localdate())
    assert following.ratings.count() == 6
    assert following.ratings.get(code="true").label == "Correct"
    assert old.verdicts.get().rating.scale == scale
    shown = text(client.get("/ratings/"))
    assert shown.index("Correct") < shown.index("Earlier scales") < shown.index("Plumbline 1")
    assert as_editor.get(replace).status_code == 403


def test_a_scale_with_two_ratings_of_one_code_is_refused_and_nothing_changes(administrator):
    from claims.exceptions import NotReady
    from claims.services.standards import Place

    scale = RatingScale.objects.get()
    place = Place("true", "True", "M.", 5, "full", "true")

    with pytest.raises(NotReady):
        replace_scale(scale, [place, place], by=administrator)
    with pytest.raises(NotReady, match="at least two"):
        replace_scale(scale, [place], by=administrator)

    assert RatingScale.objects.get().retired_on is None


def test_a_scale_and_a_rating_cannot_be_edited_through_the_stock_form(as_administrator):
    scale = RatingScale.objects.get()

    answer = as_administrator.post(f"/admin/claims/ratingscale/{scale.pk}/change/", {"retired_on": "2026-01-01"})

    scale.refresh_from_db()
    assert answer.status_code == 403
    assert scale.retired_on is None
