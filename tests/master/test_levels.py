from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tones import ToneTakes, article_script

from tts_news.master.layout import plan
from tts_news.master.levels import balance, survey
from tts_news.records import Script

RATE = 44_100


def two_voices() -> Script:
    script = article_script()
    cues = tuple(replace(cue, voice="quiet" if number % 2 else "tone") for number, cue in enumerate(script.cues))
    return replace(script, cues=cues)


def test_voices_of_different_loudness_come_out_equal() -> None:
    script = two_voices()
    measured = survey(ToneTakes(script, levels=(("quiet", 0.02), ("tone", 0.4))), RATE)
    layout = plan(script, measured.spoken, {}, RATE, 10)
    gains = balance(measured, layout, {}, -16.0, -2.0).voices
    assert 20 * np.log10(gains["quiet"] / gains["tone"]) == pytest.approx(20 * np.log10(20), abs=0.5)


def test_a_voice_that_is_to_be_softer_stays_so() -> None:
    script = two_voices()
    measured = survey(ToneTakes(script), RATE)
    layout = plan(script, measured.spoken, {}, RATE, 10)
    gains = balance(measured, layout, {}, -16.0, -2.0, {"quiet": -3.0}).voices
    assert 20 * np.log10(gains["quiet"] / gains["tone"]) == pytest.approx(-3.0, abs=0.2)


def test_another_target_moves_every_gain_by_as_much() -> None:
    script = two_voices()
    measured = survey(ToneTakes(script), RATE)
    layout = plan(script, measured.spoken, {}, RATE, 10)
    loud, soft = (balance(measured, layout, {}, target, -2.0).voices["tone"] for target in (-16.0, -19.0))
    assert 20 * np.log10(loud / soft) == pytest.approx(3.0, abs=1e-6)


def test_hardly_audible_voices_are_not_lifted_without_end() -> None:
    script = article_script()
    measured = survey(ToneTakes(script, levels=(("tone", 0.0009),)), RATE)
    layout = plan(script, measured.spoken, {}, RATE, 10)
    assert balance(measured, layout, {}, -16.0, -2.0).voices["tone"] <= 101


def test_the_survey_is_small_whatever_the_takes_weigh() -> None:
    script = article_script()
    measured = survey(ToneTakes(script, rate_hz=48_000, seconds=20), RATE)
    assert measured.powers.nbytes + measured.kept.nbytes < 20 * len(script.cues) * 50
