"""One name is one thing throughout an article, whatever the model makes of it from sentence to sentence."""

from claims.extraction.labels import Labels


def labelled(tree, *sentences, people=()):
    labels = Labels()
    trees = [tree(sentence) for sentence in sentences]
    for parsed in trees:
        labels.mend(parsed, lambda name: name in people)
    return trees


def test_a_surname_of_somebody_named_is_a_person(tree):
    (parsed,) = labelled(tree, "Voss pleaded guilty in May to 11 counts of wire fraud.", people=["Voss"])

    assert (parsed.tag[0], parsed.label[0]) == ("NNP", "PERSON")
    assert [entity.text for entity in parsed.entities if entity.label == "PERSON"] == ["Voss"]


def test_a_name_that_was_a_body_before_is_one_again(tree):
    first, second = labelled(
        tree, "A Sandvor spokesman said on Monday that sales fell.", "Analysts at Sandvor expect a loss."
    )

    assert {first.label[1], second.label[2]} == {"ORG"}


def test_entities_stay_in_the_order_of_their_words(tree):
    (parsed,) = labelled(tree, "A Sandvor spokesman met Angela Merkel in Berlin.", people=["Sandvor"])

    assert [entity.first for entity in parsed.entities] == sorted(entity.first for entity in parsed.entities)
