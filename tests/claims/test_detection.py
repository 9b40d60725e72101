from datetime import timedelta
from functools import partial

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from articles.models import Article
from articles.services import submit_text
from claims.exceptions import NotReady, StaleClaim
from claims.extraction import EXTRACTOR_VERSION, extract_claims
from claims.models import Appearance, Claim, Claimant, ExtractionRun
from claims.services.claims import claimant_named, enter_claim, reword_claim
from claims.services.detection import due_runs, extract_run, is_extracted, open_runs, store_candidates
from claims.services.learning import accept_weights
from claims.services.ranking import reweigh_queue
from tests.at_once import at_once
from tests.claims.decisions import PERCENTAGE, make_weights
from tests.factories import make_article, make_claim, make_published_claim, make_revision, make_run

pytestmark = pytest.mark.django_db

TWICE = (
    "The ferry carried 410,000 cars in 2025, according to the Weser Shipping Company. "
    "It rained all day.\n\n"
    "The ferry carried 410,000 cars in 2025, according to the Weser Shipping Company."
)


def extracted(text: str, **fields) -> Article:
    article = submit_text(text, **fields).article
    open_runs()
    for run_id in due_runs():
        extract_run(run_id)
    return article


def test_a_statement_made_twice_in_one_article_is_one_claim_with_two_appearances():
    article = extracted(TWICE)

    claim = Claim.objects.get(text__contains="410,000")
    revision = article.revisions.get()
    assert claim.appearances.count() == 2
    for appearance in claim.appearances.all():
        assert revision.text[appearance.start : appearance.end] == appearance.quote


def test_a_headline_and_the_sentence_below_it_are_one_claim_in_the_fuller_words():
    article = extracted("Peru buys 20 tanks from Chile\n\nPeru bought 20 tanks from Chile on Tuesday.\n\nIt rained.")

    claim = Claim.objects.get(text__contains="20 tanks")
    assert claim.text == "Peru bought 20 tanks from Chile on Tuesday."
    quotes = {appearance.quote for appearance in claim.appearances.all()}
    assert quotes == {"Peru buys 20 tanks from Chile", "Peru bought 20 tanks from Chile on Tuesday"}
    assert article.revisions.get().text.startswith("Peru buys")


def test_statements_with_other_numbers_are_two_claims():
    extracted("Peru buys 20 tanks from Chile\n\nPeru bought 30 tanks from Chile on Tuesday.")

    assert Claim.objects.filter(text__contains="tanks").count() == 2


def test_a_fuller_wording_found_later_goes_to_the_claim_that_is_known():
    article = extracted("Peru buys 20 tanks from Chile.")
    fuller = extract_claims("Peru bought 20 tanks from Chile on Tuesday.\nPeru buys 20 tanks from Chile.")
    next_run = ExtractionRun.objects.create(
        revision=article.revisions.get(), extractor_version="next", next_try_at=timezone.now()
    )

    assert store_candidates(next_run, fuller) == 0

    assert Claim.objects.get().text == "Peru bought 20 tanks from Chile on Tuesday."


def test_the_claimant_stands_on_the_claim_and_on_each_appearance():
    extracted(TWICE)

    claim = Claim.objects.get(text__contains="410,000")
    assert "Weser Shipping Company" in claim.claimant.name
    assert {appearance.claimant for appearance in claim.appearances.all()} == {claim.claimant}


def test_an_article_is_extracted_once_however_often_it_is_asked_for():
    extracted(TWICE)
    run = ExtractionRun.objects.get()

    extract_run(run.pk)
    open_runs()

    assert due_runs() == []
    assert ExtractionRun.objects.count() == 1
    assert Appearance.objects.filter(claim__text__contains="410,000").count() == 2


def test_a_new_extractor_version_keeps_the_claims_it_finds_again_however_they_were_reworded(reporter):
    article = extracted(TWICE)
    before = set(Claim.objects.values_list("pk", flat=True))
    reworded = Claim.objects.get(text__contains="410,000")
    reword_claim(reworded, text="The ferry took 410,000 cars across.", claimant_name="", by=reporter)
    next_run = ExtractionRun.objects.create(
        revision=article.revisions.get(), extractor_version="next", next_try_at=timezone.now()
    )

    store_candidates(next_run, extract_claims(TWICE))

    assert set(Claim.objects.values_list("pk", flat=True)) == before
    assert Appearance.objects.filter(claim__text__contains="410,000").count() == 2


def test_a_text_in_another_language_is_kept_without_candidates_and_says_so():
    article = extracted(
        "Die Fähre zwischen Brake und Sandstedt hat im vergangenen Jahr 410.000 Autos über die Weser gebracht."
    )

    assert "English" in ExtractionRun.objects.get().failure
    assert is_extracted(article)
    assert not Claim.objects.exists()


