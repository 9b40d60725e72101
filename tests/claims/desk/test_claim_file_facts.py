"""Facts and parts in the claim file: shown to all, changed by who may, and nothing typed is lost."""

from datetime import date

import pytest

from claims.models import Claim, ClaimantAlias, ClaimantRole, Topic
from claims.services.facts import Facts, describe_claim, facts_of
from claims.services.parts import link_part
from tests import factories
from tests.claims.desk.test_claim_file import address

Status = Claim.Status


def save(client, claim, **changes):
    data = {
        "new_topics": "Bridges, Budget",
        "claimed_on": "2026-03-01",
        "importance": "3",
        "due_on": "2026-03-20",
        "stamp": facts_of(Claim.objects.get(pk=claim.pk)).stamp,
        **changes,
    }
    return client.post(f"/admin/claims/claim/{claim.pk}/facts/", data, follow=True)


def test_facts_are_saved_and_shown(as_reporter):
    claim = factories.make_claim(status=Status.IN_PROGRESS)
    known = Topic.objects.create(name="Verden", slug="verden")

    page = save(as_reporter, claim, topics=[known.pk]).content.decode()

    assert facts_of(Claim.objects.get(pk=claim.pk)).topics == ("Bridges", "Budget", "Verden")
    assert "The facts are saved." in page
    assert "1 March 2026" in page
    assert "20 March 2026" in page
    assert "Late" in page


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"claimed_on": "2999-01-01"}, "lies ahead"),
        ({"claimed_on": "yesterday"}, "Enter a valid date."),
        ({"importance": "9"}, "Select a valid choice"),
        ({"topics": ["999"]}, "Select a valid choice"),
        ({"new_topics": "x" * 100_000}, "at most 1000 characters"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(as_reporter, changes, why):
    claim = factories.make_claim(status=Status.IN_PROGRESS)

    page = save(as_reporter, claim, **{"due_on": "2026-04-17", **changes}).content.decode()

    assert why in page
    assert 'value="2026-04-17"' in page
    assert facts_of(Claim.objects.get(pk=claim.pk)) == Facts()


def test_a_stale_form_shows_what_is_stored_beside_what_was_typed_and_saving_again_decides(as_reporter, editor):
    claim = factories.make_claim(status=Status.IN_PROGRESS)
    stale = facts_of(claim).stamp
    describe_claim(claim, Facts(("Ferries",)), by=editor)

    page = save(as_reporter, claim, stamp=stale)
    save(as_reporter, claim, stamp=page.context["facts"].form["stamp"].value(), new_topics="Bridges")

    assert "Someone else changed these facts" in page.content.decode()
    assert "Ferries" in page.content.decode()
    assert "Bridges, Budget" in page.content.decode()
    assert facts_of(Claim.objects.get(pk=claim.pk)).topics == ("Bridges",)


def test_facts_sent_twice_are_saved_once(as_reporter):
    claim = factories.make_claim(status=Status.IN_PROGRESS)
    stamp = facts_of(claim).stamp

    save(as_reporter, claim, stamp=stamp)
    again = save(as_reporter, claim, stamp=stamp).content.decode()

    assert "Someone else changed these facts" in again
    assert facts_of(Claim.objects.get(pk=claim.pk)).topics == ("Bridges", "Budget")


@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.PUBLISHED])
def test_facts_of_a_reviewed_claim_are_shown_and_closed(as_reporter, status):
    claim = factories.make_claim_with_verdict(status=status, claimed_on=date(2026, 3, 1))

    page = as_reporter.get(address(claim)).content.decode()
    refused = save(as_reporter, claim).content.decode()

    assert "Edit the facts" not in page
    assert "1 March 2026" in page
    assert "it can be changed while it is in progress" in refused
    assert "Bridges, Budget" in refused


def test_an_administrator_sees_facts_and_cannot_save_them(as_administrator):
    claim = factories.make_claim()

    assert "Edit the facts" not in as_administrator.get(address(claim)).content.decode()
    assert save(as_administrator, claim).status_code == 403


