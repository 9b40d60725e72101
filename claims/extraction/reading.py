"""A sentence as the parser should see it: what interrupts it goes out, or into a reading of its own.

A reading is as long as the sentence, every character in its place and the rest blank, so that offsets stay.
"""

import re
from dataclasses import dataclass, field

# Other white space than the space, and halves of surrogate pairs, which spaCy cannot encode. One for one: offsets stay.
UNPRINTABLE = re.compile(r"[^\S ]|\x00")
SURROGATE = re.compile("[\ud800-\udfff]")
DASH = re.compile(r" (?:[—–-]|--) |(?<=[\w.,])—(?=[^\W\d])|(?<=[\w,])--(?=[^\W\d])")
# What agencies put behind a name for terminals: "Dow Jones .DJI", "crude CLc1", "notes US10YT=RR".
MARKET_CODE = re.compile(r"(?<= )(?:\.[A-Z0-9]{2,12}|[A-Z]{2,5}c\d|[A-Z0-9]{1,9}=[A-Z]{0,4}|<[.A-Z0-9=]{2,14}>)(?= )")
# "VIENNA — ", "QUITO, March 14 (Reuters) - ", "LEEDS, 29 May 2024 – "
DATELINE = re.compile(
    r"(?:[A-Z][A-Z.’' -]{2,30}(?:, [\w. ,]{1,30})? (?:\([\w ]{1,30}\) )?(?:[—–-]|--) )"
    r"|(?:[A-Z][\w.’'-]{0,30},? ){1,3}(?:\([A-Z][\w ]{0,30}\) )?(?:[—–-]|--) (?=[A-Z“\"])"
)
# "Thank you, Ann - the town owed ...": what only opens a turn of speech.
OPENING = re.compile(
    r"(?:(?:Thank you|Thanks)(?: very much| so much)?(?:,? [A-Z][\w’'-]+){0,2}|Well|Look|Listen|Yes|Yeah|No|OK|Okay|Oh"
    r"|Right|Sure|Frankly)(?:,| [—–-]) (?=\S+ \S+ \S+ \S+)"
)
# "Lee, accompanied by Berg and Diaz, all left": whoever came along is one of those who left.
COMPANY = re.compile(r"(?<=\w, )((?:flanked|accompanied|joined|escorted|followed) by )[^,;:]+(, (?:all|both))(?= )")
RELATIVE = re.compile(r"(?:who|which|that) ")
# ", most of them carried by road," and ", 12 of whom died": said of a part of those named right before.
PART = re.compile(
    r"(?<=\w), (?=(?:(?:most|some|many|all|both|half|none|several|few|each|one|two|three|four|five|six|seven|eight|nine"
    r"|ten|\d[\d,.]*|a (?:third|quarter|half)|at least \w+|more than \w+|about \w+|nearly \w+) of (?:them|whom|which)"
    r"|all having(?! [^,;:]*\d)) [^,;:()“”\"]+(?:,|[.!?]?$))"
)
# "(all aged between 45 and 70)", unless it only gives a number, a name or letters.
BRACKETS = re.compile(r" \((?=(?:all|both|each|most|some|who|which) )([^()]{8,})\)")
# ", a finding that Lima called baseless": said of all that stands before it, at the end of a sentence. With a number
# in it ("a decision that cost 4,000 jobs") it is worth keeping.
RESULT = re.compile(
    r"(?<=\w), (?=an? (?:finding|move|claim|charge|allegation|accusation|figure|step|decision|ruling|result|change|rise"
    r"|drop|fall|increase|decrease|gain|loss|feat|fate|practice|policy|view|position|trend)"
    r" (?:that|which|he|she|they|it) [^,;:()\d]+[.!?]?$)"
)
# A phrase that names or describes what stands before it; with a longer one the parser loses its way.
PHRASE = re.compile(r"(?:the|a|an|its|his|her|their|one|all|both) |[A-Z0-9“\"$]")
PHRASE_WORDS = 14
STATEMENT_WORDS = 4
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|do|does|did|can|could|may|might|must|should)\b|’s |'s "
)
SPEECH = (
    "said|says|say|told|tells|added|adds|wrote|writes|tweeted|posted|explained|noted|argued|insisted|claimed|warned|"
    "stated|stressed|announced|declared|replied|continued|recalled|concluded|testified|reported|commented|remarked|"
    "acknowledged|admitted|asked|according to"
)
BETWEEN = re.compile(r"\b(?:that|before|after|while|when|as|but|conceding|calling)\b")
# “…,” said X. Or: “…,” X said, “…” The mark before the closing quotation mark tells speech from a quoted word.
QUOTATION = re.compile(
    r"(?P<open>[“\"])?(?P<first>[^“”\"]{12,}[,.!?…—])(?P<close>[”\"])(?P<tail> [^“”\"]*\b(?:" + SPEECH + r")\b[^“”\"]*)"
    r"(?P<again>[“\"][^“”\"]{12,}[”\"]?)?(?P<end>[^\w“”\"]*)"
)


