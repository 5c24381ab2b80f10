"""How natural the shipped voices are: by two predictors, pinned, and by what is measured in their sound on every run.

The predictors are too heavy for every run, so `benchmarks/voice_naturalness.py --write` pins what they said of forty
sentences that nothing was tuned on, together with the hashes of the voice: a new one cannot be shipped unmeasured.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from tests.quality.acoustics import Acoustics, acoustics
from tts_news.records import Utterance
from tts_news.script.pausal import pausal
from tts_news.speak.catalogue import CARD, built_in, load
from tts_news.speak.house import HouseEngine

REPORT = json.loads(Path(__file__).with_name("naturalness.json").read_text(encoding="utf-8"))
LINES = [
    line
    for line in (Path(__file__).parent / "data" / "vowelled.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#") and 9 <= len(line.split()) <= 14
]
# May only rise.
NISQA = {"rawi": 2.88, "rawiya": 2.83}
DISTILLMOS = {"rawi": 3.26, "rawiya": 3.37}
CHANGE = {"rawi": 0.48, "rawiya": 0.49}


@pytest.fixture(scope="module", params=["rawi", "rawiya"])
def heard(request: pytest.FixtureRequest) -> tuple[str, Acoustics]:
    engine = HouseEngine(load(built_in() / request.param / CARD))
    takes = [engine.speak(Utterance("c1", pausal(line))) for line in LINES[:4]]
    return request.param, acoustics(np.concatenate([take.samples for take in takes]).astype(float), takes[0].rate_hz)


@pytest.mark.parametrize("name", ["rawi/model.onnx", "rawi/voice.toml", "rawiya/voice.toml"])
def test_the_shipped_voice_is_the_measured_one(name: str) -> None:
    assert hashlib.sha256((built_in() / name).read_bytes()).hexdigest() == REPORT["files"][name]


def test_the_engine_and_the_sentences_are_those_of_the_gate() -> None:
    assert (REPORT["engine"], REPORT["half"]) == (HouseEngine.version, "report")
    assert REPORT["sentences"] >= 40


@pytest.mark.parametrize("voice", ["rawi", "rawiya"])
def test_both_predictors_like_the_voice_as_they_did(voice: str) -> None:
    score, teacher = REPORT["results"][voice], REPORT["results"]["teacher"]
    assert score["nisqa"] >= NISQA[voice]
    assert score["distillmos"] >= DISTILLMOS[voice]
    assert score["nisqa"] > teacher["nisqa"] + 0.2
    assert score["distillmos"] > teacher["distillmos"] + 0.5


def test_the_spectrum_moves_and_is_bright_as_speech_is(heard: tuple[str, Acoustics]) -> None:
    voice, sound = heard
    assert sound.change >= CHANGE[voice]
    assert -20 <= sound.bright_db <= -14  # natural speech has -20 to -16, by its sounds
