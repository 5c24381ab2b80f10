#!/usr/bin/env python3
"""Speech Dispatcher's module for tts-news: Orca and other screen readers speak with its voices.

It speaks no word itself: a `tts-news serve` that is up all the time does (see README.md), and Speech Dispatcher plays
what comes. So nothing but Python's own library is needed, and nothing is loaded when a key is pressed.

    sd_tts-news [CONFIGURATION]     as Speech Dispatcher starts it, with the protocol on stdin and stdout

Source: "Communication Protocol for Output Modules" and its audio events (705), speech-dispatcher(info), 0.11.
"""

from __future__ import annotations

import base64
import fcntl
import html
import http.client
import json
import math
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import threading
import time
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

RATE_HZ = 24_000
BLOCK_BYTES = 2 * RATE_HZ // 50
"""What goes to Speech Dispatcher at once: 20 ms. A pause is heard at the end of one, since each ends with a mark."""
PIPE_BYTES = 8192
"""What may lie in the pipe. At a stop Speech Dispatcher reads on, a byte a call, until it finds our answer."""
LONGEST_TEXT = 4000  # letters of a request; the server takes 4096 unless told otherwise
KEPT_LETTERS, KEPT_BYTES = 40, 16_000_000
QUIET, LEAD_BYTES = 60, 2 * RATE_HZ // 200
"""A voice breathes in before it speaks; of what is softer than this, 5 ms are kept: a key is to be heard at once."""
START_S = 10.0  # in which a server that was started has to answer when Speech Dispatcher starts
PATIENCE_S = 1.0  # and when something is to be said: then the substitute says it
ANSWER_S = 5.0  # in which it has to go on
AGAIN_S = 10.0  # between two tries to start it
OWN_MARK = "__spd_"
"""How the marks begin that Speech Dispatcher puts behind sentences, to go on there after a pause."""
ABSENT = "خَادِمُ القِرَاءَة لَا يُجِيب."
ICONS = Path("/usr/share/sounds/sound-icons")


class AbsentError(Exception):
    """The server is not there, or refuses to speak."""


@dataclass(frozen=True)
class Options:
    """What the configuration says, a `Name "value"` a line."""

    address: str = "http://127.0.0.1:8079"
    key: str = ""
    voice: str = ""
    start: str = "systemctl --user start tts-news-speech.service"
    fallback: str = "espeak-ng"


def read_options(path: Path | None) -> Options:
    """Return the options of a configuration file; one that is not there says nothing."""
    found: dict[str, str] = {}
    if path and path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            match = re.fullmatch(r'\s*TtsNews(Address|Key|Voice|Start|Fallback)\s+"([^"]*)"\s*', line)
            if match:
                found[match[1].lower()] = match[2]
            elif line.strip() and not line.lstrip().startswith("#"):
                log(f"{path}: not understood: {line.strip()}")
    return Options(**found)


@dataclass(frozen=True)
class Settings:
    """What Speech Dispatcher has set for the next message; numbers from -100 to 100."""

    rate: int = 0
    pitch: int = 0
    volume: int = 100
    punctuation_mode: str = "none"
    spelling_mode: str = "off"
    cap_let_recogn: str = "none"
    voice: str = ""
    language: str = ""
    synthesis_voice: str = ""

    @property
    def speed(self) -> float:
        """From half to three times the voice's own pace, by equal steps to the ear."""
        base = 3.0 if self.rate > 0 else 2.0
        return round(math.pow(base, self.rate / 100), 3)

    @property
    def height(self) -> float:
        """An octave down to an octave up."""
        return round(math.pow(2.0, self.pitch / 100), 3)

    @property
    def gain(self) -> float:
        """What samples are multiplied by."""
        return max(0.0, (self.volume + 100) / 200)


def changed(settings: Settings, name: str, value: str) -> Settings | None:
    """Return the settings with one of them changed, None if a value does not hold; other names change nothing."""
    facts: dict[str, Any] = {}
    if name in {"rate", "pitch", "volume"}:
        if not re.fullmatch(r"-?\d{1,3}", value):
            return None
        facts[name] = max(-100, min(100, int(value)))
    elif name in Settings.__dataclass_fields__:
        facts[name] = "" if value == "NULL" else value
    return replace(settings, **facts)


# What is said


