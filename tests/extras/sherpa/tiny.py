"""Models that are made in a moment and that sherpa-onnx takes for its own: sines whose length follows the tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper

RATE = 24_000
SAMPLES_PER_TOKEN = 1600
FRAMES_PER_TOKEN = 8
HOP = SAMPLES_PER_TOKEN // FRAMES_PER_TOKEN
PHONES = "abdefhijklmnopqrstuvwxyzʔʕħɣθðʃʒχɡʤɛɪʊəɑɒɔ"
KOKORO = "$;:,.!?— " + PHONES + "ːˈˌ"
PIPER = "_^$ !',-.:;?" + PHONES + "ːˈˌˤ\u032a"
LETTERS = "_ ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"

KOKORO_FACTS = {
    "model_type": "kokoro", "language": "Arabic", "voice": "ar", "has_espeak": 1, "sample_rate": RATE, "version": 1,
    "style_dim": "510,1,256", "n_speakers": 2, "max_token_len": 510, "comment": "for tests",
}  # fmt: skip

Shape = Sequence[int | str]
_TYPES = {"i": TensorProto.INT64, "f": TensorProto.FLOAT}


def write_kokoro(place: Path) -> None:
    """Write a model with two voices of 510 styles each."""
    inputs = {"tokens": ("i", [1, "t"]), "style": ("f", [1, 256]), "speed": ("f", [1])}
    nodes = [*_sum("tokens"), *_samples("tokens", "speed", "Div"), *_sine("audio", [-1])]
    (place / "model.onnx").write_bytes(_model(nodes, inputs, {"audio": ["s"]}, KOKORO_FACTS))
    np.zeros((2, 510, 1, 256), "<f4").tofile(place / "voices.bin")
    write_tokens(place, KOKORO)


def write_piper(place: Path) -> None:
    """Write a model as piper's are stamped for sherpa-onnx."""
    facts = {
        "model_type": "vits", "comment": "piper", "language": "Arabic", "voice": "ar", "has_espeak": 1,
        "n_speakers": 1, "sample_rate": RATE,
    }  # fmt: skip
    inputs = {"input": ("i", [1, "t"]), "input_lengths": ("i", [1]), "scales": ("f", [3])}
    nodes = [
        *_sum("input"),
        helper.make_node("Gather", ["scales", "second"], ["length"]),
        *_samples("input", "length", "Mul"),
        *_sine("output", [1, 1, 1, -1]),
    ]
    (place / "model.onnx").write_bytes(_model(nodes, inputs, {"output": [1, 1, 1, "s"]}, facts))
    write_tokens(place, PIPER)


def write_mms(place: Path) -> None:
    """Write a model of letters, as MMS's are."""
    facts = {
        "model_type": "vits", "comment": "mms", "language": "Arabic", "frontend": "characters", "add_blank": 1,
        "n_speakers": 1, "sample_rate": RATE,
    }  # fmt: skip
    scales = {name: ("f", [1]) for name in ("noise_scale", "length_scale", "noise_scale_w")}
    inputs = {"x": ("i", [1, "t"]), "x_length": ("i", [1]), **scales}
    nodes = [*_sum("x"), *_samples("x", "length_scale", "Mul"), *_sine("y", [1, 1, -1])]
    (place / "model.onnx").write_bytes(_model(nodes, inputs, {"y": [1, 1, "s"]}, facts))
    write_tokens(place, LETTERS)


