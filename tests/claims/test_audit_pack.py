"""The audit pack: all of a claim, the same bytes each time, and any change of it is found."""

import io
import json
import random
import runpy
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Snapshot
from claims.exceptions import NotReady
from claims.models import Claim
from claims.services import audit_pack
from claims.services.audit_pack import write_audit_pack
from claims.services.lifecycle import shortlist_claim
from claims.services.review import rate_verdict
from people.record import recorded
from tests import factories

pytestmark = pytest.mark.django_db

VERIFIER = runpy.run_path(str(audit_pack.BESIDE / "verify.py"))
BODY = b"<html>\xff\x00 as received</html>"


@pytest.fixture
def claim(reporter):
    """A published claim with a history, a snapshot, and names that a zip must not take for paths."""
    digest = sha256(BODY).hexdigest()
    snapshot = Snapshot(hash=digest, size=len(BODY), retrieved_at=timezone.now())
    snapshot.file.save("../../etc/passwd", ContentFile(BODY))
    article = factories.make_article(title="../../../etc/passwd")
    article.revisions.update(snapshot=snapshot)
    claim = factories.make_published_claim(revision=article.revisions.get(), slug="the-bridge")
    factories.make_source(claim, title="/absolute\n0000  MANIFEST")
    with recorded(by=reporter, why="Zeitungen „schreiben“ so. 🙂"):
        Claim.objects.filter(pk=claim.pk).update(check_worthiness=0.1 + 0.2)
    return claim


def packed(claim: Claim, **to) -> bytes:
    out = io.BytesIO()
    write_audit_pack(claim, out, **to)
    return out.getvalue()


def files_of(pack: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack)) as file:
        return {name: file.read(name) for name in file.namelist()}


def faults(files: dict[str, bytes]) -> list[str]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, body in files.items():
            file.writestr(name, body)
    return list(VERIFIER["faults"](VERIFIER["Zip"](out)))


def test_a_pack_holds_everything_and_verifies(claim):
    files = files_of(packed(claim))

    revision = claim.appearances.get().revision
    assert files[f"snapshots/{sha256(BODY).hexdigest()}"] == BODY
    assert files[f"revisions/{revision.pk}.txt"].decode() == revision.text
    assert json.loads(files["verdicts/version-1.json"])["rating"] == "Mostly true"
    assert json.loads(files["verdicts/version-1.json"])["sources"][0]["title"] == "Final account of the bridge"
    assert json.loads(files["claim.json"])["text"] == claim.text
    assert {"tables/claims_claim.jsonl", "tables/claims_source.jsonl", "tables/claims_review.jsonl"} < set(files)
    tables = {json.loads(line)["table_name"] for line in files["history.jsonl"].splitlines()}
    assert {"claims_claim", "claims_verdict", "claims_citation", "claims_source", "claims_slug"} < tables
    assert faults(files) == []


def verified_in(folder: Path) -> tuple[int, str]:
    """What the verifier of a pack says first, run where the pack was unzipped, and by itself."""
    alone = subprocess.run([sys.executable, "-I", "verify.py"], cwd=folder, capture_output=True, text=True, check=False)
    return alone.returncode, alone.stdout.splitlines()[0]


def test_the_manifest_is_one_that_sha256sum_checks_and_the_verifier_runs_alone(claim, tmp_path):
    folder = tmp_path / "pack"
    with zipfile.ZipFile(io.BytesIO(packed(claim))) as file:
        file.extractall(folder)

    by_hand = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "MANIFEST"], cwd=folder, check=False)

    assert by_hand.returncode == 0
    assert verified_in(folder) == (0, "Everything verifies.")
    (folder / "claim.json").write_text("{}")
    assert verified_in(folder) == (1, "claim.json was changed.")


def test_the_same_claim_gives_the_same_bytes(claim):
    assert packed(claim) == packed(claim)


def test_names_in_a_pack_are_made_of_tables_and_numbers_alone(claim):
    for name in files_of(packed(claim)):
        assert VERIFIER["LINE"].fullmatch(f"{'0' * 64}  {name}\n"), name
        assert ".." not in name
        assert not name.startswith("/")


def test_a_changed_byte_of_any_file_is_found(claim):
    files = files_of(packed(claim))
    chosen = random.Random(5)

    for name, body in files.items():
        for place in {0, len(body) - 1, *(chosen.randrange(len(body)) for _ in range(20))}:
            other = bytes([body[place] ^ 1])
            assert faults({**files, name: body[:place] + other + body[place + 1 :]}), (name, place)
        without = {other: content for other, content in files.items() if other != name}
        assert faults(without), name
    assert faults({**files, "extra.txt": b""})


