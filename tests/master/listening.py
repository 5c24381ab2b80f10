"""Hear and read back what the master has written, with ffmpeg and not with our own code."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import imageio_ffmpeg
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()


def decoding(path: Path, rate_hz: int) -> list[str]:
    """The command that puts the sound of the file on standard output, mono, float32."""
    sound = ["-map", "0:a:0", "-ac", "1", "-ar", str(rate_hz), "-f", "f32le"]
    return [FFMPEG, "-v", "error", "-i", str(path), *sound, "-"]


def decode(path: Path, rate_hz: int = 44_100) -> npt.NDArray[np.float32]:
    """The sound of the file, mono."""
    return np.frombuffer(subprocess.run(decoding(path, rate_hz), capture_output=True, check=True).stdout, np.float32)


def chapters(path: Path) -> list[tuple[float, float, str]]:
    """Start, end and title of every chapter as ffmpeg reads them."""
    command = [FFMPEG, "-v", "error", "-i", str(path), "-f", "ffmetadata", "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    found = []
    for part in text.split("[CHAPTER]")[1:]:
        pairs = dict(line.split("=", 1) for line in part.strip().splitlines() if "=" in line)
        up, down = pairs["TIMEBASE"].split("/")
        unit = int(up) / int(down)
        found.append((int(pairs["START"]) * unit, int(pairs["END"]) * unit, pairs.get("title", "")))
    return found


def ebur128(path: Path) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP, measured by ffmpeg."""
    command = [
        FFMPEG,
        "-hide_banner",
        "-nostats",
        "-i",
        str(path),
        "-map",
        "0:a:0",
        "-af",
        "ebur128=peak=true",
        "-f",
        "null",
        "-",
    ]
    said = subprocess.run(command, capture_output=True, check=True).stderr.decode()
    summary = said[said.rindex("Summary:") :]
    return tuple(float(re.search(rf"{name}:\s+(-?[\d.]+|-inf)", summary)[1]) for name in ("I", "Peak"))


def strongest_hz(samples: npt.NDArray[np.float32], rate_hz: int = 44_100) -> float:
    """The frequency that stands out most."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 1 << 17))
    return float(np.argmax(spectrum) * rate_hz / (1 << 17))
