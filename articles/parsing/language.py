"""The language of a text, told by its script and its commonest words.

No library for this is installed, and pages often declare a wrong language (a template's), so the text is asked
first. Small lists of function words tell the languages a European desk meets apart in a sentence or two; two
close ones (Norwegian and Danish) may be taken for each other unless one is declared.
"""

import re
from collections import Counter

SAMPLE = 50_000
WORD = re.compile(r"[^\W\d_]+")
# Function words make up a third or more of running text in their own language.
FEWEST_WORDS = 2
LEAST_SHARE = 0.08
# A declared language is believed against one that scores only a little higher.
NEARLY = 0.8

SCRIPTS = (  # first and last letter, and the language most written in it; kana before the Han that Japanese also uses
    ("\u0370", "\u03ff", "el"), ("\u0400", "\u052f", "ru"), ("\u0530", "\u058f", "hy"), ("\u0590", "\u05ff", "he"),
    ("\u0600", "\u06ff", "ar"), ("\u0750", "\u077f", "ar"), ("\u0900", "\u097f", "hi"), ("\u0980", "\u09ff", "bn"),
    ("\u0b80", "\u0bff", "ta"), ("\u0e00", "\u0e7f", "th"), ("\u10a0", "\u10ff", "ka"), ("\u1200", "\u137f", "am"),
    ("\u3040", "\u30ff", "ja"), ("\u3400", "\u9fff", "zh"), ("\uac00", "\ud7af", "ko"),
)  # fmt: skip

FUNCTION_WORDS = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the of and to in a is that for it was on with as he be by at his from are this have has had not but"
              " they which an or were their been said who will would its more about after she her we you than when",
        "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus"
              " er hat dass sie nach wird bei einer um am sind noch wie einem über so zum haben nur oder aber vor",
        "fr": "le la les de des du et en un une que est pour qui dans a par plus pas au sur ne se ce il sont avec son"
              " aux elle ont été cette mais ou comme leur on sa ses même nous vous fait l d qu s n c",
        "es": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si"
              " sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde",
        "it": "di e il la che in un a per è una non sono con si da i del le dei della al ha più nel alla come anche"
              " lo gli ma su se delle dal nella questo o stato hanno ai essere suo dopo tra l d",
        "pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à"
              " seu sua ou ser quando muito há nos já está eu também só pelo pela até isso",
        "nl": "de van het een en in is dat op te zijn met voor niet die aan er om ook als door maar bij of uit nog"
              " worden naar heeft hij ze wordt over kan tot dan zich hebben geen dit deze meer was",
        "sv": "och att det som en på är av för med den till inte har de ett om han men var jag från vi så kan när"
              " efter sig eller nu också under ska skulle blev där vid mot man hade i",
        "da": "og i at det er en den til på for med de af har som et ikke der han var fra om men vi kan også sig"
              " blev efter skal når ved eller jeg hun over være været nu mod dem ud",
        "no": "og i det er på som en til for at av med den har de ikke om et men han var fra vi kan så seg etter"
              " også ble eller når skal ved over hun jeg være blitt mot nå ut",
        "fi": "ja on ei että se oli hän mutta myös kun ovat tai joka sekä sen kuin mukaan vain niin ole jo jos hänen"
              " mitä olisi vielä nyt ovat ollut jälkeen voi",
        "pl": "i w na z do się nie że to jest o jak po za od przez ale jego dla tym co tak oraz ma już być przy są"
              " było był była które który także tego może ich jej tylko",
        "cs": "a v se na je že s z o do i to k ve za pro si ale po by jako od podle však jsou jeho který jsem byl"
              " která které také už nebo při aby bylo být jen tak",
        "hu": "a az és hogy nem is egy ez meg van de csak mint már volt el még ki azt ha vagy aki lehet amely szerint"
              " után pedig ezt majd kell minden nagyon voltak",
        "ro": "de și în a la cu că o pe nu un din care mai să se este pentru au fi sunt al ale ca dar lui prin după"
              " fost această acest ce fost cele iar sau",
        "tr": "ve bir bu da de için ile çok olarak daha olan gibi en ne kadar sonra değil ancak var ise ya her ki"
              " oldu diye göre tarafından mi",
        "id": "yang dan di dengan untuk ini itu dari dalam pada tidak akan ke adalah oleh juga sebagai telah ada"
              " mereka karena kepada bisa atau tersebut para",
        "ru": "и в не на что он с как это по но из у за от так же для его до она были был бы мы вы они к о когда"
              " было или того также более",
        "uk": "і в не на що він з як це по але у за від так же для його до вона були був та ми ви вони до про коли"
              " було або також й є із та щоб",
        "bg": "и на да в за се от е че с по не са ще до като при но си той има това или след към със бе които който"
              " беше през без може",
    }.items()
}  # fmt: skip


LANGUAGES_OF: dict[str, list[str]] = {}
for _code, _listed in FUNCTION_WORDS.items():
    for _word in _listed:
        LANGUAGES_OF.setdefault(_word, []).append(_code)


def detect_language(text: str, *, declared: str = "") -> str:
    """Return the two-letter code of the language of `text`.

    Where the text itself says too little (a few words in Latin letters), it is the language of `declared`, and ""
    without one. A text mostly in another script is never "", and never "en".
    """
    sample = text[:SAMPLE]
    declared = declared[:2].lower() if re.match(r"[A-Za-z]{2}(?![A-Za-z])", declared) else ""
    by_words = _by_function_words(sample, declared)
    if by_words:
        return by_words
    by_script = _by_script(sample)
    return declared if not by_script or declared not in {"", "en"} else by_script


def _by_function_words(sample: str, declared: str) -> str:
    words = Counter(WORD.findall(sample.lower()))
    hits = dict.fromkeys(FUNCTION_WORDS, 0)
    for word, count in words.items():
        for code in LANGUAGES_OF.get(word, ()):
            hits[code] += count
    best = max(hits, key=lambda code: (hits[code], code == declared))
    if hits[best] < max(FEWEST_WORDS, LEAST_SHARE * words.total()):
        return ""
    return declared if declared in hits and hits[declared] >= NEARLY * hits[best] else best


def _by_script(sample: str) -> str:
    """Return the language of the script that most letters are of, or "" for Latin letters and for none."""
    scripts = Counter(map(_script_language, filter(str.isalpha, sample[:5_000])))
    if not scripts:
        return ""
    if scripts["ja"] and scripts["ja"] + scripts["zh"] > scripts[""]:
        return "ja"
    return scripts.most_common(1)[0][0]


def _script_language(letter: str) -> str:
    return next((code for first, last, code in SCRIPTS if first <= letter <= last), "")
