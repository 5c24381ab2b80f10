"""Third room: `Script` → takes: voices, engines, cache, workers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts_news.exports import exports
from tts_news.speak.settings import SpeakSettings

if TYPE_CHECKING:
    from tts_news.speak.recording import Recording, cast_voices, record, voices_of

__all__ = ["Recording", "SpeakSettings", "cast_voices", "record", "voices_of"]

# Cache and workers only when an edition is made: a sentence is said without them.
__getattr__ = exports(__name__, dict.fromkeys(("Recording", "cast_voices", "record", "voices_of"), "recording"))
