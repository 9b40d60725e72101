"""The language of a text."""

import pytest

from articles.parsing import parse_html, parse_text
from articles.parsing.language import detect_language
from tests.articles.parsing.conftest import PARAGRAPHS, page
from tests.articles.parsing.test_article_characters import CHINESE, FRENCH, GERMAN, JAPANESE, POLISH, RUSSIAN

ARABIC = "قال رئيس البلدية يوم الثلاثاء إن خمس دول من أصل سبع وقعت على المعاهدة."
SPANISH = "El alcalde dijo el martes que cinco de los siete países habían firmado el tratado."
DUTCH = "De burgemeester zei dinsdag dat vijf van de zeven landen het verdrag hadden getekend."
ITALIAN = "Il sindaco ha detto martedì che cinque dei sette paesi hanno firmato il trattato."
PORTUGUESE = "O prefeito disse na terça-feira que cinco dos sete países não assinaram o tratado."
SWEDISH = "Borgmästaren sade på tisdagen att fem av de sju länderna hade skrivit under avtalet."
TURKISH = "Belediye başkanı salı günü yaptığı açıklamada yedi ülkeden beşinin bu anlaşmayı daha önce imzaladığını ve bir kısmının çok geç kaldığını söyledi."  # noqa: E501 - one sentence
UKRAINIAN = "Мер міста заявив у вівторок, що п'ять із семи країн підписали договір, але не всі його виконали."
HINDI = "महापौर ने मंगलवार को कहा कि सात में से पाँच देशों ने संधि पर हस्ताक्षर किए।"
KOREAN = "시장은 화요일에 일곱 나라 가운데 다섯 나라가 조약에 서명했다고 말했다."
GREEK = "Ο δήμαρχος είπε την Τρίτη ότι πέντε από τις επτά χώρες υπέγραψαν τη συνθήκη."
HEBREW = "ראש העיר אמר ביום שלישי כי חמש מתוך שבע המדינות חתמו על האמנה."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "de"), (FRENCH, "fr"), (RUSSIAN, "ru"), (CHINESE, "zh"), (ARABIC, "ar"), (SPANISH, "es"),
        (DUTCH, "nl"), (ITALIAN, "it"), (PORTUGUESE, "pt"), (SWEDISH, "sv"), (TURKISH, "tr"), (UKRAINIAN, "uk"),
        (JAPANESE, "ja"), (HINDI, "hi"), (KOREAN, "ko"), (GREEK, "el"), (HEBREW, "he"), (POLISH, "pl"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("declared", ["", "en", "en-GB"])
def test_a_text_in_another_language_is_not_taken_for_english(text, language, declared):
    assert detect_language(text, declared=declared) == language


@pytest.mark.parametrize(
    "text",
    [
        *PARAGRAPHS,
        "Five of the seven countries signed.",
        "Shoigu was the first Russian defense minister to visit North Korea since 1991.",
        "Unemployment fell to 3.9% in March, the lowest rate in 40 years.",
        "Angela Merkel said the German Bundestag would vote on the law in Berlin on Friday.",
        "Le Monde and Der Spiegel reported that the Élysée had not been told.",
        "The firm 北京公司 sold 40,000 cars in the first quarter.",
    ],
)
@pytest.mark.parametrize("declared", ["", "de", "en-US"])
def test_a_short_english_text_is_english_whatever_is_declared(text, declared):
    assert detect_language(text, declared=declared) == "en"


@pytest.mark.parametrize("text", ["Westmouth 3, Eastmouth 1", "12", "Russia tested missiles Tuesday"])
def test_a_text_that_says_too_little_is_what_was_declared_or_unknown(text):
    assert detect_language(text, declared="de-AT") == "de"
    assert detect_language(text) == ""
    assert detect_language(text, declared="<script>") == ""


def test_a_page_that_declares_the_wrong_language_is_noted():
    article = parse_html(page(lang="de-DE").encode())

    assert article.language == "en"
    assert article.notes == ("The page says it is in another language (de) than its text (en).",)


def test_a_pasted_text_has_its_language():
    assert parse_text(RUSSIAN.encode()).language == "ru"
    assert parse_text(PARAGRAPHS[0].encode()).language == "en"
