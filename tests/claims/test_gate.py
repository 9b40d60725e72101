"""The gate: each rule, met and unmet; who makes exceptions and what they cost."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.models import Citation, Claim, Claimant, GateException, MethodologyVersion, Rating, Recusal, Source, Verdict
from claims.services.gate import RULES, State, checklist, judge, told_to_readers, unmet_rules
from claims.services.gate_case import with_facts
from claims.services.publication import publish_claim
from claims.services.review import approve_verdict, rate_verdict
from claims.services.verdicts import except_from_rule, send_for_review, take_back_exception
from tests import factories
from tests.factories import make_claim_with_verdict, make_outreach

pytestmark = pytest.mark.django_db
Status = Claim.Status
UNEXCEPTED = {"excepted": False}


def state_of(claim, rule):
    return {one.rule: one.state for one in checklist(claim)}[rule]


def ready():
    """A claim in progress that lacks nothing but the second person: two sources, and the claimant was asked."""
    claim = make_claim_with_verdict(verdict={"excepted": False, "look_again_by": date(2027, 1, 1)})
    paper = factories.make_source(claim, publisher="Verdener Bote", kind=Source.Kind.SECONDARY)
    Citation.objects.create(verdict=claim.verdicts.get(), source=paper, stance="context", n=2)
    make_outreach(claim)
    return claim


def test_a_claim_that_lacks_nothing_waits_for_the_second_person_alone():
    assert [one.rule for one in unmet_rules(ready())] == ["approval"]


BREAK = {
    "rating": lambda claim: claim.verdicts.update(rating=None),
    "summary": lambda claim: claim.verdicts.update(summary=" "),
    "explanation": lambda claim: claim.verdicts.update(explanation=" "),
    "reference": lambda claim: claim.verdicts.update(explanation="See [7]."),
    "source": lambda claim: Citation.objects.all().delete(),
    "primary-source": lambda claim: claim.sources.update(kind=Source.Kind.EXPERT),
    "independent-sources": lambda claim: claim.sources.update(independence_group="one wire story"),
    "appearance": lambda claim: claim.appearances.all().delete(),
    "claimed-on": lambda claim: claim.appearances.update(made_on=None),
    "wording": lambda claim: Claim.objects.update(text="Mostly false: the bridge cost 84 million euros."),
    "claimant-asked": lambda claim: claim.outreach.all().delete(),
    "interest": lambda claim: Recusal.objects.create(claim=claim, user=claim.verdicts.get().by, reason="A cousin."),
    "embargo": lambda claim: Claim.objects.update(embargo_until=timezone.now() + timedelta(hours=1)),
}


@pytest.mark.parametrize("rule", sorted(BREAK))
def test_each_rule_that_is_not_met_is_named(rule):
    claim = ready()
    before = state_of(claim, rule)

    BREAK[rule](claim)
    claim.refresh_from_db()

    assert before == State.MET
    assert state_of(claim, rule) == State.UNMET
    assert {one.rule for one in unmet_rules(claim)} == {rule, "approval"}


def test_a_rating_of_a_scale_that_was_replaced_has_to_be_chosen_again():
    claim = ready()
    scale = claim.verdicts.get().rating.scale
    type(scale).objects.filter(pk=scale.pk).update(retired_on=date(2026, 3, 1))

    assert state_of(claim, "scale") == State.UNMET


@pytest.mark.parametrize("groups", [("", ""), ("wire", "")])
def test_sources_of_one_publisher_and_sources_of_one_group_count_once(groups):
    claim = ready()
    for source, group in zip(claim.sources.order_by("pk"), groups, strict=True):
        Source.objects.filter(pk=source.pk).update(independence_group=group, publisher="City of Verden")

    assert state_of(claim, "independent-sources") == (State.UNMET if groups == ("", "") else State.MET)


def test_nobody_need_be_asked_where_the_article_itself_says_it_or_a_private_person_does():
    claim = ready()
    claim.outreach.all().delete()
    Claimant.objects.update(named_publicly=False)
    private = state_of(claim, "claimant-asked")
    Claim.objects.update(claimant=None)

    assert (private, state_of(claim, "claimant-asked")) == (State.MET, State.MET)


@pytest.mark.parametrize(
    ("text", "kind", "state"),
    [
        ("She is the first mayor since 1946.", Claim.Kind.SUPERLATIVE, State.ADVICE),
        ("She is the first mayor since 1946.", Claim.Kind.EVENT, State.MET),
        ("The bridge cost 84 million euros.", Claim.Kind.QUANTITY, State.MET),
    ],
)
def test_what_may_change_asks_to_be_looked_at_again_and_stops_nobody(text, kind, state):
    claim = ready()
    Claim.objects.update(text=text, kind=kind)
    claim.verdicts.update(look_again_by=None)

    assert state_of(claim, "look-again") == state
    assert [one.rule for one in unmet_rules(claim)] == ["approval"]


def test_without_a_methodology_in_force_nothing_is_published():
    claim = ready()
    with connection.cursor() as cursor:  # no application can: a version is never deleted
        cursor.execute("ALTER TABLE claims_methodologyversion DISABLE TRIGGER methodology_frozen")
        cursor.execute("DELETE FROM claims_methodologyversion")

    assert state_of(claim, "methodology") == State.UNMET


def test_a_published_verdict_says_by_which_methodology(editor):
    claim = make_claim_with_verdict(status=Status.APPROVED)

    publish_claim(claim, by=editor)

    assert Verdict.objects.current().get(claim=claim).methodology == MethodologyVersion.objects.get(n=1)


def test_an_exception_meets_the_rule_and_is_named_with_its_reason(reporter):
    claim = make_claim_with_verdict(verdict=UNEXCEPTED)
    make_outreach(claim)

    except_from_rule(claim, rule="independent-sources", reason="There is one account.", by=reporter)

    assert state_of(claim, "independent-sources") == State.EXCEPTED
    assert GateException.objects.get().reason == "There is one account."
    send_for_review(claim, by=reporter)


@pytest.mark.parametrize("rule", ["rating", "approval", "embargo", "nonsense"])
def test_there_is_no_exception_from_what_nobody_can_except(rule, reporter):
    with pytest.raises(NotReady, match="Nobody can make an exception"):
        except_from_rule(make_claim_with_verdict(), rule=rule, reason="Because.", by=reporter)


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 301])
def test_an_exception_says_why_in_few_words(reason, reporter):
    with pytest.raises(NotReady, match="Say why"):
        except_from_rule(make_claim_with_verdict(), rule="claimant-asked", reason=reason, by=reporter)


def test_an_exception_made_after_an_approval_needs_approval_again(reporter, reviewer):
    claim = make_claim_with_verdict(status=Status.APPROVED)
    Claim.objects.update(status=Status.IN_PROGRESS)
    claim.refresh_from_db()

    except_from_rule(claim, rule="claimant-asked", reason="Another reason.", by=reporter)
    Claim.objects.update(status=Status.APPROVED)

    assert [one.rule for one in unmet_rules(claim)] == ["approval"]


def test_an_exception_taken_back_lets_the_rule_hold_again(reporter):
    claim = make_claim_with_verdict()

    take_back_exception(claim, rule="claimant-asked", by=reporter)

    assert state_of(claim, "claimant-asked") == State.UNMET
    assert claim.verdicts.get().saves == 1


def test_an_exception_is_made_while_the_file_is_open(reporter):
    with pytest.raises(StaleClaim):
        except_from_rule(
            make_claim_with_verdict(status=Status.APPROVED), rule="claimant-asked", reason="Late.", by=reporter
        )


def test_who_reviewed_makes_no_exception(reporter, reviewer):
    claim = make_claim_with_verdict(status=Status.IN_REVIEW)
    rate_verdict(claim, by=reviewer, rating=factories.rating())
    Claim.objects.update(status=Status.IN_PROGRESS)
    claim.refresh_from_db()

    with pytest.raises(NotAllowed):
        except_from_rule(claim, rule="claimant-asked", reason="Because.", by=reviewer)


def test_exceptions_are_frozen_with_the_verdict(editor):
    claim = make_claim_with_verdict(status=Status.APPROVED)
    publish_claim(claim, by=editor)
    verdict = claim.verdicts.get()

    for change in (
        lambda: verdict.exceptions.update(reason="Other."),
        lambda: verdict.exceptions.all().delete(),
        lambda: GateException.objects.create(verdict=verdict, rule="claimed-on", reason="New.", by=editor),
    ):
        with pytest.raises(DatabaseError, match="frozen with it"), transaction.atomic():
            change()


def test_readers_are_told_of_the_exceptions_that_were_needed_and_of_no_others(client, editor):
    claim = make_claim_with_verdict(status=Status.APPROVED)
    make_outreach(claim)
    publish_claim(claim, by=editor)

    page = client.get(claim.get_absolute_url()).content.decode()

    assert "Only one independent source" in page
    assert "The account is the only one." in page
    assert "The claimant was not asked" not in page
    assert list(claim.verdicts.get().exceptions.values_list("rule", flat=True)) == ["independent-sources"]


def test_publish_check_prints_a_line_for_each_unmet_rule(capsys):
    claim = make_claim_with_verdict(verdict=UNEXCEPTED)

    with pytest.raises(SystemExit) as stop:
        call_command("publish_check", str(claim.pk))

    assert stop.value.code == 1
    assert capsys.readouterr().out.splitlines() == [
        "Cite sources of at least two origins that do not depend on each other.",
        "Ask the claimant about it.",
        "A second person has to approve the verdict.",
    ]


def test_every_exception_has_a_name_for_readers():
    assert {rule.code for rule in RULES if rule.told} == {
        "primary-source",
        "independent-sources",
        "claimed-on",
        "claimant-asked",
        "interest",
    }
    assert told_to_readers("rating") == told_to_readers("nonsense") == ""


@pytest.mark.parametrize("rows", [1, 10])
def test_many_claims_are_judged_in_as_many_queries_as_one(rows):
    for n in range(rows):
        make_claim_with_verdict(status=Status.APPROVED, claimant=factories.make_claimant(f"Person {n}"))

    with CaptureQueriesContext(connection) as captured:
        judged = [judge(claim) for claim in with_facts(Claim.objects.all())]

    assert len(judged) == rows
    assert len(captured) == 12


def test_an_approval_by_somebody_who_declared_an_interest_since_does_not_count(reviewer):
    claim = make_claim_with_verdict(status=Status.IN_REVIEW)
    rate_verdict(claim, by=reviewer, rating=factories.rating())
    approve_verdict(claim, by=reviewer)

    Recusal.objects.create(claim=claim, user=reviewer, reason="A cousin.")

    assert [one.rule for one in unmet_rules(claim)] == ["approval"]


def test_the_words_of_every_rating_are_looked_for_so_that_the_message_tells_of_none():
    claim = ready()
    Claim.objects.update(text="False: the bridge cost 84 million euros.")
    told = set()
    for rating in Rating.objects.all():
        claim.verdicts.update(rating=rating)
        told.add(tuple(one.message for one in unmet_rules(claim)))

    assert len(told) == 1
