"""A new version of the extractor over a text that an older one has read."""

from functools import partial

import pytest

from articles.models import Article
from claims.exceptions import StaleClaim
from claims.extraction import EXTRACTOR_VERSION, Candidate, Reason
from claims.models import Appearance, Claim, ExtractionRun
from claims.services.claims import enter_claim, reword_claim
from claims.services.detection import (
    REREAD_AT_ONCE,
    due_runs,
    extract_run,
    open_runs,
    progress,
    read_again,
    store_candidates,
)
from claims.services.lifecycle import decline_claim, restore_claim, shortlist_claim
from claims.services.merging import merge_claim, unmerge_claim
from people.models import RecordEntry
from tests.at_once import at_once
from tests.factories import NOON, make_article, make_claim, make_revision, make_run, make_source

pytestmark = pytest.mark.django_db
Status = Claim.Status

TEXT = "The bridge over the Aller cost 84 million euros. It opened on 2 March 2026, a year late. People like it."
COST, OPENED, LATE = "The bridge over the Aller cost 84 million euros", "It opened on 2 March 2026", "a year late"


def candidate(quote: str, text: str = "", *, score: float = 0.8, **fields) -> Candidate:
    start = TEXT.index(quote)
    end = start + len(quote)
    sentence_end = TEXT.index(".", end) + 1
    return Candidate(
        **{
            "text": text or f"{quote}.",
            "quote": quote,
            "start": start,
            "end": end,
            "sentence_start": start,
            "sentence_end": sentence_end,
            "claimant": "",
            "kind": "quantity",
            "check_worthiness": score,
            "reasons": (Reason("a number", 1.4),),
            "modality": "asserted",
            "unresolved": (),
            "resolved": (),
            "dates": (),
            **fields,
        }
    )


@pytest.fixture
def revision():
    return make_revision(text=TEXT)


def read(revision, version: str, *candidates: Candidate) -> ExtractionRun:
    run = make_run(revision, extractor_version=version)
    store_candidates(run, candidates)
    return run


def texts() -> list[str]:
    return sorted(Claim.objects.values_list("text", flat=True))


def as_kept(claim: Claim) -> tuple:
    """Everything about a claim and where it was made."""
    row = Claim.objects.filter(pk=claim.pk).values().get()
    return row, list(Appearance.objects.filter(claim=claim).order_by("pk").values())


def test_an_untouched_claim_that_is_worded_differently_is_changed_in_place(revision):
    read(revision, "1", candidate(COST, "It cost 84 million euros.", unresolved=("It",)))
    claim = Claim.objects.get()
    run = read(revision, "2", candidate(COST, "The bridge cost 84 million euros.", score=0.9, kind="comparison"))

    changed = Claim.objects.get()
    assert changed.pk == claim.pk
    assert (changed.text, changed.extracted_text) == ("The bridge cost 84 million euros.",) * 2
    assert (changed.check_worthiness, changed.kind, changed.unresolved) == (0.9, "comparison", [])
    assert changed.appearances.get().run == run
    assert RecordEntry.objects.about(changed).last().reason == "extractor 2"


def test_a_claim_whose_place_grew_or_shrank_stands_at_the_new_place_alone(revision):
    read(revision, "1", candidate(OPENED))
    read(revision, "2", candidate(f"{OPENED}, {LATE}", "The bridge opened a year late."))

    assert texts() == ["The bridge opened a year late."]
    assert [place.quote for place in Appearance.objects.all()] == [f"{OPENED}, {LATE}"]


def test_a_claim_found_again_in_the_same_words_gets_the_score_of_the_new_version(revision):
    read(revision, "1", candidate(COST, score=0.4))
    before = Claim.objects.get()
    read(revision, "2", candidate(COST, score=0.8))

    after = Claim.objects.get()
    assert (after.pk, before.check_worthiness, after.check_worthiness) == (before.pk, 0.4, 0.8)
    assert Appearance.objects.count() == 1


