"""What can be set about voices and speaking, with its defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SpeakSettings:
    """`[speak]` in tts-news.toml."""

    voice: str = ""
    """Default voice; "" is the best one installed."""
    voices: Mapping[str, str] = field(default_factory=dict)
    """Voice by role, e.g. {"headline": "...", "quote": "..."}, and by language for words of another: {"en": "..."}."""
    speed: float = 1.0
    pitch: float = 1.0
    jobs: int = 0
    """Worker processes; 0 is one a core."""
    cluster: str = ""
    """"" for this machine, "auto" or "ray://host:port" for a Ray cluster."""
    gpus: float = 0.0
    """GPUs a worker of the cluster reserves; 0.25 lets four share one."""
    voices_dir: str = ""
    """A folder of the user's own voices, read beside the built-in ones."""
    voices_url: str = ""
    """Where `voices install` finds voices instead of their own addresses: a mirror's URL or a folder, laid out as
    NAME/FILE."""
    cache_dir: str = ""
    """Where takes are kept; "" is the user's cache folder."""
    accept_licences: tuple[str, ...] = ()
    """Voices whose non-commercial licence the user has accepted for this show."""
