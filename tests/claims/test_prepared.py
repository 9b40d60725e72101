"""Queries that are written once answer as those that are written anew."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from claims.models import Claim
from claims.models.prepared import ANY_TEXT, Prepared
from claims.models.whole_claim import claim_at
from claims.site.parts import verdicts_on
from tests import factories

HOSTILE = ["", "'; DROP TABLE claims_claim; --", "%s", "$1", "\u202e", ANY_TEXT, "x" * 5_000]


def by_text(text):
    return Claim.objects.filter(text=text).select_related("claimant").order_by("pk")


@pytest.mark.django_db
class TestAnswers:
    def test_each_value_gets_the_rows_of_its_own(self):
        first, second = factories.make_claim(text="One."), factories.make_claim(text="Two.")
        ask = Prepared(by_text, stands_for=ANY_TEXT)

        assert [ask("One."), ask("Two."), ask("One."), ask("Three.")] == [[first], [second], [first], []]

    def test_related_rows_and_types_are_those_of_the_query_itself(self):
        claimant = factories.make_claimant("Pia Lund", slug="pia-lund")
        factories.make_claim(text="One.", claimant=claimant)
        ask = Prepared(by_text, stands_for=ANY_TEXT)

        for _time in range(8):  # from the sixth on PostgreSQL takes a plan that fits any value
            (found,), (expected,) = ask("One."), by_text("One.")
            assert {**found.__dict__, "_state": 0} == {**expected.__dict__, "_state": 0}
            assert found.claimant == claimant

    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    def test_any_text_is_a_value_and_nothing_else(self, text):
        claim = factories.make_claim(text=text or "There.")

        assert Prepared(by_text, stands_for=ANY_TEXT)(text or "There.") == [claim]

    def test_what_was_committed_meanwhile_is_seen(self):
        ask = Prepared(by_text, stands_for=ANY_TEXT)
        assert ask("One.") == []

        claim = factories.make_claim(text="One.")

        assert ask("One.") == [claim]

    def test_several_keys_are_one_value(self):
        claims = [factories.make_published_claim() for _ in range(3)]
        first, _second, third = [claim.pk for claim in claims]

        assert set(verdicts_on([first, third, None])) == {first, third}
        assert verdicts_on([None]) == {}

    def test_a_claim_is_what_for_page_loads(self):
        claim = factories.make_published_claim(slug="bridge")
        factories.make_outreach(claim)

        found, expected = claim_at("bridge"), Claim.objects.with_page().at("bridge").for_page().get()

        assert found.published_verdicts == expected.published_verdicts
        (one,), (other,) = found.published_verdicts, expected.published_verdicts
        assert list(one.citations.all()) == list(other.citations.all()) != []
        assert one.approvals == other.approvals != []
        assert [list(row.outreach.all()) for row in (found, expected)] == [list(claim.outreach.all())] * 2

    def test_there_is_none_at_an_address_that_nothing_has(self):
        factories.make_claim()

        assert claim_at("nothing") is None


@pytest.mark.django_db(transaction=True)
def test_threads_ask_at_once_each_over_its_own_connection():
    claims = [factories.make_claim(text=f"Number {n}.") for n in range(8)]
    ask = Prepared(by_text, stands_for=ANY_TEXT)

    def asked(claim):
        try:
            return [ask(claim.text) == [claim] for _ in range(30)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert all(all(answers) for answers in threads.map(asked, claims))


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_opened_anew_is_asked_too():
    claim = factories.make_claim(text="One.")
    ask = Prepared(by_text, stands_for=ANY_TEXT)
    assert ask("One.") == [claim]

    connection.close()

    assert ask("One.") == [claim]
