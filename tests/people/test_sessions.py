from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import DeskSession, RecordEntry
from tests.factories import make_user
from tests.people.logging_in import PASSWORD, give_password, is_in, log_in

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


@pytest.fixture
def other() -> Client:
    return Client()


def test_the_page_says_where_which_browser_and_since_when(client, other, reporter):
    give_password(client, reporter, REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT=FIREFOX)
    give_password(other, reporter, REMOTE_ADDR="2001:db8::9", HTTP_USER_AGENT=IPHONE)

    page = client.get(reverse("account:sessions")).content.decode()

    for said in ("Firefox, Linux", "192.0.2.7", "Safari, iPhone", "2001:db8::9", "this one", "now"):
        assert said in page


@pytest.mark.parametrize("agent", ["", "<script>alert(1)</script>", "x" * 5000])
def test_a_browser_that_says_nothing_known_is_listed_all_the_same(client, reporter, agent):
    give_password(client, reporter, HTTP_USER_AGENT=agent)

    page = client.get(reverse("account:sessions")).content.decode()
    assert "A browser we do not know" in page
    assert "<script>alert" not in page


def test_an_ended_session_is_logged_out_at_once(client, other, reporter):
    log_in(client, reporter)
    log_in(other, reporter)
    ours, _theirs = DeskSession.objects.order_by("pk")

    other.post(reverse("account:end_session", args=[ours.pk]))

    assert not is_in(client, reporter)
    assert is_in(other, reporter)


def test_all_others_end_at_once(client, other, reporter):
    log_in(client, reporter)
    log_in(other, reporter)

    client.post(reverse("account:end_others"))

    assert is_in(client, reporter)
    assert not is_in(other, reporter)


def test_nobody_ends_a_session_of_somebody_else(client, other, reporter, reviewer):
    log_in(client, reporter)
    log_in(other, reviewer)

    other.post(reverse("account:end_session", args=[DeskSession.objects.get(person=reporter).pk]))

    assert is_in(client, reporter)


def test_an_administrator_ends_all_sessions_of_a_person(client, other, reporter, administrator):
    log_in(client, reporter)
    log_in(other, administrator)

    other.post(reverse("account:access_step", args=[reporter.pk, "sessions"]))

    assert not is_in(client, reporter)
    assert is_in(other, administrator)
    entry = RecordEntry.objects.filter(table_name="people_desksession", action="DELETE").get()
    assert (entry.actor_name, entry.reason) == ("ada", "ended by an administrator")


def test_logging_out_ends_the_session_on_the_record(client, reporter):
    log_in(client, reporter)

    client.post(reverse("admin:logout"))

    assert not is_in(client, reporter)
    assert not DeskSession.objects.exists()
    assert RecordEntry.objects.filter(table_name="people_desksession", action="DELETE").get().reason == "logged out"


def test_a_new_password_ends_all_other_sessions_and_keeps_this_one(client, other, reporter):
    log_in(client, reporter)
    log_in(other, reporter)
    fields = {"old": PASSWORD, "password1": "quite another 42", "password2": "quite another 42"}

    answer = client.post(reverse("admin:password_change"), fields)

    assert answer.url == reverse("account:home")
    assert is_in(client, reporter)
    assert not is_in(other, reporter)
    assert DeskSession.objects.get().session_id == client.session.session_key
    client.post(reverse("account:end_session", args=[DeskSession.objects.get().pk]))
    assert not is_in(client, reporter)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"old": "a guess", "password1": "quite another 42", "password2": "quite another 42"}, "not your password"),
        ({"old": PASSWORD, "password1": "quite another 42", "password2": "quite an other"}, "not the same"),
        ({"old": PASSWORD, "password1": "12345678", "password2": "12345678"}, "entirely numeric"),
        ({"old": PASSWORD, "password1": "rosa", "password2": "rosa"}, "too short"),
        ({"old": PASSWORD, "password1": "x" * 1001, "password2": "x" * 1001}, "at most 1000"),
    ],
)
def test_a_bad_new_password_changes_nothing_and_is_explained(client, reporter, fields, said):
    log_in(client, reporter)

    page = client.post(reverse("account:password"), fields).content.decode()

    assert said in page
    reporter.refresh_from_db()
    assert reporter.check_password(PASSWORD)


def test_switching_a_log_in_off_ends_its_sessions(client, other, reporter, administrator):
    log_in(client, reporter)
    other.force_login(administrator)
    group = reporter.groups.get().pk

    other.post(
        reverse("admin:people_user_change", args=[reporter.pk]),
        {"username": "rosa", "first_name": "Rosa", "last_name": "Example", "email": "", "groups": [group]},
    )

    assert not is_in(client, reporter)
    assert not Session.objects.filter(desk_session__person=reporter).exists()


def test_a_password_set_by_an_administrator_ends_the_sessions(client, other, reporter, administrator):
    log_in(client, reporter)
    other.force_login(administrator)

    other.post(
        reverse("admin:auth_user_password_change", args=[reporter.pk]),
        {"password1": "quite another 42", "password2": "quite another 42", "usable_password": "true"},
    )

    assert not is_in(client, reporter)
    assert not DeskSession.objects.exists()
    changed = RecordEntry.objects.about(reporter).last()
    assert (changed.actor_name, list(changed.after)) == ("ada", ["password"])


