"""What holds for every page of the desk: its policy, its queries, who sees it."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from articles.models import Article
from claims.models import Claim
from people.models import RecordEntry, User
from tests import factories

LISTS = {
    "/admin/": 19,
    "/admin/triage/": 23,
    "/admin/articles/article/": 10,
    "/admin/claims/claim/": 10,
    "/admin/claims/claimant/": 8,
}


class InlineFinder(HTMLParser):
    """Collects what a strict Content-Security-Policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if tag == "style" or (tag == "script" and not names.get("src")):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in names if name == "style" or re.match(r"on|hx-on", name)]


def make_rows(n: int) -> None:
    for number in range(n):
        factories.make_claim(
            text=f"Claim {number}.", claimant=factories.make_claimant(f"Person {number}{Claim.objects.count()}")
        )
        factories.make_claim_with_verdict(status=Claim.Status.IN_REVIEW, verdict={"by": factories.make_user("otto")})
        factories.make_claim(status=Claim.Status.SHORTLISTED)
        factories.make_article(status=Article.Status.FAILED)


def queries(client, url, django_assert_max_num_queries, limit):
    with django_assert_max_num_queries(limit) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


@pytest.mark.parametrize("url", LISTS)
def test_a_list_asks_the_same_number_of_queries_at_1_and_at_10_rows(as_reviewer, url, django_assert_max_num_queries):
    make_rows(1)
    at_1 = queries(as_reviewer, url, django_assert_max_num_queries, 40)
    make_rows(9)
    at_10 = queries(as_reviewer, url, django_assert_max_num_queries, 40)

    assert (at_1, at_10) == (LISTS[url], LISTS[url])


def test_a_claim_file_asks_the_same_number_of_queries_at_1_and_at_10_places(
    as_editor, editor, django_assert_max_num_queries
):
    claim = factories.make_claim_with_verdict(verdict={"by": editor})
    at_1 = queries(as_editor, f"/admin/claims/claim/{claim.pk}/change/", django_assert_max_num_queries, 60)
    for _ in range(9):
        factories.make_appearance(claim, revision=factories.make_article().revisions.get())
    at_10 = queries(as_editor, f"/admin/claims/claim/{claim.pk}/change/", django_assert_max_num_queries, 60)

    assert (at_1, at_10) == (48, 48)


@pytest.fixture
def superuser(db):
    return User.objects.create_superuser("root", password="plumb-line-42")


def every_page(person: User) -> list[str]:
    article, failed = factories.make_article(), factories.make_article(status=Article.Status.FAILED)
    pending = factories.make_article(status=Article.Status.PENDING)
    claims = [
        factories.make_claim(revision=article.revisions.get()),
        factories.make_claim_with_verdict(),
        factories.make_claim_with_verdict(status=Claim.Status.IN_REVIEW),
        factories.make_published_claim(),
    ]
    factories.make_match(claims[0], claims[3], differences=[{"kind": "number", "query": "84", "candidate": "84"}])
    factories.make_external_match(claims[0])
    claimant = factories.make_claimant()
    change = [("claims_claim", row) for row in claims]
    change += [("articles_article", row) for row in (article, failed, pending)]
    change += [("claims_claimant", claimant), ("people_user", person), ("claims_ratingscale", factories.rating().scale)]
    change += [("claims_externalfactcheck", factories.make_external())]
    change += [("people_recordentry", RecordEntry.objects.first()), ("articles_publisher", factories.make_publisher())]
    lists = {name for name, _row in change}
    names = (
        "people_user",
        "claims_claimant",
        "claims_ratingscale",
        "articles_publisher",
        "claims_externalfactcheck",
    )
    return [
        "/admin/",
        "/admin/triage/",
        "/admin/matches/",
        "/admin/matches/clusters/",
        "/admin/find/",
        "/admin/find/?q=the+bridge",
        "/admin/ranking/",
        "/admin/notices/",
        "/admin/notices/?show=all",
        "/admin/notices/choices/",
        "/admin/claims/webhook/",
        "/admin/claims/webhook/add/",
        "/admin/people/mail/",
        "/admin/password_change/",
        "/admin/nothing/",
        f"/admin/articles/article/{article.pk}/details/",
        f"/admin/claims/claim/{claims[1].pk}/discussion/",
        f"/admin/claims/claimant/{claimant.pk}/delete/",
        f"/admin/claims/claimant/{claimant.pk}/history/",
        f"/admin/people/user/{factories.make_user('nina').pk}/password/",
        *[f"/admin/articles/article/add/?way={way}" for way in ("address", "text", "file")],
        *[reverse(f"admin:{name}_changelist") for name in sorted(lists)],
        *[reverse(f"admin:{name}_add") for name in names],
        *[reverse(f"admin:{name}_change", args=[row.pk]) for name, row in change],
    ]


