"""Lets coqui-tts import torchaudio where torchaudio's native part does not load.

That is so beside a CPU build of torch, and beside a torch built for another CUDA minor version. coqui-tts uses only
parts of torchaudio that are written in Python; they work without it.
"""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Callable
from typing import Any

_EXTENSION = "torchaudio._extension"


def ensure_torchaudio() -> None:
    """Import torchaudio, without its native part if need be. Call it before the first `import TTS`.

    Raises:
        ModuleNotFoundError: torchaudio is not installed.
    """
    try:
        importlib.import_module("torchaudio")
    except ModuleNotFoundError:
        raise
    except (OSError, RuntimeError, ImportError):
        for name in [name for name in sys.modules if name.partition(".")[0] == "torchaudio"]:
            del sys.modules[name]
        sys.modules[_EXTENSION] = _stub()
        importlib.import_module("torchaudio")


def _stub() -> types.ModuleType:
    """Return what torchaudio asks of its extension, with nothing available."""

    def without_alignment(function: Callable[..., Any]) -> Callable[..., Any]:
        def unavailable(*_: Any, **__: Any) -> Any:
            raise RuntimeError(f"{function.__name__} needs torchaudio's native part")

        return unavailable

    stub = types.ModuleType(_EXTENSION)
    vars(stub).update(
        _IS_TORCHAUDIO_EXT_AVAILABLE=False,
        _IS_ALIGN_AVAILABLE=False,
        _check_cuda_version=lambda: None,
        _load_lib=lambda _: False,
        fail_if_no_align=without_alignment,
    )
    return stub
