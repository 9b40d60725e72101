"""A browser without scripts, logged in as somebody of a role."""

import pytest
from django.test import Client

from people.models import User


def as_person(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def as_reporter(reporter):
    return as_person(reporter)


@pytest.fixture
def as_reviewer(reviewer):
    return as_person(reviewer)


@pytest.fixture
def as_editor(editor):
    return as_person(editor)


@pytest.fixture
def as_administrator(administrator):
    return as_person(administrator)
