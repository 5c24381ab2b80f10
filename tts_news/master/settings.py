"""What can be set about the finished sound, with its defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from tts_news.frozen import dataclass

if TYPE_CHECKING:  # `config` brings them when there is something to check
    from annotated_types import Ge

Fineness = Literal["sections", "items", "posts"]


@dataclass(frozen=True, slots=True)
class MasterSettings:
    """`[master]` in tts-news.toml."""

    formats: tuple[str, ...] = ("mp3",)
    """Any of mp3, m4b, opus, wav, flac."""
    rate_hz: int = 44_100
    """Samples a second: 44100, 48000 or 32000."""
    bitrate_kbps: int | Mapping[str, int] = 96
    """Of MP3 and M4B, or by format, e.g. {mp3 = 96, opus = 32}; Opus has 24 unless it is named."""
    target_lufs: float = -16.0
    """Integrated loudness of the finished file."""
    true_peak_dbtp: float = -1.0
    """Highest true peak of the finished file."""
    room_dbfs: float = -66.0
    """RMS level of the room tone under the whole file, so that pauses are not digital silence; -96 is none."""
    min_chapter_s: Annotated[float, Ge(0)] = 10.0
    """A chapter that would be shorter joins the one before it, unless it begins with a heading."""
    chapters: Fineness = "sections"
    """About six an hour ("sections"), one for each post of a live page ("posts"), for each item of a list ("items")."""
    ffmpeg: str = ""
    """A system ffmpeg to use instead of the one from the wheel."""
    intro: str = ""
    """Sound file before everything else; "" is none."""
    outro: str = ""
    """Sound file after everything else."""
    separator: str = ""
    """Sound file between articles."""
    bed: str = ""
    """Sound file under the headlines."""


@dataclass(frozen=True, slots=True)
class ProvenanceSettings:
    """`[provenance]` in tts-news.toml: what finished sound is signed with (C2PA); nothing is signed without it."""

    certificate: str = ""
    """PEM file with the signer's certificate, and those of its issuers after it."""
    key: str = ""
    """PEM file with its private key, not encrypted."""
    key_pem: str = ""
    """The key itself, for TTS_NEWS_PROVENANCE_KEY_PEM and not for the file."""
    timestamp_url: str = ""
    """An RFC 3161 authority that says when it was signed; asked over the network, "" asks nobody."""