def test_an_administrator_needs_the_old_password_for_a_new_one_of_their_own(client, administrator):
    client.force_login(administrator)
    page = reverse("admin:auth_user_password_change", args=[administrator.pk])

    answer = client.post(page, {"password1": "quite another 42", "password2": "quite another 42"})

    assert answer.url == reverse("account:password")
    administrator.refresh_from_db()
    assert administrator.check_password(PASSWORD)


def test_another_spelling_of_ones_own_number_is_no_way_round_the_old_password(client, administrator):
    client.force_login(administrator)
    page = reverse("admin:auth_user_password_change", args=[f"0{administrator.pk}"])
    chosen = {"password1": "quite another 42", "password2": "quite another 42", "usable_password": "true"}

    answer = client.post(page, chosen)

    assert answer.url == reverse("account:password")
    administrator.refresh_from_db()
    assert administrator.check_password(PASSWORD)


def test_sessions_that_ran_out_are_not_listed_and_go_at_the_next_log_in(client, other, reporter):
    log_in(other, reporter)
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))

    assert not DeskSession.objects.open().exists()
    log_in(client, reporter)

    assert DeskSession.objects.count() == 1


def test_last_seen_is_noted_every_few_minutes_and_not_at_each_page(client, reporter, django_assert_num_queries):
    log_in(client, reporter)
    DeskSession.objects.update(seen_at=timezone.now() - timedelta(hours=1))
    client.get("/admin/")
    assert DeskSession.objects.get().seen_at < timezone.now() - timedelta(minutes=59)
    session = client.session
    session["seen_at"] -= 6 * 60
    session.save()

    client.get("/admin/", REMOTE_ADDR="192.0.2.99")

    assert DeskSession.objects.get().seen_at > timezone.now() - timedelta(minutes=1)
    assert DeskSession.objects.get().address == "192.0.2.99"
    assert not RecordEntry.objects.filter(table_name="people_desksession", action="UPDATE").exists()


def test_the_record_of_a_session_has_neither_key_nor_address(client, reporter):
    give_password(client, reporter, REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT=FIREFOX)

    entry = RecordEntry.objects.get(table_name="people_desksession")
    assert set(entry.after) == {"id", "person_id", "started_at"}


def test_log_in_after_a_session_that_ended_leads_back_to_the_page(client, reporter):
    page = "/admin/claims/claim/?status=shortlisted"

    asked = client.get(page)
    assert asked.url.startswith("/admin/login/?next=/admin/claims/claim/")
    answer = client.post(asked.url, {"username": "rosa", "password": PASSWORD})

    assert answer.url == page


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(client, reporter):
    page = "http://testserver/admin/articles/article/add/?way=text"

    asked = client.post("/admin/triage/1/shortlist/", HTTP_REFERER=page, follow=True)

    assert "nothing was saved" in asked.content.decode()
    assert asked.context["next"] == "/admin/articles/article/add/?way=text"


@pytest.mark.parametrize("page", ["", "https://evil.example/admin/", "javascript:alert(1)"])
def test_a_form_from_nowhere_leads_to_the_front_page(client, page):
    asked = client.post("/admin/triage/1/shortlist/", HTTP_REFERER=page, follow=True)

    assert asked.context["next"] == "/admin/"


@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "/admin/logout/",
        "/admin/login/?next=//evil.example",
    ],
)
def test_log_in_leads_nobody_away(client, reporter, evil):
    answer = give_password(client, reporter, to=evil)

    assert answer.url == "/admin/"
    assert client.get("/admin/login/", {"next": evil}).url == "/admin/"


@pytest.mark.parametrize(
    "fields", [{}, {"is_active": False}, {"is_staff": False}], ids=["wrong password", "switched off", "no desk"]
)
def test_who_may_not_in_is_told_the_same_sentence(client, fields):
    person = make_user("nobody", **fields)

    answer = give_password(client, person, PASSWORD if fields else "a guess")

    assert "Username and password do not fit" in answer.content.decode()
    assert not Session.objects.exists()


def test_what_was_typed_as_username_stays_in_the_form(client):
    page = client.post("/admin/login/", {"username": 'ro"><sa', "password": "x"}).content.decode()

    assert 'value="ro&quot;&gt;&lt;sa"' in page
    assert page.count("<h1") == 1


def test_the_account_page_saves_name_mail_and_zone_and_times_follow(client, reporter):
    log_in(client, reporter)
    fields = {"first_name": "Rosa", "last_name": "Luxemburg", "email": "rosa@example.org"}

    client.post(reverse("account:home"), {**fields, "time_zone": "Asia/Tokyo"})

    reporter.refresh_from_db()
    assert (reporter.byline, reporter.time_zone) == ("Rosa Luxemburg", "Asia/Tokyo")
    assert "+09:00" in client.get(reverse("account:sessions")).content.decode()
    assert RecordEntry.objects.about(reporter).last().reason == "changed the account"


@pytest.mark.parametrize(
    "bad", [{"time_zone": "Mars/Olympus"}, {"email": "rosa at example"}, {"first_name": "x" * 151}]
)
def test_what_cannot_be_is_not_saved_on_the_account_page(client, reporter, bad):
    log_in(client, reporter)

    page = client.post(
        reverse("account:home"), {"first_name": "R", "last_name": "", "email": "", "time_zone": "", **bad}
    )

    assert "Nothing is saved yet" in page.content.decode()
    reporter.refresh_from_db()
    assert reporter.first_name == "Rosa"
