"""The code with which a reader comes back to what they sent. It is shown once and kept only as its hash."""

import hashlib
import hmac

from django.conf import settings

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32, none of which is taken for another
LENGTH = 16  # letters of 5 bits each: nobody comes upon one by trying


def code_for(form: str, *said: str) -> str:
    """The code of what was said in one form, as XXXX-XXXX-XXXX-XXXX. The same said twice in it has the same code, so
    that a double click sends one letter.

    form: what is unique to the page that the reader filled in.
    """
    message = "\0".join((form, *said)).encode("utf-8", "surrogatepass")
    digest = hmac.digest(f"code {settings.SECRET_KEY}".encode(), message, "sha256")
    letters = "".join(LETTERS[byte % 32] for byte in digest[:LENGTH])
    return "-".join(letters[start : start + 4] for start in range(0, LENGTH, 4))


def hash_of(code: str) -> str:
    """What is stored of a code, however the reader typed it."""
    plain = code.upper().replace("-", "").replace(" ", "")
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
