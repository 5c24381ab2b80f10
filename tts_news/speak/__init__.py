"""Third room: `Script` → takes: voices, engines, cache, workers."""

from tts_news.speak.recording import Recording, cast_voices, record, voices_of
from tts_news.speak.settings import SpeakSettings

__all__ = ["Recording", "SpeakSettings", "cast_voices", "record", "voices_of"]
