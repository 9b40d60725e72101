"""What no page of the desk sends, and somebody sends all the same: it is refused or cleaned, and no page fails."""

import base64
import zlib

import pytest
from django.urls import reverse

from claims.models import GateException, SavedFilter
from claims.services.conflicts import declare_interest
from tests.factories import make_claim_with_verdict, make_claimant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_encoder")]
NUL = "My sis\x00ter."


def test_nul_in_an_exception_is_left_out(as_reporter):
    claim = make_claim_with_verdict()

    as_reporter.post(reverse("admin:claims_claim_exception", args=[claim.pk, "primary-source"]), {"reason": NUL})

    assert GateException.objects.get(rule="primary-source").reason == "My sister."


def test_nul_in_why_an_interest_is_over_is_left_out(as_reporter, reporter):
    conflict = declare_interest(make_claimant(), reason="My sister.", by=reporter)

    answer = as_reporter.post(reverse("admin:interests_withdraw", args=[conflict.pk]), {"reason": NUL})

    assert answer.status_code == 302
    assert not reporter.conflicts.exists()


def test_nul_in_the_name_of_a_filter_is_left_out(as_reporter):
    as_reporter.post(reverse("admin:triage_filter_save") + "?kind=quantity", {"name": "Mine\x00"})
    saved = SavedFilter.objects.get()
    as_reporter.post(reverse("admin:triage_filter", args=[saved.pk, "rename"]), {"name": "\x00Ours"})

    saved.refresh_from_db()
    assert saved.name == "Ours"


@pytest.mark.parametrize("claims", [b"", b"\xff\xfe\x00", b"nothing that is read"])
def test_an_import_of_files_that_no_page_showed_is_refused_in_a_sentence(as_reporter, claims):
    kept = ".".join(base64.b64encode(zlib.compress(body)).decode() for body in (claims, b""))

    answer = as_reporter.post(reverse("admin:claims_claim_import"), {"kept": kept, "digest": "x"})

    assert answer.status_code == 302


def test_evidence_of_the_last_day_of_all_has_no_year_after_it(as_reporter):
    claim = make_claim_with_verdict()
    typed = {"evidence_as_of": "9999-12-31", "look_again": "12", "saves": "0", "summary": "Typed."}
    rows = {"sources-TOTAL_FORMS": "0", "sources-INITIAL_FORMS": "0"}

    page = as_reporter.post(reverse("admin:claims_claim_verdict", args=[claim.pk]), {**typed, **rows})

    assert "Choose a day that is nearer." in page.content.decode()
    assert "Typed." in page.content.decode()