@dataclass(frozen=True)
class Message:
    """A text without its markup, and the marks in it: (place in the text, name)."""

    text: str
    marks: tuple[tuple[int, str], ...] = ()

    def part(self, start: int, length: int) -> Message:
        """Return a part of it with the marks in it; one at its end belongs to what follows, but for the last."""
        end = start + length
        last = end >= len(self.text)
        inside = ((at - start, name) for at, name in self.marks if start <= at and (at < end or last))
        return Message(self.text[start:end], tuple(inside))


_TAG = re.compile(r"<[^<>]*>")
_NAME = re.compile(r"""^<mark\b[^<>]*\bname\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def read_ssml(source: str) -> Message:
    """Return a message of the SSML that Speech Dispatcher makes of all texts; of its tags only `<mark>` is heard."""
    pieces: list[str] = []
    marks: list[tuple[int, str]] = []
    length = at = 0
    for tag in [*_TAG.finditer(source), None]:
        piece = _UNSEEN.sub(" ", html.unescape(source[at : tag.start() if tag else len(source)]))
        pieces.append(piece)
        length += len(piece)
        name = _NAME.match(tag[0]) if tag else None
        if name:
            marks.append((length, html.unescape(name[1] or name[2] or "")))
        at = tag.end() if tag else at
    return Message("".join(pieces), tuple(marks))


def split(text: str) -> Iterator[tuple[int, str]]:
    """Yield a text in parts that the server takes, each with its place: cut after a line, a sentence, else a word."""
    start = 0
    while len(text) - start > LONGEST_TEXT:
        part = text[start : start + LONGEST_TEXT]
        cut = max(part.rfind("\n") + 1, *(part.rfind(stop) + 2 if stop in part else 0 for stop in (". ", "؟ ", "! ")))
        cut = cut or part.rfind(" ") + 1 or LONGEST_TEXT
        yield start, text[start : start + cut]
        start += cut
    yield start, text[start:]


@dataclass(frozen=True)
class Sounded:
    """A piece of sound, 16-bit samples, and the words that begin in it.

    A word is (seconds from the start of the request, place in its text).
    """

    samples: bytes
    words: tuple[tuple[float, int], ...] = ()


def marked(sounds: Iterable[Sounded], message: Message) -> Iterator[bytes | str]:
    """Yield samples and the names of marks in the order in which they are heard.

    A mark is where the next word begins. Silence is kept back until something follows it: the end of a message
    is the end of its last word.
    """
    marks = list(message.marks)
    due: list[tuple[int, str]] = []
    at, silence = 0, b""
    for sound in sounds:
        for start_s, offset in sound.words:
            while marks and marks[0][0] <= offset:
                due.append((2 * round(start_s * RATE_HZ), marks.pop(0)[1]))
        if sound.samples.count(0) == len(sound.samples):
            silence += sound.samples
            continue
        heard, silence = silence + sound.samples, b""
        done = 0 if at else quiet_bytes(heard)
        while due and due[0][0] < at + len(heard):
            cut = max(due[0][0] - at, done)
            yield heard[done:cut]
            yield due.pop(0)[1]
            done = cut
        yield heard[done:]
        at += len(heard)
    yield from (name for _, name in (*due, *marks))


def quiet_bytes(samples: bytes) -> int:
    """Return how many bytes of a sound need not be heard before it begins."""
    lead = array("h", samples[: RATE_HZ // 5])
    quiet = next((place for place, sample in enumerate(lead) if abs(sample) > QUIET), 0)
    return max(2 * quiet - LEAD_BYTES, 0)


def louder(samples: bytes, gain: float) -> bytes:
    """Return samples multiplied by a gain of 1 at most."""
    if gain >= 1.0:
        return samples
    return array("h", (int(sample * gain) for sample in array("h", samples))).tobytes()


def beep() -> bytes:
    """Return what announces a capital letter where it is to be a sound: 50 ms of 1 kHz."""
    count = RATE_HZ // 20
    return array(
        "h",
        (int(6000 * math.sin(math.pi * n / count) * math.sin(2 * math.pi * 1000 * n / RATE_HZ)) for n in range(count)),
    ).tobytes()


# Who says it


class Server:
    """The `tts-news serve` that speaks, and what it said lately in a few words: letters and keys come again."""

    def __init__(self, options: Options) -> None:
        self.options = options
        parts = urlsplit(options.address)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._kept: OrderedDict[bytes, tuple[Sounded, ...]] = OrderedDict()
        self._kept_bytes = 0
        self._tried_at = -AGAIN_S
        self._voices: tuple[tuple[str, str, str], ...] = ()

    def is_there(self) -> bool:
        """Tell whether anybody listens at the address."""
        try:
            socket.create_connection((self._host, self._port), 1.0).close()
        except OSError:
            return False
        return True

    def start(self, patience_s: float) -> bool:
        """Have the server started, unless that was tried just now; tell whether it is there."""
        now = time.monotonic()
        if self.options.start and now - self._tried_at >= AGAIN_S:
            self._tried_at = now
            try:
                subprocess.Popen(  # noqa: S603 - the user's own command
                    shlex.split(self.options.start),
                    stdin=subprocess.DEVNULL,
                    stdout=sys.stderr,
                    start_new_session=True,  # it outlives us
                )
            except OSError as err:
                log(f"{self.options.start}: {err}")
                return False
            while time.monotonic() - now < patience_s:
                if self.is_there():
                    return True
                time.sleep(0.05)
        return self.is_there()

    def voices(self) -> tuple[tuple[str, str, str], ...]:
        """Return the voices as (name, language, gender), those last known if the server is silent."""
        link = http.client.HTTPConnection(self._host, self._port, timeout=ANSWER_S)
        try:
            link.request("GET", "/v1/audio/voices", headers=self._headers())
            found = json.loads(link.getresponse().read())["voices"]
            self._voices = tuple((one["id"], one["language"], one.get("gender", "")) for one in found)
        except (OSError, http.client.HTTPException, ValueError, KeyError) as err:
            log(f"voices: {err}")
        finally:
            link.close()
        return self._voices

    def choose(self, settings: Settings) -> str:
        """Return the voice for a message: the one that is named, else one of its language and kind, else the user's."""
        known = self._voices or self.voices()
        if settings.synthesis_voice and any(name == settings.synthesis_voice for name, _, _ in known):
            return settings.synthesis_voice
        if self.options.voice:
            return self.options.voice
        gender = "female" if "female" in settings.voice.lower() else "male"
        language = settings.language.partition("-")[0].partition("_")[0].lower()
        if language in {"", "ar"} and gender == "male":
            return "default"
        fitting = [name for name, spoken, sex in known if spoken.partition("-")[0] == language and sex in {gender, ""}]
        return fitting[0] if fitting else "default"

    def speak(self, body: dict[str, object], hold: Hold) -> Iterator[Sounded]:
        """Yield the sound of a request as it comes; what is short is kept.

        Raises:
            AbsentError: The server is not there, or what it answers is no sound.
        """
        asked = json.dumps(body, ensure_ascii=False).encode()
        if asked in self._kept:
            self._kept.move_to_end(asked)
            yield from self._kept[asked]
            return
        heard: list[Sounded] = []
        for sound in self._ask(asked, hold):
            heard.append(sound)
            yield sound
        if len(str(body["input"])) <= KEPT_LETTERS and not hold.is_over:
            self._keep(asked, tuple(heard))

    def _keep(self, asked: bytes, heard: tuple[Sounded, ...]) -> None:
        self._kept[asked] = heard
        self._kept_bytes += sum(len(sound.samples) for sound in heard)
        while self._kept_bytes > KEPT_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= sum(len(sound.samples) for sound in oldest)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.options.key}"} if self.options.key else {}

    def _ask(self, asked: bytes, hold: Hold) -> Iterator[Sounded]:
        link = http.client.HTTPConnection(self._host, self._port, timeout=ANSWER_S)
        try:
            link.connect()
            if not hold.take(link.sock):
                return
            link.request("POST", "/v1/audio/speech", asked, {"Content-Type": "application/json", **self._headers()})
            answer = link.getresponse()
            if answer.status != http.client.OK:
                raise AbsentError(f"{answer.status}: {answer.read(500).decode(errors='replace')}")
            yield from _sounds(answer)
        except (OSError, http.client.HTTPException, ValueError, KeyError) as err:
            if not hold.is_over:
                raise AbsentError(f"{self.options.address}: {err}") from err
        finally:
            link.close()


