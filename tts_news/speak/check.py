"""Is a take fit to be heard? Nobody listens before it is published, so what can be measured is."""

from __future__ import annotations

import numpy as np

from tts_news.errors import SpeakError
from tts_news.records import Take, Utterance

QUIETEST = 1e-3  # -60 dBFS: below that nothing was said
SHORTEST_S = 0.05


def check(take: Take, utterance: Utterance) -> None:
    """Raise unless the take is non-empty, finite, audible and within full scale.

    Raises:
        SpeakError: Names the utterance and what is wrong with its sound.
    """
    samples = take.samples
    fault = ""
    if len(samples) < SHORTEST_S * take.rate_hz:
        fault = "is empty"
    elif not np.isfinite(samples).all():
        fault = "holds values that are no sound"
    elif (peak := float(np.abs(samples).max())) < QUIETEST:
        fault = "is silent"
    elif peak > 1.0:
        fault = "is clipped"
    if fault:
        raise SpeakError(f"{utterance.id}: the take {fault}: {utterance.text!r}")
