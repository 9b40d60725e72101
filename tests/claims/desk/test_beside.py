"""What a claim is like, beside it in triage and in its file, and what can be said of it there."""

import pytest

from claims.desk.pairs import Piece, pieces, wording
from claims.models import Claim, Decision, Merge, State
from claims.services.matches import confirm_external, confirm_match, reject_match
from claims.services.matching import match_waiting
from claims.services.merging import merge_claim
from tests import factories

Status = Claim.Status
NUMBERS = [{"kind": "number", "query": "14 months", "candidate": "4 months"}]
CLOSED = "The bridge was closed for 14 months."
SHORTER = "The bridge was closed for 4 months."


def triage(client):
    return client.get("/admin/triage/")


def file(client, claim):
    return client.get(f"/admin/claims/claim/{claim.pk}/change/")


def decide(client, claim, decision, **data):
    return client.post(f"/admin/triage/{claim.pk}/{decision}/", data, follow=True)


def decide_in_file(client, match, decision, claim, kind="match"):
    return client.post(f"/admin/matches/{kind}/{match.pk}/{decision}/", {"file": claim.pk}, follow=True)


def text(page):
    return page.content.decode()


def test_a_candidate_that_was_checked_before_shows_the_verdict_and_how_often_it_was_said(as_editor):
    published = factories.make_published_claim(text="The bridge cost 84 million euros.")
    factories.make_appearance(published, revision=factories.make_article().revisions.get())
    factories.make_match(published, factories.make_claim())

    page = text(triage(as_editor))

    assert "Checked before" in page
    assert "Mostly true" in page
    assert "published 2 Mar 2026" in page
    assert "appears 2 times" in page
    assert "Same claim: reuse" in page


def test_what_differs_is_marked_in_both_and_said_from_the_side_of_the_claim(as_reporter):
    older = factories.make_claim(text=CLOSED, status=Status.SHORTLISTED)
    newer = factories.make_claim(text=SHORTER)
    factories.make_match(older, newer, decision=Decision.DIFFERENT, differences=NUMBERS)

    seen_by_newer, seen_by_older = text(triage(as_reporter)), text(file(as_reporter, older))

    assert '<mark class="differs">4 months</mark> here, <mark class="differs">14 months</mark> there' in seen_by_newer
    assert 'closed for <mark class="differs">4 months</mark>.' in seen_by_newer
    assert 'closed for <mark class="differs">14 months</mark>.' in seen_by_newer
    assert '<mark class="differs">14 months</mark> here, <mark class="differs">4 months</mark> there' in seen_by_older


def test_the_same_stand_first_then_related_then_different_and_at_most_five(as_reporter):
    candidate = factories.make_claim(check_worthiness=0.99)
    for decision in (
        Decision.DIFFERENT,
        Decision.RELATED,
        Decision.SAME,
        Decision.RELATED,
        Decision.RELATED,
        Decision.SAME,
    ):
        factories.make_match(candidate, factories.make_claim(), decision=decision)

    beside = triage(as_reporter).context["beside"]

    assert [one.match.decision for one in beside.same + beside.alike] == ["same"] * 2 + ["related"] * 3


def test_pairs_with_merged_claims_and_rejected_ones_are_not_beside_a_candidate(as_reporter, reporter):
    candidate, merged = factories.make_claim(check_worthiness=0.99), factories.make_claim()
    factories.make_match(candidate, merged)
    merge_claim(merged, into=factories.make_claim(), by=reporter)
    reject_match(factories.make_match(candidate, factories.make_claim()), by=reporter)

    beside = triage(as_reporter).context["beside"]

    assert beside.same == []


def test_reuse_in_triage_merges_shows_the_next_candidate_and_can_be_undone(as_reporter):
    known = factories.make_claim(status=Status.SHORTLISTED)
    first, second = factories.make_claim(check_worthiness=0.9), factories.make_claim(check_worthiness=0.8)
    match = factories.make_match(known, first)

    page = decide(as_reporter, first, "same", match=match.pk)
    first.refresh_from_db()
    merged_into = first.merged_into
    back = as_reporter.post("/admin/triage/undo/", follow=True)

    assert merged_into == known
    assert page.context["candidate"] == second
    assert back.context["candidate"] == first
    first.refresh_from_db()
    assert first.status == Status.DETECTED


