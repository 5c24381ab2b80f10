"""Real piper-tts on a tiny voice made here: a sine whose length follows the phonemes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from tts_news.errors import SpeakError
from tts_news.records import Utterance
from tts_news.speak import catalogue
from tts_news.speak.piper import PiperEngine

RATE = 16_000
SAMPLES_PER_ID = 400
TEXT = "طَلَعَتِ الشَّمْسُ فِي الصَّبَاحِ."
LETTERS = "abdefhijklmnopqrstuvwxyzʔʕħɣθðʃʒχɡʤɛɪʊəɑɒɔaːˈˌˤ .,؟!"


def tiny_model() -> bytes:
    """Scales [noise, length, width] and n phoneme ids in, 400 * n * length samples of a sine out."""

    def constant(name: str, value: np.ndarray) -> onnx.TensorProto:
        return numpy_helper.from_array(value, name)

    nodes = [
        helper.make_node("Cast", ["input_lengths"], ["n"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["scales", "one"], ["length"]),
        helper.make_node("Mul", ["n", "length"], ["scaled"]),
        helper.make_node("Mul", ["scaled", "per_id"], ["total"]),
        helper.make_node("Squeeze", ["total"], ["last"]),
        helper.make_node("Range", ["zero", "last", "step"], ["time"]),
        helper.make_node("Mul", ["time", "turn"], ["phase"]),
        helper.make_node("Sin", ["phase"], ["wave"]),
        helper.make_node("Reshape", ["wave", "shape"], ["output"]),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [
            helper.make_tensor_value_info("input", TensorProto.INT64, [1, "t"]),
            helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
            helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
        ],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, "s"])],
        [
            constant("one", np.array([1], np.int64)),
            constant("per_id", np.array([SAMPLES_PER_ID], np.float32)),
            constant("zero", np.array(0, np.float32)),
            constant("step", np.array(1, np.float32)),
            constant("turn", np.array(0.1, np.float32)),
            constant("shape", np.array([1, 1, 1, -1], np.int64)),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    return model.SerializeToString()


def config(espeak_voice: str = "ar") -> dict[str, object]:
    ids = {"_": [0], "^": [1], "$": [2], **{letter: [i + 3] for i, letter in enumerate(dict.fromkeys(LETTERS))}}
    return {
        "num_symbols": 256,
        "num_speakers": 1,
        "audio": {"sample_rate": RATE},
        "espeak": {"voice": espeak_voice},
        "phoneme_type": "espeak",
        "phoneme_id_map": ids,
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "tiny"
    place.mkdir()
    (place / "tiny.onnx").write_bytes(tiny_model())
    (place / "tiny.onnx.json").write_text(json.dumps(config()))
    (place / "voice.toml").write_text('engine = "piper"\nlicence = "x"\nfiles = ["tiny.onnx", "tiny.onnx.json"]\n')
    return place


def engine(folder: Path) -> PiperEngine:
    return PiperEngine(catalogue.load(folder / "voice.toml"))


def test_it_speaks_at_the_models_rate(folder: Path) -> None:
    take = engine(folder).speak(Utterance("c1", TEXT))
    assert take.rate_hz == RATE
    assert take.samples.dtype == np.float32
    assert 0.85 < np.abs(take.samples).max() <= 0.91


def test_the_same_text_gives_the_same_samples(folder: Path) -> None:
    voice = engine(folder)
    np.testing.assert_array_equal(
        voice.speak(Utterance("c1", TEXT)).samples, voice.speak(Utterance("c2", TEXT)).samples
    )


def test_twice_the_speed_is_half_as_long(folder: Path) -> None:
    voice = engine(folder)
    slow, fast = (len(voice.speak(Utterance("c1", TEXT, speed=speed)).samples) for speed in (1.0, 2.0))
    assert fast == pytest.approx(slow / 2, rel=0.01)


def test_marks_are_spoken_as_given_and_not_guessed_again(folder: Path) -> None:
    voice = engine(folder)
    marked, bare = (len(voice.speak(Utterance("c1", text)).samples) for text in ("كَتَبَ", "كتب"))
    assert marked > bare


def test_another_pitch_is_refused(folder: Path) -> None:
    with pytest.raises(SpeakError, match="one pitch"):
        engine(folder).speak(Utterance("c1", TEXT, pitch=1.2))


@pytest.mark.parametrize(
    "fault", ["truncated", "no config", "garbage config", "config of something else", "wrong language"]
)
def test_a_broken_voice_is_an_error_that_names_it(folder: Path, fault: str) -> None:
    model, settings = folder / "tiny.onnx", folder / "tiny.onnx.json"
    if fault == "truncated":
        model.write_bytes(model.read_bytes()[:100])
    elif fault == "no config":
        settings.unlink()
    elif fault == "garbage config":
        settings.write_text("{")
    elif fault == "config of something else":
        settings.write_text("{}")
    else:
        settings.write_text(json.dumps(config("de")))
    with pytest.raises(SpeakError, match="voice tiny"):
        engine(folder)