def test_a_rewritten_history_is_found_although_its_file_has_a_new_hash(claim):
    files = files_of(packed(claim))
    lines = [json.loads(line) for line in files["history.jsonl"].splitlines()]
    last = max(n for n, line in enumerate(lines) if line["table_name"] == "claims_claim")
    changed = {
        "who": {"actor_name": "edith"}, "when": {"at": "2020-01-01T00:00:00+00:00"}, "why": {"reason": "because"},
        "what": {"after": {"check_worthiness": 0.9}}, "text": {"hashed_text": lines[last]["hashed_text"] + " "},
        "hash": {"hash": "0" * 64}, "chain": {"previous_hash": "0" * 64}, "row": {"row_id": 7}, "number": {"id": 1},
        "no text": {"hashed_text": 5}, "nothing": {"hashed_text": "[]"},
    }  # fmt: skip

    for name, fields in changed.items():
        rewritten = [*lines[:last], {**lines[last], **fields}, *lines[last + 1 :]]
        body = "".join(json.dumps(line) + "\n" for line in rewritten).encode()
        assert faults(_sealed({**files, "history.jsonl": body})), name
    first = next(n for n, line in enumerate(lines) if line["table_name"] == "claims_claim")
    for missing in (lines[:first] + lines[first + 1 :], lines[::-1]):
        body = "".join(json.dumps(line) + "\n" for line in missing).encode()
        assert faults(_sealed({**files, "history.jsonl": body}))


def _sealed(files: dict[str, bytes]) -> dict[str, bytes]:
    """With a MANIFEST made anew by who tampers."""
    others = sorted((name, body) for name, body in files.items() if name != "MANIFEST")
    lines = "".join(f"{sha256(body).hexdigest()}  {name}\n" for name, body in others)
    return {**dict(others), "MANIFEST": lines.encode()}


def test_who_has_yet_to_rate_a_verdict_is_given_no_pack_with_it(reporter, reviewer):
    claim = factories.make_claim_with_verdict(status=Claim.Status.IN_REVIEW)

    with pytest.raises(NotReady, match="until you have rated"):
        packed(claim, to=reviewer)
    assert "verdicts/version-1.json" in files_of(packed(claim, to=reporter))
    rate_verdict(claim, by=reviewer, rating=factories.rating())
    assert "verdicts/version-1.json" in files_of(packed(claim, to=reviewer))


def test_the_command_packs_what_is_under_review_and_says_so(tmp_path, capsys):
    claim = factories.make_claim_with_verdict(status=Claim.Status.IN_REVIEW)

    call_command("export_audit", str(claim.pk), str(tmp_path / "pack.zip"))

    assert "keep it from those who have yet to rate the claim" in capsys.readouterr().err


def test_bytes_that_are_gone_from_the_disk_are_said_to_be(claim):
    Path(Snapshot.objects.get().file.path).unlink()

    files = files_of(packed(claim))

    assert f"snapshots/{sha256(BODY).hexdigest()}.missing.txt" in files
    assert faults(files) == []


def test_a_pack_over_the_limit_is_refused_in_a_sentence(claim, as_reporter):
    Snapshot.objects.update(size=2_000_000_000)

    with pytest.raises(NotReady, match="2000 MB together"):
        packed(claim)
    page = as_reporter.get(f"/admin/claims/claim/{claim.pk}/audit.zip", follow=True).content.decode()
    assert "2000 MB together" in page


@pytest.fixture
def as_reporter(client, reporter):
    client.force_login(reporter)
    return client


def test_the_desk_gives_the_pack_to_who_may_read_the_record_and_to_nobody_else(claim, as_reporter, client):
    answer = as_reporter.get(f"/admin/claims/claim/{claim.pk}/audit.zip")

    assert answer["Content-Disposition"] == f'attachment; filename="claim-{claim.pk}-audit.zip"'
    assert faults(files_of(b"".join(answer.streaming_content))) == []
    assert as_reporter.post(f"/admin/claims/claim/{claim.pk}/audit.zip").status_code == 405
    assert as_reporter.get("/admin/claims/claim/99999/audit.zip").status_code == 404
    client.force_login(factories.make_user("nobody", role=None))
    assert client.get(f"/admin/claims/claim/{claim.pk}/audit.zip").status_code == 403
    client.logout()
    assert client.get(f"/admin/claims/claim/{claim.pk}/audit.zip").status_code == 302


def test_the_command_writes_the_pack_and_tells_the_hash_of_its_manifest(claim, tmp_path):
    told, name = io.StringIO(), tmp_path / "pack.zip"

    call_command("export_audit", "the-bridge", str(name), stderr=told)

    files = files_of(name.read_bytes())
    assert sha256(files["MANIFEST"]).hexdigest() in told.getvalue()
    assert faults(files) == []


def test_the_command_overwrites_nothing_and_knows_no_other_claim(claim, tmp_path):
    (tmp_path / "kept.zip").write_bytes(b"kept")

    for arguments, code in (["the-bridge", str(tmp_path / "kept.zip")], 1), (["no-such-claim"], 2):
        with pytest.raises(CommandError) as error:
            call_command("export_audit", *arguments)
        assert error.value.returncode == code
    assert (tmp_path / "kept.zip").read_bytes() == b"kept"


@pytest.mark.django_db(transaction=True)
def test_a_pack_is_as_of_one_moment_outside_any_transaction(reporter):
    claim = factories.make_claim()
    shortlist_claim(claim, by=reporter)

    assert faults(files_of(packed(claim))) == []
