"""The description of the API is true, and its docs obey our Content-Security-Policy."""

import re

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from lxml import html

from articles.models import Article
from people.models import Scope
from people.services.tokens import make_token
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db

# No schema says which cursors we gave out, which addresses we fetch, or which claims there are.
NOT_SAID = [schemathesis.checks.positive_data_acceptance]
OPENAPI = "/api/v1/openapi.json"


@pytest.fixture
def document(program):
    return program.get("openapi.json").json()


def test_it_is_openapi_3_1_with_an_example_for_every_property(document):
    assert document["openapi"].startswith("3.1")
    without = [
        f"{name}.{part}"
        for name, schema in document["components"]["schemas"].items()
        for part, described in schema.get("properties", {}).items()
        if not {"examples", "$ref", "items", "anyOf", "allOf", "default"} & set(described)
    ]
    assert without == []


def test_every_operation_says_what_it_is_and_how_it_fails(document):
    operations = [one for path in document["paths"].values() for one in path.values()]

    assert len(operations) == 17
    assert all(one["summary"] and one["tags"] and "4XX" in one["responses"] for one in operations)
    assert len({one["operationId"] for one in operations}) == len(operations)
    assert all(path.startswith("/api/v1/") for path in document["paths"])


def test_only_what_takes_a_token_says_so(document):
    guarded = {path for path, one in document["paths"].items() for operation in one.values() if "security" in operation}

    assert guarded == {"/api/v1/articles", "/api/v1/articles/{pk}/status", "/api/v1/articles/{pk}/candidates"}


def test_the_docs_are_ours_alone_and_have_no_script_in_the_page(client):
    answer = client.get("/api/v1/docs")
    page = html.document_fromstring(answer.content)
    sources = page.xpath("//script/@src | //link/@href | //img/@src")

    assert [one for one in sources if not one.startswith("/")] == []
    assert page.xpath("//script[not(@src)]/@type") == ["application/json"]
    assert page.xpath("//style | //@style | //@onload") == []
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert not answer.cookies


def test_the_docs_point_to_nothing_that_is_not_served(client):
    from django.contrib.staticfiles import finders

    page = client.get("/api/v1/docs").content.decode()
    files = re.findall(r'"/static/([^"]+)"', page)

    assert len(files) == 6
    assert all(finders.find(name) for name in files)


@pytest.fixture
def asked(administrator, settings):
    """The API of a desk with something of each kind, with a token."""
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    claim = factories.make_published_claim(slug="bridge")
    factories.make_verdict(claim, published_at=NOON)
    factories.make_outreach(claim)
    app = get_wsgi_application()
    token = make_token("Test", scopes=Scope.values, days=30, by=administrator)[1]
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
    for signal in (request_started, request_finished):  # which would close the connection that holds the test's rows
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi(OPENAPI, app), headers
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_no_request_that_anybody_thinks_of_gets_an_answer_that_is_not_described(asked, no_encoder):
    schema, headers = asked
    few = settings(
        max_examples=15,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    article = Article.objects.earliest("pk").pk
    answered = list[tuple[str, int]]()
    for operation in schema.get_all_operations():

        @few
        @given(case=operation.ok().as_strategy())
        def ask(case):
            if len(answered) % 2:  # every other time something that there is
                if case.method == "POST":
                    case.body = {"text": factories.TEXT}
                there = "jutta-brandt" if "claimants" in case.path else "bridge"
                case.path_parameters = {name: article if name == "pk" else there for name in case.path_parameters or {}}
            answer = case.call_and_validate(headers=headers, excluded_checks=NOT_SAID)
            answered.append((case.operation.label, answer.status_code))

        ask()
    assert {label for label, status in answered if status < 400} == {label for label, _status in answered}
