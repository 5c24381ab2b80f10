"""Build `tts_news/script/data/nouns.tsv`: singular, gender (m or f) and plurals of the nouns that news counts.

    python -m pip install arramooz-pysqlite && python tools/build_nouns.py

Source: the noun and word-frequency tables of arramooz-pysqlite 0.4.2 (Arramooz Alwaseet, Taha Zerrouki, GPL), cut to
nouns that occur in its frequency list, with `tools/nouns_corrections.txt` on top: the bulk calls حرب and بئر masculine,
and its plurals hold notes and rare forms.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
OUT = ROOT / "tts_news" / "script" / "data" / "nouns.tsv"
CORRECTIONS = ROOT / "tools" / "nouns_corrections.txt"
LEAST_FREQUENCY = 20
"""Below it the list holds mostly dictionary words no newspaper prints, and their plurals collide with common nouns."""

COMMON = 20_000
"""From this frequency on a plural of two or three letters is believed."""

_THINGS = ("مصدر", "جامد")
"""Word types (verbal nouns, primitive nouns) whose plural in ـات is their own."""

_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_ENDING = re.compile("[\u064b-\u0650]$")
_WORD = re.compile("^[\u0621-\u064a]{2,}$")


class Entry(NamedTuple):
    singular: str
    gender: str
    plurals: tuple[str, ...]
    frequency: int


def bare(text: str) -> str:
    return _MARKS.sub("", text).strip()


def plurals_of(row: sqlite3.Row) -> list[str]:
    forms = [bare(form) for form in re.split("[;،,]", row["broken_plural"] or "")]
    singular = row["unvocalized"]
    person = row["masculin_plural"]
    if person and not singular.endswith("ة"):
        forms.append(f"{singular}ين")
    if row["feminin_plural"]:
        if singular.endswith("ة"):
            forms.append(f"{singular[:-1]}ات")
        elif not person and row["wordtype"].endswith(_THINGS):
            # Of participles, adjectives and people the form is of the feminine: رئيسات is of رئيسة.
            forms.append(f"{singular}ات")
    return [form for form in forms if _WORD.match(form) and form != singular]


def bulk(data: Path) -> list[Entry]:
    frequency: dict[str, int] = defaultdict(int)
    with sqlite3.connect(data / "wordfreq.sqlite") as base:
        for form, count in base.execute("select vocalized, freq from wordfreq"):
            frequency[_ENDING.sub("", form)] += count
    readings: dict[str, list[tuple[int, sqlite3.Row]]] = defaultdict(list)
    with sqlite3.connect(data / "arabicdictionary.sqlite") as base:
        base.row_factory = sqlite3.Row
        for row in base.execute("select * from nouns where number = 'مفرد' order by id"):
            count = frequency.get(_ENDING.sub("", row["vocalized"]), 0)
            if count >= LEAST_FREQUENCY and _WORD.match(row["unvocalized"]):
                readings[row["unvocalized"]].append((count, row))
    entries = []
    feminine = {singular[:-1] for singular in readings if singular.endswith("ة")}
    for singular, rows in readings.items():
        rows.sort(key=lambda item: -item[0])
        gender = "f" if singular.endswith("ة") or rows[0][1]["gender"] == "مؤنث" else "m"
        forms = dict.fromkeys(form for _, row in rows for form in plurals_of(row))
        if singular in feminine:  # كلمات is of كلمة, not of كلم
            forms.pop(f"{singular}ات", None)
        entries.append(Entry(singular, gender, tuple(forms)[:4], rows[0][0]))
    return entries


def corrections() -> list[Entry]:
    entries, gender = [], ""
    for line in CORRECTIONS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            gender = line[1]
        elif not line.startswith("#"):
            for group in line.split():
                singular, _, plurals = group.partition("=")
                forms = tuple(bare(form) for form in plurals.split(","))
                # An underscore marks a second noun of the same spelling, listed for its plural alone.
                entries.append(Entry(bare(singular), gender, tuple(dict.fromkeys(forms)), 0))
    return entries


def main() -> int:
    spec = find_spec("arramooz")
    if spec is None or spec.origin is None:
        print("install arramooz-pysqlite first", file=sys.stderr)
        return 1
    table = {entry.singular: entry for entry in bulk(Path(spec.origin).parent / "data")}
    own = corrections()
    table.update({entry.singular: entry for entry in own})
    corrected = {form for entry in own for form in entry.plurals}
    lines = ["# singular, gender, plurals. Built by tools/build_nouns.py from arramooz-pysqlite (GPL) and corrections."]
    claimed: set[str] = set(corrected)
    ordered = own + sorted((e for e in table.values() if e not in own), key=lambda e: (-e.frequency, e.singular))
    for entry in ordered:
        # A plural belongs to the most frequent of the singulars that claim it: `nouns.find` looks no further.
        # Short plurals of rare nouns look like everything: وهي, لكن, مما.
        sure = entry.frequency == 0 or entry.frequency >= COMMON
        forms = [form for form in entry.plurals if entry.frequency == 0 or form not in claimed]
        forms = [form for form in forms if sure or len(form) > 3]
        claimed.update(forms)
        if forms or entry.singular.endswith("ة"):
            lines.append(f"{entry.singular}\t{entry.gender}\t{' '.join(forms)}")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} nouns")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
