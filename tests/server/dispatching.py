"""Speech Dispatcher's side of its protocol for output modules, for tests: the module runs as its child."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

MODULE = Path(__file__).parents[2] / "integrations" / "speech-dispatcher" / "sd_tts_news.py"
AUDIO = b"705-AUDIO\0"


@dataclass
class Heard:
    """What came of a message: events in order, `"sound"` for a stretch of sound between two of them."""

    events: list[str] = field(default_factory=list)
    sound: bytes = b""
    at: dict[str, float] = field(default_factory=dict)
    """Seconds of sound before each mark of a client."""

    def add(self, event: str, samples: bytes = b"") -> None:
        if samples:
            self.sound += samples
        if event.startswith("__spd_") and event in self.events:
            return  # said behind each block, so that a pause is heard at once
        if event != "sound" or self.events[-1:] != ["sound"]:
            self.events.append(event)
            self.at[event] = len(self.sound) / 48_000


class Dispatcher:
    """A module that was started, initialised and told to send its sound."""

    def __init__(self, config: Path, *, python: str = sys.executable) -> None:
        self.child = subprocess.Popen(
            [python, MODULE, config], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.greeting = self.ask("INIT")

    def ready(self) -> Dispatcher:
        assert self.greeting[-1] == "299 OK LOADED SUCCESSFULLY", self.greeting
        self.ask("AUDIO", "audio_output_method=server")
        return self

    def close(self) -> int:
        if self.child.poll() is None:
            self.write("QUIT")
        code = self.child.wait(timeout=10)
        for pipe in (self.child.stdin, self.child.stdout, self.child.stderr):
            pipe.close()
        return code

    def write(self, *lines: str) -> None:
        self.child.stdin.write("".join(f"{line}\n" for line in lines).encode())
        self.child.stdin.flush()

    def reply(self) -> list[str]:
        lines = []
        while True:
            line = self.child.stdout.readline().decode().rstrip("\n")
            lines.append(line)
            if line[3:4] != "-":
                return lines

    def ask(self, command: str, *data: str) -> list[str]:
        """Send a command, with data a line each if there are some, and return the last reply."""
        self.write(command)
        answer = self.reply()
        if data and answer[-1].startswith("2"):
            self.write(*data, ".")
            answer = self.reply()
        return answer

    def set(self, **settings: object) -> list[str]:
        return self.ask("SET", *(f"{name}={value}" for name, value in settings.items()))

    def begin(self, kind: str, text: str) -> None:
        doubled = re.sub(r"^\.", "..", text, flags=re.MULTILINE)
        assert self.ask(kind, doubled) == ["200 OK SPEAKING"]

    def events(self) -> Iterator[tuple[str, bytes]]:
        """Yield events as (name, samples) up to the one that ends the message."""
        while True:
            line = self.child.stdout.readline()
            assert line.startswith(b"70"), line + self.child.stderr.read()
            if line.startswith(b"700-"):
                assert self.child.stdout.readline() == b"700 INDEX MARK\n"
                yield line[4:-1].decode(), b""
            elif line.startswith(AUDIO):
                assert self.child.stdout.readline() == b"705 AUDIO\n"
                coded = line.removeprefix(AUDIO).removesuffix(b"\n")
                yield "sound", re.sub(rb"\x7d(.)", lambda found: bytes([found[1][0] ^ 0x20]), coded, flags=re.DOTALL)
            elif line.startswith(b"70") and line[3:4] == b" ":
                yield line[4:-1].decode(), b""
                if line[:3] in {b"702", b"703", b"704"}:
                    return

    def hear(self, kind: str, text: str) -> Heard:
        self.begin(kind, text)
        return self.rest()

    def rest(self) -> Heard:
        heard = Heard()
        for event, samples in self.events():
            heard.add(event, samples)
        return heard
