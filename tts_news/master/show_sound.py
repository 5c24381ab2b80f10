"""The sound of the show: intro, outro, separator and bed, from any file ffmpeg can read.

Short clips, so pydub is the tool: ffmpeg decodes, pydub mixes down and fades. The episode never goes through it.
"""

from __future__ import annotations

import io
import subprocess
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from tts_news.errors import MasterError
from tts_news.master.ffmpeg import QUIET, find_ffmpeg
from tts_news.master.loudness import STEP_S, KWeighting, gated_loudness, step_powers

if TYPE_CHECKING:
    from tts_news.master.settings import MasterSettings

Samples = npt.NDArray[np.float32]

NAMES = ("intro", "outro", "separator", "bed")
LONGEST_S = 600
"""A jingle is held in memory; ten minutes are 100 MB, and no jingle."""
_FADE_MS = 20
_SEAM_S = 0.25
"""Over which the end of a bed passes into its beginning when it is repeated."""


def load_show_sound(settings: MasterSettings) -> dict[str, Samples]:
    """Return the show's sounds that are set, mono at the file's rate, each as loud as the speech will be.

    Raises:
        MasterError: A file is missing, no audio, empty, silent, too long, or has more than two channels; named.
    """
    return {
        name: _load(name, Path(getattr(settings, name)).expanduser(), settings)
        for name in NAMES
        if getattr(settings, name)
    }


def _load(name: str, path: Path, settings: MasterSettings) -> Samples:
    clip = _decode(name, path, settings)
    label = f"the {name} {str(path)!r}"
    if clip.channels > 2:
        raise MasterError(f"{label} has {clip.channels} channels", hint="give it in mono or stereo")
    if not len(clip):
        raise MasterError(f"{label} is 0 s long", hint=f"give a sound file, or leave `{name}` out of [master]")
    if len(clip) > LONGEST_S * 1000:
        raise MasterError(f"{label} is longer than {LONGEST_S // 60} minutes", hint="cut it to what should be heard")
    clip = clip.set_channels(1)
    length = min(_FADE_MS, len(clip) // 2)
    clip = clip.fade_in(length).fade_out(length) if length else clip
    samples = np.array(clip.get_array_of_samples(), np.float32) / np.float32(1 << (8 * clip.sample_width - 1))
    step = round(STEP_S * settings.rate_hz)
    lufs = gated_loudness(step_powers(KWeighting(settings.rate_hz).filter(samples), step))
    if not np.isfinite(lufs):
        raise MasterError(f"{label} is silent", hint=f"give a sound file, or leave `{name}` out of [master]")
    samples *= np.float32(10 ** ((settings.target_lufs - lufs) / 20))
    return _loop(samples, settings.rate_hz) if name == "bed" else samples


def _decode(name: str, path: Path, settings: MasterSettings) -> Any:
    """Return the file as a pydub segment at the file's rate, with the channels it has."""
    if not path.is_file():
        raise MasterError(f"there is no file {str(path)!r} for the {name}", hint=f"mend `{name}` in [master]")
    # "file:" so that a name with a colon is not taken for an address; a second more than allowed shows it is longer.
    read = ("-protocol_whitelist", "file", "-t", str(LONGEST_S + 1), "-i", f"file:{path}", "-vn", "-map", "0:a:0")
    write = ("-ar", str(settings.rate_hz), "-c:a", "pcm_s16le", "-f", "wav", "pipe:1")
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments, no shell
            [find_ffmpeg(settings.ffmpeg), *QUIET, *read, *write], capture_output=True, check=False
        )
    except OSError as err:
        raise MasterError(f"ffmpeg cannot be started: {err.strerror}", hint="check `ffmpeg` in [master]") from err
    if done.returncode != 0 or not done.stdout:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise MasterError(
            f"the {name} {str(path)!r} is no audio that can be read: {said[-1] if said else 'nothing in it'}",
            hint="give a sound file, e.g. WAV, FLAC or MP3",
        )
    with warnings.catch_warnings():
        # pydub looks for an ffmpeg on PATH when it is imported and warns when there is none; it is not asked to decode.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment
    return AudioSegment.from_file(io.BytesIO(done.stdout), format="wav")


def _loop(samples: Samples, rate_hz: int) -> Samples:
    """Return the bed so that its end passes into its beginning without a seam."""
    seam = min(round(_SEAM_S * rate_hz), len(samples) // 3)
    if not seam:
        return samples
    ramp = np.sin(np.linspace(0, np.pi / 2, seam, dtype=np.float32))
    looped = samples[:-seam].copy()
    looped[:seam] = looped[:seam] * ramp + samples[-seam:] * ramp[::-1]
    return looped
