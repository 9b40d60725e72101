import io
import stat

import pytest
from django.core.management import call_command

from people.models import Role, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


def printed() -> dict[str, str]:
    out = io.StringIO()
    call_command("local_logins", stdout=out)
    return dict(line.split() for line in out.getvalue().splitlines())


def test_an_empty_desk_gets_one_log_in_per_role_and_keeps_it(var):
    logins = printed()

    assert set(logins) == set(Role.values)
    for name, password in logins.items():
        person = User.objects.get(username=name)
        assert person.check_password(password)
        assert [group.name for group in person.groups.all()] == [name]
    assert printed() == logins
    assert stat.S_IMODE((var / "log-ins.json").stat().st_mode) == 0o600


def test_a_password_that_was_changed_is_no_longer_printed():
    printed()
    editor = User.objects.get(username="editor")
    editor.set_password("my own words 42")
    editor.save()

    assert set(printed()) == {"reporter", "reviewer", "administrator"}


def test_a_desk_that_has_people_gets_no_log_ins(reporter):
    assert printed() == {}
    assert User.objects.count() == 1
