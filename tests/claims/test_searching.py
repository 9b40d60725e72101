"""The readers' index: what triggers keep, when several change the same claim at once."""

from functools import partial

import pytest
from django.db import transaction

from claims.models import Appearance, Claim, SearchEntry
from claims.services.publication import publish_claim
from claims.services.retraction import retract_at_once
from claims.services.searching import search_claims, tidy
from tests import factories
from tests.at_once import at_once


def add_place(claim: Claim, revision, publisher) -> None:
    with transaction.atomic():
        revision.article.publisher = publisher
        revision.article.save()
        factories.make_appearance(claim, revision=revision)


@pytest.mark.django_db(transaction=True)
def test_places_that_are_added_at_the_same_moment_all_count():
    claim = factories.make_published_claim(appears=False)
    publishers = [factories.make_publisher(f"{n}.example", name=f"Paper {n}") for n in range(6)]
    revisions = [factories.make_article(publisher=None).revisions.get() for _ in publishers]
    revisions = [type(revision).objects.select_related("article").get(pk=revision.pk) for revision in revisions]
    pairs = zip(revisions, publishers, strict=True)

    answers = at_once(*(partial(add_place, claim, *pair) for pair in pairs))

    assert answers == [None] * 6
    assert set(SearchEntry.objects.get(claim=claim).publishers) == {publisher.pk for publisher in publishers}


@pytest.mark.django_db
def test_an_entry_follows_its_claim_from_publication_to_retraction(editor):
    claim = factories.make_claim_with_verdict(status=Claim.Status.APPROVED)
    assert not SearchEntry.objects.exists()

    publish_claim(claim, by=editor)
    entry = SearchEntry.objects.get(claim=claim)
    assert (entry.rating, entry.claimant) == (factories.rating(), claim.claimant)
    assert entry.publishers == [factories.make_publisher().pk]
    assert entry.first_published_at == claim.verdicts.get().published_at

    retract_at_once(claim, why="It was another bridge.", by=editor)
    assert not SearchEntry.objects.exists()


@pytest.mark.django_db
def test_an_entry_follows_the_publisher_of_an_article_and_a_place_that_goes():
    claim = factories.make_published_claim()
    article = claim.appearances.get().revision.article
    article.publisher = other = factories.make_publisher("other.example", name="Other")
    article.save()
    assert SearchEntry.objects.get().publishers == [other.pk]

    Appearance.objects.filter(claim=claim).delete()

    assert SearchEntry.objects.get().publishers == []


@pytest.mark.django_db
def test_nothing_is_found_without_being_asked_for():
    factories.make_published_claim()

    assert search_claims(tidy(""), SearchEntry.objects.all()).hits == []


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  two\n words ", "two words"),
        ("a\u202eb\u200bc", "a b c"),
        ("“a phrase” «another»", '"a phrase" "another"'),
        ("x" * 5_000, "x" * 300),
        ("\ud800", ""),
    ],
)
def test_a_query_is_tidied_before_it_is_looked_up(typed, text):
    assert tidy(typed) == text
