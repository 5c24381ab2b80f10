"""A model whose graph was kept says to the last bit what it says when onnxruntime has just read it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from tts_news.models import open_model

IDS = np.arange(1, 31, dtype=np.int64).reshape(1, -1)


def model_of(package: str, *names: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent.joinpath(*names)


CASES = {
    "tashkeel": (
        model_of("piper", "tashkeel", "model.onnx"),
        {"char_inputs": IDS, "diac_inputs": np.minimum(IDS, 9), "input_lengths": np.array([30], np.int64)},
    ),
    "rawi": (model_of("text2tashkeel", "models", "rawi_v3.int8.onnx"), {"input": IDS}),
}


@pytest.mark.parametrize("name", CASES)
def test_a_kept_graph_gives_the_same_bits(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    import onnxruntime

    path, feeds = CASES[name]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    fresh = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"]).run(None, feeds)
    for _ in range(2):
        for own, now in zip(fresh, open_model(path).run(None, feeds), strict=True):
            np.testing.assert_array_equal(own, now)
    assert len(list((tmp_path / "tts-news" / "derived").glob("model-*"))) == 1


def test_what_is_no_model_is_an_error_of_onnxruntime_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "model.onnx").write_bytes(b"no model")
    for _ in range(2):
        with pytest.raises(Exception, match=r"(?i)protobuf") as found:
            open_model(tmp_path / "model.onnx")
        assert type(found.value).__module__.startswith("onnxruntime")


@pytest.mark.parametrize("place", [-1, -5, -13, -2000])
def test_a_damaged_graph_is_made_again(place: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path, feeds = CASES["rawi"]
    wanted = open_model(path).run(None, feeds)
    (kept,) = (tmp_path / "tts-news" / "derived").glob("model-*")
    whole = kept.read_bytes()
    damaged = bytearray(whole)
    damaged[place] ^= 1
    for data in (bytes(damaged), whole[: len(whole) // 2], b"", bytes(len(whole))):
        kept.write_bytes(data)
        for own, now in zip(wanted, open_model(path).run(None, feeds), strict=True):
            np.testing.assert_array_equal(own, now)
        assert kept.read_bytes() == whole


def test_without_a_cache_a_model_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path, feeds = CASES["rawi"]
    wanted = open_model(path).run(None, feeds)
    monkeypatch.setenv("XDG_CACHE_HOME", str(path))
    for own, now in zip(wanted, open_model(path).run(None, feeds), strict=True):
        np.testing.assert_array_equal(own, now)
