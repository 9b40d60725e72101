import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from people.exceptions import NotAllowed, WrongLogin
from people.models import Authenticator, RecordEntry, RecoveryCode
from people.services.factors import (
    check_code,
    make_recovery_codes,
    remove_authenticator,
    reset_factors,
    set_up_authenticator,
)
from tests.at_once import at_once
from tests.factories import make_user
from tests.people.logging_in import code_of, give_code, give_password, is_in, log_in, with_app

pytestmark = pytest.mark.django_db


def test_the_password_alone_does_not_open_the_desk_of_somebody_with_an_app(client, editor):
    secret, _ = with_app(editor)

    answer = give_password(client, editor, to="/admin/find/")
    assert answer.url == reverse("account:second_step")
    assert not is_in(client, editor)
    answer = give_code(client, code_of(secret))

    assert answer.url == "/admin/find/"
    assert is_in(client, editor)


@pytest.mark.parametrize("code", ["000000", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "", "x" * 500])
def test_a_wrong_code_is_refused_and_the_page_says_so(client, editor, code):
    with_app(editor)
    give_password(client, editor)

    answer = give_code(client, code)

    assert answer.status_code == 200
    assert "Error:" in answer.content.decode()
    assert not is_in(client, editor)


def test_a_code_is_typed_with_the_blank_that_apps_show(client, editor):
    secret, _ = with_app(editor)
    give_password(client, editor)
    code = code_of(secret)

    give_code(client, f" {code[:3]} {code[3:]} ")

    assert is_in(client, editor)


def test_a_code_that_was_used_is_refused_while_it_still_shows(editor):
    secret, _ = with_app(editor)
    code = code_of(secret)
    check_code(editor, code, address=None)

    with pytest.raises(WrongLogin, match="used before"):
        check_code(editor, code, address=None)


def test_the_code_of_the_set_up_is_used_up_by_it(editor):
    secret, _ = with_app(editor)

    with pytest.raises(WrongLogin):
        check_code(editor, code_of(secret, later=-1), address=None)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_type_the_same_code_at_once_one_gets_in():
    editor = make_user("edith")
    secret, _ = with_app(editor)
    code = code_of(secret)

    results = at_once(*[lambda: check_code(editor, code, address=None)] * 2)

    assert sorted(type(result).__name__ for result in results) == ["NoneType", "WrongLogin"]


def test_a_recovery_code_opens_once(client, editor):
    _, fresh = with_app(editor)
    give_password(client, editor)

    give_code(client, fresh[3].upper())
    assert is_in(client, editor)

    other = Client()
    give_password(other, editor)
    give_code(other, fresh[3])
    assert not is_in(other, editor)


def test_the_database_keeps_a_used_recovery_code_used(editor):
    _, fresh = with_app(editor)
    check_code(editor, fresh[0], address=None)

    with pytest.raises(DatabaseError, match="stays used"), transaction.atomic():
        RecoveryCode.objects.filter(person=editor).update(used_at=None)


def test_the_recovery_codes_of_somebody_else_do_not_fit(editor, reporter):
    _, theirs = with_app(reporter)
    with_app(editor)

    with pytest.raises(WrongLogin):
        check_code(editor, theirs[0], address=None)


def test_new_recovery_codes_make_the_old_ones_useless(editor):
    _, old = with_app(editor)

    fresh = make_recovery_codes(editor)

    with pytest.raises(WrongLogin):
        check_code(editor, old[0], address=None)
    check_code(editor, fresh[0], address=None)


def test_recovery_codes_without_a_factor_are_refused(editor):
    with pytest.raises(NotAllowed):
        make_recovery_codes(editor)


def test_the_second_step_alone_leads_back_to_the_password(client, editor):
    secret, _ = with_app(editor)

    assert give_code(client, code_of(secret)).url == reverse("account:log_in")


def test_the_second_step_ends_with_a_new_password(client, editor):
    secret, _ = with_app(editor)
    give_password(client, editor)
    editor.set_password("another-one-42")
    editor.save()

    assert give_code(client, code_of(secret)).url == reverse("account:log_in")
    assert not is_in(client, editor)


def test_the_second_step_is_over_for_a_log_in_switched_off(client, editor):
    secret, _ = with_app(editor)
    give_password(client, editor)
    editor.is_active = False
    editor.save()

    assert give_code(client, code_of(secret)).url == reverse("account:log_in")


def test_setting_up_goes_from_picture_to_code_to_recovery_codes(client, reporter):
    log_in(client, reporter)
    page = client.get(reverse("account:authenticator"))
    secret = page.context["secret"].replace(" ", "")
    assert "<svg" in page.content.decode()

    wrong = client.post(reverse("account:authenticator"), {"code": "000000"})
    assert wrong.context["secret"].replace(" ", "") == secret  # the picture still fits
    done = client.post(reverse("account:authenticator"), {"code": code_of(secret)})

    assert len(done.context["codes"]) == 10
    assert "no-store" in done.headers["Cache-Control"]
    check_code(reporter, done.context["codes"][0], address=None)
    assert Authenticator.objects.filter(person=reporter).exists()


def test_the_first_factor_ends_sessions_that_knew_the_password_alone(client, reporter):
    other = Client()
    log_in(client, reporter)
    log_in(other, reporter)
    secret = client.get(reverse("account:authenticator")).context["secret"].replace(" ", "")

    client.post(reverse("account:authenticator"), {"code": code_of(secret)})

    assert is_in(client, reporter)
    assert not is_in(other, reporter)


