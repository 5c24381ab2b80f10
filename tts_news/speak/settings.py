"""What can be set about voices and speaking, with its defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Annotated

from tts_news.frozen import dataclass

if TYPE_CHECKING:  # `config` brings them when there is something to check
    from annotated_types import Ge, Interval


@dataclass(frozen=True, slots=True)
class SpeakSettings:
    """`[speak]` in tts-news.toml."""

    voice: str = ""
    """Default voice; "" is the best one installed."""
    voices: Mapping[str, str] = field(default_factory=dict)
    """Voice by role, e.g. {"headline": "...", "quote": "..."}, and by language for words of another: {"en": "..."}."""
    speed: Annotated[float, Interval(ge=0.5, le=3.0)] = 1.0
    """Pace of the voice: 1 is its own, 1.5 half as fast again."""
    pitch: Annotated[float, Interval(ge=0.5, le=2.0)] = 1.0
    """Height of the voice: 1 is its own, 1.1 a tenth higher."""
    jobs: Annotated[int, Ge(0)] = 0
    """Worker processes; 0 is one a core."""
    cluster: str = ""
    """"" for this machine, "auto" or "ray://host:port" for a Ray cluster."""
    gpus: Annotated[float, Ge(0)] = 0.0
    """GPUs a worker of the cluster reserves; 0.25 lets four share one."""
    voices_dir: str = ""
    """A folder of the user's own voices, read beside the built-in ones."""
    voices_url: str = ""
    """Where `voices install` finds voices instead of their own addresses: a mirror's URL or a folder, laid out as
    NAME/FILE."""
    cache_dir: str = ""
    """Where takes are kept; "" is the user's cache folder."""
    cache_max_gb: Annotated[float, Ge(0)] = 0.0
    """Size of the take cache in GB above which the takes unused for longest are deleted, but none that an edition in
    the making needs; 0 is no limit."""
    takes: Annotated[int, Interval(ge=1, le=9)] = 1
    """Takes of each sentence of a voice that samples, of which the one that `listener` understands best is kept."""
    align: bool = False
    """Whether `listener` finds when each word sounds, for voices that do not say so."""
    listener: str = "small"
    """Whisper model that listens (extra `verify`): a name, or the folder of a converted one."""
    accept_licences: tuple[str, ...] = ()
    """Voices whose non-commercial licence the user has accepted for this show."""
