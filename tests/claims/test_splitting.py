"""Claims taken apart, entered by hand, and both taken back."""

import pytest

from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.models import Appearance, Claim, ClaimSplit
from claims.services.claims import enter_claim, reword_claim
from claims.services.holds import hold_claim
from claims.services.lifecycle import shortlist_claim, start_claim
from claims.services.splitting import Part, split_claim, undo_split, withdraw_claim
from people.models import RecordEntry
from tests.factories import TEXT, make_claim, make_match, make_revision

pytestmark = pytest.mark.django_db
SENTENCE = "It cost 84 million euros, the mayor of Verden, Jutta Brandt, said."
START = TEXT.index(SENTENCE)
MAYOR = TEXT.index("the mayor of Verden, Jutta Brandt")
PARTS = [Part("The bridge cost 84 million euros."), Part("Jutta Brandt is the mayor of Verden.", MAYOR, MAYOR + 33)]


@pytest.fixture
def claim(db) -> Claim:
    claim = make_claim(text="Mayor Jutta Brandt said that the bridge cost 84 million euros.")
    claim.appearances.update(sentence_start=START, sentence_end=START + len(SENTENCE))
    return claim


def place(claim: Claim) -> Appearance:
    return Appearance.objects.select_related("revision").get(claim=claim)


def test_the_first_part_keeps_the_row_and_the_others_get_places_in_the_same_sentence(claim, reporter):
    (mayor,) = split_claim(claim, PARTS, place=place(claim), by=reporter)

    claim.refresh_from_db()
    assert claim.text == "The bridge cost 84 million euros."
    assert place(claim).quote == "It cost 84 million euros"
    assert (mayor.text, mayor.origin, mayor.status) == ("Jutta Brandt is the mayor of Verden.", "by_hand", "detected")
    assert (mayor.kind, mayor.claimant, mayor.check_worthiness) == (claim.kind, claim.claimant, claim.check_worthiness)
    assert place(mayor).quote == "the mayor of Verden, Jutta Brandt"
    assert place(mayor).revision == place(claim).revision


def test_a_split_is_on_the_record(claim, reporter):
    (mayor,) = split_claim(claim, PARTS, place=place(claim), by=reporter)

    entry = RecordEntry.objects.about(mayor).get()
    assert (entry.actor_name, entry.reason) == ("rosa", f"taken out of claim {claim.pk}")
    assert RecordEntry.objects.about(ClaimSplit.objects.get()).get().after["text_before"].startswith("Mayor Jutta")


def test_a_part_without_words_of_its_own_stands_where_the_claim_does(claim, reporter):
    (other,) = split_claim(claim, [PARTS[0], Part("Jutta Brandt is mayor.")], place=place(claim), by=reporter)

    assert place(other).quote == place(claim).quote


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        (PARTS[:1], "two parts at least"),
        ([Part(f"Part {n}.") for n in range(7)], "at most"),
        ([PARTS[0], Part("  ")], "as one sentence"),
        ([PARTS[0], Part("x" * 1001)], "as one sentence"),
        ([PARTS[0], Part("the bridge  cost 84 million euros.")], "say the same"),
        ([PARTS[0], Part("Elsewhere.", 0, 7)], "words of the sentence"),
        ([PARTS[0], Part("Backwards.", MAYOR + 5, MAYOR)], "words of the sentence"),
    ],
)
def test_parts_that_make_no_sense_are_refused_and_nothing_is_written(parts, why, claim, reporter):
    with pytest.raises(NotReady, match=why):
        split_claim(claim, parts, place=place(claim), by=reporter)

    assert Claim.objects.get().text == claim.text


def test_a_claim_that_somebody_checks_is_not_taken_apart(claim, reporter):
    shortlist_claim(claim, by=reporter)
    start_claim(claim, by=reporter)

    with pytest.raises(StaleClaim, match="before somebody starts checking"):
        split_claim(claim, PARTS, place=place(claim), by=reporter)


def test_an_administrator_takes_nothing_apart(claim, administrator):
    with pytest.raises(NotAllowed):
        split_claim(claim, PARTS, place=place(claim), by=administrator)


def test_a_split_is_undone_as_if_it_had_not_been(claim, reporter):
    split_claim(claim, PARTS, place=place(claim), by=reporter)

    undo_split(claim, by=reporter)

    assert Claim.objects.get().text == claim.text
    assert not ClaimSplit.objects.exists()
    with pytest.raises(StaleClaim):
        undo_split(claim, by=reporter)


def test_what_the_machine_compared_with_a_part_does_not_keep_it(claim, reporter):
    (mayor,) = split_claim(claim, PARTS, place=place(claim), by=reporter)
    make_match(mayor, make_claim())

    undo_split(claim, by=reporter)

    assert not Claim.objects.filter(pk=mayor.pk).exists()


def test_of_two_splits_the_last_one_is_undone_first(claim, reporter):
    split_claim(claim, PARTS, place=place(claim), by=reporter)
    claim.refresh_from_db()
    split_claim(claim, [Part("The bridge has a cost."), Part("It is 84 million.")], place=place(claim), by=reporter)

    undo_split(claim, by=reporter)

    assert set(Claim.objects.values_list("text", flat=True)) == {part.text for part in PARTS}


@pytest.mark.parametrize(
    "touch",
    [
        lambda _claim, part, editor: shortlist_claim(part, by=editor),
        lambda _claim, part, editor: reword_claim(part, text="Changed.", claimant_name="", by=editor),
        lambda claim, _part, editor: reword_claim(claim, text="Changed.", claimant_name="", by=editor),
        lambda _claim, part, editor: hold_claim(part.pk, by=editor),
        lambda _claim, part, _editor: make_match(part, make_claim(), state="rejected"),
    ],
)
def test_a_split_that_somebody_works_on_is_not_undone(touch, claim, reporter, editor):
    (mayor,) = split_claim(claim, PARTS, place=place(claim), by=reporter)
    touch(claim, mayor, editor)

    with pytest.raises(StaleClaim):
        undo_split(claim, by=reporter)
    assert ClaimSplit.objects.exists()


def test_a_claim_entered_by_hand_is_withdrawn_while_nobody_touched_it(reporter, editor):
    revision = make_revision()
    mine, used = (enter_claim(text=text, revision=revision, start=0, end=9, by=reporter) for text in ("A.", "B."))
    shortlist_claim(used, by=editor)

    withdraw_claim(mine, by=reporter)

    assert Claim.objects.get() == used
    with pytest.raises(StaleClaim, match="Somebody works with"):
        withdraw_claim(used, by=reporter)


def test_what_the_extractor_found_is_not_withdrawn(claim, reporter):
    with pytest.raises(StaleClaim):
        withdraw_claim(claim, by=reporter)
