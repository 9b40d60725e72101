"""Verify this audit pack: python3 verify.py [FOLDER or ZIP]. Needs nothing but Python. See README.txt."""

import hashlib
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

LINE = re.compile(r"([0-9a-f]{64})  ([a-zA-Z0-9_./-]+)\n")
FIELDS = ("actor_id", "actor_name", "table_name", "row_id", "action", "before", "after", "reason")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Folder:
    """A pack that was unzipped."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> set[str]:
        return {file.relative_to(self.path).as_posix() for file in self.path.rglob("*") if file.is_file()}

    def open(self, name: str) -> IO[bytes]:
        return (self.path / name).open("rb")


class Zip:
    """A pack as it came."""

    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(path)

    def names(self) -> set[str]:
        names = self.zip.namelist()
        return set(names) if len(set(names)) == len(names) else {*names, "a name that is there twice"}

    def open(self, name: str) -> IO[bytes]:
        return self.zip.open(name)


Pack = Folder | Zip


def faults(pack: Pack) -> Iterator[str]:
    """Yield a sentence for each thing that does not verify."""
    if "MANIFEST" not in pack.names():
        yield "MANIFEST is missing."
        return
    with pack.open("MANIFEST") as file:
        manifest = file.read().decode("utf-8", "replace")
    listed = {name: digest for digest, name in LINE.findall(manifest)}
    if "".join(f"{digest}  {name}\n" for name, digest in listed.items()) != manifest:
        yield "MANIFEST has a line that is no hash and name."
    for name in sorted(pack.names() - set(listed) - {"MANIFEST"}):
        yield f"{name} is not in MANIFEST."
    for name in sorted(set(listed) - pack.names()):
        yield f"{name} is missing."
    for name in sorted(set(listed) & pack.names()):
        digest = sha256(pack, name)
        if digest != listed[name]:
            yield f"{name} was changed."
        if name.startswith("snapshots/") and not name.endswith(".missing.txt") and digest != name.split("/")[1]:
            yield f"{name} is not what its name says."
    if "history.jsonl" in listed and "history.jsonl" in pack.names():
        yield from history_faults(pack)
    else:
        yield "history.jsonl is missing."


def sha256(pack: Pack, name: str) -> str:
    digest = hashlib.sha256()
    with pack.open(name) as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def history_faults(pack: Pack) -> Iterator[str]:
    """Yield what is wrong with each entry, and where the chain of a row is broken."""
    heads: dict[tuple[str, int], str] = {}
    last = 0
    with pack.open("history.jsonl") as file:
        for number, line in enumerate(file, start=1):
            try:
                entry = read(line)
                said = list(entry_faults(entry))
                row = (entry["table_name"], entry["row_id"])
                if entry["previous_hash"] != heads.get(row, ""):
                    said.append("does not go on from the entry before it")
                if entry["id"] <= last:
                    said.append("is out of order")
                heads[row], last = entry["hash"], entry["id"]
            except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
                said = [f"cannot be read ({error!r})"]
            for fault in said:
                yield f"history.jsonl, line {number}: the entry {fault}."


def entry_faults(entry: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with one entry, as ends of sentences."""
    if hashlib.sha256(entry["hashed_text"].encode()).hexdigest() != entry["hash"]:
        yield "has not the hash of its text"
    previous, seconds, *rest = read(entry["hashed_text"])
    moment = datetime.fromisoformat(entry["at"]) - EPOCH
    micros = (moment.days * 86_400 + moment.seconds) * 1_000_000 + moment.microseconds
    if (previous, seconds * 1_000_000, rest) != (entry["previous_hash"], micros, [entry[name] for name in FIELDS]):
        yield "does not say what its text says"


def read(text: str | bytes) -> Any:
    """JSON with numbers as they are written: 0.1 is no binary fraction here."""
    return json.loads(text, parse_float=Decimal)


def main() -> None:
    """Say what does not verify, and exit with 1 if anything does not."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    try:
        pack = Folder(path) if path.is_dir() else Zip(path)
        found = list(faults(pack))
    except (OSError, zipfile.BadZipFile) as error:
        found = [f"{path} cannot be read: {error}."]
    told = [*found, "This pack does NOT verify."]
    if not found:
        told = ["Everything verifies.", f"SHA-256 of MANIFEST: {sha256(pack, 'MANIFEST')}"]
    sys.stdout.write("\n".join(told) + "\n")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
