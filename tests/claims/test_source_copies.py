"""Archived copies: what a worker keeps of a source's address, once, unchanged, and in whatever state the site is."""

import hashlib
import time
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from articles.models import Snapshot
from claims.exceptions import NotAllowed
from claims.models import Claim, SourceCopy
from claims.services.copies import due_copies, keep_copy, retry_copy
from claims.services.sources import Evidence
from claims.services.verdicts import record_verdict
from claims.tasks import sweep_copies
from people.models import RecordEntry
from tests import factories
from tests.articles.fetching.conftest import site
from tests.at_once import at_once

__all__ = ["site"]
pytestmark = pytest.mark.django_db
State = SourceCopy.State
PAGE = (
    b"<html><head><title>Account</title></head><body><article>"
    b"<p>The total is 84,112,000 euros, says the city in its final account of the bridge.</p>"
    b"<script>alert(1)</script></article></body></html>"
)


@pytest.fixture(autouse=True)
def _site_may_be_private(settings, site):
    settings.FETCH_PRIVATE_HOSTS = [site.host_port]


def evidence(url: str, **fields) -> Evidence:
    return Evidence(**{"title": "Account", "publisher": "City of Verden", "url": url, **fields})


def write(claim: Claim, reporter, *rows: Evidence) -> list[SourceCopy]:
    draft = record_verdict(claim, by=reporter, evidence=list(rows))
    return list(SourceCopy.objects.filter(source__citations__verdict=draft).order_by("source__citations__n"))


@pytest.fixture
def claim(db) -> Claim:
    return factories.make_claim(status=Claim.Status.IN_PROGRESS)


def test_a_saved_source_asks_for_a_copy_and_a_worker_keeps_bytes_hash_text_and_time(claim, reporter, site):
    (copy,) = write(claim, reporter, evidence(site.page("/account", PAGE)))

    assert copy.state == State.WAITING
    assert due_copies() == [copy.pk]
    keep_copy(copy.pk)

    copy.refresh_from_db()
    assert copy.state == State.KEPT
    assert copy.snapshot.hash == hashlib.sha256(PAGE).hexdigest()
    assert copy.snapshot.file.read() == PAGE
    assert "84,112,000 euros" in copy.text
    assert "alert" not in copy.text
    assert copy.retrieved_at is not None


def test_a_file_that_is_no_page_is_kept_without_text(claim, reporter, site):
    pdf = b"%PDF-1.7 not for reading"
    (copy,) = write(claim, reporter, evidence(site.page("/report.pdf", pdf, "Content-Type: application/pdf")))

    keep_copy(copy.pk)

    copy.refresh_from_db()
    assert (copy.state, copy.text, copy.snapshot.file.read()) == (State.KEPT, "", pdf)


def test_a_table_of_plain_text_is_kept_as_it_stands(claim, reporter, site):
    (copy,) = write(claim, reporter, evidence(site.page("/a.csv", b"year,cars\n2025,410", "Content-Type: text/csv")))

    keep_copy(copy.pk)

    copy.refresh_from_db()
    assert copy.text == "year,cars\n2025,410"


def test_the_same_bytes_are_kept_once(claim, reporter, site):
    copies = write(claim, reporter, evidence(site.page("/1", PAGE)), evidence(site.page("/2", PAGE)))

    for copy in copies:
        keep_copy(copy.pk)

    assert Snapshot.objects.count() == 1
    assert SourceCopy.objects.filter(snapshot=Snapshot.objects.get()).count() == 2


def test_a_dead_address_fails_with_a_sentence_and_can_be_tried_again(claim, reporter, site):
    (copy,) = write(claim, reporter, evidence(site.url("/nothing")))

    keep_copy(copy.pk)
    copy.refresh_from_db()
    failed = (copy.state, copy.failure)
    again = retry_copy(copy, by=reporter), retry_copy(copy, by=reporter)  # the button is pressed twice

    copy.refresh_from_db()
    assert failed == (State.FAILED, "There is no page at this address (404).")
    assert again == (True, False)
    assert (copy.state, copy.failure, copy.attempts) == (State.WAITING, "", 0)
    assert RecordEntry.objects.about(copy).last().actor_id == reporter.pk


