"""The error rate of diacritisation, pinned: raise the bar when it gets better, never lower it."""

from __future__ import annotations

from pathlib import Path

from tts_news.script import diacritise
from tts_news.script.diacritics.letter_errors import Errors, errors
from tts_news.script.diacritics.marks import strip

SENTENCES = (Path(__file__).parent / "data" / "vowelled.txt").read_text(encoding="utf-8").splitlines()
# benchmarks/diacritics.py prints what the models make of the same sentences by themselves.
MOST_LETTERS_WRONG = 0.0106


def test_news_sentences_stay_below_the_pinned_error_rate() -> None:
    total = sum((errors(line, diacritise(strip(line))) for line in SENTENCES), Errors())
    assert total.letters > 2900
    assert total.rate <= MOST_LETTERS_WRONG, f"{total.rate:.2%} of {total.letters} letters, {total.endings} endings"