def _sounds(answer: http.client.HTTPResponse) -> Iterator[Sounded]:
    """Yield the sound of server-sent events, each with the words that were told before it."""
    words: tuple[tuple[float, int], ...] = ()
    for event in _events(answer):
        if event["type"] == "speech.audio.timestamps":
            words += tuple((float(word["start"]), int(word["offset"])) for word in event["words"])
        elif event["type"] == "speech.audio.delta":
            yield Sounded(base64.b64decode(event["audio"]), words)
            words = ()
        elif event["type"] == "speech.audio.done":
            return
        elif event["type"] == "error":
            raise AbsentError(event["error"]["message"])
    raise AbsentError("the sound broke off")


def _events(answer: http.client.HTTPResponse) -> Iterator[dict[str, Any]]:
    unread = b""
    while block := answer.read1(1 << 16):
        *whole, unread = (unread + block).split(b"\n\n")
        for event in whole:
            yield json.loads(event.removeprefix(b"data: "))


class Hold:
    """A way to take one message back, from whichever thread: nothing more of it is said."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self.is_over = False

    def take(self, thing: socket.socket | subprocess.Popen[bytes]) -> bool:
        """Remember what the sound comes from; False if the message has been taken back already."""
        with self._lock:
            if isinstance(thing, socket.socket):
                self._socket = thing
            else:
                self._child = thing
            return not self.is_over

    def let_go(self) -> None:
        """Take the message back: the server notices, and makes no more of it."""
        with self._lock:
            self.is_over = True
            if self._socket:
                with suppress(OSError):  # it has ended
                    self._socket.shutdown(socket.SHUT_RDWR)
            if self._child:
                self._child.kill()


class Substitute:
    """What speaks when the server cannot, if it is there: who cannot see the screen is not left in silence."""

    def __init__(self, options: Options) -> None:
        self._program = shutil.which(options.fallback) if options.fallback else None
        self.has_told = False

    def speak(self, text: str, settings: Settings, hold: Hold) -> Iterator[bytes]:
        """Yield samples at `RATE_HZ`: at the first message that the server is not there, then the text."""
        said = text if self.has_told else f"{ABSENT} {text}"
        self.has_told = True
        if self._program is None:
            log(f"{ABSENT} no substitute either: install espeak-ng")
            return
        words = str(round(175 * settings.speed))
        command = [self._program, "--stdout", "-v", settings.language.partition("-")[0] or "ar", "-s", words, "--stdin"]
        child = subprocess.Popen(  # noqa: S603 - the user's own program; the text goes to its stdin
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        if child.stdin is None or child.stdout is None or not hold.take(child):
            child.kill()
            return
        with child:
            child.stdin.write(said.encode())
            child.stdin.close()
            head = child.stdout.read(44)
            if len(head) == 44:
                yield from _at_rate(child.stdout, int.from_bytes(head[24:28], "little"))


def _at_rate(samples: IO[bytes], rate_hz: int) -> Iterator[bytes]:
    """Yield 16-bit samples of another rate at ours, each the one nearest in time: good enough for a substitute."""
    while block := samples.read(2 * rate_hz // 5):
        found = array("h", block[: len(block) // 2 * 2])
        count = len(found) * RATE_HZ // rate_hz
        yield array("h", (found[n * rate_hz // RATE_HZ] for n in range(count))).tobytes()


# Who is told


class Wire:
    """What goes to Speech Dispatcher: replies and events, each whole."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._out = sys.stdout.buffer

    def send(self, *lines: str) -> None:
        """Send lines; the last one has no hyphen behind its number."""
        with self.lock:
            self._out.write("".join(f"{line}\n" for line in lines).encode())
            self._out.flush()

    def send_sound(self, samples: bytes) -> None:
        """Send samples; line feeds in them are escaped as in HDLC."""
        count = len(samples) // 2
        escaped = samples.replace(b"\x7d", b"\x7d\x5d").replace(b"\n", b"\x7d\x2a")
        facts = (
            f"705-bits=16\n705-num_channels=1\n705-sample_rate={RATE_HZ}\n705-num_samples={count}\n705-big_endian=0\n"
        )
        with self.lock:
            self._out.write(facts.encode() + b"705-AUDIO\0" + escaped + b"\n705 AUDIO\n")
            self._out.flush()

    def send_mark(self, name: str) -> None:
        """Tell that a mark was reached."""
        self.send(f"700-{name}", "700 INDEX MARK")


