"""What each format needs of ffmpeg."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts_news.errors import MasterError, did_you_mean
from tts_news.master.cover import show_cover
from tts_news.master.encoder import Job
from tts_news.master.provenance import check_provenance
from tts_news.records import DIGITAL_SOURCE_TYPE

if TYPE_CHECKING:
    from pathlib import Path

    from tts_news.master.settings import MasterSettings, ProvenanceSettings

SUFFIXES = {"mp3": ".mp3", "m4b": ".m4b", "opus": ".opus", "wav": ".wav", "flac": ".flac"}
CLIPS = ("mp3", "m4a", "opus", "flac")
"""Formats of a clip beside WAV; each is its file's suffix."""
_CLIP_KBPS = {"mp3": 96, "m4a": 96, "opus": 64}
LOSSY_MARGIN_DB = 1.0
"""The limiter aims this much lower when a lossy format is made: decoders overshoot what they were given."""
LOSSY = frozenset({"mp3", "m4b", "opus"})
_RATES = {"mp3": 96, "m4b": 96, "opus": 24}
"""kbit/s. Opus at 24 is speech at full bandwidth and a third of the MP3: the file for who pays by the megabyte."""
_TAKEN = {
    "mp3": (64, 80, 96, 112, 128, 160, 192),  # of the rates there are, those that do speech justice and are no waste
    "m4b": range(32, 257),
    "opus": range(12, 129),
}


def check_settings(settings: MasterSettings) -> None:
    """Raise when something is asked for that no encoder gives.

    Raises:
        MasterError: Unknown format, or a rate or loudness out of range.
    """
    unknown = [name for name in settings.formats if name not in SUFFIXES]
    if unknown or not settings.formats:
        raise MasterError(
            f"no such format: {', '.join(unknown) or 'none given'}", hint=did_you_mean("".join(unknown[:1]), SUFFIXES)
        )
    if settings.rate_hz not in (32_000, 44_100, 48_000):
        raise MasterError(f"{settings.rate_hz} Hz is not a rate players take", hint="use 44100 or 48000")
    for name, kbps in rates_kbps(settings).items():
        if name not in _TAKEN:
            raise MasterError(f"[master] bitrate_kbps: {name} has no bit rate", hint=f"{', '.join(_TAKEN)} have one")
        if name in settings.formats and kbps not in _TAKEN[name]:
            raise MasterError(f"{kbps} kbit/s is no rate for speech as {name.upper()}", hint=_hint(name))
    if not -31 <= settings.target_lufs <= -9 or not -9 <= settings.true_peak_dbtp <= 0:
        raise MasterError(
            f"cannot aim at {settings.target_lufs} LUFS with peaks at {settings.true_peak_dbtp} dBTP",
            hint="podcasts use -16 LUFS (or -19 for mono) and -1 dBTP",
        )
    if not -96 <= settings.room_dbfs <= -50:
        raise MasterError(f"a room at {settings.room_dbfs} dBFS", hint="-66 is a quiet studio, -96 is none")


def check_orders(settings: MasterSettings, cover: Path | None, provenance: ProvenanceSettings) -> None:
    """Raise, before anything is read or spoken, when a file could not be made as it is asked for.

    Args:
        settings: Formats, rates and levels.
        cover: The show's picture.
        provenance: What the sound is signed with.

    Raises:
        MasterError: No encoder gives what is asked for, the picture cannot be used, or nothing can be signed.
    """
    check_settings(settings)
    if cover:
        show_cover(cover)
    check_provenance(provenance, settings.formats)


def _hint(name: str) -> str:
    rates = _TAKEN[name]
    return f"use {rates[0]} to {rates[-1]}" if isinstance(rates, range) else f"use one of {', '.join(map(str, rates))}"


def rates_kbps(settings: MasterSettings) -> dict[str, int]:
    """Return the bit rate of each lossy format, and of whatever else one was given for."""
    rate = settings.bitrate_kbps
    return _RATES | ({"mp3": rate, "m4b": rate} if isinstance(rate, int) else dict(rate))


