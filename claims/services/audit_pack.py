"""One claim with everything that belongs to it, as a zip that can be verified without the desk."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.files import File
from django.db import connection, transaction
from django.db.models import FileField, ForeignKey, Model, QuerySet
from django.utils.translation import gettext as _

from articles.models import Revision, Snapshot
from claims.exceptions import NotReady
from claims.models import Claim, Verdict
from claims.services.blindness import hides_findings
from claims.services.trail import entries_about, standing_rows
from people.models import RecordEntry, User

FORMAT = "plumbline-audit-pack-1"
LIMIT = 1_000_000_000  # bytes of copies and texts
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same claim gives the same bytes, whenever it is packed
BESIDE = Path(__file__).with_name("audit_files")  # what explains and verifies a pack
PIECE = 1 << 20
AT_A_TIME = 500

# An entry with the text that its hash was made of, as the database writes it.
HASHED = "SELECT id, people_record_text(people_recordentry) FROM people_recordentry WHERE id = ANY(%s)"
RECORDED = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgfoid = 'people_record_change'::regproc"
ROW = "SELECT to_jsonb(t)::text FROM {table} t WHERE id = ANY(%s) ORDER BY id"


@dataclass(slots=True)
class _Pack:
    """A zip that is being written, and the hash of each file in it."""

    zip: ZipFile
    sums: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, pieces: Iterator[bytes]) -> None:
        digest = hashlib.sha256()
        with self.zip.open(_entry(name), "w", force_zip64=True) as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
        self.sums[name] = digest.hexdigest()

    def add_json(self, name: str, data: Any) -> None:
        text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True, default=str)
        self.add(name, iter([f"{text}\n".encode()]))

    def finish(self) -> None:
        """Write the list of hashes, as sha256sum reads it."""
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.sums.items()))
        self.add("MANIFEST", iter([lines.encode()]))


def _entry(name: str) -> ZipInfo:
    """A file of the pack. Names are made of our tables' names, numbers and hashes, never of what somebody typed."""
    info = ZipInfo(name, LONG_AGO)
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
    return info


def write_audit_pack(claim: Claim, out: IO[bytes], *, to: User | None = None) -> str:
    """Write the pack of a claim and return the SHA-256 of its MANIFEST.

    to: whoever reads it; None is whoever has the database anyway. All of it is as of one moment.
    Raises NotReady where they may not see a verdict in it yet, or where the copies are too large together.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if not connection.savepoint_ids:  # inside another transaction it is too late to ask
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        claim = Claim.objects.select_related("claimant").get(pk=claim.pk)
        if to is not None and hides_findings(claim, to=to):
            raise NotReady(_("A verdict in it is hidden from you until you have rated the claim yourself."))
        with ZipFile(out, "w") as file:
            pack = _Pack(file)
            _write(pack, claim)
            pack.finish()
    return pack.sums["MANIFEST"]


def _write(pack: _Pack, claim: Claim) -> None:
    rows = _rows(claim)
    revisions = Revision.objects.filter(pk__in=claim.appearances.values("revision")).order_by("pk")
    snapshots = _snapshots(rows, revisions)
    _refuse_too_much(snapshots)
    pack.add_json("claim.json", _summary(claim))
    for verdict in claim.verdicts.order_by("version").select_related("rating", "by"):
        pack.add_json(f"verdicts/version-{verdict.version}.json", _verdict(verdict))
    for model, which in rows.items():
        _add_table(pack, model, which)
    for revision in revisions.iterator(AT_A_TIME // 100):
        pack.add(f"revisions/{revision.pk}.txt", iter([revision.text.encode()]))
    for snapshot in snapshots.order_by("hash").iterator(AT_A_TIME):
        _add_file(pack, f"snapshots/{snapshot.hash}", snapshot.file)
    pack.add("history.jsonl", _history(claim))
    for path in sorted(BESIDE.iterdir()):
        if path.suffix in {".txt", ".py"}:
            pack.add(path.name, iter([path.read_bytes()]))


def _rows(claim: Claim) -> dict[type[Model], QuerySet[Any]]:
    """What hangs on the claim and is recorded."""
    recorded = _recorded_tables()
    return {model: which for model, which in standing_rows(claim).items() if model._meta.db_table in recorded}


def _recorded_tables() -> set[str]:
    """Others come and go by machine: who has the file open, what waits to be matched."""
    with connection.cursor() as cursor:
        cursor.execute(RECORDED)
        return {table for (table,) in cursor.fetchall()}


def _add_table(pack: _Pack, model: type[Model], rows: QuerySet[Any]) -> None:
    """The rows of one table as the database has them, a line each, and the files that belong to them."""
    table = model._meta.db_table
    keys = list(rows.order_by().values_list("pk", flat=True))
    if not keys:
        return
    pack.add(f"tables/{table}.jsonl", _lines(ROW.format(table=table), keys))
    for field_ in model._meta.concrete_fields:
        if isinstance(field_, FileField):
            for row in rows.exclude(**{field_.name: ""}).order_by("pk"):
                _add_file(pack, f"files/{table}-{row.pk}-{field_.name}", getattr(row, field_.name))


def _lines(statement: str, keys: list[int]) -> Iterator[bytes]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, [keys])
        while found := cursor.fetchmany(AT_A_TIME):
            for (line,) in found:
                yield f"{line}\n".encode()


def _snapshots(rows: dict[type[Model], QuerySet[Any]], revisions: QuerySet[Revision]) -> QuerySet[Snapshot]:
    """The bytes as received of the texts, and of whatever else points to some, such as a source's archived copy."""
    kept = set(revisions.exclude(snapshot=None).values_list("snapshot", flat=True))
    for model, which in rows.items():
        for field_ in model._meta.concrete_fields:
            if isinstance(field_, ForeignKey) and field_.related_model is Snapshot:
                kept |= set(which.order_by().values_list(field_.attname, flat=True))
    return Snapshot.objects.filter(pk__in=kept - {None})