def test_a_second_app_is_refused(reporter):
    with_app(reporter)

    with pytest.raises(NotAllowed, match="set up already"):
        with_app(reporter)


@pytest.mark.parametrize("name", ["authenticator", "passkey"])
def test_factors_are_changed_only_after_the_password_was_typed_again(client, reporter, name):
    client.force_login(reporter)  # an old session, left open somewhere
    page = reverse(f"account:{name}")

    asked = client.get(page)
    assert asked.url == f"{reverse('account:confirm')}?next={page.replace('/', '%2F')}"
    assert "not your password" in client.post(asked.url, {"password": "guess", "next": page}).content.decode()
    assert client.post(asked.url, {"password": "plumb-line-42", "next": page}).url == page
    assert client.get(page).status_code == 200


@pytest.mark.parametrize(("name", "arguments"), [("recovery_codes", []), ("remove_factor", ["authenticator", 1])])
def test_a_post_that_changes_factors_does_nothing_before_the_password(client, reporter, name, arguments):
    _, fresh = with_app(reporter)
    client.force_login(reporter)

    answer = client.post(reverse(f"account:{name}", args=arguments))

    assert answer.url.startswith(reverse("account:confirm"))
    check_code(reporter, fresh[0], address=None)


def test_removing_the_last_factor_removes_the_recovery_codes(reporter):
    with_app(reporter)

    remove_authenticator(reporter)

    assert not RecoveryCode.objects.filter(person=reporter).exists()


def test_who_needs_a_factor_cannot_remove_the_last_one(editor, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    with_app(editor)

    with pytest.raises(NotAllowed, match="last one"):
        remove_authenticator(editor)

    assert Authenticator.objects.filter(person=editor).exists()


def test_an_administrator_resets_the_factors_of_another_with_a_reason_on_record(client, administrator, editor):
    with_app(editor)
    client.force_login(administrator)
    page = reverse("account:access_step", args=[editor.pk, "reset"])

    assert "This field is required" in client.post(page, {"why": " "}).content.decode()
    assert Authenticator.objects.filter(person=editor).exists()
    client.post(page, {"why": "phone lost, called back"})

    assert not Authenticator.objects.filter(person=editor).exists()
    assert not RecoveryCode.objects.filter(person=editor).exists()
    entry = RecordEntry.objects.filter(table_name="people_authenticator", action="DELETE").get()
    assert (entry.actor_name, entry.reason) == ("ada", "phone lost, called back")


def test_nobody_resets_their_own_factors(administrator):
    with_app(administrator)

    with pytest.raises(NotAllowed, match="another administrator"):
        reset_factors(administrator, by=administrator, why="lost")


@pytest.mark.parametrize("who", ["editor", "reporter"])
def test_only_administrators_reset_factors(client, request, reviewer, who):
    with_app(reviewer)
    client.force_login(request.getfixturevalue(who))

    answer = client.post(reverse("account:access_step", args=[reviewer.pk, "reset"]), {"why": "because"})

    assert answer.status_code == 403
    assert Authenticator.objects.filter(person=reviewer).exists()


def test_an_administrator_does_not_reach_a_superuser(client, administrator):
    root = make_user("root", role=None, is_superuser=True)
    with_app(root)
    client.force_login(administrator)

    assert client.get(reverse("account:access", args=[root.pk])).status_code == 403
    with pytest.raises(NotAllowed):
        reset_factors(root, by=administrator, why="because")


def test_the_record_knows_of_factors_and_no_secret(editor):
    secret, fresh = with_app(editor)
    check_code(editor, fresh[0], address="192.0.2.7")

    entries = RecordEntry.objects.filter(table_name__in=["people_authenticator", "people_recoverycode"])
    text = str(list(entries.values_list("before", "after")))
    assert entries.filter(table_name="people_authenticator", action="INSERT", actor_name="edith").exists()
    assert entries.filter(table_name="people_recoverycode", action="UPDATE", reason="used a recovery code").exists()
    app = Authenticator.objects.get(person=editor)
    for hidden in (secret, app.secret, *RecoveryCode.objects.values_list("code_hash", flat=True)):
        assert hidden not in text


def test_a_secret_is_not_in_the_database_as_it_is(editor):
    secret, fresh = with_app(editor)

    assert Authenticator.objects.get(person=editor).secret != secret
    assert fresh[0] not in RecoveryCode.objects.values_list("code_hash", flat=True)


def test_after_a_new_secret_key_the_app_does_not_fit_and_recovery_codes_do(editor, settings):
    secret, fresh = with_app(editor)
    settings.SECRET_KEY = "another-key-of-this-machine"

    with pytest.raises(WrongLogin):
        check_code(editor, code_of(secret), address=None)
    check_code(editor, fresh[0], address=None)
    settings.SECRET_KEY_FALLBACKS = ["x"]
    with pytest.raises(WrongLogin):
        check_code(editor, code_of(secret), address=None)


def test_setting_up_with_a_wrong_code_stores_nothing(reporter):
    with pytest.raises(WrongLogin):
        set_up_authenticator(reporter, secret="JBSWY3DPEHPK3PXP", code="000 000", keep="")

    assert not Authenticator.objects.exists()
