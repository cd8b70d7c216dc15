"""The codes on the slips: drawn by lot, shown once, kept only as a keyed digest."""

import hashlib
import hmac
import secrets

from django.conf import settings

# Digits and consonants that are not mistaken for each other: no code becomes a word.
SIGNS = "23456789BCDFGHJKMNPQRTVWX"
LONG = 8
_PART = 4


def draw() -> str:
    """Return a new code: one of 150 000 million."""
    return "".join(secrets.choice(SIGNS) for _ in range(LONG))


def readable(code: str) -> str:
    """Write a code in two parts, as it stands on the slip."""
    return "-".join(code[at : at + _PART] for at in range(0, LONG, _PART))


def digest(code: str) -> str:
    """Return what is kept of a code, however somebody wrote it."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    key = hmac.digest(settings.SECRET_KEY.encode(), b"samnarvaro.survey", "sha256")
    return hmac.new(key, plain.encode(), hashlib.sha256).hexdigest()
