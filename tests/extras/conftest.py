"""Tests of what the extras bring: run by `scripts/test-extras.sh`, which installs them."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        # coqui-tts, torch, transformers and ray warn about each other and themselves; none of it is ours.
        item.add_marker(pytest.mark.filterwarnings("ignore"))