def test_not_the_same_in_triage_leaves_the_candidate_in_front_and_can_be_undone(as_reporter):
    first = factories.make_claim(check_worthiness=0.9)
    match = factories.make_match(first, factories.make_claim(check_worthiness=0.8))

    page = decide(as_reporter, first, "different", match=match.pk)
    as_reporter.post("/admin/triage/undo/")

    assert page.context["candidate"] == first
    assert page.context["beside"].same == []
    match.refresh_from_db()
    assert match.state == State.SUGGESTED


def test_the_first_pair_has_the_keys(as_reporter):
    candidate = factories.make_claim(check_worthiness=0.99)
    for _ in range(2):
        factories.make_match(candidate, factories.make_claim())

    page = text(triage(as_reporter))

    assert (page.count('data-key="r"'), page.count('data-key="x"')) == (1, 1)


def test_a_reporter_does_not_reuse_what_readers_see_and_is_told_who_does(as_reporter):
    candidate = factories.make_claim()
    match = factories.make_match(factories.make_published_claim(), candidate)

    page = text(triage(as_reporter))
    refused = decide(as_reporter, candidate, "same", match=match.pk)

    assert "Same claim: reuse" not in page
    assert "an editor says whether it is the same" in page
    assert "an editor has to say that this is the same" in text(refused)


@pytest.mark.parametrize("given", [{}, {"match": "x"}, {"match": "99999"}, {"external": "9"}, {"match": "9" * 30}])
def test_a_pair_that_is_not_there_is_said(as_reporter, given):
    page = decide(as_reporter, factories.make_claim(), "same", **given)

    assert "compared again" in text(page)


def test_fact_checks_of_others_are_shown_with_their_rating_and_can_be_put_aside(as_reporter):
    candidate = factories.make_claim()
    match = factories.make_external_match(
        candidate, decision=Decision.SAME, differences=[{"kind": "number", "query": "84", "candidate": "94"}]
    )

    page = text(triage(as_reporter))
    after = decide(as_reporter, candidate, "different", external=match.pk)
    as_reporter.post("/admin/triage/undo/")

    assert "Checked before" in page
    assert "Checked by Aller Factcheck:" in page
    assert 'rel="noreferrer noopener"' in page
    assert "Checked by Aller Factcheck:" not in text(after)
    match.refresh_from_db()
    assert match.state == State.SUGGESTED


def test_markup_of_others_is_text(as_reporter):
    external = factories.make_external(publisher="<b>X</b>", rating="<i>no</i>", claim_text="<script>alert(1)</script>")
    factories.make_external_match(factories.make_claim(), external)

    page = text(triage(as_reporter))

    assert "<script>alert" not in page
    assert "<b>X</b>" not in page
    assert "<i>no" not in page


def test_in_the_file_a_pair_is_decided_and_taken_back(as_reporter):
    claim, other = factories.make_claim(status=Status.IN_PROGRESS), factories.make_claim(status=Status.IN_PROGRESS)
    match = factories.make_match(claim, other)

    said = decide_in_file(as_reporter, match, "same", claim)
    again = decide_in_file(as_reporter, match, "reopen", claim)
    rejected = decide_in_file(as_reporter, match, "different", claim)

    assert said.redirect_chain[-1][0] == f"/admin/claims/claim/{claim.pk}/change/"
    assert f"Said to be the same as claim {other.pk}." in text(said)
    assert f"Taken back what was said of this claim and claim {other.pk}." in text(again)
    assert f"Said not to be the same as claim {other.pk}." in text(rejected)
    assert "1 that is not the same" in text(rejected)


def test_in_the_file_fact_checks_of_others_are_confirmed_and_taken_back(as_reporter, reporter):
    claim = factories.make_claim()
    match = factories.make_external_match(claim)
    confirm_external(match, by=reporter)

    page = file(as_reporter, claim)
    back = decide_in_file(as_reporter, match, "reopen", claim, kind="external")

    assert "Said to be about this claim" in text(page)
    assert "Said to be what Aller Factcheck has checked" in text(page)
    assert "Taken back what was said of the fact-check by Aller Factcheck." in text(back)


