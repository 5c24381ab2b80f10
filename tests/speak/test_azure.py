"""Azure's protocol, as its documentation has it, against a server of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import numpy as np
import pytest
from lxml import etree

from tests.speak.loopback import Answer, plain, serve
from tts_news.errors import SpeakError
from tts_news.records import Cue
from tts_news.sound import Utterance
from tts_news.speak import patience
from tts_news.speak.azure import AzureEngine
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.recording import job_of
from tts_news.speak.settings import SpeakSettings
from tts_news.speak.ssml import Spelt, ssml_of

pytestmark = pytest.mark.usefixtures("waits")
SOUND = (np.sin(np.arange(24_000) / 9) * 8000).astype("<i2").tobytes()
ASKED = Utterance("c0001", "قَالَ: «نَعَمْ» & <لَا>.", speed=1.5, pitch=0.9)
SSML = "{http://www.w3.org/2001/10/synthesis}"
STYLES = "{https://www.w3.org/2001/mstts}"


@contextmanager
def engine(url: str, trust: str = "text", **options: object) -> Iterator[AzureEngine]:
    made = AzureEngine(VoiceSpec("hamed", "azure", Path(), options={"url": url, **options}, trust=trust))
    yield made
    made._server._client.close()


def test_the_request_is_ssml_with_key_and_format_in_its_head() -> None:
    heads: list[dict[str, str]] = []
    bodies: list[bytes] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        heads.append({name.lower(): value for name, value in request.headers.items()})
        bodies.append(request.body)  # type: ignore[attr-defined]
        plain(200, SOUND, "audio/pcm")(request)

    with (
        serve(answer) as (url, seen),
        engine(f"{url}/v1", "key", voice="ar-EG-ShakirNeural", style="newscast") as voice,
    ):
        take = voice.speak(ASKED)
    assert seen == ["POST /v1"]
    assert heads[0]["ocp-apim-subscription-key"] == "secret"
    assert heads[0]["x-microsoft-outputformat"] == "raw-24khz-16bit-mono-pcm"
    assert heads[0]["content-type"] == "application/ssml+xml"
    speak = etree.fromstring(bodies[0])
    assert speak.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar-EG"
    (spoken,) = speak
    (styled,) = spoken
    (prosody,) = styled
    assert (spoken.tag, spoken.get("name")) == (f"{SSML}voice", "ar-EG-ShakirNeural")
    assert (styled.tag, styled.get("style")) == (f"{STYLES}express-as", "newscast")
    assert dict(prosody.attrib) == {"rate": "+50%", "pitch": "-10%"}
    assert prosody.text == ASKED.text
    assert (take.rate_hz, len(take.samples), take.words) == (24_000, 24_000, ())


def test_the_key_goes_to_no_address_that_came_with_the_voice() -> None:
    keys: list[str | None] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        keys.append(request.headers.get("Ocp-Apim-Subscription-Key"))
        plain(200, SOUND, "audio/pcm")(request)

    with serve(answer) as (url, _), engine(url) as voice:
        voice.speak(ASKED)
    assert keys == [None]


def test_a_server_that_asks_for_patience_gets_it(waits: list[float]) -> None:
    def busy(request: BaseHTTPRequestHandler) -> None:
        request.send_response(429)
        request.send_header("Retry-After", "7")
        request.send_header("Content-Length", "0")
        request.end_headers()

    answers = iter([busy, plain(503, b"down"), plain(200, SOUND)])

    def answer(request: BaseHTTPRequestHandler) -> None:
        next(answers)(request)

    with serve(answer) as (url, seen), engine(url) as voice:
        voice.speak(ASKED)
    assert len(seen) == 3
    assert waits == [7.0, 2 * patience.BACKOFF_S]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (plain(500, b"oops"), "answered 500"),
        (plain(401, b"who are you"), "answered 401"),
        (plain(400, b"no such voice"), "answered 400"),
        (plain(200, b"<html>", "text/html"), "no 16-bit sound"),
        (plain(200, b"RIFF" + SOUND), "no 16-bit sound"),
        (plain(200, b""), "no 16-bit sound"),
    ],
)
def test_a_server_that_gives_no_sound_is_an_error_that_names_the_cue(answer: Answer, said: str) -> None:
    with serve(answer) as (url, _), engine(url) as voice, pytest.raises(SpeakError, match=rf"c0001.*{said}") as caught:
        voice.speak(ASKED)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("key", "region", "hint"),
    [("", "uaenorth", "AZURE_SPEECH_KEY"), ("secret", "", "AZURE_SPEECH_REGION"), ("secret", "a.b/c", "REGION")],
)
def test_key_and_region_come_from_the_environment_and_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, key: str, region: str, hint: str
) -> None:
    monkeypatch.setenv("AZURE_SPEECH_KEY", key)
    monkeypatch.setenv("AZURE_SPEECH_REGION", region)
    with pytest.raises(SpeakError) as caught:
        AzureEngine(VoiceSpec("hamed", "azure", Path()))
    assert hint in caught.value.hint


def test_a_speed_azure_does_not_have_is_refused_before_it_is_asked() -> None:
    with (
        serve(plain(200, SOUND)) as (url, seen),
        engine(url) as voice,
        pytest.raises(SpeakError, match=r"c0001.*speed"),
    ):
        voice.speak(Utterance("c0001", "نَعَمْ", speed=2.5))
    assert seen == []


def test_words_with_sounds_that_no_letter_writes_are_given_in_ipa() -> None:
    said = ssml_of(Utterance("c1", "أَعْلَنَتْ «غُوغِلْ»، ثُمَّ پَارِيسُ."), "ar-SA-HamedNeural", "", "foreign")
    speak = etree.fromstring(said)
    spelt = list(speak.iter(f"{SSML}phoneme"))
    assert [(one.text, one.get("ph")) for one in spelt] == [("غُوغِلْ", "ˈɡuːɡil"), ("پَارِيسُ", "paːˈriːsu")]
    assert all(one.get("alphabet") == "ipa" for one in spelt)
    assert "".join(speak.itertext()) == "أَعْلَنَتْ «غُوغِلْ»، ثُمَّ پَارِيسُ."


@pytest.mark.parametrize(
    ("text", "spelt", "sounds"),
    [
        ("قَالَ الْوَزِيرُ.", "foreign", []),
        ("قَالَ الْوَزِيرُ.", "none", []),
        ("قَالَ الْوَزِيرُ.", "all", ["ˈqaːla", "lwaˈziːru"]),
        ("غُوغِلْ", "none", []),
    ],
)
def test_which_words_are_given_in_ipa_is_the_cards_choice(text: str, spelt: Spelt, sounds: list[str]) -> None:
    speak = etree.fromstring(ssml_of(Utterance("c1", text), "ar-SA-HamedNeural", "", spelt))
    assert [one.get("ph") for one in speak.iter(f"{SSML}phoneme")] == sounds


def test_a_role_has_its_style() -> None:
    spec = VoiceSpec("hamed", "azure", Path(), options={"styles": {"headline": "newscast"}})
    cues = [Cue(f"c{role}", role, "نعم", "نَعَمْ.", 0.3, "hamed", 0) for role in ("headline", "paragraph")]
    jobs = [job_of(cue, spec, "print", SpeakSettings()) for cue in cues]
    assert [job.utterance.style for job in jobs] == ["newscast", ""]
    assert jobs[0].key != jobs[1].key
    assert 'express-as style="newscast"' in ssml_of(jobs[0].utterance, "ar-SA-HamedNeural", "newscast", "foreign")
