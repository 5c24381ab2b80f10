"""What an account is, and what a role may do."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Literal

from tts_news.errors import UsageError

LONGEST_NAME: Final = 64  # letters
SHORTEST_PASSWORD: Final = 12  # letters; NIST SP 800-63B asks for 8 beside a second factor, 15 without
LONGEST_PASSWORD: Final = 1024
Deed = Literal[
    "login",
    "login refused",
    "logout",
    "logout everywhere",
    "password set",
    "password set by one-time link",
    "password changed",
    "password change refused",
    "user added",
    "user invited",
    "user removed",
    "role changed",
    "article brought in",
    "article dropped",
    "article brought back",
    "article read again",
    "sentence mended",
    "voices chosen",
    "change taken back",
    "change done again",
    "bulletin begun",
    "bulletin changed",
    "published",
    "edition ordered",
    "edition withdrawn",
]
"""What the book of changes says was done."""
_NAME: Final = re.compile(r"\w[\w.@+-]*")


class Role(IntEnum):
    """What an account may do; a higher one may all that a lower one may."""

    READER = 1
    """Looks and listens."""
    EDITOR = 2
    """Brings articles in and mends scripts."""
    PUBLISHER = 3
    """Publishes, corrects and withdraws; reads the book of changes."""

    @property
    def word(self) -> str:
        """Its name in settings, commands and the store."""
        return self.name.lower()


ROLES: Final = {role.word: role for role in Role}


@dataclass(frozen=True, slots=True)
class Account:
    """Who asks: a user, or `key:NAME` for a program; "local" for whoever reaches a server without keys."""

    name: str
    role: Role


def read_role(word: str) -> Role:
    """Return the role of that name.

    Raises:
        UsageError: There is none.
    """
    try:
        return ROLES[word.strip().lower()]
    except KeyError as err:
        raise UsageError(f"there is no role {word!r}", hint=f"roles are {', '.join(ROLES)}") from err


def read_name(text: str) -> str:
    """Return a user's name as it is kept: one spelling, so that nobody is two users.

    Raises:
        UsageError: It cannot be a name.
    """
    name = unicodedata.normalize("NFKC", text).strip().casefold()
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise UsageError(
            f"{text[:LONGEST_NAME]!r} cannot be a user's name",
            hint=f"letters, digits and . _ - + @, {LONGEST_NAME} at most",
        )
    return name
