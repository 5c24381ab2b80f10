"""Whole editions on a real Ray: each once, with the bytes of one process, whoever is killed on the way."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tts_news import pipeline
from tts_news.config import Config
from tts_news.orders import Order
from tts_news.records import Casting
from tts_news.speak import executors
from tts_news.speak.cluster import RayPool
from tts_news.speak.settings import SpeakSettings
from tts_news.together import Steps, Together

Run = Callable[..., tuple[int, str, str]]
EDITIONS = 4
PAGE = """<html lang="ar"><head><title>{title}</title>
<link rel="canonical" href="https://news.example/{number}">
<meta property="article:published_time" content="2026-11-2{number}T08:15:00+03:00"></head>
<body><article><h1>{title}</h1>
<p>افتتحت البلدية صباح أمس حديقة جديدة رقم {number} في وسط المدينة، وحضر الافتتاح عدد من سكان الحي وطلاب المدارس.</p>
<p>وقال مدير البلدية إن العمل في الحديقة استمر عامين، وإن فيها ملاعب للأطفال ومسارات للمشي وأشجارًا كثيرة.</p>
</article></body></html>"""
SETTINGS = '[show]\nbase_url = "https://press.example/"\nemail = "press@press.example"\ntimezone = "Asia/Riyadh"\n'


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    (tmp_path / "tts-news.toml").write_text(SETTINGS, encoding="utf-8")
    found = [tmp_path / f"{number}.html" for number in range(1, EDITIONS + 1)]
    for number, path in enumerate(found, 1):
        path.write_text(
            PAGE.format(number=number, title=f"افتتاح الحديقة رقم {number} في وسط المدينة"), encoding="utf-8"
        )
    return found


def files(output: Path) -> dict[str, bytes]:
    """Return all that anybody is served, by name."""
    found = (path for path in output.rglob("*") if path.is_file())
    return {name: path.read_bytes() for path in found if not (name := str(path.relative_to(output))).startswith(".")}


def made(run: Run, pages: list[Path], output: str, *options: str) -> tuple[str, dict[str, bytes]]:
    """Make editions with takes of their own; return what was printed, as of whichever folder, and the show."""
    folder = pages[0].parent
    os.environ["TTS_NEWS_SPEAK_CACHE_DIR"] = str(folder / f"takes of {output}")  # the fixture of `run` takes it back
    code, out, err = run("make", *pages, "--output", folder / output, "--json", "--quiet", *options)
    assert code == 0, err
    return out.replace(output, "output"), files(folder / output)


def on_cluster(run: Run, pages: list[Path], output: str) -> tuple[str, dict[str, bytes]]:
    return made(run, pages, output, "--cluster", "auto", "--jobs", "2")


def dies_once(work: Callable[..., Any], marker: Path, when: str) -> Callable[..., Any]:
    """Return what does some work, and kills its process the first time: before it, after it, or as the folder is in."""
    wanted = str(marker)

    def die() -> None:
        import contextlib
        import os
        import signal
        from pathlib import Path

        with contextlib.suppress(FileExistsError):
            Path(wanted).mkdir()
            os.kill(os.getpid(), signal.SIGKILL)

    def step(*args: Any) -> Any:
        if when == "before":
            die()
        if when == "between":
            from tts_news.publish import draft

            swap_in = draft.swap_in

            def swapped(*folders: Any) -> None:
                swap_in(*folders)
                die()

            draft.swap_in = swapped
        done = work(*args)
        if when == "after":
            die()
        return done

    return step


@pytest.mark.usefixtures("standing_cluster")
def test_workers_killed_at_every_step_lose_and_double_no_edition(
    tts_news: Run, pages: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = made(tts_news, pages, "alone")
    kills: tuple[tuple[Any, str, str], ...] = (
        (pipeline, "_written", "before"),
        (executors, "make_take", "after"),
        (pipeline, "_finished", "before"),
        (pipeline, "_finished", "between"),
        (pipeline, "_finished", "after"),
    )
    markers = []
    for module, name, when in kills:
        markers.append(pages[0].with_name(f"killed {when} {name}"))
        monkeypatch.setattr(module, name, dies_once(getattr(module, name), markers[-1], when))
    told, show = on_cluster(tts_news, pages, "cluster")
    assert all(marker.is_dir() for marker in markers)
    assert show == alone[1]
    assert told == alone[0]
    assert show["feed.xml"].count(b"<item>") == EDITIONS
    assert not (pages[0].parent / "cluster" / ".drafts").exists()


def test_a_driver_killed_in_the_middle_is_taken_up_by_the_next_run(
    tts_news: Run, pages: list[Path], standing_cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = made(tts_news, pages, "alone")
    output = pages[0].parent / "cluster"
    monkeypatch.setenv("TTS_NEWS_SPEAK_CACHE_DIR", str(pages[0].parent / "takes of cluster"))
    command = [sys.executable, "-m", "tts_news", "make", *map(str, pages), "--output", str(output), "--quiet"]
    with subprocess.Popen([*command, "--cluster", standing_cluster], cwd=pages[0].parent) as driver:
        while driver.poll() is None and not [*output.glob("20*")]:
            time.sleep(0.01)
        driver.send_signal(signal.SIGKILL)
    assert driver.returncode == -signal.SIGKILL
    assert len([*output.glob("20*")]) < EDITIONS
    _, show = on_cluster(tts_news, pages, "cluster")
    assert show == alone[1]
    assert show["feed.xml"].count(b"<item>") == EDITIONS


@pytest.mark.usefixtures("standing_cluster")
def test_no_more_workers_are_taken_than_were_asked_for(tmp_path: Path) -> None:
    busy = str(tmp_path / "busy")

    def alone() -> bool:
        import time
        from pathlib import Path

        try:
            Path(busy).mkdir()
        except FileExistsError:
            return False
        time.sleep(0.2)
        Path(busy).rmdir()
        return True

    pool = RayPool("auto", 0.0, 1)
    try:
        assert all(future.result() for future in [pool.submit(alone) for _ in range(4)])
    finally:
        pool.shutdown()


@pytest.mark.usefixtures("standing_cluster")
def test_what_a_worker_warns_of_is_said_here(tone: SpeakSettings, caplog: pytest.LogCaptureFixture) -> None:
    def warn() -> None:
        import logging

        logging.getLogger("tts_news.publish").warning("another edition stands")

    steps: Any = Steps(warn, warn)  # type: ignore[arg-type]
    with Together(
        steps, Config(speak=tone), Order(), Casting(default="tone"), lambda: (RayPool("auto", 0.0, 1), 1)
    ) as together:
        together._do(warn)
    assert caplog.record_tuples == [("tts_news.publish", logging.WARNING, "another edition stands")]
