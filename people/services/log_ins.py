"""Log-ins: making them, and whether a password is right."""

from django.contrib.auth import authenticate
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _

from people.exceptions import WrongLogin
from people.models import Role, User
from people.record import recorded
from people.services import locks
from people.services.sessions import end_sessions


def create_person(
    username: str,
    *,
    role: Role,
    password: str,
    full_name: str = "",
    email: str = "",
    by: User | None = None,
    why: str = "new log-in",
) -> User:
    """Make a log-in for the desk with one role. Only an administrator may manage other people."""
    first_name, _blank, last_name = full_name.partition(" ")
    with recorded(by=by, why=why):
        person = User.objects.create_user(
            username, email, password, first_name=first_name, last_name=last_name, is_staff=True
        )
        person.groups.add(Group.objects.get(name=role))
    return person


def check_password(username: str, password: str, *, address: str | None) -> User:
    """The person whose log-in this is. Raises WrongLogin, and LockedOut after too many of them."""
    counted = locks.subjects(username, address)
    locks.count_attempt(counted)
    person = authenticate(username=username, password=password)
    if not isinstance(person, User) or not person.is_staff:
        raise WrongLogin(_("Username and password do not fit. Both tell capital letters from small ones."))
    locks.take_back(counted)
    return person


def change_password(person: User, password: str, *, keep: str) -> None:
    """Set a new password of one's own, and end every other session. keep: the key of the session that goes on."""
    with recorded(by=person, why="changed the password"):
        person.set_password(password)
        person.save(update_fields=["password"])
        end_sessions(person, by=person, why="changed the password", keep=keep)
