"""A piper voice that is made in a moment: a sine whose length follows the phonemes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

RATE = 16_000
SAMPLES_PER_ID = 400
LETTERS = "abdefhijklmnopqrstuvwxyzʔʕħɣθðʃʒχɡʤɛɪʊəɑɒɔaːˈˌˤ .,؟!"


def write_voice(place: Path) -> None:
    """Write model, configuration and voice.toml into a new folder."""
    place.mkdir(parents=True)
    (place / "tiny.onnx").write_bytes(tiny_model())
    (place / "tiny.onnx.json").write_text(json.dumps(config()))
    (place / "voice.toml").write_text('engine = "piper"\nlicence = "x"\nfiles = ["tiny.onnx", "tiny.onnx.json"]\n')


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
