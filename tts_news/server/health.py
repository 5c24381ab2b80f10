"""Whether the server is able to work: tried, not assumed."""

from __future__ import annotations

import sqlite3
import threading
import time
from typing import Any

from tts_news.server.courier import Courier
from tts_news.server.facts import clock
from tts_news.server.runner import JobRunner
from tts_news.server.speech import Speaker
from tts_news.server.store import JobStore

_FRESH_S = 1.0  # a look writes to the disk and lists the voices: however many ask, one a second is taken


class Health:
    """What `/health` tells."""

    def __init__(self, store: JobStore, runner: JobRunner, speaker: Speaker, courier: Courier) -> None:
        self._store, self._runner, self._speaker, self._courier = store, runner, speaker, courier
        self._looking = threading.Lock()
        self._seen: tuple[float, dict[str, Any]] | None = None

    def look(self) -> dict[str, Any]:
        """Return the facts; "ok" is whether speech and editions can be made now.

        Whatever is wrong stands in "faults", in words; "last_error" is what last kept the job thread from going on.
        """
        with self._looking:
            if self._seen is None or time.monotonic() - self._seen[0] > _FRESH_S:
                facts = self._look()
                self._seen = time.monotonic(), facts
            return self._seen[1]

    def _look(self) -> dict[str, Any]:
        faults: list[str] = []
        jobs: dict[str, int] | None = None
        messages: dict[str, int] | None = None
        writable, free = False, 0
        try:
            jobs = self._store.counts()
            messages = self._store.messages()
            self._store.beat()
            writable = True
        except sqlite3.Error as err:
            faults.append(f"the job store cannot be written: {err}")
        try:
            free = self._runner.space()
            if free < self._runner.settings.min_free_bytes:
                faults.append(f"{free // 1_000_000} MB are free: jobs wait for more")
        except OSError as err:
            faults.append(f"the output folder cannot be reached: {err.strerror}")
        alive = self._runner.alive()
        if not alive:
            faults.append("the job thread does not go on")
        elif self._runner.failing:
            faults.append("the job thread cannot go on now: see last_error")
        if not self._courier.alive():
            faults.append("the webhook thread does not go on")
        voices = len(self._speaker.voices())
        if not voices:
            faults.append("no voice can speak")
        last = self._runner.last_fault
        return {
            "ok": not faults,
            "faults": faults,
            "voices": voices,
            "warm": self._speaker.is_warm,
            "jobs": jobs,
            "webhooks": messages,
            "job_thread": alive,
            "job_store_writable": writable,
            "free_bytes": free,
            "last_error": {"at": clock(last.at), "text": last.text} if last else None,
        }
