"""Words that signals look for, as any news has them. A word goes in for what it means, never for one article."""

MONTHS = frozenset([
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
])  # fmt: skip

CAUSES = frozenset([
    "cause", "because", "result", "trigger", "prompt", "spark", "consequence", "blame", "fuel",
])  # fmt: skip

CAUSES_WITH_TO = frozenset(["due", "owing", "lead", "contribute", "thanks", "attribute"])

POSITIONS = frozenset([
    "vote", "support", "oppose", "back", "favor", "favour", "endorse", "pledge", "reject", "criticize", "criticise",
    "condemn", "defend", "denounce", "object", "refuse", "abstain", "campaign",
])  # fmt: skip

SMALL_NUMBERS = frozenset(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])

LAW_VERBS = frozenset([
    "ban", "outlaw", "legalize", "legalise", "approve", "ratify", "veto", "vote", "elect", "appoint", "sue",
    "charge", "convict", "sentence", "acquit", "arrest", "indict", "prosecute", "investigate", "subpoena",
    "rule", "overturn", "uphold", "sanction", "fine", "impeach", "regulate", "prohibit", "authorize",
    "authorise", "mandate", "adopt", "repeal", "enact", "sign", "dismiss", "extradite", "detain", "summon",
    "accuse", "resign",
])  # fmt: skip

LAW_NOUNS = frozenset([
    "law", "court", "bill", "treaty", "resolution", "ruling", "lawsuit", "investigation", "sanction",
    "legislation", "verdict", "regulation", "constitution", "referendum", "tribunal", "prosecutor",
    "indictment", "warrant", "agreement", "ceasefire",
])  # fmt: skip

CHANGES = frozenset([
    "rise", "fall", "increase", "decrease", "drop", "grow", "decline", "jump", "climb", "double", "triple",
    "halve", "shrink", "expand", "cut", "raise", "lose", "gain", "reach", "exceed", "slump", "surge", "plunge",
    "reduce", "spend", "cost", "earn", "invest", "sell", "buy",
])  # fmt: skip

HARMS = frozenset([
    "kill", "die", "injure", "wound", "murder", "rape", "assault", "attack", "bomb", "shoot", "crash", "burn",
    "death", "casualty", "victim", "fraud", "theft", "steal", "abuse", "torture", "invade", "invasion",
])  # fmt: skip

OPINIONS = frozenset([
    "good", "bad", "best", "worst", "great", "terrible", "horrible", "awful", "wonderful", "beautiful", "ugly",
    "shameful", "disgraceful", "outrageous", "unacceptable", "worrying", "frustrating",
    "disappointing", "disturbing", "alarming", "absurd", "ridiculous", "pathetic",
    "brilliant", "fantastic", "amazing", "incredible", "remarkable", "wrong", "unfair",
    "stupid", "foolish", "brave", "cowardly", "sad", "happy", "proud", "ashamed", "important", "crucial",
    "vital", "essential", "interesting", "exciting", "boring", "lovely", "nice", "perfect",
    "disgrace", "failure", "nightmare", "tragedy", "hopefully", "sadly", "unfortunately", "fortunately",
    "clearly", "obviously", "surely", "frankly", "honestly", "truly", "deeply", "wrongly",
    "simply", "merely", "feel", "believe", "think", "hope", "love", "hate", "deserve", "seem", "appear",
    "lucky", "terrific", "excellent", "superb", "delicious", "stunning", "impressive",
])  # fmt: skip

MODALS = frozenset([
    "will", "would", "could", "may", "might", "can", "shall", "'ll", "’ll", "wo", "’d", "'d",
])  # fmt: skip

EXPECTING = frozenset([
    "expect", "predict", "forecast", "likely", "unlikely", "plan", "intend", "hope", "aim", "probably",
    "perhaps", "maybe",
])  # fmt: skip
