"""robots.txt and security.txt."""

from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest

pytestmark = pytest.mark.django_db
SECURITY = "/.well-known/security.txt"


@pytest.fixture(autouse=True)
def _public_address(settings):
    settings.PUBLIC_URL = "https://desk.example"
    settings.SECURE_SSL_REDIRECT = False
    settings.SECURITY_CONTACT, settings.SECURITY_POLICY = "mailto:security@desk.example", ""


def fields(client) -> list[tuple[str, str]]:
    response = client.get(SECURITY)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return [tuple(line.split(": ", 1)) for line in response.content.decode().splitlines()]


def test_security_txt_says_whom_to_tell_where_it_stands_and_in_what_language(client, settings):
    settings.SECURITY_POLICY = "https://desk.example/holes/"

    found = dict(fields(client))

    assert found["Contact"] == "mailto:security@desk.example"
    assert found["Canonical"] == f"https://desk.example{SECURITY}"
    assert found["Preferred-Languages"] == "en"
    assert found["Policy"] == "https://desk.example/holes/"


def test_security_txt_has_one_expiry_that_lies_ahead_and_less_than_a_year(client):
    (expires,) = [value for name, value in fields(client) if name == "Expires"]

    left = datetime.strptime(expires, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) - datetime.now(UTC)

    assert timedelta(days=30) < left < timedelta(days=365)


def test_a_desk_that_names_nobody_has_no_security_txt(client, settings):
    settings.SECURITY_CONTACT = ""

    assert client.get(SECURITY).status_code == 404


def test_robots_txt_leads_to_the_sitemap_and_shuts_out_the_desk_and_searches(client):
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").content.decode().splitlines())

    assert robots.site_maps() == ["https://desk.example/sitemap.xml"]
    for path in (
        "/admin/",
        "/preview/1/",
        "/search/?q=x",
        "/ar/search/?q=x",
        "/api/v1/search?q=x",
        "/v1alpha1/claims:search",
    ):
        assert not robots.can_fetch("*", path), path
    for path in ("/", "/ar/", "/claims/bridge/", "/api/v1/docs", "/api/v1/claims", "/data/claimreview.json"):
        assert robots.can_fetch("*", path), path
