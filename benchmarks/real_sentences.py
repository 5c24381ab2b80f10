"""Scores a program that reads lines on stdin and writes vowelled lines on the 320 news sentences; ours by default.

    python benchmarks/real_sentences.py [--second | --third] [COMMAND...]

`--second`: on the 150 sentences written after them; `--third`: on the 60 written after those.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "quality"))

from real_score import score, sentences

OURS = [sys.executable, "-m", "tts_news", "normalise", "--diacritise"]


def main(command: list[str]) -> None:
    name = next((part[2:] for part in command if part in {"--second", "--third"}), "sentences")
    command = [part for part in command if part != f"--{name}"] or OURS
    rows = sentences(name)
    lines = "\n".join(row.written for row in rows) + "\n"
    said = subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    scores = [score(row, line) for row, line in zip(rows, said, strict=True)]
    for row, line, one in zip(rows, said, scores, strict=True):
        if one.faults:
            pairs = "  ".join(f"{wanted or '-'} ≠ {heard or '-'}" for wanted, heard in one.faults)
            print(f"{row.id}\t{row.outlet}\t{'' if one.right else 'LETTERS'}\t{pairs}\n\t{row.written}\n\t{line}")
    print(f"{sum(one.right for one in scores) / len(scores):.1%} of {len(scores)} sentences right in every letter")
    wrong, words = sum(one.wrong for one in scores), sum(one.words for one in scores)
    print(f"{wrong / words:.2%} of {words} words said wrongly")


if __name__ == "__main__":
    main(sys.argv[1:])
