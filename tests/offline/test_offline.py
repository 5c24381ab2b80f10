"""Offline means offline: the real commands make no look-up and no connection, and leave no file that is not ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from offline.tracing import Trace, environment, namespace, namespace_with_loopback, read_trace, strace
from ports import free_port

from tests.speak.tiny_piper import write_voice

TTS_NEWS = (sys.executable, "-m", "tts_news")
SENTENCES = "\n\n".join(f"فتحت الحديقة رقم {n}." for n in range(1, 28))
ARTICLE = f"افتتاح حدائق جديدة\n\n{SENTENCES}\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home" / "tmp").mkdir(parents=True)
    return tmp_path / "home"


def traced(home: Path, *command: str, **more: str) -> Trace:
    log = home / "tmp" / "trace"
    run = subprocess.run(
        [*namespace(), *strace(log), *TTS_NEWS, *command],
        cwd=home.parent,
        env=environment(home, **more),
        capture_output=True,
        check=False,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    return read_trace(log, home.parent)


def ours(home: Path) -> tuple[Path, ...]:
    """What a run may write to: our cache and data, temporary files, and the output."""
    return (home / ".cache" / "tts-news", home / ".local/share/tts-news", home / "tmp", home.parent / "output")


def test_say_reaches_nobody_and_leaves_only_its_sound(home: Path) -> None:
    (home.parent / "output").mkdir()
    trace = traced(home, "say", "خبر جديد من المدينة.", "-o", "output/a.mp3")
    assert trace.reached() == []
    assert trace.wrote(*ours(home)) == []


def test_make_in_several_processes_with_every_local_voice_reaches_nobody(home: Path) -> None:
    write_voice(home.parent / "voices" / "tiny")
    (home.parent / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (home.parent / "tts-news.toml").write_text(
        '[voices]\nheadline = "tiny"\nbyline = "espeak"\n[speak]\nvoices_dir = "voices"\njobs = 2\n', encoding="utf-8"
    )
    trace = traced(home, "make", "article.txt")
    assert list((home.parent / "output").glob("*/episode.json"))
    assert trace.reached() == []
    assert trace.wrote(*ours(home)) == []


def test_serve_reaches_nobody_but_its_clients_on_loopback(home: Path) -> None:
    port = free_port()
    log = home / "tmp" / "trace"
    driver = [sys.executable, str(Path(__file__).with_name("serving.py")), f"http://127.0.0.1:{port}"]
    run = subprocess.run(
        [*namespace_with_loopback(), *driver, *strace(log), *TTS_NEWS, "serve", "--port", str(port)],
        cwd=home.parent,
        env=environment(home),
        capture_output=True,
        check=False,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    answered = json.loads(run.stdout.splitlines()[-1])
    assert answered == {"speech": 200, "edition": "done", "page": 200, "paths": [200] * 4}
    trace = read_trace(log, home.parent)
    assert trace.reached() == []
    assert trace.wrote(*ours(home)) == []


def test_what_the_tests_above_judge_by_sees_a_connection_a_look_up_and_a_stray_file(home: Path) -> None:
    code = (
        "import socket, onnxruntime, pathlib\n"
        "for reach in (lambda: socket.getaddrinfo('telemetry.example', 443),\n"
        "              lambda: socket.create_connection(('192.0.2.1', 443), 0.1)):\n"
        "    try: reach()\n"
        "    except OSError: pass\n"
        "pathlib.Path('stray').write_text('x')\n"
    )
    log = home / "tmp" / "trace"
    command = [*namespace(), *strace(log), sys.executable, "-c", code]
    subprocess.run(command, cwd=home.parent, env=environment(home), check=True, timeout=120)
    trace = read_trace(log, home.parent)
    reached = "\n".join(trace.reached())
    assert "resolv.conf" in reached
    assert "192.0.2.1" in reached
    assert [line for line in trace.wrote(*ours(home)) if line.endswith("/stray")]


@pytest.mark.parametrize(("own", "kept"), [(None, "1"), ("0", "0")])
def test_telemetry_is_off_before_anything_of_ours_is_used_unless_the_user_has_said_otherwise(
    own: str | None, kept: str
) -> None:
    environ = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    code = "import tts_news, os, sys; print(os.environ['ORT_DISABLE_TELEMETRY'], 'onnxruntime' in sys.modules)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command,
        env=environ | ({"ORT_DISABLE_TELEMETRY": own} if own else {}),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [kept, "False"]
