"""API keys: programs have an account too, `key:NAME`, with a role."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tts_news.accounts.records import ROLES, Account, Role

LOCAL: Final = Account("local", Role.PUBLISHER)
"""Who asks a server that has no keys: only this machine reaches it."""
_NAMED: Final = re.compile(rf"(?P<name>[A-Za-z0-9_.-]+):(?P<role>{'|'.join(ROLES)}):(?P<secret>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Key:
    """A key and whose it is."""

    secret: bytes
    account: Account


def read_keys(texts: Iterable[str]) -> tuple[Key, ...]:
    """Return the keys of `[serve] keys`: `NAME:ROLE:SECRET`, or a secret alone, which may all and is named by place."""
    found = []
    for place, text in enumerate(texts, 1):
        named = _NAMED.fullmatch(text)
        if named:
            found.append(Key(named["secret"].encode(), Account(f"key:{named['name']}", ROLES[named["role"]])))
        else:
            found.append(Key(text.encode(), Account(f"key:{place}", Role.PUBLISHER)))
    return tuple(found)


def find_key(given: bytes, keys: Iterable[Key]) -> Account | None:
    """Return whose key it is. Every key is compared, so that the time says nothing about which one came near."""
    found = [key.account for key in keys if hmac.compare_digest(given, key.secret)]
    return found[0] if found else None
