"""What is installed is what stands in the checkout: a wheel lacks no file of it, and changes none."""

from __future__ import annotations

import hashlib
from pathlib import Path

import tts_news
from tts_news.speak import catalogue

ROOT = Path(__file__).parents[1]


def held(folder: Path, *left_out: str) -> dict[str, str]:
    """Return the files below a folder, and the hash of each."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not {"__pycache__", *left_out}.intersection(path.relative_to(folder).parts)
    }


def test_the_package_holds_every_file_of_the_checkout() -> None:
    assert held(Path(tts_news.__file__).parent, "_voices") == held(ROOT / "tts_news")


def test_the_voices_are_those_of_the_checkout_without_what_trained_them() -> None:
    voices = held(catalogue.built_in(), "training")
    assert "rawi/voice.toml" in voices
    assert voices == held(ROOT / "voices", "training")
