from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from killed_at import write as write_until

from tts_news import files
from tts_news.errors import MasterError, TtsNewsError
from tts_news.files import (
    DRAFTS,
    beside,
    disk_errors,
    hash_file,
    hold,
    lock_folder,
    name_fault,
    new_draft,
    open_database,
    open_lock,
    recover,
    swap_in,
    sweep,
    transaction,
    write_file,
)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    place = tmp_path / "feed.xml"
    place.write_bytes(b"old")
    place.chmod(0o640)
    write_file(place, b"new")
    assert place.read_bytes() == b"new"
    assert place.stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["feed.xml"]


@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_when_a_step_fails_the_old_file_stands_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    place = tmp_path / "feed.xml"
    place.write_bytes(b"old")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os if call == "fsync" else Path, call, full)
    with pytest.raises(OSError, match="No space"):
        write_file(place, b"new")
    monkeypatch.undo()
    assert place.read_bytes() == b"old"
    assert names(tmp_path) == ["feed.xml"]


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), beside(tmp_path / "feed.xml"):
        raise KeyboardInterrupt
    assert names(tmp_path) == []


def test_a_file_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = []
    replace, fsync = Path.replace, os.fsync
    monkeypatch.setattr(os, "fsync", lambda descriptor: (steps.append("sync"), fsync(descriptor)))
    monkeypatch.setattr(Path, "replace", lambda self, to: (steps.append("rename"), replace(self, to)))
    write_file(tmp_path / "a", b"1")
    write_file(tmp_path / "b", b"1", sync=False)
    assert steps == ["sync", "rename", "rename"]


def test_a_writer_killed_before_any_of_its_lines_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    """Its lines are counted while it runs; it is killed before the first, then before the second, and so to the end."""
    place = tmp_path / "feed.xml"
    seen: list[bytes] = []
    for line in range(1, 100):
        place.write_bytes(b"old" * 40_000)
        status = write_until(line, place)
        seen.append(place.read_bytes())
        for part in tmp_path.glob(".*"):
            os.utime(part, (0, 0))  # no longer young
        sweep(tmp_path)
        assert names(tmp_path) == ["feed.xml"]
        if status == 0:
            break
        assert status == -signal.SIGKILL
    old, new = b"old" * 40_000, b"new" * 50_000
    assert status == 0
    assert len(seen) > 15
    assert seen == [old] * seen.count(old) + [new] * seen.count(new)
    assert seen.count(new) > 1  # also after the renaming


def test_a_name_as_long_as_a_disk_allows_can_be_written(tmp_path: Path) -> None:
    place = tmp_path / ("خبر" * 42)  # 252 bytes
    write_file(place, b"1")
    assert place.read_bytes() == b"1"


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("a/b.txt", ""),
        ("خ" * 127, ""),
        ("out/" + "خ" * 128, "a name of more than 255 bytes"),
        ("a\0b", "a NUL character"),
    ],
)
def test_a_name_no_disk_has_is_known_beforehand(path: str, fault: str) -> None:
    assert name_fault(path).startswith(fault)
    assert bool(name_fault(path)) == bool(fault)


def test_a_device_is_written_to_and_stays_a_device() -> None:
    ours, theirs = os.openpty()  # a terminal of our own: a broken `write_file` would leave the system without /dev/null
    device = Path(os.ttyname(theirs))
    write_file(device, b"1")
    assert os.read(ours, 10) == b"1"
    assert device.is_char_device()
    os.close(ours)
    os.close(theirs)


