"""Voices behind a server that speaks OpenAI's speech API: OpenAI's own, and the many that imitate it.

The address and key come from the variables of OpenAI's own clients, `OPENAI_BASE_URL` and `OPENAI_API_KEY`, read here
and not by `config.py`: a key must not travel through records, worker processes' arguments or logs.

Source: OpenAI API reference, "Create speech".
"""

from __future__ import annotations

import os
import time
import weakref
from typing import TYPE_CHECKING

import numpy as np

from tts_news.errors import SpeakError
from tts_news.records import Take, Utterance
from tts_news.speak.catalogue import VoiceSpec, check_trust

if TYPE_CHECKING:
    import httpx

BASE_URL = "https://api.openai.com/v1"
TIMEOUT_S = 120.0
TRIES = 3
MOST_BYTES = 64_000_000  # eleven minutes of the largest rate a server sends; an utterance lasts two at most
BACKOFF_S = 0.5
# How WAV, Ogg, FLAC and MP3 begin. Servers that do not know raw samples send one of them: it would be heard as noise.
_CONTAINERS = (b"RIFF", b"OggS", b"fLaC", b"ID3", b"\xff\xfb", b"\xff\xf3")


class OpenAiEngine:
    """A voice of a speech server. Options: `model`, `voice`, `url`, `instructions`, `rate_hz` of its PCM."""

    version = "1"
    shareable = True  # httpx's client is made for threads

    def __init__(self, spec: VoiceSpec) -> None:
        import httpx

        self._spec = spec
        self.rate_hz = spec.rate_hz or 24_000
        check_trust(spec)
        base = spec.address or os.environ.get("OPENAI_BASE_URL") or BASE_URL
        # To the address of the same variables, or to one the user has named for it; never to one a voice brings along.
        key = os.environ.get("OPENAI_API_KEY", "") if not spec.address or spec.trust == "key" else ""
        if not key and base.startswith(BASE_URL):
            raise SpeakError(f"voice {spec.name}: OpenAI wants a key", hint="set OPENAI_API_KEY, or OPENAI_BASE_URL")
        self._url = f"{base.rstrip('/')}/audio/speech"
        self._client = httpx.Client(timeout=TIMEOUT_S, headers={"Authorization": f"Bearer {key}"} if key else {})
        weakref.finalize(self, self._client.close)

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
        answer = self._ask(body, utterance)
        sound, kind = answer.content, answer.headers.get("content-type", "")
        named = kind.startswith(("text/", "application/json")) or sound.startswith(_CONTAINERS)
        if named or len(sound) < 2 or len(sound) % 2:  # bytes of a sample
            raise SpeakError(
                f"{self._where(utterance)} answered {kind or 'something'} that is no 16-bit sound",
                hint="does the server know response_format pcm?",
            )
        return Take(np.frombuffer(sound, "<i2").astype(np.float32) / np.float32(32768), self.rate_hz)

    def _ask(self, body: dict[str, object], utterance: Utterance) -> httpx.Response:
        """Return the server's answer; a busy or failing server is asked again, a refusal is not."""
        import httpx

        for attempt in range(1, TRIES + 1):
            try:
                answer = self._post(body, utterance)
            except (httpx.HTTPError, httpx.InvalidURL) as err:
                if attempt == TRIES:
                    raise SpeakError(
                        f"{self._where(utterance)} cannot be reached: {str(err) or type(err).__name__}",
                        hint="is the server up?",
                    ) from err
            else:
                if answer.is_success:
                    return answer
                busy = answer.status_code == httpx.codes.TOO_MANY_REQUESTS or answer.is_server_error
                if not busy or attempt == TRIES:
                    hint = "check OPENAI_API_KEY" if answer.status_code == httpx.codes.UNAUTHORIZED else ""
                    said = answer.text[:200]
                    raise SpeakError(f"{self._where(utterance)} answered {answer.status_code}: {said}", hint=hint)
            time.sleep(BACKOFF_S * attempt)
        raise SpeakError(f"{self._where(utterance)} did not answer")

    def _post(self, body: dict[str, object], utterance: Utterance) -> httpx.Response:
        """Return the answer with its content, which may not be larger than any sound asked for."""
        import httpx

        with self._client.stream("POST", self._url, json=body) as answer:
            content = bytearray()
            for chunk in answer.iter_bytes():
                content += chunk
                if len(content) > MOST_BYTES:
                    raise SpeakError(f"{self._where(utterance)} sends more than {MOST_BYTES} bytes")
            kind = {"content-type": answer.headers.get("content-type", "")}
            return httpx.Response(answer.status_code, headers=kind, content=bytes(content))

    def _where(self, utterance: Utterance) -> str:
        return f"{utterance.id}: voice {self._spec.name}: {self._url}"
