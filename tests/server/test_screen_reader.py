"""Speech Dispatcher's module (integrations/speech-dispatcher) against a running server."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from ports import free_port
from server.dispatching import MODULE, Dispatcher
from server.running import Running

TEXT = "افتتحت البلدية ثلاث حدائق. وحضر كثيرون."
LONG = f"<speak>{'افتتحت البلدية صباح اليوم ثلاث حدائق جديدة. ' * 40}</speak>"


def configured(folder: Path, **options: str) -> Path:
    path = folder / "tts-news.conf"
    path.write_text("# a note\n" + "".join(f'TtsNews{name} "{value}"\n' for name, value in options.items()))
    return path


@pytest.fixture(scope="module")
def dispatcher(speaking: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dispatcher]:
    config = configured(tmp_path_factory.mktemp("spd"), Address=speaking.url, Start="", Fallback="")
    started = Dispatcher(config).ready()
    yield started
    assert started.close() == 0


@pytest.fixture(autouse=True)
def _as_it_starts(request: pytest.FixtureRequest) -> None:
    if "dispatcher" in request.fixturenames:
        plain = {"rate": 0, "pitch": 0, "volume": 100, "punctuation_mode": "none", "spelling_mode": "off"}
        named = {"cap_let_recogn": "none", "voice": "male1", "language": "ar", "synthesis_voice": "NULL"}
        request.getfixturevalue("dispatcher").set(**plain, **named)


def test_marks_come_where_their_words_begin(dispatcher: Dispatcher) -> None:
    first = 'افتتحت <mark name="a&amp;b"/>البلدية <mark name="c"/>ثلاث حدائق.'
    marked = f'<speak>{first}<mark name="__spd_0"/> وحضر كثيرون.</speak>'
    heard = dispatcher.hear("SPEAK", marked)
    assert [event for event in heard.events if event != "sound"] == [
        "BEGIN",
        "__spd_-1",
        "a&b",
        "c",
        "__spd_0",
        "END",
    ]
    assert 0.2 < heard.at["a&b"] < heard.at["c"] < heard.at["__spd_0"] < heard.at["END"] - 0.2
    assert len(heard.sound) == len(dispatcher.hear("SPEAK", f"<speak>{TEXT}</speak>").sound)


@pytest.mark.parametrize(("command", "event"), [("STOP", "STOP"), ("PAUSE", "PAUSE")])
def test_an_interruption_is_answered_at_once_and_the_next_message_is_its_own(
    dispatcher: Dispatcher, command: str, event: str
) -> None:
    dispatcher.begin("SPEAK", LONG)
    events = dispatcher.events()
    while next(events)[0] != "sound":
        pass
    dispatcher.write(command)
    rest = [name for name, _ in events]
    assert rest[-1] == event
    # What lay in the pipe, and what was under way before the command was read, of the minutes there are.
    assert rest.count("sound") < 150
    assert dispatcher.hear("CHAR", "ب").events[-1] == "END"


def test_a_pause_finds_a_mark_behind_every_block(dispatcher: Dispatcher) -> None:
    dispatcher.begin("SPEAK", '<speak>نعم.<mark name="__spd_0"/> لا.</speak>')
    events = [name for name, _ in dispatcher.events()]
    assert all(events[at + 1].startswith("__spd_") for at, name in enumerate(events) if name == "sound")


def test_a_message_is_as_long_as_its_words(dispatcher: Dispatcher) -> None:
    heard = dispatcher.hear("SPEAK", "<speak>نعم</speak>")
    assert heard.sound[:480].strip(b"\0")
    assert heard.sound[-480:].strip(b"\0")


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        ({"rate": 60}, TEXT),
        ({"pitch": 40}, TEXT),
        ({"volume": -40}, TEXT),
        ({"punctuation_mode": "all"}, TEXT),
        ({"spelling_mode": "on"}, TEXT),
        ({"cap_let_recogn": "spell"}, "Abc"),
    ],
)
def test_every_setting_is_heard(dispatcher: Dispatcher, setting: dict[str, object], text: str) -> None:
    before = dispatcher.hear("SPEAK", f"<speak>{text}</speak>").sound
    assert dispatcher.set(**setting) == ["203 OK SETTINGS RECEIVED"]
    assert dispatcher.hear("SPEAK", f"<speak>{text}</speak>").sound != before


def test_a_wrong_setting_is_refused(dispatcher: Dispatcher) -> None:
    assert dispatcher.set(rate="fast") == ["303 ERROR INVALID PARAMETER OR VALUE"]
    assert dispatcher.set(pitch_range=20) == ["203 OK SETTINGS RECEIVED"]


def test_a_capital_letter_may_have_a_sound_before_it(dispatcher: Dispatcher) -> None:
    plain = dispatcher.hear("CHAR", "A").sound
    dispatcher.set(cap_let_recogn="icon")
    assert dispatcher.hear("CHAR", "A").sound.endswith(plain)
    assert dispatcher.hear("CHAR", "a").sound == plain


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("CHAR", "."),
        ("CHAR", "space"),
        ("CHAR", "\n"),
        ("KEY", "control_a"),
        ("SOUND_ICON", "no-such-icon"),
        ("SPEAK", "<speak>.bashrc\n.\n..</speak>"),
        ("SPEAK", "<speak>李 \x07 &lt;sub&gt; [pause</speak>"),
        ("SPEAK", "<speak>😀</speak>"),
    ],
)
def test_nothing_is_silent(dispatcher: Dispatcher, kind: str, text: str) -> None:
    assert dispatcher.hear(kind, text).sound.strip(b"\0")


def test_a_text_of_nothing_ends(dispatcher: Dispatcher) -> None:
    assert dispatcher.hear("SPEAK", '<speak> <mark name="x"/> </speak>').events == ["BEGIN", "x", "END"]


def test_a_text_longer_than_a_request_is_asked_for_in_parts_with_the_marks_of_each() -> None:
    module = runpy.run_path(str(MODULE))
    text = f"{'كلمة أخرى. ' * 400}{'ط' * 5000} نهاية"
    marks = tuple((text.index("أ", place), str(place)) for place in range(0, 4000, 500))
    parts = list(module["split"](text))
    assert "".join(part for _, part in parts) == text
    assert max(len(part) for _, part in parts) <= 4000
    assert parts[0][1].endswith(". ")
    message = module["Message"](text, ((0, "first"), *marks, (len(text), "last")))
    cut = [message.part(place, len(part)) for place, part in parts]
    assert [name for part in cut for _, name in part.marks] == ["first", *(name for _, name in marks), "last"]
    assert all(part.text[place] == "أ" for part in cut for place, name in part.marks if name.isdigit())


def test_voices_and_the_rest_of_the_protocol(dispatcher: Dispatcher) -> None:
    voices = dispatcher.ask("LIST VOICES")
    assert "200-tone\tar\tnone" in voices
    assert voices[-1] == "200 OK VOICE LIST SENT"
    assert dispatcher.ask("LOGLEVEL", "log_level=3") == ["203 OK LOG LEVEL SET"]
    assert dispatcher.ask("DEBUG ON /tmp/x") == ["200 OK DEBUGGING ON"]
    assert dispatcher.ask("AUDIO", "audio_output_method=alsa")[-1] == "300 MODULE ERROR"
    assert dispatcher.ask("DANCE") == ["300 ERR UNKNOWN COMMAND"]
    assert dispatcher.ask("SPEAK", "") == ["301 ERROR CANT SPEAK"]


def test_a_server_that_is_not_there_is_named_and_another_module_may_speak(tmp_path: Path) -> None:
    config = configured(tmp_path, Address=f"http://127.0.0.1:{free_port()}", Start="")
    absent = Dispatcher(config)
    assert absent.greeting[-1] == "399 ERR CANT INIT MODULE"
    assert "no tts-news serve at http://127.0.0.1:" in absent.greeting[0]
    absent.close()


def test_when_the_server_refuses_the_substitute_speaks_and_says_so_once(speaking: Running, tmp_path: Path) -> None:
    substitute = tmp_path / "espeak"
    head = "import sys; said = sys.stdin.read(); sys.stdout.buffer.write(b'\\0' * 24 + (48000).to_bytes(4, 'little')"
    substitute.write_text(f"#!{sys.executable}\n{head} + b'\\0' * 16 + b'\\x10\\x10' * 100 * len(said))\n")
    substitute.chmod(0o700)
    config = configured(tmp_path, Address=speaking.url, Start="", Voice="nobody", Fallback=str(substitute))
    refused = Dispatcher(config).ready()
    first, second = (len(refused.hear("SPEAK", f"<speak>{TEXT}</speak>").sound) for _ in range(2))
    refused.close()
    assert second == 2 * 50 * len(TEXT)
    assert first > second
