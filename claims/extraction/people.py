"""Which nouns are words for people."""

from claims.extraction.tree import Tree
from claims.extraction.wordlists import words

OFFICES = words(
    "minister president chancellor mayor governor senator chairman chairwoman spokesman spokeswoman "
    "director secretary ambassador judge professor coach captain commissioner premier councillor "
    "treasurer lawyer general author researcher scientist founder"
)
PEOPLE = OFFICES | words(
    "brother sister mother father son daughter wife husband boy girl child baby parent friend uncle aunt cousin king"
    " queen prince pope chief guard cop spy thief nurse judge student patient suspect victim witness guest colleague"
    " person one aide priest monk agent client deputy envoy expert hero host pilot rival star widow youth"
)
NO_PEOPLE = words(
    "quarter number paper letter power water order river computer tower corner matter center winter summer september"
    " october november december career cover danger dinner error factor floor flower motor shoulder sector tenor"
    " border disaster door finger fever fear weather layer leather litter murder offer paperwork plant restaurant"
    " registrar shelter silver tear transfer warrant charter chapter counter encounter theater theatre mirror tractor"
    " property committee fee coffee degree tree guarantee grant variant powder rubber butter liquor"
    " favor favour honor honour labor labour harbor harbour humor humour odor rumor rumour terror vapor color behavior"
    " newsletter newspaper poster register trailer barrier carrier helicopter container trigger meter liter kilometer"
    " thriller folder roller boulder bumper buffer cluster answer anger hunger laughter slaughter"
)


def is_human(tree: Tree, token: int) -> bool:
    """Is it a noun for a person ("the teacher")? Rather once too often: nobody is put in a pronoun's place then."""
    word = tree.lemma[token]
    if tree.pos[token] != "NOUN" or word in NO_PEOPLE:
        return False
    return word in PEOPLE or word.endswith(("er", "or", "ist", "ian", "man", "woman", "ee", "ant", "ster"))
