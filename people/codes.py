"""One-time codes and what keeps them: no database, no request.

The codes are RFC 6238 as every authenticator app makes them: SHA-1, six digits, 30 seconds.
"""

import base64
import hashlib
import secrets
from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode

import segno
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

DIGITS, STEP = 6, 30
TOLERANCE = 1  # steps before and after: clocks differ, and people type slowly
SECRET_BYTES = 20  # as long as SHA-1 itself (RFC 4226, section 4)
RECOVERY_CODES = 10
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that looks like something else
GROUPS, GROUP = 4, 4  # 16 of 31 characters are 79 bits, so a plain hash of one cannot be turned back


def new_secret() -> str:
    """A random key, in base32 as apps take it by hand."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def code_at(secret: str, step: int) -> str:
    """The code of one step: the number of 30 seconds since 1970."""
    # The length is checked by the service that wrote the secret; apps with shorter keys exist.
    return HOTP(base64.b32decode(secret), DIGITS, SHA1(), enforce_key_length=False).generate(step).decode()  # noqa: S303 - what apps speak


def step_of(secret: str, code: str, *, now: float, after: int = -1) -> int | None:
    """The step whose code this is, among those around `now` and later than `after`; None if it is none of theirs."""
    here = int(now) // STEP
    fits = [
        step
        for step in range(here - TOLERANCE, here + TOLERANCE + 1)
        if secrets.compare_digest(code_at(secret, step).encode(), code.encode()) and step > after
    ]
    return fits[0] if fits else None


def address_for_app(secret: str, *, person: str, site: str) -> str:
    """The otpauth: address that a QR code carries."""
    return (
        f"otpauth://totp/{quote(site)}:{quote(person)}?{urlencode({'secret': secret, 'issuer': site}, quote_via=quote)}"
    )


def qr_path(text: str) -> tuple[int, str]:
    """The QR code of `text`: its width in modules, and an SVG path of the dark ones. No markup: nothing to escape."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    return len(rows), "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)


def new_recovery_codes() -> list[str]:
    """Ten codes such as "7kqm-x2pd-9vha-tr4c"."""
    return [
        "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
        for _ in range(RECOVERY_CODES)
    ]


def hash_of(code: str) -> str:
    """How a recovery code is kept, whatever its case, hyphens and spaces."""
    plain = "".join(code.lower().replace("-", " ").split())
    return hashlib.sha256(plain.encode()).hexdigest()


def encrypted(text: str, *, keys: Sequence[str]) -> str:
    """`text` under the first of the keys."""
    return _box(keys).encrypt(text.encode()).decode()


def decrypted(token: str, *, keys: Sequence[str]) -> str | None:
    """The text, or None where none of the keys wrote it."""
    try:
        return _box(keys).decrypt(token.encode()).decode()
    except InvalidToken:
        return None


def _box(keys: Iterable[str]) -> MultiFernet:
    hashed = (hashlib.sha256(b"plumbline one-time codes" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in hashed])
