"""Arabic on the ground floor: what a letter, mark, word and pause is, and keys by which texts are compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from tts_news.patterns import lazy

MARKS: Final = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
"""Tanwin, the short vowels, shadda, sukun and the dagger alif; also for use inside [...]."""
SHADDA: Final = "\u0651"
LETTERS: Final = "\u0621-\u063a\u0641-\u064a\u0671"
"""The letters of Arabic, for use inside [...]; tatweel (U+0640) is none."""
ARABIC: Final = LETTERS + MARKS
"""What an Arabic word is made of, for use inside [...]."""
PAUSES: Final = "\u060c\u061b\u061f.!:"
"""Punctuation a voice makes a pause of: ، ؛ ؟ . ! :"""
INVISIBLE: Final = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Bidi controls, joiners, zero-width characters and the byte order mark: invisible on the page, noise to a voice."""
START: Final = f"(?<![{ARABIC}A-Za-z0-9])"
"""Zero width, a pattern: nothing of a word or number stands before this place."""
END: Final = f"(?![{ARABIC}A-Za-z0-9])"
"""Zero width, a pattern: nothing of a word or number stands after this place."""
ARABIC_WORD: Final = lazy(f"[{ARABIC}]+")

_MARK = lazy(f"[{MARKS}]+")
_NOT_LETTER = lazy(f"[^{LETTERS}]+")
_SPOKEN_WORD = lazy(rf"[^\s{PAUSES}]+")
_CLUSTER = lazy(f"([{LETTERS}])([{MARKS}]*)")
_INVISIBLE = lazy(f"[{INVISIBLE}]")
# Marks with the Koranic signs and the tatweel: what a typist adds to a word without changing it.
_ORNAMENTS = lazy("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_SPACES = lazy(r"[ \t\r\f\v\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u0085]+")
_CONTROLS = lazy("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ue000-\uf8ff\ud800-\udfff]")
# Letters of every language that writes with Arabic ones, and their presentation forms.
_ARABIC_SCRIPT = lazy("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9\ufb50-\ufdff\ufe70-\ufefc]")
_WORD = lazy(r"\w+")
_RUN = lazy(r"\w\S*")
# Anything that `tidy` changes beside the form of its characters.
_UNTIDY = lazy(f"{_INVISIBLE.pattern}|{_CONTROLS.pattern}|(?:(?! ){_SPACES.pattern}|  )")
_ALIFS = str.maketrans("أإآ", "ااا")
# Everything a typist may swap without a reader noticing: hamza seats, final ya, ta marbuta, Persian kaf and ya.
_SAME = str.maketrans("أإآٱىةکیی", "اااايهكيي")
_TERMINAL = lazy(r"[.؟?!؛:…۔][\s\"'”“»«]*$")
_CLOSED = lazy(r"[.؟?!…۔][\s\"'”“»«]*$")


def bare(text: str) -> str:
    """Return the text without its marks."""
    return _MARK.sub("", text)


def clusters(word: str) -> Iterator[tuple[str, str]]:
    """Yield each letter of an Arabic word with the marks on it, e.g. ("د", "َّ")."""
    for match in _CLUSTER.finditer(word):
        yield match[1], match[2]


def merge_marks(stronger: str, weaker: str) -> str:
    """Return the letters with the stronger marks, and the weaker ones where those are silent.

    Both have the same letters. A lone shadda keeps its place and takes the vowel of the weaker side.
    """
    merged = []
    for (letter, strong), (_, weak) in zip(clusters(stronger), clusters(weaker), strict=True):
        marks = strong
        if not strong:
            marks = weak
        elif strong == SHADDA:
            marks = SHADDA + weak.replace(SHADDA, "")
        merged.append(letter + marks)
    return "".join(merged)


def words(spoken: str) -> list[str]:
    """Return the words of spoken text without its pause punctuation."""
    return _SPOKEN_WORD.findall(spoken)


def word_spans(spoken: str) -> list[tuple[int, int]]:
    """Return where each word of spoken text starts and ends, pause punctuation left out."""
    return [match.span() for match in _SPOKEN_WORD.finditer(spoken)]


def count_letters(text: str) -> int:
    """Return how many letters of Arabic the text has; marks, spaces and punctuation do not count."""
    return len(_NOT_LETTER.sub("", text))


@lru_cache(maxsize=8192)
def count_words(text: str) -> int:
    """Return how many words a reader counts: runs of characters with a letter or digit in them."""
    return len(_RUN.findall(text))


def has_arabic(text: str) -> bool:
    """Return whether there is a letter in the text that Arabic, or a language written like it, has."""
    return _ARABIC_SCRIPT.search(text) is not None


def count_arabic(text: str) -> int:
    """Return how many letters there are of Arabic or of a language written like it."""
    return len(_ARABIC_SCRIPT.findall(text))


def tidy(text: str) -> str:
    """Return the text in NFC without invisible characters or controls, each run of spaces one space; newlines stay."""
    text = unicodedata.normalize("NFC", text)
    if not _UNTIDY.search(text):
        return text.strip()
    # What stood between two marks may have kept them out of their order.
    text = unicodedata.normalize("NFC", _CONTROLS.sub("", _INVISIBLE.sub("", text)))
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """Return the words of a line for comparing: no marks, letters unified, digits as "#", punctuation gone.

    The same line typed two ways has the same key. Never used for what is spoken.
    """
    plainer = _ORNAMENTS.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).lower().translate(_SAME)
    return " ".join("#" if word.isdecimal() else word for word in _WORD.findall(plainer))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return the words without marks, hamza seats on alif or doubled spaces: the key to look them up by."""
    return " ".join(_MARK.sub("", text).translate(_ALIFS).split())


def has_article(word: str) -> bool:
    """Return whether the word begins as the article is written: ألفية and ألعوبة have a hamza, and no article."""
    return _MARK.sub("", word).startswith(("ال", "\u0671ل"))


def ends_sentence(text: str) -> bool:
    """Return whether the line ends as a sentence or an introduction does, with or without a closing quote."""
    return _TERMINAL.search(text[-12:]) is not None


def is_closed(text: str) -> bool:
    """Return whether the line ends as a whole sentence does, not with a colon."""
    return _CLOSED.search(text[-12:]) is not None


def announces(text: str) -> bool:
    """Return whether the line ends with a colon: what follows belongs to it."""
    return text.rstrip(" \"'”»)").endswith((":", "："))
