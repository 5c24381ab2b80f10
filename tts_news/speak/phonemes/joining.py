"""A text to phonemes: phrases by punctuation, and what words do to each other inside a phrase."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from tts_news.speak.phonemes.inventory import BACKED, EMPHATIC, SHORT, VOWELS
from tts_news.speak.phonemes.questions import asks_for_a_word
from tts_news.speak.phonemes.shapes import Phonemes, Phrase, Tune, Word
from tts_news.speak.phonemes.syllables import syllabify
from tts_news.speak.phonemes.words import Spoken, speak_word

_TUNES: dict[str, Tune] = {
    "،": "comma", ",": "comma", "؛": "comma", ";": "comma", "–": "comma", "—": "comma", "(": "comma", ")": "comma",
    "[": "comma", "]": "comma", ":": "colon", ".": "stop", "؟": "question", "?": "question",
    "!": "exclamation", "…": "ellipsis",
}  # fmt: skip
_RANK: tuple[Tune, ...] = ("none", "comma", "colon", "ellipsis", "stop", "exclamation", "question")
_ENDS: frozenset[Tune] = frozenset(("stop", "exclamation", "question", "asking", "ellipsis"))
_LONGEST_ITEM = 4
_DEPTH = {"(": 1, "[": 1, ")": -1, "]": -1}
_QUOTES: dict[str, bool | None] = {"«": True, "“": True, "»": False, "”": False, '"': None}
"""Whether a quotation begins or ends; None where the mark does both by turns."""
_SILENT = frozenset("'‘’")
_JOINTS = frozenset("-‐‑")
_PARTING = frozenset((*_TUNES, *_QUOTES, *_SILENT, *_JOINTS))


def phonemise(text: str) -> Phonemes:
    """The phonemes of vowelled Arabic.

    Args:
        text: Arabic words with their marks, and punctuation. Empty text gives no phrases.

    Raises:
        SpeakError: A character is no vowelled Arabic (the message names it), or a word lacks its vowels.
    """
    phrases: list[Phrase] = []
    sentence: list[list[Spoken]] = []
    for part in _listed(list(_parts(unicodedata.normalize("NFC", text)))):
        if phrases and phrases[-1].tune in _ENDS:
            sentence = []
        sentence.append([speak_word(word) for word in part.words])
        falls = part.tune == "question" and asks_for_a_word([[word.phones for word in one] for one in sentence])
        tune = "asking" if falls else part.tune
        words = _join(sentence[-1], part.quoted)
        phrases.append(Phrase(words, tune, len(sentence) - 1, aside=part.aside))
    return Phonemes(tuple(phrases))


def count_words(text: str) -> int:
    """Return how many words `phonemise` finds in a text, without reading them."""
    tokens = _tokens(unicodedata.normalize("NFC", text))
    return sum(token not in _TUNES and token not in _QUOTES for token in tokens)


@dataclass(slots=True)
class _Part:
    """The words up to a mark: what stands in parentheses is an aside, what stands in quotation marks is quoted."""

    words: list[str] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)
    tune: Tune = "none"
    aside: bool = False


def _parts(text: str) -> Iterator[_Part]:
    part = _Part()
    depth, quoting = 0, False
    for token in _tokens(text):
        mark = _TUNES.get(token)
        if token in _QUOTES:
            turn = _QUOTES[token]
            quoting = not quoting if turn is None else turn
        elif mark is None:
            if part.words and part.tune != "none":
                yield part
                part = _Part()
            part.aside |= depth > 0
            part.words.append(token)
            part.quoted.append(quoting)
        else:
            if part.words:
                part.tune = max(part.tune, mark, key=_RANK.index)
            # A parenthesis nobody closed ends with its sentence.
            depth = 0 if mark in _ENDS else max(0, depth + _DEPTH.get(token, 0))
    if part.words:
        yield part


def _listed(parts: list[_Part]) -> Iterator[_Part]:
    """The parts, commas between short items told from others: two such items in a row make a list."""
    short = [part.tune == "comma" and len(part.words) <= _LONGEST_ITEM and not part.aside for part in parts]
    for i, part in enumerate(parts):
        if short[i] and any(short[max(i - 1, 0) : i] + short[i + 1 : i + 2]):
            part.tune = "list"
        yield part


def _tokens(text: str) -> Iterator[str]:
    word: list[str] = []
    for char in text:
        if not char.isspace() and char not in _PARTING:
            word.append(char)
            continue
        if word:
            yield "".join(word)
            word = []
        if char in _TUNES or char in _QUOTES:
            yield char
    if word:
        yield "".join(word)


def _join(words: list[Spoken], quoted: list[bool]) -> tuple[Word, ...]:
    """The words as they sound one after the other, without a pause between them."""
    rows: list[list[str]] = []
    for word in words:
        phones = list(word.phones)
        if not rows:
            phones = _start(word)
        elif word.wasl:
            _link(rows[-1], words[len(rows) - 1], word)
            if word.divine and rows[-1][-1] in _LIGHTENING:
                phones = ["aa" if phone == "AA" else phone for phone in phones]
        rows.append(phones)
    out = []
    for word, phones, within in zip(words, rows, quoted, strict=True):
        starts, stress = syllabify(phones)
        out.append(Word(word.text, tuple(phones), starts, stress, quoted=within))
    return tuple(out)


def _start(word: Spoken) -> list[str]:
    """A word after a pause: its hamzat al-wasl is heard, also that of an article written without its alif."""
    lost = len(word.phones) > 1 and word.phones[0] == "l" and word.phones[1] not in VOWELS
    wasl = word.wasl or ("a" if lost else "")
    if not wasl:
        return list(word.phones)
    return ["ah", BACKED[wasl] if wasl != "a" and word.phones[0] in EMPHATIC else wasl, *word.phones]


_PLURAL_ENDINGS = ("هُم", "كُم", "تُم", "هُمْ", "كُمْ", "تُمْ")
# The و of a plural (دَعَوْا الله, مُصْطَفَوْ المدينة) is helped by u, that of the two particles by i.
_OR_AND_IF = re.compile("^[وفأ]?[\u064e]?[أل]\u064eو\u0652?$")
_LIGHTENING = frozenset(("i", "ii", "I", "II"))
"""Vowels after which the l of the Name is light: بِسْمِ اللَّهِ, فِي اللَّهِ, قُلِ اللَّهُمَّ."""


def _link(before: list[str], earlier: Spoken, word: Spoken) -> None:
    """Join a hamzat al-wasl to the word before it: a long vowel is shortened, a consonant gets a helping vowel."""
    last = before[-1]
    if last in VOWELS:
        before[-1] = SHORT.get(last, last)
        return
    # The lax vowel stood before the last consonant of the word, which is the last no more.
    if len(before) > 1 and before[-2] in ("ia", "ua"):
        before[-2] = {"ia": "i", "ua": "u"}[before[-2]]
    if earlier.text.endswith(_PLURAL_ENDINGS):
        before.append("u")
    elif before[-3:] in (["m", "i", "n"], ["m", "a", "n"]) and len(before) <= 5:
        before.append("a" if before[-2] == "i" and word.wasl == "a" else "i")
    elif before[-2:] == ["a", "w"] and not _OR_AND_IF.match(earlier.text):
        before.append("u")
    else:
        before.append("i")
