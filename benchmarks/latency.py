"""How long until the first sound, in seconds of the processor: `say` cold, `serve` warm, and a pipe's first byte.

    python benchmarks/latency.py [--runs 5] [--piper MODEL.onnx]

Prints the median and the least of the runs, in which the commands take turns, so that a busy machine is busy for all.
With a piper voice (medium, say) its own command says the same sentence in the same runs, or where the voice is none of
Arabic, which would spell it letter by letter, an English one of the same length. Must hold on an idle machine
of two cores: `say` at most 0.45 s without numbers and 0.55 s with, `serve` at most 0.06 s to the first byte of a
sentence, and of 500 words at most 1.3 times that.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PLAIN = "قال الرئيس إن الاجتماع سيعقد غدا في القاهرة."
NUMBERS = "قال الوزير إن 25 شخصا حضروا الاجتماع في القاهرة."
LONG = " ".join([PLAIN, "وأضاف أن الحكومة ستبحث الأمر مع جميع الأطراف في الأيام المقبلة."] * 28)  # 500 words
ENGLISH = "The president said that the meeting will be held tomorrow in Cairo."
OURS = [sys.executable, "-m", "tts_news"]


def cpu_of_children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cold_s(command: list[str], text: str | None, folder: Path, environment: dict[str, str]) -> float:
    """Return the CPU of a command and all it starts."""
    before = cpu_of_children_s()
    subprocess.run(
        command, input=text, text=True, check=True, cwd=folder, env=environment, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return cpu_of_children_s() - before


def cpu_of_s(pid: int) -> float:
    """Return the CPU that the threads of a process have used."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def pipe_s(text: str, folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Return the seconds to the first and to the last byte of `say - -o -`."""
    begin = time.monotonic()
    with subprocess.Popen(
        [*OURS, "say", "-", "-o", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder, env=environment
    ) as said:
        assert said.stdin is not None
        assert said.stdout is not None
        said.stdin.write(text.encode())
        said.stdin.close()
        assert said.stdout.read(1)
        first = time.monotonic() - begin
        said.stdout.read()
    return first, time.monotonic() - begin


class Served:
    """A server of ours, warm."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [*OURS, "serve", "--port", str(self.port), "-o", str(folder / "show")], cwd=folder, env=environment,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while not self._is_warm():
            time.sleep(0.2)

    def _is_warm(self) -> bool:
        try:
            asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            asked.request("GET", "/health")
            return bool(json.load(asked.getresponse())["warm"])
        except OSError:
            return False

    def first_byte_s(self, text: str) -> tuple[float, float]:
        """Return CPU and time until the first sound of a text; the rest is not waited for."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        body = json.dumps({"input": text, "response_format": "pcm"})
        used, begin = cpu_of_s(self.process.pid), time.monotonic()
        asked.request("POST", "/v1/audio/speech", body, {"content-type": "application/json"})
        answer = asked.getresponse()
        assert answer.status == 200, answer.read()
        assert answer.read(1)
        took = time.monotonic() - begin
        used = cpu_of_s(self.process.pid) - used
        asked.close()
        time.sleep(0.5)  # what was under way ends
        return used, took


def show(name: str, figures: list[float]) -> None:
    print(f"{name:44s} median {statistics.median(figures):6.3f}  least {min(figures):6.3f}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--piper", help="a piper voice, its .json beside it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        # As installed: bytecode is kept, one thread for all sums.
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "OMP_NUM_THREADS": "1"}
        commands = {
            "say, no number (CPU s)": ([*OURS, "say", PLAIN, "-o", "a.wav"], None),
            "say, a number (CPU s)": ([*OURS, "say", NUMBERS, "-o", "a.wav"], None),
        }
        if options.piper:
            command = [sys.executable, "-m", "piper", "-m", str(Path(options.piper).absolute()), "-f", "b.wav"]
            speaks = json.loads(Path(f"{options.piper}.json").read_text("utf-8"))["espeak"]["voice"]
            commands["piper's command (CPU s)"] = (command, PLAIN if speaks.startswith("ar") else ENGLISH)
        found: dict[str, list[float]] = {name: [] for name in commands}
        for run in range(options.runs + 1):
            for name, (command, text) in commands.items():
                used = cold_s(command, text, folder, environment)
                if run:  # the first writes the bytecode
                    found[name].append(used)
        for name, figures in found.items():
            show(name, figures)
        pipes = [pipe_s(LONG, folder, environment) for _ in range(options.runs)]
        show(f"say - -o -, {len(LONG.split())} words, first byte (s)", [first for first, _ in pipes])
        show("the same, last byte (s)", [last for _, last in pipes])
        served = Served(folder, environment)
        try:
            for label, text in (("one sentence", PLAIN), (f"{len(LONG.split())} words", LONG)):
                served.first_byte_s(text)
                firsts = [served.first_byte_s(text) for _ in range(2 * options.runs)]
                show(f"serve, {label}, first byte (CPU s)", [used for used, _ in firsts])
                show("the same (s)", [took for _, took in firsts])
        finally:
            served.process.terminate()
            served.process.wait()


if __name__ == "__main__":
    main()
