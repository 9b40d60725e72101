"""Whether two texts are the same text."""

import hashlib

from articles.parsing.characters import fold_spaces_and_forms


def fingerprint(text: str) -> str:
    """Return a SHA-256 (64 hex digits) that is the same for texts that differ only in white space or in NFC."""
    return hashlib.sha256(fold_spaces_and_forms(text).encode("utf-8", "replace")).hexdigest()
