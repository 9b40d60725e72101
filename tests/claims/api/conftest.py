"""A program that asks the API."""

from itertools import count
from typing import Any

import pytest
from django.test import Client

from people.models import Scope
from people.services.tokens import make_token

ADDRESSES = count(1)


class Program:
    """Asks from a network address of its own. token: "" reads what is public."""

    def __init__(self, token: str = "") -> None:
        n = next(ADDRESSES)
        self.client = Client(REMOTE_ADDR=f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}")
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, address: str, **query: Any):
        return self.client.get(f"/api/v1/{address}", query, headers=self.headers)

    def post(self, address: str, body: Any):
        return self.client.post(f"/api/v1/{address}", body, content_type="application/json", headers=self.headers)

    def items(self, address: str, **query: Any) -> list[dict[str, Any]]:
        answer = self.get(address, **query)
        assert answer.status_code == 200, answer.content
        return answer.json()["items"]


@pytest.fixture
def program() -> Program:
    return Program()


@pytest.fixture
def sender(administrator) -> Program:
    """With a token that may do all that there is."""
    return Program(make_token("Archive", scopes=Scope.values, days=30, by=administrator)[1])
