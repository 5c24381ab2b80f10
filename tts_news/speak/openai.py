"""Voices behind a server that speaks OpenAI's speech API: OpenAI's own, and the many that imitate it.

The address and key come from the variables of OpenAI's own clients, `OPENAI_BASE_URL` and `OPENAI_API_KEY`, read here
and not by `config.py`: a key must not travel through records, worker processes' arguments or logs.

Source: OpenAI API reference, "Create speech".
"""

from __future__ import annotations

import json
import os

from tts_news.errors import SpeakError
from tts_news.sound import Take, Utterance
from tts_news.speak.catalogue import VoiceSpec, check_trust
from tts_news.speak.speech_server import SpeechServer

BASE_URL = "https://api.openai.com/v1"


class OpenAiEngine:
    """A voice of a speech server. Options: `model`, `voice`, `url`, `instructions`, `rate_hz` of its PCM."""

    version = "1"
    shareable = True  # httpx's client is made for threads

    def __init__(self, spec: VoiceSpec) -> None:
        self._spec = spec
        self.rate_hz = spec.rate_hz or 24_000
        check_trust(spec)
        base = spec.address or os.environ.get("OPENAI_BASE_URL") or BASE_URL
        # To the address of the same variables, or to one the user has named for it; never to one a voice brings along.
        key = os.environ.get("OPENAI_API_KEY", "") if not spec.address or spec.trust == "key" else ""
        if not key and base.startswith(BASE_URL):
            raise SpeakError(f"voice {spec.name}: OpenAI wants a key", hint="set OPENAI_API_KEY, or OPENAI_BASE_URL")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._server = SpeechServer(spec.name, f"{base.rstrip('/')}/audio/speech", headers, "check OPENAI_API_KEY")

    def speak(self, utterance: Utterance) -> Take:
        """Return the utterance; such servers give no word times.

        Raises:
            SpeakError: The server cannot be reached, refused it, or answered with no sound.
        """
        if utterance.pitch != 1.0:
            raise SpeakError(f"{utterance.id}: the voice {self._spec.name} has one pitch", hint="leave the pitch at 1")
        options = self._spec.options
        body = {
            "model": options.get("model", "gpt-4o-mini-tts"),
            "voice": options.get("voice", "alloy"),
            "input": utterance.text,
            "response_format": "pcm",  # 16-bit little-endian mono at 24 kHz: nothing to decode, nothing to guess
            "speed": utterance.speed,
        }
        if "instructions" in options:
            body["instructions"] = options["instructions"]
        asked = json.dumps(body, ensure_ascii=False).encode()
        samples = self._server.ask(utterance, asked, "application/json", "does the server know response_format pcm?")
        return Take(samples, self.rate_hz)
