"""A real Ray on this machine: the same bytes as without it, and a worker killed in the middle."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import ray

from tts_news.errors import SpeakError
from tts_news.records import ChapterMark, Cue, Script
from tts_news.speak import record
from tts_news.speak.cluster import RayPool
from tts_news.speak.settings import SpeakSettings


@pytest.fixture(autouse=True)
def _own_cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    yield
    ray.shutdown()


def script_of(texts: list[str]) -> Script:
    cues = tuple(Cue(f"c{i:04}", "paragraph", text, text, 0.3, "tone", 0) for i, text in enumerate(texts))
    return Script("عنوان", cues, (ChapterMark("عنوان", "c0000"),))


def sound(settings: SpeakSettings, texts: list[str]) -> list[bytes]:
    return [take.samples.tobytes() for _, take in record(script_of(texts), settings)]


def on_cluster(tone: SpeakSettings, folder: Path) -> SpeakSettings:
    return replace(tone, cluster="auto", jobs=2, cache_dir=str(folder))


def test_a_cluster_gives_the_same_bytes_and_tells_progress(tone: SpeakSettings, tmp_path: Path) -> None:
    texts = [f"جُمْلَةٌ {'لَا ' * n}." for n in range(1, 30)]
    told: list[tuple[int, int]] = []
    settings = on_cluster(tone, tmp_path / "cluster")
    pool = RayPool("auto", 0.0, 1)  # whose connection is not closed by who comes and goes meanwhile
    record(script_of(texts), settings, lambda done, total: told.append((done, total)))
    assert told[-1] == (29, 29)
    assert sound(settings, texts) == sound(tone, texts)
    assert pool.submit(os.getpid).result() != os.getpid()
    pool.shutdown()
    assert not ray.is_initialized()


def test_a_killed_worker_costs_nothing_but_time(tone: SpeakSettings, tmp_path: Path) -> None:
    texts = [f"خَبَرٌ {'طَوِيلٌ ' * (8 + n)}." for n in range(150)]
    killed: list[int] = []

    def kill_one() -> None:
        for _ in range(600):
            time.sleep(0.05)
            for process in psutil.Process().children(recursive=True):
                if "ray::Speaker" in " ".join(process.cmdline() or [process.name()]):
                    os.kill(process.pid, signal.SIGKILL)
                    killed.append(process.pid)
                    return

    killer = threading.Thread(target=kill_one)
    killer.start()
    clustered = sound(on_cluster(tone, tmp_path / "cluster"), texts)
    killer.join()
    assert killed
    assert clustered == sound(tone, texts)


def test_a_voice_that_refuses_fails_by_name(tone: SpeakSettings, tmp_path: Path) -> None:
    voices = tmp_path / "voices" / "mute"
    voices.mkdir(parents=True)
    (voices / "voice.toml").write_text('engine = "tone"\nlicence = "x"\npace_s = [5.0, 9.0]\n')
    script = script_of(["نَعَمْ."])
    script = replace(script, cues=(replace(script.cues[0], voice="mute"),))
    settings = replace(on_cluster(tone, tmp_path / "cluster"), voices_dir=str(tmp_path / "voices"))
    with pytest.raises(SpeakError, match=r"c0000.*lasts"):
        record(script, settings)


def test_a_cluster_that_is_not_there_is_named(tone: SpeakSettings, tmp_path: Path) -> None:
    with pytest.raises(SpeakError, match=r"ray://127\.0\.0\.1:1"):
        record(script_of(["نَعَمْ."]), replace(tone, cluster="ray://127.0.0.1:1", cache_dir=str(tmp_path / "c")))
