"""Add to `tts_news/script/data/forms.txt` which readings of verbs take an object, and what it lacks of common verbs.

    python -m pip install farahidi arramooz-pysqlite && python tools/object_forms.py

Sources: farahidi 0.4.0 (GPL-3.0-or-later), which says of every verb whether it is لازم, متعد or both, and arramooz
0.4.2 (GPL): what has no object there has none whatever the other says. Run it last, after `build_forms.py` and
`count_forms.py`. Twenty minutes on one core.

It becomes the fifth letter of the tag of a verb of the third person: `t` it needs an object, `i` it has none, `b` it
may have one. Verbs that are written and vowelled alike are taken together. The table has the readings that somebody
wrote; beside that of a common verb, those of other common verbs are words as well, written or not (تُخَفِّضُ).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from build_forms import codes_of, kind_of
from count_forms import Counts, Verb, common, counted, marks_of, past, pasts, presents, rows
from farahidi import Analyzer

from tts_news.script.diacritics.marks import strip, take_apart

TABLE = Path(__file__).parent.parent / "tts_news" / "script" / "data" / "forms.txt"
KINDS = frozenset("VvRr")
LEAST = "i"
"""How common a verb is, by the letters of `count_forms.class_of`, all of whose readings are words."""
_NEEDS, _HAS_NONE = "متعد", "لازم"


@cache
def without_object() -> frozenset[Verb]:
    """Return the verbs that have no object in arramooz, whatever their vowels.

    Those that end in a weak letter are left out: رَوَى is read like رَوِيَ.
    """
    found: dict[Verb, set[int]] = defaultdict(set)
    for vowelled, takes in rows("arabicdictionary.sqlite", "select vocalized, transitive from verbs"):
        apart = take_apart(vowelled)
        found[past(apart.bases, [*apart.marks[:-1], ""])].add(int(takes))
    return frozenset(verb for verb, takes in found.items() if takes == {0} and not verb[1].endswith("W"))


def objects(word: str, analyser: Analyzer) -> dict[tuple[str, str], str]:
    """Return, for the marks and kind of each reading as a verb, whether it takes an object."""
    found: dict[tuple[str, str], str] = defaultdict(str)
    for one in analyser.analyze(word):
        if one.pos == "فعل" and one.tense and not one.proclitics and strip(one.stem) == word:
            found[codes_of(one.stem) or "", kind_of(one)] += str(one.transitivity)
    return {
        (codes, kind): _takes(word, codes, kind, said)
        for (codes, kind), said in found.items()
        if codes and kind in KINDS
    }


def _takes(word: str, codes: str, kind: str, said: str) -> str:
    marks = marks_of(codes)
    own = pasts(word, marks) if kind in "Vv" else presents(word, marks, passive=kind == "r")
    if not without_object().isdisjoint(own):
        return "i"
    return "b" if _NEEDS in said and _HAS_NONE in said else "t" if _NEEDS in said else "i"


def tagged(line: str, analyser: Analyzer, counts: Counts) -> str:
    """Return a line of the table with the fifth letters of its verbs, and with the verbs it lacks."""
    word, _, readings = line.partition("\t")
    table = {codes: tags.split(",") for codes, _, tags in (reading.partition("/") for reading in readings.split(" "))}
    if not any(tag[0] in KINDS for tags in table.values() for tag in tags):
        return line
    known = objects(word, analyser)
    for codes, tag in _lacking(word, table, known, counts):
        table.setdefault(codes, []).append(tag)
    told = {
        codes: [tag[:4] + known.get((codes, tag[0]), "") if tag[0] in KINDS else tag for tag in tags]
        for codes, tags in table.items()
    }
    return f"{word}\t" + " ".join(f"{codes}/{','.join(tags)}" for codes, tags in told.items())


def _lacking(
    word: str, table: Mapping[str, list[str]], known: Mapping[tuple[str, str], str], counts: Counts
) -> Iterator[tuple[str, str]]:
    # The roots that end in a weak letter are counted with others: تُرْوِي with تُرِي.
    if word[-1] in "يىو" or not any(tag[0] in KINDS and tag[3] >= LEAST for tags in table.values() for tag in tags):
        return
    for (codes, kind), takes in known.items():
        if any(tag[0] == kind for tag in table.get(codes, ())) or (kind in "vr" and takes == "i"):
            continue
        seen = common(word, codes, f"{kind}--", counts)
        if seen >= LEAST:
            yield codes, f"{kind}--{seen}"


def main() -> None:
    analyser, counts = Analyzer(), counted()
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    TABLE.write_bytes("\n".join(tagged(line, analyser, counts) for line in lines).encode())


if __name__ == "__main__":
    main()
