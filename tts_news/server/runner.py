"""The threads that make editions, one after the other each, and whoever looks after them.

Each job runs as a `tts-news make` of its own: a voice's memory goes with it, and a crash in it is a failed job and no
more. Making is idempotent (an edition that stands is not made again), so a job that was cut off is simply run again.
What it prints goes into a file, which a server that was killed finds again. A job ends with its server, however that
dies; one that does not is waited for by the next server, and never made twice at once.

Several are at work at once (`[serve] jobs`), never two at one article; at a bulletin one alone: see `JobStore.take`.

Nothing that happens in a job ends its thread: every step is run by a hand whose faults are looked at and kept. A job
that makes a step fail is put back, and fails by name after its tries; where it is the server that cannot go on (the
disk, the job store, memory), the job waits and no try is counted. An outcome that cannot be recorded yet is kept until
it can.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO

from tts_news.errors import PublishError, TtsNewsError
from tts_news.files import take_lock, unnoticed
from tts_news.server.answers import Progress
from tts_news.server.gathering import why_closed
from tts_news.server.lifeline import Lifeline
from tts_news.server.outbox import Message
from tts_news.server.settings import ServeSettings
from tts_news.server.store import ATTEMPTS, WITHDRAWAL, Job, JobStore, Outcome, article_key
from tts_news.server.worker import Fault, Waits, Worker

_LOG = logging.getLogger(__name__)
_SLIP = ".jobs."  # how the name of a file begins that holds what a job under way has printed
_IDLE_S = 5.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 30.0  # between two tries of a server that cannot go on
_SWEEP_S = 600.0  # between two looks at what is to be forgotten
_LATE_S = 120.0  # beyond a job's time limit, for reading, recording and killing
_PATIENCE_S = 10.0  # for jobs that are told to end, and for what is written down at the end
_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
# What is the server's own trouble and not the job's.
_OURS = (sqlite3.Error, OSError, MemoryError)


TakeBack = Callable[[Path, str], tuple[str, ...]]
"""Withdraws the edition in a folder, with a sentence for listeners or ""."""
Announce = Callable[[Job, Outcome], Sequence[Message]]
"""Says what receivers of webhooks are told of a job that is over."""


class _Hand:
    """One thread that makes jobs: the process of the job it is at, and the jobs that this makes."""

    def __init__(
        self, number: int, step: Callable[[_Hand], bool], take_up: Callable[[_Hand, BaseException, str], bool]
    ) -> None:
        self.child: subprocess.Popen[bytes] | None = None
        self.at: list[Job] = []
        waits = Waits(_IDLE_S, _FIRST_PAUSE_S, _LONGEST_PAUSE_S)
        self.worker = Worker(f"jobs {number}", partial(step, self), partial(take_up, self), waits)


class JobRunner:
    """The threads, and what they know about themselves."""

    def __init__(
        self,
        store: JobStore,
        command: Sequence[str],
        folder: Path,
        settings: ServeSettings,
        take_back: TakeBack | None = None,
        announce: Announce | None = None,
        withdrawal: Sequence[str] = (),
    ) -> None:
        """Args: the queue, `tts-news make` with its fixed options, the folder to run it in, the limits.

        Who withdraws, who says what receivers of webhooks are told, and `tts-news withdraw`, may be left out.
        """
        self.withdrawal = tuple(withdrawal)
        self.store = store
        self.take_back = take_back
        self.announce = announce
        self.command = tuple(command)
        self.folder = folder
        self.settings = settings
        self._house = threading.Lock()  # all but the making itself is done by one at a time
        self._alone: set[str] = set()  # jobs of bulletins that were tried with others, in vain
        self._unrecorded: list[tuple[Job, Outcome]] = []
        self._swept = 0.0
        self._started = time.monotonic()
        self._restored = False
        self._hands = [_Hand(number, self._step, self._take_up) for number in range(1, settings.jobs + 1)]

    def start(self) -> None:
        """Begin with what an earlier server left."""
        for hand in self._hands:
            hand.worker.start()

    def wake(self) -> None:
        """There is a new job."""
        for hand in self._hands:
            hand.worker.wake()

    def stop(self) -> None:
        """Stop now; jobs under way go back into the queue."""
        for hand in self._hands:
            hand.worker.stop()
        for how, patience_s in ((signal.SIGTERM, _PATIENCE_S), (_KILL, 2 * _PATIENCE_S)):
            until = time.monotonic() + patience_s
            for hand in self._hands:
                if (child := hand.child) is not None:
                    _end(child, how)
            if all(hand.worker.join(max(0.0, until - time.monotonic())) for hand in self._hands):
                break
        if self._house.acquire(timeout=_PATIENCE_S):
            with suppress(*_OURS):
                self._record()
            self._house.release()

    def alive(self) -> bool:
        """Return whether the threads are there and get on: no step may last longer than a job's time limit."""
        return all(hand.worker.alive(self.settings.job_timeout_s + _LATE_S) for hand in self._hands)

    @property
    def last_fault(self) -> Fault | None:
        """What last kept a thread from going on."""
        faults = [hand.worker.last_fault for hand in self._hands]
        return max((fault for fault in faults if fault), key=lambda fault: fault.at, default=None)

    @property
    def failing(self) -> bool:
        """Whether one cannot go on now."""
        return any(hand.worker.failing for hand in self._hands)

    def progress(self, name: str) -> Progress | None:
        """Return how far a job under way has come, None while nothing is known."""
        try:
            return Progress.model_validate_json(self._steps(name).read_bytes())
        except (OSError, ValueError):
            return None

    def leave_bulletins(self, name: str) -> None:
        """Have the bulletins made again that hold a withdrawn edition's article, in a process of its own.

        Raises:
            PublishError: One of them still holds it; says why.
        """
        try:
            done = subprocess.run(  # noqa: S603 - our own command line, no shell; after "--" nothing is an option
                [*self.withdrawal, "--", name],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                timeout=self.settings.job_timeout_s,
            )
        except subprocess.TimeoutExpired as err:
            raise _still_held(name, _too_long(err.timeout)) from err
        if done.returncode:
            said = _said(done.stderr)
            raise _still_held(name, said[0].removeprefix("error: ") if said else _last_words(done.returncode))

    def space(self) -> int:
        """Return the free bytes of the show's disk."""
        return shutil.disk_usage(self.store.path.parent).free

    def _take_up(self, hand: _Hand, fault: BaseException, news: str) -> bool:
        """Put back the job of a step that failed, or fail it by name; returns whether it was the server's trouble."""
        if news:
            _LOG.error("making editions: %s", news)
        batch, hand.at = hand.at, []
        for job in batch:
            if isinstance(fault, _OURS):
                outcome = Outcome("queued", counted=False)
            elif job.attempts < ATTEMPTS:
                outcome = Outcome("queued")
            else:
                outcome = Outcome("failed", error=f"it cannot be made: {type(fault).__name__}: {fault}")
            self._unrecorded.append((job, outcome))
        return isinstance(fault, _OURS)

    def _step(self, hand: _Hand) -> bool:
        """Do one thing; returns whether there was anything to do."""
        with self._house:
            try:
                self._take(hand)
            except sqlite3.Error as err:
                if not self.store.mend(err):
                    raise
                return True
        if not hand.at:
            return False
        outcome = self._make(hand)
        with self._house:
            batch, hand.at = hand.at, []
            if outcome.state == "failed" and len(batch) > 1:  # one of them may be why: each is tried by itself
                self._alone |= {one.id for one in batch}
                outcome = Outcome("queued", counted=False)
            self._unrecorded += [(one, outcome) for one in batch]
            self._record()
        self.wake()  # what waited for this article may begin
        return True

    def _take(self, hand: _Hand) -> None:
        """Look after the queue, and give a thread the next job that may begin, with the others of its bulletin."""
        self.store.check()
        self._record()
        if not self._restored and not self._restore():
            return
        self._sweep()
        job = self.store.take() if self.space() >= self.settings.min_free_bytes else None
        if job is None:
            return
        hand.at = [job]
        if job.bulletin and job.id not in self._alone:
            hand.at += self.store.take_companions(job)

    def _record(self) -> None:
        """Write down how jobs ended; what cannot be written stays in hand."""
        while self._unrecorded:
            job, outcome = self._unrecorded[0]
            if self.store.is_called_off(job.id):
                outcome = self._call_off(job, outcome)
            self.store.finish(job.id, outcome, self.announce(job, outcome) if self.announce else ())
            del self._unrecorded[0]
            if outcome.state != "queued":
                self._alone.discard(job.id)
                for path in (self._slip(job), self._steps(job.id)):
                    with suppress(OSError), unnoticed(path.parent):
                        path.unlink()

    def _call_off(self, job: Job, outcome: Outcome) -> Outcome:
        """Withdraw what a job made that was called off while it was under way; it is not tried again."""
        if outcome.state != "done":
            return replace(outcome, state="withdrawn")
        if job.bulletin:
            self.store.drop_article(article_key(job.identity, job.text))
            if self.store.articles_of(job.bulletin, job.day):
                self.store.add_remake(job.bulletin, job.day)
                return replace(outcome, state="withdrawn")
        try:
            for made in outcome.result:
                if self.take_back and isinstance(made, dict) and made.get("edition"):
                    self.take_back(Path(str(made["edition"])), "")
        except TtsNewsError as err:
            return replace(outcome, state="failed", error=f"error: it stands and cannot be withdrawn: {err}")
        return replace(outcome, state="withdrawn")

    def _restore(self) -> bool:
        """Put back what was under way when the last server died; what stands already is done.

        Returns False while one of those jobs is still being made: where the system did not end it with its server.
        """
        jobs = self.store.interrupted()
        overdue = time.monotonic() - self._started > self.settings.job_timeout_s
        if not overdue and any(_is_written(self._slip(job)) for job in jobs):
            return False
        for job in jobs:
            made = self._printed(job)
            if _stand(made):
                outcome = Outcome("done", made)
            elif job.attempts >= ATTEMPTS:
                outcome = Outcome("failed", error=f"the server died each of the {job.attempts} times it was made")
            else:
                outcome = Outcome("queued")
            self._unrecorded.append((job, outcome))
        self._restored = True
        self._record()
        return True

    def _sweep(self) -> None:
        """Forget, from time to time, what is not to be kept."""
        if self._swept and time.monotonic() - self._swept < _SWEEP_S:
            return
        now = time.time()
        texts, days = self.settings.failed_text_hours * 3600, self.settings.jobs_days * 86_400
        self.store.forget(now - texts, now - days, now - self.settings.bulletin_days * 86_400)
        self._swept = time.monotonic()

    def _slip(self, job: Job) -> Path:
        return self.store.path.with_name(f"{_SLIP}{job.id}.out")

    def _new_slip(self, job: Job) -> IO[bytes]:
        path = self._slip(job)
        with unnoticed(path.parent):
            return path.open("wb")

    def _steps(self, name: str) -> Path:
        return self.store.path.with_name(f"{_SLIP}{name}.steps")

    def _printed(self, job: Job) -> list[dict[str, object]]:
        """Return what a job's `make` has told of its editions."""
        try:
            lines = self._slip(job).read_bytes().decode(errors="replace").splitlines()
        except OSError:
            return []
        made = []
        for line in lines:
            with suppress(ValueError):  # cut off in the middle
                found = json.loads(line) if line.startswith("{") else None
                made += [found] if isinstance(found, dict) else []
        return made

    def _why_not(self, batch: Sequence[Job]) -> str:
        """Return why jobs of a bulletin cannot be made without undoing what somebody did to it, "" when they can."""
        job = batch[0]
        if not job.bulletin:
            return ""
        joining = [article_key(one.identity, one.text) for one in batch if one.text]
        return why_closed(self.store, self.store.path.parent, job.bulletin, job.day, joining)

    def _order(self, batch: Sequence[Job]) -> tuple[list[str], str]:
        """Return the command and the standard input with which a job, or several of one bulletin, are made."""
        job = batch[0]
        if job.kind == WITHDRAWAL:
            return list(self.withdrawal), ""
        asked = {"voice": job.voice, "replaces": job.replaces, "from": job.kind, "steps": str(self._steps(job.id))}
        if not job.bulletin:
            return [*self.command, *(f"--{name}={value}" for name, value in asked.items() if value)], job.text
        articles = self.store.articles_of(job.bulletin, job.day)
        articles |= {article_key(one.identity, one.text): one.text for one in batch if one.text}
        asked |= {"edition": job.bulletin, "day": job.day}
        options = [f"--{name}={value}" for name, value in asked.items() if value]
        return [*self.command, *options, "--whole"], f"[{','.join(articles.values())}]"

    def _make(self, hand: _Hand) -> Outcome:
        batch, job = hand.at, hand.at[0]
        if why := self._why_not(batch):
            return Outcome("failed", error=f"error: the bulletin takes no article: {why}")
        command, stated = self._order(batch)
        text = stated.encode()  # before anything is started: what cannot be written is the job's own fault
        with (
            Lifeline() as line,
            self._new_slip(job) as slip,
            subprocess.Popen(  # noqa: S603 - our own command line, no shell; after "--" nothing is an option
                [*command, "--", job.source],
                cwd=self.folder,
                stdin=subprocess.PIPE,
                stdout=slip,
                stderr=subprocess.PIPE,
                pass_fds=line.passed(),
                start_new_session=True,  # so that its own processes can be ended with it
            ) as child,
        ):
            take_lock(slip.fileno(), wait=False)  # held by whoever may still write into it
            line.tie(child.pid)
            hand.child = child
            late = False
            try:
                _, err = child.communicate(text, timeout=self.settings.job_timeout_s)
            except subprocess.TimeoutExpired:
                late = True
                _end(child, _KILL)
                _, err = child.communicate()
            finally:
                hand.child = None
                if child.poll() is None:
                    _end(child, _KILL)
        return self._judge(hand, child.returncode, err, late=late)

    def _judge(self, hand: _Hand, code: int, err: bytes, *, late: bool) -> Outcome:
        """Return how a job ended: one whose edition stands is done, whatever came after that."""
        job = hand.at[0]
        made = self._printed(job)
        lines = _said(err)
        # errors.PartialFailure: several articles, of which these were made; of one, bulletins that hold another state.
        some_failed = code == 9 and not job.kind
        if code == 0 or (_stand(made) and not some_failed):
            return Outcome("done", made, "\n".join(lines))
        if hand.worker.stopping:
            return Outcome("queued", counted=False)
        if late:
            return Outcome("failed", made, _too_long(self.settings.job_timeout_s))
        if self.space() < self.settings.min_free_bytes:  # it may have failed for want of space: it waits for some
            return Outcome("queued", counted=False)
        return Outcome("failed", made, "\n".join(lines) or _last_words(code))