def _refuse_too_much(snapshots: QuerySet[Snapshot]) -> None:
    size = sum(snapshots.values_list("size", flat=True))
    if size > LIMIT:
        said = _("The copies that belong to this claim have %(size)s MB together; a pack holds %(limit)s MB.")
        raise NotReady(said % {"size": size // 1_000_000, "limit": LIMIT // 1_000_000})


def _add_file(pack: _Pack, name: str, file: File) -> None:  # type: ignore[type-arg]  # generic in the stubs alone
    """Add kept bytes; where they are gone from the disk, say so in their place."""
    try:
        opened = file.open("rb")
    except FileNotFoundError:
        pack.add(f"{name}.missing.txt", iter([b"The desk's record names these bytes, and they are not on its disk.\n"]))
        return
    with opened:
        pack.add(name, iter(lambda: opened.read(PIECE), b""))


def _summary(claim: Claim) -> dict[str, Any]:
    claimant = claim.claimant
    return {
        "format": FORMAT,
        "claim": claim.pk,
        "text": claim.text,
        "status": claim.status,
        "claimed_on": claim.claimed_on,
        "claimant": claimant and {"name": claimant.name, "named_publicly": claimant.named_publicly},
        "topics": sorted(claim.topics.values_list("name", flat=True)),
        "addresses": list(claim.slugs.values_list("slug", flat=True)),
        "appearances": [
            {
                "article": str(place.revision.article),
                "addresses": [address.url for address in place.revision.article.addresses.all()],
                "revision": f"revisions/{place.revision_id}.txt",
                "snapshot": f"snapshots/{place.revision.snapshot.hash}" if place.revision.snapshot else None,
                "start": place.start,
                "end": place.end,
                "quote": place.quote,
            }
            for place in claim.appearances.for_page().select_related("revision__snapshot")
        ],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    fields = ("version", "summary", "explanation", "how_we_checked", "evidence_as_of", "published_at", "claim_text")
    source = ("title", "publisher", "url", "no_url_reason", "kind", "locator", "quote", "translation", "retrieved_on")
    return {
        **{name: getattr(verdict, name) for name in fields},
        "rating": verdict.rating and verdict.rating.label,
        "by": verdict.by.byline,
        "sources": [
            {"n": one.n, "stance": one.stance, **{name: getattr(one.source, name) for name in source}}
            for one in verdict.citations.select_related("source")
        ],
        "reviews": [
            {"reviewer": review.reviewer.byline, "outcome": review.outcome, "note": review.note}
            for review in verdict.reviews.select_related("reviewer").order_by("pk")
        ],
    }


def _history(claim: Claim) -> Iterator[bytes]:
    """Every entry of the record, oldest first, with the text its hash was made of."""
    keys = list(entries_about(claim).order_by("id").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_A_TIME):
        some = keys[start : start + AT_A_TIME]
        with connection.cursor() as cursor:
            cursor.execute(HASHED, [some])
            texts = dict(cursor.fetchall())
        for entry in RecordEntry.objects.filter(pk__in=some).order_by("id"):
            line = _told(entry, texts[entry.pk])
            yield f"{json.dumps(line, ensure_ascii=False, sort_keys=True)}\n".encode()


def _told(entry: RecordEntry, text: str) -> dict[str, Any]:
    place = {"id": entry.pk, "table_name": entry.table_name, "row_id": entry.row_id}
    hashes = {"previous_hash": entry.previous_hash, "hash": entry.hash}
    said = ("actor_id", "actor_name", "action", "before", "after", "reason")
    whole = {name: getattr(entry, name) for name in said}
    return {**place, **hashes, **whole, "at": entry.at.isoformat(), "hashed_text": text}
