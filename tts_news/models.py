"""Models of onnxruntime, opened so that every machine does the same sums in the same order.

Half of what opening a model takes is onnxruntime's work on its graph (constants folded, steps joined), and much of the
rest is copying its weights. The graph that comes of it is kept, see `derived`, its weights before it in the same file,
which is mapped into memory: it is the graph that would be made again, so not a bit of what comes out of it is another.
"""

from __future__ import annotations

import zlib
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tts_news.derived import derived_file, machine

if TYPE_CHECKING:
    import onnxruntime

_CPU: Final = ["CPUExecutionProvider"]
# Lays convolutions out for one make of processor; a home may be shared by several.
_OF_ONE_PROCESSOR: Final = ["NchwcTransformer"]
_ERRORS: Final = 3  # and worse are logged
_LENGTH: Final = 8
_SUM: Final = 4
"""Bytes at the end of what is kept: how long the graph before them is, and its CRC-32."""


def open_model(path: Path) -> onnxruntime.InferenceSession:
    """Return a model, ready to run, with one thread: the order of sums does not depend on the machine's load.

    Raises:
        Exception: Of onnxruntime, see `speak.onnx_faults`: the file is no model, or cannot be read.
    """
    import onnxruntime

    for _ in range(2):  # what is damaged is made again, once
        kept = derived_file("model", [path], partial(_optimised, path), onnxruntime.__version__, machine())
        if kept is None:
            break
        try:
            return _open_kept(kept)
        except (OSError, ValueError):
            with suppress(OSError):
                kept.unlink(missing_ok=True)
        except Exception as err:
            if not type(err).__module__.startswith("onnxruntime"):
                raise
            break  # an older one looks for weights beside a model's file alone, and this graph comes from memory
    return onnxruntime.InferenceSession(str(path), _options(), providers=_CPU, disabled_optimizers=_OF_ONE_PROCESSOR)


def _open_kept(kept: Path) -> onnxruntime.InferenceSession:
    """Return the model of a file that `_optimised` made.

    Raises:
        OSError: It is gone.
        ValueError: It is damaged.
    """
    import onnxruntime

    options = _options()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(kept.parent))
    return onnxruntime.InferenceSession(_graph_in(kept), options, providers=_CPU)


def _graph_in(kept: Path) -> bytes:
    with kept.open("rb") as file:
        end = file.seek(0, 2) - _LENGTH - _SUM
        file.seek(max(0, end))
        length = int.from_bytes(file.read(_LENGTH), "big")
        told = file.read(_SUM)
        if not 0 < length <= end:
            raise ValueError(kept)
        file.seek(end - length)
        graph = file.read(length)
    if _sum(graph) != told:
        raise ValueError(kept)
    return graph


def _optimised(path: Path, name: str) -> bytes:
    """Return a model as onnxruntime would run it, for a file of that name: weights, graph, its length and its sum."""
    import tempfile

    import onnxruntime

    options = _options()
    options.add_session_config_entry("session.optimized_model_external_initializers_file_name", name)
    with tempfile.TemporaryDirectory() as folder:
        options.optimized_model_filepath = f"{folder}/graph"
        onnxruntime.InferenceSession(str(path), options, providers=_CPU, disabled_optimizers=_OF_ONE_PROCESSOR)
        weights, graph = Path(folder, name), Path(folder, "graph").read_bytes()
        before = weights.read_bytes() if weights.is_file() else b""
    return before + graph + len(graph).to_bytes(_LENGTH, "big") + _sum(graph)


def _sum(graph: bytes) -> bytes:
    return zlib.crc32(graph).to_bytes(_SUM, "big")


def _options() -> onnxruntime.SessionOptions:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS
    return options
