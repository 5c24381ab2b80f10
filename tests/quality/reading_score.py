"""How a reading is judged: diacritics, punctuation and the seat of the hamza on alif do not count.

Nominative and oblique of the number words are the same, unless a ب, ل or ك is attached, which leaves no choice. All
else counts: gender, dual, the form of the counted noun, a nun kept or dropped.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670]")
_PAUSES = re.compile(r"[.,،؛;:!؟?…«»\"'()\[\]–—-]")
_SEATS = str.maketrans("أإآ", "ااا")
_CLEAN = re.compile("^[\u0621-\u063a\u0641-\u0652\u0670 \n.,،؛:!؟…]*$")

_UNITS = "اثن اثنت مئت الف مليون مليار تريليون"
_OBLIQUE = {
    **{f"{tens}ين": f"{tens}ون" for tens in "عشر ثلاث اربع خمس ست سبع ثمان تسع".split()},
    **{f"{dual}ين": f"{dual}ان" for dual in _UNITS.split()},
    **{f"{dual}ي": f"{dual}ا" for dual in _UNITS.split()},
}


class Case(NamedTuple):
    kind: str
    written: str
    accepted: tuple[str, ...]


def cases(folder: Path) -> list[Case]:
    """All rows of the tables in `folder`."""
    rows = []
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                kind, written, accepted = line.split("\t")
                rows.append(Case(kind, written, tuple(accepted.split("|"))))
    return rows


def _fold_case(word: str) -> str:
    joiner = "و" if word.startswith("و") and word[1:].removeprefix("ال") in _OBLIQUE else ""
    rest = word[len(joiner) :]
    article = "ال" if rest.startswith("ال") and rest not in _OBLIQUE else ""
    stem = rest.removeprefix(article)
    return joiner + article + _OBLIQUE.get(stem, stem)


def fold(text: str) -> str:
    """What counts of a reading."""
    words = _PAUSES.sub(" ", _MARKS.sub("", text)).translate(_SEATS).split()
    return " ".join(map(_fold_case, words))


def is_accepted(case: Case, said: str) -> bool:
    """Whether `said` is one of the accepted readings."""
    return fold(said) in {fold(reading) for reading in case.accepted}


def is_clean(said: str) -> bool:
    """Whether only Arabic letters, marks and pauses are left."""
    return _CLEAN.match(said) is not None


def score(rows: list[Case], readings: list[str]) -> dict[str, tuple[int, int]]:
    """Accepted and all, by kind."""
    table: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for case, said in zip(rows, readings, strict=True):
        right, everything = table[case.kind]
        table[case.kind] = (right + is_accepted(case, said), everything + 1)
    return dict(table)
