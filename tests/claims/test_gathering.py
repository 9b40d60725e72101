"""Small relations that come with the query of the row they hang on."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import OuterRef
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, ClaimantAlias, ClaimantRole, Outreach, Topic
from claims.models.gathering import gather
from tests import factories

pytestmark = pytest.mark.django_db


def gathered() -> list[Claim]:
    with CaptureQueriesContext(connection) as captured:
        claims = list(
            gather(
                Claim.objects.select_related("claimant").order_by("pk"),
                topics=Topic.objects.filter(claims=OuterRef("pk")),
                outreach=Outreach.objects.filter(claim=OuterRef("pk")),
                claimant__roles=ClaimantRole.objects.filter(claimant=OuterRef("claimant")),
            )
        )
        for claim in claims:
            list(claim.topics.all()), list(claim.outreach.all())
            if claim.claimant:
                list(claim.claimant.roles.all())
    assert len(captured) == 1
    return claims


def test_rows_are_as_the_database_has_them_in_their_order():
    claim = factories.make_claim()
    for name in ("Traffic", "Bridges"):
        claim.topics.add(Topic.objects.create(name=f"{name} “quoted” \\ {{1}}", slug=name.lower()))
    role = ClaimantRole.objects.create(claimant=claim.claimant, title="Mayor", from_on=date(2021, 1, 1))
    asked = factories.make_outreach(claim)

    (found,) = gathered()

    assert [topic.name[:7] for topic in found.topics.all()] == ["Bridges", "Traffic"]
    assert list(found.topics.all()) == list(claim.topics.all())
    assert found.claimant.roles.all()[0] == role
    assert found.claimant.roles.all()[0].from_on == date(2021, 1, 1)
    assert (found.outreach.all()[0].asked_on, found.outreach.all()[0].by_id) == (asked.asked_on, asked.by_id)
    assert not found.outreach.all()[0]._state.adding


def test_a_row_with_none_has_none_and_keeps_to_itself():
    factories.make_claim(text="One.").topics.add(Topic.objects.create(name="Bridges", slug="bridges"))
    factories.make_claim(text="Two.", claimant=None)

    one, two = gathered()

    assert (len(one.topics.all()), len(two.topics.all())) == (1, 0)


def test_names_of_a_claimant_are_gathered_for_the_page():
    claim = factories.make_published_claim()
    ClaimantAlias.objects.create(claimant=claim.claimant, name="J. Brandt")

    found = Claim.objects.for_page().get(pk=claim.pk)

    assert [alias.name for alias in found.claimant.aliases.all()] == ["J. Brandt"]
    assert found.slug == claim.slugs.get().slug
    assert [one.rule for one in found.verdict.exceptions.all()] == sorted(factories.EXCEPTED)
