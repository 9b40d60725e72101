"""What stands around a number: at least, more than, or more."""

from claims.matching.conditions import Quantity
from claims.matching.sheet import Sheet
from claims.matching.tables import phrases_of, word_list

# What stands before a number, and what it makes of it; "not" and "no" before it turn it round.
BEFORE = phrases_of("before a number")
AFTER = phrases_of("behind a number")
NOT = frozenset({"not", "n't", "no", "never"})
TURNED = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}
EXCEED = {"exceed": ">", "surpass": ">", "top": ">", "pass": ">", "outnumber": ">"}
UPWARDS = word_list("upwards")


def comparator_before(sheet: Sheet, first: int, quantity: Quantity) -> tuple[str, int]:
    """The comparator that ends before `first`, and where it begins."""
    for skipped in (0, 1):  # "more than the 300", "at least some 300"
        end = first - skipped
        if skipped and (end < 1 or sheet.tree.lower[end] not in {"the", "a", "an", "some", "about", "around"}):
            continue
        found = [(sheet.ending_at(end, *patterns), name) for name, patterns in BEFORE.items()]
        length, name = max(found, key=lambda one: one[0])
        if length and not sheet.free(end - length, end):
            length = 0
        if length and sheet.at(end - length, "up to") and sheet.tree.lemma[end - length - 1] in UPWARDS:
            length = 0
        if length:
            return _with_not(sheet, name, end - length, quantity)
    return _exceeding(sheet, first)


def _with_not(sheet: Sheet, name: str, start: int, quantity: Quantity) -> tuple[str, int]:
    if (
        name == ">"
        and sheet.tree.lower[start] == "over"
        and quantity.unit in {"month", "second"}
        and not sheet.at(start, "over the age")
    ):
        before = sheet.lower(start - 1, start)
        if before not in {("for",), ("just",), ("well",), ("lasted",)} and not _is_measured(sheet, start):
            return "=", start  # "over ten years": in that time
    if name in TURNED and start > 0 and sheet.tree.lower[start - 1] in NOT:
        return TURNED[name], start - 1
    return name, start


def _is_measured(sheet: Sheet, start: int) -> bool:
    """ "is over 60 years old", "took over ten hours": the number is what the verb says, not when."""
    return start > 0 and sheet.tree.lemma[start - 1] in {"be", "take", "last", "spend", "age", "wait", "need", "serve"}


def _exceeding(sheet: Sheet, first: int) -> tuple[str, int]:
    """ "exceeded 300", "did not exceed 300": the verb is the comparator."""
    if first == 0 or sheet.taken[first - 1] or sheet.tree.lemma[first - 1] not in EXCEED:
        return "=", first
    if not sheet.tree.is_verb(first - 1):
        return "=", first
    name, start = EXCEED[sheet.tree.lemma[first - 1]], first - 1
    if start > 0 and sheet.tree.lower[start - 1] in NOT:
        start = start - 2 if start > 1 and sheet.tree.lemma[start - 2] == "do" else start - 1
        name = TURNED[name]
    return name, start


def comparator_after(sheet: Sheet, end: int) -> tuple[str, int]:
    for skipped in (0, 1):  # "300 people or more"
        for name, patterns in AFTER.items():
            length = sheet.at(end + skipped, *patterns)
            if length and sheet.free(end + skipped, end + skipped + length):
                sheet.take(end + skipped, end + skipped + length)
                return name, end if skipped else end + length
    return "=", end
