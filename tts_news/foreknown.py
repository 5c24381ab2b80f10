"""Knowing that nothing has changed before anything is read: no reader is started, and no model is loaded.

All that decides what a run makes of one file is told by one key: the file's bytes, the settings, lexicon, corrections,
voices, sounds, today's date, and the files of this program with the libraries beside it. The catalogue keeps which
edition came of it. Whatever is not as plain as that goes the long way: several inputs, addresses, feeds, scripts,
editors' corrections, and whatever there was a warning of, which is to be said again.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tts_news import publish, script, speak
from tts_news.config import Config
from tts_news.errors import TtsNewsError
from tts_news.files import hash_file
from tts_news.gathering import Work
from tts_news.mending import Mended
from tts_news.orders import Edition, Order, Reporter, newest_date
from tts_news.records import Casting
from tts_news.speak.catalogue import built_in
from tts_news.speak.recording import voices_cast

_TABLES = ("show", "read", "script", "speak", "master", "provenance", "publish")
_FILES = ("script.lexicon", "script.corrections", "master.intro", "master.outro", "master.separator", "master.bed")
_OURS = ("file", "address")  # kinds of identity that say nothing of another source
_MODELS = "text2tashkeel"  # the library that carries the diacritisation models


def foresee(inputs: Sequence[str], config: Config, order: Order, casting: Casting) -> Foreknown | None:
    """Return what may be known of a run beforehand, None where it is not one plain file."""
    is_plain = order == Order(ask=order.ask) and config.read.kind == "auto" and not config.speak.cluster
    if len(inputs) != 1 or not is_plain or Path(inputs[0]).suffix == ".json":
        return None
    key = _key(inputs[0], config, casting)
    return Foreknown(inputs[0], config, casting, key) if key else None


class _Counter(logging.Handler):
    """Counts what there was to warn of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        del record
        self.count += 1


@dataclass(slots=True)
class Foreknown:
    """What is known of a run of one file; a context manager, at whose end is kept what the run has shown."""

    source: str
    config: Config
    casting: Casting
    key: str
    _made: list[tuple[Work, Edition]] = field(default_factory=list)
    _warnings: _Counter = field(default_factory=_Counter)

    def standing(self, report: Reporter) -> Edition | None:
        """Return the edition that stands and would be made again as it is; None where that is not known."""
        found = publish.find_made(Path(self.config.publish.output), self.key)
        if found is None:
            return None
        place, episode, text = found
        work = script.parse_script(text)
        report.stage("reading", self.source)
        return Edition(work, place, episode, unchanged=True, mended=Mended(work))

    def note(self, work: Work, edition: Edition) -> None:
        """Note what has been made of the file, or of a part of it."""
        self._made.append((work, edition))

    def __enter__(self) -> Self:
        logging.getLogger("tts_news").addHandler(self._warnings)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        logging.getLogger("tts_news").removeHandler(self._warnings)
        if error is None and len(self._made) == 1 and not self._warnings.count:
            self._keep(*self._made[0])

    def _keep(self, work: Work, edition: Edition) -> None:
        if not isinstance(work, tuple) or edition.folder is None or edition.episode is None or edition.mended is None:
            return
        (article,), mended = work, edition.mended
        is_of_the_file = article.source == self.source and article.identity and article.identity.kind in _OURS
        if not is_of_the_file or mended.fitting or mended.unfitting or mended.by_hand or mended.taken_up:
            return
        if _key(self.source, self.config, self.casting) == self.key:  # nothing has changed while it was made
            publish.keep_made(edition.folder, self.key, edition.episode.recipe)


def _key(source: str, config: Config, casting: Casting) -> str:
    """Return the hash of all that decides what is made of a file, "" where that cannot be told."""
    path = Path(source)
    try:
        if not path.is_file():
            return ""
        parts = (
            source,
            os.path.realpath(path),
            os.path.realpath(config.publish.output),
            hash_file(path),
            newest_date((), config),
            [getattr(config, name) for name in _TABLES],
            [_state(config, place) for place in (*_FILES, "show.cover")],
            casting,
            voices_cast(casting, config.speak),
            _program(),
        )
    except (OSError, ValueError, TtsNewsError):  # said by whoever needs it
        return ""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _state(config: Config, place: str) -> str:
    """Return the hash of a file that a setting names, "" where there is none."""
    table, _, name = place.partition(".")
    file = getattr(getattr(config, table), name)
    return hash_file(Path(file)) if file and Path(file).exists() else ""


def _program() -> list[object]:
    """Return the state of this program and of what it reads with: a rule that was changed in place is another one."""
    models = importlib.util.find_spec(_MODELS)
    folders = [os.path.dirname(__file__), str(built_in())]  # noqa: PTH120 - thousands of files, without a path for each
    folders += list(models.submodule_search_locations or ()) if models else []
    libraries = [sorted(name for name in _names(place) if name.endswith("-info")) for place in sys.path]
    return [libraries, [sorted(_files(folder)) for folder in folders]]


def _names(folder: str) -> list[str]:
    return os.listdir(folder) if os.path.isdir(folder) else []  # noqa: PTH112, PTH208 - see `_program`


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    """Yield path, size and time of all files below a folder but compiled ones, which follow from the others."""
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            else:
                facts = entry.stat()
                yield entry.path, facts.st_size, facts.st_mtime_ns
