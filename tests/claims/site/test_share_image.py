"""The picture beside a link: what is on it, that it fits, and that no text on it is unreadable."""

import re
from pathlib import Path

import numpy
import pytest
import pyvips

from claims.cards import drawing, fonts
from claims.cards.drawing import CLAIM, RATING, Card, draw, is_from_right_to_left, shortened
from claims.models import Claim
from claims.services.retraction import retract_at_once
from claims.site import share_image
from tests import factories
from tests.claims.site import pages

ROOT = Path(__file__).parents[3]
WHITE = '<rect width="1200" height="630" fill="#fff"/>'
GROUND = f'<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630">{WHITE}</svg>'
TEXTS = {
    "short": "No.",
    "a sentence": factories.CLAIM,
    "as long as a claim can be": "The bridge cost 84 million euros. " * 29,
    "a word of 500 letters": "w" * 500,
    "arabic with a latin name": "كلف الجسر الجديد فوق نهر Aller 84 مليون يورو " * 4,
    "combining marks": "e\u0301\u0323 \u0628\u0650\u0633\u0652\u0645\u0650 " * 10,
    "markup": "</script> &amp; <b>bold</b> <span size='500'>",
    "bidi controls": "\u202eevil\u2066 text\u202d",
    "control characters": "bell \x07 and \x1b[31m and \ufffe",
}


def drawn(claim: str, rating: str = "Mostly true") -> numpy.ndarray:
    """The pixels of a card on white, from black (0) to white (255)."""
    card = Card(claim=claim, rating=rating, site="Desk", ground=GROUND, ink="#000000", soft="#000000", colour="#000000")
    return pyvips.Image.new_from_buffer(draw(card), "").colourspace("b-w").numpy().squeeze()


def inked(pixels: numpy.ndarray) -> tuple[slice, slice]:
    """The rows and columns that have anything on them."""
    rows, columns = numpy.nonzero(pixels < 128)
    return slice(rows.min(), rows.max() + 1), slice(columns.min(), columns.max() + 1)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_every_text_fits_into_its_box(text):
    pixels = drawn(text, rating="")[: RATING.top]

    rows, columns = inked(pixels)

    assert pixels.shape[1] == 1200
    assert CLAIM.top <= rows.start
    assert rows.stop <= CLAIM.top + CLAIM.height
    assert 1200 - CLAIM.start - CLAIM.width <= columns.start
    assert columns.stop <= max(CLAIM.start + CLAIM.width, 1200 - CLAIM.start)


@pytest.mark.parametrize("rating", ["True", "Missing context, and a label as long as 40 char", "w" * 40])
def test_every_rating_fits_on_one_line_of_its_box(rating):
    rows, columns = inked(drawn("", rating)[: RATING.top + RATING.height + 10])

    assert RATING.top <= rows.start
    assert rows.stop <= RATING.top + RATING.height
    assert columns.stop <= RATING.start + RATING.width


def test_the_rating_is_on_it_as_a_word_and_not_by_colour_alone():
    assert (drawn("x", "Mostly true") != drawn("x", "False")).any()


def test_a_text_from_right_to_left_stands_on_the_right():
    _rows, columns = inked(drawn("كلف الجسر", rating=""))

    assert columns.stop > 1200 - CLAIM.start - 10


def test_letters_join_and_marks_stand_on_their_letters():
    together = fonts.writable("\u0628\u0628\u0628")[0]
    apart = fonts.writable("\u0628 \u0628 \u0628")[0]

    assert inked(drawn(together, ""))[1].stop - inked(drawn(together, ""))[1].start < (
        inked(drawn(apart, ""))[1].stop - inked(drawn(apart, ""))[1].start
    )
    assert inked(drawn("e\u0301", ""))[1] == inked(drawn("\u00e9", ""))[1]


def test_controls_that_turn_the_direction_change_nothing():
    assert (drawn("\u202eevil") == drawn("evil")).all()
    assert fonts.writable("a\x00b\u202ec")[0] == "abc"


def test_without_a_font_for_its_script_the_card_has_no_text_but_the_rating(monkeypatch):
    monkeypatch.setattr(fonts, "_on_the_system", tuple)

    assert fonts.writable("สะพานใหม่") == ("", ())
    assert (drawn("สะพานใหม่") == drawn("")).all()
    assert (drawn("สะพานใหม่", "True") != drawn("สะพานใหม่", "")).any()


def test_a_picture_that_no_font_has_is_left_out_and_the_rest_is_written(monkeypatch):
    monkeypatch.setattr(fonts, "_on_the_system", tuple)

    assert fonts.writable("So \U0001fae0 it is.")[0] == "So it is."


