"""The history of a claim: everything that happened, in sentences, and no finding before its time."""

from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from claims.desk.history import told
from claims.differences import compare_words, shortened
from claims.models import Citation, Claim, ClaimantAlias, ClaimantRole, Outreach, Review, Source, Topic, Verdict
from claims.services.lifecycle import decline_claim, shortlist_claim, start_claim, step_back
from claims.services.merging import merge_claim
from claims.services.review import rate_verdict
from claims.services.trail import entries_about, hanging
from people.models import RecordEntry
from people.record import recorded
from tests import factories

pytestmark = pytest.mark.django_db


def lines(claim: Claim) -> list[str]:
    return [line.what for moment in told(entries_about(claim), claim) for line in moment.lines]


def changes(claim: Claim) -> dict[str, list[tuple[str, str]]]:
    found = (line for moment in told(entries_about(claim), claim) for line in moment.lines)
    return {c.label: [(p.kind, p.text) for p in c.pieces] for line in found for c in line.changes}


def page(client, claim: Claim, asked: str = "") -> str:
    return client.get(f"/admin/claims/claim/{claim.pk}/record/{asked}").content.decode()


def test_who_did_what_and_why_is_told(as_reporter, reporter, editor):
    claim = factories.make_claim()
    shortlist_claim(claim, by=reporter)
    start_claim(claim, by=reporter)
    step_back(claim, why="No time this week.", by=editor)

    text = page(as_reporter, claim)

    assert "Moved from “In progress” to “Shortlisted”." in text
    assert "Assigned to Rosa Example." in text
    assert "No time this week." in text
    assert "Edith Example" in text
    assert "Found by the extractor." in text
    assert "The machine" in text


def test_a_changed_text_is_told_word_by_word(editor):
    claim = factories.make_claim(text="The bridge cost 84 million euros.")
    with recorded(by=editor):
        Claim.objects.filter(pk=claim.pk).update(text="The bridge cost 94 million euros.")

    assert changes(claim)["claim"] == [
        ("same", "The bridge cost "), ("removed", "84 "), ("added", "94 "), ("same", "million euros.")
    ]  # fmt: skip


def test_what_hangs_on_the_claim_is_told_each_in_its_own_sentence(editor):
    claim = factories.make_published_claim()
    part = factories.make_claim(text="A part.")
    topic = Topic.objects.create(name="Bridges", slug="bridges")
    claim.topics.add(topic)
    ClaimantRole.objects.create(claimant=claim.claimant, title="Mayor of Verden")
    ClaimantAlias.objects.create(claimant=claim.claimant, name="Mayor Brandt")
    ask = Outreach.objects.create(claim=claim, whom="Her office", channel="email", asked_on=date(2026, 3, 3), by=editor)
    Outreach.objects.filter(pk=ask.pk).update(answer="No comment.", answered_on=date(2026, 3, 4))
    Claim.objects.filter(pk=part.pk).update(part_of=claim)
    merge_claim(factories.make_claim(text="Other."), into=claim, by=editor)

    said = lines(claim)

    for sentence in (
        "Topic added: Bridges.",
        "The claimant’s role was added: Mayor of Verden.",
        "The claimant is also written Mayor Brandt.",
        "Her office was asked (E-mail).",
        "An answer came: “No comment.”",
        f"Claim {part.pk} became a part of this one.",
        "Verdict published.",
        "Verdict begun, version 1.",
        "Source added: “Final account of the bridge”.",
        "The verdict cites “Final account of the bridge”: Supports the claim.",
        "Reviewed: Approved.",
        f"Found in an article: “{factories.QUOTE}”.",
    ):
        assert sentence in said
    assert any(sentence.endswith("is counted with this one.") for sentence in said)


def test_a_rating_is_told_before_the_decision_and_whether_it_was_blind(reviewer, editor):
    claim = factories.make_claim_with_verdict(status=Claim.Status.IN_REVIEW)
    rate_verdict(claim, by=reviewer, rating=factories.rating("false"), note="The budget has it.")
    Review.objects.create(
        verdict=claim.verdicts.get(), reviewer=editor, rating=factories.rating("true"), rated_at=timezone.now(),
        first_rating=factories.rating(), blind=False, saves=0,
    )  # fmt: skip

    said = lines(claim)

    assert "Rated without knowing the first rating: False." in said
    assert "Rated: True." in said


def test_what_is_gone_is_still_told(editor):
    claim = factories.make_claim_with_verdict()
    citation = Citation.objects.get()
    with recorded(by=editor, why="It was a forgery."):
        citation.delete()
        Source.objects.all().delete()
        claim.appearances.all().delete()

    said = lines(claim)

    assert "Source removed: “Final account of the bridge”." in said
    assert "The verdict does not cite “Final account of the bridge” any more." in said
    assert f"A place was taken out: “{factories.QUOTE}”." in said
    assert "Source added: “Final account of the bridge”." in said


def test_nothing_of_another_claim_is_told(editor):
    claim, other = factories.make_published_claim(), factories.make_published_claim(text="Not mine.")
    Citation.objects.filter(verdict__claim=other).values_list("pk")
    own = set(entries_about(claim).values_list("pk", flat=True))

    apart = {
        entry.pk for entry in RecordEntry.objects.filter(table_name="claims_source", row_id=other.sources.get().pk)
    }

    assert own
    assert apart
    assert not own & apart


