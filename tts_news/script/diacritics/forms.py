"""The words there are: every reading of a word with what it is, from `data/forms.txt` (tools/build_forms.py).

How common each is was counted in the press (tools/count_forms.py).

The table holds words without clitics; و ف ب ل ك س, ال and the attached pronouns are cut off here. It knows some 90,000
words of written Arabic and few names: a word that is not in it may well be one.
"""

from __future__ import annotations

import mmap
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from tts_news.frozen import dataclass
from tts_news.script.data_files import data_file
from tts_news.script.diacritics.marks import FATHA, FATHATAN, KASRA, READING_INDEX, READINGS, SHADDA

CODES: Final = "0123456789abcd"
"""How the table writes `marks.READINGS`, in their order."""
OPEN: Final = "-"
_FEW: Final = 800
"""Looks into the table, some thirty a word, after which its lines are parted."""
UNCOUNTED: Final = -1

_DOUBLED: Final = tuple(index for index, reading in enumerate(READINGS) if SHADDA in reading)
_BARE_OR_SUKUN: Final = (0, 13)
_KASRA: Final = READING_INDEX[KASRA]
# Before ى: مُسْتَوَى and مُسْتَوًى.
_FATHA: Final = READING_INDEX[FATHA]
_DOUBLED_FATHA: Final = READING_INDEX[FATHA + SHADDA]
# A past verb of the third person ends in fatha, an imperative in sukun, but for what lengthens them and for تْ and نَ.
_OPEN_ENDS: Final = frozenset("اىوينت")
_TANWIN_OF: Final = {FATHA: FATHATAN, FATHA + SHADDA: FATHATAN + SHADDA}
_SUN: Final = frozenset("تثدذرزسشصضطظلن")
# What they carry is no choice of the reading: nothing, or what hamzat wasl takes at the beginning of a sentence.
_CARRIERS: Final = frozenset("اآى")
_HEADS: Final = ("", "و", "ف")
_NOUN_HEADS: Final = ("", "ب", "ل", "ك", "ال", "بال", "كال", "لل")
_VERB_HEADS: Final = ("", "س", "ل")
_TAILS: Final = ("", "ا", "ه", "ها", "هم", "هما", "هن", "ك", "كم", "نا", "ي", "ني")
_TAKEN_BY: Final = {
    **dict.fromkeys(["ال", "بال", "كال", "لل"], "NAE"),
    **dict.fromkeys(["ب", "ك"], "NAEXDP"),
    "ل": "NAEXDPRr",
    "س": "Rr",
    "": "NAEXDPVvFfRrI",
}
_VERBS: Final = frozenset("VvFfRrI")
_NOMINAL: Final = frozenset("NAEXD")
_CLITIC_READINGS: Final = {"و": (4,), "ف": (4,), "ب": (6,), "ل": (4, 6), "ك": (4,), "س": (4,)}

Readings = tuple[int, ...]
"""Indices into `READINGS` that a letter may have; an empty tuple leaves the letter open."""


@dataclass(frozen=True, slots=True)
class Form:
    """A reading of a word.

    Attributes:
        letters: What each letter of the word may carry, clitics included; case and mood endings are open.
        kind: N noun, A adjective or participle, E elative, X proper name, D adverb, P closed class; V v past active and
            passive of the third person, F f of the first and second, R r present active and passive, I imperative.
        gender: "m", "f" or "".
        number: "s", "d", "p" or "".
        stem: Where the stem begins and ends in the word.
        definite: Whether ال stands before it.
        commonness: How often the press has its lemma, as the natural logarithm of a count; or `UNCOUNTED`.
        takes: Of a verb of the third person: "t" it needs an object, "i" it has none, "b" it may have one; else "".
    """

    letters: tuple[Readings, ...]
    kind: str
    gender: str
    number: str
    stem: tuple[int, int]
    definite: bool
    commonness: int = UNCOUNTED
    takes: str = ""

    @property
    def is_nominal(self) -> bool:
        """Whether it has a case: a noun, an adjective, a name."""
        return self.kind in _NOMINAL

    @property
    def is_verb(self) -> bool:
        """Whether it is a verb of any kind."""
        return self.kind in _VERBS


