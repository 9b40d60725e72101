"""What programs of others are told, signed, and what becomes of it when they do not answer."""

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from claims.exceptions import NotAllowed, NotReady
from claims.models import Claim, Delivery, Webhook
from claims.models.webhook import CHOSEN, Event
from claims.services.publication import publish_claim
from claims.services.retraction import retract_at_once
from claims.services.telling import tell
from claims.services.webhooks import (
    OFF_AFTER,
    PAUSES,
    change_webhook,
    deliver,
    due_deliveries,
    make_webhook,
    renew_secret,
    send_test,
)
from people.models import Notice, RecordEntry
from people.models.notices import Kind
from tests import factories
from tests.at_once import at_once
from tests.claims.receiver import receiver


@pytest.fixture
def program(settings):
    with receiver(settings) as served:
        yield served


@pytest.fixture
def webhook(program, administrator):
    return make_webhook(program.url, events=CHOSEN, by=administrator)


def deliver_all() -> None:
    for pk in due_deliveries():
        deliver(pk)


def try_now(delivery: Delivery) -> Delivery:
    Delivery.objects.filter(pk=delivery.pk).update(next_try_at=timezone.now())
    deliver(delivery.pk)
    delivery.refresh_from_db()
    return delivery


def publish(editor) -> Claim:
    claim = factories.make_claim_with_verdict(status=Claim.Status.APPROVED)
    publish_claim(claim, by=editor)
    return claim


def test_publishing_tells_what_readers_see(webhook, program, editor):
    claim = publish(editor)

    deliver_all()

    ((headers, body),) = program.told
    told = json.loads(body)
    assert headers["content-type"] == "application/json"
    assert (told["type"], told["data"]["id"], told["data"]["version"]) == ("claim.published", claim.pk, 1)
    assert told["data"]["url"] == f"http://127.0.0.1:8000/claims/{claim.slug}/"
    assert told["data"]["claimreview"] == f"http://127.0.0.1:8000/claims/{claim.slug}.json"
    assert told["data"]["rating"] == "Mostly true"
    assert Delivery.objects.get().status == Delivery.Status.DELIVERED


def test_the_signature_is_the_one_of_the_specification(webhook, program, editor):
    publish(editor)
    deliver_all()

    ((headers, body),) = program.told
    verifier = Verifier(f"whsec_{webhook.secret}")

    assert verifier.verify(body, headers) == json.loads(body)
    with pytest.raises(WebhookVerificationError):
        verifier.verify(body.replace("true", "false"), headers)


def test_after_a_new_secret_the_old_one_signs_nothing(webhook, program, administrator):
    old = Verifier(f"whsec_{webhook.secret}")
    renew_secret(webhook, by=administrator)
    send_test(webhook, by=administrator)
    deliver_all()

    with pytest.raises(WebhookVerificationError):
        old.verify(program.told[0][1], program.told[0][0])


def test_the_secret_is_not_on_the_record_but_that_it_changed_is(webhook, administrator):
    old = webhook.secret
    renew_secret(webhook, by=administrator)

    entries = list(RecordEntry.objects.about(webhook))
    assert [entry.action for entry in entries] == ["INSERT", "UPDATE"]
    assert old not in str([(entry.before, entry.after) for entry in entries])
    assert webhook.secret not in str([(entry.before, entry.after) for entry in entries])


def test_a_second_version_is_a_correction_and_a_retraction_says_why(webhook, editor):
    claim = publish(editor)
    factories.make_verdict(claim, published_at=timezone.now())

    retract_at_once(claim, why="The account was forged.", by=editor)

    body = json.loads(Delivery.objects.get(event__startswith="claim.retracted").body)
    assert (body["data"]["version"], body["data"]["why"]) == (2, "The account was forged.")


def test_nothing_is_told_of_a_publication_that_is_taken_back(webhook, editor):
    with transaction.atomic():
        publish(editor)
        transaction.set_rollback(True)

    assert not Delivery.objects.exists()


def test_a_private_person_stays_unnamed(webhook, editor):
    claim = publish(editor)
    claim.claimant.named_publicly = False
    claim.claimant.save()
    claim = Claim.objects.get(pk=claim.pk)

    retract_at_once(claim, why="Wrong.", by=editor)

    assert "Jutta Brandt" not in Delivery.objects.get(event__startswith="claim.retracted").body


def test_each_webhook_is_told_only_of_its_events_and_once(program, administrator, editor):
    make_webhook(program.url, events=[Event.RETRACTED], by=administrator)
    both = make_webhook(program.url, events=CHOSEN, by=administrator)
    claim = publish(editor)

    tell(Event.PUBLISHED, claim, claim.verdicts.get())

    assert [delivery.webhook_id for delivery in Delivery.objects.all()] == [both.pk]


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_a_delivery_once(settings):
    with receiver(settings) as program:
        ada = factories.make_user("ada", role="administrator")
        delivery = send_test(make_webhook(program.url, events=CHOSEN, by=ada), by=ada)

        at_once(*[lambda: deliver(delivery.pk)] * 3)

        assert len(program.told) == 1