def test_a_site_that_is_busy_is_tried_again_later_and_given_up_in_the_end(claim, reporter, site):
    (copy,) = write(claim, reporter, evidence(site.page("/busy", b"later", status="503 Busy")))

    keep_copy(copy.pk)
    copy.refresh_from_db()
    waits = copy.state, due_copies()
    for _ in range(5):
        keep_copy(copy.pk)

    copy.refresh_from_db()
    assert waits == (State.WAITING, [])
    assert (copy.state, copy.failure) == (State.FAILED, "The site cannot give us the page just now (503).")


def test_only_who_checks_claims_tries_a_copy_again(claim, reporter, administrator, site):
    (copy,) = write(claim, reporter, evidence(site.url("/nothing")))
    keep_copy(copy.pk)

    with pytest.raises(NotAllowed):
        retry_copy(copy, by=administrator)


def test_a_kept_copy_is_left_alone_by_a_task_that_comes_twice(claim, reporter, site):
    (copy,) = write(claim, reporter, evidence(site.page("/account", PAGE)))

    keep_copy(copy.pk)
    keep_copy(copy.pk)
    keep_copy(999_999)

    assert len(site.requests) == 1


def test_another_address_of_a_draft_source_is_fetched_anew_and_the_same_one_is_not(claim, reporter, site):
    (first,) = write(claim, reporter, evidence(site.page("/1", PAGE)))
    keep_copy(first.pk)

    (same,) = write(claim, reporter, evidence(site.url("/1"), title="Final account", source_id=first.source_id))
    (other,) = write(claim, reporter, evidence(site.url("/2"), source_id=first.source_id))
    none = write(claim, reporter, evidence("", no_url_reason="On paper.", source_id=first.source_id))

    assert same == first
    assert (other.source_id, other.state, other.url) == (first.source_id, State.WAITING, site.url("/2"))
    assert none == []


def test_a_kept_copy_is_never_changed_and_that_of_a_published_source_never_goes(claim, reporter, site):
    (copy,) = write(claim, reporter, evidence(site.page("/1", PAGE)))
    keep_copy(copy.pk)

    with pytest.raises(DatabaseError, match="A kept copy is never changed"), transaction.atomic():
        SourceCopy.objects.filter(pk=copy.pk).update(text="Something else.")

    draft = claim.verdicts.get()
    claim.verdicts.update(rating=factories.rating(), summary="S", explanation="E")
    factories.approve(draft)
    claim.verdicts.update(published_at=timezone.now(), claim_text=claim.text)
    with pytest.raises(DatabaseError, match="The copy of a source that a published verdict cites stays"):
        SourceCopy.objects.filter(pk=copy.pk).delete()


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_send_a_copy_once(reporter, site):
    claim = factories.make_claim(status=Claim.Status.IN_PROGRESS)
    write(claim, reporter, *[evidence(site.url(f"/{n}")) for n in range(5)])

    first, second = at_once(due_copies, due_copies)

    assert len(first) + len(second) == 5
    assert not set(first) & set(second)


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_receive_the_same_bytes_keep_them_once(reporter, site):
    claim = factories.make_claim(status=Claim.Status.IN_PROGRESS)
    one, other = write(claim, reporter, evidence(site.page("/1", PAGE)), evidence(site.page("/2", PAGE)))

    errors = at_once(lambda: keep_copy(one.pk), lambda: keep_copy(other.pk))

    assert errors == [None, None]
    assert Snapshot.objects.count() == 1
    assert SourceCopy.objects.filter(state=State.KEPT).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_keeps_what_the_sweep_sends(reporter, site):
    from celery.contrib.testing.worker import start_worker

    from config.celery import app

    claim = factories.make_claim(status=Claim.Status.IN_PROGRESS)
    (copy,) = write(claim, reporter, evidence(site.page("/account", PAGE)))
    with start_worker(app, perform_ping_check=False, pool="solo"):
        sweep_copies.delay()
        until = timezone.now() + timedelta(seconds=20)
        while SourceCopy.objects.get(pk=copy.pk).state == State.WAITING and timezone.now() < until:
            time.sleep(0.05)

    assert SourceCopy.objects.get(pk=copy.pk).state == State.KEPT
