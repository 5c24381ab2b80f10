"""Asking a speech server: what every voice behind one has in common.

A busy or failing server is asked again (`patience`); an answer larger than any sound is cut off; whatever goes wrong is
an error that names the cue, the voice and the address, and never the key.
"""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

import numpy as np

from tts_news.errors import SpeakError
from tts_news.sound import Utterance
from tts_news.speak.patience import Refused, Unreached, ask_patiently
from tts_news.speak.trust import is_local

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx
    import numpy.typing as npt

TIMEOUT_S = 120.0
MOST_BYTES = 64_000_000  # eleven minutes of the largest rate a server sends; an utterance lasts two at most
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
        # No redirect is followed: the key goes where the user said. What stays here goes through no proxy of elsewhere.
        self._client = httpx.Client(timeout=TIMEOUT_S, headers=dict(headers), trust_env=not is_local(url))
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
        return samples_of(answer.content, answer.headers.get("content-type", ""), self._where(utterance), hint)

    def _answer(self, body: bytes, kind: str, utterance: Utterance) -> httpx.Response:
        import httpx

        def attempt() -> httpx.Response | Refused | Unreached:
            try:
                answer = self._post(body, kind, utterance)
            except (httpx.HTTPError, httpx.InvalidURL) as err:
                return Unreached(err)
            if answer.is_success:
                return answer
            return Refused(answer.status_code, answer.text, answer.headers.get("retry-after", ""))

        return ask_patiently(self._where(utterance), self._refusal, attempt)

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


def samples_of(sound: bytes, told: str, where: str, hint: str) -> npt.NDArray[np.float32]:
    """Return 16-bit samples that a server sent: float32, shape (n,), in [-1, 1].

    Args:
        sound: What it sent.
        told: The type it gave it, "" where it gave none.
        where: Who asked whom, for errors.
        hint: What to do where it is no sound.

    Raises:
        SpeakError: It is no sound.
    """
    named = told.startswith(("text/", "application/json")) or sound.startswith(_CONTAINERS)
    if named or len(sound) < 2 or len(sound) % 2:  # bytes of a sample
        raise SpeakError(f"{where} answered {told or 'something'} that is no 16-bit sound", hint=hint)
    return np.frombuffer(sound, "<i2").astype(np.float32) / np.float32(32768)
