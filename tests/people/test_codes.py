import base64

import pytest

from people import codes

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("at", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_codes_are_those_of_rfc_6238(at, code):
    assert codes.code_at(RFC_SECRET, at // 30) == code


@pytest.mark.parametrize(("late", "taken"), [(-30, True), (0, True), (59, True), (-90, False), (90, False)])
def test_a_code_is_taken_one_step_before_and_after_its_own_and_no_further(late, taken):
    now = 1_800_000_000

    step = codes.step_of(RFC_SECRET, codes.code_at(RFC_SECRET, now // 30), now=now + late)

    assert (step == now // 30) is taken


def test_a_step_that_was_used_is_not_taken_again():
    now = 1_800_000_000

    assert codes.step_of(RFC_SECRET, codes.code_at(RFC_SECRET, now // 30), now=now, after=now // 30) is None


def test_recovery_codes_differ_and_are_known_however_they_are_typed():
    fresh = codes.new_recovery_codes()

    assert len(set(fresh)) == 10
    assert codes.hash_of(fresh[0]) == codes.hash_of(f" {fresh[0].upper().replace('-', ' ')} ")
    assert codes.hash_of(fresh[0]) != codes.hash_of(fresh[1])


def test_a_secret_is_read_with_an_earlier_key_too_and_not_with_a_foreign_one():
    kept = codes.encrypted("ABCD", keys=["old"])

    assert codes.decrypted(kept, keys=["new", "old"]) == "ABCD"
    assert codes.decrypted(kept, keys=["new"]) is None
    assert "ABCD" not in kept
