"""Editions made on request: a queue in SQLite that survives any death of the server, and the thread that works it off.

Each job runs as a `tts-news make` of its own: a voice's memory goes with it, and a crash in it is a failed job and no
more. Making is idempotent (an edition that stands is not made again), so a job that was cut off is simply run again.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tts_news.errors import PublishError

STORE = ".jobs.sqlite"
_ATTEMPTS = 3  # a job that killed its server three times is not tried again
_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, state TEXT NOT NULL, source TEXT NOT NULL,
    text TEXT NOT NULL, voice TEXT NOT NULL, result TEXT NOT NULL DEFAULT '[]', error TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0, created REAL NOT NULL, updated REAL NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class Job:
    """One request for an edition: an address, or a text for `source` "-"."""

    id: str
    source: str
    text: str
    voice: str


class JobStore:
    """The queue. Every call opens the file anew: safe from any thread, and nothing is lost between two calls."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / STORE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with self._open() as base:
                base.execute("PRAGMA journal_mode=WAL")
                base.execute(_SCHEMA)
        except (OSError, sqlite3.Error) as err:
            raise PublishError(f"cannot keep jobs in {self.path}: {err}", hint="choose another --output") from err

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        base = sqlite3.connect(self.path, timeout=30)
        try:
            with base:
                yield base
        finally:
            base.close()

    def add(self, source: str, text: str, voice: str, limit: int) -> str | None:
        """Queue a job and return its id, None when `limit` jobs are waiting."""
        name, now = uuid.uuid4().hex, time.time()
        with self._open() as base:
            base.execute("BEGIN IMMEDIATE")
            (waiting,) = base.execute("SELECT count(*) FROM jobs WHERE state = 'queued'").fetchone()
            if waiting >= limit:
                return None
            base.execute(
                "INSERT INTO jobs (id, state, source, text, voice, created, updated)"
                " VALUES (?, 'queued', ?, ?, ?, ?, ?)",
                (name, source, text, voice, now, now),
            )
        return name

    def requeue(self) -> None:
        """Put back what was running when the last server died."""
        with self._open() as base:
            base.execute(
                "UPDATE jobs SET state = 'failed', error = 'the server died each time it was made'"
                " WHERE state = 'running' AND attempts >= ?",
                (_ATTEMPTS,),
            )
            base.execute("UPDATE jobs SET state = 'queued' WHERE state = 'running'")

    def take(self) -> Job | None:
        """Return the oldest waiting job, now running; None when there is none."""
        with self._open() as base:
            base.execute("BEGIN IMMEDIATE")
            row = base.execute(
                "SELECT id, source, text, voice FROM jobs WHERE state = 'queued' ORDER BY number LIMIT 1"
            ).fetchone()
            if row is None:
                return None
            base.execute(
                "UPDATE jobs SET state = 'running', attempts = attempts + 1, updated = ? WHERE id = ?",
                (time.time(), row[0]),
            )
        return Job(*row)

    def finish(self, name: str, state: str, result: Sequence[object], error: str) -> None:
        """Record how a job ended: "done", "failed", or "queued" to put it back. A done job forgets its text."""
        with self._open() as base:
            base.execute(
                "UPDATE jobs SET state = ?, result = ?, error = ?, updated = ?,"
                " text = CASE WHEN ? = 'done' THEN '' ELSE text END WHERE id = ?",
                (state, json.dumps(result, ensure_ascii=False), error, time.time(), state, name),
            )

    def look(self, name: str) -> dict[str, Any] | None:
        """Return a job as its client sees it, None when there is none."""
        with self._open() as base:
            row = base.execute(
                "SELECT id, state, result, error, created, updated FROM jobs WHERE id = ?", (name,)
            ).fetchone()
        if row is None:
            return None
        return dict(zip(("id", "state", "editions", "error", "created", "updated"), row, strict=True)) | {
            "editions": json.loads(row[2])
        }

    def counts(self) -> dict[str, int]:
        """Return how many jobs are in each state."""
        with self._open() as base:
            found = dict(base.execute("SELECT state, count(*) FROM jobs GROUP BY state").fetchall())
        return {state: found.get(state, 0) for state in ("queued", "running", "done", "failed")}


class JobRunner:
    """The thread that makes one edition after the other."""

    def __init__(self, store: JobStore, command: Sequence[str], folder: Path, timeout_s: float) -> None:
        """Args: the queue, `tts-news make` with its fixed options, the folder to run it in, and its time limit."""
        self.store = store
        self.command = tuple(command)
        self.folder = folder
        self.timeout_s = timeout_s
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin with what an earlier server left."""
        self.store.requeue()
        self._thread.start()

    def wake(self) -> None:
        """There is a new job."""
        self._wake.set()

    def stop(self) -> None:
        """Stop now; a job under way goes back into the queue."""
        self._stop.set()
        self._wake.set()
        child = self._child
        if child is not None:
            child.terminate()
        self._thread.join(timeout=30)

    def _work(self) -> None:
        while not self._stop.is_set():
            job = self.store.take()
            if job is None:
                self._wake.wait(timeout=5)
                self._wake.clear()
                continue
            state, result, error = self._make(job)
            self.store.finish(job.id, "queued" if self._stop.is_set() and state != "done" else state, result, error)

    def _make(self, job: Job) -> tuple[str, list[object], str]:
        options = ["--voice", job.voice] if job.voice else []
        with subprocess.Popen(  # noqa: S603 - our own command line, no shell; after "--" nothing is an option
            [*self.command, *options, "--", job.source],
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as child:
            self._child = child
            try:
                out, err = child.communicate(job.text.encode(), timeout=self.timeout_s)
            except subprocess.TimeoutExpired:
                child.kill()
                child.communicate()
                return "failed", [], f"not done after {self.timeout_s:.0f} s"
            finally:
                self._child = None
        result = [json.loads(line) for line in out.decode().splitlines() if line.startswith("{")]
        faults = [line for line in err.decode(errors="replace").splitlines() if line.startswith(("error:", "hint:"))]
        if child.returncode == 0:
            return "done", result, ""
        return "failed", result, "\n".join(faults) or f"ended with {child.returncode}"


def make_command(output: Path, config_file: Path | None) -> list[str]:
    """Return the `tts-news make` that jobs are run with."""
    named = ["--config", str(config_file.absolute())] if config_file else []
    return [sys.executable, "-m", "tts_news", "make", "--json", "--quiet", "--output", str(output.absolute()), *named]
