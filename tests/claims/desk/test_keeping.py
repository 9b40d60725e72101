"""A form of the desk keeps what was typed: over an ended session, over a closed tab, until it is saved."""

import json
import re

import pytest

from articles.models import Article
from claims.models import Claim
from claims.services.requests import receive_correction_request
from people.models import Draft
from people.services.drafts import keep_draft, open_form
from tests import factories

TYPED = "/admin/typed/"
ADD = "/admin/articles/article/add/?way=text"
TEXT = "The council spent 84 million euros on the bridge in 2025. It was the first bridge since 1931. " * 3


def token_in(page):
    return re.search('name="kept" value="([^"]+)"', page.content.decode())[1]


@pytest.fixture
def token(as_reporter):
    return token_in(as_reporter.get(ADD))


def keep(client, token, *pairs):
    return client.post(TYPED, {"kept": token, "typed": json.dumps(pairs)})


def test_what_was_typed_is_told_to_the_same_form_opened_again(as_reporter, token):
    keep(as_reporter, token, ["text", "Half"], ["title", "</script><b>"])

    told = as_reporter.get(TYPED, {"kept": token_in(as_reporter.get(ADD))}).json()

    assert told["draft"]["pairs"] == [["text", "Half"], ["title", "</script><b>"]]
    assert re.fullmatch(r"\d\d:\d\d", told["draft"]["when"])


def test_a_token_of_a_colleague_opens_nothing(as_reporter, as_editor, token):
    keep(as_reporter, token, ["text", "Half"])

    assert as_editor.get(TYPED, {"kept": token}).status_code == 400
    assert keep(as_editor, token, ["text", "Edith's"]).status_code == 400
    assert Draft.objects.get().data == [["text", "Half"]]


@pytest.mark.parametrize(
    "typed", ["", "{", "[1]", "{}", '[["a"]]', '[["a", 1]]', '[["a", "b", "c"]]', "[" * 100_000, "null", '[[null, ""]]']
)
def test_what_no_form_sends_is_refused(as_reporter, token, typed):
    answer = as_reporter.post(TYPED, {"kept": token, "typed": typed})

    assert answer.status_code == 400
    assert not Draft.objects.exists()


def test_100000_characters_are_kept_and_more_is_said(as_reporter, token):
    answer = keep(as_reporter, token, ["text", "é" * 150_000]).json()

    assert answer["cut"] is True
    assert len(Draft.objects.get().data[0][1]) == 100_000 - len("text")


def test_a_form_that_was_stored_has_no_draft(as_reporter, token):
    keep(as_reporter, token, ["text", TEXT])

    as_reporter.post(ADD, {"text": TEXT, "kept": token})

    assert Article.objects.exists()
    assert as_reporter.get(TYPED, {"kept": token}).json().keys() == {"closed"}
    assert keep(as_reporter, token, ["text", "late"]).json().keys() == {"closed"}


def test_a_form_that_was_refused_keeps_its_draft(as_reporter, token):
    keep(as_reporter, token, ["text", TEXT])

    as_reporter.post(ADD, {"text": TEXT, "url": "http://10.0.0.1/", "kept": token})

    assert as_reporter.get(TYPED, {"kept": token}).json()["draft"]["pairs"] == [["text", TEXT]]


def test_a_saved_verdict_has_no_draft_and_another_window_keeps_its_own(as_reporter):
    claim = factories.make_claim(status=Claim.Status.IN_PROGRESS)
    page = f"/admin/claims/claim/{claim.pk}/change/"
    one, other = token_in(as_reporter.get(page)), token_in(as_reporter.get(page))
    keep(as_reporter, other, ["summary", "of the other window"])
    data = {"summary": "Saved.", "saves": "0", "sources-TOTAL_FORMS": "0", "sources-INITIAL_FORMS": "0"}

    as_reporter.post(f"/admin/claims/claim/{claim.pk}/verdict/", {**data, "kept": one})

    assert claim.verdicts.get().summary == "Saved."
    assert as_reporter.get(TYPED, {"kept": one}).json()["draft"]["pairs"] == [["summary", "of the other window"]]