def test_a_text_that_stops_every_worker_is_left_after_three_tries():
    run = ExtractionRun.objects.create(
        revision=make_revision(), extractor_version=EXTRACTOR_VERSION, next_try_at=timezone.now(), attempts=3
    )

    extract_run(run.pk)

    run.refresh_from_db()
    assert "3 times" in run.failure
    assert run.finished_at


def test_a_run_that_a_dead_worker_left_is_taken_again_when_its_lease_is_over():
    make_article()
    open_runs()
    (run_id,) = due_runs()
    assert due_runs() == []

    ExtractionRun.objects.filter(pk=run_id).update(next_try_at=timezone.now() - timedelta(seconds=1))

    assert due_runs() == [run_id]


def test_pending_and_failed_articles_get_no_run():
    make_article(status=Article.Status.PENDING)
    make_article(status=Article.Status.FAILED)

    assert open_runs() == 0


def test_a_failed_store_leaves_nothing_half_written():
    class TooLate(Exception):
        pass

    def candidates():
        yield from extract_claims(TWICE)
        raise TooLate

    run = ExtractionRun.objects.create(
        revision=make_revision(text=TWICE), extractor_version="x", next_try_at=timezone.now()
    )

    with pytest.raises(TooLate):
        store_candidates(run, candidates())

    assert not Claim.objects.exists()
    run.refresh_from_db()
    assert run.finished_at is None


def test_a_name_and_its_other_names_are_one_claimant():
    first = claimant_named("Jutta Brandt")
    first.aliases.create(name="Mayor Brandt")

    assert claimant_named("  jutta   brandt ") == first
    assert claimant_named("Mayor Brandt") == first
    assert claimant_named("the Mayor Brandt") == first
    assert claimant_named("") is None
    assert claimant_named("the opposition").name == "Opposition"


def test_a_quote_is_never_moved():
    appearance = make_claim().appearances.get()

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Appearance.objects.filter(pk=appearance.pk).update(start=appearance.start + 1)


def test_rewording_a_claim_leaves_its_quote(reporter):
    claim = make_claim()

    reword_claim(claim, text="The bridge cost  84.1 million euros.", claimant_name="City of Verden", by=reporter)

    claim.refresh_from_db()
    assert claim.text == "The bridge cost 84.1 million euros."
    assert claim.claimant.name == "City of Verden"
    assert claim.appearances.get().quote == "It cost 84 million euros"


def test_a_published_claim_is_not_reworded(reporter):
    with pytest.raises(StaleClaim):
        reword_claim(make_published_claim(), text="Other.", claimant_name="", by=reporter)


def test_a_claim_is_entered_by_hand_from_the_words_of_an_article(reporter):
    revision = make_revision(text="The mayor said that the bridge was the longest in the county.")

    claim = enter_claim(
        text="The bridge is the longest in the county.", revision=revision, start=20, end=61, by=reporter
    )

    assert claim.appearances.get().quote == revision.text[20:61]
    assert claim.origin == Claim.Origin.BY_HAND


@pytest.mark.parametrize(("start", "end"), [(5, 5), (6, 5), (-1, 5), (0, 10_000)])
def test_a_span_that_is_no_part_of_the_text_is_refused(reporter, start, end):
    with pytest.raises(NotReady):
        enter_claim(text="A claim.", revision=make_revision(), start=start, end=end, by=reporter)

    assert not Claim.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_run_store_its_claims_once():
    article = submit_text(TWICE).article
    open_runs()
    run = ExtractionRun.objects.get(revision__article=article)

    assert at_once(*[partial(extract_run, run.pk)] * 4) == [None] * 4

    assert Claim.objects.filter(text__contains="410,000").count() == 1
    assert Appearance.objects.filter(claim__text__contains="410,000").count() == 2
    assert Claimant.objects.filter(name__contains="Weser").count() == 1


def test_new_candidates_come_in_with_the_weights_in_force(editor):
    text = "Exports grew 4% in 2024, the ministry said."
    weights = make_weights()
    accept_weights(weights, by=editor)

    store_candidates(make_run(make_revision(text=text)), extract_claims(text))

    claim = Claim.objects.get()
    assert claim.weights == weights
    weight, base = {r["signal"]: (r["weight"], r["base"]) for r in claim.reasons}[PERCENTAGE]
    assert weight == pytest.approx(base / 2)
    assert claim.check_worthiness < extract_claims(text)[0].check_worthiness
    assert reweigh_queue() == 0


@pytest.mark.django_db(transaction=True)
def test_weights_accepted_while_new_claims_are_stored_rank_them_all_the_same(editor):
    weights = make_weights()
    text = "Exports grew 4% in 2024, the ministry said."
    run = make_run(make_revision(text=text))

    at_once(partial(accept_weights, weights, by=editor), partial(store_candidates, run, extract_claims(text)))
    reweigh_queue()

    assert Claim.objects.get().weights == weights
