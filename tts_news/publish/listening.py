"""Listens to a finished edition with a speech recogniser and compares what it hears with what is written.

The figures are those of the recogniser too: Whisper's Arabic is far from perfect, so a passage that stands out from the
others is what to listen to, not the figure itself.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tts_news.errors import PublishError
from tts_news.heard import distance, fold

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

RATE_HZ = 16_000  # what Whisper takes
LONGEST_S = 28.0  # Whisper hears 30 s at a time
SAME_BREATH_S = 0.06
MARGIN_S = 0.15


class Recogniser(Protocol):
    """Whoever writes down speech."""

    def hear(self, samples: npt.NDArray[np.float32]) -> str:
        """Return what is said in mono samples at `RATE_HZ`."""
        ...


@dataclass(frozen=True, slots=True)
class Heard:
    """One passage: what is written, what was heard, and how many of its words differ."""

    start_s: float
    end_s: float
    written: str
    heard: str
    words: int
    errors: int

    @property
    def error_rate(self) -> float:
        """Word error rate: substitutions, insertions and deletions by words written."""
        return self.errors / max(1, self.words)


def listen(folder: Path, recogniser: Recogniser, spoken: Callable[[str], str], ffmpeg: str) -> Iterator[Heard]:
    """Yield every passage of an edition as it was heard.

    Args:
        folder: The edition.
        recogniser: Who listens.
        spoken: Turns written text into the words that are said, so that «15%» compares with what is heard.
        ffmpeg: The ffmpeg to decode with.

    Raises:
        PublishError: The folder holds no edition, or its sound cannot be decoded.
    """
    sound = next((path for path in sorted(folder.glob("*.*")) if path.suffix in {".mp3", ".m4b", ".opus"}), None)
    if sound is None:
        raise PublishError(f"{folder} holds no edition", hint="name a folder that `tts-news make` has written")
    for start_s, end_s, text in _passages(folder / "transcript.json"):
        samples = _decode(sound, max(0.0, start_s - MARGIN_S), end_s - start_s + 2 * MARGIN_S, ffmpeg)
        heard = recogniser.hear(samples)
        wanted, got = fold(spoken(text)), fold(spoken(heard))
        yield Heard(start_s, end_s, text, heard, len(wanted), distance(wanted, got))


def _passages(transcript: Path) -> Iterator[tuple[float, float, str]]:
    """Yield (start, end, text): captions said in one breath together, as long as a recogniser takes at a time."""
    try:
        segments = json.loads(transcript.read_text(encoding="utf-8"))["segments"]
        captions = [(float(one["startTime"]), float(one["endTime"]), str(one["body"])) for one in segments]
    except (OSError, ValueError, KeyError, TypeError) as err:
        raise PublishError(f"cannot read {transcript}: {err}", hint="make the edition again with --force") from err
    together: tuple[float, float, str] | None = None
    for start_s, end_s, text in captions:
        if together and start_s - together[1] <= SAME_BREATH_S and end_s - together[0] <= LONGEST_S:
            together = together[0], end_s, f"{together[2]} {text}"
            continue
        if together:
            yield together
        together = start_s, end_s, text
    if together:
        yield together


def _decode(sound: Path, start_s: float, length_s: float, ffmpeg: str) -> npt.NDArray[np.float32]:
    import numpy as np

    command = [
        ffmpeg,
        "-hide_banner",
        "-nostdin",
        "-loglevel",
        "error",
        "-ss",
        f"{start_s:.3f}",
        "-t",
        f"{length_s:.3f}",
    ]
    command += ["-i", str(sound), "-f", "f32le", "-ac", "1", "-ar", str(RATE_HZ), "-"]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell, our own arguments
    if done.returncode or not done.stdout:
        raise PublishError(f"cannot decode {sound}: {done.stderr.decode(errors='replace')[:200]}")
    return np.frombuffer(done.stdout, "<f4").astype(np.float32)
