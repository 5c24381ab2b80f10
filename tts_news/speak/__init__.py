"""Third room: `Script` → takes: voices, engines, cache, workers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tts_news.speak.settings import SpeakSettings

if TYPE_CHECKING:
    from tts_news.speak.recording import Recording, cast_voices, record, voices_of

__all__ = ["Recording", "SpeakSettings", "cast_voices", "record", "voices_of"]


def __getattr__(name: str) -> Any:
    # Cache and workers only when an edition is made: a sentence is said without them.
    if name in __all__:
        from tts_news.speak import recording

        return getattr(recording, name)
    raise AttributeError(name)