def test_parts_of_the_dead_are_swept_and_those_of_the_living_stay(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from tts_news.files import beside\n"
        "with beside(Path(sys.argv[1])): print('in', flush=True); time.sleep(60)"
    )
    places = [tmp_path / "dead.mp3", tmp_path / "alive.mp3"]
    writers = [
        subprocess.Popen([sys.executable, "-c", code, place], stdout=subprocess.PIPE, text=True) for place in places
    ]
    for writer in writers:
        assert writer.stdout
        assert writer.stdout.readline() == "in\n"
        writer.stdout.close()
    writers[0].send_signal(signal.SIGKILL)
    writers[0].wait()
    (tmp_path / "notes.part").touch()
    assert sweep(tmp_path) == 0, "too young: its writer may be about to lock it"
    old = time.time() - 3600
    for path in tmp_path.iterdir():
        os.utime(path, (old, old))
    assert sweep(tmp_path) == 1
    assert [name.split(".")[1] for name in names(tmp_path) if name.startswith(".")] == ["alive"]
    assert (tmp_path / "notes.part").exists(), "not ours"
    writers[1].kill()
    writers[1].wait()


def test_a_pipe_or_folder_with_the_name_of_a_part_stops_nobody(tmp_path: Path) -> None:
    pipe, folder, link = (tmp_path / f".{name}.part" for name in ("pipe", "folder", "link"))
    os.mkfifo(pipe)
    folder.mkdir()
    link.symlink_to("nowhere")
    for path in (pipe, folder, link):
        os.utime(path, (0, 0), follow_symlinks=False)
    code = f"from pathlib import Path; from tts_news.files import sweep; sweep(Path({str(tmp_path)!r}))"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    assert folder.is_dir()


@pytest.mark.parametrize("key", [".".join("a" * 60), ".".join(["'a b'"] * 60), " . ".join(['"a"', "b"] * 30)])
def test_a_key_of_very_many_parts_is_refused_before_it_is_walked(key: str) -> None:
    for text in (f"{key} = 1", f"[{key}]\nb = 1", f"b = {{ {key} = 1 }}"):
        with pytest.raises(ValueError, match="nested too deeply"):
            files.parse_toml(text)
    assert files.parse_toml('a.b.c = "' + "x.y " * 60 + '"')["a"]["b"]["c"].startswith("x.y")


def test_a_folder_is_recovered_after_every_kind_of_death(tmp_path: Path) -> None:
    (tmp_path / ".aside-one").mkdir()  # stepped aside, and nothing came in its place
    (tmp_path / ".aside-two").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / ".draft-dead").mkdir()
    (tmp_path / ".draft-alive").mkdir()
    held = hold(tmp_path / ".draft-alive")
    recover(tmp_path)
    os.close(held)
    assert names(tmp_path) == [".draft-alive", "one", "two"]


@pytest.mark.parametrize("exchanges", [True, False])
def test_a_folder_is_swapped_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanges: bool) -> None:
    if not exchanges:
        monkeypatch.setattr(files, "_exchange", lambda _one, _other: False)
    draft, place = tmp_path / ".draft-x", tmp_path / "x"
    for folder, text in ((draft, "new"), (place, "old")):
        folder.mkdir()
        (folder / "text").write_text(text, encoding="utf-8")
    swap_in(draft, place)
    assert (place / "text").read_text(encoding="utf-8") == "new"
    assert names(tmp_path) == ["x"]


def test_a_folder_that_cannot_be_put_in_leaves_the_one_that_stood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_exchange", lambda _one, _other: False)
    (tmp_path / "x").mkdir()
    with pytest.raises(FileNotFoundError):
        swap_in(tmp_path / ".draft-gone", tmp_path / "x")
    assert names(tmp_path) == ["x"]


def test_a_locked_folder_makes_another_process_wait(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tts_news.files import lock_folder\n"
        "print('begin', flush=True)\nwith lock_folder(Path(sys.argv[1])): print('in', flush=True)"
    )
    with lock_folder(tmp_path):
        other = subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, text=True)
        assert other.stdout
        assert other.stdout.readline() == "begin\n"
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(timeout=0.3)
    with other.stdout:
        assert other.stdout.readline() == "in\n"
    assert other.wait() == 0


