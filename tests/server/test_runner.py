"""The job thread: it makes what it can, says why not, and goes on."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from tts_news.errors import PublishError
from tts_news.server.queue_file import STORE
from tts_news.server.runner import JobRunner
from tts_news.server.settings import ServeSettings
from tts_news.server.store import Handed, JobStore

SETTINGS = ServeSettings(min_free_bytes=0)
# A `make` of the tests' own: does what its text says.
MAKE = """
import json, os, pathlib, sys, time
out = pathlib.Path(sys.argv[1])
options = sys.argv[2:]
def edition():
    (out / "2026-01-01-a").mkdir(exist_ok=True)
    (out / "2026-01-01-a" / "episode.json").write_text("{}")
    print(json.dumps({"edition": str(out / "2026-01-01-a"), "mp3": "a.mp3"}), flush=True)
exec(sys.stdin.read())
"""
Start = Callable[..., JobRunner]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts runners over one store; they are stopped at the end."""
    started: list[JobRunner] = []

    def begin(settings: ServeSettings = SETTINGS, store: JobStore | None = None) -> JobRunner:
        command = [sys.executable, "-c", MAKE, str(tmp_path)]
        runner = JobRunner(store or JobStore(tmp_path), command, tmp_path, settings)
        started.append(runner)
        runner.start()
        return runner

    yield begin
    for runner in started:
        runner.stop()
    for store in {id(runner.store): runner.store for runner in started}.values():
        store.close()


def order(runner: JobRunner, text: str, source: str = "-") -> str:
    name = str(runner.store.add(source, text, "", 100, 10**6))
    runner.wake()
    return name


def end_of(runner: JobRunner, name: str) -> tuple[str, str]:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = runner.store.look(name)
        assert found
        if found["state"] in {"done", "failed"}:
            return str(found["state"]), str(found["error"])
        time.sleep(0.02)
    pytest.fail(f"{found} {runner.last_fault}")


def until_true(fact: Callable[[], object]) -> None:
    until = time.monotonic() + 60
    while not fact():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_nul_in_an_address_fails_its_job_by_name_and_no_other(start: Start) -> None:
    runner = start()
    poison, other = order(runner, "", "http://a.example/\x00"), order(runner, "edition()")
    assert end_of(runner, other)[0] == "done"
    state, error = end_of(runner, poison)
    assert state == "failed"
    assert "null byte" in error
    assert runner.alive()