def test_what_the_machine_joined_is_said_in_both_files_and_undone_in_either(as_reporter):
    winner, loser = factories.make_claim(text=CLOSED), factories.make_claim(text="The bridge was shut for 14 months.")
    match = factories.make_match(winner, loser, certain=True)
    merge_claim(loser, into=winner, by=None, match=match)

    of_winner, of_loser = text(file(as_reporter, winner)), text(file(as_reporter, loser))
    undone = as_reporter.post(
        f"/admin/claims/claim/{loser.pk}/step/unmerge/", {"seen": "merged", "file": winner.pk}, follow=True
    )

    assert "Counted with this claim" in of_winner
    assert "<b>by machine</b>" in of_winner
    assert f"Claim {loser.pk} is counted with this one." in of_winner
    assert f"Counted with claim {winner.pk}" in of_loser
    assert "<b>by machine</b>" in of_loser
    assert "Undo the merge" in of_loser
    assert undone.redirect_chain[-1][0] == f"/admin/claims/claim/{winner.pk}/change/"
    assert f"Claim {loser.pk} is not counted with this one any more." in text(undone)
    assert not Merge.objects.in_force().exists()


def test_what_matching_finds_is_shown_with_what_differs(as_editor):
    published = factories.make_published_claim(text="The new bridge over the Aller cost 84 million euros to build.")
    factories.make_claim(text="The new bridge over the Aller cost 84 million euros to build.")
    while match_waiting():
        pass

    beside = triage(as_editor).context["beside"]

    assert [(one.claim, one.match.decision) for one in beside.same] == [(published, Decision.SAME)]


def make_pairs(claim, n):
    for _ in range(n):
        factories.make_match(claim, factories.make_published_claim(), differences=NUMBERS)
        factories.make_external_match(claim)
        merged = factories.make_claim()
        confirm_match(factories.make_match(claim, merged), by=factories.make_user("rosa"))


@pytest.mark.parametrize(("address", "number"), [("/admin/triage/", 28), ("/admin/claims/claim/{}/change/", 35)])
def test_pages_ask_the_same_number_of_queries_beside_1_and_beside_10(
    as_editor, django_assert_max_num_queries, address, number
):
    claim = factories.make_claim(check_worthiness=0.99)

    def asked():
        with django_assert_max_num_queries(50) as counted:
            as_editor.get(address.format(claim.pk))
        return len(counted)

    make_pairs(claim, 1)
    at_1 = asked()
    make_pairs(claim, 9)

    assert (at_1, asked()) == (number, number)


def whole(cut):
    return "".join(piece.text for piece in cut)


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        (["14 months"], ["14 months"]),
        (["4 months"], []),  # not inside "14 months"
        (["THE bridge"], ["The bridge"]),
        (["14  months", "closed"], ["closed", "14 months"]),
        (["14 months", "months"], ["14 ", "months"]),  # one inside the other: both are marked
        (["", " ", "(", "nowhere"], []),
    ],
)
def test_words_are_marked_where_they_stand(words, marked):
    cut = pieces(CLOSED, words)

    assert whole(cut) == CLOSED
    assert [piece.text for piece in cut if piece.differs] == marked


def test_wordings_are_compared_word_by_word():
    ours, theirs = wording("The bridge cost 84 million.", "The new bridge cost 84 million.")

    assert ours == [Piece("The bridge cost 84 million.")]
    assert theirs == [Piece("The "), Piece("new", differs=True), Piece(" bridge cost 84 million.")]


def test_wordings_that_have_little_in_common_are_left_unmarked():
    ours, theirs = wording("Fares fell.", "Nobody pays more for a ticket than in 2019, the company says.")

    assert (ours, theirs) == (
        [Piece("Fares fell.")],
        [Piece("Nobody pays more for a ticket than in 2019, the company says.")],
    )
