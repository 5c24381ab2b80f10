"""What passes along the corridor beside the articles: what is asked of a run, who is told of it, what it gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tts_news.config import Config
from tts_news.errors import TtsNewsError
from tts_news.mending import Mended
from tts_news.records import Episode, Script, VoiceInfo


class Reporter(Protocol):
    """Whoever shows how far a run has come."""

    def source(self, number: int, total: int) -> None:
        """Another of the run's inputs begins; a feed is one of them, whatever it holds."""
        ...

    def stage(self, name: str, subject: str) -> None:
        """A stage begins: "reading", "writing", "speaking", "mastering", "publishing"."""
        ...

    def progress(self, done: int, total: int) -> None:
        """The stage has done that much of its work."""
        ...

    def costs(self, voices: Sequence[VoiceInfo]) -> None:
        """Servers are about to be sent what these voices say."""
        ...

    def failed(self, subject: str, err: TtsNewsError) -> None:
        """An article failed; the others go on."""
        ...


class Silent:
    """A reporter where nobody looks."""

    def source(self, number: int, total: int) -> None:
        """See `Reporter.source`."""

    def stage(self, name: str, subject: str) -> None:
        """See `Reporter.stage`."""

    def progress(self, done: int, total: int) -> None:
        """See `Reporter.progress`."""

    def costs(self, voices: Sequence[VoiceInfo]) -> None:
        """See `Reporter.costs`."""

    def failed(self, subject: str, err: TtsNewsError) -> None:
        """See `Reporter.failed`."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What one `make` gives: where it lies and what is in it. With a dry run there is only the script."""

    script: Script
    folder: Path | None = None
    episode: Episode | None = None
    unchanged: bool = False
    mended: Mended | None = None
    """What editors changed of it."""
    sent: Mapping[str, int] = field(default_factory=dict)
    """Characters that were sent to a server, by voice."""
    costs: tuple[VoiceInfo, ...] = ()
    """With a dry run: the voices of servers, and what they would be sent."""


def _nowhere(title: str, bulletins: Sequence[str]) -> bool:
    """Leave bulletins as they are."""
    del title, bulletins
    return False


@dataclass(frozen=True, slots=True)
class Order:
    """How a run differs from the usual.

    Attributes:
        edition: Title of one edition that holds all articles; "" makes one edition of each.
        dry_run: Stop after the script.
        force: Make editions again although nothing has changed.
        replaces: Folder, slug or guid of another article's edition that the only one of this run takes the place of.
        day: ISO date of the edition that holds all articles; "" takes that of the newest.
        whole: Make the edition that holds all articles of all or of none: not of those that could be read.
        everywhere: Make the bulletins again that hold another state of an article.
        ask: Asked with an article's title and the names of such bulletins, where `everywhere` is off, whether they are
            made again all the same.
    """

    edition: str = ""
    dry_run: bool = False
    force: bool = False
    replaces: str = ""
    day: str = ""
    whole: bool = False
    everywhere: bool = False
    ask: Callable[[str, Sequence[str]], bool] = _nowhere


def newest_date(published: Iterable[str], config: Config) -> str:
    """Return the edition's ISO 8601 date: that of its newest article, else today in the show's time zone."""
    stated = [moment[:10] for moment in published if moment]
    if stated:
        return max(stated)
    return dt.datetime.now(config.show.zone).date().isoformat()


def date_of(work: Script, config: Config) -> str:
    """Return the same of a script: the date of its newest source."""
    return newest_date((source.published for source in work.sources), config)
