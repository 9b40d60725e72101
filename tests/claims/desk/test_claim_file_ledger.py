"""The verdict's form: ledger, notes to sources, how we checked, when to look again, archived copies."""

from datetime import date

import pytest
from django.utils import timezone

from articles.fetching import FetchedPage
from claims.desk.forms import in_months
from claims.models import Claim, RatingScale, SourceCopy
from claims.services.copies import keep_given
from claims.services.sources import Evidence
from claims.services.verdicts import record_verdict
from tests import factories
from tests.claims.desk.test_claim_file import address, save, verdict_data

Status = Claim.Status


@pytest.fixture
def claim(db) -> Claim:
    return factories.make_claim(status=Status.IN_PROGRESS)


def kept_copy(claim: Claim, body: bytes, content_type: str = "text/html") -> SourceCopy:
    evidence = [Evidence(title="Account", publisher="Verden", url="https://verden.example/account")]
    record_verdict(claim, by=factories.make_user("rosa"), evidence=evidence)
    copy = SourceCopy.objects.get()
    page = FetchedPage(copy.url, copy.url, 200, content_type, "", body, timezone.now())
    keep_given(copy, page)
    copy.refresh_from_db()
    return copy


def test_every_field_of_the_form_is_saved_and_shown_again(as_reporter, claim):
    more = {
        "sources-0-quote": "Autos: 408.213",
        "sources-0-translation": "Cars: 408,213",
        "sources-0-interest": "It wants subsidies.",
        "sources-0-independence_group": "ticket sales",
        "sources-0-kind": "expert",
    }

    save(
        as_reporter, claim, how_we_checked="We **rang** them [1].", look_again="day", look_again_by="2026-09-05", **more
    )
    page = as_reporter.get(address(claim)).content.decode()

    draft = claim.verdicts.get()
    assert (draft.how_we_checked, draft.look_again_by) == ("We **rang** them [1].", date(2026, 9, 5))
    for typed in [*more.values(), "We **rang** them [1].", "2026-09-05"]:
        assert typed in page
    assert 'value="ticket sales"></option>' in page


@pytest.mark.parametrize(
    ("chosen", "day"), [("", None), ("3", date(2026, 6, 5)), ("6", date(2026, 9, 5)), ("12", date(2027, 3, 5))]
)
def test_when_to_look_again_is_chosen_from_the_day_of_the_evidence(as_reporter, claim, chosen, day):
    save(as_reporter, claim, look_again=chosen)

    assert claim.verdicts.get().look_again_by == day


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_a_month_without_that_day_ends_earlier(day, months, then):
    assert in_months(day, months) == then


def test_a_day_that_was_meant_and_not_given_is_asked_for(as_reporter, claim):
    page = save(as_reporter, claim, look_again="day", look_again_by="").content.decode()

    assert "Choose the day, or choose above when to look again." in page
    assert not claim.verdicts.exists()


@pytest.mark.parametrize(("kind", "proposed"), [("quantity", "12"), ("superlative", "12"), ("law", "")])
def test_a_new_verdict_on_what_goes_stale_proposes_to_look_again(as_reporter, kind, proposed):
    claim = factories.make_claim(status=Status.IN_PROGRESS, kind=kind)

    page = as_reporter.get(address(claim))

    assert page.context["forms"].verdict["look_again"].value() == proposed


def test_notes_lead_to_their_source_in_the_preview_and_after(as_reporter, claim):
    hostile = "It says so [1], not [7]. <script>alert(1)</script> [x](javascript:alert(1))"
    preview = save(as_reporter, claim, preview="1", explanation=hostile, how_we_checked="See [1].").content.decode()
    save(as_reporter, claim, explanation="It says so [1].", how_we_checked="See [1].")
    Claim.objects.filter(pk=claim.pk).update(status=Status.IN_REVIEW)
    shown = as_reporter.get(address(claim)).content.decode()

    assert preview.count('<a href="#sources-0">1</a>') == 2
    assert 'id="sources-0"' in preview
    assert "<script>alert" not in preview
    assert 'href="javascript' not in preview
    assert shown.count('<a href="#source-1">1</a>') == 2
    assert 'id="source-1"' in shown


def test_a_preview_by_itself_shows_both_texts(as_reporter):
    data = {
        "explanation": "**Why**",
        "how_we_checked": "*How*",
        "sources-TOTAL_FORMS": "0",
        "sources-INITIAL_FORMS": "0",
    }

    page = as_reporter.post("/admin/claims/claim/preview/", data).content.decode()

    assert "<strong>Why</strong>" in page
    assert "<em>How</em>" in page


def test_a_private_address_is_refused_at_its_field_and_the_rest_is_kept(as_reporter, claim):
    page = save(as_reporter, claim, **{"sources-0-url": "http://127.0.0.1/x", "sources-0-interest": "Kept."})

    content = page.content.decode()
    assert "Source 1, Address: The address leads to a machine that is not on the public internet." in content
    assert 'href="#id_sources-0-url"' in content
    assert 'value="Kept."' in content
    assert not claim.verdicts.exists()


def test_100_000_characters_are_refused_and_kept(as_reporter, claim):
    page = save(as_reporter, claim, explanation="x" * 100_000, how_we_checked="y" * 100_000).content.decode()

    assert "x" * 100_000 in page
    assert "y" * 100_000 in page
    assert not claim.verdicts.exists()


