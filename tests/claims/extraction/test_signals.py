import pytest

from claims.extraction import signals as s


@pytest.mark.parametrize(
    ("sentence", "signal"),
    [
        ("Exports grew by 20 ships.", s.NUMBER),
        ("Exports grew 4%.", s.PERCENTAGE),
        ("Exports earned $5 million.", s.MONEY),
        ("Exports grew in 1999.", s.DATE),
        ("It was the first treaty.", s.FIRST),
        ("It was the largest ship.", s.SUPERLATIVE),
        ("Ships were faster than trains.", s.COMPARISON),
        ("Chile met Peru.", s.NAMES),
        ("It closed because it burned.", s.CAUSE),
        ("The court banned it.", s.LAW),
        ("Chile sold the ship.", s.EVENT),
        ("It should be closed.", s.DUTY),
        ("It will close.", s.PREDICTION),
        ("We like it.", s.SPEAKER),
        ("It is terrible.", s.OPINION),
        ("Things are as they are.", s.VAGUE),
        ("It was built in the 1930s.", s.HISTORY),
        ("Chile opposed the plan.", s.POSITION),
        ("Chile called it “a big risk”.", s.QUOTE),
        ("The delay was due to rain.", s.CAUSE),
    ],
)
def test_a_signal_is_found_in_a_sentence_that_has_it(tree, sentence, signal):
    parsed = tree(sentence)

    assert signal in s.signals(parsed, list(range(len(parsed))), parsed.roots[0])


@pytest.mark.parametrize(
    ("sentence", "signal"),
    [
        ("The US sold it.", s.SPEAKER),
        ("It rained in the first half of 1999.", s.FIRST),
        ("One of them sold it.", s.NUMBER),
        ("At least they sold it.", s.SUPERLATIVE),
        ("The two countries signed it.", s.NUMBER),
        ("The report is due on Friday.", s.CAUSE),
        ("She leads the party.", s.CAUSE),
        ("It is a fine day.", s.LAW),
    ],
)
def test_a_signal_is_not_found_where_the_word_means_something_else(tree, sentence, signal):
    parsed = tree(sentence)

    assert signal not in s.signals(parsed, list(range(len(parsed))), parsed.roots[0])
