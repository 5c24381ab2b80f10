"""Add to `tts_news/script/data/forms.txt` how common each reading is in the press, and the words it lacks.

    python -m pip install arramooz-pysqlite && python tools/count_forms.py

Source: arramooz 0.4.2 (T. Zerrouki, GPL): its counts of 37,700 vowelled lemmas in a press corpus, and its vowelled
broken plurals. Run it once after `build_forms.py`. A minute on one core.

A reading's lemma is found by its letters and marks: a noun without the endings of gender and number, a verb by its
form (I to X) and root letters, for which the vowels of form I do not count. The count becomes the fourth letter of a
tag: `a` is fewer than two, each further letter e times as many; `-` where nothing is counted: particles, names, and
plurals whose singular is not known.
"""

from __future__ import annotations

import math
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from build_forms import codes_of

from tts_news.script.diacritics.forms import CODES, OPEN
from tts_news.script.diacritics.marks import FATHA, HARAKAT, KASRA, READINGS, SHADDA, take_apart

TABLE = Path(__file__).parent.parent / "tts_news" / "script" / "data" / "forms.txt"
LEAST = 100
"""Rarer lemmas are not added: among them are slips of the counting."""
LEAST_OF_MANY = 3000
"""Broken plurals of rarer words are not added: every grammar lists more of them than anybody writes."""
LEAST_OF_TWO = 5000
"""What is rarer is not counted by two."""
LEAST_SHARE = 0.1
"""A word that is a noun, or an adjective, more seldom than this is none."""
LEAST_OF_PLURALS = 0.5
"""The same for broken plurals, which are counted with their singulars: عُمَّال are not said of anybody, عَامِلَة is."""
LEAST_OF_NAMES = 0.02
"""A common word that is a name more seldom than this is none."""
LEAST_OF_WORDS = 20000
PLURAL_SHARE = 0.3
"""How often a broken plural stands for each time that its singular does."""

_NOMINAL = {"noun": "N", "adj": "A", "adj_comp": "E", "noun_quant": "N", "adj_num": "A", "noun_prop": "X"}
_WEAK = str.maketrans(dict.fromkeys("واىي", "W") | dict.fromkeys("أإؤئآ", "ء"))
_ENDS_OF_ADJECTIVES = {FATHA + "ة": "fs", FATHA + "ات": "fp", "\u064fون": "mp", KASRA + "ين": "mp"}
_VERB_ENDS = ("", "ت", "وا", "ا", "تا", "ن", "تم", "نا")
_PRESENT_ENDS = ("", "ون", "وا", "ان", "ا", "ين", "ي", "ن")

Marks = Sequence[str]
Lemma = tuple[tuple[str, str], ...]
Verb = tuple[str, str]
"""The form (I to X, Q for four radicals) and the root letters, weak ones alike."""


class Counts(NamedTuple):
    nouns: dict[Lemma, float]
    verbs: dict[Verb, float]
    kinds: dict[tuple[str, Lemma], float]
    """How much of what is counted in `nouns` was a noun (N), an adjective (A)."""


def lemma(bases: str, marks: Marks) -> Lemma:
    """Return letters and marks without what is written in two ways: sukun, the fatha before alif, the ending."""
    out = []
    for place, (base, given) in enumerate(zip(bases, marks, strict=True)):
        vowel = "".join(mark for mark in given if mark in HARAKAT and mark != "\u0652")
        after = bases[place + 1 : place + 2]
        if not after or base in "اىآ" or (after in "اى" and vowel == FATHA) or after == "ة":
            vowel = ""
        out.append((base, (KASRA if base == "إ" else vowel) + (SHADDA if SHADDA in given else "")))
    return tuple(out)


def past(bases: str, marks: Marks) -> Verb:
    """Return the form and root letters of a past stem."""
    doubled = [SHADDA in mark for mark in marks]
    size = len(bases)
    if bases.startswith("است") and size >= 5:
        found = "X", bases[3:]
    elif bases.startswith("ان") and size >= 5:
        found = "VII", bases[2:]
    elif bases[0] == "ا":
        found = "VIII", bases[1:]
    elif bases[0] == "ت" and size >= 4 and (doubled[2] or bases[2] == "ا"):
        found = ("V" if doubled[2] else "VI"), bases[1:]
    elif bases[0] == "أ" and size >= 4:
        found = "IV", bases[1:]
    elif bases[0] == "آ":
        found = "IV", bases
    elif size >= 4:
        found = ("III" if bases[1] == "ا" else "Q"), bases
    else:
        found = ("II" if size == 3 and doubled[1] else "I"), bases + "2" * (size == 2)
    return found[0], found[1].translate(_WEAK)


