"""The voices of Azure's speech service: our vowelled text as SSML.

Key and region come from `AZURE_SPEECH_KEY` and `AZURE_SPEECH_REGION`, read here and not by `config.py`: a key must not
travel through records, worker processes' arguments or logs.

Source: Azure AI Speech, "Text to speech REST API" and "Speech Synthesis Markup Language".
"""

from __future__ import annotations

import os
import re
from xml.sax.saxutils import escape, quoteattr

from tts_news.errors import SpeakError
from tts_news.sound import Take, Utterance
from tts_news.speak.catalogue import VoiceSpec, check_trust
from tts_news.speak.speech_server import SpeechServer

_SSML, _STYLES = "http://www.w3.org/2001/10/synthesis", "https://www.w3.org/2001/mstts"
_RATES = (8_000, 16_000, 22_050, 24_000, 44_100, 48_000)
_REGION = re.compile("[a-z0-9]{2,40}")
_SPEEDS = (0.5, 2.0)


class AzureEngine:
    """A voice of Azure. Options: `voice` (its name there), `style` (one the voice has), `url` of a private endpoint."""

    version = "1"
    shareable = True  # httpx's client is made for threads

    def __init__(self, spec: VoiceSpec) -> None:
        self._spec = spec
        self.rate_hz = spec.rate_hz or 24_000
        check_trust(spec)
        if self.rate_hz not in _RATES:
            raise SpeakError(f"voice {spec.name}: Azure has no sound at {self.rate_hz} Hz", hint="rate_hz = 24000")
        # To Azure, or to an address the user has named for it; never to one a voice brings along.
        key = os.environ.get("AZURE_SPEECH_KEY", "") if not spec.address or spec.trust == "key" else ""
        if not key and not spec.address:
            raise SpeakError(
                f"voice {spec.name}: Azure wants a key", hint="set AZURE_SPEECH_KEY and AZURE_SPEECH_REGION"
            )
        headers = {
            "X-Microsoft-OutputFormat": f"raw-{_in_khz(self.rate_hz)}-16bit-mono-pcm",
            "User-Agent": "tts-news",
            **({"Ocp-Apim-Subscription-Key": key} if key else {}),
        }
        self._server = SpeechServer(spec.name, spec.address or _url(spec), headers, "check AZURE_SPEECH_KEY")

    def speak(self, utterance: Utterance) -> Take:
        """Return the utterance; this way of asking gives no word times.

        Raises:
            SpeakError: Azure cannot be reached, refused it, or answered with no sound; or the speed is none of its own.
        """
        if not _SPEEDS[0] <= utterance.speed <= _SPEEDS[1]:
            raise SpeakError(f"{utterance.id}: Azure speaks at {_SPEEDS[0]:g} to {_SPEEDS[1]:g} times its own speed")
        asked = self._ssml(utterance).encode()
        hint = "is the voice's name one of your region?"
        return Take(self._server.ask(utterance, asked, "application/ssml+xml", hint), self.rate_hz)

    def _ssml(self, utterance: Utterance) -> str:
        voice = str(self._spec.options.get("voice", "ar-SA-HamedNeural"))
        said = escape(utterance.text)
        if utterance.speed != 1 or utterance.pitch != 1:
            how = f'rate="{_percent(utterance.speed)}" pitch="{_percent(utterance.pitch)}"'
            said = f"<prosody {how}>{said}</prosody>"
        style = str(self._spec.options.get("style", ""))
        if style:
            said = f"<mstts:express-as style={quoteattr(style)}>{said}</mstts:express-as>"
        language = "-".join(voice.split("-")[:2])
        return (
            f'<speak version="1.0" xmlns="{_SSML}" xmlns:mstts="{_STYLES}" xml:lang={quoteattr(language)}>'
            f"<voice name={quoteattr(voice)}>{said}</voice></speak>"
        )


def _url(spec: VoiceSpec) -> str:
    region = os.environ.get("AZURE_SPEECH_REGION", "")
    if not _REGION.fullmatch(region):
        raise SpeakError(f"voice {spec.name}: {region!r} is no region of Azure", hint="set AZURE_SPEECH_REGION")
    return f"https://{region}.tts.speech.microsoft.com/cognitiveservices/v1"


def _in_khz(rate_hz: int) -> str:
    """Return a rate as Azure's names of formats have it: 24khz, 22050hz, 44100hz."""
    return f"{rate_hz // 1000}khz" if rate_hz % 1000 == 0 else f"{rate_hz}hz"


def _percent(factor: float) -> str:
    """Return a factor as SSML's change of it: 1.2 is +20%."""
    return f"{(factor - 1) * 100:+.0f}%"
