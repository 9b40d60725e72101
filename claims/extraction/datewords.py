"""The words of dates, as patterns. A space in a pattern stands for white space of any kind."""

import re

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
ORDINALS = ("first", "second", "third", "fourth")
SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip

# Months written with a capital: "may" and "march" are verbs. Four of them are names as well.
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
NAME_LIKE = r"(?:March|April|May|June|August)"
WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
YEAR = r"(?:1[0-9]|20)[0-9][0-9]"
LATE_YEAR = r"(?:1[5-9]|20)[0-9][0-9]"
DAY = r"[0-3]?[0-9]"
NUMBER = rf"(?:[0-9]{{1,3}}|an?|(?:{'|'.join(TENS)})(?:-(?:{'|'.join(SMALL[1:10])}))?|{'|'.join(SMALL[1:])})"
UNIT = r"(?:day|week|month|year|decade)"

# Four digits in front of these are a number of things.
COUNTED = (
    r"(?! (?:BC|BCE|B\.C|people|persons|men|women|children|cases|cities|towns|villages|schools|homes|houses|places"
    r"|countries|stores|shops|votes|deaths|jobs|workers|troops|soldiers|students|patients|members|others|more|of|square"
    r"|acres|hectares|km|kilometres|kilometers|miles|metres|meters|feet|euros|dollars|pounds|tons|tonnes|percent"
    r"|per cent|million|billion|hours|days|weeks|months|years|times)\b)(?![\w%]|[-–/][0-9]|[.,:][0-9])"
)
NO_NAME = r"(?!['’]s\b)(?! [A-Z])"
ATTACKS = r"(?:attacks?|terror\w*|hijack\w*|riot\w*|insurrection|committee|commission|hearings?|assault|massacre|siege)"


def pattern(written: str, *, flags: int = 0) -> re.Pattern[str]:
    return re.compile(written.replace(" ", r"\s{1,9}"), flags)


def any_case(written: str) -> re.Pattern[str]:
    return pattern(written, flags=re.IGNORECASE)


def number(word: str) -> int:
    """The number that `word` is: "12", "a", "twenty-five"."""
    word = word.lower()
    if word.isdigit():
        return int(word)
    if word in {"a", "an"}:
        return 1
    tens, _, ones = word.partition("-")
    return SMALL.index(word) if word in SMALL else TENS[tens] + (SMALL.index(ones) if ones else 0)


def month_number(word: str) -> int:
    return MONTHS.index(word[:3].lower()) + 1


def steps_of(which: str) -> int:
    return {"last": -1, "this": 0, "next": 1}[which.lower()]


SOME_YEAR = pattern(rf"\b{YEAR}\b")


def near(match: re.Match[str], *, characters: int = 300) -> str:
    """The text around a date; not all of it, or a long text would cost its length for each of its dates."""
    return match.string[max(0, match.start() - characters) : match.end() + characters]