def test_a_hash_is_that_of_the_content(tmp_path: Path) -> None:
    (tmp_path / "abc").write_bytes(b"abc")  # Source: FIPS 180-2, B.1
    assert hash_file(tmp_path / "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        (errno.ENOSPC, "free some space there, or look elsewhere"),
        (errno.ENOTDIR, "there is a file where a folder is wanted: move it, or look elsewhere"),
        (errno.EACCES, "look elsewhere"),
    ],
)
def test_what_the_disk_refuses_is_an_error_of_the_room_with_a_hint(code: int, hint: str) -> None:
    def fail() -> None:
        with disk_errors(Path("x"), MasterError, elsewhere="look elsewhere"):
            raise OSError(code, "refused")

    with pytest.raises(MasterError, match="cannot write x: refused") as caught:
        fail()
    assert isinstance(caught.value, TtsNewsError)
    assert caught.value.hint == hint


@pytest.mark.parametrize("harm", [os.mkfifo, lambda path: path.symlink_to("/dev/zero"), Path.mkdir])
def test_what_is_no_ordinary_file_is_refused_and_not_waited_at(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    harm(tmp_path / "x.toml")
    for read in (files.read_toml, files.hash_file, lambda path: files.read_file(path, 10)):
        with pytest.raises(OSError, match=r"a pipe or device|Is a directory"):
            read(tmp_path / "x.toml")


def test_a_file_of_more_than_it_may_hold_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"12345")
    assert files.read_file(tmp_path / "x", 5) == b"12345"
    with pytest.raises(ValueError, match="more than 4 bytes"):
        files.read_file(tmp_path / "x", 4)


def test_a_toml_nested_without_end_is_refused() -> None:
    deep = sys.getrecursionlimit()  # another test's library may have raised it
    for begin, end in (("[", "]"), ("{a = ", "}")):
        with pytest.raises(ValueError, match="nested too deeply"):
            files.parse_toml(f"a = {begin * deep}1{end * deep}")


def test_a_database_whose_description_is_no_text_is_an_error_of_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "it.db"
    with closing(open_database(path, busy_s=1)) as base:
        base.execute("CREATE TABLE t (a)")
        base.execute("PRAGMA writable_schema = ON")
        base.execute("UPDATE sqlite_master SET sql = CAST(X'4352454154CC' AS TEXT)")
    with closing(open_database(path, busy_s=1)) as base, pytest.raises(sqlite3.DatabaseError, match="no text"):
        base.execute("SELECT * FROM t")


def test_a_change_of_a_database_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "it.db", busy_s=1)) as base:
        base.execute("CREATE TABLE t (a)")
        with transaction(base):
            base.execute("INSERT INTO t VALUES (1)")
        with suppress(KeyboardInterrupt), transaction(base):
            base.execute("INSERT INTO t VALUES (2)")
            raise KeyboardInterrupt
        assert base.execute("SELECT a FROM t").fetchall() == [(1,)]


def test_what_broke_a_change_is_told_although_the_database_has_undone_it_already(tmp_path: Path) -> None:
    def fill_the_disk(base: sqlite3.Connection) -> None:
        with transaction(base):
            base.execute("ROLLBACK")  # as SQLite does by itself then
            raise OSError("full")

    with closing(open_database(tmp_path / "it.db", busy_s=1)) as base:
        with pytest.raises(OSError, match="full"):
            fill_the_disk(base)
        with transaction(base):  # and the next change is possible
            base.execute("CREATE TABLE t (a)")


def test_a_link_in_the_place_of_drafts_or_lock_leads_to_nothing_of_anothers(tmp_path: Path) -> None:
    folder, other = tmp_path / "show", tmp_path / "other"
    (other / "kept").mkdir(parents=True)
    folder.mkdir()
    (folder / DRAFTS).symlink_to(other)
    recover(folder)
    assert (other / "kept").is_dir()
    (folder / DRAFTS).symlink_to(other)
    assert new_draft(folder, "x").resolve().is_relative_to(folder)
    (folder / ".lock").symlink_to(other / "made")
    with pytest.raises(OSError, match="symbolic"), lock_folder(folder):
        pass
    with pytest.raises(OSError, match="symbolic"):
        open_lock(folder / ".lock")
    assert not (other / "made").exists()
