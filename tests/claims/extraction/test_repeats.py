from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.timing import least_seconds
from claims.extraction import Candidate
from claims.extraction.repeats import fullest, group_repeats

PLAIN = Candidate(
    text="", quote="", start=0, end=0, sentence_start=0, sentence_end=0, claimant="", kind="event",
    check_worthiness=0.5, reasons=(), modality="asserted", unresolved=(), resolved=(), dates=(),
)  # fmt: skip

SAME = [
    ("Chile sold 20 ships to Peru.", "Chile sold 20 ships to Peru."),
    ("Chile sold 20 ships to Peru.", "chile sold 20 ships to Peru"),
    ("Mayor opens bridge.", "The mayor opened the bridge."),
    ("Mayor opens bridge.", "The mayor opened a bridge on Saturday."),
    ("Taxes rise 4%.", "Taxes rose 4 percent."),
    ("Taxes have risen 4 per cent.", "Taxes rose 4 per cent."),
    ("Ann Lee won the vote in Oslo.", "Lee won the vote in Oslo."),
    ("President Ann Lee won the vote in Oslo.", "Lee won the vote in Oslo."),
    ("Mr. Lee signed the treaty.", "Lee signed the treaty."),
    ("Sen. Ruth Vale wrote two letters.", "Vale wrote 2 letters."),
    ("The court has closed two ports.", "Court closes two ports."),
    ("Three miners were killed in Chile.", "Three miners killed in Chile."),
    ("Two ports were closed on Tuesday.", "Two ports closed on Tuesday."),
    ("The mayor was arrested.", "Mayor arrested on Tuesday."),
    ("On Tuesday, the mayor signed the bill.", "The mayor signed the bill on Tuesday."),
    ("On Tuesday, the mayor signed the bill.", "The mayor signed the bill."),
    ("The mayor signed the bill Tuesday.", "The mayor signed the bill."),
    ("The mayor signed the bill yesterday.", "Mayor signs bill."),
    ("The mayor opened a bridge over the river.", "The mayor opened a bridge."),
    ("Exports fell 1,200 tons.", "Exports fell 1200 tons."),
    ("However, Chile sold 20 ships.", "Chile sold 20 ships."),
    ("The bank also closed 20 branches.", "The bank closed 20 branches."),
    ("The firm’s profit fell 4%.", "The firm's profit fell 4%."),
    ("The firm didn’t pay taxes in 2019.", "The firm didn't pay taxes in 2019."),
    ("Peru buys seven jets.", "Peru bought 7 jets."),
    ("The union wins its case.", "The union won its case."),
    ("Police shot a man near the station.", "Police shot a man."),
    ("Chile was the first country to ban the drug.", "Chile was first country to ban the drug."),
    ("Prime Minister Ann Lee visited Peru.", "Ann Lee visited Peru."),
    ("Oslo hosts the games.", "Oslo hosted the games."),
    ("Vale had signed the letter.", "Vale signed the letter."),
    ("Dr. Ann Lee found the cure.", "Ann Lee found the cure."),
]  # fmt: skip

DIFFERENT = [
    # numbers
    ("Chile sold 20 ships to Peru.", "Chile sold 30 ships to Peru."),
    ("Taxes rose 4%.", "Taxes rose 4.5%."),
    ("Taxes rose.", "Taxes rose 4%."),
    ("Peru bought a ship in Oslo.", "Peru bought ships in Oslo."),
    ("Peru bought the ship.", "Peru bought the ships."),
    ("The fine was $4 million.", "The fine was 4 million euros."),
    # negation
    ("Chile sold ships to Peru.", "Chile did not sell ships to Peru."),
    ("The mayor signed the bill.", "The mayor never signed the bill."),
    ("The mayor opened no bridge.", "The mayor opened the bridge."),
    ("The firm paid taxes in 2019.", "The firm didn’t pay taxes in 2019."),
    # direction
    ("Taxes rose in Peru.", "Taxes fell in Peru."),
    ("Peru has more ships than Chile.", "Peru has fewer ships than Chile."),
    ("Peru sold ships to Chile.", "Peru sold ships from Chile."),
    ("Exports increased by 4%.", "Exports decreased by 4%."),
    # names
    ("Ann Lee won the vote in Oslo.", "Bob Lee won the vote in Oslo."),
    ("North Korea fired two missiles.", "South Korea fired two missiles."),
    ("Korea fired two missiles.", "North Korea fired two missiles."),
    ("The World Bank lent Peru money.", "The Bank lent Peru money."),
    ("The mayor opened a bridge.", "The mayor opened a bridge in Rome."),
    ("The mayor of Oslo resigned.", "The mayor of Rome resigned."),
    # dates
    ("Chile sold 20 ships in 2019.", "Chile sold 20 ships in 2020."),
    ("Chile sold 20 ships in May.", "Chile sold 20 ships in June."),
    ("Chile sold 20 ships.", "Chile sold 20 ships in 2019."),
    ("Lee resigned on Monday.", "Lee resigned on Tuesday."),
    # quantifiers
    ("All ports in Peru closed.", "Some ports in Peru closed."),
    ("Rural Chile banned the drug.", "Chile banned the drug."),
    ("Few people voted for the plan.", "A few people voted for the plan."),
    ("Only Chile banned the drug.", "Chile banned the drug."),
    ("Most schools closed on Friday.", "Schools closed on Friday."),
    ("The first port closed.", "The port closed."),
    # who did what to whom
    ("Chile attacked Peru.", "Peru attacked Chile."),
    ("Police killed three miners.", "Three miners killed police."),
    ("The police were attacked by miners.", "The police attacked miners."),
    ("Lee was sued by Vale.", "Lee sued Vale."),
    ("The mayor’s son opened a bridge.", "The mayor opened a bridge."),
    ("Lee’s spokesman resigned on Tuesday.", "Lee resigned on Tuesday."),
    ("Lee voted for the plan.", "Lee voted against the plan."),
    # modality and state
    ("The mayor will open a bridge.", "The mayor opened a bridge."),
    ("Chile may sell 20 ships.", "Chile sold 20 ships."),
    ("Lee is the mayor of Oslo.", "Lee was the mayor of Oslo."),
    ("The mayor tried to open the bridge.", "The mayor opened the bridge."),
    ("The mayor opened the bridge because of rain.", "The mayor opened the bridge."),
    ("The mayor opened the bridge without a permit.", "The mayor opened the bridge."),
    ("The mayor opened a bridge in response.", "The mayor opened a bridge."),
    ("The mayor signed the bill.", "The mayor signed the law."),
]  # fmt: skip


