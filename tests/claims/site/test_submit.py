"""Readers write to us: without a cookie, with limits, and whatever they type."""

import pytest
from django.core.cache import cache
from django.test import Client

from claims.models import CorrectionRequest, Submission
from claims.services import requests, submissions
from claims.services.codes import hash_of
from claims.site import letters
from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db
LETTER = "The final account says 94 million, not 84: page 3."
HOSTILE = [
    "<script>alert(1)</script> is what they claim, word for word.",
    "\x00\x01 a NUL and other controls in the middle \x1b[31m of a letter",
    "\u202etxet siht dnuor snrut taht kram a \u2066 with isolates",
    "🌉" * 50 + " {{ template }} and {% tags %}",
]


@pytest.fixture(autouse=True)
def _no_letters_counted_yet():
    cache.clear()


@pytest.fixture
def claim():
    return factories.make_published_claim()


def token(client, address):
    return pages.parse(client.get(address)).xpath("//input[@name='token']/@value")[0]


def send(client, address, headers=None, **data):
    data = {"token": token(client, address), "text": LETTER, **data}
    return client.post(address, data, headers=headers or {})


def addresses(claim):
    return [f"/report/{claim.slug}/", "/submit/"]


def kept():
    return CorrectionRequest.objects.count() + Submission.objects.count()


class TestProtection:
    @pytest.mark.parametrize("place", [0, 1])
    def test_looking_at_a_form_sets_no_cookie_and_sending_it_neither(self, client, claim, place):
        address = addresses(claim)[place]

        looked = Client(enforce_csrf_checks=True).get(address)
        strict = Client(enforce_csrf_checks=True)
        sent = send(strict, address)

        assert not looked.cookies
        assert not sent.cookies
        assert sent.status_code == 302
        assert not strict.get(sent["Location"]).cookies
        assert kept() == 1

    @pytest.mark.parametrize(
        "headers",
        [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}],
    )
    def test_a_form_on_another_site_is_refused(self, client, claim, headers):
        for address in addresses(claim):
            assert send(client, address, headers).status_code == 403
        assert kept() == 0

    @pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}])
    def test_a_form_of_ours_is_taken(self, client, claim, headers):
        assert send(client, f"/report/{claim.slug}/", headers).status_code == 302

    @pytest.mark.parametrize("bad", ["", "made-up", "made:up:token"])
    def test_a_token_we_did_not_give_out_keeps_nothing_and_loses_nothing(self, client, claim, bad):
        for address in addresses(claim):
            page = send(client, address, token=bad)
            assert page.status_code == 422
            assert LETTER in page.content.decode()
            assert letters.is_good(pages.parse(page).xpath("//input[@name='token']/@value")[0])
        assert kept() == 0

    def test_a_token_grows_old(self, client, claim, monkeypatch):
        monkeypatch.setattr(letters, "OPEN_FOR", -1)

        assert send(client, "/submit/").status_code == 422

    def test_what_fills_in_the_trap_is_thanked_and_forgotten(self, client, claim):
        for address in addresses(claim):
            assert send(client, address, website="https://spam.example").status_code == 302
        assert kept() == 0

    def test_an_address_sends_so_many_an_hour(self, client, claim):
        codes = [send(client, "/submit/", text=f"{LETTER} {n}").status_code for n in range(letters.BY_ADDRESS + 1)]
        elsewhere = Client(REMOTE_ADDR="198.51.100.7")

        assert codes == [302] * letters.BY_ADDRESS + [429]
        assert send(elsewhere, "/submit/").status_code == 302

    def test_a_claim_gets_so_many_an_hour_from_wherever(self, claim):
        statuses = [
            send(Client(REMOTE_ADDR=f"198.51.{n}.7"), f"/report/{claim.slug}/", text=f"{LETTER} {n}").status_code
            for n in range(letters.BY_CLAIM + 1)
        ]

        assert statuses[-2:] == [302, 429]

    def test_who_sends_too_many_shuts_nobody_else_out_of_a_claim(self, client, claim):
        address = f"/report/{claim.slug}/"
        for n in range(letters.BY_CLAIM + 1):
            send(client, address, text=f"{LETTER} {n}")

        assert send(Client(REMOTE_ADDR="198.51.100.7"), address).status_code == 302

    def test_of_a_v6_address_the_network_counts(self, rf):
        requests_from = [rf.post("/submit/", REMOTE_ADDR=f"2001:db8::{n}") for n in range(1, 8)]

        assert [letters.within_limits(request) for request in requests_from][-2:] == [False, False]

    def test_behind_a_proxy_the_last_address_it_names_counts(self, rf, settings):
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        forged = [rf.post("/submit/", headers={"X-Forwarded-For": f"10.0.0.{n}, 203.0.113.9"}) for n in range(7)]

        assert not letters.within_limits(forged[-1]) or not [letters.within_limits(one) for one in forged][-1]

    def test_without_a_cache_letters_come_through(self, client, settings):
        settings.CACHES = {
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": "redis://127.0.0.1:1/0",
            }
        }

        assert send(client, "/submit/").status_code == 302
        assert kept() == 1

    def test_a_body_of_megabytes_is_refused_unread(self, client):
        page = send(client, "/submit/", text="x" * 2_000_000)

        assert page.status_code == 413
        assert kept() == 0


