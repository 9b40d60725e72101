"""The pages about the desk: what readers see, and how administrators change it."""

import pytest
from django.db import IntegrityError, transaction

from claims.exceptions import NotAllowed, NotReady, StaleClaim
from claims.models import StandingPage
from claims.services.standing import edit_page, stamp
from people.models import RecordEntry
from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db
NAMES = StandingPage.Name.values
FOOTER = {
    *(
        "/search/",
        "/methodology/",
        "/ratings/",
        "/statistics/",
        "/corrections/",
        "/submit/",
        "/feeds/claims.atom",
        "/api/v1/docs",
    ),
    *(f"/{name}/" for name in NAMES),
}


@pytest.fixture
def about(db) -> StandingPage:
    return StandingPage.objects.get(name="about")


def change(page: StandingPage, text: str, *, by, seen: str = "") -> None:
    edit_page(page, text=text, by=by, seen=seen or stamp(page.text))


@pytest.mark.parametrize("name", NAMES)
def test_every_desk_has_words_to_begin_with(client, name):
    response = client.get(f"/{name}/")

    assert pages.parse(response).xpath("string(//h1)") == StandingPage.Name(name).label
    assert len(pages.text_of(response)) > 100
    assert "Last changed" not in pages.text_of(response)


@pytest.mark.parametrize(
    "address", ["/", "/about/", "/search/", "/nothing-here/", "/submit/", "/statistics/", "/claims/bridge/"]
)
def test_the_footer_of_every_page_leads_to_all_of_them(client, address):
    factories.make_published_claim(slug="bridge")

    assert set(pages.parse(client.get(address)).xpath("//footer//a/@href")) == FOOTER


def test_every_address_in_the_words_to_begin_with_answers(client):
    for name in NAMES:
        links = pages.parse(client.get(f"/{name}/")).xpath("//main//a/@href")
        assert [link for link in links if client.get(link).status_code != 200] == []


def test_the_words_are_markdown_that_can_do_no_harm(client, about, administrator):
    change(about, "# One\n\n**Bold** <script>alert(1)</script> [x](javascript:alert(1))", by=administrator)

    body = client.get("/about/").content.decode()

    assert "<h2>One</h2>" in body
    assert "<strong>Bold</strong>" in body
    assert "<script" not in body
    assert 'href="javascript' not in body


def test_what_it_said_before_is_on_the_record_with_who_changed_it(client, about, administrator):
    before = about.text

    change(about, "We are new.", by=administrator)

    entry = RecordEntry.objects.filter(table_name="claims_standingpage", row_id=about.pk).latest("pk")
    assert (entry.before["text"], entry.after["text"]) == (before, "We are new.")
    assert entry.actor_id == administrator.pk
    assert "Last changed" in pages.text_of(client.get("/about/"))


def test_saving_the_same_words_changes_nothing(about, administrator):
    change(about, about.text, by=administrator)

    about.refresh_from_db()
    assert about.changed_at is None


def test_only_administrators_change_it(about, editor):
    with pytest.raises(NotAllowed):
        change(about, "We are new.", by=editor)


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_empty_page_is_refused(about, administrator, text):
    with pytest.raises(NotReady):
        change(about, text, by=administrator)


def test_a_page_that_somebody_else_changed_since_is_not_overwritten(about, administrator):
    seen = stamp(about.text)
    change(about, "We are new.", by=administrator)

    with pytest.raises(StaleClaim):
        change(about, "We are newer.", by=administrator, seen=seen)


@pytest.mark.parametrize("sql", ["DELETE FROM claims_standingpage", "UPDATE claims_standingpage SET text = ''"])
def test_the_database_keeps_each_page_and_its_words(about, sql):
    from django.db import connection

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


class TestAtTheDesk:
    @pytest.fixture
    def as_administrator(self, client, administrator):
        client.force_login(administrator)
        return client

    def address(self, page: StandingPage) -> str:
        return f"/admin/claims/standingpage/{page.pk}/change/"

    def test_an_administrator_changes_the_words(self, as_administrator, about):
        form = pages.parse(as_administrator.get(self.address(about))).forms
        seen = next(field.value for one in form for field in one.inputs if field.name == "seen")

        response = as_administrator.post(self.address(about), {"text": "We are new.", "seen": seen})

        assert response.status_code == 302
        assert "We are new." in pages.text_of(as_administrator.get("/about/"))

    def test_who_saw_other_words_is_told_and_keeps_what_was_typed(self, as_administrator, about):
        response = as_administrator.post(self.address(about), {"text": "We are new.", "seen": "other"})

        assert "Somebody else has changed this page since." in response.content.decode()
        assert "We are new." in response.content.decode()

    def test_none_is_added_or_removed(self, as_administrator, about):
        assert as_administrator.get("/admin/claims/standingpage/add/").status_code == 403
        assert as_administrator.post(f"/admin/claims/standingpage/{about.pk}/delete/").status_code == 403

    def test_an_editor_does_not_see_them(self, client, editor, about):
        client.force_login(editor)

        assert client.get(self.address(about)).status_code == 403
        assert "Pages for readers" not in client.get("/admin/").content.decode()
