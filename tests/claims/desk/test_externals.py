"""Fact-checks of others in the desk: a list to read, a page for each, and small feeds in."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.models import Decision, ExternalFactCheck, State
from tests.claims.externals.feeds import feed, item, record
from tests.factories import make_claim, make_external, make_external_match

LIST = "/admin/claims/externalfactcheck/"
ADD = f"{LIST}add/"


def page_of(external):
    return f"{LIST}{external.pk}/change/"


def upload(client, text, **options):
    return client.post(ADD, {"file": SimpleUploadedFile("feed.json", text.encode())}, follow=True)


def make_rows(n):
    for number in range(n):
        external = make_external(publisher=f"Publisher {number}", language="de")
        make_external_match(make_claim(text=f"Claim {number}."), external)


def test_the_list_asks_the_same_number_of_queries_at_1_and_at_10_rows(as_reporter, django_assert_num_queries):
    make_rows(1)
    with django_assert_num_queries(10):
        as_reporter.get(LIST)
    make_rows(9)

    with django_assert_num_queries(10):
        as_reporter.get(LIST)


def test_a_page_asks_the_same_number_of_queries_at_1_and_at_10_claims(as_reporter, django_assert_num_queries):
    external = make_external()
    make_external_match(make_claim(), external)
    with django_assert_num_queries(8):
        as_reporter.get(page_of(external))
    for number in range(9):
        make_external_match(make_claim(text=f"Claim {number}."), external)

    with django_assert_num_queries(8):
        as_reporter.get(page_of(external))


def test_the_list_counts_our_claims_but_rejected_ones(as_reporter):
    external = make_external()
    make_external_match(make_claim(), external)
    make_external_match(make_claim(), external, state=State.CONFIRMED)
    make_external_match(make_claim(), external, state=State.REJECTED)

    page = as_reporter.get(LIST)

    assert [row.ours for row in page.context["cl"].result_list] == [2]


@pytest.mark.parametrize(
    ("asked", "found"), [("publisher=Weser+Checks", 1), ("language=de", 1), ("q=tunnel", 1), ("q=nothing", 0), ("", 2)]
)
def test_the_list_is_filtered_and_searched(as_reporter, asked, found):
    make_external()
    make_external(publisher="Weser Checks", language="de", claim_text="The tunnel is closed.")

    assert as_reporter.get(f"{LIST}?{asked}").context["cl"].result_count == found


def test_an_empty_list_says_what_to_do(as_reporter, as_administrator):
    assert b"An administrator uploads a feed" in as_reporter.get(LIST).content
    assert b"manage.py import_claimreviews FILE" in as_administrator.get(LIST).content
    assert b"Upload a feed</a>" in as_administrator.get(LIST).content


def test_the_page_shows_what_they_say_and_our_claims_with_what_differs(as_reporter):
    external = make_external(raw={"url": "https://factcheck.example/"})
    differences = [{"kind": "number", "query": "84 million euros", "candidate": "94 million euros"}]
    claim = make_claim()
    make_external_match(claim, external, decision=Decision.DIFFERENT, differences=differences)

    page = as_reporter.get(page_of(external)).content.decode()

    for shown in (
        "Aller Factcheck",
        "False",
        "9 March 2026",
        "Jutta Brandt",
        claim.text,
        "Different",
        "84 million euros",
        "94 million euros",
        f'href="{external.url}" rel="noreferrer noopener nofollow"',
    ):
        assert shown in page


def test_a_page_without_matches_says_why(as_reporter):
    waiting, matched = make_external(), make_external(stamp="rules 1")

    assert b"It waits to be matched" in as_reporter.get(page_of(waiting)).content
    assert b"None is like it." in as_reporter.get(page_of(matched)).content


@pytest.mark.parametrize("number", ["999", "0", "x", "9" * 30])
def test_a_page_that_is_not_there_is_not_found(as_reporter, number):
    assert as_reporter.get(f"{LIST}{number}/change/").status_code == 404


def test_hostile_text_of_others_is_shown_and_does_nothing(as_administrator):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    make_external(claim_text=evil, publisher=evil[:100], rating=evil, title=evil, claimant=evil, raw={"x": evil})
    external = ExternalFactCheck.objects.get()

    for page in (as_administrator.get(LIST), as_administrator.get(page_of(external))):
        assert b"<script>alert" not in page.content
        assert b"<img src=x" not in page.content


def test_an_administrator_uploads_a_feed(as_administrator):
    page = upload(as_administrator, feed(item(record(1)), 42, item(record(2)))).content.decode()

    assert ExternalFactCheck.objects.count() == 2
    assert "2 new, 0 changed, 0 known as they are." in page
    assert "1 could not be used. Entry 2 (line 1): It is no object." in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (json.dumps([7, 8]), "No ClaimReview that can be used is in this file."),
        (json.dumps([7, 8]), "Entry 2 (line 1): It is no object."),
        ("", "The submitted file is empty."),
        ("x" * (5 * 1024 * 1024 + 1), "This file is larger than 5 MB."),
    ],
)
def test_an_upload_that_holds_nothing_or_too_much_is_refused_at_its_field(as_administrator, text, said):
    page = upload(as_administrator, text).content.decode()

    assert said in page
    assert not ExternalFactCheck.objects.exists()


def test_only_administrators_upload_and_nobody_edits(as_reporter, as_editor, as_administrator):
    external = make_external()

    assert upload(as_editor, feed(item(record(1)))).status_code == 403
    assert as_reporter.get(ADD).status_code == 403
    assert as_administrator.post(f"{LIST}{external.pk}/delete/", {"post": "yes"}).status_code == 403
    assert ExternalFactCheck.objects.get() == external