class TestReport:
    @pytest.mark.parametrize("text", ["", "too short", " " * 30, "x" * 5001, "w" * 900_000])
    def test_too_short_or_too_long_is_said_and_kept_in_the_form(self, client, claim, text):
        page = send(client, f"/report/{claim.slug}/", text=text)

        assert page.status_code == 422
        assert "Nothing is sent yet" in page.content.decode()
        assert text.strip() in page.content.decode()
        assert kept() == 0

    @pytest.mark.parametrize("text", HOSTILE)
    def test_whatever_is_typed_is_kept_as_text(self, client, claim, text):
        assert send(client, f"/report/{claim.slug}/", text=text).status_code == 302

        stored = CorrectionRequest.objects.get().text
        assert not {"\x00", "\x1b", "\u202e", "\u2066"} & set(stored)

    def test_a_wrong_email_address_is_said(self, client, claim):
        page = send(client, f"/report/{claim.slug}/", email="nobody")

        assert page.status_code == 422
        assert kept() == 0

    def test_sent_twice_it_is_one_and_leads_to_the_same_page(self, client, claim):
        address = f"/report/{claim.slug}/"
        same = token(client, address)

        answers = [client.post(address, {"token": same, "text": LETTER})["Location"] for _ in range(2)]

        assert answers[0] == answers[1]
        assert kept() == 1

    def test_the_code_is_shown_once_and_stored_nowhere(self, client, claim):
        location = send(client, f"/report/{claim.slug}/", email="reader@example.org")["Location"]
        code = location.split("/")[3]

        page = client.get(location).content.decode()

        assert code in page
        assert CorrectionRequest.objects.get().code_hash == hash_of(code)

    def test_the_status_page_shows_outcome_and_answer_and_nothing_private(self, client, claim, reporter, reviewer):
        location = send(client, f"/report/{claim.slug}/", email="reader@example.org")["Location"].split("?")[0]
        request = CorrectionRequest.objects.get()
        waits = pages.text_of(client.get(location))
        requests.propose_outcome(request, outcome="no_change", note="We looked again.", by=reporter)
        half = pages.text_of(client.get(location))
        requests.close_request(request, by=reviewer)
        done = client.get(location)

        assert "Received" in waits
        assert "We looked again." not in half
        assert "We looked again." in pages.text_of(done)
        for secret in (LETTER, "reader@example.org", reporter.byline, reviewer.byline):
            assert secret not in done.content.decode()
        assert done["Cache-Control"].startswith("max-age=0, no-cache, no-store")

    def test_a_code_that_does_not_exist_or_is_of_another_claim_is_not_found(self, client, claim):
        code = send(client, f"/report/{claim.slug}/")["Location"].split("/")[3]
        other = factories.make_published_claim()

        assert client.get(f"/report/{claim.slug}/AAAA-BBBB-CCCC-DDDD/").status_code == 404
        assert client.get(f"/report/{other.slug}/{code}/").status_code == 404

    @pytest.mark.parametrize("status", ["in_progress", "approved", "declined"])
    def test_what_is_not_published_cannot_be_reported(self, client, status):
        claim = factories.make_published_claim(status=status)

        assert client.get(f"/report/{claim.slug}/").status_code == 404

    def test_an_old_address_leads_to_the_new_one(self, client, claim):
        factories.Slug.objects.create(claim=claim, slug="new-name")
        old = claim.slugs.last().slug

        assert client.get(f"/report/{old}/")["Location"] == "/report/new-name/"


class TestSubmit:
    def test_words_or_an_address_are_enough_and_nothing_is_not(self, client):
        assert send(client, "/submit/", text="").status_code == 422
        assert send(client, "/submit/", text="", url="verdener-bote.example/9").status_code == 302
        assert Submission.objects.get().url == "https://verdener-bote.example/9"

    @pytest.mark.parametrize(
        "url", ["javascript://x/%0aalert(1)", "file:///etc/passwd", "data://x", "https://" + "x" * 2000]
    )
    def test_an_address_that_is_none_of_the_web_is_said(self, client, url):
        page = send(client, "/submit/", url=url)

        assert page.status_code == 422
        assert LETTER in page.content.decode()
        assert kept() == 0

    @pytest.mark.parametrize("text", HOSTILE)
    def test_whatever_is_typed_is_kept_as_text(self, client, text):
        assert send(client, "/submit/", text=text).status_code == 302

    def test_the_status_follows_and_the_link_comes_with_publication(self, client, reporter):
        location = send(client, "/submit/", email="reader@example.org")["Location"].split("?")[0]
        submission = Submission.objects.get()
        said = [pages.text_of(client.get(location))]
        submissions.take_up(submission, by=reporter)
        said.append(pages.text_of(client.get(location)))
        claim = factories.make_claim(status="in_progress")
        submissions.link_claim(submission, claim, by=reporter)
        said.append(pages.text_of(client.get(location)))
        published = factories.make_published_claim()
        Submission.objects.update(claim=published)
        page = client.get(location)

        assert [
            word in text for word, text in zip(("Received", "Being looked at", "on our desk"), said, strict=True)
        ] == [
            True,
            True,
            True,
        ]
        assert claim.text not in said[2]
        assert published.get_absolute_url() in page.content.decode()
        assert LETTER not in page.content.decode()
        assert "reader@example.org" not in page.content.decode()

    def test_a_decline_says_why(self, client, reporter):
        location = send(client, "/submit/")["Location"].split("?")[0]
        submissions.decline_submission(
            Submission.objects.get(), reason="opinion", note="A matter of taste.", by=reporter
        )

        text = pages.text_of(client.get(location))

        assert "Opinion" in text
        assert "A matter of taste." in text

    @pytest.mark.parametrize("code", ["x", "AAAA-BBBB-CCCC-DDDD", "a" * 3000])
    def test_a_code_that_does_not_exist_is_not_found(self, client, code):
        assert client.get(f"/submit/{code}/").status_code == 404
