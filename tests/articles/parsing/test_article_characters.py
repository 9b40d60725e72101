"""Character sets, and characters that may not stay."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.exceptions import ArticleError, RefusedText
from articles.parsing import fingerprint, parse_html, parse_text
from tests.articles.parsing.conftest import page

GERMAN = "Der Bürgermeister sagte am Dienstag, die Stadt müsse für die Schäden nicht zahlen: „Das ist größer.“"
FRENCH = "Le maire a déclaré que la ville n’avait pas à payer les dégâts de l’été, et qu’elle le répéterait."
RUSSIAN = "Мэр города заявил во вторник, что пять из семи стран подписали договор, но не все его выполнили."
POLISH = "Burmistrz powiedział we wtorek, że miasto nie będzie płacić za szkody, które powstały w czasie burzy."
JAPANESE = "市長は火曜日に、七か国のうち五か国が条約に署名したと述べた。これは初めてのことである。"
CHINESE = "市长星期二表示，七个国家中有五个国家签署了条约，这是一九九一年以来的第一次。"


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (GERMAN, "windows-1252"), (GERMAN, "utf-8"), (GERMAN, "utf-16"), (RUSSIAN, "windows-1251"), (RUSSIAN, "koi8-r"),
        (POLISH, "iso-8859-2"), (JAPANESE, "shift_jis"), (JAPANESE, "iso-2022-jp"), (JAPANESE, "euc-jp"),
        (CHINESE, "gb2312"), (CHINESE, "gb18030"), (RUSSIAN, "utf-32"),
    ],
)  # fmt: skip
def test_a_rightly_declared_character_set_is_read_without_a_note(text, charset):
    article = parse_text(text.encode(charset), charset=charset)

    assert article.text == text
    assert article.notes == ()


@pytest.mark.parametrize(
    ("text", "real", "declared", "used"),
    [
        (GERMAN, "windows-1252", "utf-8", "windows-1252"),
        (FRENCH, "windows-1252", "utf-8", "windows-1252"),
        (GERMAN, "utf-8", "iso-8859-1", "utf-8"),
        (GERMAN, "windows-1252", "no-such-set", "windows-1252"),
        (GERMAN, "windows-1252", "utf-7", "windows-1252"),
        (RUSSIAN, "windows-1251", "iso-8859-1", "windows-1251"),
        (RUSSIAN, "utf-8", "windows-1251", "utf-8"),
        (RUSSIAN, "utf-8", "\x00", "utf-8"),
    ],
)
def test_a_wrongly_declared_character_set_is_corrected_with_a_note(text, real, declared, used):
    article = parse_text(text.encode(real), charset=declared)

    assert article.text == text
    assert article.notes == (f"The declared character set ({declared}) was wrong: read as {used}.",)


def test_a_missing_character_set_is_guessed_with_a_note():
    article = parse_text(FRENCH.encode("windows-1252"))

    assert article.text == FRENCH
    assert article.notes == ("No character set was declared: read as windows-1252.",)


@pytest.mark.parametrize("text", [RUSSIAN * 3, POLISH * 3, CHINESE * 3, JAPANESE * 3])
def test_utf_8_needs_no_declaration_and_no_note(text):
    assert parse_text(text.encode()).notes == ()


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_at_the_start_wins_over_any_declaration_and_is_no_part_of_the_text(charset):
    article = parse_text(GERMAN.encode(charset), charset="windows-1251")

    assert article.text == GERMAN


def test_the_character_set_in_a_page_is_believed_where_the_server_names_none():
    head = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
    body = page(RUSSIAN, RUSSIAN, head=head, lang="ru").encode("windows-1251")

    article = parse_html(body)

    assert RUSSIAN in article.text
    assert article.notes == ()


def test_a_few_broken_places_in_utf_8_are_shown_and_noted():
    article = parse_text(RUSSIAN.encode() + b" \xff\xfe " + RUSSIAN.encode(), charset="utf-8")

    assert article.text == f"{RUSSIAN} \ufffd\ufffd {RUSSIAN}"
    assert article.notes == ("Characters that could not be read and are shown as \ufffd: 2.",)


def test_nul_and_control_characters_are_removed_with_a_note_and_line_ends_stay():
    article = parse_text(
        b"One\x00 two\x00.\r\nThree\tfour\x1b\x07.\rFive\n\n \x85six" + "\u2028".encode(), charset="utf-8"
    )

    assert article.text.startswith("One two.\r\nThree\tfour.\rFive\n\n ")
    assert "NUL characters removed: 2." in article.notes
    assert "Control characters removed: 2." in article.notes


def test_characters_that_turn_the_reading_direction_stay_with_a_note():
    article = parse_text("He said \u202enot\u202c that.\u200f".encode())

    assert article.text == "He said \u202enot\u202c that.\u200f"
    assert article.notes == ("Invisible characters that change the reading direction, kept: 3.",)


@pytest.mark.parametrize(
    "body", [b"", b" \r\n\t", "\u00a0\u3000".encode(), b"\x00\x00", b"...", b"\xef\xbb\xbf", b"\xff\xfe"]
)
def test_a_text_without_words_is_refused(body):
    with pytest.raises(RefusedText, match="no words"):
        parse_text(body)


def test_a_text_over_the_limit_is_refused_and_one_at_it_is_not():
    assert len(parse_text(b"word " * 1_000_000).text) == 5_000_000
    for body in (b"word " * 1_000_000 + b"!", b"a" * 20_000_005):
        with pytest.raises(RefusedText, match="longer than 5,000,000"):
            parse_text(body)


def test_one_word_of_a_million_letters_is_a_text():
    assert parse_text(b"a" * 1_000_000).text == "a" * 1_000_000


def test_texts_that_differ_in_white_space_or_composition_have_one_fingerprint():
    assert fingerprint("Caf\u00e9 in\r\n\r\nRome ") == fingerprint(" Cafe\u0301\u00a0in Rome")
    assert fingerprint("Rome") != fingerprint("rome")
    assert len(fingerprint("\ud800")) == 64


def test_a_fingerprint_of_hostile_text_takes_no_time():
    started = time.monotonic()
    fingerprint("a" + "\u0301\u0316" * 200_000)
    fingerprint("\u00e4 " * 200_000)

    assert time.monotonic() - started < 3


@given(
    st.binary(max_size=400), st.sampled_from(["", "utf-8", "utf-16", "cp1252", "big5", "iso-2022-jp", "hex", "x" * 90])
)
def test_any_bytes_are_a_text_or_are_refused(body, charset):
    try:
        article = parse_text(body, charset=charset)
    except ArticleError:
        return

    assert "\x00" not in article.text
    article.text.encode("utf-8")


@given(st.text(min_size=1, max_size=200))
def test_a_text_in_utf_8_loses_nothing_but_what_is_removed(text):
    kept = "".join(c for c in text if c in "\t\n\r\x85" or not (c < " " or "\x7f" <= c < "\xa0" or c in "\ufffe\uffff"))
    try:
        article = parse_text(text.encode("utf-8", "replace"), charset="utf-8")
    except RefusedText:
        return

    assert article.text == kept.removeprefix("\ufeff").encode("utf-8", "replace").decode()