@dataclass
class Utterance:
    """One message on its way to the ear."""

    wire: Wire
    gain: float
    hold: Hold = field(default_factory=Hold)
    _begun: bool = False
    _interrupted: bool = False
    _place: str = f"{OWN_MARK}-1"
    """The last of Speech Dispatcher's own marks: where it goes on after a pause; -1 is the beginning."""

    def say(self, heard: Iterable[bytes | str]) -> None:
        """Send sound and marks until they end or nobody wants them any more."""
        for one in heard:
            if self._is_unwanted():
                return
            if isinstance(one, str):
                self._mark(one)
            else:
                self._play(louder(one, self.gain))
        self._finish()

    def _is_unwanted(self) -> bool:
        return self._interrupted or self.hold.is_over

    def _mark(self, name: str) -> None:
        with self.wire.lock:
            if not self._is_unwanted():
                self._begin()
                self.wire.send_mark(name)
                if name.startswith(OWN_MARK):
                    self._place = name

    def _play(self, samples: bytes) -> None:
        for at in range(0, len(samples), BLOCK_BYTES):
            with self.wire.lock:
                if self._is_unwanted():
                    return
                self._begin()
                self.wire.send_sound(samples[at : at + BLOCK_BYTES])
                # Speech Dispatcher pauses at a mark: with one behind each block it does so at once, and says the
                # sentence again when it goes on.
                self.wire.send_mark(self._place)

    def icon(self, path: Path) -> None:
        """Have Speech Dispatcher play a file."""
        with self.wire.lock:
            if not self._is_unwanted():
                self._begin()
                self.wire.send(f"706-{path}", "706 ICON")
        self._finish()

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self.wire.send("701 BEGIN")

    def _finish(self) -> None:
        with self.wire.lock:
            if not self._is_unwanted():
                self._end("702 END")

    def interrupt(self, event: str) -> None:
        """Say no more of it, and tell so, unless it has ended."""
        self._interrupted = True  # first: a lock is not given to whoever has waited longest
        with self.wire.lock:
            if not self.hold.is_over:
                self._end(event)

    def _end(self, event: str) -> None:
        self._begin()
        self.wire.send(event)
        self.hold.let_go()


