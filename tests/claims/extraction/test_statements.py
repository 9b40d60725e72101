"""Whole sentences and every claim that is made of them, in text order: a rule that takes too much shows here."""

import pytest

SENTENCES = {
    "a part of a group": (
        "Some 3,400 lorries, most of them registered in Latvia, crossed the bridge at Narva in March.",
        ["Some 3,400 lorries crossed the bridge at Narva in March.", "Most of the lorries were registered in Latvia."],
    ),
    "a counted part": (
        "The court freed 40 prisoners, 12 of whom had been held since 2009, on Tuesday.",
        ["The court freed 40 prisoners on Tuesday.", "12 of the prisoners had been held since 2009."],
    ),
    "one of a group is one": (
        "Sweden has 21 regions, each of them run by an elected council.",
        ["Sweden has 21 regions.", "Each of the regions is run by an elected council."],
    ),
    "a part at the end": (
        "The fire killed six people in Lodz, two of them children.",
        ["The fire killed six people in Lodz.", "Two of the people were children."],
    ),
    "a clause in brackets": (
        "Nurses in Oslo (all employed for more than a year) received a bonus of 500 euros.",
        ["Nurses in Oslo received a bonus of 500 euros.", "All the nurses were employed for more than a year."],
    ),
    "a number in brackets stays": (
        "Acme Corp paid $20 million (£16 million) to the ministry.",
        ["Acme Corp paid $20 million (£16 million) to the ministry."],
    ),
    "what is said of the whole": (
        "An audit of May accused the Zambian treasury of losing 300 invoices, a finding that Lusaka disputed.",
        ["An audit of May accused the Zambian treasury of losing 300 invoices."],
    ),
    "a participle between dashes": (
        "The sale - set to be the biggest in Portugal since 2009 - will raise 4 billion euros.",
        ["The sale is set to be the biggest in Portugal since 2009.", "The sale will raise 4 billion euros."],
    ),
    "the opening of a turn of speech": (
        "Thank you, Paul - the town owed $4 million in 2010.",
        ["The town owed $4 million in 2010."],
    ),
    "an absolute clause": (
        "The strike ended on Friday, with three people injured and 40 trains cancelled.",
        ["The strike ended on Friday.", "Three people were injured.", "40 trains were cancelled."],
    ),
    "an absolute clause that acts": (
        "Turkey held elections in May, with turnout falling to 40% in the south.",
        ["Turkey held elections in May.", "Turnout fell to 40% in the south."],
    ),
    "what somebody says of a noun": (
        "Marta Ruiz, who studied law in Seville, wants the old mines replaced by new tanks, which she concedes would"
        " cost 9,000 jobs.",
        [
            "Marta Ruiz studied law in Seville.",
            "Marta Ruiz wants the old mines replaced by new tanks.",
            "New tanks would cost 9,000 jobs.",
        ],
    ),
    "a participle about the noun before it": (
        "Finland leased the islands, described as the gateway to the Baltic, in 1856.",
        ["Finland leased the islands in 1856.", "The islands were described as the gateway to the Baltic."],
    ),
    "two clauses with that": (
        "Spanish governments have recognised that 40 villages were burnt and that nobody was tried for the fires.",
        [
            "Spanish governments have recognised that 40 villages were burnt.",
            "Spanish governments have recognised that nobody was tried for the fires.",
        ],
    ),
    "what a study suggests, twice": (
        "A study of 400 nurses suggests that sleep matters: those who slept eight hours were 20 percent less likely to"
        " fall ill.",
        [
            "A study of 400 nurses suggests that sleep matters.",
            "Those who slept eight hours were 20 percent less likely to fall ill.",
        ],
    ),
    "a contrast beside what is said": (
        "While sales rose 4% in Spain, Acme Corp said profits had fallen in Peru.",
        ["Sales rose 4% in Spain.", "Profits had fallen in Peru."],
    ),
    "having": (
        "Having sold the mill at Ayr in 2019, Acme Corp will close 40 shops in Spain.",
        ["Acme Corp sold the mill at Ayr in 2019.", "Acme Corp will close 40 shops in Spain."],
    ),
    "an example of what was done": (
        "The sale was the third by Acme Corp this year, including selling its mill in Oslo.",
        ["The sale was the third by Acme Corp this year."],
    ),
    "the night on which": (
        "Ann Berg left Oslo on the night of March 10, during which 40 houses burned.",
        ["Ann Berg left Oslo on the night of March 10.", "40 houses burned on the night of March 10."],
    ),
    "letters in brackets at the end of an apposition": (
        "Tom Berg, head of the National Safety Board (NSB), sold 40 ships in May.",
        ["Tom Berg is head of the National Safety Board (NSB).", "Tom Berg sold 40 ships in May."],
    ),
    "a number that grew is not who reported it": (
        "Poland reported 26 new cases per 100,000 people, rising from 15 in May.",
        ["Poland reported 26 new cases per 100,000 people, rising from 15 in May."],
    ),
    "two verbs with one object": (
        "Debbie Moore recently founded and leads the Blue Fund in Utah.",
        ["Debbie Moore recently founded and leads the Blue Fund in Utah."],
    ),
    "a plural that is a verb": (
        "No country grows more tulips than Holland.",
        ["No country grows more tulips than Holland."],
    ),
    "a decision is nobody": (
        "Rosa Lind left for a role with President Tom Berg, a decision she disclosed in May.",
        ["Rosa Lind left for a role with President Tom Berg."],
    ),
    "what a new thing did": (
        "Tom Berg sold the mill in 2019 to a firm that went bankrupt in May.",
        ["Tom Berg sold the mill in 2019 to a firm that went bankrupt in May.", "The firm went bankrupt in May."],
    ),
    "which one is meant": (
        "Tom Berg sold the mill in 2019 to the firm that went bankrupt in May.",
        ["Tom Berg sold the mill in 2019 to the firm that went bankrupt in May."],
    ),
    "what is said of the whole with a number stays": (
        "Peru left the treaty in May, a decision that cost 4,000 jobs.",
        ["Peru left the treaty in May, a decision that cost 4,000 jobs.", "The decision cost 4,000 jobs."],
    ),
    "so few is not few": (
        "So few people voted in Ohio in May that the state held a second vote.",
        ["So few people voted in Ohio in May that the state held a second vote."],
    ),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_makes_these_claims_and_no_others(texts, name):
    sentence, expected = SENTENCES[name]

    assert sorted(texts(sentence)) == sorted(expected)