def pasts(bases: str, marks: Marks) -> Iterator[Verb]:
    """Yield what a past verb with its endings may be of: حَاصَرَتْ, بَنَتْ, قَالُوا."""
    for end in _VERB_ENDS:
        size = len(bases) - len(end)
        if not bases.endswith(end) or size < 2:
            continue
        form, root = past(bases[:size], marks[:size])
        yield form, root
        if form == "I" and size == 2:
            yield from (("I", bases[:size].translate(_WEAK)), ("I", bases[:size].translate(_WEAK) + "W"))
        if size >= 4 and bases[1] == "و":
            yield "III", root
        if end in {"وا", "ت", "تا"}:
            yield form, root.rstrip("2") + "W"


def presents(bases: str, marks: Marks, *, passive: bool) -> Iterator[Verb]:
    """Yield what a present verb with its endings may be of."""
    for end in _PRESENT_ENDS:
        size = len(bases) - len(end)
        if bases.endswith(end) and size >= 3:
            yield from _present(bases[1:size], marks[:size], end, passive=passive)


def _present(stem: str, marks: Marks, end: str, *, passive: bool) -> Iterator[Verb]:
    root, size = stem.translate(_WEAK), len(stem)
    closed = FATHA in marks[0]
    doubled = [SHADDA in mark for mark in marks[1:]]
    if size == 3 and doubled[1]:
        yield "II", root
        return
    if size >= 4:
        yield from (("X", root[2:]),) if stem.startswith("ست") else ()
        yield from (("VII", root[1:]),) if stem[0] == "ن" and closed else ()
        yield from (
            (("V" if doubled[2] else "VI", root[1:]),) if stem[0] == "ت" and (doubled[2] or stem[2] == "ا") else ()
        )
        yield "III" if stem[1] == "ا" else "Q", root
    if doubled[0] or (size >= 4 and stem[1] in "تطدذ"):
        yield "VIII", root
    for form in ("I", "IV") if passive else ("I",) if closed else ("IV",):
        yield form, root
        if size == 2:
            yield from ((form, root + "2"), (form, "W" + root), (form, root + "W"))
        if end in {"ون", "وا", "ين"}:
            yield form, root + "W"


def singulars(bases: str, marks: Marks) -> Iterator[Lemma]:
    """Yield what a noun with its endings may be a form of."""
    yield lemma(bases, marks)
    if bases.endswith(("ة", "ت")) and len(bases) > 3:
        yield lemma(bases[:-1], marks[:-1]) if bases.endswith("ة") else lemma(bases[:-1] + "ة", marks)
    if bases.endswith(("ات", "ون", "ين", "ان")) and len(bases) > 4:
        yield lemma(bases[:-2], marks[:-2])
        yield lemma(bases[:-2] + "ة", [*marks[:-2], ""])
        if bases[-3] == "ت":
            yield lemma(bases[:-3] + "ة", [*marks[:-3], ""])


def rows(name: str, query: str) -> Iterator[tuple[str, str, float]]:
    spec = find_spec("arramooz")
    if spec is None or spec.origin is None:
        sys.exit("arramooz is not installed")
    with sqlite3.connect(Path(spec.origin).parent / "data" / name) as data:
        yield from data.execute(query)


def counted() -> Counts:
    nouns: dict[Lemma, float] = defaultdict(float)
    verbs: dict[Verb, float] = defaultdict(float)
    told: dict[tuple[str, Lemma], float] = defaultdict(float)
    for vowelled, kind, count in rows("wordfreq.sqlite", "select vocalized, word_type, freq from wordfreq"):
        apart = take_apart(vowelled)
        if kind == "verb":
            verbs[past(apart.bases, apart.marks)] += float(count)
        elif kind in _NOMINAL:
            nouns[lemma(apart.bases, apart.marks)] += float(count)
            told[_NOMINAL[kind], lemma(apart.bases, apart.marks)] += float(count)
    for plural, single, _ in plurals():
        count = PLURAL_SHARE * nouns.get(single, 0.0)
        key = lemma(*plural)
        nouns[key] = max(nouns.get(key, 0.0), count)
        for kind in "AN":
            told[kind, key] = max(told.get((kind, key), 0.0), PLURAL_SHARE * told.get((kind, single), 0.0))
    return Counts(nouns, verbs, told)


