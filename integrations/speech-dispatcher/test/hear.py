"""A client of Speech Dispatcher with an ear at the null device: what it hears, and how soon.

python3 hear.py SOCKET PID_FILE_OF_THE_SERVER
"""

from __future__ import annotations

import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from array import array
from itertools import pairwise
from pathlib import Path

RATE_HZ = 24_000
LOUD = 100  # of 32768
LONG = "افتتحت البلدية صباح اليوم ثلاث حدائق جديدة في وسط المدينة. وحضر الحفل كثيرون من أهلها ومن الزوار. " * 8


class Ear:
    """Listens to the null device all the time, and knows when each sample came."""

    def __init__(self) -> None:
        command = ["parec", "-d", "ear.monitor", "--format=s16le", f"--rate={RATE_HZ}", "--channels=1"]
        self._child = subprocess.Popen([*command, "--latency-msec=5"], stdout=subprocess.PIPE)
        self.loud: list[float] = []  # moments at which 5 ms were loud
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._child.stdout
        while block := self._child.stdout.read(2 * RATE_HZ // 200):
            if max(map(abs, array("h", block)), default=0) > LOUD:
                self.loud.append(time.monotonic())

    def first_after(self, moment: float, patience_s: float = 10.0) -> float:
        """Return the seconds until it was loud."""
        until = time.monotonic() + patience_s
        while time.monotonic() < until:
            found = next((at for at in reversed(self.loud) if at > moment), None)
            if found is not None:
                return next(at for at in self.loud if at > moment) - moment
            time.sleep(0.005)
        raise AssertionError("nothing is heard")

    def last_after(self, moment: float, silence_s: float = 0.4) -> float:
        """Return the seconds until it was loud for the last time, once it has been silent for a while."""
        while self.loud and time.monotonic() - self.loud[-1] < silence_s:
            time.sleep(0.01)
        return max(self.loud[-1] - moment, 0.0) if self.loud else 0.0

    def seconds(self, since: float) -> float:
        """Return how long it has been loud."""
        return sum(at > since for at in self.loud) / 200

    def close(self) -> None:
        self._child.terminate()
        self._child.wait()


class Client:
    """A connection by SSIP, all notifications on."""

    def __init__(self, path: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(path)
        self._replies: list[list[str]] = []
        self.events: list[tuple[float, str, str]] = []
        self._came = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()
        self.ask("SET self CLIENT_NAME test:test:main")
        self.ask("SET self NOTIFICATION ALL on")
        self.ask("SET self OUTPUT_MODULE tts-news")
        self.ask("SET self LANGUAGE ar")
        self.ask("SET self SSML_MODE on")

    def _read(self) -> None:
        lines: list[str] = []
        for line in self._socket.makefile(encoding="utf-8", newline="\r\n"):
            lines.append(line.rstrip("\r\n"))
            if line[3] == " ":
                with self._came:
                    if line[0] == "7":
                        mark = lines[2][4:] if len(lines) > 3 else ""
                        self.events.append((time.monotonic(), line[4:].strip(), mark))
                    else:
                        self._replies.append(lines)
                    self._came.notify_all()
                lines = []

    def ask(self, command: str) -> list[str]:
        self._socket.sendall(f"{command}\r\n".encode())
        with self._came:
            assert self._came.wait_for(lambda: self._replies, 20), command
            reply = self._replies.pop(0)
        assert reply[-1][0] == "2", (command, reply)
        return reply

    def speak(self, text: str) -> float:
        self.ask("SPEAK")
        moment = time.monotonic()
        self.ask(f"<speak>{text}</speak>\r\n.")
        return moment

    def wait_for(self, event: str, patience_s: float = 60.0) -> float:
        with self._came:
            assert self._came.wait_for(lambda: any(name == event for _, name, _ in self.events), patience_s), (
                event,
                self.events,
            )
            return next(at for at, name, _ in self.events if name == event)

    def say(self, text: str) -> float:
        """Say a text to its end; returns when it was sent."""
        self.events.clear()
        moment = self.speak(text)
        self.wait_for("END")
        return moment


def told(name: str, values_s: list[float], limit_ms: float) -> None:
    found = sorted(1000 * value for value in values_s)
    print(f"  {name}: median {statistics.median(found):.0f} ms, worst {found[-1]:.0f} ms of {len(found)}")
    assert statistics.median(found) <= limit_ms, (name, found)


def check_sound_and_marks(client: Client, ear: Ear) -> None:
    words = "افتتحت البلدية ثلاث حدائق جديدة".split()
    client.events.clear()
    moment = client.speak(" ".join(f'<mark name="{n}:0"/>{word}' for n, word in enumerate(words)))
    client.wait_for("END")
    marks = [(at, mark) for at, name, mark in client.events if name == "INDEX MARK"]
    assert [mark for _, mark in marks] == [f"{n}:0" for n in range(5)], marks
    gaps = [after - before for (before, _), (after, _) in pairwise(marks)]
    assert min(gaps) > 0.15, gaps  # each when its word is heard, not all at once
    assert ear.seconds(moment) > 1.5
    print(f"  a sentence was heard for {ear.seconds(moment):.1f} s, its five marks {min(gaps):.2f} s or more apart")


def check_keys(client: Client, ear: Ear) -> None:
    fresh, again = [], []
    for letters, found in (("بتثجحخدذرز", fresh), ("بتثجحخدذرز", again)):
        for letter in letters:
            client.events.clear()
            moment = time.monotonic()
            client.ask(f"CHAR {letter}")
            found.append(ear.first_after(moment))
            client.wait_for("END")
            ear.last_after(moment, 0.1)
    told("a letter, from the key to the ear", fresh, 250)
    told("the same letter again", again, 120)
    client.events.clear()
    moment = time.monotonic()
    client.ask("KEY control_a")
    assert ear.first_after(moment) < 1.0
    client.wait_for("END")


def check_stop(client: Client, ear: Ear) -> None:
    stops, pauses = [], []
    for command, found in (("STOP self", stops), ("PAUSE self", pauses)):
        for _ in range(8):
            client.events.clear()
            moment = client.speak(LONG)
            ear.first_after(moment)
            time.sleep(0.7)
            while time.monotonic() - ear.loud[-1] > 0.02:  # between two words nothing tells when it stopped
                time.sleep(0.002)
            asked = time.monotonic()
            client.ask(command)
            found.append(ear.last_after(asked))
            if command.startswith("PAUSE"):
                client.wait_for("PAUSED")
                client.events.clear()
                asked = time.monotonic()
                client.ask("RESUME self")
                client.wait_for("RESUMED")
                assert ear.first_after(asked) < 5.0
            client.ask("STOP self")
            client.wait_for("CANCELED")
            ear.last_after(asked)
    told("silence after STOP", stops, 80)
    told("silence after PAUSE", pauses, 120)


def check_settings(client: Client, ear: Ear) -> None:
    text = "قال (محمد): نعم؛ ثم ذهب - مسرعا."
    heard = {}
    for level in ("none", "some", "most", "all"):
        client.ask(f"SET self PUNCTUATION {level}")
        heard[level] = ear.seconds(client.say(text))
    assert heard["none"] < min(heard["most"], heard["all"]), heard
    if os.environ.get("SYMBOLS", "none") == "none":  # else Speech Dispatcher has its own names, and levels, of signs
        assert heard["some"] < heard["most"] < heard["all"], heard
    client.ask("SET self PUNCTUATION none")
    rates = {}
    for rate in (-50, 0, 100):
        client.ask(f"SET self RATE {rate}")
        rates[rate] = ear.seconds(client.say("افتتحت البلدية ثلاث حدائق جديدة في وسط المدينة."))
    assert rates[-50] > 1.2 * rates[0] > 2.0 * rates[100], rates
    client.ask("SET self RATE 0")
    voices = client.ask("LIST SYNTHESIS_VOICES")
    assert any(re.match(r"249-rawi\tar\t", line) for line in voices), voices
    client.ask("SET self SYNTHESIS_VOICE rawiya")
    assert ear.seconds(client.say("نعم.")) > 0.2
    print(f"  punctuation, seconds heard: {heard}; rates: {rates}")


def check_absence(client: Client, ear: Ear, pid_file: Path) -> None:
    """Kill the server: the substitute tells so and speaks, the server is started again, and its voice comes back."""
    os.kill(int(pid_file.read_text()), signal.SIGKILL)
    moment = client.say("هذه جملة لم تسمع من قبل.")
    print(f"  without the server: heard after {ear.first_after(moment):.1f} s, for {ear.seconds(moment):.1f} s")
    assert ear.seconds(moment) > 1.0
    moment = client.say("وهذه جملة أخرى.")
    assert ear.seconds(moment) > 0.5


def main() -> None:
    """Check it all."""
    ear, client = Ear(), Client(sys.argv[1])
    time.sleep(0.5)
    for check in (check_sound_and_marks, check_keys, check_stop, check_settings):
        print(check.__name__.replace("_", " "))
        check(client, ear)
    print("check absence")
    check_absence(client, ear, Path(sys.argv[2]))
    ear.close()


if __name__ == "__main__":
    main()
