"""Models of onnxruntime, opened so that every machine does the same sums in the same order.

Half of what opening a model takes is onnxruntime's work on its graph (constants folded, steps joined): the result is
kept, see `derived`, and is the graph that would be made again, so not a bit of what comes out of it is another.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tts_news.derived import derived, machine

if TYPE_CHECKING:
    import onnxruntime

_CPU = ["CPUExecutionProvider"]
# Lays convolutions out for one make of processor; a home may be shared by several.
_OF_ONE_PROCESSOR = ["NchwcTransformer"]
_ERRORS = 3  # and worse are logged


def open_model(path: Path) -> onnxruntime.InferenceSession:
    """Return a model, ready to run, with one thread: the order of sums does not depend on the machine's load.

    Raises:
        Exception: Of onnxruntime, see `speak.onnx_faults`: the file is no model, or cannot be read.
    """
    import onnxruntime

    graph = derived("graph", [path], lambda: _optimised(path), onnxruntime.__version__, machine())
    options = _options()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(graph, options, providers=_CPU)


def _optimised(path: Path) -> bytes:
    """Return a model's graph as onnxruntime would run it."""
    import tempfile

    import onnxruntime

    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        options.optimized_model_filepath = f"{folder}/graph.onnx"
        onnxruntime.InferenceSession(str(path), options, providers=_CPU, disabled_optimizers=_OF_ONE_PROCESSOR)
        return Path(options.optimized_model_filepath).read_bytes()


def _options() -> onnxruntime.SessionOptions:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS
    return options
