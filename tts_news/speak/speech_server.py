"""Asking a speech server: what every voice behind one has in common.

A busy or failing server is asked again, after as long as it asks for; a refusal is final; an answer larger than any
sound is cut off; whatever goes wrong is an error that names the cue, the voice and the address, and never the key.
"""

from __future__ import annotations

import time
import weakref
from typing import TYPE_CHECKING

import numpy as np

from tts_news.errors import SpeakError
from tts_news.sound import Utterance

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx
    import numpy.typing as npt

TIMEOUT_S = 120.0
TRIES = 3
MOST_BYTES = 64_000_000  # eleven minutes of the largest rate a server sends; an utterance lasts two at most
BACKOFF_S = 0.5
LONGEST_WAIT_S = 60.0
# How WAV, Ogg, FLAC and MP3 begin. Servers that do not know raw samples send one of them: it would be heard as noise.
_CONTAINERS = (b"RIFF", b"OggS", b"fLaC", b"ID3", b"\xff\xfb", b"\xff\xf3")


class SpeechServer:
    """One address that answers a text with 16-bit little-endian mono samples.

    Args:
        voice: The voice's name, for errors.
        url: Where requests are posted.
        headers: Sent with each, the key among them.
        refusal: The hint where the key is not accepted.
    """

    def __init__(self, voice: str, url: str, headers: Mapping[str, str], refusal: str) -> None:
        import httpx

        self._voice, self._url, self._refusal = voice, url, refusal
        self._client = httpx.Client(timeout=TIMEOUT_S, headers=dict(headers))
        weakref.finalize(self, self._client.close)

    def ask(self, utterance: Utterance, body: bytes, kind: str, hint: str) -> npt.NDArray[np.float32]:
        """Return what the server says: float32, shape (n,), in [-1, 1].

        Args:
            utterance: What is said, for errors.
            body: The request.
            kind: Its media type.
            hint: What to do where the answer is no sound.

        Raises:
            SpeakError: The server cannot be reached, refused it, or answered with no sound.
        """
        answer = self._answer(body, kind, utterance)
        sound, told = answer.content, answer.headers.get("content-type", "")
        named = told.startswith(("text/", "application/json")) or sound.startswith(_CONTAINERS)
        if named or len(sound) < 2 or len(sound) % 2:  # bytes of a sample
            said = told or "something"
            raise SpeakError(f"{self._where(utterance)} answered {said} that is no 16-bit sound", hint=hint)
        return np.frombuffer(sound, "<i2").astype(np.float32) / np.float32(32768)

    def _answer(self, body: bytes, kind: str, utterance: Utterance) -> httpx.Response:
        import httpx

        for attempt in range(1, TRIES + 1):
            wait_s = BACKOFF_S * attempt
            try:
                answer = self._post(body, kind, utterance)
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
                    hint = self._refusal if answer.status_code == httpx.codes.UNAUTHORIZED else ""
                    said = answer.text[:200]
                    raise SpeakError(f"{self._where(utterance)} answered {answer.status_code}: {said}", hint=hint)
                wait_s = _asked_for(answer) or wait_s
            time.sleep(wait_s)
        raise SpeakError(f"{self._where(utterance)} did not answer")

    def _post(self, body: bytes, kind: str, utterance: Utterance) -> httpx.Response:
        """Return the answer with its content, which may not be larger than any sound asked for."""
        import httpx

        with self._client.stream("POST", self._url, content=body, headers={"Content-Type": kind}) as answer:
            content = bytearray()
            for chunk in answer.iter_bytes():
                content += chunk
                if len(content) > MOST_BYTES:
                    raise SpeakError(f"{self._where(utterance)} sends more than {MOST_BYTES} bytes")
            kept = {name: answer.headers[name] for name in ("content-type", "retry-after") if name in answer.headers}
            return httpx.Response(answer.status_code, headers=kept, content=bytes(content))

    def _where(self, utterance: Utterance) -> str:
        return f"{utterance.id}: voice {self._voice}: {self._url}"


def _asked_for(answer: httpx.Response) -> float:
    """Return how many seconds the server asks to be left alone, a minute at most; 0 where it does not say.

    Source: RFC 9110, section 10.2.3; its form with a date is not in use among speech servers.
    """
    stated = answer.headers.get("retry-after", "").strip()
    return min(float(stated), LONGEST_WAIT_S) if stated.isascii() and stated.isdigit() else 0.0
