"""A thread that does one thing after the other, and that nothing that goes wrong in one of them ends.

Each step is run by a hand of its own, whose faults are looked at and kept: what raises there raises nowhere else.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What last kept a thread from going on, and when."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Waits:
    """How long a thread waits between two steps, in seconds.

    Attributes:
        idle_s: Where there is nothing to do, unless it is woken.
        first_s: After a fault, however often it is woken.
        longest_s: After one fault upon the other, each time twice as long, unless it is woken.
    """

    idle_s: float
    first_s: float
    longest_s: float


class Worker:
    """The thread, and what it knows about itself."""

    def __init__(
        self,
        name: str,
        step: Callable[[], bool],
        take_up: Callable[[BaseException, str], bool],
        waits: Waits,
        last: Callable[[], object] = bool,
    ) -> None:
        """Make it; `start` begins.

        Args:
            name: The thread's name.
            step: Does one thing; returns whether there was anything to do.
            take_up: Is told what ended a step, and in words unless the last fault was the same; returns whether the
                next one waits.
            waits: How long.
            last: What is done at the end, whatever becomes of it.
        """
        self.name = name
        self.last_fault: Fault | None = None
        self.failing = False
        """Whether the last step failed."""
        self._step, self._take_up, self._last, self._waits = step, take_up, last, waits
        self._begun = 0.0
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """There is something new to do."""
        self._wake.set()

    def stop(self) -> None:
        """Begin no other step; `join` waits for the one under way."""
        self._stop.set()
        self._wake.set()

    def join(self, timeout_s: float) -> bool:
        """Wait for the end of a thread that was started; returns whether it came."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    @property
    def stopping(self) -> bool:
        """Whether no other step is to begin."""
        return self._stop.is_set()

    def alive(self, longest_s: float = float("inf")) -> bool:
        """Return whether the thread is there, and its step has not lasted longer than that."""
        begun = self._begun
        return self._thread.is_alive() and not (begun and time.monotonic() - begun > longest_s)

    def _run(self) -> None:
        pause_s = self._waits.first_s
        with ThreadPoolExecutor(1, thread_name_prefix=self.name) as hand:
            while not self.stopping:
                self._begun = time.monotonic()
                step = hand.submit(self._step)
                fault = step.exception()
                self._begun = 0.0
                self.failing = fault is not None
                if fault is None:
                    pause_s = self._waits.first_s
                    if not step.result():
                        self._wake.wait(self._waits.idle_s)
                        self._wake.clear()
                elif self._faced(fault):
                    self._rest(pause_s)
                    pause_s = min(self._waits.longest_s, 2 * pause_s)
            hand.submit(self._last).exception()

    def _faced(self, fault: BaseException) -> bool:
        """Note what ended a step; returns whether the next one waits."""
        if isinstance(fault, BaseExceptionGroup):
            fault = fault.exceptions[0]
        text = f"{type(fault).__name__}: {fault}".encode(errors="replace").decode()
        is_new = self.last_fault is None or self.last_fault.text != text
        self.last_fault = Fault(time.time(), text)
        return self._take_up(fault, text if is_new else "")

    def _rest(self, pause_s: float) -> None:
        """Wait before the next step: if it is woken, whatever kept it may be over."""
        self._wake.clear()
        if not self._stop.wait(self._waits.first_s):
            self._wake.wait(pause_s - self._waits.first_s)
