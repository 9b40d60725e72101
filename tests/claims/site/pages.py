"""Reading our own pages the way a browser and a search engine do."""

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client
from lxml import etree, html

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def search(client: Client, words: str = "", **query: str) -> HttpResponse:
    """The answer to a search, which is a page whatever was asked."""
    response = client.get(f"/search/?{urlencode({'q': words, **query})}")
    assert response.status_code == 200
    return response


def parse(response: HttpResponse) -> html.HtmlElement:
    return html.document_fromstring(response.content, parser=html.HTMLParser(encoding="utf-8"))


def text_of(response: HttpResponse) -> str:
    """The words of the page itself, in one line."""
    return " ".join(parse(response).find(".//main").text_content().split())


def json_ld(response: HttpResponse) -> list[str]:
    return parse(response).xpath("//script[@type='application/ld+json']/text()")


def claim_review(response: HttpResponse) -> dict[str, Any]:
    (found,) = json_ld(response)
    return json.loads(found)


def parse_xml(response: HttpResponse) -> etree._Element:
    return etree.fromstring(response.content)
