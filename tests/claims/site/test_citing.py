"""What people copy to share or cite a fact-check."""

import pytest
from lxml import html

from tests import factories
from tests.claims.site import pages

pytestmark = pytest.mark.django_db


def copied(client, **fields) -> dict[str, str]:
    """The formats on the page of a claim, by their labels."""
    page = pages.parse(client.get(factories.make_published_claim(slug="bridge", **fields).get_absolute_url()))
    labels = page.xpath("//div[@class='cite__one']/label")
    return {label.text: page.get_element_by_id(label.get("for")).text for label in labels}


def test_a_fact_check_is_offered_in_the_formats_people_paste(client, settings):
    settings.PUBLIC_URL = "https://desk.example"

    formats = copied(client, text="It cost 84 million.")

    assert formats == {
        "For a message": "Mostly true: It cost 84 million. https://desk.example/claims/bridge/",
        "Reference": (
            "Rosa Example. “Mostly true: It cost 84 million.” Plumbline, March 2, 2026. "
            "https://desk.example/claims/bridge/"
        ),
        "HTML": ('<a href="https://desk.example/claims/bridge/">Mostly true: It cost 84 million.</a> (Plumbline)'),
        "Markdown": "[Mostly true: It cost 84 million.](https://desk.example/claims/bridge/) (Plumbline)",
        "Wikipedia": (
            "{{cite web |url=https://desk.example/claims/bridge/ |title=Mostly true: It cost 84 million. "
            "|author=Rosa Example |website=Plumbline |date=2026-03-02}}"
        ),
        "BibTeX": (
            "@misc{bridge,\n  author = {{Rosa Example}},\n  title = {{Mostly true: It cost 84 million.}},\n"
            "  publisher = {{Plumbline}},\n  year = {2026},\n  url = {https://desk.example/claims/bridge/}\n}"
        ),
        "To show it on your page": (
            '<iframe src="https://desk.example/embed/bridge/" width="600" height="340" '
            'title="Mostly true: It cost 84 million." loading="lazy" frameborder="0" '
            'sandbox="allow-popups allow-popups-to-escape-sandbox" style="max-width:100%"></iframe>'
        ),
    }


def test_what_a_claim_says_ends_no_format(client):
    formats = copied(client, text="</textarea><script>x</script> ]( | }} \\ 5% $1\u202e\nend")

    assert html.fragment_fromstring(formats["HTML"], create_parent=True).xpath("count(.//*)") == 1
    assert html.fragment_fromstring(formats["To show it on your page"]).xpath("count(.//*)") == 0
    assert "\\]( \\|" in formats["Markdown"]
    assert formats["Wikipedia"].count("}}") == 1
    assert formats["Wikipedia"].count("|") == 5
    assert r"5\% \$1" in formats["BibTeX"]
    assert all("\u202e" not in text for text in formats.values())
    assert "\n" not in formats["Reference"]


def test_it_can_be_sent_by_the_readers_own_mail_program(client):
    claim = factories.make_published_claim(text="Rock & roll?", slug="rock")

    page = pages.parse(client.get(claim.get_absolute_url()))
    (address,) = page.xpath("//main//a[starts-with(@href, 'mailto:')]/@href")

    assert address.startswith("mailto:?subject=Mostly%20true%3A%20Rock%20%26%20roll%3F&body=")
    assert address.endswith("/claims/rock/")