def test_an_untouched_claim_that_is_not_proposed_any_more_goes_and_the_record_keeps_it(revision):
    read(revision, "1", candidate(COST), candidate("People like it"))
    gone = Claim.objects.get(text="People like it.")
    read(revision, "2", candidate(COST))

    assert texts() == [f"{COST}."]
    entry = RecordEntry.objects.filter(table_name="claims_claim", row_id=gone.pk).first()
    assert (entry.action, entry.reason, entry.actor_id) == ("DELETE", "extractor 2", None)
    assert entry.before["text"] == "People like it."


def test_a_claim_that_another_revision_still_has_stays(revision):
    other = make_revision(revision.article, text=f"Update. {TEXT}")
    read(revision, "1", candidate(COST))
    place = candidate(COST)
    moved = candidate(COST, start=place.start + 8, end=place.end + 8, sentence_start=8, sentence_end=8 + len(COST) + 1)
    read(other, "1", moved)
    read(revision, "2")

    assert texts() == [f"{COST}."]
    assert Appearance.objects.get().revision == other


def test_two_claims_in_one_sentence_each_find_their_own_next_wording(revision):
    read(revision, "1", candidate(f"{OPENED}, {LATE}", "It opened late."), candidate(LATE, "It was late."))
    first, second = Claim.objects.order_by("pk")
    read(revision, "2", candidate(LATE, "The bridge was a year late."), candidate(f"{OPENED}, {LATE}", "It opened."))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.text, second.text) == ("It opened.", "The bridge was a year late.")


def shortlisted(claim, by):
    shortlist_claim(claim, by=by)


def declined(claim, by):
    decline_claim(claim, reason="trivial", by=by)


def declined_and_put_back(claim, by):
    decline_claim(claim, reason="trivial", by=by)
    restore_claim(claim, by=by)


def reworded(claim, by):
    reword_claim(claim, text="The Aller bridge cost 84 million.", claimant_name="", by=by)


def said_by_somebody(claim, by):
    reword_claim(claim, text=claim.text, claimant_name="Jutta Brandt", by=by)


def assigned(claim, by):
    Claim.objects.filter(pk=claim.pk).update(assigned_to=by)


def merged(claim, by):
    merge_claim(claim, into=make_claim(), by=by)


def merged_and_taken_apart(claim, by):
    merge_claim(claim, into=make_claim(), by=by)
    unmerge_claim(claim, by=by)


def joined_by_another(claim, by):
    merge_claim(make_claim(), into=claim, by=by)


def given_a_source(claim, by):
    make_source(claim)


TOUCHED = [
    given_a_source,
    shortlisted,
    declined,
    declined_and_put_back,
    reworded,
    said_by_somebody,
    assigned,
    merged,
    merged_and_taken_apart,
    joined_by_another,
]


@pytest.mark.parametrize("touch", TOUCHED)
@pytest.mark.parametrize("found", ["again", "in other words", "no more"])
def test_what_a_person_has_touched_is_never_changed_and_does_not_come_back_as_another(revision, reporter, touch, found):
    read(revision, "1", candidate(COST, "The bridge cost 84 million euros."))
    claim = Claim.objects.get(text__contains="84")
    touch(claim, reporter)
    before, others = as_kept(claim), Claim.objects.count()

    worded = {"again": "The bridge cost 84 million euros.", "in other words": "The Aller bridge cost 84 million euros."}
    read(revision, "2", *([candidate(COST, worded[found], score=0.3)] if found in worded else []))

    assert as_kept(claim) == before
    assert Claim.objects.count() == others


def test_a_claim_made_by_hand_stays_and_what_the_machine_says_there_in_other_words_is_new(revision, reporter):
    start = TEXT.index(COST)
    claim = enter_claim(
        text="Verden built a dear bridge.", revision=revision, start=start, end=start + len(COST), by=reporter
    )
    before = as_kept(claim)
    read(revision, "2", candidate(COST))

    assert as_kept(claim) == before
    assert texts() == [f"{COST}.", "Verden built a dear bridge."]


