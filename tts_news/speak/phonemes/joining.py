"""A text to phonemes: phrases by punctuation, and what words do to each other inside a phrase."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from tts_news.speak.phonemes.inventory import BACKED, EMPHATIC, SHORT, VOWELS
from tts_news.speak.phonemes.shapes import Phonemes, Phrase, Tune, Word
from tts_news.speak.phonemes.syllables import syllabify
from tts_news.speak.phonemes.words import Spoken, speak_word

_TUNES: dict[str, Tune] = {
    "،": "comma", ",": "comma", "؛": "comma", ";": "comma", "–": "comma", "—": "comma", "(": "comma", ")": "comma",
    "[": "comma", "]": "comma", ":": "colon", ".": "stop", "؟": "question", "?": "question",
    "!": "exclamation", "…": "ellipsis",
}  # fmt: skip
_RANK: tuple[Tune, ...] = ("none", "comma", "colon", "ellipsis", "stop", "exclamation", "question")
_ENDS: frozenset[Tune] = frozenset(("stop", "exclamation", "question", "ellipsis"))
_LONGEST_ITEM = 4
_SILENT = frozenset("«»\"'“”‘’")
_JOINTS = frozenset("-‐‑")


def phonemise(text: str) -> Phonemes:
    """The phonemes of vowelled Arabic.

    Args:
        text: Arabic words with their marks, and punctuation. Empty text gives no phrases.

    Raises:
        SpeakError: A character is no vowelled Arabic (the message names it), or a word lacks its vowels.
    """
    phrases: list[Phrase] = []
    for words, tune in _listed(list(_phrases(unicodedata.normalize("NFC", text)))):
        spoken = [speak_word(word) for word in words]
        inside = bool(phrases) and phrases[-1].tune not in _ENDS
        phrases.append(Phrase(_join(spoken), tune, phrases[-1].place + 1 if inside else 0))
    return Phonemes(tuple(phrases))


def count_words(text: str) -> int:
    """Return how many words `phonemise` finds in a text, without reading them."""
    return sum(token not in _TUNES for token in _tokens(unicodedata.normalize("NFC", text)))


def _phrases(text: str) -> Iterator[tuple[list[str], Tune]]:
    words: list[str] = []
    tune: Tune = "none"
    for token in _tokens(text):
        mark = _TUNES.get(token)
        if mark is None:
            if words and tune != "none":
                yield words, tune
                words, tune = [], "none"
            words.append(token)
        elif words:
            tune = max(tune, mark, key=_RANK.index)
    if words:
        yield words, tune


def _listed(phrases: list[tuple[list[str], Tune]]) -> Iterator[tuple[list[str], Tune]]:
    """The phrases, commas between short items told from others: two such items in a row make a list."""
    short = [tune == "comma" and len(words) <= _LONGEST_ITEM for words, tune in phrases]
    for i, (words, tune) in enumerate(phrases):
        beside = short[max(i - 1, 0) : i] + short[i + 1 : i + 2]
        yield words, "list" if short[i] and any(beside) else tune


def _tokens(text: str) -> Iterator[str]:
    word: list[str] = []
    for char in text:
        if not char.isspace() and char not in _JOINTS and char not in _TUNES and char not in _SILENT:
            word.append(char)
            continue
        if word:
            yield "".join(word)
            word = []
        if char in _TUNES:
            yield char
    if word:
        yield "".join(word)


def _join(words: list[Spoken]) -> tuple[Word, ...]:
    """The words as they sound one after the other, without a pause between them."""
    rows: list[list[str]] = []
    for word in words:
        phones = list(word.phones)
        if not rows:
            phones = _start(word)
        elif word.wasl:
            _link(rows[-1], words[len(rows) - 1].text, word)
        rows.append(phones)
    out = []
    for word, phones in zip(words, rows, strict=True):
        starts, stress = syllabify(phones)
        out.append(Word(word.text, tuple(phones), starts, stress))
    return tuple(out)


def _start(word: Spoken) -> list[str]:
    """A word after a pause: its hamzat al-wasl is heard, also that of an article written without its alif."""
    lost = len(word.phones) > 1 and word.phones[0] == "l" and word.phones[1] not in VOWELS
    wasl = word.wasl or ("a" if lost else "")
    if not wasl:
        return list(word.phones)
    return ["ah", BACKED[wasl] if wasl != "a" and word.phones[0] in EMPHATIC else wasl, *word.phones]


_PLURAL_ENDINGS = ("هُم", "كُم", "تُم", "هُمْ", "كُمْ", "تُمْ")


def _link(before: list[str], text: str, word: Spoken) -> None:
    """Join a hamzat al-wasl to the word before it: a long vowel is shortened, a consonant gets a helping vowel."""
    last = before[-1]
    if last in VOWELS:
        before[-1] = SHORT.get(last, last)
        return
    # The lax vowel stood before the last consonant of the word, which is the last no more.
    if len(before) > 1 and before[-2] in ("ia", "ua"):
        before[-2] = {"ia": "i", "ua": "u"}[before[-2]]
    if text.endswith(_PLURAL_ENDINGS):
        before.append("u")
    elif before[-3:] in (["m", "i", "n"], ["m", "a", "n"]) and len(before) <= 5:
        before.append("a" if before[-2] == "i" and word.wasl == "a" else "i")
    elif before[-2:] == ["a", "w"]:
        before.append("u")
    else:
        before.append("i")