def test_a_failure_is_tried_again_after_growing_waits_under_the_same_id_and_then_given_up(
    webhook, program, administrator
):
    program.status = 503
    delivery, waits = send_test(webhook, by=administrator), []
    for _try in range(len(PAUSES)):
        try_now(delivery)
        waits.append(delivery.next_try_at - timezone.now())
    assert delivery.status == Delivery.Status.WAITING

    try_now(delivery)

    assert all(abs(wait - pause) < timedelta(seconds=5) for wait, pause in zip(waits, PAUSES, strict=True))
    assert (delivery.status, delivery.response_status) == (Delivery.Status.FAILED, 503)
    assert delivery.failure == "The receiver answered 503."
    assert len({headers["webhook-id"] for headers, _body in program.told}) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 404, 500])
def test_only_a_2xx_answer_counts_and_a_redirect_is_not_followed(webhook, program, administrator, status):
    program.status = status

    delivery = try_now(send_test(webhook, by=administrator))

    assert (delivery.status, delivery.response_status) == (Delivery.Status.WAITING, status)
    assert len(program.told) == 1


def test_after_many_failures_in_a_row_it_is_switched_off_and_administrators_are_told(webhook, program, administrator):
    program.status = 500
    Webhook.objects.update(failures=OFF_AFTER - 1)

    try_now(send_test(webhook, by=administrator))

    webhook.refresh_from_db()
    assert not webhook.active
    notice = Notice.objects.get()
    assert (notice.user, notice.kind, notice.about) == (administrator, Kind.WEBHOOK_OFF, program.url)
    assert notice.address == f"/admin/claims/webhook/{webhook.pk}/change/"


def test_a_receiver_that_is_gone_is_switched_off_at_once(webhook, program, administrator):
    program.status = 410

    try_now(send_test(webhook, by=administrator))

    webhook.refresh_from_db()
    assert not webhook.active


def test_an_answer_ends_a_row_of_failures(webhook, administrator):
    Webhook.objects.update(failures=OFF_AFTER - 1)

    try_now(send_test(webhook, by=administrator))

    webhook.refresh_from_db()
    assert (webhook.active, webhook.failures) == (True, 0)


def test_what_waits_for_a_webhook_that_is_off_is_sent_once_it_is_on(webhook, program, administrator, editor):
    publish(editor)
    change_webhook(webhook, url=webhook.url, events=CHOSEN, active=False, by=administrator)
    deliver_all()
    assert program.told == []

    change_webhook(webhook, url=webhook.url, events=CHOSEN, active=True, by=administrator)
    deliver_all()

    assert len(program.told) == 1


@pytest.mark.parametrize(
    "url",
    ["ftp://desk.example/", "http://127.0.0.1/", "http://10.0.0.1/", "http://localhost/", "http://[::1]/", "nowhere",
     "https://user:word@desk.example/", "http://169.254.169.254/latest/", "https://desk.example:22/"],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused(administrator, url):
    with pytest.raises(NotReady):
        make_webhook(url, events=CHOSEN, by=administrator)


def test_a_name_that_leads_inside_later_is_not_sent_to(webhook, program, administrator, settings):
    settings.FETCH_PRIVATE_HOSTS = []

    delivery = try_now(send_test(webhook, by=administrator))

    assert program.told == []
    assert delivery.failure == "The address does not lead to a machine on the public internet."


def test_a_receiver_that_is_not_there_is_tried_again(webhook, administrator, settings):
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1:1"]
    Webhook.objects.update(url="http://127.0.0.1:1/")

    delivery = try_now(send_test(webhook, by=administrator))

    assert (delivery.status, delivery.response_status) == (Delivery.Status.WAITING, None)
    assert delivery.failure == "The site could not be reached just now."


def test_without_an_event_there_is_no_webhook(administrator, program):
    with pytest.raises(NotReady):
        make_webhook(program.url, events=["claim.imagined"], by=administrator)


def test_only_administrators_manage_webhooks(editor, program, webhook):
    for call in (
        lambda: make_webhook(program.url, events=CHOSEN, by=editor),
        lambda: change_webhook(webhook, url=program.url, events=CHOSEN, active=False, by=editor),
        lambda: renew_secret(webhook, by=editor),
        lambda: send_test(webhook, by=editor),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_a_test_of_a_webhook_that_is_off_is_refused_with_a_sentence(webhook, administrator):
    webhook.active = False

    with pytest.raises(NotReady):
        send_test(webhook, by=administrator)
