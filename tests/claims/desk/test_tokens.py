"""API tokens as administrators make and withdraw them."""

import re

import pytest

from people.models import ApiToken, Scope
from people.services.tokens import make_token, use_token

ADD, LIST = "/admin/people/apitoken/add/", "/admin/people/apitoken/"
TYPED = {"name": "Archive of the Bote", "scopes": ["articles:write"], "days": "90"}


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def row(administrator) -> ApiToken:
    return make_token("Archive", scopes=Scope.values, days=30, by=administrator)[0]


def page(row: ApiToken) -> str:
    return f"/admin/people/apitoken/{row.pk}/change/"


def test_a_new_token_is_shown_once_and_works(as_administrator):
    answer = as_administrator.post(ADD, TYPED)
    first, second = as_administrator.get(answer["Location"]), as_administrator.get(answer["Location"])

    (token,) = re.findall(r"plumbline_[\w-]+", text(first))
    assert use_token(token) == ApiToken.objects.get()
    assert "plumbline_" not in text(second)
    assert "plumbline_" not in text(as_administrator.get(LIST))


def test_it_is_shown_to_nobody_who_looks_at_another_one(as_administrator, row):
    answer = as_administrator.post(ADD, TYPED)

    assert "plumbline_" not in text(as_administrator.get(page(row)))
    assert "plumbline_" in text(as_administrator.get(answer["Location"]))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({**TYPED, "name": ""}, "This field is required."),
        ({**TYPED, "name": "x" * 101}, "at most 100 characters"),
        ({**TYPED, "name": "a\x00b"}, "Null characters are not allowed."),
        ({**TYPED, "scopes": []}, "Choose what the token may do."),
        ({**TYPED, "scopes": ["everything"]}, "everything is not one of the available choices"),
        ({**TYPED, "days": "36500"}, "36500 is not one of the available choices"),
        ({**TYPED, "days": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_used_is_said(as_administrator, typed, said):
    answer = as_administrator.post(ADD, typed)

    assert said in text(answer)
    assert not ApiToken.objects.exists()


def test_a_token_is_withdrawn_for_good(as_administrator, row):
    as_administrator.post(f"/admin/people/apitoken/{row.pk}/withdraw/")
    again = as_administrator.post(f"/admin/people/apitoken/{row.pk}/withdraw/", follow=True)

    row.refresh_from_db()
    assert row.withdrawn_at is not None
    assert "This token had been withdrawn already." in text(again)
    assert "This token was withdrawn." in text(as_administrator.get(page(row)))
    assert "Withdraw it" not in text(as_administrator.get(page(row)))
    assert "withdrawn" in text(as_administrator.get(LIST))


def test_looking_withdraws_nothing(as_administrator, row):
    assert as_administrator.get(f"/admin/people/apitoken/{row.pk}/withdraw/").status_code == 405


@pytest.mark.parametrize("address", ["/admin/people/apitoken/999999/change/", "/admin/people/apitoken/x/change/"])
def test_a_token_that_is_not_there_is_404(as_administrator, address):
    assert as_administrator.get(address).status_code == 404


def test_only_administrators_see_and_make_tokens(as_editor, row):
    assert as_editor.get(LIST).status_code == 403
    assert as_editor.get(page(row)).status_code == 403
    assert as_editor.post(ADD, TYPED).status_code == 403
    as_editor.post(f"/admin/people/apitoken/{row.pk}/withdraw/")
    row.refresh_from_db()
    assert row.withdrawn_at is None
    assert "API tokens" not in text(as_editor.get("/admin/"))


def test_names_stay_text(as_administrator, administrator):
    row, _token = make_token("<script>alert(1)</script>", scopes=Scope.values, days=30, by=administrator)

    for address in (LIST, page(row)):
        assert "<script>alert" not in text(as_administrator.get(address))


@pytest.mark.parametrize("rows", [1, 10])
def test_the_list_takes_as_many_queries_whatever_its_length(
    as_administrator, administrator, rows, django_assert_num_queries
):
    for n in range(rows):
        make_token(f"Program {n}", scopes=Scope.values, days=30, by=administrator)
    as_administrator.get(LIST)

    with django_assert_num_queries(8):
        as_administrator.get(LIST)
