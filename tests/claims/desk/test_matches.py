"""The queue of matches: one pair at a time, with and without scripts; and what comes back most often."""

import pytest

from claims.models import Claim, ClaimMatch, Decision, State
from claims.services.matches import confirm_match, reject_match
from claims.services.matching import match_waiting
from claims.services.merging import merge_claim
from tests import factories

QUEUE = "/admin/matches/"
Status = Claim.Status
BRIDGE = "The new bridge over the Aller cost 84 million euros to build."


def decide(client, match, decision, at=""):
    return client.post(f"{QUEUE}{match.pk}/{decision}/{at}", follow=True)


def make_pair(**fields):
    return factories.make_match(factories.make_claim(), factories.make_claim(), **fields)


def text(page):
    return page.content.decode()


def test_the_most_similar_pair_comes_first_side_by_side_with_quotes_and_verdict(as_reporter):
    make_pair(similarity=0.7)
    published = factories.make_published_claim(text="The bridge cost 84 million euros.")
    match = factories.make_match(published, factories.make_claim(), similarity=0.95)

    page = as_reporter.get(QUEUE)

    assert page.context["match"] == match
    assert text(page).count("<mark>It cost 84 million euros</mark>") == 2
    assert "Mostly true" in text(page)
    assert "2 pairs wait" in text(page)


def test_only_pairs_that_are_taken_for_the_same_and_nobody_decided_on_wait(as_reporter, reporter):
    make_pair(decision=Decision.RELATED)
    make_pair(decision=Decision.DIFFERENT)
    reject_match(make_pair(), by=reporter)
    confirm_match(make_pair(), by=reporter)

    assert "No pair waits for you." in text(as_reporter.get(QUEUE))


def test_named_differences_are_marked_in_both_texts_and_said(as_reporter):
    older = factories.make_claim(text="The bridge was closed for 14 months.")
    newer = factories.make_claim(text="The bridge was closed for 4 months.")
    factories.make_match(older, newer, differences=[{"kind": "number", "query": "14 months", "candidate": "4 months"}])

    page = text(as_reporter.get(QUEUE))

    assert 'closed for <mark class="differs">14 months</mark>.' in page
    assert 'closed for <mark class="differs">4 months</mark>.' in page
    assert "Number:" in page


def test_markup_in_claims_and_differences_is_text(as_reporter):
    older = factories.make_claim(text="The <b>bridge</b> & <script>alert(1)</script> cost 84 million.")
    differences = [{"kind": "<i>kind</i>", "query": "<b>bridge</b>", "candidate": "<script>alert(2)</script>"}]
    factories.make_match(older, factories.make_claim(), differences=differences)

    page = text(as_reporter.get(QUEUE))

    assert "&lt;b&gt;bridge&lt;/b&gt;" in page
    assert not {"<script>alert", "<i>kind", "<b>bridge"} & set(page.split())
    assert "<script>alert" not in page
    assert "<i>kind" not in page


def test_same_merges_and_shows_the_next_pair(as_reporter):
    first, second = make_pair(similarity=0.9), make_pair(similarity=0.8)

    page = decide(as_reporter, first, "same")

    assert Claim.objects.get(pk=first.high_id).merged_into_id == first.low_id
    assert page.context["match"] == second
    assert f"Claim {first.high_id} counts with claim {first.low_id} now" in text(page)


def test_not_the_same_is_kept_and_shows_the_next_pair(as_reporter, reporter):
    first, second = make_pair(similarity=0.9), make_pair(similarity=0.8)

    page = decide(as_reporter, first, "different")

    first.refresh_from_db()
    assert (first.state, first.decided_by) == (State.REJECTED, reporter)
    assert page.context["match"] == second


def test_undo_takes_back_one_decision_after_another(as_reporter):
    first, second = make_pair(similarity=0.9), make_pair(similarity=0.8)
    decide(as_reporter, first, "same")
    decide(as_reporter, second, "different")

    as_reporter.post(f"{QUEUE}undo/")
    page = as_reporter.post(f"{QUEUE}undo/", follow=True)

    assert set(ClaimMatch.objects.values_list("state", flat=True)) == {State.SUGGESTED}
    assert set(Claim.objects.values_list("status", flat=True)) == {Status.DETECTED}
    assert page.context["match"] == first


