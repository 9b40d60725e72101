"""A program that asks the API."""

import os
from itertools import count
from typing import Any

import pytest
from django.test import Client

from people.models import Scope
from people.services.tokens import make_token

NETWORKS = count(1)


class Program:
    """Asks from a network of its own, which no other process of this run has. token: "" reads what is public."""

    def __init__(self, token: str = "") -> None:
        process = os.getpid()
        network = f"fd00:{process >> 16:x}:{process & 0xFFFF:x}:{next(NETWORKS):x}"
        self.client = Client(REMOTE_ADDR=f"{network}::1")
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