def test_a_further_place_of_a_touched_claim_is_added_to_it(reporter):
    again = make_revision(text=f"{TEXT} Again: {COST}.")
    read(again, "1", candidate(COST))
    shortlist_claim(claim := Claim.objects.get(), by=reporter)
    start = len(f"{TEXT} Again: ")
    second = candidate(COST, start=start, end=start + len(COST), sentence_start=start, sentence_end=start + len(COST))
    read(again, "2", candidate(COST), second)

    assert Claim.objects.get() == claim
    assert sorted(place.start for place in claim.appearances.all()) == [0, start]


def test_an_older_run_that_comes_in_late_puts_nothing_back(revision):
    late = make_run(revision, extractor_version="1")
    read(revision, "2", candidate(COST))
    store_candidates(late, [candidate("People like it")])

    assert texts() == [f"{COST}."]
    late.refresh_from_db()
    assert late.finished_at


def test_a_run_done_twice_is_done_once(revision):
    read(revision, "1", candidate(COST, "It cost 84 million."), candidate("People like it"))
    run = read(revision, "2", candidate(COST), candidate(OPENED))
    before = RecordEntry.objects.count()
    store_candidates(run, [candidate(COST, "Something else."), candidate(LATE)])

    assert texts() == [f"{OPENED}.", f"{COST}."]
    assert RecordEntry.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_a_run_done_by_four_workers_at_once_is_done_once():
    revision = make_revision(text=TEXT)
    read(revision, "1", candidate(COST, "It cost 84 million."), candidate("People like it"))
    run = make_run(revision, extractor_version="2")

    assert sorted(at_once(*[partial(store_candidates, run, [candidate(COST), candidate(OPENED)])] * 4)) == [0, 0, 0, 1]

    assert texts() == [f"{OPENED}.", f"{COST}."]
    assert Appearance.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_editor_who_decides_while_the_new_version_writes_either_keeps_the_claim_or_is_told(reporter):
    for _round in range(5):
        revision = make_revision(text=f"{TEXT} {_round}")
        read(revision, "1", candidate(COST))
        claim = Claim.objects.get(appearances__revision=revision)
        run = make_run(revision, extractor_version="2")

        told, _stored = at_once(partial(shortlist_claim, claim, by=reporter), partial(store_candidates, run, []))

        kept = Claim.objects.filter(pk=claim.pk).first()
        assert isinstance(told, StaleClaim) if kept is None else kept.status == Status.SHORTLISTED


def test_old_texts_wait_for_a_new_version_and_new_ones_do_not():
    for n in range(REREAD_AT_ONCE + 5):
        make_run(make_article(text=f"Old text {n}.").revisions.get(), extractor_version="old", finished_at=NOON)
    fresh = make_article(text="A new text.").revisions.get()

    assert open_runs() == REREAD_AT_ONCE + 1
    assert open_runs() == 0
    assert fresh.runs.exists()

    ExtractionRun.objects.filter(extractor_version=EXTRACTOR_VERSION).update(finished_at=NOON)
    assert open_runs() == 5


def test_an_article_can_be_read_again_before_its_turn():
    first = make_article()
    make_run(first.revisions.get(), extractor_version="old", finished_at=NOON)

    assert (progress().waiting, progress().under_way) == (1, 0)
    assert read_again(first) == 1
    assert read_again(first) == 0
    assert (progress().waiting, progress().under_way) == (0, 1)


def test_a_run_of_another_version_is_left_to_the_workers_of_that_version():
    run = make_run(make_article().revisions.get(), extractor_version="next")

    extract_run(run.pk)

    run.refresh_from_db()
    assert due_runs() == []
    assert (run.attempts, run.finished_at) == (0, None)


def test_articles_that_were_never_read_are_not_read_again():
    assert read_again(make_article(status=Article.Status.FAILED)) == 0