def test_packaged_fonts_write_latin_greek_cyrillic_and_arabic_whatever_the_system_has(monkeypatch):
    monkeypatch.setattr(fonts, "_on_the_system", tuple)

    for text in ("Łódź, İstanbul, Việt", "Ελλάδα", "Київ", "العربية"):
        assert fonts.writable(text)[0] == text


@pytest.mark.parametrize(
    ("text", "expected"), [("84 كلف", True), ("Aller كلف", False), ("שלום", True), ("84", False), ("", False)]
)
def test_the_first_letter_decides_on_the_direction(text, expected):
    assert is_from_right_to_left(text) is expected


def test_a_long_text_is_cut_after_a_word():
    cut = shortened("word " * 100)

    assert len(cut) <= drawing.LONGEST
    assert cut.endswith("word…")
    assert shortened("w" * 500) == "w" * (drawing.LONGEST - 1) + "…"


def test_the_colours_are_those_of_the_light_palette():
    light = (ROOT / "static/css/tokens.css").read_text().split("@media")[0]
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))

    assert {name: tokens[f"rating-{name}"] for name in share_image.COLOURS} == share_image.COLOURS
    assert (tokens["paper"], tokens["rule"]) == (share_image.PAPER, share_image.RULE)
    assert (tokens["ink"], tokens["ink-soft"]) == (share_image.INK, share_image.SOFT)


class TestAddress:
    @pytest.fixture(autouse=True)
    def _public_address(self, settings, db):
        settings.PUBLIC_URL = "https://desk.example"
        settings.SECURE_SSL_REDIRECT = False

    def test_a_claim_page_names_a_picture_of_the_size_it_says(self, client):
        page = pages.parse(client.get(factories.make_published_claim(slug="bridge").get_absolute_url()))
        tags = {tag.get("property") or tag.get("name"): tag.get("content") for tag in page.xpath("//meta[@content]")}

        response = client.get(tags["og:image"].removeprefix("https://desk.example"))
        image = pyvips.Image.new_from_buffer(response.content, "")

        assert tags["og:image"] == "https://desk.example/claims/bridge/card-1.png"
        assert (str(image.width), str(image.height)) == (tags["og:image:width"], tags["og:image:height"])
        assert response["Content-Type"] == "image/png"
        assert not response.cookies
        assert len(response.content) < 100_000
        assert tags["og:image:alt"] == f"Mostly true: {factories.CLAIM}"
        assert tags["twitter:card"] == "summary_large_image"
        assert tags["twitter:title"] == tags["og:title"] == factories.CLAIM
        assert tags["og:type"] == "article"
        assert tags["article:published_time"] == "2026-03-02T12:00:00+00:00"

    def test_lists_have_tags_without_a_picture(self, client):
        page = pages.parse(client.get("/"))

        assert page.xpath("//meta[@property='og:image']") == []
        assert page.xpath("//meta[@name='twitter:card']/@content") == ["summary"]

    def test_each_version_has_an_address_of_its_own_and_older_ones_lead_to_it(self, client):
        claim = factories.make_published_claim(slug="bridge")
        first = client.get("/claims/bridge/card-1.png")
        factories.make_verdict(claim, published_at=factories.NOON, rating=factories.rating("false"))

        moved = client.get("/claims/bridge/card-1.png")
        second = client.get(moved["Location"])

        assert (moved.status_code, moved["Location"]) == (302, "/claims/bridge/card-2.png")
        assert first.content != second.content

    @pytest.mark.parametrize("version", [0, 9, 10**30])
    def test_a_version_that_there_is_not_leads_to_the_current_one(self, client, version):
        factories.make_published_claim(slug="bridge")

        assert client.get(f"/claims/bridge/card-{version}.png")["Location"] == "/claims/bridge/card-1.png"

    def test_what_is_not_published_has_none(self, client, editor):
        gone = factories.make_published_claim(slug="gone")
        factories.make_published_claim(slug="waiting", status=Claim.Status.APPROVED)
        retract_at_once(gone, why="Wrong.", by=editor)

        assert client.get("/claims/gone/card-1.png").status_code == 404
        assert client.get("/claims/waiting/card-1.png").status_code == 404
        assert client.get("/claims/none/card-1.png").status_code == 404

    def test_it_is_drawn_once_and_kept_by_others(self, client, monkeypatch):
        factories.make_published_claim(slug="bridge")
        first = client.get("/claims/bridge/card-1.png")
        monkeypatch.setattr(share_image, "card_of", None)

        second = client.get("/claims/bridge/card-1.png")

        assert second.content == first.content
        assert "max-age=86400" in second["Cache-Control"]
        assert client.get("/claims/bridge/card-1.png", headers={"if-none-match": first["ETag"]}).status_code == 304
