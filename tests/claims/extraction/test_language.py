import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction import extract_claims, rejected_sentences, score_sentences
from claims.extraction.language import foreign_language

FOREIGN = [
    ("fr", "Le maire a ouvert le pont sur la rivière samedi, et il a coûté trois millions d’euros à la ville."),
    ("de", "Der Bürgermeister hat am Samstag die Brücke über den Fluss eröffnet, die 20 Millionen Euro gekostet hat."),
    ("es", "El alcalde abrió el sábado el puente sobre el río, que costó tres millones de euros a la ciudad en 2019."),
    ("it", "Il sindaco ha aperto sabato il ponte sul fiume, che è costato alla città tre milioni di euro nel 2019."),
    ("pt", "O prefeito não abriu a ponte do rio, que já custou uma fortuna, mas também não é o fim da obra."),
    (
        "nl",
        "De burgemeester heeft zaterdag de brug over de rivier geopend, die de stad veel geld heeft gekost.",
    ),
    ("sv", "Borgmästaren öppnade på lördagen bron över floden, som har kostat staden tre miljoner euro och inte mer."),
    ("pl", "Burmistrz otworzył w sobotę most na rzece, który kosztował miasto trzy miliony euro i nie jest to mało."),
    ("tr", "Belediye başkanı cumartesi günü nehir üzerindeki köprüyü açtı ve bu köprü için çok para harcandı."),
    ("ru", "Мэр открыл в субботу мост через реку, который обошёлся городу в три миллиона евро, и это не всё."),
    ("ar", "افتتح رئيس البلدية الجسر فوق النهر يوم السبت وقد كلف المدينة ثلاثة ملايين يورو"),
    ("zh", "市长星期六开通了横跨河流的大桥，耗资三百万欧元。"),
    ("ja", "市長は土曜日に川にかかる橋を開通させ、三百万ユーロかかりました。"),
    ("el", "Ο δήμαρχος άνοιξε το Σάββατο τη γέφυρα πάνω από το ποτάμι, που κόστισε τρία εκατομμύρια."),
]
ENGLISH = [
    "The mayor opened the bridge over the river on Saturday.",
    "Taxes rose.",
    "Chile sold 20 ships to Perú.",
    "Oscar de la Renta met El Sayed in Las Vegas.",
    "Crime in Rio de Janeiro and São Paulo fell 4% in 2019.",
    "La La Land won six awards.",
    "Die Hard earned $140 million.",
    "The Le Monde and Der Spiegel papers reported it.",
    "MAYOR OPENS BRIDGE",
    "Paris Saint-Germain lost 2-0.",
    "Los Angeles",
    "42",
    "",
    "🙂🙂🙂",
    "“C’est la vie,” said the mayor of Nice.",
    "The firm’s motto, “Der Kunde ist König und er hat immer recht”, cost it $4 million in fines.",
    "Xi Jinping (习近平) visited Peru in 2019.",
]


@pytest.mark.parametrize(("code", "text"), FOREIGN)
def test_a_text_in_another_language_is_told_by_its_words_or_letters(code, text):
    assert foreign_language(text) == code


@pytest.mark.parametrize("text", ENGLISH)
def test_english_and_what_cannot_be_told_is_read_as_english(text):
    assert foreign_language(text) == ""


@pytest.mark.parametrize(("_code", "text"), FOREIGN)
def test_a_text_in_another_language_gives_no_candidates_and_says_why(_code, text):
    assert extract_claims(f"{text}\n\n{text}") == []
    assert {rejection.reason for rejection in rejected_sentences(text)} == {"language"}


@pytest.mark.parametrize(("_code", "text"), FOREIGN)
def test_a_line_in_another_language_has_no_score(_code, text):
    assert score_sentences([text, "Chile sold 20 ships in 2019."])[0] is None


def test_a_sentence_in_another_language_leaves_the_rest_of_an_english_article_alone():
    english = (
        "Chile sold 20 ships to Peru in 2019. Peru bought 30 tanks in 2020. The mayor of Lima opened two ports.\n\n"
    )
    text = english + FOREIGN[0][1] + "\n\n" + english

    found = extract_claims(text)

    assert [candidate.text for candidate in found].count("Chile sold 20 ships to Peru in 2019.") == 2
    assert not any("maire" in candidate.text for candidate in found)
    assert [one.quote for one in rejected_sentences(text) if one.reason == "language"] == [FOREIGN[0][1]]


def test_a_foreign_quote_inside_an_english_sentence_is_read_with_it():
    (candidate,) = extract_claims("Chile sold 20 ships to “l’Armée de la Mer” of France in 2019.")

    assert "20 ships" in candidate.text


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_any_text_has_an_answer(text):
    assert len(foreign_language(text)) in {0, 2}
