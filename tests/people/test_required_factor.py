import pytest
from django.urls import reverse

from claims.models import Claim
from tests.factories import make_claim, make_claim_with_verdict
from tests.people.logging_in import give_password, log_in, with_app

pytestmark = pytest.mark.django_db

SET_UP = "/admin/account/second-factor/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.mark.parametrize("who", ["editor", "administrator"])
@pytest.mark.parametrize(
    "page", ["/admin/", "/admin/triage/", "/admin/account/", "/admin/people/user/", "/admin/nowhere/"]
)
def test_editors_and_administrators_get_no_further_than_setting_up(client, request, who, page):
    client.force_login(request.getfixturevalue(who))

    assert client.get(page).headers["Location"] == SET_UP


@pytest.mark.parametrize("who", ["reporter", "reviewer"])
def test_who_cannot_publish_works_on_without(client, request, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get("/admin/").status_code == 200


def test_a_post_is_kept_out_too_and_changes_nothing(client, editor):
    claim = make_claim()
    client.force_login(editor)

    answer = client.post(reverse("admin:triage_decide", args=[claim.pk, "shortlist"]))

    assert answer.headers["Location"] == SET_UP
    claim.refresh_from_db()
    assert claim.status == Claim.Status.DETECTED


def test_htmx_is_sent_to_the_page_as_a_whole(client, editor):
    client.force_login(editor)

    answer = client.get(reverse("admin:triage"), HTTP_HX_REQUEST="true")

    assert answer.headers["HX-Redirect"] == SET_UP
    assert answer.content == b""


def test_with_a_factor_set_up_the_desk_opens(client, editor):
    with_app(editor)
    client.force_login(editor)

    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("name", ["factors", "authenticator", "passkey"])
def test_what_setting_up_needs_stays_open_and_says_why(client, editor, name):
    log_in_without_desk(client, editor)

    assert client.get(reverse(f"account:{name}")).status_code == 200
    assert "Set up a second factor to go on" in client.get(SET_UP).content.decode()
    assert client.post(reverse("account:log_out")).headers["Location"] == reverse("admin:login")


def log_in_without_desk(client, person):
    assert give_password(client, person).headers["Location"] == "/admin/"
    assert client.get("/admin/").headers["Location"] == SET_UP


def test_a_reset_leads_an_editor_back_to_setting_up(client, editor, administrator):
    with_app(editor)
    with_app(administrator)
    client.force_login(administrator)
    client.post(reverse("account:access_step", args=[editor.pk, "reset"]), {"why": "phone lost"})
    client.logout()

    log_in_without_desk(client, editor)


def test_readers_pages_do_not_look_at_the_session(client, editor):
    client.force_login(editor)

    answer = client.get("/")

    assert answer.status_code == 200
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_it_is_off_where_nobody_asks_for_it(client, editor, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    log_in(client, editor)


def test_the_preview_of_a_draft_is_the_desks_too_although_it_stands_among_the_readers_pages(client, editor):
    claim = make_claim_with_verdict(status=Claim.Status.APPROVED)
    client.force_login(editor)

    assert client.get(reverse("preview", args=[claim.pk])).headers.get("Location") == SET_UP