def test_a_hundred_sources_are_saved_and_open_as_lines_in_as_many_queries_as_one(
    as_reporter, claim, django_assert_max_num_queries
):
    names = {"publisher": "P", "no_url_reason": "A call", "stance": "context", "kind": "primary"}
    rows = {f"sources-{n}-{name}": value for n in range(100) for name, value in names.items()}
    titles = {f"sources-{n}-title": f"Source {n}" for n in range(100)}
    empty = {f"sources-{n}-{name}": "" for n in range(102) for name in ("quote", "translation", "locator", "interest")}
    empty |= {f"sources-{n}-{name}": "" for n in range(102) for name in ("independence_group", "retrieved_on", "ORDER")}
    sent = verdict_data(**empty, **rows, **titles, **{"sources-TOTAL_FORMS": "102", "sources-0-url": ""})
    as_reporter.post(f"/admin/claims/claim/{claim.pk}/verdict/", sent)
    one = factories.make_claim(status=Status.IN_PROGRESS)
    save(as_reporter, one)

    with django_assert_max_num_queries(60) as at_1:
        as_reporter.get(address(one))
    with django_assert_max_num_queries(60) as at_100:
        page = as_reporter.get(address(claim))

    assert claim.sources.count() == 100
    assert len(at_100) <= len(at_1)  # one has a copy to tell of in the history, and a hundred calls have none
    assert not any(row.open for row in page.context["forms"].rows)


def test_a_draft_keeps_its_rating_when_the_scale_retires_and_says_so(as_reporter, claim):
    save(as_reporter, claim)
    RatingScale.objects.create(name="Plumbline", version=2)
    RatingScale.objects.filter(version=1).update(retired_on=date(2026, 6, 1))

    page = as_reporter.get(address(claim)).content.decode()
    save(as_reporter, claim, saves="1")

    assert "Of Plumbline 1, which is retired" in page
    assert page.count("rating-card__meaning") == 2  # the one that was chosen, and what is said of it
    assert claim.verdicts.get().rating == factories.rating()


def test_an_old_verdict_names_its_retired_scale(as_reporter):
    claim = factories.make_published_claim()
    RatingScale.objects.update(retired_on=date(2026, 6, 1))

    assert "Plumbline 1, retired on 1 June 2026" in as_reporter.get(address(claim)).content.decode()


def test_a_copy_is_read_as_text_alone_and_downloaded_as_bytes_alone(as_reporter, claim):
    body = b"<html><body><article><p>The total is 84,112,000 euros in the account.</p><script>alert(1)</script>"
    body += b"<p>&lt;script&gt;alert(2)&lt;/script&gt; was written there.</p></article></body></html>"
    copy = kept_copy(claim, body)

    ledger = as_reporter.get(address(claim)).content.decode()
    page = as_reporter.get(f"/admin/claims/claim/copies/{copy.pk}/").content.decode()
    download = as_reporter.get(f"/admin/claims/claim/copies/{copy.pk}/bytes/")

    assert copy.snapshot.hash[:12] in ledger
    assert "84,112,000 euros" in page
    assert copy.snapshot.hash in page
    assert "<script>alert" not in page
    assert b"".join(download.streaming_content) == body
    assert download["Content-Type"] == "application/octet-stream"
    assert download["Content-Disposition"].startswith("attachment;")
    assert download["X-Content-Type-Options"] == "nosniff"


def test_a_copy_that_is_no_text_says_so(as_reporter, claim):
    copy = kept_copy(claim, b"%PDF-1.7 <script>alert(1)</script>", "application/pdf")

    page = as_reporter.get(f"/admin/claims/claim/copies/{copy.pk}/").content.decode()

    assert "cannot be shown as text" in page
    assert "<script>alert" not in page


def test_a_failed_copy_says_why_and_is_tried_again(as_reporter, as_administrator, claim):
    save(as_reporter, claim)
    SourceCopy.objects.update(state="failed", failure="There is no page at this address (404).", next_try_at=None)
    copy = SourceCopy.objects.get()

    page = as_reporter.get(address(claim)).content.decode()
    refused = as_administrator.post("/admin/claims/claim/copies/retry/", {"copy": copy.pk})
    as_reporter.post("/admin/claims/claim/copies/retry/", {"copy": copy.pk})
    as_reporter.post("/admin/claims/claim/copies/retry/", {"copy": copy.pk})

    assert "There is no page at this address (404)." in page
    assert f'form="copy-retry" name="copy" value="{copy.pk}"' in page
    assert refused.status_code == 403
    assert SourceCopy.objects.get().state == "waiting"


@pytest.mark.parametrize("number", ["", "x", "999999", "9" * 30])
def test_a_copy_that_is_not_there_is_not_found(as_reporter, number):
    assert as_reporter.post("/admin/claims/claim/copies/retry/", {"copy": number}).status_code == 404
    assert as_reporter.get("/admin/claims/claim/copies/999999/bytes/").status_code == 404


def test_sources_of_the_file_that_nothing_cites_are_offered_and_cited_once_chosen(as_reporter, claim):
    budget, report = (factories.make_source(claim, title=title) for title in ("Budget", "<b>Report</b>"))
    page = as_reporter.get(address(claim)).content.decode()
    assert "Budget, City of Verden" in page
    assert "&lt;b&gt;Report&lt;/b&gt;" in page

    wrong = save(as_reporter, claim, **{f"uncited-{budget.pk}": "nonsense"})
    assert "nonsense is not one of the available choices" in wrong.content.decode()
    assert not claim.verdicts.exists()

    save(as_reporter, claim, **{f"uncited-{budget.pk}": "refutes"})
    cited = claim.verdicts.get().citations.order_by("n").values_list("source__title", "stance")
    assert list(cited)[-1] == ("Budget", "refutes")

    page = as_reporter.get(address(claim)).content.decode()
    assert f'name="uncited-{report.pk}"' in page
    assert f'name="uncited-{budget.pk}"' not in page
