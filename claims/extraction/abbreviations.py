"""Full stops that end a word and not its sentence."""

import re

from claims.extraction.wordlists import words

OPENERS = "\"'“‘([«„"
CLOSERS = "\"'”’)]»"

# Never the last word of a sentence, if written with a capital ("the union rep." is no title).
TITLES = words(
    "mr mrs ms dr prof sen sens rep reps gov gen lt col sgt capt adm cmdr maj cpl pvt supt insp det rev hon messrs pres"
    " amb atty msgr fr mt ft dept assn gov't fig vol ch op"
)
ALWAYS = words("vs v approx cf ca viz i.e e.g a.k.a al est")
# Abbreviations in front of a number only: "he loves art." is a sentence.
BEFORE_NUMBERS = words("no nos p pp ft art sec fig vol ch op para sect rs c ed app")
OFTEN_LAST = words(
    "inc ltd co corp bros plc llc u.s u.k u.n e.u d.c n.y l.a u.s.a u.a.e jr sr st ave blvd rd ph.d m.d b.a m.a m.b.a"
    " jan feb mar apr jun jul aug sep sept oct nov dec"
    " ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa"
    " tenn tex va vt wash wis wyo ont que"
)
HOURS = frozenset({"a.m", "p.m"})
DAYS = words("mon tue tues wed weds thu thur thurs fri sat sun")
AFTER_HOURS = words(
    "monday tuesday wednesday thursday friday saturday sunday mon tues wed thurs fri sat sun january february march"
    " april may june july august september october november december jan feb mar apr jun jul aug sept oct nov dec"
    " et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet cest ist jst aest eastern central mountain pacific"
    " greenwich local"
)
# Words that begin a sentence with a capital and hardly ever a name.
STARTERS = words(
    "the a an in on at it he she they we i you but and or so yet nor this that these those there here however"
    " meanwhile when while after before since as if for by with from into his her its their our my your who what why"
    " how where which some many most all both each every several few other others another although though because"
    " until during despite instead then now today yesterday later last also only even still once according among nobody"
    " nothing none mr mrs ms dr not is was were are did does do has have had will would can could should"
)
INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")


def is_abbreviation(word: str, following: str) -> bool:
    """Does the full stop of `word` belong to an abbreviation, given the word that follows?"""
    written = word[:-1].lstrip(OPENERS)
    stem = written.lower()
    after = following.strip(OPENERS + CLOSERS + ",.;:").lower()
    is_number = following.lstrip(OPENERS)[:1].isdigit()
    if stem in HOURS:
        return after in AFTER_HOURS or is_number
    if stem in ALWAYS or (stem in TITLES and written[:1].isupper()):
        return True
    if stem in BEFORE_NUMBERS and is_number:
        return True
    if stem in DAYS and written[:1].isupper():
        return is_number or after in AFTER_HOURS
    if stem in OFTEN_LAST and written[:1].isupper() and not _is_word(written):
        return after not in STARTERS
    return INITIALS.fullmatch(word.lstrip(OPENERS)) is not None and not _begins_anew(following)


def _is_word(written: str) -> bool:
    return written.isupper() and "." not in written and len(written) > 2


def _begins_anew(following: str) -> bool:
    """ "A" may be an initial as well as an article."""
    bare = following.strip(OPENERS + CLOSERS + ",")
    return bare.lower() in STARTERS and len(bare) > 1
