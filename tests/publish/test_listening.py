from __future__ import annotations

import json
import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest

from tts_news.errors import PublishError
from tts_news.publish.listening import RATE_HZ, distance, fold, listen

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
CAPTIONS = (
    (0.0, 1.0, "قال الوزير"),
    (1.0, 2.0, "إن النسبة 15%."),
    (3.0, 4.0, "وانتهى الاجتماع."),
)


class Parrot:
    """Hears what it is told, and remembers how much sound it was given."""

    def __init__(self, *said: str) -> None:
        self.said = list(said)
        self.lengths: list[float] = []

    def hear(self, samples: np.ndarray) -> str:
        self.lengths.append(len(samples) / RATE_HZ)
        return self.said.pop(0)


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    command = [FFMPEG, "-loglevel", "error", "-f", "lavfi", "-i", "sine=d=5", str(tmp_path / "e.mp3")]
    subprocess.run(command, check=True)
    segments = [{"startTime": a, "endTime": b, "body": text} for a, b, text in CAPTIONS]
    (tmp_path / "transcript.json").write_text(json.dumps({"segments": segments}), encoding="utf-8")
    return tmp_path


def spoken(text: str) -> str:
    return text.replace("15%", "خمس عشرة بالمئة")


def test_captions_of_one_breath_are_heard_together_with_their_own_sound(edition: Path) -> None:
    parrot = Parrot("قال الوزير ان النسبه خمس عشره بالمئه", "وانتهي الاجتماع")
    heard = list(listen(edition, parrot, spoken, FFMPEG))
    assert [(one.start_s, one.end_s, one.errors) for one in heard] == [(0.0, 2.0, 0), (3.0, 4.0, 0)]
    assert parrot.lengths == pytest.approx([2.3, 1.3], abs=0.1)


def test_words_that_differ_are_counted(edition: Path) -> None:
    first, second = listen(edition, Parrot("قال", "وانتهى كل الاجتماع"), spoken, FFMPEG)
    assert (first.words, first.errors) == (7, 6)
    assert (second.words, second.errors, second.error_rate) == (2, 1, 0.5)


def test_letters_that_sound_alike_and_marks_make_no_difference() -> None:
    assert fold("أُمَّةٌ، إلى") == fold("امه الي")


def test_distance_counts_what_is_missing_added_and_changed() -> None:
    assert distance(["a", "b", "c"], ["a", "x", "c", "d"]) == 2
    assert distance([], ["a"]) == 1


@pytest.mark.parametrize("content", ["", "{}", '{"segments": [{"startTime": "x"}]}'])
def test_a_transcript_that_is_none_is_named(edition: Path, content: str) -> None:
    (edition / "transcript.json").write_text(content)
    with pytest.raises(PublishError, match=r"transcript\.json"):
        list(listen(edition, Parrot(), spoken, FFMPEG))


def test_a_folder_without_an_edition_is_named(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="no edition"):
        list(listen(tmp_path, Parrot(), spoken, FFMPEG))
