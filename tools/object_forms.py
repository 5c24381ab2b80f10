"""Add to `tts_news/script/data/forms.txt` which readings of verbs take an object.

    python -m pip install farahidi && python tools/object_forms.py

Source: farahidi 0.4.0 (GPL-3.0-or-later), which says of every verb whether it is لازم, متعد or both. Run it last, after
`build_forms.py` and `count_forms.py`. Half an hour on one core.

It becomes the fifth letter of the tag of a verb of the third person: `t` it needs an object, `i` it has none, `b` it
may have one. Verbs that are written and vowelled alike are taken together.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from build_forms import codes_of, kind_of
from farahidi import Analyzer

from tts_news.script.diacritics.marks import strip

TABLE = Path(__file__).parent.parent / "tts_news" / "script" / "data" / "forms.txt"
KINDS = frozenset("VvRr")
_NEEDS, _HAS_NONE = "متعد", "لازم"


def objects(word: str, analyser: Analyzer) -> dict[tuple[str, str], str]:
    """Return, for the marks and kind of each reading as a verb, whether it takes an object."""
    found: dict[tuple[str, str], str] = defaultdict(str)
    for one in analyser.analyze(word):
        if one.pos == "فعل" and one.tense and not one.proclitics and strip(one.stem) == word:
            found[codes_of(one.stem) or "", kind_of(one)] += str(one.transitivity)
    return {
        key: "b" if _NEEDS in said and _HAS_NONE in said else "t" if _NEEDS in said else "i"
        for key, said in found.items()
    }


def tagged(line: str, analyser: Analyzer) -> str:
    """Return a line of the table with the fifth letters of its verbs."""
    word, _, readings = line.partition("\t")
    if not any(tag[0] in KINDS for reading in readings.split(" ") for tag in reading.partition("/")[2].split(",")):
        return line
    known = objects(word, analyser)
    out = []
    for reading in readings.split(" "):
        codes, _, tags = reading.partition("/")
        said = (tag[:4] + known.get((codes, tag[0]), "") if tag[0] in KINDS else tag for tag in tags.split(","))
        out.append(f"{codes}/{','.join(said)}")
    return f"{word}\t" + " ".join(out)


def main() -> None:
    analyser = Analyzer()
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    TABLE.write_bytes("\n".join(tagged(line, analyser) for line in lines).encode())


if __name__ == "__main__":
    main()
