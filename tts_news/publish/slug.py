"""Names that every player, host and shell takes: ASCII letters, digits and hyphens, made from an Arabic title.

A title is a stranger's text. It decides which letters stand in a name, never where a file lies: no character of it
that could be a separator, a dot, a control or a direction mark survives.
"""

from __future__ import annotations

import hashlib
import unicodedata

_LONGEST = 40  # letters of the title in a name; with date and hashes a path stays far below 255 bytes

_LATIN = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "aa", "ٱ": "a", "ء": "", "ئ": "y", "ؤ": "w",
    "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh",
    "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z",
    "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n",
    "ه": "h", "ة": "a", "و": "w", "ي": "y", "ى": "a",
    "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ڤ": "v", "ک": "k", "ی": "y",
}  # fmt: skip


def transliterate(title: str) -> str:
    """Return `title` as lower-case ASCII words joined by hyphens, at most 40 characters, "" when nothing is left.

    Readable, not reversible: a name for people who look at a folder. Long titles end at a word.
    """
    pieces: list[str] = []
    # The cut before the loop keeps a title of a million letters cheap; 40 output letters need far fewer than 400.
    for letter in unicodedata.normalize("NFKC", title[:400]):
        if letter in _LATIN:
            pieces.append(_LATIN[letter])
        elif unicodedata.combining(letter) or letter == "ـ" or unicodedata.category(letter) == "Cf":
            continue  # marks, tatweel and direction controls are inside words, not between them
        else:
            pieces.append(_plain(letter))
    words = "".join(pieces).split("-")
    kept = ""
    for word in filter(None, words):
        longer = f"{kept}-{word}" if kept else word[:_LONGEST]
        if len(longer) > _LONGEST:
            break
        kept = longer
    return kept


def _plain(letter: str) -> str:
    """Return the ASCII letter or digit that `letter` stands for, a hyphen when there is none."""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    base = unicodedata.normalize("NFKD", letter)[0].lower()
    return base if base.isascii() and base.isalnum() else "-"


DIGITS = (8, 16, 32, 64)
"""How many digits of a hash a name may have: the first number that is free."""


def make_slug(title: str, key: str, digits: int = 8) -> str:
    """Return a name for the edition: the title in ASCII and hex digits that depend on `key` alone.

    Eight digits tell most keys apart, not all: where a name is taken, a longer one is not.
    """
    return f"{transliterate(title) or 'edition'}-{key_hash(key, digits)}"


def key_hash(key: str, digits: int = 8) -> str:
    """Return hex digits of `key`; a renamed edition is found again by them."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