def made(*texts: str, **fields: object) -> list[Candidate]:
    return [replace(PLAIN, text=text, start=place, end=place + 1, **fields) for place, text in enumerate(texts)]


def groups(*texts: str) -> list[list[str]]:
    return [[candidate.text for candidate in group] for group in group_repeats(made(*texts))]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_says_the_same_is_one_group_whichever_comes_first(one, other):
    assert groups(one, other) == [[one, other]]
    assert groups(other, one) == [[other, one]]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_differs_in_what_it_says_stays_apart(one, other):
    assert groups(one, other) == [[one], [other]]
    assert groups(other, one) == [[other], [one]]


def test_a_surname_that_two_people_bear_folds_with_neither():
    texts = ("Ann Lee won the vote.", "Bob Lee lost the vote.", "Lee won the vote.")

    assert groups(*texts) == [[text] for text in texts]


def test_another_speaker_or_another_modality_keeps_two_wordings_apart():
    one, other = made("Mayor opens bridge.", "The mayor opened the bridge.")

    assert len(group_repeats([one, replace(other, claimant="Ann Lee")])) == 2
    assert len(group_repeats([one, replace(other, modality="alleged")])) == 2


def test_a_wording_with_a_word_left_open_folds_with_no_other():
    one, other = made("He opens bridge.", "He opened the bridge.", unresolved=("He",))

    assert len(group_repeats([one, other])) == 2


def test_the_fullest_wording_stands_for_the_group():
    (group,) = group_repeats(
        made("Mayor opens bridge.", "The mayor opened a bridge on Saturday.", "Mayor opened bridge.")
    )

    assert fullest(group).text == "The mayor opened a bridge on Saturday."


def test_what_leaves_nothing_open_stands_before_what_is_longer():
    whole, open_ = made("Lee won.", "It, as was known, won.")

    assert fullest([replace(open_, unresolved=("It",)), whole]) is whole


def test_groups_come_in_the_order_of_their_first_member():
    assert groups("Peru grew.", "Taxes rose 4%.", "Peru grew.", "Rents fell 2%.") == [
        ["Peru grew.", "Peru grew."],
        ["Taxes rose 4%."],
        ["Rents fell 2%."],
    ]


CASES = " ".join(" ".join(pair) for pair in [*SAME, *DIFFERENT])
PIECES = st.sampled_from([*CASES.split(), "\ud800", "🙂", "“", "’s", "n’t", ",", "\u202e"])
TEXTS = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=12))
def test_each_candidate_is_in_exactly_one_group(texts):
    candidates = made(*texts)

    found = group_repeats(candidates)

    assert sorted(one.start for group in found for one in group) == list(range(len(texts)))
    assert [group[0].start for group in found] == sorted(group[0].start for group in found)
    assert all([one.start for one in group] == sorted(one.start for one in group) for group in found)


@pytest.mark.parametrize(
    "text", ["Chile sold {} ships.", "The mayor opened bridge{} on Saturday.", "Taxes rose.", "Port{} opens"]
)
def test_time_grows_with_the_number_of_candidates_and_not_faster(text):
    def seconds(count: int) -> float:
        candidates = made(*(text.format(number) for number in range(count)))
        return least_seconds(lambda: group_repeats(candidates))

    small, large = seconds(2_000), seconds(20_000)

    assert large < 30 * small + 0.1  # ten times as many; quadratic would be a hundred times
