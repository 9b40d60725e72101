"""Webhooks as administrators manage them."""

import re

import pytest

from claims.models import Delivery, Webhook
from claims.models.webhook import CHOSEN
from claims.services.webhooks import make_webhook, send_test

ADD = "/admin/claims/webhook/add/"
URL = "https://receiver.example/hook"


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def webhook(administrator) -> Webhook:
    return make_webhook(URL, events=CHOSEN, by=administrator)


def page(webhook: Webhook) -> str:
    return f"/admin/claims/webhook/{webhook.pk}/change/"


def test_the_secret_of_a_new_webhook_is_shown_once(as_administrator):
    answer = as_administrator.post(ADD, {"url": URL, "events": ["claim.published"]})
    webhook = Webhook.objects.get()

    first, second = as_administrator.get(answer["Location"]), as_administrator.get(answer["Location"])

    assert webhook.events == ["claim.published"]
    assert f"whsec_{webhook.secret}" in text(first)
    assert webhook.secret not in text(second)
    assert webhook.secret not in text(as_administrator.get("/admin/claims/webhook/"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"url": "http://127.0.0.1/", "events": ["claim.published"]}, "a machine on the public internet"),
        ({"url": URL}, "Choose at least one event."),
        ({"url": "", "events": ["claim.published"]}, "This field is required."),
        ({"url": URL, "events": ["webhook.test"]}, "webhook.test is not one of the available choices"),
    ],
)
def test_what_cannot_be_used_is_said_and_kept(as_administrator, typed, said):
    answer = as_administrator.post(ADD, typed)

    assert said in text(answer)
    assert f'value="{typed["url"]}"' in text(answer) or not typed["url"]
    assert not Webhook.objects.exists()


def test_it_is_switched_off_and_on(as_administrator, webhook):
    as_administrator.post(page(webhook), {"url": URL, "events": ["claim.retracted"]})
    webhook.refresh_from_db()
    assert (webhook.active, webhook.events) == (False, ["claim.retracted"])
    assert "This webhook is off" in text(as_administrator.get(page(webhook)))

    as_administrator.post(page(webhook), {"url": URL, "events": ["claim.retracted"], "active": "on"})

    webhook.refresh_from_db()
    assert webhook.active


def test_a_test_is_sent_by_a_button_and_listed(as_administrator, webhook):
    as_administrator.post(f"/admin/claims/webhook/{webhook.pk}/test/")

    assert Delivery.objects.get().event in text(as_administrator.get(page(webhook)))


def test_a_new_secret_is_made_by_a_button_and_shown_once(as_administrator, webhook):
    answer = as_administrator.post(f"/admin/claims/webhook/{webhook.pk}/secret/")
    old = webhook.secret
    webhook.refresh_from_db()

    assert webhook.secret != old
    assert webhook.secret in text(as_administrator.get(answer["Location"]))
    assert webhook.secret not in text(as_administrator.get(answer["Location"]))


def test_a_button_takes_a_post_and_a_webhook_that_exists(as_administrator, webhook):
    assert as_administrator.get(f"/admin/claims/webhook/{webhook.pk}/secret/").status_code == 405
    assert as_administrator.post("/admin/claims/webhook/999/test/").status_code == 404


def test_nobody_else_sees_or_changes_them(as_editor, webhook):
    assert as_editor.get("/admin/claims/webhook/").status_code == 403
    assert as_editor.get(page(webhook)).status_code == 403
    assert as_editor.post(ADD, {"url": URL, "events": ["claim.published"]}).status_code == 403

    assert as_editor.post(f"/admin/claims/webhook/{webhook.pk}/secret/").status_code == 403
    as_editor.post(f"/admin/claims/webhook/{webhook.pk}/test/")

    assert not Delivery.objects.exists()


def test_the_list_asks_the_same_number_of_queries_at_1_and_at_10(
    as_administrator, administrator, django_assert_max_num_queries
):
    counts = []
    for n in (1, 9):
        for _webhook in range(n):
            send_test(make_webhook(URL, events=CHOSEN, by=administrator), by=administrator)
        with django_assert_max_num_queries(14) as counted:
            as_administrator.get("/admin/claims/webhook/")
        counts.append(len(counted))

    assert counts[0] == counts[1]
