"""Every number to ten thousand, in three cases, alone and before a noun: marks by a grammar of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest

from tts_news.script.number_marks import mark_numbers
from tts_news.script.rules.grammar import Case
from tts_news.script.rules.nouns import Noun
from tts_news.script.rules.numerals import cardinal, counted
from tts_news.script.rules.quantity import SCALE_NOUNS, Quantity, say

CASES: tuple[Case, ...] = ("nom", "gen", "acc")
SHORT = {"nom": "\u064f", "gen": "\u0650", "acc": "\u064e"}
TANWIN = {"nom": "\u064c", "gen": "\u064d", "acc": "\u064b"}
UNITS = "- وَاحِد اثْن ثَلَاثَة أَرْبَعَة خَمْسَة سِتَّة سَبْعَة ثَمَانِيَة تِسْعَة عَشَرَة".split()
STEMS = "- - عِشْر ثَلَاث أَرْبَع خَمْس سِتّ سَبْع ثَمَان تِسْع".split()


def dual(stem: str, case: Case, *, construct: bool) -> str:
    return stem + ("َا" if case == "nom" else "َيْ") + ("" if construct else "نِ")


def below_hundred(n: int, case: Case, *, construct: bool) -> Iterator[str]:
    """The parts of 1 to 99, counting something masculine."""
    unit, tens = n % 10, n // 10
    if n == 1:
        yield "وَاحِدًا" if case == "acc" else UNITS[1] + TANWIN[case]
    elif n == 2:
        yield dual("اثْن", case, construct=False)
    elif n <= 10:
        yield UNITS[n] + (SHORT if construct else TANWIN)[case]
    elif n < 20:
        first = {11: "أَحَدَ", 12: dual("اثْن", case, construct=True)}.get(n, f"{UNITS[unit]}\u064e")
        yield f"{first} عَشَرَ"
    else:
        if unit == 1:
            yield "وَاحِدًا" if case == "acc" else UNITS[1] + TANWIN[case]
        elif unit == 2:
            yield dual("اثْن", case, construct=False)
        elif unit:
            yield UNITS[unit] + TANWIN[case]
        yield STEMS[tens] + ("ُونَ" if case == "nom" else "ِينَ")


def expected(n: int, case: Case, *, construct: bool) -> str:
    parts: list[str] = []
    thousands, hundreds, rest = n // 1000, n // 100 % 10, n % 100
    last = construct and not (hundreds or rest)
    if thousands == 1:
        parts.append("أَلْفًا" if case == "acc" and not last else "أَلْف" + (SHORT if last else TANWIN)[case])
    elif thousands == 2:
        parts.append(dual("أَلْف", case, construct=last))
    elif thousands:
        parts.append(f"{UNITS[thousands]}{SHORT[case]} آلَاف{(SHORT if last else TANWIN)['gen']}")
    last = construct and not rest
    if hundreds == 1:
        parts.append("مِئَة" + (SHORT if last else TANWIN)[case])
    elif hundreds == 2:
        parts.append(dual("مِئَت", case, construct=last))
    elif hundreds:
        parts.append(f"{STEMS[hundreds]}{SHORT[case]}مِئَة{(SHORT if last else TANWIN)['gen']}")
    if rest:
        parts += below_hundred(rest, case, construct=construct)
    return unicodedata.normalize("NFC", " وَ".join(parts))


def marked(text: str, case: Case, *, ends: set[int]) -> str:
    forms = text.split()
    mark_numbers(text.split(), forms, ends, set(), {0: case})
    return unicodedata.normalize("NFC", " ".join(forms))


@pytest.mark.parametrize("case", CASES)
def test_a_number_alone(case: Case) -> None:
    for n in range(1, 10_001):
        words = cardinal(n, case=case)
        assert marked(words, case, ends={len(words.split()) - 1}) == expected(n, case, construct=False), n


@pytest.mark.parametrize("case", CASES)
def test_a_number_before_what_it_counts(case: Case) -> None:
    book = Noun("كتاب", "m", "كتب")
    for n in range(3, 10_001):
        if n % 100 not in (1, 2):
            said = marked(counted(n, book, case=case), case, ends=set()).rpartition(" ")[0]
            assert said == expected(n, case, construct=True), n


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("decimals", "part"), [("5", "نِصْف"), ("25", "رُبْع")])
def test_millions_and_a_half(case: Case, decimals: str, part: str) -> None:
    for n in range(3, 11):
        words = say(Quantity(n, decimals, SCALE_NOUNS["مليون"]), Noun("دينار", "m", "دنانير"), case)
        said = marked(words, case, ends=set())
        assert said.startswith(f"{UNITS[n]}{SHORT[case]} مَلَايِينَ وَ{part}{SHORT[case]} الْمِلْيُونِ دينار"), said
