"""Build `tts_news/script/data/forms.txt`: the words there are, with every way each is read and what it then is.

    python -m pip install farahidi && python tools/build_forms.py

Source: farahidi 0.4.0 (GPL-3.0-or-later), a port of AlKhalil Morpho Sys 2 (A. Boudchiche, A. Mazroui and others): the
stems of its frequency list that occur at least `LEAST_FREQUENCY` times, each analysed; clitics are not in it, they are
cut off where a word is looked up. About half an hour on one core.

A line is a word without marks, a tab, and its readings: the marks of its letters (a letter of `CODES` each, the last
letter `-` but for a shadda), `/` and its tags, joined by `,`. A tag is a kind (`records` in
`tts_news/script/diacritics/forms.py`), a gender (m f -) and a number (s d p -).
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from farahidi import Analysis, Analyzer

from tts_news.script.diacritics.forms import CODES, OPEN
from tts_news.script.diacritics.marks import DAGGER_ALIF, READING_INDEX, SHADDA, SUKUN, strip, take_apart

OUT = Path(__file__).parent.parent / "tts_news" / "script" / "data" / "forms.txt"
LEAST_FREQUENCY = 2
"""Below it the list holds what nobody wrote: every root in every pattern."""

_ADJECTIVES = {"اسم فاعل", "اسم مفعول", "نسبة", "صفة مشبهة", "مبالغة اسم الفاعل"}
_CLOSED = {"ظرف": "D"} | dict.fromkeys(["إشارة", "ضمير", "موصول", "شرط", "استفهام", "فعل", "صوت", "حرف هجاء"], "P")
_GENDERS = {"مذكر": "m", "مؤنث": "f"}
_NUMBERS = {"مفرد": "s", "مثنى": "d", "جمع": "p"}


def frequencies(data: Path) -> dict[str, int]:
    with gzip.open(data / "DATA.MSA.SHA.STEM.map.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {row["key"]: row["value"] for row in map(json.loads, lines)}


def kind_of(a: Analysis) -> str:
    """Return the kind of a reading: see `Form` in forms.py."""
    if a.pos == "فعل" and a.tense:
        passive = a.voice == "مجهول"
        if a.tense == "ماض":
            return ("v" if passive else "V") if a.person == "غائب" else "f" if passive else "F"
        return "I" if a.tense == "أمر" else "r" if passive else "R"
    if a.type in _CLOSED or a.pos != "اسم":
        return _CLOSED.get(a.type or "", "P")
    if a.type == "اسم علم":
        return "X"
    return "A" if a.type in _ADJECTIVES else "E" if a.type == "اسم تفضيل" else "N"


def codes_of(vowelled: str) -> str | None:
    """Return the marks of a stem, a code a letter; None when they are none a reading can have."""
    apart = take_apart(vowelled)
    codes = []
    for place, (base, given) in enumerate(zip(apart.bases, apart.marks, strict=True)):
        marks = given.replace(DAGGER_ALIF, "").replace(SUKUN, "")
        if place == len(apart.bases) - 1:
            codes.append(CODES[READING_INDEX[SHADDA_OPEN]] if SHADDA in marks else OPEN)
        elif base in "اآى":
            codes.append(CODES[0])
        elif marks in READING_INDEX:
            codes.append(CODES[READING_INDEX[marks]])
        else:
            return None
    return "".join(codes)


SHADDA_OPEN = "\u064e\u0651"
"""Stands for any vowel under shadda on the last letter."""


def readings(word: str, analyses: list[Analysis], counted: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield the marks and tag of every reading that somebody wrote; of a word none of whose readings is, every one."""
    alone = [a for a in analyses if not a.proclitics and not a.enclitics and strip(a.stem) == word]
    written = [a for a in alone if counted.get(a.stem, 0) >= LEAST_FREQUENCY or a.type in {"اسم علم", "معربة"}]
    # Of a verb whose passive somebody wrote the active is good Arabic too: دُكَّت, دَكَّت.
    verbs = {a.lemma for a in written if a.voice == "مجهول"}
    for a in alone:
        if written and a not in written and not (a.voice == "معلوم" and a.lemma in verbs and a.person == "غائب"):
            continue
        codes = codes_of(a.stem)
        if codes:
            yield codes, kind_of(a) + _GENDERS.get(a.gender or "", "-") + _NUMBERS.get(a.number or "", "-")


def line_of(word: str, analyses: list[Analysis], counted: Mapping[str, int]) -> str:
    tags: dict[str, dict[str, None]] = defaultdict(dict)
    for codes, tag in readings(word, analyses, counted):
        tags[codes][tag] = None
    return f"{word}\t" + " ".join(f"{codes}/{','.join(found)}" for codes, found in tags.items()) if tags else ""


def main() -> None:
    spec = find_spec("farahidi")
    if spec is None or spec.origin is None:
        sys.exit("farahidi is not installed")
    counted = frequencies(Path(spec.origin).parent / "data")
    analyser = Analyzer()
    words = sorted({strip(stem) for stem, count in counted.items() if count >= LEAST_FREQUENCY})
    lines = filter(None, (line_of(word, analyser.analyze(word), counted) for word in words))
    OUT.write_bytes("\n".join(lines).encode())


if __name__ == "__main__":
    main()