def _still_held(name: str, why: str) -> PublishError:
    return PublishError(f"{name} is withdrawn, and a bulletin still holds it: {why}")


def _too_long(limit_s: float) -> str:
    return f"not done after {limit_s:.0f} s"


def _said(err: bytes) -> list[str]:
    """Return the lines in which a process of ours said what was wrong, and what can be done."""
    return [line for line in err.decode(errors="replace").splitlines() if line.startswith(("error:", "hint:"))]


def _last_words(code: int) -> str:
    if code >= 0:
        return f"ended with {code}"
    with suppress(ValueError):
        return f"it was killed ({signal.Signals(-code).name}): out of memory?"
    return f"it was killed (signal {-code})"


def _stand(made: Sequence[dict[str, object]]) -> bool:
    """Return whether editions that a job told of lie there, whole."""
    folders = [one.get("edition") for one in made]
    return bool(folders) and all(isinstance(one, str) and Path(one, "episode.json").is_file() for one in folders)


def _is_written(slip: Path) -> bool:
    """Return whether a living job prints into a file."""
    try:
        with slip.open("rb") as file:
            return not take_lock(file.fileno(), wait=False)
    except OSError:
        return False


def _end(child: subprocess.Popen[bytes], how: int) -> None:
    """Send a signal to a job and all its processes."""
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            child.terminate()
        else:
            os.killpg(child.pid, how)


def make_command(output: Path, config_file: Path | None, jobs: int = 0) -> list[str]:
    """Return the `tts-news make` that jobs are run with, by so many processes each; 0 leaves that to the settings."""
    return _command(output, config_file, "make", "--quiet", *([f"--jobs={jobs}"] if jobs else []))


def withdraw_command(output: Path, config_file: Path | None) -> list[str]:
    """Return the `tts-news withdraw` that takes an article out of the bulletins."""
    return _command(output, config_file, "withdraw")


def _command(output: Path, config_file: Path | None, verb: str, *more: str) -> list[str]:
    named = ["--config", str(config_file.absolute())] if config_file else []
    return [
        sys.executable,
        "-m",
        "tts_news",
        "--lang",
        "en",  # its errors are read here
        verb,
        *more,
        "--json",
        "--everywhere",
        "--output",
        str(output.absolute()),
        *named,
    ]