def plurals() -> Iterator[tuple[tuple[str, Marks], Lemma, str]]:
    """Yield the broken plurals, the lemma of their singular and its kind of word."""
    query = "select vocalized, single, wordtype from nouns where number = 'جمع تكسير' and single != ''"
    for vowelled, single, kind in rows("arabicdictionary.sqlite", query):
        plural, one = _without_ending(vowelled), _without_ending(single)
        yield (plural, lemma(*one), "A" if "صفة" in str(kind) or "مبالغة" in str(kind) else "N")


def _without_ending(vowelled: str) -> tuple[str, list[str]]:
    apart = take_apart(vowelled)
    marks = ["".join(dict.fromkeys(mark)) for mark in apart.marks]
    return apart.bases, [*marks[:-1], SHADDA if SHADDA in marks[-1] else ""]


def lemmas(counts: Counts) -> Iterator[tuple[str, str]]:
    """Yield the vowelled words that the table ought to know, each with its tag."""
    for vowelled, kind, count in rows("wordfreq.sqlite", "select vocalized, word_type, freq from wordfreq"):
        apart = take_apart(vowelled)
        if kind not in _NOMINAL or float(count) < LEAST or not _is_whole(apart.bases, apart.marks):
            continue
        tag, word = _NOMINAL[kind], _shown(apart.bases, apart.marks)
        yield word, f"{tag}{'f' if word.endswith('ة') else '-' if tag == 'X' else 'm'}s"
        if (tag == "A" and word[-1] not in "ةاى") or word.endswith("ي" + SHADDA):
            for end, forms in _ENDS_OF_ADJECTIVES.items():
                yield word + end, tag + forms
        elif tag == "N" and word.endswith("ة"):
            yield word[:-1] + "ات", "Nfp"
        if tag == "N" and float(count) >= LEAST_OF_TWO and word[-1] not in "اىءو":
            stem = word[:-1] + "ت" if word.endswith("ة") else word
            for end in (FATHA + "ان", FATHA + "ين"):
                yield stem + end, f"N{'f' if word.endswith('ة') else 'm'}d"
    for (bases, marks), single, kind in plurals():
        if counts.nouns.get(single, 0.0) >= LEAST_OF_MANY and _is_whole(bases, marks):
            yield _shown(bases, marks), f"{kind}-p"


def _is_whole(bases: str, marks: Marks) -> bool:
    """Return whether every letter that ought to have a mark has one."""
    return (
        len(bases) > 1
        and bases.isalpha()
        and all(
            mark or base in "اىآويإ" or after in "اىة"
            for base, mark, after in zip(bases, marks, bases[1:], strict=False)
        )
    )


def _shown(bases: str, marks: Marks) -> str:
    """Return a lemma with the fatha before alif and ة written."""
    shown = []
    for base, mark, after in zip(bases, marks, [*bases[1:], ""], strict=True):
        open_ = after and after in "اىة" and base not in "اىآ" and not HARAKAT.intersection(mark)
        kasra = KASRA if base == "إ" and not mark else ""
        shown.append(base + (FATHA if open_ else kasra) + mark)
    return "".join(shown)


def class_of(counts: Iterable[float]) -> str:
    """Return the letter of the highest of some counts."""
    return chr(ord("a") + min(25, int(math.log(max(1.0, *counts)))))


def common(word: str, codes: str, tag: str, counts: Counts) -> str:
    """Return how common a reading is, as the fourth letter of its tag."""
    kind = tag[0]
    marks = marks_of(codes)
    if kind in "PD":
        return "-"
    if kind in "VvFf":
        return class_of([0.0, *(counts.verbs.get(verb, 0.0) for verb in pasts(word, marks))])
    if kind in "Rr":
        return class_of([0.0, *(counts.verbs.get(verb, 0.0) for verb in presents(word, marks, passive=kind == "r"))])
    if kind == "I":
        return "-"
    found = max(counts.nouns.get(one, 0.0) for one in singulars(word, marks))
    return "-" if not found and (kind in "XE" or tag[2] == "p") else class_of([0.0, found])


