"""Arabic letters for comparing lines: the same line typed two ways has the same key. Never used for what is spoken."""

from __future__ import annotations

import re
import unicodedata

# Bidi controls, joiners, zero-width characters and the byte order mark: invisible on the page, noise to a voice.
INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
# Arabic marks (harakat, Koranic signs, small alef) and the tatweel.
_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_SPACES = re.compile(r"[ \t\r\f\v\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u0085]+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ue000-\uf8ff\ud800-\udfff]")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9\ufb50-\ufdff\ufe70-\ufefc]")
_WORD = re.compile(r"\w+")
# Everything a typist may swap without a reader noticing: hamza seats, final ya, ta marbuta, Persian kaf and ya.
_SAME = str.maketrans("أإآٱىةکیی", "اااايهكيي")
_TERMINAL = re.compile(r"[.؟?!؛:…۔][\s\"'”“»«]*$")
_CLOSED = re.compile(r"[.؟?!…۔][\s\"'”“»«]*$")


def tidy(text: str) -> str:
    """Return the text in NFC without invisible characters or controls, each run of spaces one space; newlines stay."""
    text = _CONTROLS.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    return _SPACES.sub(" ", text).strip()


def key(text: str) -> str:
    """Return the words of a line for comparing: no marks, letters unified, digits as "#", punctuation gone."""
    bare = _MARKS.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).lower().translate(_SAME)
    return " ".join("#" if word.isdecimal() else word for word in _WORD.findall(bare))


def count_words(text: str) -> int:
    """Return how many words a reader counts: runs of characters with a letter or digit in them."""
    return sum(1 for part in text.split() if _WORD.search(part))


def has_arabic(text: str) -> bool:
    """Return whether there is an Arabic letter in the text."""
    return _ARABIC.search(text) is not None


def count_arabic(text: str) -> int:
    """Return how many Arabic letters there are."""
    return len(_ARABIC.findall(text))


def ends_sentence(text: str) -> bool:
    """Return whether the line ends as a sentence or an introduction does, with or without a closing quote."""
    return _TERMINAL.search(text[-12:]) is not None


def is_closed(text: str) -> bool:
    """Return whether the line ends as a whole sentence does, not with a colon."""
    return _CLOSED.search(text[-12:]) is not None


def announces(text: str) -> bool:
    """Return whether the line ends with a colon: what follows belongs to it."""
    return text.rstrip(" \"'”»)").endswith((":", "："))