class Module:
    """The module: commands in, sound out."""

    def __init__(self, options: Options) -> None:
        self.wire = Wire()
        self.server = Server(options)
        self.substitute = Substitute(options)
        self.settings = Settings()
        self._current: Utterance | None = None
        self._lines = sys.stdin.buffer

    def run(self) -> None:
        """Answer commands until there are no more."""
        commands: dict[str, Callable[[], None]] = {
            "INIT": self._init,
            "LIST VOICES": self._list_voices,
            "SET": self._set,
            "AUDIO": self._audio,
            "LOGLEVEL": self._loglevel,
            "STOP": lambda: self._interrupt("703 STOP"),
            "PAUSE": lambda: self._interrupt("704 PAUSE"),
        }
        while line := self._lines.readline():
            command = line.decode(errors="replace").rstrip("\n")
            if command in {"SPEAK", "CHAR", "KEY", "SOUND_ICON"}:
                self._speak(command)
            elif command in commands:
                commands[command]()
            elif command.startswith("DEBUG"):
                self.wire.send(f"200 OK DEBUGGING {'ON' if command.startswith('DEBUG ON') else 'OFF'}")
            elif command == "QUIT":
                self._interrupt("703 STOP")
                self.wire.send("210 OK QUIT")
                return
            else:
                self.wire.send("300 ERR UNKNOWN COMMAND")

    def _init(self) -> None:
        options = self.server.options
        if self.server.is_there() or self.server.start(START_S):
            self.wire.send(f"299-tts-news at {options.address}", "299 OK LOADED SUCCESSFULLY")
            threading.Thread(target=self.server.voices, daemon=True).start()
            return
        fault = f"no tts-news serve at {options.address}: {options.start or 'start it'}, see README.md of the module"
        log(fault)
        self.wire.send(f"399-{fault}", "399 ERR CANT INIT MODULE")

    def _list_voices(self) -> None:
        found = self.server.voices()
        if found:
            self.wire.send(*(f"200-{name}\t{spoken}\tnone" for name, spoken, _ in found), "200 OK VOICE LIST SENT")
        else:
            self.wire.send("304 CANT LIST VOICES")

    def _read(self) -> list[str]:
        """Return the lines up to a lone dot; a dot that begins a line was doubled."""
        lines: list[str] = []
        while (line := self._lines.readline()) and line != b".\n":
            lines.append(line.decode(errors="replace").rstrip("\n").removeprefix("."))
        return lines

    def _set(self) -> None:
        self.wire.send("203 OK RECEIVING SETTINGS")
        settings: Settings | None = self.settings
        for line in self._read():
            name, given, value = line.partition("=")
            settings = changed(settings, name, value) if settings and given else None
        if settings is None:
            self.wire.send("303 ERROR INVALID PARAMETER OR VALUE")
            return
        self.settings = settings
        self.wire.send("203 OK SETTINGS RECEIVED")

    def _audio(self) -> None:
        self.wire.send("207 OK RECEIVING AUDIO SETTINGS")
        if "audio_output_method=server" in self._read():
            self.wire.send("203 OK AUDIO INITIALIZED")
        else:
            log("this module has Speech Dispatcher play the sound: 0.11 or later is needed")
            self.wire.send("300-Speech Dispatcher 0.11 or later is needed", "300 MODULE ERROR")

    def _loglevel(self) -> None:
        self.wire.send("207 OK RECEIVING LOGLEVEL SETTINGS")
        self._read()
        self.wire.send("203 OK LOG LEVEL SET")

    def _speak(self, kind: str) -> None:
        self.wire.send("202 OK RECEIVING MESSAGE")
        # The line feed before the closing dot is Speech Dispatcher's; one that is the message is a line by itself.
        text = "\n".join(self._read())
        if not text and kind != "CHAR":
            self.wire.send("301 ERROR CANT SPEAK")
            return
        self._interrupt("703 STOP")
        utterance = Utterance(self.wire, self.settings.gain)
        self._current = utterance
        self.wire.send("200 OK SPEAKING")
        threading.Thread(target=self._say, args=(kind, text, self.settings, utterance), daemon=True).start()

    def _interrupt(self, event: str) -> None:
        if self._current:
            self._current.interrupt(event)
            self._current = None

    def _say(self, kind: str, text: str, settings: Settings, utterance: Utterance) -> None:
        if kind == "SOUND_ICON":
            icon = next((path for path in (ICONS / text, ICONS / f"{text}.wav") if path.is_file()), None)
            if icon:
                utterance.icon(icon)
                return
        message = read_ssml(text) if kind == "SPEAK" else Message(" " if (kind, text) == ("CHAR", "space") else text)
        utterance.say(self._heard(kind, message, settings, utterance.hold))

    def _heard(self, kind: str, message: Message, settings: Settings, hold: Hold) -> Iterator[bytes | str]:
        """Yield what is heard of a message, from the substitute from where the server leaves off."""
        if kind == "CHAR" and settings.cap_let_recogn == "icon" and message.text.isupper():
            yield beep()
        reading = {"CHAR": "characters", "KEY": "key"}.get(
            kind, "characters" if settings.spelling_mode == "on" else "text"
        )
        body = {
            "voice": self.server.choose(settings),
            "response_format": "pcm",
            "stream_format": "sse",
            "timestamp_granularities": ["word"],
            "speed": settings.speed,
            "pitch": settings.height,
            "reading": reading,
            "punctuation": settings.punctuation_mode or "none",
            "capitals": settings.cap_let_recogn == "spell",
        }
        rest = message
        for patience_s in (PATIENCE_S, 0.0):
            reached = 0
            try:
                parts = list(split(rest.text)) if rest.text.strip() or reading != "text" else []
                for place, part in parts:
                    reached = place
                    yield from marked(self.server.speak({"input": part, **body}, hold), rest.part(place, len(part)))
                yield from () if parts else (name for _, name in rest.marks)
            except AbsentError as err:
                if hold.is_over:
                    return
                log(str(err))
                rest = rest.part(reached, len(rest.text))
                if not patience_s or not self.server.start(patience_s):
                    break
            else:
                self.substitute.has_told = False
                return
        yield from self.substitute.speak(rest.text, settings, hold)
        yield from (name for _, name in rest.marks)


def log(text: str) -> None:
    """Write a line where Speech Dispatcher keeps the module's log."""
    sys.stderr.write(f"tts-news: {text}\n")
    sys.stderr.flush()


def main() -> None:
    """Run the module on stdin and stdout."""
    options = read_options(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    with suppress(AttributeError, OSError):  # not Linux, or no pipe
        fcntl.fcntl(sys.stdout, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    Module(options).run()
    sys.stdout.flush()
    os._exit(0)  # a thread may wait for the server


if __name__ == "__main__":
    main()
