"""The same threads for a peer as for us: none of them sums on another core than the one it is measured on.

Ours gives onnxruntime one thread for each model. piper gives it none to say, which is one for each core: these wait for
work by spinning, and a figure of all threads together would be theirs and not the peer's. So `use_one_thread` gives
every session one, whoever opens it, unless it asks for a number.
"""

from __future__ import annotations

from typing import Any

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""For the environment of a process."""


def use_one_thread() -> None:
    """Give one thread to every model that onnxruntime opens in this process from here on."""
    import onnxruntime

    class OneThread(onnxruntime.InferenceSession):
        def __init__(self, model: Any, sess_options: Any = None, *args: Any, **named: Any) -> None:
            options = sess_options or onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.intra_op_num_threads or 1
            options.inter_op_num_threads = options.inter_op_num_threads or 1
            super().__init__(model, options, *args, **named)

    onnxruntime.InferenceSession = OneThread
