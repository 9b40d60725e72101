"""What readers see is changed by who publishes, and by nobody for themselves."""

import pytest
from django.contrib.auth.models import Group

from claims.models import Claim
from people.models import RecordEntry
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_claimant_that_readers_see_is_renamed_by_an_editor_and_not_by_a_reporter(as_reporter, as_editor):
    claim = factories.make_published_claim()
    address = f"/admin/claims/claimant/{claim.claimant.pk}/change/"
    data = {
        "name": "Defaced", "kind": "person", "named_publicly": "on", "same_as": "",
        "aliases-TOTAL_FORMS": "0", "aliases-INITIAL_FORMS": "0", "roles-TOTAL_FORMS": "0", "roles-INITIAL_FORMS": "0",
    }  # fmt: skip

    as_reporter.post(address, data)
    claim.claimant.refresh_from_db()
    assert claim.claimant.name == "Jutta Brandt"

    as_editor.post(address, {**data, "name": "Jutta Brandt-Lund"})
    claim.claimant.refresh_from_db()
    assert claim.claimant.name == "Jutta Brandt-Lund"


def test_the_title_of_an_article_that_readers_see_is_not_the_reporters_to_change(as_reporter):
    article = factories.make_published_claim().appearances.get().revision.article

    as_reporter.post(f"/admin/articles/article/{article.pk}/details/", {"title": "BUY NOW", "language": "en"})

    article.refresh_from_db()
    assert article.title == "Bridge over the Aller opened"


def test_an_administrator_gives_no_roles_to_themselves(as_administrator, administrator):
    groups = list(Group.objects.values_list("pk", flat=True))

    as_administrator.post(
        f"/admin/people/user/{administrator.pk}/change/", {"username": "ada", "groups": groups, "is_active": "on"}
    )

    assert [group.name for group in administrator.groups.all()] == ["administrator"]


def test_a_password_an_administrator_sets_is_on_record(as_administrator, editor):
    before = RecordEntry.objects.about(editor).count()

    as_administrator.post(
        f"/admin/people/user/{editor.pk}/password/",
        {"usable_password": "true", "password1": "another-one-42", "password2": "another-one-42"},
    )

    assert RecordEntry.objects.about(editor).count() == before + 1


@pytest.mark.parametrize(
    "address",
    ["/admin/articles/article/999999/change/?url=%00", "/admin/people/recordentry/?table=%00", "/?rating=%00"],
)
def test_an_address_with_a_nul_character_is_refused_and_no_fault(as_editor, address):
    assert as_editor.get(address).status_code == 400


def test_the_short_address_of_a_claim_leads_to_its_file(as_reporter):
    claim = factories.make_claim(status=Claim.Status.SHORTLISTED)

    answer = as_reporter.get(f"/admin/claims/claim/{claim.pk}/")

    assert answer.headers["Location"] == f"/admin/claims/claim/{claim.pk}/change/"
