"""How whole news sentences are read, by the strictest editor's full readings: `real/sentences.jsonl`, CC BY 4.0.

A sentence is *right* when its letters are: every number, sign, name and restored hamza said as one of the accepted
readings says it (case shows in the letters of number words: عشرون, عشرين). A *word* is right when it sounds the same,
case ending included; what has no counterpart among the words of the reading counts as wrong.

`python benchmarks/real_sentences.py COMMAND...` scores any program that reads lines and writes vowelled ones.
"""

from __future__ import annotations

import difflib
import functools
import itertools
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
_MARKS = "\u064b-\u0652\u0670"
_WORD = re.compile(rf"[\u0621-\u063a\u0641-\u064a\u0671{_MARKS}]+")
_POINT = re.compile(f"^ف[{_MARKS}]*اص[{_MARKS}]*ل[{_MARKS}]*ا?$")
_PAUSAL = re.compile("ه\u0652$")
_MOST = 64  # readings of one sentence that are tried


class Sentence(NamedTuple):
    id: str
    outlet: str
    topic: str
    written: str
    spoken: str
    also: tuple[tuple[str, str], ...]


class Score(NamedTuple):
    """One sentence: whether its letters are right, wrong words of all, and the pairs that differ."""

    right: bool
    wrong: int
    words: int
    faults: tuple[tuple[str, str], ...]


def sentences(name: str = "sentences") -> list[Sentence]:
    """The sentences of a file of `real/`: the 320; `second`, the 150 written after them; `third`, 60 more."""
    lines = (HERE / "real" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line]
    return [
        Sentence(*(row[key] for key in ("id", "outlet", "topic", "written", "spoken")), tuple(map(tuple, row["also"])))
        for row in rows
    ]


def readings(sentence: Sentence) -> Iterator[str]:
    """Every accepted reading: each alternative taken or not."""
    pairs = [(a, b) for a, b in sentence.also if a in sentence.spoken]
    for taken in itertools.islice(itertools.product((False, True), repeat=len(pairs)), _MOST):
        text = sentence.spoken
        for (span, other), use in zip(pairs, taken, strict=True):
            text = text.replace(span, other) if use else text
        yield text


def score(sentence: Sentence, said: str) -> Score:
    """The best score among the accepted readings."""
    best: Score | None = None
    for reading in readings(sentence):
        one = _against(reading, said)
        if best is None or (not one.right, one.wrong) < (not best.right, best.wrong):
            best = one
        if one.right and not one.wrong:
            break
    assert best is not None
    return best


def _against(reading: str, said: str) -> Score:
    wanted, got = _words(reading), _words(said)
    letters = [_letters(word) for word in wanted], [_letters(word) for word in got]
    faults: list[tuple[str, str]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, *letters, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs = zip(wanted[a:b], got[c:d], strict=True)
            faults += [(one, other) for one, other in pairs if not _agree(one, other)]
        else:
            faults += itertools.zip_longest(wanted[a:b], got[c:d], fillvalue="")
    return Score(letters[0] == letters[1], len(faults), len(wanted), tuple(faults))


def _words(text: str) -> list[str]:
    """The words, with what two editors write in two ways written in one: مائة, the point's ending, a pausal ـه."""
    one = unicodedata.normalize("NFC", text).replace("\u0645\u0650\u0627\u0626\u064e", "\u0645\u0650\u0626\u064e")
    return [_PAUSAL.sub("ة", _POINT.sub("فاصل", word)) for word in _WORD.findall(one)]


def _letters(word: str) -> str:
    bare = re.sub(f"[{_MARKS}]", "", word).replace("ٱ", "ا")
    return bare.replace("مائة", "مئة").replace("مائت", "مئت")


@functools.lru_cache(maxsize=1 << 14)
def _sound(word: str) -> list[frozenset[str]]:
    from tts_news.script.diacritics.letter_errors import sound

    return sound(word)


def _agree(one: str, other: str) -> bool:
    """Whether two words of the same letters sound the same; digits said one by one may stand in pausal form."""
    first, second = _sound(one), _sound(other)
    pausal = one.endswith("ة") or other.endswith("ة")
    return first == second or (pausal and first[:-1] == second[:-1])
