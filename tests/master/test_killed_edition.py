"""A whole `make` killed: at chosen lines of what writes, and at random moments, its workers included."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TITLE = "افتتاح حديقة جديدة في وسط المدينة"
BODY = "افتتحت البلدية صباح أمس حديقة جديدة في وسط المدينة بعد عامين من العمل."
LINES = [f"وقال المهندس إن المرحلة {n} من العمل انتهت في موعدها." for n in ("الأولى", "الثانية", "الثالثة", "الرابعة")]


def whole(place: Path) -> dict[str, object]:
    """The manifest of an edition, every file of which is there as it says."""
    manifest = json.loads((place / "episode.json").read_text(encoding="utf-8"))
    for file in manifest["files"]:
        assert hashlib.sha256((place / file["name"]).read_bytes()).hexdigest() == file["sha256"]
    return manifest


KILLS = 10


class Newsroom:
    """A folder with an article that is edited, and the command that makes it."""

    def __init__(self, folder: Path) -> None:
        """Make nothing yet."""
        self.folder, self.article, self.output = folder, folder / "article.txt", folder / "out"
        voice = {"VOICE": "tone", "VOICES_DIR": str(ROOT / "tests" / "voices"), "CACHE_DIR": str(folder / "takes")}
        self.environment = {**os.environ, **{f"TTS_NEWS_SPEAK_{name}": value for name, value in voice.items()}}
        self.environment["PYTHONPATH"] = os.pathsep.join(sys.path)
        self.arguments = ["make", str(self.article), "--output", str(self.output), "--json"]

    def write(self, edit: int) -> None:
        lines = [f"{line} وهذا هو التعديل رقم {edit}." for line in LINES]
        self.article.write_text("\n\n".join([TITLE, BODY, *lines]), encoding="utf-8")

    def make(self) -> Path:
        """Make the edition, to its end; returns its folder."""
        command = [sys.executable, "-m", "tts_news", *self.arguments]
        done = subprocess.run(command, env=self.environment, cwd=self.folder, capture_output=True, check=True)
        return Path(json.loads(done.stdout)["edition"])

    @contextlib.contextmanager
    def mortal(self, *arguments: str) -> Iterator[tuple[int, Callable[[int], int]]]:
        """Run a command to its end; yields its steps on the disk, and what runs it again up to one of them (0: all)."""
        command = [sys.executable, str(ROOT / "tests" / "killed_at.py"), str(self.folder), *arguments]
        environment = self.environment | {"TTS_NEWS_SPEAK_JOBS": "1"}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
        with subprocess.Popen(command, env=environment, cwd=self.folder, **pipes) as process:

            def run_until(step: int) -> int:
                process.stdin.write(f"{step}\n")
                return int(process.stdout.readline())

            code, steps = map(int, process.stdout.readline().split())
            assert code == 0
            yield steps, run_until


def is_next(found: dict[str, object], known: dict[str, object]) -> bool:
    """Tell whether what stands is the edition that was known or the whole one after it."""
    return found == known or found["revision"] == known["revision"] + 1  # type: ignore[operator]


def test_a_make_killed_at_any_step_on_the_disk_leaves_the_old_edition_or_the_new(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    made = json.loads((ROOT / "tests" / "golden" / "accident.script.json").read_text(encoding="utf-8"))
    script = tmp_path / "script.json"

    def mend(edit: int) -> None:
        cues = [cue | {"spoken": "نَعَمْ.", "voice": "tone"} for cue in made["cues"]]
        cues[0]["spoken"] = "نَعَمْ " * edit
        script.write_text(json.dumps(made | {"cues": cues}, ensure_ascii=False), encoding="utf-8")

    mend(1)
    with room.mortal("make", str(script), "--output", str(room.output)) as (steps, make):
        assert steps > 5 * KILLS
        (place,) = room.output.glob("2*")
        edits, known = {0: 1}, whole(place)
        for kill in range(1, KILLS + 1):
            mend(1 + kill)
            assert make(1 + steps * (2 * kill - 1) // (2 * KILLS)) == -signal.SIGKILL
            found = whole(place)
            edits[kill] = edit_of(place)
            assert edits[kill] in {edits[kill - 1], 1 + kill}
            assert (found == known) == (edits[kill] == edits[kill - 1])
            known = found
        assert make(0) == 0
    whole(place)
    assert edit_of(place) == 1 + KILLS


def edit_of(place: Path) -> int:
    """Return which edit of the script stands."""
    script = json.loads((place / "script.json").read_text(encoding="utf-8"))
    return script["cues"][0]["spoken"].count("نَعَمْ")


@pytest.mark.slow
def test_a_killed_make_leaves_the_old_edition_or_the_new_and_a_rerun_finishes(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.write(0)
    start = time.perf_counter()
    place = room.make()
    takes_s = time.perf_counter() - start
    clock = random.Random(7)
    known = whole(place)
    for edit in range(1, 21):
        room.write(edit)
        with subprocess.Popen(
            [sys.executable, "-m", "tts_news", *room.arguments],
            env=room.environment,
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            time.sleep(clock.uniform(0.2, 1.1) * takes_s)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        found = whole(place)
        assert is_next(found, known)
        known = found
    assert room.make() == place
    assert "20" in json.dumps(whole(place)["ledger"], ensure_ascii=False)
    assert len(list(place.glob("*.mp3"))) >= 1
    assert not list(room.output.rglob("*.part"))
