"""The queue of jobs: what is in it stays in it, whatever happens to its file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tts_news.cli import run
from tts_news.errors import PublishError
from tts_news.server.queue_file import _SAVED, STORE, _waiting
from tts_news.server.store import WITHDRAWAL, Handed, JobStore, Outcome

WRITTEN = "نص لا يعرفه أحد"


@pytest.fixture
def store(tmp_path: Path) -> JobStore:
    return JobStore(tmp_path)


def add(store: JobStore, text: str = WRITTEN, limit: int = 10, letters: int = 1000) -> str | None:
    return store.add("-", text, "", limit, letters)


def test_a_store_of_the_first_release_goes_on(tmp_path: Path) -> None:
    old = JobStore(tmp_path)
    name = add(old)
    old._writer.execute("ALTER TABLE jobs DROP COLUMN replaces")
    assert [row[_SAVED.index("replaces")] for row in _waiting(old._writer)] == [""]
    old.close()
    store = JobStore(tmp_path)
    assert not list(tmp_path.glob("*damaged*"))
    later = store.add("-", f"{WRITTEN} آخر", "", 10, 1000, "2026-11-22-x")
    taken = [store.take(), store.take()]
    assert [(job.id, job.replaces) for job in taken if job] == [(name, ""), (later, "2026-11-22-x")]


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob(f"{STORE}*"))


def test_jobs_are_taken_in_their_order_and_counted(store: JobStore) -> None:
    names = [add(store, f"نص {n}") for n in range(3)]
    taken = [store.take() for _ in range(4)]
    assert [job.id if job else None for job in taken] == [*names, None]
    assert store.counts() == {"queued": 0, "running": 3, "done": 0, "failed": 0, "withdrawn": 0}


ARTICLE, OTHER = Handed("cms", identity="A"), Handed("cms", identity="B")
BULLETIN = Handed("cms", identity="C", bulletin="نشرة", day="2026-11-28")


def queue(store: JobStore, *orders: tuple[str, str, str, Handed]) -> list[str]:
    return [str(store.add(source, text, "", 10, 1000, replaces, handed)) for source, text, replaces, handed in orders]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("-", "أ", "", ARTICLE), ("-", "ب", "", ARTICLE)),
        (("-", "أ", "", Handed()), ("-", "أ", "", Handed())),
        (("https://a.example/1", "", "", Handed()), ("https://a.example/1", "", "", Handed())),
        (("-", "أ", "2026-11-22-x", ARTICLE), ("-", "ب", "2026-11-22-x", OTHER)),
        (("-", "أ", "", ARTICLE), ("-", "ب", "", BULLETIN)),
        (("-", "ب", "", BULLETIN), ("-", "أ", "", ARTICLE)),
        (("-", "ب", "", Handed(WITHDRAWAL)), ("-", "أ", "", ARTICLE)),
        (("-", "أ", "", ARTICLE), ("-", "ب", "", Handed(WITHDRAWAL))),
    ],
)
def test_what_is_of_one_article_or_makes_bulletins_waits_for_what_is_under_way(
    store: JobStore, first: tuple[str, str, str, Handed], second: tuple[str, str, str, Handed]
) -> None:
    names = queue(store, first, second)
    taken = store.take()
    assert taken
    assert taken.id == names[0]
    assert store.take() is None
    store.finish(names[0], Outcome("failed"))
    following = store.take()
    assert following
    assert following.id == names[1]


def test_what_is_of_other_articles_is_taken_beside_it_and_overtakes_what_waits(store: JobStore) -> None:
    names = queue(store, ("-", "أ", "", ARTICLE), ("-", "ب", "", ARTICLE), ("-", "ت", "", OTHER))
    names += queue(store, ("https://a.example/1", "", "", Handed()), ("https://a.example/2", "", "", Handed()))
    taken = [store.take() for _ in range(5)]
    assert [job.id if job else None for job in taken] == [names[0], names[2], names[3], names[4], None]


def test_nothing_overtakes_a_bulletin_that_waits(store: JobStore) -> None:
    names = queue(store, ("-", "أ", "", ARTICLE), ("-", "ب", "", BULLETIN), ("-", "ت", "", OTHER))
    taken = store.take()
    assert taken
    assert (taken.id, store.take()) == (names[0], None)
    store.finish(names[0], Outcome("failed"))
    bulletin = store.take()
    assert bulletin
    assert (bulletin.id, store.take()) == (names[1], None)


def test_so_many_jobs_and_so_much_text_may_wait(store: JobStore) -> None:
    assert add(store, "م" * 5000, letters=1000), "one text is taken, however long: its length is the body's limit"
    assert add(store, "م", letters=1000) is None
    store.take()
    assert [bool(add(store, "م", limit=2)) for _ in range(3)] == [True, True, False]


def test_what_was_made_is_forgotten_at_once_and_what_failed_after_its_time(store: JobStore, tmp_path: Path) -> None:
    done, failed = add(store), add(store)
    for name, state in ((done, "done"), (failed, "failed")):
        store.take()
        store.finish(str(name), Outcome(state, [{"edition": "a"}], "error: it did not go"))
    assert WRITTEN.encode() in on_disk(tmp_path)
    store.forget(time.time() - 100, time.time() - 100)
    assert WRITTEN.encode() in on_disk(tmp_path)
    store.forget(time.time() + 1, time.time() - 100)
    assert WRITTEN.encode() not in on_disk(tmp_path)
    found = store.look(str(failed))
    assert found
    assert (found["state"], found["error"]) == ("failed", "error: it did not go")
    store.forget(time.time() + 1, time.time() + 1)
    assert store.look(str(failed)) is store.look(str(done)) is None


def test_waiting_jobs_are_never_forgotten(store: JobStore) -> None:
    waiting = add(store)
    store.forget(time.time() + 1, time.time() + 1)
    job = store.take()
    assert job
    assert (job.id, job.text) == (waiting, WRITTEN)
    store.forget(time.time() + 1, time.time() + 1)
    assert [job.id for job in store.interrupted()] == [waiting]


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"no database at all, but long enough to be one" * 100,
        lambda data: data[:5000],
        lambda data: data[:100] + bytes(len(data) - 100),
        lambda data: data[:4096] + b"\xff" * (len(data) - 4096),
    ],
    ids=["empty", "foreign", "cut off", "zeros", "overwritten"],
)
def test_a_damaged_store_is_set_aside_with_a_message(
    tmp_path: Path, damage: object, caplog: pytest.LogCaptureFixture
) -> None:
    first = JobStore(tmp_path)
    for _ in range(5):
        add(first)
    first.close()
    path = tmp_path / STORE
    whole = path.read_bytes()
    path.write_bytes(damage(whole))  # type: ignore[operator]
    again = JobStore(tmp_path)
    assert add(again)
    again.beat()
    if path.read_bytes() and damage(whole):  # type: ignore[operator]
        (aside,) = tmp_path.glob(f"{STORE}.damaged-*")
        assert aside.name in caplog.text


def test_waiting_jobs_of_a_damaged_store_are_saved_as_far_as_they_can_be_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = JobStore(tmp_path)
    names = [add(first, f"{'م' * 3000}{number}", letters=10**6) for number in range(9)]
    first.close()
    path = tmp_path / STORE
    data = path.read_bytes()
    path.write_bytes(data[: len(data) - 3 * 4096] + b"\xff" * (3 * 4096))
    again = JobStore(tmp_path)
    saved = [job.id for job in iter(again.take, None)]
    assert 0 < len(saved) <= len(names)
    assert saved == names[: len(saved)]
    assert f"{len(saved)} waiting jobs were saved" in caplog.text


def test_a_store_of_another_version_is_set_aside(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / STORE) as base:
        base.execute("CREATE TABLE jobs (id TEXT, state TEXT)")
    base.close()
    assert add(JobStore(tmp_path))
    assert list(tmp_path.glob(f"{STORE}.damaged-*"))


@pytest.mark.parametrize("result", ["", "{", "[1, 2]", '{"a": 1}', "null"])
def test_a_row_that_makes_no_sense_is_shown_as_far_as_it_does(store: JobStore, tmp_path: Path, result: str) -> None:
    name = str(add(store))
    with sqlite3.connect(tmp_path / STORE) as base:
        base.execute("UPDATE jobs SET result = ?, error = CAST(x'ff41' AS TEXT)", (result,))
    base.close()
    found = store.look(name)
    assert found
    assert (found["editions"], found["error"]) == ([], "\ufffdA")


def test_a_store_that_is_removed_under_the_server_takes_no_job_and_is_begun_anew(
    store: JobStore, tmp_path: Path
) -> None:
    kept = add(store)
    (tmp_path / STORE).unlink()
    with pytest.raises(sqlite3.Error, match="removed") as caught:
        add(store)
    assert store.mend(caught.value)
    job = store.take()
    assert job
    assert job.id == kept
    assert add(store)
    with sqlite3.connect(tmp_path / STORE) as base:
        assert base.execute("SELECT count(*) FROM jobs").fetchone() == (2,)
    base.close()


def test_one_server_at_a_time_makes_the_editions_of_a_folder(store: JobStore, tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="another server"):
        JobStore(tmp_path)
    assert run(["serve", "--port", "0", "--output", str(tmp_path)]) == PublishError.exit_code
    store.close()
    JobStore(tmp_path).close()


def test_a_lock_of_another_program_stops_writing_and_not_reading(store: JobStore, tmp_path: Path) -> None:
    store._writer.execute("PRAGMA busy_timeout = 50")
    name = str(add(store))
    other = sqlite3.connect(tmp_path / STORE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        add(store)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        store.take()
    assert store.look(name)
    assert store.counts()["queued"] == 1
    other.close()
    assert add(store)


def test_a_killer_of_its_server_is_not_tried_for_ever(tmp_path: Path) -> None:
    """The job kills whoever makes it, as one does that takes all memory: three servers, and not a fourth."""
    code = """
