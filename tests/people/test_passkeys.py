import json

import pytest
from django.test import Client
from django.urls import reverse
from fido2 import cbor
from fido2.utils import websafe_encode

from people.models import Passkey, RecordEntry
from people.services.locks import ACCOUNT_LIMIT
from tests.people.logging_in import Device, give_password, is_in, with_app

pytestmark = pytest.mark.django_db

ADD, SECOND = "/admin/account/second-factor/passkey/", "/admin/login/second-step/"


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


def add(client: Client, device: Device, name: str = "Laptop"):
    options = client.get(ADD).context["options"]
    return client.post(ADD, {"name": name, "answer": device.make(options)})


@pytest.fixture
def device(client, reporter) -> Device:
    """Rosa's, added; and she is logged out again."""
    device = Device()
    give_password(client, reporter)
    add(client, device)
    client.post(reverse("admin:logout"))
    return device


def question(client: Client, person) -> dict:
    give_password(client, person)
    return client.get(SECOND).context["options"]


def test_a_passkey_is_added_and_recovery_codes_come_with_it(client, reporter):
    give_password(client, reporter)

    answer = add(client, Device(), name="Work <laptop>")

    assert len(answer.context["codes"]) == 10
    assert "Work &lt;laptop&gt;" in client.get(reverse("account:factors")).content.decode()


def test_a_passkey_opens_the_desk(client, reporter, device):
    options = question(client, reporter)
    assert not is_in(client, reporter)

    client.post(SECOND, {"answer": device.use(options)})

    assert is_in(client, reporter)
    assert Passkey.objects.get().uses == 1


def test_an_answer_works_once(client, reporter, device):
    answer = device.use(question(client, reporter))
    client.post(SECOND, {"answer": answer})
    client.post(reverse("admin:logout"))
    question(client, reporter)

    client.post(SECOND, {"answer": answer})

    assert not is_in(client, reporter)


def test_an_answer_to_another_site_is_refused(client, reporter, device):
    options = question(client, reporter)
    device.origin = "http://localhost.evil.example"

    page = client.post(SECOND, {"answer": device.use(options)})

    assert "was not accepted" in page.content.decode()
    assert not is_in(client, reporter)


def test_a_key_that_counts_backwards_is_taken_for_a_copy(client, reporter, device):
    device.uses = 7
    client.post(SECOND, {"answer": device.use(question(client, reporter))})
    client.post(reverse("admin:logout"))
    device.uses = 3

    page = client.post(SECOND, {"answer": device.use(question(client, reporter))})

    assert "as a copy would" in page.content.decode()
    assert not is_in(client, reporter)


def test_the_key_of_somebody_else_is_refused(client, reporter, reviewer, device):
    theirs = Device()
    give_password(client, reviewer)
    add(client, theirs)
    client.post(reverse("admin:logout"))

    client.post(SECOND, {"answer": theirs.use(question(client, reporter))})

    assert not is_in(client, reporter)
    assert not is_in(client, reviewer)


@pytest.mark.parametrize(
    "answer", ["", "null", "[]", "{}", "not json", '{"id": 1}', "x" * 30_000, json.dumps({"response": {}})]
)
def test_an_answer_that_is_none_is_refused_at_log_in(client, reporter, device, answer):
    question(client, reporter)

    page = client.post(SECOND, {"answer": answer})

    assert "was not accepted" in page.content.decode()
    assert not is_in(client, reporter)


@pytest.mark.parametrize("answer", ["null", "[]", "{}", "not json", '{"id": 1}', "x" * 30_000])
def test_an_answer_that_is_none_adds_nothing(client, reporter, answer):
    give_password(client, reporter)
    client.get(ADD)

    page = client.post(ADD, {"name": "Laptop", "answer": answer})

    assert "No passkey is added yet" in page.content.decode()
    assert 'value="Laptop"' in page.content.decode()
    assert not Passkey.objects.exists()


def test_without_a_question_no_answer_adds_anything(client, reporter):
    give_password(client, reporter)
    options = client.get(ADD).context["options"]
    answer = Device().make(options)
    client.post(ADD, {"name": "One", "answer": answer})

    client.post(ADD, {"name": "Two", "answer": answer})

    assert [key.name for key in Passkey.objects.all()] == ["One"]


def test_a_key_known_already_is_refused(client, reporter, device):
    client.post(SECOND, {"answer": device.use(question(client, reporter))})

    page = add(client, device)

    assert "known already" in page.content.decode()
    assert Passkey.objects.count() == 1


def test_wrong_passkeys_count_towards_the_lock(client, reporter, device):
    for _ in range(ACCOUNT_LIMIT):
        question(client, reporter)
        client.post(SECOND, {"answer": "{}"})

    assert give_password(client, reporter).status_code == 429


def test_a_passkey_is_removed_by_its_owner_alone(client, reporter, reviewer, device):
    key = Passkey.objects.get()
    give_password(client, reviewer)
    client.post(reverse("account:remove_factor", args=["passkey", key.pk]))
    assert Passkey.objects.exists()
    client.post(reverse("admin:logout"))

    client.post(SECOND, {"answer": device.use(question(client, reporter))})
    client.post(reverse("account:remove_factor", args=["passkey", key.pk]))

    assert not Passkey.objects.exists()


def test_no_passkey_is_offered_at_an_address_that_is_a_number(reporter):
    client = Client(headers={"host": "127.0.0.1:8000"})
    give_password(client, reporter)

    assert "only for an https address or for “localhost”" in client.get(ADD).content.decode()


def test_beside_an_app_the_passkey_is_asked_for_too(client, reporter, device):
    with_app(reporter)

    give_password(client, reporter)

    page = client.get(SECOND)

    assert "Use a passkey" in page.content.decode()
    assert "six digits" in page.content.decode()


def test_a_passkey_on_record_is_its_name_alone(client, reporter, device):
    entry = RecordEntry.objects.filter(table_name="people_passkey").get()

    assert (entry.actor_name, entry.reason) == ("rosa", "added a passkey")
    assert set(entry.after) == {"id", "name", "person_id", "created_at"}


HELD = {"fmt": "none", "attStmt": {}, "authData": bytes(32) + b"\x45" + bytes(20)}


@pytest.mark.parametrize("answer", ["[" * 19_000, '{"response": {"clientDataJSON": "WzFd"}}', "cut"])
def test_an_answer_that_no_browser_gives_is_refused_in_a_sentence(client, reporter, answer):
    give_password(client, reporter)
    client.get(ADD)
    if answer == "cut":
        said = websafe_encode(b'{"type": "webauthn.create", "challenge": "AA", "origin": "http://localhost"}')
        response = {"clientDataJSON": said, "attestationObject": websafe_encode(cbor.encode(HELD))}
        answer = json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": response})

    page = client.post(ADD, {"name": "Laptop", "answer": answer})

    assert "was not accepted" in page.content.decode()
