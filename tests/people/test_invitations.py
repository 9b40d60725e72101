import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.exceptions import InvitationError, NotAllowed
from people.models import Invitation, RecordEntry, Role, User
from people.services.invitations import accept_invitation, invite, revoke_invitation
from tests.at_once import at_once
from tests.factories import make_user
from tests.people.logging_in import give_password, log_in

pytestmark = pytest.mark.django_db

JOINING = {"name": "Nora New", "username": "nora", "password1": "paper boat 42", "password2": "paper boat 42"}


@pytest.fixture
def invited(administrator) -> tuple[Invitation, str]:
    """An invitation as editor, and its address here."""
    invitation, link = invite(role=Role.EDITOR, by=administrator, name="Nora New", email="nora@example.org")
    return invitation, link.removeprefix("http://127.0.0.1:8000")


def token_of(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


def test_the_link_makes_a_log_in_with_the_role(client, invited, administrator):
    invitation, link = invited
    assert "invites you to this desk. Your role: Editor." in client.get(link).content.decode()

    answer = client.post(link, JOINING)

    assert answer.url == reverse("admin:login")
    person = User.objects.get(username="nora")
    assert person.check_password("paper boat 42")
    assert (person.byline, person.email, person.is_staff, person.is_superuser) == (
        "Nora New", "nora@example.org", True, False,
    )  # fmt: skip
    assert [group.name for group in person.groups.all()] == ["editor"]
    invitation.refresh_from_db()
    assert invitation.person == person


def test_an_invitation_and_its_use_are_on_the_record_without_the_token(client, invited):
    invitation, link = invited
    client.post(link, JOINING)

    made, used = RecordEntry.objects.about(invitation)
    assert (made.actor_name, used.actor_name) == ("ada", "nora")
    assert made.after["role"] == "editor"
    assert token_of(link) not in str(made.after) + invitation.token_hash
    assert invitation.token_hash not in str(made.after)
    person = User.objects.get(username="nora")
    assert RecordEntry.objects.about(person).first().actor_name == "ada"


def expired(invitation: Invitation, by: User) -> None:
    Invitation.objects.update(expires_at=timezone.now())


def revoked(invitation: Invitation, by: User) -> None:
    revoke_invitation(invitation.pk, by=by)


def used(invitation: Invitation, by: User) -> None:
    Invitation.objects.update(used_at=timezone.now(), person=make_user("first"))


@pytest.mark.parametrize(
    ("closed", "said"), [(expired, "has run out"), (revoked, "was withdrawn"), (used, "has been used")]
)
def test_a_link_that_works_no_more_says_why(client, invited, administrator, closed, said):
    invitation, link = invited
    closed(invitation, administrator)

    for answer in (client.get(link), client.post(link, JOINING)):
        assert answer.status_code == 410
        assert said in answer.content.decode()
    assert not User.objects.filter(username="nora").exists()


@pytest.mark.parametrize("token", ["x", "../../login", "A" * 5000, "é", "%F0%9F%92%A9"])
def test_a_forged_link_is_refused_with_a_sentence(client, invited, token):
    answer = client.get(f"/admin/invitation/{token}/", follow=True)

    assert answer.status_code in {404, 410} or "Log in" in answer.content.decode()
    assert not User.objects.filter(username="nora").exists()


def test_a_cut_link_says_to_copy_the_whole_of_it(client, invited):
    _, link = invited

    assert "Copy the whole of it" in client.get(f"{link[:-5]}/").content.decode()


def test_a_double_click_makes_one_log_in(client, invited):
    _, link = invited
    client.post(link, JOINING)

    again = client.post(link, JOINING)

    assert "has been used" in again.content.decode()
    assert User.objects.filter(username="nora").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_race_for_one_link_one_gets_in():
    administrator = make_user("ada", role=Role.ADMINISTRATOR)
    _, link = invite(role=Role.REPORTER, by=administrator)

    results = at_once(
        *[
            lambda name=name: accept_invitation(token_of(link), username=name, password="paper boat 42")
            for name in ("nora", "otto")
        ]
    )

    assert sorted(type(result).__name__ for result in results) == ["InvitationError", "User"]
    assert User.objects.filter(username__in=["nora", "otto"]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_choose_the_same_name_at_once_one_gets_it():
    administrator = make_user("ada", role=Role.ADMINISTRATOR)
    links = [invite(role=Role.REPORTER, by=administrator)[1] for _ in range(2)]

    results = at_once(
        *[
            lambda link=link: accept_invitation(token_of(link), username="nora", password="paper boat 42")
            for link in links
        ]
    )

    assert sorted(type(result).__name__ for result in results) == ["NotAllowed", "User"]
    assert Invitation.objects.filter(used_at=None).count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"username": "Ada"}, "Somebody has this username"),
        ({"username": "nora new"}, "valid username"),
        ({"username": "", "name": "Nora"}, "required"),
        ({"password2": "other"}, "not the same"),
        ({"password1": "password", "password2": "password"}, "too common"),
        ({"password1": "noranew1", "password2": "noranew1", "username": "noranew"}, "too similar"),
    ],
)
def test_what_cannot_be_is_said_and_the_link_still_works(client, invited, typed, said):
    _, link = invited

    page = client.post(link, {**JOINING, **typed})

    assert said in page.content.decode()
    assert client.post(link, JOINING).status_code == 302


