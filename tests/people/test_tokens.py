"""Tokens of programs: made once, kept as a hash, withdrawn for good."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.exceptions import NotAllowed, TokenRefused
from people.models import ApiToken, RecordEntry, Scope
from people.services.tokens import make_token, use_token, withdraw_token

pytestmark = pytest.mark.django_db


def made(by, **fields):
    return make_token(**{"name": "Archive", "scopes": [Scope.SUBMIT], "days": 30, **fields}, by=by)


def test_a_token_is_kept_as_a_hash_and_never_on_the_record(administrator):
    row, token = made(administrator)

    (entry,) = RecordEntry.objects.filter(table_name="people_apitoken")
    assert token.startswith("plumbline_")
    assert row.token_hash != token
    assert token not in str(entry.after)
    assert "token_hash" not in entry.after
    assert (entry.actor_name, entry.reason) == ("ada", "token made")
    assert entry.after["scopes"] == ["articles:write"]


def test_a_token_lets_its_program_in_and_its_use_is_noted_without_the_record(administrator):
    row, token = made(administrator)

    used = use_token(token)
    first = ApiToken.objects.get().last_used_at
    use_token(token)

    assert used == row
    assert first is not None
    assert ApiToken.objects.get().last_used_at == first
    assert RecordEntry.objects.filter(table_name="people_apitoken").count() == 1


@pytest.mark.parametrize("token", ["", "plumbline_", "x" * 10_000, "\ud800", "\x00"])
def test_what_is_no_token_of_ours_is_refused(administrator, token):
    made(administrator)

    with pytest.raises(TokenRefused, match="not one of ours"):
        use_token(token)


def test_a_withdrawn_token_is_refused_and_stays_withdrawn(administrator):
    row, token = made(administrator)
    withdraw_token(row.pk, by=administrator)

    with pytest.raises(TokenRefused, match="was withdrawn"):
        use_token(token)
    with pytest.raises(NotAllowed, match="withdrawn already"):
        withdraw_token(row.pk, by=administrator)
    with pytest.raises(IntegrityError, match="stays withdrawn"), transaction.atomic():
        ApiToken.objects.update(withdrawn_at=None, withdrawn_by=None)
    assert RecordEntry.objects.filter(table_name="people_apitoken", reason="token withdrawn").count() == 1


def test_a_token_that_has_run_out_is_refused(administrator, monkeypatch):
    _row, token = made(administrator)
    later = timezone.now() + timedelta(days=30)
    monkeypatch.setattr(timezone, "now", lambda: later)

    with pytest.raises(TokenRefused, match="has run out"):
        use_token(token)


@pytest.mark.parametrize("change", ["is_active", "groups"])
def test_a_token_ends_with_its_makers_right_to_make_one(administrator, change):
    _row, token = made(administrator)
    if change == "groups":
        administrator.groups.clear()
    else:
        administrator.is_active = False
        administrator.save()

    with pytest.raises(TokenRefused, match="has left"):
        use_token(token)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": " "}, "a name"),
        ({"name": "a\x00b"}, "a name"),
        ({"name": "a" * 101}, "a name"),
        ({"scopes": []}, "may do"),
        ({"scopes": ["claims:write"]}, "may do"),
        ({"days": 0}, "how long"),
        ({"days": 36_500}, "how long"),
    ],
)
def test_a_token_without_a_name_a_scope_or_an_end_is_refused(administrator, fields, said):
    with pytest.raises(NotAllowed, match=said):
        made(administrator, **fields)

    assert not ApiToken.objects.exists()


def test_only_administrators_make_and_withdraw_tokens(administrator, editor):
    row, _token = made(administrator)

    with pytest.raises(NotAllowed):
        made(editor)
    with pytest.raises(NotAllowed):
        withdraw_token(row.pk, by=editor)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"scopes": ["articles:read"]}, "never changes"),
        ({"token_hash": "0" * 64}, "never changes"),
        ({"expires_at": timezone.now() + timedelta(days=999)}, "never changes"),
    ],
)
def test_the_database_refuses_to_widen_a_token(administrator, change, said):
    made(administrator)

    with pytest.raises(IntegrityError, match=said), transaction.atomic():
        ApiToken.objects.update(**change)
    with pytest.raises(IntegrityError, match="not deleted"), transaction.atomic():
        ApiToken.objects.all().delete()


def test_the_database_knows_the_scopes(administrator):
    row, _token = made(administrator)
    row.pk, row.token_hash, row.scopes = None, "1", ["everything"]

    with pytest.raises(IntegrityError, match="token_scopes_are_known"), transaction.atomic():
        row.save(force_insert=True)
