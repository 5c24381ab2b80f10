"""From a run's inputs to works, what each edition is made of: articles, a saved script, both, or why there is none.

`works_of` is the whole way; `articles_of` is one input's, for doors that read and do not make.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from tts_news import predecessors, read, script
from tts_news.config import Config
from tts_news.errors import ReadError, TtsNewsError, UsageError
from tts_news.orders import Order, Reporter, newest_date
from tts_news.records import Article, Script

_LARGEST_SCRIPT = 64 * 1024 * 1024  # bytes; that of a ten-hour edition has about 3 MB


@dataclass(frozen=True, slots=True)
class Joined:
    """Articles and saved scripts that go into one edition of this title."""

    title: str
    parts: tuple[Article | Script, ...]


Work = Script | tuple[Article, ...] | Joined | TtsNewsError


def works_of(inputs: Sequence[str], config: Config, report: Reporter, order: Order) -> Iterator[Work]:
    """Yield what each edition is made from: a mended script, its articles, or why there are none."""
    together: list[Article | Script] = []
    is_whole = True
    with read.LimitedReader(config.read) as reader:
        for number, name in enumerate(inputs, start=1):
            report.source(number, len(inputs))
            for found in articles_of(name, config, report, reader):
                is_whole = is_whole and not isinstance(found, TtsNewsError)
                if order.edition and not isinstance(found, TtsNewsError):
                    together.append(found)
                elif isinstance(found, Article):
                    yield (found,)
                else:
                    yield found
    if not is_whole and order.whole:
        return
    articles = tuple(found for found in together if isinstance(found, Article))
    if len(articles) < len(together):
        yield Joined(order.edition, tuple(together))
    elif articles:
        yield articles


def only_one(works: Iterable[Work]) -> list[Work]:
    """Return the works if they are one.

    Raises:
        UsageError: They are several.
    """
    found = list(works)
    if len(found) > 1:
        raise UsageError(f"--replaces takes one article, and here are {len(found)}", hint="name one, or use --limit 1")
    return found


def articles_of(
    name: str,
    config: Config,
    report: Reporter,
    reader: read.LimitedReader | None = None,
    data: bytes | None = None,
) -> Iterator[Article | Script | TtsNewsError]:
    """Yield what an input holds: a saved script, or articles; an error stands for what cannot be read.

    Args:
        name: The input.
        config: The configuration in force.
        report: Told that reading begins.
        reader: Who reads; None is a process for this input alone.
        data: What the input holds, for one that lies nowhere: a file that was handed over, a pasted text.
    """
    report.stage("reading", read.without_credentials(name))
    try:
        saved = saved_script(name) if data is None else None
        if saved:
            yield saved
            return
        if data is None and name == "-":
            data = sys.stdin.buffer.read(config.read.max_bytes + 1)
        with nullcontext(reader) if reader else read.LimitedReader(config.read) as own:
            for found in own.read(name, data):
                yield _whole(found, config) if isinstance(found, Article) else found
    except TtsNewsError as err:
        yield err


_REST = {"paywall": "the rest is behind a paywall", "pages": "the rest is on further pages"}


def _whole(article: Article, config: Config) -> Article | ReadError:
    """Return an article with its identity, or why it is not made: of a part only when parts are asked for."""
    if article.missing and not config.read.parts:
        return ReadError(
            f"{article.source or article.title}: only a part of the text is there: {_REST[article.missing]}",
            hint="--parts makes what is there, and says that it is a part",
        )
    return predecessors.told_apart(_identified(article, config), config)


def _identified(article: Article, config: Config) -> Article:
    """Return an article whose identity is whole, and fit to be published with the edition.

    A file without a date is of the day it is made on. Its path says more of a machine than listeners should read, and
    another thing on every machine: what is kept is a hash of the way to it from the show's folder.
    """
    identity = article.identity
    if identity is None or not identity.scope.startswith("file:"):
        return article
    way = os.path.relpath(identity.scope.removeprefix("file:"), os.path.realpath(config.publish.output))
    scope = f"file:{hashlib.sha256(os.fsencode(way)).hexdigest()}"
    date = identity.date or newest_date((article.published,), config) if identity.kind == "file" else identity.date
    return replace(article, identity=replace(identity, scope=scope, date=date))


def saved_script(name: str) -> Script | None:
    """Return a script that was saved as JSON, None for what is none: posts and feeds are JSON too."""
    path = Path(name)
    try:
        if path.suffix != ".json" or not path.is_file():
            return None
        with path.open("rb") as file:
            data = file.read(_LARGEST_SCRIPT + 1)
        if b'"cues"' not in data:
            return None
        if len(data) > _LARGEST_SCRIPT:
            raise ReadError(f"{name} is larger than {_LARGEST_SCRIPT:,} bytes", hint="no script is")
        return script.parse_script(data.decode())
    except (OSError, UnicodeDecodeError) as err:
        raise ReadError(f"cannot read {name}: {err}") from err


def subject_of(work: Work) -> str:
    """Return what a report calls a work."""
    if isinstance(work, Script):
        return work.title
    if isinstance(work, TtsNewsError):
        return ""
    if isinstance(work, Joined):
        return work.title
    return " · ".join(article.title for article in work)
