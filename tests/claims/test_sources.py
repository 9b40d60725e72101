"""The ledger: what a source says of itself, what is refused, and what a correction leaves alone."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from claims.exceptions import NotReady
from claims.models import Claim, Source, Verdict
from claims.services.sources import FIELDS, Evidence, evidence_of
from claims.services.verdicts import record_verdict
from tests import factories

pytestmark = pytest.mark.django_db

FULL = Evidence(
    title="Verkehrsbericht 2025",
    publisher="Weser Shipping Company",
    url="https://weser-shipping.example/2025",
    kind=Source.Kind.EXPERT,
    stance="refutes",
    quote="Autos: 408.213",
    translation="Cars: 408,213",
    locator="Page 4",
    retrieved_on=date(2026, 1, 20),
    interest="It wants subsidies.",
    independence_group="company report",
)


@pytest.fixture
def claim(db) -> Claim:
    return factories.make_claim(status=Claim.Status.IN_PROGRESS)


def test_every_field_of_a_source_is_kept(claim, reporter):
    draft = record_verdict(claim, by=reporter, evidence=[FULL])

    (citation,) = draft.citations.all()
    assert {field: getattr(citation.source, field) for field in FIELDS} == {
        field: getattr(FULL, field) for field in FIELDS
    }
    assert citation.stance == "refutes"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1/budget", "not on the public internet"),
        ("http://10.0.0.5/budget", "not on the public internet"),
        ("http://intranet.local/budget", "not on the public internet"),
        ("https://verden.example:5432/budget", "port 5432"),
        ("https://user:secret@verden.example/", "user name or password"),
        ("javascript:alert(1)", "must begin with http"),
        ("https://verden.example/\u202egpj.exe", "does not belong"),
    ],
)
def test_an_address_no_worker_may_open_is_refused_with_a_sentence(claim, reporter, url, why):
    with pytest.raises(NotReady, match=why) as refusal:
        record_verdict(claim, by=reporter, evidence=[replace(FULL, url=url)])

    assert "Verkehrsbericht 2025" in str(refusal.value)
    assert "aste" not in str(refusal.value)
    assert not Source.objects.exists()


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_source_without_address_says_why(claim, reporter, reason):
    with pytest.raises(NotReady, match="Give the address of “Verkehrsbericht 2025”, or say why there is none"):
        record_verdict(claim, by=reporter, evidence=[replace(FULL, url="", no_url_reason=reason)])


@pytest.mark.parametrize("field", ["quote", "translation", "interest", "independence_group", "locator"])
def test_a_field_of_100_000_characters_is_refused_by_its_name(claim, reporter, field):
    with pytest.raises(NotReady, match=str(Source._meta.get_field(field).verbose_name)):
        record_verdict(claim, by=reporter, evidence=[replace(FULL, **{field: "x" * 100_000})])

    assert not Verdict.objects.exists()


def test_a_second_version_cites_an_unchanged_source_again_and_a_changed_one_anew(reporter):
    claim = factories.make_published_claim()
    old = claim.sources.get()
    Claim.objects.filter(pk=claim.pk).update(status=Claim.Status.IN_PROGRESS)  # as a correction will
    claim.refresh_from_db()
    row = {field: getattr(old, field) for field in FIELDS}

    draft = record_verdict(claim, by=reporter, evidence=[Evidence(**row, source_id=old.pk)])
    same = draft.citations.get().source
    record_verdict(claim, by=reporter, evidence=[Evidence(**{**row, "locator": "Page 9"}, source_id=old.pk)])

    old.refresh_from_db()
    assert same == old
    assert draft.citations.get().source != old
    assert old.locator == ""


def test_a_hundred_sources_are_saved_again_in_few_queries(claim, reporter, django_assert_max_num_queries):
    rows = [replace(FULL, title=f"Source {n}") for n in range(100)]
    record_verdict(claim, by=reporter, evidence=rows)
    keys = list(claim.sources.values_list("pk", flat=True))
    rows = [replace(row, source_id=key) for row, key in zip(rows, keys, strict=True)]

    with django_assert_max_num_queries(40):
        record_verdict(claim, by=reporter, evidence=rows)

    assert list(claim.sources.values_list("pk", flat=True)) == keys


def test_a_day_to_look_again_lies_after_the_evidence(claim, reporter):
    with pytest.raises(NotReady, match="The day to look again has to come after"):
        record_verdict(claim, by=reporter, evidence_as_of=date(2026, 3, 5), look_again_by=date(2026, 3, 5))

    draft = record_verdict(claim, by=reporter, evidence_as_of=date(2026, 3, 5), look_again_by=date(2026, 9, 5))
    with pytest.raises(DatabaseError, match="verdict_look_again_is_after_evidence"), transaction.atomic():
        Verdict.objects.filter(pk=draft.pk).update(look_again_by=date(2026, 3, 1))


def test_a_source_of_the_file_that_was_never_cited_outlives_the_verdict_being_saved(claim, reporter):
    imported = factories.make_source(claim, title="Imported")

    record_verdict(claim, by=reporter, evidence=[FULL])
    record_verdict(claim, by=reporter, evidence=[])

    assert list(claim.sources.all()) == [imported]


def test_a_source_of_the_file_is_cited_as_it_is(claim, reporter):
    imported = factories.make_source(claim, title="Imported")

    record_verdict(claim, by=reporter, evidence=[evidence_of(imported, stance="context")])

    assert [(one.source, one.stance) for one in claim.verdicts.get().citations.all()] == [(imported, "context")]
    assert list(claim.sources.all()) == [imported]
