"""The silence between the phrases of one utterance. Their tunes are in the model, which is told the mark."""

from __future__ import annotations

from tts_news.speak.phonemes import Phrase, Tune

# Those of a newsreader: a breath at a comma, a longer one between sentences.
_PAUSES_S: dict[Tune, float] = {
    "stop": 0.50, "none": 0.50, "comma": 0.24, "list": 0.20, "breath": 0.14, "colon": 0.34, "question": 0.55,
    "asking": 0.55,
    "exclamation": 0.50, "ellipsis": 0.60,
}  # fmt: skip


def pause_after(phrase: Phrase) -> float:
    """Seconds of silence after a phrase that another one follows, at speed 1."""
    return _PAUSES_S[phrase.tune]
