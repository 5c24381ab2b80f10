"""The recogniser understands the house voice as when its figures were pinned: every fourth unseen sentence, live."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))

from voice_intelligibility import UNSEEN, measure, recogniser, speaker, written  # noqa: E402 - found by the line above

EVERY = 4
# The recogniser counts in 8 bits: another processor may round a letter or two otherwise.
LEEWAY = 1.15


def test_rawi_is_understood_as_when_it_was_measured(tmp_path: Path) -> None:
    pinned = json.loads((ROOT / "tests" / "quality" / "intelligibility.json").read_text(encoding="utf-8"))
    sentences = written("unseen", UNSEEN.read_text(encoding="utf-8"))[::EVERY]
    hear = recogniser(tmp_path / "whisper-base", 2)
    heard = measure({"unseen": sentences}, {"rawi": speaker("rawi")}, hear, tmp_path / "heard.tsv")["unseen"]["rawi"]
    before = pinned["unseen_letter_errors"][:: EVERY // pinned["every"]]
    assert len(before) == len(heard.by_sentence)
    assert heard.letter_errors <= LEEWAY * sum(before) + 2
