"""What readers see of corrections: on the page, in the log and its feed, and between the versions."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from claims.differences import Kind, compare_words
from claims.models import Claim
from claims.services.retraction import give_second_look, retract_at_once
from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db


def corrected(*, code="false", note="The account was not final.", kind=None, claim=None, **verdict):
    """A published claim with a second version."""
    claim = claim or factories.make_published_claim()
    draft = factories.make_verdict(claim, **({"rating": factories.rating(code)} | verdict))
    factories.approve(draft)
    factories.make_correction(draft, note=note, **({"kind": kind} if kind else {}))
    claim.verdicts.filter(pk=draft.pk).update(published_at=factories.NOON + timedelta(days=1), claim_text=claim.text)
    return claim


def test_a_changed_verdict_makes_a_banner(client):
    claim = corrected()

    text = pages.text_of(client.get(claim.get_absolute_url()))

    assert "We changed this verdict from “Mostly true” to “False” on March 2, 2026: The account was not final." in text


@pytest.mark.parametrize("kind", ["factual", "update", "clarification"])
def test_another_class_is_in_the_history_and_makes_no_banner(client, kind):
    claim = corrected(code="mostly-true", kind=kind, summary="Another.")

    text = pages.text_of(client.get(claim.get_absolute_url()))

    assert "We changed this verdict" not in text
    assert "The account was not final." in text


def test_a_typing_error_shows_in_the_versions_alone(client):
    claim = corrected(code="mostly-true", kind="typo", note="A slip of the pen.", summary="The final acount.")

    assert "slip of the pen" not in client.get(claim.get_absolute_url()).content.decode()
    assert "slip of the pen" not in client.get("/corrections/").content.decode()
    assert "slip of the pen" not in client.get("/feeds/corrections.atom").content.decode()
    assert "Typing error" in client.get(f"{claim.get_absolute_url()}versions/").content.decode()


def test_every_claim_page_leads_to_the_policy_and_to_the_report(client):
    claim = factories.make_published_claim()

    links = pages.parse(client.get(claim.get_absolute_url())).xpath("//main//a/@href")

    assert {"/corrections/", f"/report/{claim.slug}/"} <= set(links)


def test_the_record_for_machines_is_of_the_current_version(client):
    claim = corrected()

    record = pages.claim_review(client.get(claim.get_absolute_url()))

    assert record["reviewRating"]["alternateName"] == "False"
    assert record["datePublished"] < record["dateModified"]


def test_the_log_has_the_newest_first_and_one_class_where_asked(client, editor):
    changed = corrected(note="Rated anew.")
    retract_at_once(factories.make_published_claim(text="Gone."), why="Taken back.", by=editor)

    text = pages.text_of(client.get("/corrections/"))
    only = pages.text_of(client.get("/corrections/?class=void"))

    assert text.index("Taken back.") < text.index("Rated anew.")
    assert "Rated anew." not in only
    assert changed.text in text
    assert client.get("/corrections/?class=typo").status_code == 404
    assert client.get("/corrections/?page=9").status_code == 404


def test_the_log_is_paged(client):
    claim = factories.make_published_claim()
    for n in range(21):
        corrected(claim=claim, code=("false", "true")[n % 2], note=f"Note {n}.")

    first = client.get("/corrections/")

    assert 'rel="next" href="/corrections/?page=2"' in first.content.decode()
    assert len(pages.parse(client.get("/corrections/?page=2")).xpath("//li[@class='log__one']")) == 1


def test_an_empty_log_says_so(client):
    assert "There are none yet" in pages.text_of(client.get("/corrections/"))


@pytest.mark.parametrize("rows", [1, 10])
def test_log_and_feed_take_the_same_queries_however_long(client, rows):
    for _ in range(rows):
        corrected()
    client.get("/corrections/")

    for address, number in (("/corrections/", 4), ("/feeds/corrections.atom", 2)):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        assert len(captured) == number, [query["sql"] for query in captured]


def test_the_feed_says_from_what_to_what_and_why(client):
    claim = corrected(note="A & B <i>")

    (entry,) = pages.parse_xml(client.get("/feeds/corrections.atom")).findall("a:entry", pages.ATOM)

    assert entry.findtext("a:title", namespaces=pages.ATOM) == f"Changed verdict: {claim.text}"
    assert entry.findtext("a:summary", namespaces=pages.ATOM) == escape("From “Mostly true” to “False”: A & B <i>")
    assert entry.find("a:link", pages.ATOM).get("href").endswith(claim.get_absolute_url())


class TestVersions:
    def test_what_changed_is_marked_by_elements_and_words(self, client):
        claim = corrected(summary="The final account puts the bridge at 94.1 million euros.")

        page = pages.parse(client.get(f"{claim.get_absolute_url()}versions/"))

        removed = [element.text_content() for element in page.xpath("//p//del")]
        added = [element.text_content() for element in page.xpath("//p//ins")]
        assert "[removed: 84.1 ]" in removed
        assert "[added: 94.1 ]" in added

    def test_it_is_canonical_to_the_page_and_not_indexed(self, client):
        claim = corrected()

        page = pages.parse(client.get(f"{claim.get_absolute_url()}versions/"))

        assert page.xpath("//link[@rel='canonical']/@href")[0].endswith(claim.get_absolute_url())
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]

    def test_sources_that_came_and_went_are_named(self, client):
        text = pages.text_of(client.get(f"{corrected().get_absolute_url()}versions/"))

        assert "removed: Final account of the bridge" in text
        assert "added: Final account of the bridge" in text

    @pytest.mark.parametrize("status", ["retracted", "in_progress"])
    def test_only_what_is_published_has_versions(self, client, status):
        claim = factories.make_published_claim(status=status)

        assert client.get(f"/claims/{claim.slug}/versions/").status_code == 404

    def test_a_private_person_is_not_named_in_an_old_version(self, client):
        claim = corrected()
        claim.verdicts.all()
        claim.claimant.named_publicly = False
        claim.claimant.save()

        assert "Brandt" not in client.get(f"{claim.get_absolute_url()}versions/").content.decode()

    def test_hostile_text_is_shown_and_not_run(self, client):
        claim = corrected(summary="<script>alert(1)</script> [x](javascript:alert(2))", note="<img src=x onerror=y>")

        for address in (f"{claim.get_absolute_url()}versions/", claim.get_absolute_url(), "/corrections/"):
            content = client.get(address).content.decode()
            assert "<script>alert" not in content
            assert "<img" not in content
            assert 'href="javascript' not in content

    @pytest.mark.parametrize("rows", [1, 10])
    def test_the_same_queries_however_many(self, client, rows):
        claim = factories.make_published_claim()
        for n in range(rows):
            corrected(claim=claim, code=("false", "true")[n % 2])

        with CaptureQueriesContext(connection) as captured:
            client.get(f"{claim.get_absolute_url()}versions/")
        assert len(captured) == 6

    @pytest.mark.parametrize(
        ("old", "new"), [("", ""), ("", "a b"), ("a b", ""), ("a  b\n\nc.", "a b\nc. d"), ("x" * 9000, "y" * 9000)]
    )
    def test_the_pieces_make_up_both_texts(self, old, new):
        pieces = compare_words(old, new)

        assert "".join(piece.text for piece in pieces if piece.kind != Kind.ADDED) == old
        assert "".join(piece.text for piece in pieces if piece.kind != Kind.REMOVED) == new


class TestNotices:
    def test_a_look_that_disagrees_is_told(self, client, editor, reviewer):
        claim = factories.make_published_claim()
        retracted = retract_at_once(claim, why="It was another bridge.", by=editor)
        give_second_look(retracted, agrees=False, note="It is the same bridge.", by=reviewer)

        text = pages.text_of(client.get(claim.get_absolute_url()))

        assert "It was another bridge." in text
        assert "It is the same bridge." in text

    def test_what_was_taken_down_shows_the_notice_and_nothing_of_the_claim(self, client, editor):
        from claims.services import legal

        claim = factories.make_published_claim()
        other = factories.make_user("emil", role="editor")
        request = legal.file_legal_request(
            sender="Firm", received_on=factories.NOON.date(), asked="Delete.", claim=claim, by=editor
        )
        legal.decide_legal_request(request, decision="taken_down", outcome="So.", notice="By order.", by=editor)
        legal.confirm_takedown(request, by=other)

        for address in (claim.get_absolute_url(), "/corrections/", "/feeds/corrections.atom", f"/report/{claim.slug}/"):
            content = client.get(address).content.decode()
            assert "84 million" not in content, address
            assert "Firm" not in content
        assert "By order." in pages.text_of(client.get(claim.get_absolute_url()))
        assert "legal requests received: 1" in pages.text_of(client.get("/corrections/"))
        assert Claim.objects.get(pk=claim.pk).status == "retracted"
