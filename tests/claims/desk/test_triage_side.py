"""From within triage: the article at the side, claims by hand, taking apart, assigning."""

import pytest

from claims.models import Claim
from claims.services.claims import reword_claim
from tests import factories

QUEUE = "/admin/triage/"
Status = Claim.Status
TEXT = factories.TEXT
SENTENCE = "It cost 84 million euros, the mayor of Verden, Jutta Brandt, said."


@pytest.fixture
def claim(db) -> Claim:
    claim = factories.make_claim(check_worthiness=0.9)
    start = TEXT.index(SENTENCE)
    claim.appearances.update(sentence_start=start, sentence_end=start + len(SENTENCE))
    return claim


def post(client, claim, decision, query="", **data):
    return client.post(f"/admin/triage/{claim.pk}/{decision}/{query}", data, follow=True)


def split(client, claim, *parts, **more):
    """parts: (text, words)."""
    data = {"part-TOTAL_FORMS": 4, "part-INITIAL_FORMS": 0, "seen": claim.text, **more}
    for n, (text, words) in enumerate(parts):
        data |= {f"part-{n}-text": text, f"part-{n}-words": words}
    return post(client, claim, "split", **data)


def test_the_article_stands_at_the_side_with_all_its_candidates_marked(as_reporter, claim):
    revision = claim.appearances.get().revision
    other = factories.make_claim(text="Other.", check_worthiness=0.1, appears=False)
    factories.make_appearance(other, revision=revision, quote="The old bridge had been closed")

    page = as_reporter.get(f"{QUEUE}?at={claim.pk}&side=article").content.decode()

    assert (
        f'class="is-current" data-current id="at-{claim.appearances.get().pk}">It cost 84 million euros</mark>' in page
    )
    assert f'<mark id="at-{other.appearances.get().pk}">The old bridge had been closed</mark>' in page


def test_the_side_stays_open_after_a_decision_and_closes_again(as_reporter, claim):
    second = factories.make_claim(check_worthiness=0.5)

    page = post(as_reporter, claim, "shortlist", "?side=article")

    assert page.context["candidate"] == second
    assert page.context["side"]["article"] == second.appearances.get().revision.article
    assert as_reporter.get(page.context["side_address"]).context["side"] is None


def test_a_long_article_shows_the_part_with_the_quote(as_reporter):
    text = "Filler. " * 10_000 + TEXT
    claim = factories.make_claim(revision=factories.make_revision(text=text))

    side = as_reporter.get(f"{QUEUE}?side=article").context["side"]

    assert side["revision"].part_n == 2
    assert any(claim in part.claims for part in side["parts"])


def test_hostile_text_stays_text_at_the_side(as_reporter):
    text = f"<script>alert(1)</script> {TEXT}"
    factories.make_claim(revision=factories.make_revision(text=text))

    assert b"<script>alert" not in as_reporter.get(f"{QUEUE}?side=article").content


def test_a_claim_is_entered_by_hand_beside_the_candidate_and_taken_back(as_reporter, claim):
    page = post(
        as_reporter, claim, "enter", "?side=article",
        quote="The old bridge had been closed", text="The old bridge was closed.", claimant="",
    )  # fmt: skip

    assert page.context["candidate"] == claim
    made = Claim.objects.get(origin="by_hand")
    assert made.appearances.get().quote == "The old bridge had been closed"

    as_reporter.post("/admin/triage/undo/")
    assert not Claim.objects.filter(pk=made.pk).exists()


def test_words_that_are_not_in_the_article_are_said_and_kept(as_reporter, claim):
    page = post(as_reporter, claim, "enter", "?side=article", quote="No such words", text="Typed.").content.decode()

    assert "These words are not in the article." in page
    assert "No such words" in page
    assert Claim.objects.count() == 1


def test_a_claim_is_taken_apart_and_put_together_again(as_reporter, claim):
    page = split(
        as_reporter,
        claim,
        ("The bridge cost 84 million.", ""),
        ("Brandt is mayor.", "the mayor of Verden,  Jutta Brandt"),
    )

    assert page.context["candidate"] == claim
    assert "Taken apart into 2" in page.content.decode()
    part = Claim.objects.get(origin="by_hand")
    assert part.appearances.get().quote == "the mayor of Verden, Jutta Brandt"
    assert page.context["behind"][0][0] == part

    as_reporter.post("/admin/triage/undo/")
    assert Claim.objects.get().text == claim.text


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ([("One.", "")], "Write two parts at least"),
        ([("One.", ""), ("Two.", "The old bridge")], "These words are not in the sentence."),
        ([("One.", ""), ("x" * 1001, "")], "at most 1000 characters"),
    ],
)
def test_parts_that_cannot_be_kept_are_said_and_nothing_typed_is_lost(parts, why, as_reporter, claim):
    page = split(as_reporter, claim, *parts).content.decode()

    assert why in page
    assert "One." in page
    assert Claim.objects.count() == 1


def test_nothing_is_taken_apart_that_reads_otherwise_by_now(as_reporter, editor, claim):
    seen = claim.text
    reword_claim(Claim.objects.get(pk=claim.pk), text="Changed.", claimant_name="", by=editor)

    page = split(as_reporter, claim, ("One.", ""), ("Two.", ""), seen=seen).content.decode()

    assert "Somebody has worded this claim anew since." in page
    assert Claim.objects.get().text == "Changed."


def test_rows_made_up_by_hand_do_no_harm(as_reporter, claim):
    assert post(as_reporter, claim, "split", **{"part-TOTAL_FORMS": "x"}).status_code == 200
    assert Claim.objects.count() == 1


def test_shortlisting_and_assigning_is_one_step_and_is_taken_back(as_reporter, editor, claim):
    page = post(as_reporter, claim, "assign", to=editor.pk, due_on="2026-04-01")

    claim.refresh_from_db()
    assert (claim.status, claim.assigned_to, str(claim.due_on)) == (Status.SHORTLISTED, editor, "2026-04-01")
    assert "Shortlisted for Edith Example" in page.content.decode()

    as_reporter.post("/admin/triage/undo/")
    claim.refresh_from_db()
    assert (claim.status, claim.assigned_to, claim.due_on) == (Status.DETECTED, None, None)


@pytest.mark.parametrize("said", [{}, {"to": 99}, {"to": 1, "due_on": "soon"}])
def test_an_assignment_that_makes_no_sense_is_refused_at_its_field(said, as_reporter, claim):
    page = post(as_reporter, claim, "assign", **said)

    assert page.context["candidate"] == claim
    assert page.context["assign"].errors
    claim.refresh_from_db()
    assert claim.status == Status.DETECTED


def test_the_source_quote_is_in_the_sheets_that_change_the_wording(as_reporter, claim):
    page = as_reporter.get(QUEUE).content.decode()

    assert page.count("As it was said, which stays:") == 2


@pytest.mark.parametrize("key", ["s", "g", "d", "p", "e", "a", "f", "l", "?"])
def test_each_key_is_written_on_its_button_and_in_the_list_of_keys(key, as_reporter, claim):
    page = as_reporter.get(QUEUE).content.decode()

    assert f'data-key="{key}"' in page
    assert page.count(f"<kbd>{key.upper()}</kbd>") >= 1