@dataclass(slots=True)
class Reading:
    """A sentence without what interrupts it.

    whole: the sentence; main: what the parser reads first; said_by: what gives the speaker of a quotation, or "".
    interruptions: what stood between dashes; statements: what stands behind a semicolon; as (start, end).
    """

    whole: str
    main: str
    said_by: str = ""
    interruptions: list[tuple[int, int]] = field(default_factory=list)
    statements: list[tuple[int, int]] = field(default_factory=list)


def read(sentence: str) -> Reading:
    """Take `sentence` apart by its marks alone, before it is parsed."""
    whole = plain(sentence)
    reading = _quotation(whole) or Reading(whole, whole)
    for code in reversed(list(MARKET_CODE.finditer(reading.main))):
        reading.main = blank(reading.main, *code.span())
    dateline = DATELINE.match(reading.main)
    if dateline:
        reading.main = blank(reading.main, 0, dateline.end())
    company = COMPANY.search(reading.main)
    if company:
        reading.main = blank(blank(reading.main, *company.span(1)), *company.span(2))
    opening = OPENING.match(reading.main)
    if opening:
        reading.main = blank(reading.main, 0, opening.end())
    _take_dashes(reading)
    _take_semicolon(reading)
    _take_asides(reading)
    return reading


def plain(text: str) -> str:
    """`text` as spaCy can encode it, character for character."""
    return SURROGATE.sub("\ufffd", UNPRINTABLE.sub(" ", text))


def _take_semicolon(reading: Reading) -> None:
    """ "A fell; B rose": two statements, unless it only divides the parts of a list."""
    for place in (match.start() for match in re.finditer(";", reading.main)):
        before, after = reading.main[:place], reading.main[place + 1 :]
        if after.count(";") or before.count("“") != before.count("”") or before.count("(") != before.count(")"):
            return
        if len(before.split()) >= STATEMENT_WORDS and len(after.split()) >= STATEMENT_WORDS:
            reading.statements.append((place + 1, len(reading.main.rstrip())))
            reading.main = blank(reading.main, place, len(reading.main))
        return


def _take_asides(reading: Reading) -> None:
    """What is said in passing of a part, in brackets or of the whole, with the comma that closes it."""
    for match in PART.finditer(reading.main):
        end = reading.main.find(",", match.end())
        closes = end >= 0
        end = end if closes else len(reading.main.rstrip(' .!?”"'))
        reading.interruptions.append((match.end(), end))
        reading.main = blank(reading.main, match.start(), end + closes)
    for match in BRACKETS.finditer(reading.main):
        reading.interruptions.append(match.span(1))
        reading.main = blank(reading.main, *match.span())
    result = RESULT.search(reading.main)
    if result:
        reading.main = blank(reading.main, result.start(), len(reading.main.rstrip(' .!?”"')))


def blank(sentence: str, start: int, end: int) -> str:
    return sentence[:start] + " " * (end - start) + sentence[end:]


def only(sentence: str, *spans: tuple[int, int]) -> str:
    """`sentence` with everything blank but `spans`."""
    shown = " " * len(sentence)
    for start, end in spans:
        shown = shown[:start] + sentence[start:end] + shown[end:]
    return shown


def _quotation(sentence: str) -> Reading | None:
    match = QUOTATION.fullmatch(sentence)
    if match is None or not (match["open"] or match.start("first") == 0):
        return None
    if match["again"] and (len(match["tail"].split()) > 8 or BETWEEN.search(match["tail"])):
        return None  # "..., Klein writes, before conceding that “...”"
    spans = [match.span("first")]
    if match["again"]:
        spans.append((match.start("again") + 1, match.end("again")))
    main = only(sentence, *spans)
    return Reading(sentence, main, only(sentence, match.span("tail")))


def _take_dashes(reading: Reading) -> None:
    dashes = [dash.span() for dash in DASH.finditer(reading.main)]
    if len(dashes) == 2:
        (before, start), (end, after) = dashes
        inner = reading.main[start:end]
        if len(inner.split()) <= PHRASE_WORDS and PHRASE.match(inner) and not FINITE.search(inner.split(" that")[0]):
            reading.main = _comma(_comma(reading.main, before, start), end, after)
        else:
            reading.interruptions.append((start, end))
            reading.main = blank(reading.main, before, after)
    elif len(dashes) == 1:
        before, start = dashes[0]
        end = len(reading.main.rstrip(" .!?”\"’'"))
        if len(reading.main[:before].split()) >= 4 and end > start:
            reading.interruptions.append((start, end))
            reading.main = blank(reading.main, before, end)


def _comma(sentence: str, start: int, end: int) -> str:
    width = end - start
    mark = " , " if width >= 3 else ","
    return sentence[:start] + mark + " " * (width - len(mark)) + sentence[end:]
