"""What a file is, from its first bytes: a name or a header may say anything."""

import re

# Source: the formats' own specifications. Longest first where one begins another.
SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF87a", "an image"),
    (b"GIF89a", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"PK\x03\x04", "an archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x1f\x8b", "a packed file"),
    (b"BZh", "a packed file"),
    (b"\xfd7zXZ\x00", "a packed file"),
    (b"\x28\xb5\x2f\xfd", "a packed file"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"Rar!\x1a\x07", "an archive"),
    (b"{\\rtf", "an RTF document"),
    (b"OggS", "a recording"),
    (b"ID3", "a recording"),
    (b"fLaC", "a recording"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"\x7fELF", "a program"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)
RIFF = {b"WEBP": "an image", b"WAVE": "a recording", b"AVI ": "a video"}
HTML_START = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|script|article|div|h1|p|!--)[\s>/-]", re.I)


def foreign_kind(body: bytes) -> str:
    """Name what `body` is if it is a known kind of file that holds no plain text or HTML, else return ""."""
    if body[:4] == b"RIFF":
        return RIFF.get(body[8:12], "a recording")
    if body[4:8] == b"ftyp":
        return "an image" if body[8:12] in {b"avif", b"heic", b"mif1"} else "a video"
    return next((kind for signature, kind in SIGNATURES if body.startswith(signature)), "")


def looks_like_html(body: bytes) -> bool:
    """Say whether the first 1,024 bytes hold a tag that begins an HTML page."""
    return HTML_START.search(body[:1024].replace(b"\x00", b"")) is not None
