"""A claimant who is not named publicly is named by nothing that readers see beside the verdict either."""

import pytest
from django.test import Client

from claims.models import Claimant
from claims.services.corrections import open_correction
from claims.services.gate import unmet_rules
from tests.factories import (
    GateException,
    make_claim_with_verdict,
    make_claimant,
    make_outreach,
    make_published_claim,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_encoder")]


@pytest.fixture
def private() -> Claimant:
    claimant = make_claimant("Jutta Brandt", named_publicly=False)
    claimant.aliases.create(name="Mutti Weser")
    return claimant


def test_the_reason_of_an_exception_names_nobody(private):
    claim = make_claim_with_verdict(claimant=private)
    GateException.objects.filter(rule="claimant-asked").update(reason="Jutta Brandt has left office.")

    assert "private-name" in [rule.rule for rule in unmet_rules(claim)]


def test_the_note_of_a_correction_names_nobody(private, reporter):
    claim = make_published_claim(claimant=private)
    open_correction(claim, kind="factual", note="It was Mutti Weser’s cousin.", by=reporter)

    assert "private-name" in [rule.rule for rule in unmet_rules(claim)]


def test_an_answer_that_names_them_otherwise_is_not_shown(private):
    claim = make_published_claim(claimant=private)
    make_outreach(claim, answer="Mutti Weser lets you know.", answered_on="2026-03-04", by=make_user("rosa"))

    assert "Mutti" not in Client().get(claim.get_absolute_url()).content.decode()
