"""A sentence's sound: from the cache of takes, where `make` finds it too, or spoken now by the server's warm voice."""

from __future__ import annotations

import io
import logging
import wave

import numpy as np

from tts_news.config import Config
from tts_news.desk.estimate import Meter
from tts_news.errors import SpeakError
from tts_news.records import Cue, Take
from tts_news.server.speech import Speaker
from tts_news.speak import catalogue
from tts_news.speak.cache import open_cache
from tts_news.speak.engine import engine_class
from tts_news.speak.recording import job_of

_LOG = logging.getLogger(__name__)


class Sounds:
    """Says sentences, one at a time a voice."""

    def __init__(self, config: Config, speaker: Speaker, meter: Meter) -> None:
        self.config = config
        self.speaker = speaker
        self.meter = meter

    def wav(self, cue: Cue) -> bytes:
        """Return a cue's sound as a WAV file, 16 bit, mono.

        Raises:
            SpeakError: Its voice is unknown or refuses it.
        """
        return _as_wav(self._take(cue))

    def _take(self, cue: Cue) -> Take:
        settings = self.config.speak
        spec = catalogue.choose(cue.voice, self.speaker.voices())
        fingerprint = catalogue.info(spec, engine_class(spec).version).fingerprint
        job, cache = job_of(cue, spec, fingerprint, settings), open_cache(settings)
        take = cache.read(job.key)
        if take is None:
            take = self.speaker.say(cue)
            try:
                cache.write(job.key, take)
            except SpeakError as err:  # it is heard all the same, and spoken again for the edition
                _LOG.warning("%s", err)
        self.meter.note(cue, take.duration_s)
        return take


def _as_wav(take: Take) -> bytes:
    samples = np.rint(take.samples * 32767).astype("<i2").tobytes()
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(take.rate_hz)
        sound.writeframes(samples)
    return out.getvalue()
