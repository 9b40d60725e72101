import json
from pathlib import Path

from claims import sample
from claims.extraction import extract_claims

FOLDER = Path(sample.__file__).parent


def test_each_claim_that_the_sample_desk_works_on_is_found_in_its_articles():
    plan = json.loads((FOLDER / "plan.json").read_text())

    found = [c.text for article in plan["articles"] for c in extract_claims((FOLDER / article["file"]).read_text())]

    assert [step["words"] for step in plan["claims"] if not any(step["words"] in text for text in found)] == []
