"""Our phonemes as the full-context labels the teacher was trained on (the English HTS demo's format).

The teacher's labels came from Festival with an English syllabifier, which puts single consonants at the end of the
syllable before and makes a syllable of its own of some hamzas and ayns. The teacher's trees ask about those positions,
so they are rebuilt here as it knows them; the voice itself uses the true syllables of the front end.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from tts_news.speak.phonemes.inventory import BORROWED, PAUSE, VOWELS

# First consonant -> second consonants before which the teacher's syllabifier breaks a pair between vowels.
_SPLITS = {
    name: frozenset(seconds.split())
    for name, seconds in {
        "D": "E b l m r w y",
        "E": "D Z b d j l m n r th w y z",
        "H": "D S Z ^ b d f j k l m mm n q r s t th w y z",
        "S": "E H T b d f g l m n r w",
        "T": "E H ah b f h l m n q r w",
        "Z": "m r",
        "^": "b l m n q r t y yy",
        "ah": "^ ch h j k l m n nn r s t th w x y",
        "b": "E d g l n r th w y yy",
        "bb": "r",
        "ch": "E ah b f g h j k kk l m q r t w x y",
        "d": "E l m n r w y",
        "f": "D E H S T Z ah d g h j k l n q r s t w x y",
        "g": "b d l m n r th w y",
        "h": "d j l m n r t w",
        "j": "E b d l m n r th w y z",
        "k": "^ b ch f j l m n r s t w y yy",
        "l": "DD E EE ZZ b d dd g j jj ll m n nn rr thh v w y yy z zz",
        "m": "n r",
        "n": "m",
        "q": "D E S T b d f h l m n r s t w y yy",
        "qq": "r",
        "s": "E H T ^ ah b d f h j k l m n q r t w x y",
        "t": "E H ch f g h k l n q r s w y",
        "th": "E b l n r w",
        "tt": "t w",
        "w": "D E Z b d j l m n r th z",
        "ww": "yy",
        "x": "D S T b ch d f l m r t w z",
        "y": "D E b d j l m n r z",
        "z": "E b d j l m n r w y",
    }.items()
}
_LONERS = frozenset(("E", "EE", "ah", "ahh"))
_NONE = "0_0"


def teacher_syllables(phones: Sequence[str]) -> list[list[str]]:
    """A word's syllables as the teacher's labels have them; it has no hard g and no p."""
    phones = [BORROWED.get(phone, phone) for phone in phones]
    breaks = {0}
    nuclei = [i for i, phone in enumerate(phones) if phone in VOWELS]
    if nuclei and nuclei[0] and phones[nuclei[0] - 1] in _LONERS:
        breaks.add(nuclei[0])
    for left, right in pairwise(nuclei):
        breaks |= _breaks_between(phones, left, right)
    marks = [*sorted(breaks), len(phones)]
    return [list(phones[a:b]) for a, b in pairwise(marks)]


def _breaks_between(phones: Sequence[str], left: int, right: int) -> set[int]:
    if right - left < 3:
        return {right}
    first, second = phones[right - 2], phones[right - 1]
    if second not in _SPLITS.get(first, ()):
        return {right}
    return {right - 1, right} if second in _LONERS else {right - 1}


def label_lines(words: Sequence[Sequence[str]]) -> list[str]:
    """Full-context labels of one phrase, silence at both ends, one line a phone."""
    rows = [teacher_syllables(word) for word in words]
    counts = [len(row) for row in rows]
    syllables = [(w, s, syllable) for w, row in enumerate(rows) for s, syllable in enumerate(row)]
    total = len(syllables)
    phones = ["x", "x", PAUSE, *(p for _, _, syllable in syllables for p in syllable), PAUSE, "x", "x"]
    lines = [_line(phones, 2, _silence(rows, counts, first=True))]
    at = 3
    before = [0, *accumulate(counts)]
    for k, (w, s, syllable) in enumerate(syllables):
        context = _syllable_context(syllables, k) + _word_context(counts, w)
        place = f"@{s + 1}-{counts[w] - s}&{before[w] + s + 1}-{total - before[w] - s}"
        vowel = next((p for p in syllable if p in VOWELS), "novowel")
        for i in range(len(syllable)):
            head = f"@{i + 1}_{len(syllable) - i}/A:{_left(syllables, k)}/B:0-0-{len(syllable)}{place}"
            tail = f"/G:0_0/H:{total}={len(rows)}@1=1|NONE/I:0=0/J:{total}+{len(rows)}-1"
            lines.append(_line(phones, at, f"{head}#1-1$1-1!0-0;0-0|{vowel}{context}{tail}"))
            at += 1
    lines.append(_line(phones, at, _silence(rows, counts, first=False)))
    return lines


def _line(phones: Sequence[str], at: int, context: str) -> str:
    a, b, c, d, e = phones[at - 2 : at + 3]
    return f"{a}^{b}-{c}+{d}={e}{context}"


def _left(syllables: Sequence[tuple[int, int, list[str]]], k: int) -> str:
    return f"0_0_{len(syllables[k - 1][2]) if k else 0}"


def _syllable_context(syllables: Sequence[tuple[int, int, list[str]]], k: int) -> str:
    return f"/C:0+0+{len(syllables[k + 1][2]) if k + 1 < len(syllables) else 0}"


def _word_context(counts: Sequence[int], w: int) -> str:
    last = len(counts) - 1
    left = f"content_{counts[w - 1]}" if w else _NONE
    right = f"content_{counts[w + 1]}" if w < last else _NONE
    place = f"@{w + 1}+{last + 1 - w}&{w}+{last - w}#{int(w > 0)}+{int(w < last)}"
    return f"/D:{left}/E:content+{counts[w]}{place}/F:{right}"


def _silence(rows: Sequence[Sequence[list[str]]], counts: Sequence[int], *, first: bool) -> str:
    total, words = sum(counts), len(counts)
    middle = "/B:x-x-x@x-x&x-x#x-x$x-x!x-x;x-x|x"
    blank = "/E:x+x@x+x&x+x#x+x"
    if first:
        return (
            f"@x_x/A:0_0_0{middle}/C:0+0+{len(rows[0][0])}/D:0_0{blank}/F:content_{counts[0]}"
            f"/G:0_0/H:x=x@1=1|0/I:{total}={words}/J:{total}+{words}-1"
        )
    return (
        f"@x_x/A:0_0_{len(rows[-1][-1])}{middle}/C:0+0+0/D:content_{counts[-1]}{blank}/F:0_0"
        f"/G:{total}_{words}/H:x=x@1=1|0/I:0=0/J:{total}+{words}-1"
    )