class Forms:
    """The table; the readings of a word are taken apart when it is looked up.

    Args:
        table: Its lines, sorted, in UTF-8. They are sought in as they stand, in a file of which no more is read than
            is looked at: parting ninety thousand takes longer than the words of a sentence need, and pays with the
            words of an article.
    """

    def __init__(self, table: bytes | mmap.mmap) -> None:
        self._table = table
        self._lines: list[str] = []
        self._asked = 0
        self.of = lru_cache(maxsize=1 << 14)(self._of)

    def _of(self, word: str) -> tuple[Form, ...]:
        """Return every reading of a word, with or without clitics; none when the table does not know it."""
        return tuple(self._all(word))

    def only_verb(self, word: str) -> bool:
        """Return whether a word is a verb and can be nothing else."""
        found = self.of(word)
        return bool(found) and all(form.is_verb for form in found)

    def _all(self, word: str) -> Iterator[Form]:
        for head in _HEADS:
            if not word.startswith(head):
                continue
            for inner in dict.fromkeys((*_NOUN_HEADS, *_VERB_HEADS)):
                if word.startswith(inner, len(head)):
                    yield from self._with_head(word, head, inner)

    def _with_head(self, word: str, head: str, inner: str) -> Iterator[Form]:
        start = len(head) + len(inner)
        definite = inner.endswith("ال") or inner == "لل"
        for tail in _TAILS:
            end = len(word) - len(tail)
            if (
                end - start < 2 - (not head and not inner and not tail)
                or not word.endswith(tail)
                or (definite and tail)
            ):
                continue
            stem = word[start:end]
            for spelt in _spellings(stem, tail):
                for codes, tags in self._entries(spelt):
                    for tag in _merged(tags):
                        if _goes(tag[0], inner, tail):
                            letters = _letters(word, head, inner, codes, tail)
                            letters = _with_ending(word, tag[0], letters) if not tail else letters
                            gender = "f" if tag[0] in "NA" and spelt.endswith(("ة", "ات")) else tag[1].strip("-")
                            yield Form(
                                letters,
                                tag[0],
                                gender,
                                tag[2].strip("-"),
                                (start, end),
                                definite,
                                UNCOUNTED if tag[3] == "-" else ord(tag[3]) - ord("a"),
                                tag[4:],
                            )

    def _entries(self, stem: str) -> Iterator[tuple[str, list[str]]]:
        head = f"{stem}\t"
        line = self._line(head)
        for reading in line[len(head) :].split(" ") if line.startswith(head) else ():
            codes, _, tags = reading.partition("/")
            yield codes, tags.split(",")

    def _line(self, head: str) -> str:
        """Return the first line that is not before `head`."""
        self._asked += 1
        if self._asked < _FEW:
            return self._line_in_table(head.encode())
        if not self._lines:
            self._lines = str(self._table, "utf-8").splitlines()
        place = bisect_left(self._lines, head)
        return self._lines[place] if place < len(self._lines) else ""

    def _line_in_table(self, head: bytes) -> str:
        # The order of UTF-8 is that of its characters.
        table, low, high = self._table, 0, len(self._table)
        while low < high:
            start = table.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = table.find(b"\n", start) + 1 or len(table)
            if table[start:end] < head:
                low = end
            else:
                high = start
        end = table.find(b"\n", low)
        return table[low : end if end >= 0 else None].decode()


@cache
def load_forms() -> Forms:
    """Return the table that comes with the package."""
    with data_file("forms.txt").open("rb") as table:
        return Forms(mmap.mmap(table.fileno(), 0, access=mmap.ACCESS_READ))


def _spellings(stem: str, tail: str) -> tuple[str, ...]:
    """Return how a stem is written without the pronoun after it: حكومت(ه) is حكومة, مستشف(ا) of مستشفاه is مستشفى."""
    if tail and stem.endswith("ت"):
        return stem, stem[:-1] + "ة"
    if tail and stem.endswith("ا"):
        return stem, stem[:-1] + "ى"
    return (stem,)


def _with_ending(word: str, kind: str, letters: tuple[Readings, ...]) -> tuple[Readings, ...]:
    """Return the letters of a verb with the ending that its kind has whatever the sentence."""
    if word[-1] in _OPEN_ENDS or kind not in "VvI" or (kind == "I" and letters[-1]):
        return letters
    if kind == "I":
        return (*letters[:-1], (*_BARE_OR_SUKUN, _KASRA))
    return (*letters[:-1], (_DOUBLED_FATHA if letters[-1] else _FATHA,))


def _merged(tags: list[str]) -> list[str]:
    """Return the tags with one for a noun that is masculine and feminine: its gender is open."""
    genders: dict[str, set[str]] = {}
    common: dict[str, str] = {}
    takes: dict[str, str] = {}
    for tag in tags:
        kind = tag[0] + tag[2]
        genders.setdefault(kind, set()).add(tag[1])
        common[kind] = max(common.get(kind, "-"), tag[3])
        takes[kind] = tag[4:]
    return [
        f"{kind[0]}{next(iter(found)) if len(found) == 1 else '-'}{kind[1]}{common[kind]}{takes[kind]}"
        for kind, found in genders.items()
    ]


def _goes(kind: str, inner: str, tail: str) -> bool:
    """Return whether a word of this kind takes these clitics."""
    after = {"": "NAEXDPVvFfRrI", "ا": "NAE", "ني": "VFRI"}.get(tail, "NAEDPVFRI")
    return kind in after and kind in _TAKEN_BY[inner] and (tail != "ا" or not inner.endswith("ال"))


def _letters(word: str, head: str, inner: str, codes: str, tail: str) -> tuple[Readings, ...]:
    letters: list[Readings] = [_CLITIC_READINGS[letter] for letter in head]
    if inner in {"ال", "بال", "كال", "لل"}:
        sun = word[len(head) + len(inner)] in _SUN
        wasl = word.startswith("ا", len(head) + len(inner))
        lam: Readings = (0,) if sun else (*_BARE_OR_SUKUN, _KASRA) if wasl else _BARE_OR_SUKUN
        before = {"ال": ((0,),), "بال": ((6,), (0,)), "كال": ((4,), (0,)), "لل": ((6,),)}[inner]
        letters += [*before, lam]
    else:
        sun = False
        letters += [_CLITIC_READINGS[letter] for letter in inner]
    for place, code in enumerate(codes):
        last = place == len(codes) - 1
        if last:
            letters.append(() if code == OPEN else _DOUBLED)
        elif word[len(letters)] in _CARRIERS:
            letters.append(())
        else:
            index = CODES.index(code)
            options: Readings = _BARE_OR_SUKUN if index == 0 else (index,)
            if codes[place + 1 :] == OPEN and word[len(letters) + 1] == "ى" and READINGS[index] in _TANWIN_OF:
                options = (index, READING_INDEX[_TANWIN_OF[READINGS[index]]])
            if place == 0 and sun and index:
                options = (
                    (index, READINGS.index(READINGS[index] + SHADDA)) if SHADDA not in READINGS[index] else (index,)
                )
            letters.append(options)
    letters += [()] * len(tail)
    return tuple(letters)
