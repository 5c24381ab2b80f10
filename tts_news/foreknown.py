"""Knowing that nothing has changed before anything is read: no reader is started, and no model is loaded.

All that decides what a run makes of one file is told by one key: the file's bytes, the settings, lexicon, corrections,
voices, sounds, today's date, and the files of this program with the libraries beside it. The show's catalogue keeps
which edition came of it, and `publish.find_made` sees that this one stands as it was. Whatever is not as plain as that
goes the long way: several inputs, addresses, feeds, scripts, what an editor has changed, voices of other packages, and
whatever there was a warning of, which is to be said again. A wrong key would keep a correction from being heard: what
is not known to decide nothing is in it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.util
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tts_news import publish
from tts_news.config import Config
from tts_news.errors import TtsNewsError
from tts_news.files import hash_file
from tts_news.speak import catalogue
from tts_news.speak.engine import ENGINES

if TYPE_CHECKING:
    from tts_news.gathering import Work
    from tts_news.orders import Edition, Order

_TABLES = ("show", "read", "script", "speak", "master", "provenance", "publish")
_FILES = (
    *("script.lexicon", "script.corrections", "show.cover", "provenance.certificate", "provenance.key"),
    *("master.intro", "master.outro", "master.separator", "master.bed"),
)
_OURS = ("file", "address")  # kinds of identity that say nothing of another source
_MODELS = "text2tashkeel"  # the library that carries the diacritisation models


def unchanged(source: str, config: Config) -> publish.Made | None:
    """Return the edition that stands for a file and would be made again as it is; None where that is not known."""
    key = key_of(source, config)
    return publish.find_made(Path(config.publish.output), key) if key else None


def foresee(inputs: Sequence[str], config: Config, order: Order) -> Foreknown | None:
    """Return what keeps the outcome of a run for `unchanged`; None where it is not of one plain file, plainly asked."""
    from tts_news.orders import Order

    if len(inputs) != 1 or order != Order(ask=order.ask):
        return None
    key = key_of(inputs[0], config)
    return Foreknown(inputs[0], config, key) if key else None


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
    """What is to be known of a run of one file: a context manager, at whose end is kept what the run has shown."""

    source: str
    config: Config
    key: str
    _made: list[tuple[Work, Edition]] = field(default_factory=list)
    _warnings: _Counter = field(default_factory=_Counter)

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
        if key_of(self.source, self.config) == self.key:  # nothing has changed while it was made
            with suppress(OSError, ValueError):  # somebody is at work in the edition: then nothing is known of it
                publish.keep_made(Path(self.config.publish.output), edition.folder, self.key, edition.episode.recipe)


def key_of(source: str, config: Config) -> str:
    """Return the hash of all that decides what is made of a file, "" where that cannot be told beforehand."""
    path = Path(source)
    is_plain = config.read.kind == "auto" and not config.speak.cluster and path.suffix != ".json"
    try:
        if not is_plain or not path.is_file():
            return ""
        parts = (
            source,
            os.path.realpath(path),
            os.path.realpath(config.publish.output),
            hash_file(path),
            dt.datetime.now(config.show.zone).date(),  # the day of what states none, and that an opening may name
            [getattr(config, name) for name in _TABLES],
            [_state(config, place) for place in _FILES],
            _voices(config),
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


def _voices(config: Config) -> list[object]:
    """Return the state of the voices that may be cast, and of what the others are, for one of them may be chosen.

    Raises:
        ValueError: An engine is of another package, whose files nobody asks here.
        TtsNewsError: A voice is not there.
    """
    voices = catalogue.find(config.speak)
    cast = [catalogue.choose(name, voices) for name in sorted({config.speak.voice, *config.speak.voices.values()})]
    if not {spec.engine for spec in cast} <= ENGINES.keys():
        raise ValueError(cast)
    models = [hash_file(spec.folder / name) for spec in cast for name in spec.model_files]
    return [[(spec, spec.missing) for spec in voices.values()], models]


def _program() -> list[object]:
    """Return the state of this program and of what it reads with: a rule that was changed in place is another one."""
    models = importlib.util.find_spec(_MODELS)
    folders = [os.path.dirname(__file__), str(catalogue.built_in())]  # noqa: PTH120 - many files, no path for each
    folders += list(models.submodule_search_locations or ()) if models else []
    libraries = [found for place in sys.path if (found := sorted(_libraries(place)))]
    return [sys.version, libraries, [sorted(_files(folder)) for folder in folders]]


def _libraries(folder: str) -> Iterator[tuple[str, int]]:
    """Yield what is installed in a folder, each with its version in its name, and when."""
    if os.path.isdir(folder):  # noqa: PTH112 - see `_program`
        with os.scandir(folder) as found:
            yield from ((each.name, each.stat().st_mtime_ns) for each in found if each.name.endswith("-info"))


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
