"""Twenty kills at random moments of a whole `make`, its workers included."""

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


@pytest.mark.slow
def test_a_killed_make_leaves_the_old_edition_or_the_new_and_a_rerun_finishes(tmp_path: Path) -> None:
    article, output = tmp_path / "article.txt", tmp_path / "out"
    voice = {"VOICE": "tone", "VOICES_DIR": str(ROOT / "tests" / "voices"), "CACHE_DIR": str(tmp_path / "takes")}
    environment = {**os.environ, **{f"TTS_NEWS_SPEAK_{name}": value for name, value in voice.items()}}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    command = [sys.executable, "-m", "tts_news", "make", str(article), "--output", str(output), "--json"]

    def write(edit: int) -> None:
        lines = [f"{line} وهذا هو التعديل رقم {edit}." for line in LINES]
        article.write_text("\n\n".join([TITLE, BODY, *lines]), encoding="utf-8")

    write(0)
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, check=True)
    takes_s = time.perf_counter() - start
    place = Path(json.loads(done.stdout)["edition"])
    clock = random.Random(7)
    known = whole(place)
    for edit in range(1, 21):
        write(edit)
        with subprocess.Popen(
            command,
            env=environment,
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            time.sleep(clock.uniform(0.2, 1.1) * takes_s)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        found = whole(place)
        assert found["revision"] - known["revision"] in {0, 1}
        assert found == known or found["revision"] == known["revision"] + 1
        known = found
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, check=True)
    last = whole(place)
    assert "20" in json.dumps(last["ledger"], ensure_ascii=False)
    assert len(list(place.glob("*.mp3"))) >= 1
    assert not list(output.rglob("*.part"))
