"""The voices of Azure's speech service: our vowelled text as SSML.

Key and region come from `AZURE_SPEECH_KEY` and `AZURE_SPEECH_REGION`, read here and not by `config.py`: a key must not
travel through records, worker processes' arguments or logs.

By a request Azure sends sound and no more; over a websocket (extra `azure`) it says when each word sounds as well.

Source: Azure AI Speech, "Text to speech REST API".
"""

from __future__ import annotations

import os
import re
from importlib.util import find_spec
from typing import cast

import numpy as np

from tts_news.errors import SpeakError
from tts_news.sound import Take, Utterance
from tts_news.speak.azure_socket import PATH, SpeechSocket
from tts_news.speak.catalogue import VoiceSpec, check_trust
from tts_news.speak.speech_server import SpeechServer, samples_of
from tts_news.speak.ssml import Spelt, ssml_of
from tts_news.speak.word_times import written_times

_REST_PATH = "/cognitiveservices/v1"
_RATES = (8_000, 16_000, 22_050, 24_000, 44_100, 48_000)
_REGION = re.compile("[a-z0-9]{2,40}")
_SPEEDS = (0.5, 2.0)
_SPELT = ("foreign", "all", "none")
_HINT = "is the voice's name one of your region?"


class AzureEngine:
    """A voice of Azure.

    Options: `voice` (its name there), `style` (one the voice has) and `[options.styles]` (others by role), `phonemes`
    (which words are given in IPA: foreign, all or none), `url` of a private endpoint.
    """

    version = "2"
    shareable = True  # httpx's client is made for threads, and a websocket is opened for each utterance

    def __init__(self, spec: VoiceSpec) -> None:
        self._spec = spec
        self.rate_hz = spec.rate_hz or 24_000
        check_trust(spec)
        if self.rate_hz not in _RATES:
            raise SpeakError(f"voice {spec.name}: Azure has no sound at {self.rate_hz} Hz", hint="rate_hz = 24000")
        if spec.options.get("phonemes", "foreign") not in _SPELT:
            raise SpeakError(f"voice {spec.name}: phonemes is {', '.join(_SPELT)}")
        # To Azure, or to an address the user has named for it; never to one a voice brings along.
        key = os.environ.get("AZURE_SPEECH_KEY", "") if not spec.address or spec.trust == "key" else ""
        if not key and not spec.address:
            raise SpeakError(
                f"voice {spec.name}: Azure wants a key", hint="set AZURE_SPEECH_KEY and AZURE_SPEECH_REGION"
            )
        sound = f"raw-{_in_khz(self.rate_hz)}-16bit-mono-pcm"
        keys = {"Ocp-Apim-Subscription-Key": key} if key else {}
        headers = {"X-Microsoft-OutputFormat": sound, "User-Agent": "tts-news", **keys}
        url, refusal = spec.address or _url(spec), "check AZURE_SPEECH_KEY"
        self._server = SpeechServer(spec.name, url, headers, refusal)
        socket = _socket_url(url)
        self._socket = SpeechSocket(socket, keys, sound, refusal) if socket and find_spec("websockets") else None

    def speak(self, utterance: Utterance) -> Take:
        """Return the utterance, with word times where they can be asked for.

        Raises:
            SpeakError: Azure cannot be reached, refused it, or answered with no sound; or the speed is none of its own.
        """
        if not _SPEEDS[0] <= utterance.speed <= _SPEEDS[1]:
            raise SpeakError(f"{utterance.id}: Azure speaks at {_SPEEDS[0]:g} to {_SPEEDS[1]:g} times its own speed")
        options = self._spec.options
        voice = str(options.get("voice", "ar-SA-HamedNeural"))
        style = utterance.style or str(options.get("style", ""))
        asked = ssml_of(utterance, voice, style, cast("Spelt", options.get("phonemes", "foreign")))
        if self._socket is None:
            return Take(self._server.ask(utterance, asked.encode(), "application/ssml+xml", _HINT), self.rate_hz)
        where = f"{utterance.id}: voice {self._spec.name}"
        heard = self._socket.ask(asked, where)
        samples = samples_of(heard.sound, "", where, _HINT)
        times = written_times(utterance.text.split(), heard.words, len(samples) / self.rate_hz)
        return Take(np.asarray(samples), self.rate_hz, times)


def _url(spec: VoiceSpec) -> str:
    region = os.environ.get("AZURE_SPEECH_REGION", "")
    if not _REGION.fullmatch(region):
        raise SpeakError(f"voice {spec.name}: {region!r} is no region of Azure", hint="set AZURE_SPEECH_REGION")
    return f"https://{region}.tts.speech.microsoft.com{_REST_PATH}"


def _socket_url(url: str) -> str:
    """Return where the service at an address is asked over a websocket, "" where that is not known."""
    return f"ws{url.removeprefix('http').removesuffix(_REST_PATH)}{PATH}" if url.endswith(_REST_PATH) else ""


def _in_khz(rate_hz: int) -> str:
    """Return a rate as Azure's names of formats have it: 24khz, 22050hz, 44100hz."""
    return f"{rate_hz // 1000}khz" if rate_hz % 1000 == 0 else f"{rate_hz}hz"