def test_what_is_posted_after_the_session_ended_is_kept_and_leads_back_to_the_form(as_reporter, reporter, client):
    claim = factories.make_claim(status=Claim.Status.IN_PROGRESS)
    page = f"/admin/claims/claim/{claim.pk}/change/"
    token = token_in(as_reporter.get(page))
    typed = {"summary": "Typed too long ago.", "sources-0-title": "A source"}

    answer = client.post(
        f"/admin/claims/claim/{claim.pk}/verdict/",
        {**typed, "kept": token},
        headers={"Referer": f"http://testserver{page}"},
    )

    assert answer.url == f"/admin/login/?next={page}"
    assert not claim.verdicts.exists()
    assert Draft.objects.get().data == [["summary", "Typed too long ago."], ["sources-0-title", "A source"]]
    assert as_reporter.get(TYPED, {"kept": token_in(as_reporter.get(page))}).json()["draft"]
    assert "What you typed is kept" in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    "referer", ["https://evil.example/admin/", "", "http://testserver.evil.example/", "//evil.example"]
)
def test_the_way_back_after_the_log_in_leads_nowhere_else(as_reporter, client, token, referer):
    answer = client.post(ADD, {"text": "x", "kept": token}, headers={"Referer": referer})

    assert answer.url == "/admin/login/?next=/admin/"


def test_a_forged_token_keeps_nothing_after_the_session_ended(client, reporter):
    answer = client.post(ADD, {"text": "x", "kept": f"{reporter.pk}:comment:x"})

    assert "/admin/login/" in answer.url
    assert not Draft.objects.exists()


def test_a_post_in_the_name_of_a_colleague_closes_nothing_of_theirs(as_editor, reporter):
    opened, token = open_form(reporter, form="article-text")
    keep_draft(opened, [("text", "Rosa's")])

    as_editor.post(ADD, {"text": TEXT, "kept": token})

    assert Draft.objects.get().data == [["text", "Rosa's"]]


def test_keeping_takes_the_same_few_queries_each_time(as_reporter, token, django_assert_num_queries):
    keep(as_reporter, token, ["text", "Half"])

    with django_assert_num_queries(8):  # session, person; savepoint, active, found, locked, written
        keep(as_reporter, token, ["text", "Half a thought"])


def test_a_page_with_a_kept_form_asks_no_query_more_for_it(as_reporter, django_assert_max_num_queries):
    with django_assert_max_num_queries(20) as with_draft:
        token = token_in(as_reporter.get(ADD))
    keep(as_reporter, token, ["text", "Half"])

    with django_assert_max_num_queries(20) as without:
        as_reporter.get(ADD)

    assert len(with_draft) == len(without)


@pytest.mark.parametrize(
    ("role", "path", "form"),
    [
        ("reviewer", "/admin/claims/claim/{claim}/review/", "rate:{claim}"),
        ("reporter", "/admin/requests/{letter}/", "request-first:{letter}"),
        ("editor", "/admin/legal/add/", "legal-add:0"),
        ("reporter", "/admin/claims/claim/{published}/change/", "correct:{published}"),
        ("reporter", "/admin/claims/claim/{published}/change/", "retract:{published}"),
    ],
)
def test_forms_that_take_long_text_are_kept(db, client, role, path, form):
    client.force_login(factories.make_user(role, role=role))
    claim = factories.make_claim_with_verdict(status=Claim.Status.IN_REVIEW)
    published = factories.make_published_claim()
    letter = receive_correction_request(published, text="It cost a good deal less.", code="a")
    said = {"claim": claim.pk, "published": published.pk, "letter": letter.pk}

    page = client.get(path.format(**said)).content.decode()

    (shown,) = re.findall(rf'<form[^>]*data-keep[^>]*>(?:(?!</form>).)*data-form="{form.format(**said)}"', page, re.S)
    assert 'name="kept"' in shown


def test_a_step_that_asks_for_a_word_only_keeps_nothing(as_reporter):
    claim = factories.make_claim()

    page = as_reporter.get(f"/admin/claims/claim/{claim.pk}/change/").content.decode()

    assert f'data-form="reword:{claim.pk}"' in page
    assert 'data-form="merge' not in page
