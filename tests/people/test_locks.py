from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.exceptions import LockedOut, NotAllowed, WrongLogin
from people.models import Attempts, LoginLock, RecordEntry
from people.services.factors import check_code
from people.services.locks import ACCOUNT_LIMIT, ADDRESS_LIMIT, count_attempt, lift_lock, subjects
from people.services.log_ins import check_password
from tests.at_once import at_once
from tests.factories import make_user
from tests.people.logging_in import PASSWORD, code_of, give_code, give_password, is_in, with_app

pytestmark = pytest.mark.django_db


def fail(username: str, times: int, address: str | None = None) -> None:
    for _ in range(times):
        with pytest.raises(WrongLogin):
            check_password(username, "a guess", address=address)


def let_time_pass(by: timedelta) -> None:
    for row in Attempts.objects.all():
        row.since -= by
        row.locked_until = row.locked_until and row.locked_until - by
        row.save()


def test_five_failures_lock_the_account_for_the_right_password_too(client, editor):
    fail("edith", ACCOUNT_LIMIT)

    answer = give_password(client, editor)

    assert answer.status_code == 429
    assert "Try again in 15 minutes, or ask an administrator" in answer.content.decode()
    assert not is_in(client, editor)


def test_four_failures_do_not(editor):
    fail("edith", ACCOUNT_LIMIT - 1)

    assert check_password("edith", PASSWORD, address=None) == editor


def test_the_lock_opens_by_itself(editor):
    fail("edith", ACCOUNT_LIMIT)
    with pytest.raises(LockedOut):
        check_password("edith", PASSWORD, address=None)

    let_time_pass(timedelta(minutes=16))

    assert check_password("edith", PASSWORD, address=None) == editor


def test_failures_of_long_ago_do_not_count(editor):
    fail("edith", ACCOUNT_LIMIT - 1)
    let_time_pass(timedelta(minutes=16))

    fail("edith", ACCOUNT_LIMIT - 1)


def test_logging_in_counts_from_nothing_again(client, editor):
    fail("edith", ACCOUNT_LIMIT - 1)
    give_password(client, editor)

    fail("edith", ACCOUNT_LIMIT - 1)
    assert is_in(client, editor)


def test_a_username_that_nobody_has_is_locked_the_same_way_and_not_kept():
    fail("my secret passphrase", ACCOUNT_LIMIT)

    with pytest.raises(LockedOut):
        check_password("My secret passphrase", "a guess", address=None)
    assert LoginLock.objects.get().person is None
    assert "secret" not in str(list(Attempts.objects.values()) + list(RecordEntry.objects.values("after")))


def test_other_accounts_stay_open(editor, reporter):
    fail("edith", ACCOUNT_LIMIT)

    assert check_password("rosa", PASSWORD, address=None) == reporter


def test_an_address_is_locked_whatever_account_it_tries(editor):
    for n in range(ADDRESS_LIMIT):
        fail(f"name-{n}", 1, address="192.0.2.7")

    with pytest.raises(LockedOut):
        check_password("edith", PASSWORD, address="192.0.2.7")
    assert check_password("edith", PASSWORD, address="192.0.2.8") == editor
    assert LoginLock.objects.get().address == "192.0.2.7"


def test_a_good_log_in_in_between_does_not_free_an_address_to_guess(editor):
    for n in range(ADDRESS_LIMIT):
        fail(f"name-{n}", 1, address="192.0.2.7")
        if n % 10 == 0:
            check_password("edith", PASSWORD, address="192.0.2.7")

    with pytest.raises(LockedOut):
        check_password("somebody", "a guess", address="192.0.2.7")


def test_the_addresses_of_one_ipv6_network_are_one():
    for n in range(ADDRESS_LIMIT):
        fail(f"name-{n}", 1, address=f"2001:db8:0:1::{n + 1:x}")

    with pytest.raises(LockedOut):
        check_password("edith", "a guess", address="2001:db8:0:1:ffff::1")
    fail("edith", 1, address="2001:db8:0:2::1")


@pytest.mark.parametrize(("behind_proxy", "address"), [(False, "198.51.100.9"), (True, "203.0.113.5")])
def test_the_address_behind_a_proxy_is_the_one_the_proxy_wrote(client, editor, settings, behind_proxy, address):
    settings.BEHIND_PROXY = behind_proxy

    give_password(client, editor, REMOTE_ADDR="198.51.100.9", HTTP_X_FORWARDED_FOR="1.2.3.4, 203.0.113.5")

    assert editor.desk_sessions.get().address == address