import os, sys, time
from pathlib import Path
from tts_news.server.runner import JobRunner
from tts_news.server.settings import ServeSettings
from tts_news.server.store import JobStore

store = JobStore(Path(sys.argv[1]))
killer = [sys.executable, "-c", f"import os; os.kill({os.getpid()}, 9)"]
runner = JobRunner(store, killer, Path(sys.argv[1]), ServeSettings(min_free_bytes=0))
runner.start()
while store.counts()["running"] or store.counts()["queued"]:
    time.sleep(0.05)
runner.stop()
"""
    store = JobStore(tmp_path)
    name = str(add(store))
    store.close()
    codes = [subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode for _ in range(4)]
    assert codes == [-9, -9, -9, 0]
    found = JobStore(tmp_path).look(name)
    assert found
    assert found["state"] == "failed"
    assert "died each of the 3 times" in found["error"]


@pytest.mark.parametrize(("table", "column"), [("outbox", "error"), ("jobs", "attempts")])
def test_a_column_of_another_name_is_damage_and_its_waiting_jobs_are_saved(
    tmp_path: Path, table: str, column: str
) -> None:
    store = JobStore(tmp_path)
    name = str(store.add("-", "نص", "", 10, 1000))
    store.close()
    with closing(sqlite3.connect(tmp_path / STORE)) as base, base:
        base.execute("PRAGMA writable_schema = ON")
        base.execute("UPDATE sqlite_master SET sql = replace(sql, ?, 'x') WHERE name = ?", (column, table))
    store = JobStore(tmp_path)
    job = store.take()
    assert job is not None
    assert (job.id, job.text, job.attempts) == (name, "نص", 1)
    store.finish(name, Outcome("done"))
    store.close()
    assert list(tmp_path.glob(f"{STORE}.damaged-*"))


def test_damage_that_shows_on_the_way_is_set_aside_though_nothing_was_seen_at_the_door(tmp_path: Path) -> None:
    store = JobStore(tmp_path)
    name = str(store.add("-", "نص", "", 10, 1000))
    assert store.mend(sqlite3.DatabaseError("database disk image is malformed"))
    assert list(tmp_path.glob(f"{STORE}.damaged-*"))
    job = store.take()
    store.close()
    assert job is not None
    assert job.id == name
