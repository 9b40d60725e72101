import json
from pathlib import Path

from claims import sample
from claims.extraction import extract_claims

FOLDER = Path(sample.__file__).parent


PLAN = json.loads((FOLDER / "plan.json").read_text())


def text_of(article):
    return (FOLDER / article["file"]).read_text()


def test_each_claim_that_the_sample_desk_works_on_is_found_in_its_articles():
    found = [claim.text for article in PLAN["articles"] for claim in extract_claims(text_of(article))]
    wanted = [step["words"] for step in PLAN["claims"] if "words" in step]

    assert [words for words in wanted if not any(words in text for text in found)] == []


def test_each_claim_that_the_sample_desk_enters_by_hand_quotes_its_article():
    texts = {article["title"]: text_of(article) for article in PLAN["articles"]}
    by_hand = [step["by_hand"] for step in PLAN["claims"] if "by_hand" in step]

    assert by_hand
    assert [step["quote"] for step in by_hand if step["quote"] not in texts[step["article"]]] == []