def test_no_page_has_inline_script_or_style_and_each_has_the_policy_and_one_heading(superuser):
    client = Client()
    client.force_login(superuser)

    for url in ["/admin/login/", *every_page(superuser)]:
        page = (Client() if "login" in url else client).get(url)
        finder = InlineFinder()
        finder.feed(page.content.decode())

        assert page.status_code == (404 if "nothing" in url else 200), url
        assert "script-src 'self'" in page["Content-Security-Policy"], url
        assert "unsafe" not in page["Content-Security-Policy"], url
        assert finder.found == [], url
        assert page.content.count(b"<h1") == 1, url
        assert "no-store" in page["Cache-Control"], url


def test_a_person_without_a_role_is_told_so_in_a_sentence(db):
    client = Client()
    client.force_login(factories.make_user("nobody", role=None))

    page = client.get("/admin/triage/")

    assert page.status_code == 403
    assert "Your role does not include this step." in page.content.decode()


def test_forms_without_a_token_are_refused(reporter):
    client = Client(enforce_csrf_checks=True)
    client.force_login(reporter)
    claim = factories.make_claim()

    assert client.post(f"/admin/triage/{claim.pk}/shortlist/").status_code == 403


def test_the_front_page_shows_what_waits_by_role(as_reporter, as_reviewer, as_editor):
    factories.make_claim_with_verdict(text="To review.", status=Claim.Status.IN_REVIEW)
    factories.make_claim_with_verdict(text="To publish.", status=Claim.Status.APPROVED)

    pages = [client.get("/admin/").content.decode() for client in (as_reporter, as_reviewer, as_editor)]

    assert ["To review." in page for page in pages] == [False, True, True]
    assert ["To publish." in page for page in pages] == [False, False, True]


def test_an_empty_desk_says_what_to_do(as_reporter):
    assert "Add an article" in as_reporter.get("/admin/").content.decode()


def test_logging_out_takes_a_post(as_reporter):
    assert as_reporter.get("/admin/logout/").status_code == 405


def test_an_administrator_makes_a_person_with_a_role_on_the_record(as_administrator, administrator):
    reporters = Group.objects.get(name="reporter").pk
    password = {"password1": "plumb-line-43", "password2": "plumb-line-43"}

    as_administrator.post("/admin/people/user/add/", {"username": "nina", "groups": [reporters], **password})

    nina = User.objects.get(username="nina")
    assert nina.is_staff
    assert nina.has_perm("claims.triage_claim")
    assert RecordEntry.objects.about(nina).first().actor_id == administrator.pk


def test_an_administrator_cannot_make_or_touch_a_superuser(as_administrator, superuser):
    changed = as_administrator.post(f"/admin/people/user/{superuser.pk}/change/", {"username": "mine"})

    assert changed.status_code == 403
    assert b"is_superuser" not in as_administrator.get("/admin/people/user/add/").content


def test_the_record_can_be_read_and_not_changed(as_administrator):
    factories.make_claim()
    entry = RecordEntry.objects.first()

    assert as_administrator.get(f"/admin/people/recordentry/{entry.pk}/change/").status_code == 200
    assert as_administrator.post(f"/admin/people/recordentry/{entry.pk}/change/", {}).status_code == 403
    assert as_administrator.get("/admin/people/recordentry/add/").status_code == 403
