"""The tab "Discussion": who sees and does what, hostile words and files, and that nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from claims.models import Attachment, Claim, Comment, Outreach
from claims.services import attachments
from claims.services.attachments import attach_file
from claims.services.discussion import post_comment, withdraw_comment
from claims.services.outreach import ask_claimant, record_answer
from claims.services.verdicts import record_verdict
from tests import factories

HOSTILE = "</script><img src=x onerror=alert(1)>"
TODAY = timezone.localdate()


def tab(claim):
    return f"/admin/claims/claim/{claim.pk}/discussion/"


def send(client, claim, what, row=0, **data):
    return client.post(f"{tab(claim)}{what}/{f'{row}/' if row else ''}", data, follow=True)


def a_file(body=b"minutes", name="minutes.txt", kind="text/plain"):
    return SimpleUploadedFile(name, body, content_type=kind)


@pytest.fixture
def claim(db):
    return factories.make_claim()


def test_a_comment_is_shown_with_its_line_breaks_its_claims_and_whom_it_calls(as_reporter, reviewer, claim):
    page = send(
        as_reporter, claim, "comment", text=f"@ravi, see #{claim.pk}\nand #999999, or a#{claim.pk}"
    ).content.decode()

    assert '<b class="talk__call">@ravi,</b>' in page or '<b class="talk__call">@ravi</b>' in page
    assert f'<a href="/admin/claims/claim/{claim.pk}/change/">#{claim.pk}</a>' in page
    assert f"\nand #999999, or a#{claim.pk}" in page


def test_a_name_that_nobody_has_is_said(as_reporter, claim):
    page = send(as_reporter, claim, "comment", text="@nobody and <b>@<script></b>").content.decode()

    assert "Nobody here is called @nobody." in page
    assert claim.comments.count() == 1


def test_hostile_words_are_words(as_reporter, claim):
    page = send(as_reporter, claim, "comment", text=HOSTILE).content.decode()

    assert HOSTILE not in page
    assert "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;" in page


def test_a_comment_that_is_too_long_is_shown_again(as_reporter, claim):
    page = send(as_reporter, claim, "comment", text="y" * 100_000).content.decode()

    assert "Nothing is stored yet" in page
    assert "y" * 100_000 in page
    assert not claim.comments.exists()


def test_the_tab_offers_a_change_only_to_who_wrote_it_and_only_for_15_minutes(as_reporter, as_editor, reporter, claim):
    comment = factories.make_comment(claim, by=reporter)
    old = factories.make_comment(claim, by=reporter, at=timezone.now() - timedelta(minutes=16))

    mine, theirs = as_reporter.get(tab(claim)).content.decode(), as_editor.get(tab(claim)).content.decode()

    assert f"edit/{comment.pk}/" in mine
    assert f"edit/{old.pk}/" not in mine
    assert f"withdraw/{old.pk}/" in mine
    assert "edit/" not in theirs
    assert "/withdraw/" not in theirs


def test_a_change_that_comes_too_late_is_said_and_shown_for_copying(as_reporter, reporter, claim):
    comment = factories.make_comment(claim, by=reporter, at=timezone.now() - timedelta(minutes=16))

    page = send(as_reporter, claim, "edit", comment.pk, text="What I would have said").content.decode()

    assert "can be changed for 15 minutes" in page
    assert "What I would have said" in page


def test_nobody_changes_or_withdraws_the_comment_of_another(as_editor, reporter, claim):
    comment = factories.make_comment(claim, by=reporter)

    send(as_editor, claim, "edit", comment.pk, text="Mine now")
    send(as_editor, claim, "withdraw", comment.pk)

    comment.refresh_from_db()
    assert (comment.text, comment.withdrawn_at) == ("The account is not final.", None)


def test_a_withdrawn_comment_is_not_shown(as_reporter, reporter, claim):
    withdraw_comment(factories.make_comment(claim, by=reporter, text="Said in anger"), by=reporter)

    page = as_reporter.get(tab(claim)).content.decode()

    assert "Said in anger" not in page
    assert "Withdrawn by who wrote it." in page


def test_a_row_of_another_claim_is_not_there(as_reporter, reporter, claim):
    comment = factories.make_comment(by=reporter)
    attached = attach_file(comment.claim, name="x", body=b"x", by=reporter).attachment

    assert send(as_reporter, claim, "withdraw", comment.pk).status_code == 404
    assert as_reporter.get(f"{tab(claim)}files/{attached.pk}/").status_code == 404
    assert send(as_reporter, claim, "answer", 1, answer="x", answered_on=TODAY).status_code == 404
    assert send(as_reporter, claim, "nothing").status_code == 404
    assert as_reporter.get(f"{tab(claim)}comment/").status_code == 405


def test_who_looks_after_people_reads_and_does_not_write(as_administrator, reporter, claim):
    factories.make_comment(claim, by=reporter)

    page = as_administrator.get(tab(claim)).content.decode()
    for what, data in (("comment", {"text": "x"}), ("file", {"file": a_file()}),
                       ("ask", {"whom": "x", "channel": "email", "asked_on": TODAY})):  # fmt: skip
        send(as_administrator, claim, what, **data)

    assert "The account is not final." in page
    assert "<textarea" not in page
    assert (claim.comments.count(), claim.attachments.count(), claim.outreach.count()) == (1, 0, 0)


def test_a_stranger_sees_neither_tab_nor_file(client, reporter, claim):
    attached = attach_file(claim, name="x", body=b"x", by=reporter).attachment

    for address in (tab(claim), f"{tab(claim)}files/{attached.pk}/"):
        assert "/admin/login/" in client.get(address).url
    assert "/admin/login/" in client.post(f"{tab(claim)}comment/", {"text": "x"}).url


def test_readers_see_neither_comments_nor_files(client, reporter):
    claim = factories.make_published_claim()
    post_comment(claim, text="Between us", by=reporter)
    attach_file(claim, name="between-us.txt", body=b"x", by=reporter)

    for address in (
        claim.get_absolute_url(),
        f"/claims/{claim.slug}.json",
        "/",
        "/feeds/claims.atom",
        "/search/?q=between+us",
    ):
        page = client.get(address).content.decode()
        assert "Between us" not in page
        assert "between-us.txt" not in page


def test_a_file_is_handed_out_as_bytes_to_be_saved(as_reporter, claim):
    send(as_reporter, claim, "file", file=a_file(b"<script>alert(1)</script>", "evil.html", "text/html"), note=HOSTILE)

    answer = as_reporter.get(f"{tab(claim)}files/{Attachment.objects.get().pk}/")

    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="evil.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "name", ["../../x.txt", "a\u202eb.txt", "x" * 300 + ".txt", "</script>.txt", 'a"b.txt', "日本.txt", "a\x00b.txt"]
)
def test_a_file_of_any_name_is_stored_shown_and_handed_out(as_reporter, reporter, claim, name):
    attached = attach_file(claim, name=name, body=b"x", by=reporter).attachment

    page = as_reporter.get(tab(claim))
    answer = as_reporter.get(f"{tab(claim)}files/{attached.pk}/")

    assert "</script>.txt" not in page.content.decode()
    assert answer["Content-Disposition"].startswith("attachment; filename")


def test_an_upload_with_a_long_name_is_stored(as_reporter, claim):
    send(as_reporter, claim, "file", file=a_file(name="x" * 250 + ".txt"))

    assert Attachment.objects.get().name.endswith(".txt")


def test_an_empty_file_one_too_large_and_none_are_said(as_reporter, claim, monkeypatch):
    monkeypatch.setattr("claims.desk.talk_forms.BYTES_LIMIT", 10)

    empty = send(as_reporter, claim, "file", file=a_file(b""), note="Kept note").content.decode()
    large = send(as_reporter, claim, "file", file=a_file(b"01234567890")).content.decode()
    none = send(as_reporter, claim, "file").content.decode()

    assert "The submitted file is empty." in empty
    assert "Kept note" in empty
    assert "larger than 20 MB" in large
    assert "The file has to be chosen again." in none
    assert not claim.attachments.exists()


def test_the_same_file_twice_is_said(as_reporter, claim):
    send(as_reporter, claim, "file", file=a_file())

    page = send(as_reporter, claim, "file", file=a_file(name="copy.txt")).content.decode()

    assert "This file is here already, as “minutes.txt”." in page


def test_the_51st_file_is_refused_with_a_sentence(as_reporter, claim, monkeypatch):
    monkeypatch.setattr(attachments, "FILES_LIMIT", 1)
    send(as_reporter, claim, "file", file=a_file())

    page = send(as_reporter, claim, "file", file=a_file(b"other")).content.decode()

    assert "Withdraw one first." in page


def test_a_withdrawn_file_and_one_whose_bytes_are_lost_are_not_handed_out(as_reporter, reporter, claim):
    kept = attach_file(claim, name="x", body=b"x", by=reporter).attachment
    lost = attach_file(claim, name="y", body=b"y", by=reporter).attachment
    lost.snapshot.file.storage.delete(lost.snapshot.file.name)

    send(as_reporter, claim, "withdraw-file", kept.pk)

    assert as_reporter.get(f"{tab(claim)}files/{kept.pk}/").status_code == 404
    assert as_reporter.get(f"{tab(claim)}files/{lost.pk}/").status_code == 404


def test_a_claimant_is_asked_and_the_answer_kept(as_reporter, claim):
    send(as_reporter, claim, "ask", whom="Town hall", channel="email", asked_on=TODAY, deadline="")
    page = send(as_reporter, claim, "answer", Outreach.objects.get().pk, answer=f"Yes. {HOSTILE}", answered_on=TODAY)

    assert Outreach.objects.get().answer == f"Yes. {HOSTILE}"
    assert HOSTILE not in page.content.decode()


def test_what_cannot_be_kept_of_a_question_is_said_and_shown_again(as_reporter, claim):
    page = send(as_reporter, claim, "ask", whom="Town hall", channel="email", asked_on=TODAY + timedelta(days=1))

    assert "This day is still to come." in page.content.decode()
    assert 'value="Town hall"' in page.content.decode()


def test_a_deadline_that_passed_without_an_answer_is_said(as_reporter, reporter, claim):
    day = TODAY - timedelta(days=3)
    ask_claimant(claim, whom="Town hall", channel="email", asked_on=day, deadline=day, by=reporter)

    assert "No answer by" in as_reporter.get(tab(claim)).content.decode()


def test_a_removed_question_is_gone_and_after_publication_that_is_refused(as_reporter, reporter, claim):
    asked = ask_claimant(claim, whom="Town hall", channel="email", asked_on=TODAY, by=reporter)
    factories.make_verdict(claim, by=reporter, published_at=timezone.now())
    assert "told to readers and stays" in send(as_reporter, claim, "remove", asked.pk).content.decode()

    other = ask_claimant(factories.make_claim(), whom="x", channel="email", asked_on=TODAY, by=reporter)
    send(as_reporter, other.claim, "remove", other.pk)
    assert not Outreach.objects.filter(pk=other.pk).exists()


def published_with_answer(reporter, **claimant):
    claim = factories.make_claim(claimant=factories.make_claimant(**claimant))
    day = TODAY - timedelta(days=9)
    asked = ask_claimant(
        claim, whom="Jutta Brandt, the mayor", channel="phone", asked_on=day, deadline=TODAY, by=reporter
    )
    record_answer(asked, answer="Brandt says: 84 million.", answered_on=TODAY, by=reporter)
    factories.make_verdict(claim, by=reporter, published_at=timezone.now())
    Claim.objects.filter(pk=claim.pk).update(status=Claim.Status.PUBLISHED)
    factories.Slug.objects.create(claim=claim, slug="asked")
    return claim


def test_readers_are_told_whom_we_asked_when_and_the_answer(client, reporter):
    published_with_answer(reporter)

    page = client.get("/claims/asked/").content.decode()

    assert "We asked <bdi>Jutta Brandt, the mayor</bdi> on" in page
    assert "Brandt says: 84 million." in page


def test_a_private_person_is_not_named_by_way_of_what_we_asked(client, reporter):
    published_with_answer(reporter, named_publicly=False)

    page = client.get("/claims/asked/").content.decode()

    assert "We asked the person who made the claim on" in page
    assert "Brandt" not in page


def test_a_claim_that_nobody_was_asked_about_says_nothing_of_it(client, db):
    claim = factories.make_published_claim()

    assert "We asked" not in client.get(claim.get_absolute_url()).content.decode()


def fill(claim, people, n):
    for _ in range(n):
        comment = post_comment(claim, text=f"@ravi #{claim.pk} {Comment.objects.count()}", by=people[0]).comment
        attach_file(claim, name="x", body=f"{comment.pk}".encode(), by=people[0])
        ask_claimant(claim, whom="x", channel="email", asked_on=TODAY, by=people[0])


def test_the_tab_asks_the_same_number_of_queries_at_1_and_at_10_rows(
    as_reporter, reporter, reviewer, claim, django_assert_max_num_queries
):
    counted = []
    for n in (1, 9):
        fill(claim, [reporter, reviewer], n)
        with django_assert_max_num_queries(40) as asked:
            as_reporter.get(tab(claim))
        counted.append(len(asked))

    assert counted == [21, 21]


def test_the_last_50_comments_are_shown_and_the_way_to_those_before(as_reporter, reporter, claim):
    Comment.objects.bulk_create(Comment(claim=claim, by=reporter, text=f"Comment {n}.") for n in range(60))

    page = as_reporter.get(tab(claim))
    before = page.context["earlier"]
    earlier = as_reporter.get(f"{tab(claim)}?before={before}")

    assert [line.comment.text for line in page.context["comments"]] == [f"Comment {n}." for n in range(10, 60)]
    assert [line.comment.text for line in earlier.context["comments"]] == [f"Comment {n}." for n in range(10)]
    assert as_reporter.get(f"{tab(claim)}?before=x%27").status_code == 200


def beat(client, claim, since):
    return client.post(f"/admin/claims/claim/{claim.pk}/presence/", {"since": since}, headers={"HX-Request": "true"})


def test_a_colleague_in_the_same_file_is_named_and_oneself_is_not(as_reporter, as_editor, claim):
    alone = beat(as_reporter, claim, "").content.decode()
    both = beat(as_editor, claim, "").content.decode()

    assert alone.strip() == ""
    assert "Rosa Example" in both
    assert "Edith" not in both


def test_what_a_colleague_saved_since_is_said_and_what_oneself_saved_is_not(as_reporter, as_editor, editor):
    claim = factories.make_claim(status=Claim.Status.IN_PROGRESS)
    opened = timezone.now().isoformat()
    assert "saved" not in beat(as_reporter, claim, opened).content.decode()

    record_verdict(claim, by=editor, summary="Edith's.")

    assert "Edith Example saved the verdict at" in beat(as_reporter, claim, opened).content.decode()
    assert "saved the verdict" not in beat(as_editor, claim, opened).content.decode()
    assert "saved the verdict" not in beat(as_reporter, claim, timezone.now().isoformat()).content.decode()


@pytest.mark.parametrize("since", ["", "x", "2026-13-45T00:00:00Z", "2026-01-01", "2026-01-01T00:00:00", "\u202e"])
def test_a_beat_without_a_moment_is_a_beat(as_reporter, claim, since):
    assert beat(as_reporter, claim, since).status_code == 200


def test_a_beat_is_cheap(as_reporter, as_editor, claim, django_assert_num_queries):
    beat(as_editor, claim, "")
    beat(as_reporter, claim, "")

    with django_assert_num_queries(7):  # session, person, two of roles; here, others, saved
        beat(as_reporter, claim, timezone.now().isoformat())


def test_a_beat_for_a_claim_that_is_gone_harms_nobody(as_reporter, db):
    assert as_reporter.post("/admin/claims/claim/999999/presence/", {"since": ""}).status_code == 200


def test_the_tab_says_how_many_comments_there_are_on_every_page_of_the_file(as_reporter, reporter, claim):
    for text in ("One.", "Two.", "Withdrawn."):
        comment = post_comment(claim, text=text, by=reporter).comment
    withdraw_comment(comment, by=reporter)

    for page in ("change", "discussion", "record"):
        text = as_reporter.get(f"/admin/claims/claim/{claim.pk}/{page}/").content.decode()
        assert re.search(r'>Discussion <span class="count">2</span></a>', text)