def test_undo_leaves_what_a_colleague_decided_since(as_reporter, as_editor):
    match = make_pair()
    decide(as_reporter, match, "different")
    decide_again = as_editor.post(f"/admin/matches/match/{match.pk}/reopen/", {"file": match.low_id}, follow=True)
    decide(as_editor, match, "same")

    page = as_reporter.post(f"{QUEUE}undo/", follow=True)

    assert decide_again.status_code == 200
    assert "Somebody has decided on these two since." in text(page)
    match.refresh_from_db()
    assert match.state == State.CONFIRMED


def test_with_nothing_to_undo_that_is_said(as_reporter):
    assert "There is nothing to undo." in text(as_reporter.post(f"{QUEUE}undo/", follow=True))


def test_the_second_of_two_editors_at_a_pair_is_told_and_goes_on(as_reporter, as_editor):
    first, second = make_pair(similarity=0.9), make_pair(similarity=0.8)
    decide(as_reporter, first, "different")

    page = decide(as_editor, first, "same")

    assert "Rosa Example has decided on these two already: “Rejected”." in text(page)
    assert page.context["match"] == second
    assert not Claim.objects.filter(status=Status.MERGED).exists()


def test_a_pair_that_was_compared_again_is_said_and_the_queue_goes_on(as_reporter):
    gone, other = make_pair(similarity=0.9), make_pair(similarity=0.8)
    address = gone.pk
    ClaimMatch.objects.filter(pk=address).delete()

    page = as_reporter.post(f"{QUEUE}{address}/same/", follow=True)

    assert "compared again" in text(page)
    assert page.context["match"] == other


def test_skip_and_back_walk_the_queue_without_a_decision(as_reporter):
    pairs = [make_pair(similarity=similarity) for similarity in (0.9, 0.8, 0.8)]

    page = as_reporter.get(QUEUE)
    second = as_reporter.get(page.context["later"])
    third = as_reporter.get(second.context["later"])

    assert [page.context["match"], second.context["match"], third.context["match"]] == pairs
    assert as_reporter.get(third.context["back"]).context["match"] == pairs[1]


def test_the_end_of_the_queue_says_what_was_skipped(as_reporter):
    first, last = make_pair(similarity=0.9), make_pair(similarity=0.8)

    page = decide(as_reporter, last, "different", at=f"?at={last.pk}")

    assert page.context["match"] is None
    assert "1 pair was skipped." in text(page)
    assert ClaimMatch.objects.proposed().get() == first


def test_filters_stay_in_the_address_after_a_decision(as_editor):
    published = [factories.make_match(factories.make_published_claim(), factories.make_claim()) for _ in range(2)]
    make_pair(similarity=0.95)

    page = decide(as_editor, published[0], "same", at="?published=on&similarity=0.5")

    assert page.context["match"] == published[1]
    assert "published=True" in page.redirect_chain[-1][0]
    assert "similarity=0.5" in page.redirect_chain[-1][0]


@pytest.mark.parametrize(
    "asked", ["?publisher=abc", "?publisher=999", "?similarity=2", "?similarity=x", "?at=x", "?at=9"]
)
def test_what_cannot_be_read_in_the_address_is_left_out(as_reporter, asked):
    match = make_pair()

    assert as_reporter.get(f"{QUEUE}{asked}").context["match"] == match


def test_pairs_of_one_publisher(as_reporter):
    make_pair()
    other = factories.make_article(publisher=factories.make_publisher("other.example", name="Other"))
    match = factories.make_match(factories.make_claim(revision=other.revisions.get()), factories.make_claim())

    page = as_reporter.get(f"{QUEUE}?publisher={other.publisher_id}")

    assert page.context["match"] == match
    assert page.context["waiting"] == 1


def test_filters_without_a_pair_say_so(as_reporter):
    make_pair(similarity=0.5)

    assert "No pair fits these filters." in text(as_reporter.get(f"{QUEUE}?similarity=0.9"))


def test_a_reporter_is_told_that_an_editor_says_of_what_readers_see(as_reporter, as_editor):
    match = factories.make_match(factories.make_published_claim(), factories.make_claim())

    pages = [text(client.get(QUEUE)) for client in (as_reporter, as_editor)]
    refused = decide(as_reporter, match, "same")

    assert [f"/{match.pk}/same/" in page for page in pages] == [False, True]
    assert ["an editor says whether they are the same" in page for page in pages] == [True, False]
    assert "an editor has to say that this is the same" in text(refused)
    assert ClaimMatch.objects.get().state == State.SUGGESTED


