"""The sound files of an edition: which one a player is given first, and what each is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tts_news.records import EpisodeFile


@dataclass(frozen=True, slots=True)
class SoundKind:
    """What a suffix says of a sound file; `codecs` is as in RFC 6381, `title` for listeners who may choose."""

    media_type: str
    title: str
    codecs: str


SOUND_KINDS: Mapping[str, SoundKind] = MappingProxyType(
    {
        ".mp3": SoundKind("audio/mpeg", "الصوت المعتاد (MP3)", "mp3"),
        ".m4a": SoundKind("audio/x-m4a", "صوت (M4A)", "mp4a.40.2"),
        ".m4b": SoundKind("audio/mp4", "كتاب صوتي بفصول (M4B)", "mp4a.40.2"),
        ".opus": SoundKind("audio/ogg", "صوت خفيف (Opus)", "opus"),
        ".ogg": SoundKind("audio/ogg", "صوت (Ogg)", "vorbis"),
        ".flac": SoundKind("audio/flac", "صوت بلا فقد (FLAC)", "flac"),
        ".wav": SoundKind("audio/wav", "صوت غير مضغوط (WAV)", "1"),
    }
)
"""In the order in which players know them: every one reads MP3."""
_ORDER = {suffix: place for place, suffix in enumerate(SOUND_KINDS)}
SUPERSEDED = "superseded"
"""Kind of a file that is the newest sound at an address that an earlier one had."""
_KINDS = frozenset({"audio", "audiobook"})


def kind_of(name: str) -> SoundKind:
    """Return what a sound file's name says of it."""
    return SOUND_KINDS.get(_suffix(name), SOUND_KINDS[".mp3"])


def order_of(name: str) -> tuple[int, str]:
    """Return where a file stands among others: sounds first, the one that most players read before the rest."""
    return _ORDER.get(_suffix(name), len(_ORDER)), name


def _suffix(name: str) -> str:
    """Return what `PurePath.suffix` does of a plain name, in lower case, in a tenth of the time."""
    return name[name.rindex(".") :].lower() if "." in name[1:] else ""


def sounds_of(files: Iterable[EpisodeFile]) -> tuple[EpisodeFile, ...]:
    """Return the sound files that stand, the one for every player first."""
    sounds = [file for file in files if file.kind in _KINDS]
    return tuple(sorted(sounds, key=lambda file: order_of(file.name)) if len(sounds) > 1 else sounds)