def test_the_file_tells_claimant_kind_names_and_role_at_the_time(as_reporter):
    claim = factories.make_claim(claimed_on=date(2020, 5, 1))
    ClaimantAlias.objects.create(claimant=claim.claimant, name="J. Brandt")
    ClaimantRole.objects.create(claimant=claim.claimant, title="Minister of Defence", to_on=date(2020, 12, 31))

    page = as_reporter.get(address(claim)).content.decode()

    assert "then Minister of Defence" in page
    assert "J. Brandt" in page


def test_a_name_that_is_not_public_is_said_in_file_and_gate(as_reporter):
    karl = factories.make_claimant("Karl Meyer", named_publicly=False)
    claim = factories.make_claim_with_verdict(claimant=karl, text="Karl Meyer saw 84 bridges.")

    page = as_reporter.get(address(claim)).content.decode()

    assert "Not named publicly" in page
    assert "take the name out of the wording of the claim" in page


class TestParts:
    @pytest.fixture
    def whole(self, db) -> Claim:
        return factories.make_claim_with_verdict(text="It opened in March and cost 84 million.")

    def change(self, client, whole, name, **data):
        return client.post(f"/admin/claims/claim/{whole.pk}/parts/{name}/", data, follow=True)

    def test_parts_are_made_linked_ruled_and_unlinked_without_scripts(self, as_reporter, whole):
        other = factories.make_published_claim(text="The bridge is long.")

        self.change(as_reporter, whole, "make", wordings="It opened in March.\r\n\r\nIt cost 84 million.")
        self.change(as_reporter, whole, "link", number=f"#{other.pk}")
        page = self.change(as_reporter, whole, "rule", rule="The lowest counts.").content.decode()
        file = as_reporter.get(address(whole)).content.decode()
        self.change(as_reporter, whole, "unlink", part=other.pk)

        assert list(whole.parts.values_list("text", flat=True).order_by("pk")) == [
            "It opened in March.",
            "It cost 84 million.",
        ]
        for shown in (page, file):
            assert "The lowest counts." in shown
            assert "It opened in March." in shown
            assert "Mostly true" in shown

    def test_a_rating_is_told_only_once_readers_see_it(self, as_reporter, whole):
        part = factories.make_claim_with_verdict(status=Status.IN_REVIEW, text="A part.")
        link_part(part, whole=whole, by=factories.make_user("rosa"))

        page = as_reporter.get(f"/admin/claims/claim/{whole.pk}/parts/").content.decode()

        assert "In review" in page
        assert "Mostly true" not in page

    @pytest.mark.parametrize(
        ("name", "data", "why"),
        [
            ("make", {"wordings": "x" * 100_000}, "at most 25000 characters"),
            ("make", {"wordings": "First.\n" + "x" * 1001}, "at most 1,000 characters"),
            ("link", {"number": "999999"}, "There is no claim of this number."),
            ("rule", {"rule": "r" * 301}, "at most 300 characters"),
        ],
    )
    def test_what_is_refused_is_said_and_kept(self, as_reporter, whole, name, data, why):
        link_part(factories.make_claim(), whole=whole, by=factories.make_user("rosa"))

        page = self.change(as_reporter, whole, name, **data).content.decode()

        assert why in page
        assert next(iter(data.values()))[:200] in page

    def test_nonsense_is_no_step_and_looking_changes_nothing(self, as_reporter, whole):
        assert self.change(as_reporter, whole, "nonsense").status_code == 404
        assert as_reporter.get(f"/admin/claims/claim/{whole.pk}/parts/make/").status_code == 405
        assert self.change(as_reporter, whole, "unlink", part="x").status_code == 200

    def test_the_page_asks_the_same_number_of_queries_at_1_and_at_10_parts(
        self, as_reporter, whole, django_assert_max_num_queries
    ):
        counted = []
        for n in range(10):
            part = factories.make_published_claim(text=f"Part {n}.", part_of=whole)
            assert part.part_of == whole
            if n in {0, 9}:
                with django_assert_max_num_queries(40) as queries:
                    as_reporter.get(f"/admin/claims/claim/{whole.pk}/parts/")
                counted.append(len(queries))

        assert counted[0] == counted[1]