def ceiling_dbtp(settings: MasterSettings) -> float:
    """Return where the limiter aims."""
    return settings.true_peak_dbtp - (LOSSY_MARGIN_DB if LOSSY & set(settings.formats) else 0.0)


def job(name: str, path: Path, settings: MasterSettings, metadata: Path, cover: Path) -> Job:
    """Return the encoder's orders for one format of an edition."""
    codec, box = _codec(name, rates_kbps(settings).get(name, 0)), _BOXES[name]
    tags = ("-f", "ffmetadata", "-i", str(metadata))
    match name:
        case "mp3":
            # No tag from ffmpeg: ours is put before it. The Info header it does write gives players the exact length.
            return Job(name, (*codec, "-id3v2_version", "0", *box), path)
        case "m4b":
            named = ("-metadata:s:a:0", "language=ara", "-brand", "M4B ")
            return Job(name, (*_PICTURE, *_CHAPTERS, *codec, *named, *box), path, (*tags, "-i", str(cover)))
        case "opus":
            return Job(name, ("-map", "0:a", *_CHAPTERS, *codec, *box), path, tags)
        case "flac":
            return Job(name, (*_PICTURE, *_CHAPTERS, *codec, *box), path, (*tags, "-i", str(cover)))
        case _:
            unchaptered = ("-map_metadata", "1", "-map_chapters", "-1")
            return Job(name, ("-map", "0:a", *unchaptered, *codec, *box), path, tags)


def clip_job(name: str, path: Path, comment: str) -> Job:
    """Return the encoder's orders for a clip, one of `CLIPS`: sound and a comment, no chapters, no cover."""
    # Version 3 is the ID3 that every player reads. MP4 keeps the names that it knows and no others.
    free = () if name == "m4a" else ("-metadata", f"digitalSourceType={DIGITAL_SOURCE_TYPE}")
    tags = ("-metadata", f"comment={comment}", *free, *(("-id3v2_version", "3") if name == "mp3" else ()))
    return Job(name, (*_codec(name, _CLIP_KBPS.get(name, 0)), *tags, *_BOXES[name]), path)


def _codec(name: str, kbps: int) -> tuple[str, ...]:
    match name:
        case "mp3":
            louder = f"volume={1 / _lame_scale(kbps):.6f}:precision=float"
            # Without noise shaping, at a third of the work: of speech it keeps more (41 dB over the error against 28 at
            # 96 kbit/s), its peaks overshoot less, and two predictors of naturalness do not find it worse.
            return ("-af", louder, "-c:a", "libmp3lame", "-b:a", f"{kbps}k", "-compression_level", "7")
        case "m4b" | "m4a":
            return ("-c:a", "aac", "-b:a", f"{kbps}k")
        case "opus":
            # From 48 on there is room for jingles as they are. Below, the encoder is tuned to what is said, and held to
            # its rate: left free it takes half as much again for a tone or a jingle.
            use = ("audio", "on") if kbps >= 48 else ("voip", "constrained")
            return ("-c:a", "libopus", "-b:a", f"{kbps}k", "-application", use[0], "-vbr", use[1])
        case "flac":
            return ("-c:a", "flac")
        case _:
            return ("-c:a", "pcm_s16le")


def _lame_scale(kbps: int) -> float:
    """Return what LAME multiplies the sound with before it encodes, so that it can be undone.

    Measured by decoding (LAME 3.100 in ffmpeg 5.1 and 9.0): -0.446 dB up to 160 kbit/s, -0.265 dB at 192. Left alone,
    the MP3 is that much quieter than other formats and than the manifest says. test_formats.py repeats it.
    """
    return 0.97 if kbps >= 192 else 0.95


_PICTURE = ("-map", "0:a", "-map", "2:v", "-c:v", "copy", "-disposition:v:0", "attached_pic")
_CHAPTERS = ("-map_metadata", "1", "-map_chapters", "1")
_BOXES = {
    "mp3": ("-f", "mp3"),
    "m4a": ("-movflags", "+faststart", "-f", "ipod"),
    "m4b": ("-movflags", "+faststart", "-f", "ipod"),
    "opus": ("-f", "opus"),
    "flac": ("-f", "flac"),
    "wav": ("-rf64", "auto", "-f", "wav"),
}
