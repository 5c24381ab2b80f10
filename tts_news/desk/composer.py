"""Writing scripts in a process of its own: the server answers while a long article is written, and outlives it.

The process is started by the first article and is warm for the next ones; it ends when none has come for a while, and
is ended when an article takes longer than it may.
"""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass, replace

from tts_news.config import Config
from tts_news.errors import ScriptError, TtsNewsError
from tts_news.processes import Process, served
from tts_news.records import Article, Script
from tts_news.script.doubts import Reading

LONGEST_S = 300.0
"""Of one article: ten hours of sound are written in half of that."""
IDLE_S = 600.0


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written: one article, or the bulletin of that title."""

    articles: tuple[Article, ...]
    config: Config
    edition: str = ""


class Composer:
    """Writes scripts, one after the other."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._busy = threading.Lock()

    def review(self, order: Order) -> tuple[Script, tuple[Reading, ...]]:
        """Return the script of articles, and how sure the reader was.

        Raises:
            TtsNewsError: It cannot be written, or takes too long.
        """
        with self._busy:
            pipe = self._started().pipe
            try:
                pipe.send(replace(order, config=replace(order.config, origins={})))  # a view of a dict is not sent
                if not pipe.poll(LONGEST_S):
                    self._end()
                    raise ScriptError(f"the article takes longer than {LONGEST_S:.0f} s to write", hint="divide it")
                found = pipe.recv()
            except (EOFError, ConnectionError) as err:
                self._end()
                raise ScriptError("the process that wrote the script died", hint="try again, or divide it") from err
        if isinstance(found, TtsNewsError):
            raise found
        script, readings = found
        return script, readings

    def close(self) -> None:
        """End the process, whatever it does."""
        process = self._process
        if process:
            process.kill()  # who waits for it lets go
        with self._busy:
            self._end()

    def _started(self) -> Process:
        if self._process is None or not self._process.is_alive():
            self._end()
            self._process = Process(__name__)
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.end()


def serve(descriptor: int) -> None:
    """Write what is asked for over a pipe, until nobody asks any more."""
    from tts_news import speak, writing

    with served(descriptor) as pipe, contextlib.suppress(EOFError, ConnectionError):
        while pipe.poll(IDLE_S):
            order: Order = pipe.recv()
            try:
                casting = speak.cast_voices(order.config.speak, commercial=order.config.show.commercial)
                pipe.send(writing.review_articles(order.articles, order.config, casting, order.edition))
            except TtsNewsError as err:
                pipe.send(err)
