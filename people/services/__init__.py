"""Making log-ins."""

from django.contrib.auth.models import Group

from people.models import Role, User
from people.record import recorded


def create_person(username: str, *, role: Role, password: str, full_name: str = "", by: User | None = None) -> User:
    """Make a log-in for the desk with one role. Only an administrator may manage other people."""
    first_name, _, last_name = full_name.partition(" ")
    with recorded(by=by, why="new log-in"):
        person = User.objects.create_user(
            username, password=password, first_name=first_name, last_name=last_name, is_staff=True
        )
        person.groups.add(Group.objects.get(name=role))
    return person