@pytest.mark.parametrize("keys", ["s", "d", "n j", "u", "1", "2", "?"])
def test_each_key_is_written_on_its_button(as_reporter, keys):
    decide(as_reporter, make_pair(similarity=0.9), "different")
    make_pair()

    assert f'data-key="{keys}"' in text(as_reporter.get(QUEUE))


def test_htmx_gets_the_pair_alone_and_a_new_address(as_reporter):
    match = make_pair()

    page = as_reporter.get(QUEUE, headers={"HX-Request": "true"})

    assert b"<html" not in page.content
    assert page["HX-Replace-Url"] == f"{QUEUE}?at={match.pk}"


def test_matches_are_not_for_administrators_and_nothing_is_decided_by_looking(as_administrator, as_reporter):
    match = make_pair()

    assert as_administrator.get(QUEUE).status_code == 403
    assert decide(as_administrator, match, "same").status_code == 403
    assert as_reporter.get(f"{QUEUE}{match.pk}/same/").status_code == 405
    assert decide(as_reporter, match, "nonsense").status_code == 404
    assert decide(as_reporter, match, "reopen").status_code == 404


def test_what_matching_proposes_is_what_waits(as_editor):
    published, claim = factories.make_published_claim(text=BRIDGE), factories.make_claim(text=BRIDGE)
    while match_waiting():
        pass

    page = as_editor.get(QUEUE)
    decide(as_editor, page.context["match"], "same")

    assert (page.context["match"].low, page.context["match"].high) == (published, claim)
    claim.refresh_from_db()
    assert claim.merged_into == published


def test_the_menu_says_how_many_wait(as_reporter):
    make_pair()

    assert '<span class="count" id="count-matches">1</span>' in text(as_reporter.get("/admin/"))


def clusters(client, page=""):
    return client.get(f"{QUEUE}clusters/{page}").context["clusters"]


def test_the_statement_that_comes_back_most_often_stands_first(as_reporter, reporter):
    twice = [factories.make_claim() for _ in range(2)]
    merge_claim(twice[1], into=twice[0], by=reporter)
    often = [factories.make_claim() for _ in range(4)]
    merge_claim(often[3], into=often[2], by=reporter)
    factories.make_match(often[0], often[1])
    factories.make_match(often[1], often[2], state=State.CONFIRMED)
    factories.make_claim()

    found = clusters(as_reporter)

    assert [(one.size, one.times) for one in found] == [(4, 4), (2, 2)]
    assert [one.head for one in found] == [often[0], twice[0]]
    assert found[0].publishers == ["Verdener Bote"]


def test_of_a_cluster_the_claim_with_a_verdict_is_shown_with_it(as_reporter):
    claim, published = factories.make_claim(), factories.make_published_claim()
    factories.make_match(claim, published)

    page = as_reporter.get(f"{QUEUE}clusters/")

    assert page.context["clusters"][0].head == published
    assert "Mostly true" in text(page)


def test_related_different_and_rejected_pairs_make_no_cluster(as_reporter):
    make_pair(decision=Decision.RELATED)
    make_pair(decision=Decision.DIFFERENT)
    make_pair(state=State.REJECTED)

    assert "No statement has come back yet." in text(as_reporter.get(f"{QUEUE}clusters/"))


def test_clusters_come_twenty_a_page(as_reporter):
    for _ in range(21):
        make_pair()

    assert len(clusters(as_reporter)) == 20
    assert len(clusters(as_reporter, "?page=2")) == 1
    assert len(clusters(as_reporter, "?page=nonsense")) == 20


@pytest.mark.parametrize(("address", "number"), [(QUEUE, 17), (f"{QUEUE}clusters/", 10)])
def test_pages_ask_the_same_number_of_queries_at_1_and_at_10_pairs(
    as_editor, django_assert_max_num_queries, address, number
):
    def asked():
        with django_assert_max_num_queries(40) as counted:
            as_editor.get(address)
        return len(counted)

    factories.make_match(factories.make_published_claim(), factories.make_claim())
    at_1 = asked()
    for _ in range(9):
        factories.make_match(factories.make_published_claim(), factories.make_claim())

    assert (at_1, asked()) == (number, number)
