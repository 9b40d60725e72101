import pytest

from people.models import Role
from tests.factories import make_user

pytestmark = pytest.mark.django_db

STEPS = {"claims.triage_claim", "claims.check_claim", "claims.review_claim", "claims.publish_claim"}


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.REPORTER, {"claims.triage_claim", "claims.check_claim"}),
        (Role.REVIEWER, {"claims.triage_claim", "claims.check_claim", "claims.review_claim"}),
        (Role.EDITOR, STEPS),
        (Role.ADMINISTRATOR, set()),
    ],
)
def test_each_role_may_do_its_steps_and_no_more(role, may):
    person = make_user("somebody", role=role)

    assert {step for step in STEPS if person.has_perm(step)} == may


def test_only_an_administrator_manages_people():
    may = {role for role in Role if make_user(f"a-{role}", role=role).has_perm("people.change_user")}

    assert may == {Role.ADMINISTRATOR}