def test_a_thread_that_stays_at_one_step_or_has_ended_is_told(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = start()
    gate = tmp_path / "gate"
    name = order(runner, f"edition()\nwhile not os.path.exists({str(gate)!r}): time.sleep(0.01)")
    until_true(lambda: runner.store.counts()["running"])
    assert runner.alive()
    monkeypatch.setattr("tts_news.server.runner._LATE_S", -(10**6))
    until_true(lambda: not runner.alive())
    monkeypatch.undo()
    gate.touch()
    assert end_of(runner, name)[0] == "done"
    assert runner.alive()
    runner.stop()
    assert not runner.alive()


def test_rows_that_are_no_jobs_fail_by_name(start: Start, tmp_path: Path) -> None:
    store = JobStore(tmp_path)
    rows = [("a", b"\x00\xff", "x"), ("b", "-", b"\xff")]
    with sqlite3.connect(tmp_path / STORE) as base:
        base.executemany(
            "INSERT INTO jobs (id, state, source, text, voice, created, updated) VALUES (?, 'queued', ?, ?, '', 0, 0)",
            [(name, source, text) for name, source, text in rows],
        )
    base.close()
    runner = start(store=store)
    other = order(runner, "edition()")
    assert end_of(runner, other)[0] == "done"
    assert runner.alive()
    assert runner.store.counts()["failed"] == 2


def test_a_store_that_is_locked_delays_and_loses_nothing(start: Start, tmp_path: Path) -> None:
    store = JobStore(tmp_path)
    store._writer.execute("PRAGMA busy_timeout = 20")
    runner = start(store=store)
    gate = tmp_path / "gate"
    name = order(runner, f"edition()\nwhile not os.path.exists({str(gate)!r}): time.sleep(0.01)")
    until_true(lambda: store.counts()["running"])
    other = sqlite3.connect(tmp_path / STORE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    gate.touch()
    until_true(lambda: runner.last_fault is not None)
    assert runner.alive()
    assert "locked" in str(runner.last_fault)
    other.close()
    assert end_of(runner, name) == ("done", "")
    until_true(lambda: not runner.failing)


def test_trouble_of_the_servers_own_is_no_try_of_the_job(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tts_news.server.runner._FIRST_PAUSE_S", 0.01)
    monkeypatch.setattr("tts_news.server.runner._LONGEST_PAUSE_S", 0.01)
    runner = start()
    good, runner.command = runner.command, (str(tmp_path / "nothing"),)
    name = order(runner, "edition()")
    faults: set[float] = set()
    until_true(lambda: faults.add(runner.last_fault.at if runner.last_fault else 0.0) or len(faults) > 6)
    runner.command = good
    assert end_of(runner, name) == ("done", "")


def test_a_job_waits_while_there_is_no_space_and_is_made_when_there_is(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: free._replace(free=5))
    runner = start(replace(SETTINGS, min_free_bytes=6))
    name = order(runner, "edition()")
    until_true(lambda: runner._swept)
    for _ in range(20):  # it is looked at again and again, and taken not once
        runner.wake()
        time.sleep(0.02)
        assert runner.store.counts()["queued"] == 1
    monkeypatch.undo()
    runner.wake()
    assert end_of(runner, name) == ("done", "")


def test_a_job_that_fails_for_want_of_space_waits_and_no_try_is_counted(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = start(replace(SETTINGS, min_free_bytes=6))
    free = shutil.disk_usage("/")
    filled, tried = tmp_path / "filled", tmp_path / "tried"
    monkeypatch.setattr(shutil, "disk_usage", lambda _: free._replace(free=5 if filled.exists() else 50))
    name = order(
        runner,
        f"if os.path.exists({str(tried)!r}): edition()\n"
        f"else: pathlib.Path({str(tried)!r}).touch(); pathlib.Path({str(filled)!r}).touch(); sys.exit(7)",
    )
    until_true(filled.exists)
    until_true(lambda: runner.store.counts()["queued"])
    filled.unlink()
    runner.wake()
    assert end_of(runner, name) == ("done", "")


@pytest.mark.parametrize("after", ["sys.exit(1)", "os.kill(os.getpid(), 9)", "os.abort()", "raise BrokenPipeError"])
def test_a_job_whose_edition_stands_is_done_whatever_came_after(start: Start, after: str) -> None:
    runner = start()
    name = order(runner, f"edition()\n{after}")
    assert end_of(runner, name)[0] == "done"
    found = runner.store.look(name)
    assert found
    assert found["editions"][0]["mp3"] == "a.mp3"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("sys.exit(5)", "ended with 5"),
        ("os.kill(os.getpid(), 9)", "SIGKILL"),
        ("print('error: it is so\\nhint: do that', file=sys.stderr); sys.exit(3)", "error: it is so\nhint: do that"),
        ("sys.stderr.buffer.write(b'error: \\xff\\xfe'); sys.exit(3)", "error: \ufffd\ufffd"),
        ('print(\'{"edition": "/nowhere"}\'); sys.exit(1)', "ended with 1"),
        ("print('{cut off'); sys.exit(1)", "ended with 1"),
        ("edition(); sys.exit(9)", "ended with 9"),
    ],
)
def test_a_job_that_fails_says_why(start: Start, text: str, word: str) -> None:
    runner = start()
    state, error = end_of(runner, order(runner, text))
    assert (state, word in error) == ("failed", True), error


def test_a_job_has_a_time_limit_and_its_processes_end_with_it(start: Start, tmp_path: Path) -> None:
    runner = start(replace(SETTINGS, job_timeout_s=1.0))
    note = tmp_path / "pid"
    child = "import subprocess; one = subprocess.Popen(['sleep', '600'])\n"
    slow = order(runner, f"{child}pathlib.Path({str(note)!r}).write_text(str(one.pid)); one.wait()")
    after = order(runner, "edition()")
    assert end_of(runner, slow) == ("failed", "not done after 1 s")
    assert end_of(runner, after)[0] == "done"
    number = int(note.read_text())
    until_true(lambda: not psutil.pid_exists(number) or psutil.Process(number).status() == psutil.STATUS_ZOMBIE)


def test_a_job_under_way_when_the_server_stops_is_not_counted_as_tried(start: Start, tmp_path: Path) -> None:
    go = tmp_path / "go"
    runner = start()
    name = order(runner, f"edition() if os.path.exists({str(go)!r}) else time.sleep(600)")
    for _ in range(4):
        until_true(lambda one=runner: one._hands[0].child)  # type: ignore[misc]
        runner.stop()
        assert runner.store.counts()["queued"] == 1
        runner = start(store=runner.store)
    go.touch()
    runner.stop()
    assert end_of(start(store=runner.store), name) == ("done", "")


WAITING = "(out / 'at').open('a').write({0!r}); edition()\nwhile not (out / 'go').exists(): time.sleep(0.02)\n"


def test_several_jobs_are_made_at_once_and_one_that_is_killed_fails_alone_by_name(start: Start, tmp_path: Path) -> None:
    runner = start(replace(SETTINGS, jobs=3))
    names = [order(runner, WAITING.format(name)) for name in "abc"]
    until_true(
        lambda: sorted((tmp_path / "at").read_text()) == ["a", "b", "c"] if (tmp_path / "at").exists() else False
    )
    assert runner.store.counts()["running"] == 3
    killed = order(runner, "os.kill(os.getpid(), 9)")
    (tmp_path / "go").touch()
    assert [end_of(runner, name)[0] for name in names] == ["done"] * 3
    state, error = end_of(runner, killed)
    assert (state, "SIGKILL" in error) == ("failed", True)
    assert runner.alive()


def test_of_one_article_one_job_is_made_at_a_time_in_the_order_of_their_orders(start: Start, tmp_path: Path) -> None:
    store = JobStore(tmp_path)
    texts = [
        f"(out / 'at').open('a').write('{number}<'); time.sleep(0.05); (out / 'at').open('a').write('{number}>')"
        for number in range(3)
    ]
    names = [str(store.add("-", text, "", 100, 10**6, handed=Handed("cms", identity="A"))) for text in texts]
    runner = start(replace(SETTINGS, jobs=3), store)
    for name in names:
        end_of(runner, name)
    assert (tmp_path / "at").read_text() == "0<0>1<1>2<2>"


def test_jobs_under_way_are_all_put_back_when_the_server_stops(start: Start) -> None:
    runner = start(replace(SETTINGS, jobs=2))
    for name in "ab":
        order(runner, WAITING.format(name).replace("edition()", "pass"))
    until_true(lambda: all(hand.child for hand in runner._hands))
    runner.stop()
    assert runner.store.counts()["queued"] == 2


def test_an_edition_that_stands_is_done_though_the_server_died_each_time(start: Start, tmp_path: Path) -> None:
    store = JobStore(tmp_path)
    name = str(store.add("-", "edition()", "", 10, 1000))
    with sqlite3.connect(tmp_path / STORE) as base:
        base.execute("UPDATE jobs SET state = 'running', attempts = 3")
    base.close()
    (tmp_path / "2026-01-01-a").mkdir()
    (tmp_path / "2026-01-01-a" / "episode.json").write_text("{}")
    (tmp_path / f".jobs.{name}.out").write_text(f'{{"edition": "{tmp_path}/2026-01-01-a", "mp3": "a.mp3"}}\n')
    assert end_of(start(store=store), name) == ("done", "")
    assert not list(tmp_path.glob(".jobs.*.out"))


def begun_anew(runner: JobRunner) -> bool:
    try:
        runner.store.beat()
    except sqlite3.Error:
        return False
    return True


def test_a_store_that_is_damaged_or_removed_under_way_is_begun_anew_with_its_waiting_jobs(
    start: Start, tmp_path: Path
) -> None:
    runner = start()
    assert end_of(runner, order(runner, "edition()"))[0] == "done"
    (tmp_path / STORE).unlink()
    runner.wake()
    until_true(lambda: begun_anew(runner))
    assert end_of(runner, order(runner, "edition()"))[0] == "done"
    assert runner.alive()


def test_a_job_is_made_with_its_voice_and_what_it_replaces(start: Start, tmp_path: Path) -> None:
    runner = start()
    text = "(out / 'seen').write_text(repr(options)); edition()"
    name = str(runner.store.add("-", text, "tone", 100, 10**6, "2026-11-22-x"))
    runner.wake()
    assert end_of(runner, name)[0] == "done"
    seen = (tmp_path / "seen").read_text()
    assert seen.startswith("['--voice=tone', '--replaces=2026-11-22-x', '--steps=")
    assert seen.endswith("', '--', '-']")


def join(runner: JobRunner, text: str, identity: str = "") -> str:
    """Order an article into a bulletin; what it says is done by the tests' own `make`, in a list."""
    handed = Handed("cms", identity=identity, bulletin="نشرة", day="2026-11-28")
    return str(runner.store.add("-", text, "", 100, 10**6, handed=handed))


SEEN = "(out / 'seen').open('a').write({!r} + '\\n')"


def test_a_bulletin_is_made_of_all_its_articles_in_their_order_and_a_correction_keeps_its_place(
    start: Start, tmp_path: Path
) -> None:
    store = JobStore(tmp_path)
    runner = start(store=store)
    runner.store = store
    options = "(out / 'options').write_text(repr(options))"
    first, second = join(runner, SEEN.format("a"), "A"), join(runner, f"{SEEN.format('b')}, {options}, edition()", "B")
    runner.wake()
    assert [end_of(runner, one) for one in (first, second)] == [("done", "")] * 2
    corrected = join(runner, SEEN.format("a2"), "A")
    runner.wake()
    assert end_of(runner, corrected)[0] == "done"
    assert (tmp_path / "seen").read_text().split() in (["a", "b", "a2", "b"], ["a", "a", "b", "a2", "b"])
    assert "'--from=cms', '--steps=" in (tmp_path / "options").read_text()
    assert "'--edition=نشرة', '--day=2026-11-28', '--whole', '--', '-']" in (tmp_path / "options").read_text()


def test_an_article_that_cannot_be_read_keeps_none_other_out_of_the_bulletin(start: Start, tmp_path: Path) -> None:
    store = JobStore(tmp_path)
    texts = ("sys.exit('error: poison')", "edition()", "edition(), 1")
    held = [Handed("cms", identity=text, bulletin="نشرة", day="2026-11-28") for text in texts]
    names = [str(store.add("-", one.identity, "", 100, 10**6, handed=one)) for one in held]
    runner = start(store=store)
    runner.wake()
    assert [end_of(runner, one) for one in names] == [("failed", "error: poison"), ("done", ""), ("done", "")]
    assert tuple(store.articles_of("نشرة", "2026-11-28").values()) == texts[1:]


def test_what_is_called_off_under_way_is_withdrawn_when_it_stands(start: Start, tmp_path: Path) -> None:
    runner = start()
    taken: list[Path] = []
    runner.take_back = lambda place, _: taken.append(place) or ()
    gate = tmp_path / "gate"
    text = f"while not os.path.exists({str(gate)!r}): time.sleep(0.01)\nedition()"
    name = str(runner.store.add("-", text, "", 100, 10**6, handed=Handed(identity="A")))
    runner.wake()
    until_true(lambda: runner.store.counts()["running"])
    assert runner.store.call_off("A") == (0, 1)
    gate.touch()
    until_true(lambda: runner.store.counts()["withdrawn"])
    assert taken == [tmp_path / "2026-01-01-a"]
    assert runner.store.call_off(name) == (0, 0)


@pytest.mark.parametrize(
    ("does", "word"),
    [
        (
            "sys.stderr.write('warning: x\\nerror: nothing is left of it\\nhint: y\\n'); sys.exit(4)",
            "nothing is left of it",
        ),
        ("os.kill(os.getpid(), 9)", "SIGKILL"),
        ("time.sleep(60)", "not done after"),
    ],
)
def test_why_a_bulletin_still_holds_what_was_withdrawn_is_said(tmp_path: Path, does: str, word: str) -> None:
    settings = replace(SETTINGS, job_timeout_s=0.3 if "sleep" in does else 30)
    script = f"import os, sys, time; {does}"
    runner = JobRunner(JobStore(tmp_path), [], tmp_path, settings, withdrawal=[sys.executable, "-c", script])
    with pytest.raises(PublishError, match=f"2026-01-01-a is withdrawn, and a bulletin still holds it: .*{word}"):
        runner.leave_bulletins("2026-01-01-a")
    runner.store.close()


def test_bulletins_are_left_by_the_folder_of_what_was_withdrawn(tmp_path: Path) -> None:
    script = "import sys; sys.exit(sys.argv[1:] != ['--', '2026-01-01-a'])"
    runner = JobRunner(JobStore(tmp_path), [], tmp_path, SETTINGS, withdrawal=[sys.executable, "-c", script])
    runner.leave_bulletins("2026-01-01-a")
    with pytest.raises(PublishError):
        runner.leave_bulletins("2026-01-01-b")
    runner.store.close()