def write_matcha(place: Path) -> None:
    """Write a model of 80 mel bands and a vocoder."""
    facts = {
        "model_type": "matcha-tts", "language": "Arabic", "voice": "ar", "has_espeak": 1, "jieba": 0, "n_speakers": 1,
        "sample_rate": 22_050, "version": 1, "pad_id": 0, "use_eos_bos": 1, "num_ode_steps": 3, "model_author": "tiny",
    }  # fmt: skip
    scales = {name: ("f", [1]) for name in ("noise_scale", "length_scale")}
    inputs = {"x": ("i", [1, "t"]), "x_length": ("i", [1]), **scales}
    nodes = [
        *_sum("x"),
        *_samples("x", "length_scale", "Mul", "per_token_frames"),
        helper.make_node("Cast", ["total"], ["frames"], to=TensorProto.INT64),
        helper.make_node("Reshape", ["frames", "flat"], ["frames_1"]),
        helper.make_node("Concat", ["bands", "frames_1"], ["shape_mel"], axis=0),
        helper.make_node("Expand", ["sum", "shape_mel"], ["mel"]),
    ]
    (place / "acoustic_model.onnx").write_bytes(_model(nodes, inputs, {"mel": [1, 80, "s"]}, facts))
    vocoder = [
        helper.make_node("ReduceMean", ["mel"], ["sum"], keepdims=0),
        helper.make_node("Shape", ["mel"], ["shape"]),
        helper.make_node("Gather", ["shape", "third"], ["t"]),
        helper.make_node("Cast", ["t"], ["n"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["n", "hop"], ["total"]),
        *_sine("audio", [1, -1]),
    ]
    sort = {"model_type": "hifigan"}
    (place / "vocoder.onnx").write_bytes(_model(vocoder, {"mel": ("f", [1, 80, "s"])}, {"audio": [1, "n"]}, sort))
    write_tokens(place, PIPER)


def write_tokens(place: Path, symbols: str) -> None:
    """Write tokens.txt: a symbol a line with its number."""
    lines = [f"{symbol} {number}\n" for number, symbol in enumerate(dict.fromkeys(symbols))]
    (place / "tokens.txt").write_text("".join(lines), encoding="utf-8")


def _sum(tokens: str) -> list[NodeProto]:
    """The sum of the tokens, by which texts of one length differ."""
    return [
        helper.make_node("Cast", [tokens], ["as_floats"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["as_floats"], ["sum"], keepdims=0),
    ]


def _samples(tokens: str, pace: str, by: str, each: str = "per_token") -> list[NodeProto]:
    """How much comes out: so many a token, multiplied or divided by a pace."""
    return [
        helper.make_node("Size", [tokens], ["count"]),
        helper.make_node("Cast", ["count"], ["n"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["n", each], ["plain"]),
        helper.make_node(by, ["plain", pace], ["total"]),
    ]


def _sine(output: str, shape: Sequence[int]) -> list[NodeProto]:
    """A sine of `total` samples whose pitch follows the sum, falling silent in between as speech does."""
    return [
        helper.make_node("Squeeze", ["total"], ["last"]),
        helper.make_node("Range", ["zero", "last", "step"], ["time"]),
        helper.make_node("Mul", ["sum", "finely"], ["shift"]),
        helper.make_node("Add", ["shift", "turn"], ["turns"]),
        helper.make_node("Mul", ["time", "turns"], ["phase"]),
        helper.make_node("Sin", ["phase"], ["full"]),
        helper.make_node("Mul", ["full", "half"], ["wave"]),
        helper.make_node("Constant", [], ["out_shape"], value=numpy_helper.from_array(np.array(shape, np.int64))),
        helper.make_node("Reshape", ["wave", "out_shape"], [output]),
    ]


def _model(
    nodes: Sequence[NodeProto], inputs: Mapping[str, tuple[str, Shape]], outputs: Mapping[str, Shape], facts: Mapping
) -> bytes:
    constants = {
        "zero": 0.0, "step": 1.0, "turn": 0.05, "finely": 1e-5, "half": 0.5, "hop": float(HOP),
        "per_token": float(SAMPLES_PER_TOKEN), "per_token_frames": float(FRAMES_PER_TOKEN),
    }  # fmt: skip
    indices = {"second": 1, "third": 2}
    lists = {"bands": [1, 80], "flat": [1]}
    used = {name for node in nodes for name in node.input}
    values = [(name, np.array(value, np.float32)) for name, value in constants.items()]
    values += [(name, np.array(value, np.int64)) for name, value in (indices | lists).items()]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, _TYPES[kind], shape) for name, (kind, shape) in inputs.items()],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()],
        [numpy_helper.from_array(value, name) for name, value in values if name in used],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    helper.set_model_props(model, {key: str(value) for key, value in facts.items()})
    onnx.checker.check_model(model)
    return model.SerializeToString()
