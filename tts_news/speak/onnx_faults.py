"""What onnxruntime raises: a class for every status code, and no common one of its own."""

from __future__ import annotations

from functools import cache


@cache
def onnx_faults() -> tuple[type[Exception], ...]:
    """Return the exceptions onnxruntime may raise while a model is loaded or run."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    kinds = [value for value in vars(state).values() if isinstance(value, type)]
    return tuple(kind for kind in kinds if issubclass(kind, Exception))