def kinds(word: str, codes: str, tag: str, counts: Counts) -> list[str]:
    """Return the tags of a noun or adjective: جَدِيد is an adjective in the press, مُتَّهَم both."""
    if tag[0] not in "NAX":
        return [tag]
    marks = marks_of(codes)
    best = max(singulars(word, marks), key=lambda one: counts.nouns.get(one, 0.0))
    whole = counts.nouns.get(best, 0.0)
    if whole < LEAST:
        return [tag]
    share = {kind: counts.kinds.get((kind, best), 0.0) / whole for kind in "ANX"}
    if tag[0] == "X":
        return [tag] * (share["X"] >= LEAST_OF_NAMES or whole < LEAST_OF_WORDS)
    # The analyser knows participles by their shape; عَائِلَة has it as well, and is counted by itself.
    if tag[0] == "A":
        is_noun = share["N"] >= LEAST_SHARE
        found = ["A"] * bool(share["A"] or not (is_noun and word.endswith("ة") and best == lemma(word, marks)))
        found += ["N"] * is_noun
    else:
        least = LEAST_OF_PLURALS if tag[2] == "p" else LEAST_SHARE
        found = ["A"] * (share["A"] > least) + ["N"] * (share["A"] <= 1.0 - LEAST_SHARE)
    return [kind + tag[1:] for kind in found]


def is_whole(word: str, codes: str, tag: str, counts: Counts) -> bool:
    """Return whether what is tagged as a dual or sound plural is a commoner singular: قَانُون is not two of قَانٍ."""
    if tag[2] == "s" or not word.endswith(("ون", "ين", "ان")):
        return False
    marks = marks_of(codes)
    own, *parts = (counts.nouns.get(one, 0.0) for one in singulars(word, marks))
    return own > max([LEAST, *parts])


def marks_of(codes: str) -> list[str]:
    """Return the marks that the codes of a reading stand for, but for the ending."""
    return [_mark(code, last=place == len(codes) - 1) for place, code in enumerate(codes)]


def _mark(code: str, *, last: bool) -> str:
    if code == OPEN:
        return ""
    mark = READINGS[CODES.index(code)]
    return SHADDA if last and SHADDA in mark else "" if last else mark


def _is_variant(word: str, codes: str, tag: str, entries: Mapping[str, Iterable[str]], counts: Counts) -> bool:
    """Return whether a noun that is not counted differs from the one to add by one vowel: وَسَاطَة is counted as وِسَاطَة."""
    return tag[2] == "s" and any(
        other[0] in "NA"
        and sum(one != two for one, two in zip(codes, own, strict=True)) == 1
        and common(word, own, other, counts) == "a"
        for own, tags in entries.items()
        for other in tags
    )


def told(word: str, codes: str, tags: Iterable[str], counts: Counts) -> list[str]:
    """Return the tags of a reading as the press has it."""
    alone = [tag for tag in tags if tag[0] not in "NA" or not is_whole(word, codes, tag, counts)]
    found = dict.fromkeys(kind for tag in alone or tags for kind in kinds(word, codes, tag, counts))
    return list(found or tags)


def main() -> None:
    counts = counted()
    table: dict[str, dict[str, dict[str, None]]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        word, _, readings = line.partition("\t")
        entries = table.setdefault(word, {})
        for reading in readings.split(" "):
            codes, _, tags = reading.partition("/")
            entries[codes] = dict.fromkeys(tag[:3] for tag in tags.split(","))
    known = frozenset(table)
    for vowelled, tag in lemmas(counts):
        word, codes = take_apart(vowelled).bases, codes_of(vowelled)
        if codes is None or len(codes) != len(word) or (tag[0] == "X" and word in known):
            continue
        if codes not in table.get(word, {}) and not _is_variant(word, codes, tag, table.get(word, {}), counts):
            table.setdefault(word, {})[codes] = {tag: None}
    lines = []
    for word in sorted(table):
        readings = (
            f"{codes}/{','.join(tag + common(word, codes, tag, counts) for tag in told(word, codes, tags, counts))}"
            for codes, tags in table[word].items()
        )
        lines.append(f"{word}\t" + " ".join(readings))
    TABLE.write_bytes("\n".join(lines).encode())


if __name__ == "__main__":
    main()