def test_an_address_that_cannot_be_read_locks_nobody_out(client, editor):
    give_password(client, editor, REMOTE_ADDR="")

    assert is_in(client, editor)


def test_the_second_step_locks_the_account_too(client, editor):
    secret, _ = with_app(editor)
    give_password(client, editor)
    for _ in range(ACCOUNT_LIMIT):
        give_code(client, "000000")

    answer = give_code(client, code_of(secret))

    assert answer.status_code == 429
    assert "Try again in 15 minutes" in answer.content.decode()
    assert not is_in(client, editor)


def test_the_password_again_in_between_does_not_give_more_codes_to_guess(client, editor):
    secret, _ = with_app(editor)
    for _ in range(ACCOUNT_LIMIT):
        give_password(client, editor)
        give_code(client, "000000")

    with pytest.raises(LockedOut):
        check_code(editor, code_of(secret), address=None)


def test_guessing_at_the_second_password_page_locks_as_well(client, editor):
    client.force_login(editor)
    page = reverse("account:confirm")
    for _ in range(ACCOUNT_LIMIT):
        client.post(page, {"password": "a guess"})

    assert client.post(page, {"password": PASSWORD}).status_code == 429


@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_are_no_more_than_the_limit():
    make_user("edith")
    attempt = subjects("edith", None)

    results = at_once(*[lambda: count_attempt(attempt)] * (ACCOUNT_LIMIT + 4))

    assert sum(result is None for result in results) == ACCOUNT_LIMIT
    assert LoginLock.objects.count() == 1


def test_the_owner_is_told_at_the_next_log_in_once(client, editor):
    fail("edith", ACCOUNT_LIMIT)
    give_password(client, editor)
    let_time_pass(timedelta(minutes=16))

    give_password(client, editor)

    assert "somebody failed to log in as you" in client.get("/admin/").content.decode()
    other = Client()
    give_password(other, editor)
    assert "somebody failed" not in other.get("/admin/").content.decode()


def test_the_owner_is_written_to(client, django_capture_on_commit_callbacks):
    make_user("edith", email="edith@example.org")
    fail("edith", ACCOUNT_LIMIT)

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(LockedOut):
        check_password("edith", PASSWORD, address=None)

    (letter,) = mail.outbox
    assert letter.to == ["edith@example.org"]
    assert letter.subject == "Plumbline: your login is locked for a while".replace("login", "log-in")
    assert "15 minutes" in letter.body


def test_a_mail_server_that_is_away_stops_nothing(settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 1,
    )  # fmt: skip
    make_user("edith", email="edith@example.org")
    fail("edith", ACCOUNT_LIMIT)

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(LockedOut):
        check_password("edith", PASSWORD, address=None)


def test_a_lock_is_on_the_record_without_the_address(editor):
    fail("edith", ACCOUNT_LIMIT, address="192.0.2.7")
    with pytest.raises(LockedOut):
        check_password("edith", PASSWORD, address="192.0.2.7")

    entry = RecordEntry.objects.get(table_name="people_loginlock")
    assert entry.after["person_id"] == editor.pk
    assert entry.reason == "too many failed log-ins"
    assert "192.0.2.7" not in str(entry.after)


def test_an_administrator_lifts_a_lock(client, administrator, editor):
    fail("edith", ACCOUNT_LIMIT)
    give_password(client, editor)
    client.force_login(administrator)
    page = reverse("account:access", args=[editor.pk])
    assert "Lift the lock" in client.get(page).content.decode()

    client.post(reverse("account:access_step", args=[editor.pk, "lock"]))

    assert "Lift the lock" not in client.get(page).content.decode()
    assert check_password("edith", PASSWORD, address=None) == editor


def test_nobody_lifts_their_own_lock(administrator):
    with pytest.raises(NotAllowed):
        lift_lock(administrator, by=administrator)


def test_log_in_needs_neither_cache_nor_broker(client, editor, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    secret, _ = with_app(editor)

    give_password(client, editor)
    give_code(client, code_of(secret))

    assert client.get(reverse("account:home")).status_code == 200


def test_counts_of_the_day_before_go_at_the_next_log_in(client, editor):
    fail("somebody", 1)
    let_time_pass(timedelta(days=2))

    give_password(client, editor)

    assert not Attempts.objects.filter(since__lt=timezone.now() - timedelta(days=1)).exists()