def test_the_page_shows_the_link_once_and_lists_what_is_open(client, administrator):
    client.force_login(administrator)
    page = reverse("account:invitations")

    client.post(page, {"name": "Nora", "role": "reviewer", "email": ""})
    shown = client.get(page).content.decode()
    link = re.search(r'value="(http://127.0.0.1:8000/admin/invitation/[^"]+)"', shown)[1]

    assert "/admin/invitation/" not in client.get(page).content.decode()
    assert "Nora" in client.get(page).content.decode()
    assert Client().get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_the_link_is_sent_to_an_address(client, administrator):
    client.force_login(administrator)

    client.post(reverse("account:invitations"), {"name": "", "role": "reviewer", "email": "nora@example.org"})

    (letter,) = mail.outbox
    assert letter.to == ["nora@example.org"]
    assert "/admin/invitation/" in letter.body
    assert "invites you" in letter.body


def test_a_mail_that_cannot_be_sent_leaves_the_link(client, administrator, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 1,
    )  # fmt: skip
    client.force_login(administrator)

    page = client.post(
        reverse("account:invitations"), {"name": "", "role": "reviewer", "email": "nora@example.org"}, follow=True
    )

    assert "Pass the link on yourself" in page.content.decode()
    assert "/admin/invitation/" in page.content.decode()


@pytest.mark.parametrize(
    "bad", [{"role": "superuser"}, {"role": ""}, {"email": "nora"}, {"email": "a@b.example\nBcc: x@y.example"}]
)
def test_nothing_above_the_four_roles_can_be_given(client, administrator, bad):
    client.force_login(administrator)

    page = client.post(reverse("account:invitations"), {"name": "Nora", "role": "editor", "email": "", **bad})

    assert "Nobody is invited yet" in page.content.decode()
    assert not Invitation.objects.exists()


def test_the_database_knows_the_roles_too(administrator):
    with pytest.raises(DatabaseError, match="invitation_role_is_known"), transaction.atomic():
        Invitation.objects.create(
            token_hash="x", role="superuser", by=administrator, expires_at=timezone.now() + timedelta(days=1)
        )


def test_the_database_keeps_a_used_invitation(client, invited):
    client.post(invited[1], JOINING)

    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Invitation.objects.update(used_at=None, person=None)


@pytest.mark.parametrize("who", ["reporter", "reviewer", "editor"])
def test_only_administrators_invite_and_withdraw(client, request, invited, who):
    person = request.getfixturevalue(who)
    client.force_login(person)

    assert client.get(reverse("account:invitations")).status_code == 403
    assert client.post(reverse("account:revoke_invitation", args=[invited[0].pk])).status_code == 403
    with pytest.raises(NotAllowed):
        invite(role=Role.REPORTER, by=person)
    with pytest.raises(NotAllowed):
        revoke_invitation(invited[0].pk, by=person)


def test_an_invitation_is_withdrawn_once(client, administrator, invited):
    client.force_login(administrator)
    page = reverse("account:revoke_invitation", args=[invited[0].pk])

    client.post(page)
    again = client.post(page, follow=True)

    assert "used or revoked already" in again.content.decode()
    with pytest.raises(InvitationError):
        accept_invitation(token_of(invited[1]), username="nora", password="paper boat 42")


def test_the_token_is_told_to_no_other_site(client, invited):
    assert client.get(invited[1]).headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("page", ["account:invitations", "account:sessions", "admin:people_user_changelist"])
def test_lists_ask_the_same_number_of_queries_at_1_and_at_10_rows(client, administrator, page):
    log_in(client, administrator)
    invite(role=Role.REPORTER, by=administrator)
    client.get(reverse(page))

    asked = [count_queries(client, page)]
    for n in range(9):
        invite(role=Role.REPORTER, by=make_user(f"ada-{n}", role=Role.ADMINISTRATOR))
        give_password(Client(), administrator)
    asked.append(count_queries(client, page))

    assert asked[0] == asked[1]


def count_queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(page)).status_code == 200
        return len(queries)


@pytest.mark.parametrize("change", ["switched off", "not an administrator any more"])
def test_an_invitation_by_somebody_who_may_not_invite_any_more_lets_nobody_in(client, invited, administrator, change):
    _invitation, link = invited
    if change == "switched off":
        User.objects.filter(pk=administrator.pk).update(is_active=False)
    else:
        administrator.groups.clear()

    assert client.get(link).status_code == 410
    assert client.post(link, JOINING).status_code == 410
    assert not User.objects.filter(username="nora").exists()