def test_each_table_that_hangs_on_a_claim_is_told_without_being_named_anywhere(editor, monkeypatch):
    monkeypatch.setattr("claims.desk.history.TELLERS", {})
    claim = factories.make_published_claim()
    Outreach.objects.create(claim=claim, whom="Her office", channel="email", asked_on=date(2026, 3, 3), by=editor)
    Outreach.objects.update(answer="No comment.", answered_on=date(2026, 3, 4))

    said = lines(claim)

    assert "Question to the claimant added: “Her office”." in said
    assert "Question to the claimant changed: answer, answered on." in said
    assert {Outreach, Verdict, Citation, Source} < set(hanging())


def test_a_table_that_no_longer_exists_is_told_by_its_name(editor):
    claim = factories.make_claim()
    entry = entries_about(claim).first()
    entry.table_name, entry.action, entry.after = "claims_forgotten", "UPDATE", {"colour": "red"}
    entry.before = {"colour": "blue"}

    (moment,) = told([entry], claim)

    assert moment.lines[0].what == "Claims_forgotten changed: colour."


def test_a_finding_under_review_is_hidden_from_who_has_not_rated_it(as_reviewer, as_reporter, reviewer):
    claim = factories.make_claim_with_verdict(status=Claim.Status.IN_REVIEW)
    Verdict.objects.filter(claim=claim).update(rating=factories.rating("false"), summary="It is wrong.")

    assert "Mostly true" in page(as_reporter, claim)  # Rosa wrote it
    for text in (page(as_reviewer, claim), as_reviewer.get(f"/admin/claims/claim/{claim.pk}/record/?kind=verdict")):
        text = text if isinstance(text, str) else text.content.decode()
        assert "Mostly true" not in text
        assert "It is wrong." not in text
        assert "What tells the finding is not shown before you have rated the claim yourself." in text

    factories.approve(claim.verdicts.get(), by=reviewer)
    assert "Mostly true" in page(as_reviewer, claim)


def test_filters_narrow_by_person_machine_and_kind(as_reporter, reporter, editor):
    claim = factories.make_claim()
    shortlist_claim(claim, by=reporter)
    factories.make_source(claim, title="Budget")

    assert "Moved from" not in page(as_reporter, claim, "?who=machine")
    assert "Found by the extractor." not in page(as_reporter, claim, "?who=people")
    assert "Moved from" in page(as_reporter, claim, f"?who={reporter.pk}")
    assert "Source added: “Budget”." in page(as_reporter, claim, "?kind=source")
    assert "Moved from" not in page(as_reporter, claim, "?kind=source")
    assert "Nothing fits." in page(as_reporter, claim, "?kind=other")
    for nonsense in ("?who=9999", "?kind=x", "?page=x", "?page=-1", "?page=99999999999999999999", "?who=%27;--"):
        assert "Moved from" in page(as_reporter, claim, nonsense)


def test_the_first_page_of_the_file_shows_the_last_eight_and_leads_to_the_rest(as_reporter, reporter):
    claim = factories.make_claim()
    for n in range(12):
        Claim.objects.filter(pk=claim.pk).update(text=f"Wording {n}.")

    text = as_reporter.get(f"/admin/claims/claim/{claim.pk}/change/").content.decode()

    assert text.count("Wording changed from") == 8
    assert f'href="/admin/claims/claim/{claim.pk}/record/"' in text
    assert "Wording changed from “Wording 0.”." in page(as_reporter, claim)


@pytest.mark.parametrize("n", [1, 10, 100])
def test_the_history_asks_the_same_number_of_queries_however_long_it_is(as_reporter, editor, n):
    claim = factories.make_published_claim()
    merge_claim(factories.make_claim(text="Other.", appears=False), into=claim, by=editor)
    for number in range(n):
        factories.make_source(claim)
        factories.make_match(claim, factories.make_claim(text=f"Other {number}.", appears=False))
        claim.topics.add(Topic.objects.create(name=f"Topic {number}", slug=f"topic-{number}"))

    assert len(_queries(lambda: page(as_reporter, claim))) <= 31


def _queries(call):
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        call()
    return caught.captured_queries


def test_a_person_without_the_permission_sees_no_history(db, client):
    claim = factories.make_claim()
    client.force_login(factories.make_user("nobody", role=None))

    assert client.get(f"/admin/claims/claim/{claim.pk}/record/").status_code == 403


def test_a_claim_that_is_not_there_has_no_history(as_reporter):
    assert as_reporter.get("/admin/claims/claim/999999/record/").status_code == 404


def test_hostile_text_stays_text(as_reporter, reporter):
    claim = factories.make_claim()
    with recorded(by=reporter, why="<script>alert(1)</script>"):
        Claim.objects.filter(pk=claim.pk).update(text="<img src=x onerror=alert(2)> %(n)s {{ x }}")
    decline_claim(claim, reason="opinion", note="<b>bold</b>", by=reporter)

    text = page(as_reporter, claim)

    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "&lt;b&gt;bold&lt;/b&gt;" in text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "new"), ("old", ""), ("a b c", "a b c"), ("x " * 30_000, "y " * 30_000),
        ("a b " * 10_000, "b a " * 10_000), ("word\n" * 5_000, "word\n" * 4_999 + "end"),
        ("é" * 100_000, "e" * 100_000),
    ],
)  # fmt: skip
def test_any_two_texts_are_compared_in_good_time(before, after):
    pieces = shortened(compare_words(before, after))

    assert sum(len(piece.text) for piece in pieces) < 10_000
    if before != after:
        assert {piece.kind for piece in pieces} & {"removed", "added"}


def test_long_stretches_that_stayed_are_shortened():
    rest = "so it is " * 100
    pieces = shortened(compare_words(rest + "old " + rest, rest + "new " + rest))

    assert [piece.kind for piece in pieces] == ["same", "removed", "added", "same"]
    assert all(len(piece.text) < 200 for piece in pieces)
