from __future__ import annotations

import pytest

from tts_news.speak.torchaudio_shim import ensure_torchaudio

ensure_torchaudio()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        # coqui-tts, torch and transformers warn about each other; none of it is ours.
        item.add_marker(pytest.mark.filterwarnings("ignore"))
