"""A private person stays unnamed: what the gate refuses, and what is left out of what articles wrote."""

import pytest

from claims.exceptions import NotReady
from claims.models import Claim, Claimant, ClaimantAlias
from claims.services.naming import names_of, without_names
from claims.services.publication import publish_claim, unmet_rules
from claims.services.verdicts import send_for_review
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def karl(db) -> Claimant:
    claimant = factories.make_claimant("Karl Meyer", named_publicly=False)
    ClaimantAlias.objects.create(claimant=claimant, name="Charly M.")
    return claimant


def private_rules(claim: Claim) -> list[str]:
    return [rule.message for rule in unmet_rules(claim) if rule.rule == "private-name"]


def test_names_are_full_names_other_names_and_a_persons_last_name(karl):
    council = factories.make_claimant("Verden Council", kind=Claimant.Kind.ORGANISATION)

    assert names_of(karl) == ["Karl Meyer", "Charly M.", "Meyer"]
    assert names_of(council) == ["Verden Council"]


@pytest.mark.parametrize(
    "text",
    [
        "Karl Meyer saw it.",
        "KARL  MEYER saw it.",
        "karl\nmeyer",
        "It was Meyer’s bridge.",
        "Charly M. saw it.",
        "(Meyer)",
    ],
)
def test_a_wording_with_a_private_name_is_not_published(karl, editor, text):
    claim = factories.make_claim_with_verdict(claimant=karl, text=text, status=Claim.Status.APPROVED)

    assert private_rules(claim) == ["Karl Meyer is not named publicly: take the name out of the wording of the claim."]
    with pytest.raises(NotReady, match="is not named publicly"):
        publish_claim(claim, by=editor)
    assert not claim.slugs.exists()


@pytest.mark.parametrize("text", ["Meyers saw it.", "A bricklayer saw it.", "Karlsruhe has 84 bridges."])
def test_words_that_only_look_like_the_name_are_left_alone(karl, text):
    assert private_rules(factories.make_claim_with_verdict(claimant=karl, text=text)) == []


def test_a_public_name_is_no_matter():
    assert private_rules(factories.make_claim_with_verdict(text="Jutta Brandt said so.")) == []


@pytest.mark.parametrize(
    ("field", "place"),
    [("summary", "the summary"), ("explanation", "the explanation"), ("how_we_checked", "how we checked")],
)
def test_the_verdict_does_not_name_either(karl, reporter, field, place):
    claim = factories.make_claim_with_verdict(
        claimant=karl, status=Claim.Status.IN_PROGRESS, verdict={field: "Meyer said so."}
    )

    assert place in private_rules(claim)[0]
    with pytest.raises(NotReady, match=place):
        send_for_review(claim, by=reporter)


def test_nor_do_the_sources(karl):
    claim = factories.make_claim_with_verdict(claimant=karl)
    claim.sources.update(title="Letter of Karl Meyer")

    assert "the sources" in private_rules(claim)[0]


def test_names_are_left_out_of_a_text_as_whole_words():
    assert without_names("Karl Meyer and the Meyers, karl meyer's", ["Karl Meyer", "Meyer"]) == (
        "[…] and the Meyers, […]'s"
    )
    assert without_names("Nobody.", []) == "Nobody."
