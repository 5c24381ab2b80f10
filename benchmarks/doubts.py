"""How often a word is wrong by how sure the reader was of it, and how many errors an editor meets who looks there.

    python benchmarks/doubts.py

On the sentences of tests/quality/real. A word is wrong as `real_score` counts.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from itertools import accumulate, pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "quality"))

from real_score import score, sentences

from tts_news.records import Article, Casting, Paragraph
from tts_news.script import ScriptSettings, review
from tts_news.script.doubts import Reading, Word

EDGES = (0, 0.5, 1, 2, 3, 5, 8, 12, 20, math.inf)


def read(name: str) -> list[tuple[list[Reading], int, list[tuple[Word, bool]]]]:
    """Return for each sentence its readings, how many of its words are wrong, and which."""
    found = sentences(name)
    article = Article("", tuple(Paragraph(one.written) for one in found))
    script, readings = review([article], ScriptSettings(pausal_forms=False), Casting("any"))
    by_block = defaultdict(list)
    for cue, reading in zip(script.cues, readings, strict=True):
        by_block[cue.block].append((cue, reading))
    rows = []
    for number, sentence in enumerate(found, 1):
        cues = by_block[f"a1b{number}"]
        judged = score(sentence, " ".join(cue.spoken for cue, _ in cues))
        wrong = Counter(said for _, said in judged.faults)
        words = []
        for word in (word for _, reading in cues for word in reading.words):
            words.append((word, wrong[word.spoken] > 0))
            wrong[word.spoken] -= 1
        rows.append(([reading for _, reading in cues], judged.wrong, words))
    return rows


def show() -> None:
    rows = [*read("sentences"), *read("second")]
    words = [pair for _, _, pairs in rows for pair in pairs if pair[0].origin == "model"]
    print("lead (nats)   words  wrong  |  unknown  wrong")
    for low, high in pairwise(EDGES):
        line = f"{low:4g} to {high:4g}"
        for unknown in (False, True):
            own = [bad for word, bad in words if low <= word.lead_nats < high and ("unknown" in word.doubts) == unknown]
            line += f"  {len(own):6} {100 * sum(own) / max(1, len(own)):5.1f} %"
        print(line)
    for doubt in ("case", "hamza"):
        own = [bad for word, bad in words if doubt in word.doubts]
        print(f"{doubt}: {len(own)} words, {100 * sum(own) / max(1, len(own)):.1f} % wrong")
    latin = [(sum(r.unsure for r in reads), wrong) for reads, wrong, _ in rows if any(r.latin for r in reads)]
    print(f"Latin: {len(latin)} sentences, {sum(w for _, w in latin)} wrong, {sum(u for u, _ in latin):.1f} expected")
    ordered = sorted(rows, key=lambda row: -sum(reading.unsure for reading in row[0]))
    wrong = list(accumulate(count for _, count, _ in ordered))
    for share in (0.1, 0.2, 0.3, 0.5):
        place = round(share * len(ordered))
        held = 100 * wrong[place - 1] / wrong[-1]
        print(f"the first {100 * share:.0f} % of the sentences hold {held:.0f} % of the errors")


if __name__ == "__main__":
    show()
