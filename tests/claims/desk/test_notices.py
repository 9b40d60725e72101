"""The person's notices in the desk, how they want to be told, and the e-mails as administrators see them."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from people.models import Mail, Notice, User
from people.models.notices import Kind, Way
from people.services.notifying import notify, ways_of
from tests import factories

HTMX = {"HTTP_HX_REQUEST": "true"}


def tell(person: User, n: int = 1, **said) -> None:
    for number in range(n):
        given = {"about": f"Claim {number}.", "address": "/admin/find/", "event": f"e:{number}", **said}
        notify(person, kind=Kind.ASSIGNED, by=factories.make_user("edith", role="editor"), **given)


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def count(client: Client) -> str:
    return re.search(r'id="unread-notices">(.*?)<', text(client.get("/admin/notices/")))[1]


def test_the_head_of_each_page_counts_what_is_unread(as_reporter, reporter):
    assert count(as_reporter) == ""

    tell(reporter, 3)

    assert count(as_reporter) == "3"


@pytest.mark.parametrize("url", ["/admin/notices/", "/admin/notices/?show=all", "/admin/notices/choices/"])
def test_a_page_asks_the_same_number_of_queries_at_1_and_at_10(
    as_reporter, reporter, url, django_assert_max_num_queries
):
    counts = []
    for n in (1, 10):
        tell(reporter, n)
        with django_assert_max_num_queries(12) as counted:
            as_reporter.get(url)
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_opening_a_notice_leads_to_the_thing_and_marks_it_read(as_reporter, reporter):
    tell(reporter)

    answer = as_reporter.get(f"/admin/notices/{Notice.objects.get().pk}/")

    assert (answer.status_code, answer["Location"]) == (302, "/admin/find/")
    assert count(as_reporter) == ""
    assert "Claim 0." in text(as_reporter.get("/admin/notices/?show=all"))


def test_a_notice_of_another_is_not_there(as_reviewer, reporter):
    tell(reporter)
    pk = Notice.objects.get().pk

    assert as_reviewer.get(f"/admin/notices/{pk}/").status_code == 404
    as_reviewer.post(f"/admin/notices/{pk}/read/")
    as_reviewer.post("/admin/notices/read/")

    assert Notice.objects.unread().exists()
    assert "Claim 0." not in text(as_reviewer.get("/admin/notices/?show=all"))


def test_marking_as_read_needs_no_reload_and_works_without_scripts(as_reporter, reporter):
    tell(reporter, 3)
    first = Notice.objects.first()

    part = as_reporter.post(f"/admin/notices/{first.pk}/read/", **HTMX)
    assert "<html" not in text(part)
    assert 'id="unread-notices" hx-swap-oob="true">2<' in text(part)
    assert first.about not in text(part)

    assert as_reporter.post("/admin/notices/read/")["Location"] == "/admin/notices/"
    assert "You have read everything" in text(as_reporter.get("/admin/notices/"))


def test_marking_as_read_takes_a_post(as_reporter, reporter):
    tell(reporter)

    assert as_reporter.get("/admin/notices/read/").status_code == 405


def test_older_notices_are_a_page_further(as_reporter, reporter):
    tell(reporter, 51)

    page = text(as_reporter.get("/admin/notices/"))
    assert page.count("rows__one") == 50
    older = as_reporter.get(re.search(r'href="(/admin/notices/\?before=\d+)"', page)[1])

    assert text(older).count("rows__one") == 1


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "1%20or%201", "٣"])
def test_an_address_that_makes_no_sense_is_the_first_page(as_reporter, reporter, before):
    tell(reporter)

    assert "Claim 0." in text(as_reporter.get(f"/admin/notices/?before={before}"))


def test_hostile_text_stays_text(as_reporter, reporter):
    tell(reporter, about="<script>x</script>", note="<img src=x onerror=y>")

    page = text(as_reporter.get("/admin/notices/"))

    assert "<script>x" not in page
    assert "<img src=x" not in page


def test_a_person_chooses_how_to_be_told(as_reporter, reporter):
    page = text(as_reporter.get("/admin/notices/choices/"))
    names = re.findall(r'<select name="(\w+)"', page)
    assert "approved" not in names
    assert "No mail server is set" in page

    answer = as_reporter.post("/admin/notices/choices/", dict.fromkeys(names, "off") | {"assigned": "mail"})

    assert answer.status_code == 302
    ways = ways_of(reporter)
    assert (ways[Kind.ASSIGNED], ways[Kind.RETURNED], ways[Kind.APPROVED]) == (Way.MAIL, Way.OFF, Way.DESK)


def test_a_choice_that_does_not_exist_is_refused_with_a_sentence(as_reporter, reporter):
    answer = as_reporter.post("/admin/notices/choices/", {"assigned": "pigeon"})

    assert "not one of the available choices" in text(answer)
    assert ways_of(reporter)[Kind.ASSIGNED] == Way.DIGEST


def test_administrators_see_letters_that_were_given_up_and_send_them_again(as_administrator, reporter):
    Mail.objects.create(
        user=reporter, status="failed", attempts=10, failure="550 no such mailbox", next_try_at=timezone.now()
    )

    assert "550 no such mailbox" in text(as_administrator.get("/admin/people/mail/"))
    as_administrator.post("/admin/people/mail/retry/")

    assert Mail.objects.get().status == Mail.Status.WAITING


def test_nobody_else_sees_letters(as_editor, reporter):
    assert as_editor.get("/admin/people/mail/").status_code == 403
    assert as_editor.post("/admin/people/mail/retry/").status_code == 403


def test_a_list_of_letters_asks_the_same_number_of_queries_at_1_and_at_10(
    as_administrator, reporter, django_assert_max_num_queries
):
    counts = []
    for n in (1, 9):
        for _mail in range(n):
            Mail.objects.create(user=reporter, next_try_at=timezone.now())
        with django_assert_max_num_queries(14) as counted:
            as_administrator.get("/admin/people/mail/")
        counts.append(len(counted))

    assert counts[0] == counts[1]
