"""Fixtures of the publish room: the sound of a small edition and a press that makes it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from publish.editions import LINES, Press, make_script

from tts_news.records import Script


@pytest.fixture(scope="session")
def tone(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Twenty-five seconds of a quiet tone as MP3."""
    import imageio_ffmpeg

    path = tmp_path_factory.mktemp("tone") / "tone.mp3"
    subprocess.run(
        [
            imageio_ffmpeg.get_ffmpeg_exe(),
            *["-v", "error", "-f", "lavfi", "-i", "sine=330:d=25:r=24000", "-b:a", "32k"],
            str(path),
        ],
        check=True,
    )
    return path.read_bytes()


@pytest.fixture
def press(tmp_path: Path, tone: bytes) -> Press:
    return Press(tmp_path / "output", tone)


@pytest.fixture
def script() -> Script:
    return make_script()


@pytest.fixture
def corrected() -> Script:
    """The same article with another title and another sentence."""
    lines = list(LINES)
    lines[10] = ("quote", "هذا يوم طويل.", "هَذَا يَوْمٌ طَوِيل.", 5, "a0b5")
    return make_script("افتتاح 4 حدائق جديدة", tuple(lines))
