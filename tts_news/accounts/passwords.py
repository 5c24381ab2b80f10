"""Passwords: never kept, only what they are hashed to with Argon2id.

Source: RFC 9106; the cost is the OWASP Password Storage Cheat Sheet's (19 MiB, two passes): about 25 ms a try.
"""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tts_news.accounts.records import LONGEST_PASSWORD, SHORTEST_PASSWORD
from tts_news.errors import UsageError

_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str) -> str:
    """Return what is kept of a password."""
    return _HASHER.hash(_spelt(password))


def is_password(password: str, kept: str) -> bool:
    """Return whether a password is the one of which `kept` was kept; takes the same time if `kept` is empty."""
    try:
        return _HASHER.verify(kept or _nobodys(), _spelt(password)[:LONGEST_PASSWORD]) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def is_stale(kept: str) -> bool:
    """Return whether what is kept was made at a cost that is no longer ours."""
    return _HASHER.check_needs_rehash(kept)


def check_password(password: str, name: str) -> None:
    """See that a new password can be one.

    Raises:
        UsageError: It is too short or long, or the user's name; the message is one of `FAULTS`.
    """
    spelt = _spelt(password)
    if len(spelt) < SHORTEST_PASSWORD:
        raise UsageError(f"a password has {SHORTEST_PASSWORD} letters or more", hint="several words are good")
    if len(spelt) > LONGEST_PASSWORD:
        raise UsageError(f"a password has {LONGEST_PASSWORD} letters at most")
    if len(set(spelt)) < 5 or (name.casefold() in spelt.casefold() and len(name) * 2 > len(spelt)):
        raise UsageError("this password is too easy to guess", hint="several words are good")


@cache
def _nobodys() -> str:
    """Return the hash that is compared for a user who does not exist, so that the time does not tell."""
    return _HASHER.hash(secrets.token_hex())


def warm() -> None:
    """Make what the first unknown user would wait for."""
    _nobodys()


def _spelt(password: str) -> str:
    """Return a password as it is hashed: keyboards differ in how they compose the same letters."""
    return unicodedata.normalize("NFKC", password)
