"""Watching feeds: an edition of every new and every changed article, and a bulletin at its hour.

Several articles are made at once, where there are cores for it. One watch a show, held by a lock. What has been made is
kept beside the editions, so that a restart makes nothing twice. No failure ends the watch: a feed that cannot be read
is asked less and less often, and so is an article that cannot be made, until its text changes.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
import os
import random
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tts_news import airing, gathering, mending, pipeline, predecessors, read, script
from tts_news.config import Config
from tts_news.errors import ConfigError, PublishError, TtsNewsError, UsageError, WithdrawnError
from tts_news.files import disk_errors, open_lock, take_lock
from tts_news.orders import Edition, Order, Reporter
from tts_news.records import Article
from tts_news.watch_state import STATE, Seen, open_state

Result = TypeVar("Result")
_LOG = logging.getLogger(__name__)

LOCK = ".watch.lock"
_LONGEST_WAIT_S = 6 * 3600.0  # between two tries of what fails
_WARM_S = 3600.0  # for so long processes wait for the next articles, their models loaded
_SET_BACK_S = 60.0  # what a clock may be corrected by while it runs
_FORGET_S = 90 * 86_400.0  # an article no feed has shown for so long


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched.

    Attributes:
        feeds: Addresses or files of feeds, as `tts-news make` takes them.
        every_s: Seconds between two polls of one feed.
        bulletin: Title of the daily bulletin; "" makes none.
        at: Local time of the bulletin, "HH:MM" in the show's time zone.
        replaces: Editions of other articles (folders, slugs or guids) whose places are taken by the articles that
            have their address, or their title and day.
        everywhere: Whether bulletins are made again when an article that they hold has changed.
    """

    feeds: tuple[str, ...]
    every_s: float = 900.0
    bulletin: str = ""
    at: str = ""
    replaces: tuple[str, ...] = ()
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class _Begun:
    """An article that is made: its name and its text as they are kept, and how often that text has failed before."""

    article: Article
    name: str
    text: str
    failures: int


@contextmanager
def hold_watch(output: Path) -> Iterator[None]:
    """Be the only watch of a show, or fail.

    Raises:
        UsageError: Another process watches for this folder.
        PublishError: The folder cannot be written.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        descriptor = open_lock(output / LOCK)
    except OSError as err:
        raise PublishError(f"cannot write {output}: {err.strerror}", hint="choose another --output") from err
    try:
        if not take_lock(descriptor, wait=False):
            holder = os.read(descriptor, 20).decode(errors="replace").strip()
            raise UsageError(f"process {holder or '?'} watches for {output}", hint="one watch a show: stop it")
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        os.close(descriptor)


class Watcher:
    """One watch at work. `round` does what is due; `run` does so for ever; `failures` counts what was reported."""

    def __init__(
        self,
        watch: Watch,
        config: Config,
        report: Reporter,
        tell: Callable[[Edition], None],
        reader: read.LimitedReader | None = None,
    ) -> None:
        """Begin where an earlier watch ended.

        Args:
            watch: What is watched.
            config: The configuration in force.
            report: Told what is under way.
            tell: Told of every edition as it is made.
            reader: Who reads, kept by its owner; None is a process for each feed and round, gone between them.

        Raises:
            ConfigError: The bulletin's time is none.
            PublishError: What the earlier watch left cannot be read.
        """
        self.watch = watch
        self.config = config
        self.report = report
        self.tell = tell
        self.reader = reader
        self.output = Path(config.publish.output)
        with disk_errors(self.output, PublishError):
            self.output.mkdir(parents=True, exist_ok=True)
        self.state = open_state(self.output)
        self.at = _time_of(watch.at) if watch.bulletin else None
        self.zone = config.show.zone
        self._bulletin_due = 0.0
        self._due = dict.fromkeys(watch.feeds, 0.0)
        self._faults = dict.fromkeys(watch.feeds, 0)
        self._told: dict[str, set[str]] = {}
        self._stopped = False
        self._now = self.state.latest()
        self._may_lack = self._now > 0
        self.failures = 0
        self._warm = pipeline.warm_processes(config)
        self._worked = 0.0

    def close(self) -> None:
        """End the processes that wait for more."""
        if self._warm:
            self._warm.close()

    def run(self) -> None:
        """Watch until interrupted, by an exception or by `stop`."""
        while True:
            self.round(time.time())
            if self._stopped:
                raise KeyboardInterrupt
            pause = max(1.0, min([*self._due.values(), self._next_bulletin()]) - time.time())
            time.sleep(min(pause, 60.0))  # short, so that a clock that was set, or a machine that slept, is noticed

    def stop(self, *_: object) -> None:
        """Stop at once: a signal handler.

        Python drops an exception that a signal raises inside a destructor; the note is seen before the next sleep.
        """
        self._stopped = True
        raise KeyboardInterrupt

    def round(self, now: float) -> list[Edition]:
        """Poll the feeds that are due, make what is new or changed, and the bulletin at its hour.

        Returns:
            The editions made, without those that stood already.
        """
        self._notice_clock(now)
        made = list[Edition]()
        begun = deque[_Begun]()
        wanted = self._wanted(now, begun, made)
        with closing(pipeline.make_editions(wanted, self.config, self.report, self._warm)) as outcomes:
            for _, outcome in outcomes:
                self._worked = now
                made.extend(self._ended(begun.popleft(), outcome, now))
        if now - self._worked >= _WARM_S:
            self.close()
        made.extend(self._make_bulletin(now))
        self._kept(lambda: self.state.forget(now - _FORGET_S))
        # At the start too, and of editions that stood: whoever made one may have died before feed and index had it.
        if made or self._may_lack:
            self._may_lack = False
            self._guarded("", lambda: airing.build_show(self.config, sweeping=False))
        airing.tell_hub_or_warn(self.config)
        return [edition for edition in made if not edition.unchanged]

    def _notice_clock(self, now: float) -> None:
        """Forget what was put off by a clock that has been set back since: it would be put off until that time."""
        if now < self._now - _SET_BACK_S:
            _LOG.warning("the clock was set back by %.0f seconds: everything is due now", self._now - now)
            self._due = dict.fromkeys(self._due, 0.0)
            self._bulletin_due = 0.0
            self.state.set_back(now)
        self._now = now

    def _poll(self, feed: str) -> tuple[list[Article], bool]:
        """Return the articles of a feed, and whether the feed as a whole could not be read."""
        articles: list[Article] = []
        faults: list[TtsNewsError] = []
        for found in gathering.articles_of(feed, self.config, self.report, self.reader):
            if isinstance(found, Article):
                articles.append(found)
            elif isinstance(found, TtsNewsError):
                faults.append(found)
        whole_failed = len(faults) == 1 and not articles
        # What is refused stays in a feed for days: it is said once, not at every poll.
        told = set() if whole_failed else self._told.get(feed, set())
        for fault in faults:
            if str(fault) not in told:
                self._failed(feed, fault)
        self._told[feed] = set(map(str, faults))
        return articles, bool(faults and not articles)

    def _plan(self, feed: str, now: float, *, failed: bool) -> None:
        """Set when a feed is polled next: not all at once, and the less often the longer it fails."""
        self._faults[feed] = self._faults[feed] + 1 if failed else 0
        wait = min(self.watch.every_s * 2 ** min(self._faults[feed], 20), max(_LONGEST_WAIT_S, self.watch.every_s))
        self._due[feed] = now + wait * random.uniform(0.9, 1.1)

    def _wanted(self, now: float, begun: deque[_Begun], made: list[Edition]) -> Iterator[tuple[Article, ...]]:
        """Poll the feeds that are due, and yield the articles of which an edition is to be made.

        Args:
            now: The time.
            begun: Takes what is known of each before it is made, in their order.
            made: Takes the editions of articles that take another's place, which are made here, alone.
        """
        at_work: dict[str, str] = {}  # what is made of each article in this round: two feeds may bring it
        for feed in [feed for feed, due in self._due.items() if due <= now]:
            articles, fault = self._poll(feed)
            self._plan(feed, now, failed=fault)
            for article in articles:
                one = self._begin(article, now, at_work)
                if one is None:
                    continue
                at_work[one.name] = one.text
                if not self.watch.replaces:
                    begun.append(one)
                    yield (article,)
                else:
                    made.extend(self._ended(one, self._replacing(article), now))

    def _begin(self, article: Article, now: float, at_work: Mapping[str, str]) -> _Begun | None:
        """Return an article whose text is not the one that was made last, None for one that is known or under way."""
        name, text = name_article(article), self._state_of(article)
        if at_work.get(name) == text:
            return None
        seen = self.state.get(name) or self._seen_by_address(article)
        if seen.text == text and (not seen.failures or now < seen.not_before):
            self._kept(lambda: self.state.meet(name, seen, now))
            return None
        return _Begun(article, name, text, seen.failures if seen.text == text else 0)

    def _ended(self, one: _Begun, outcome: Edition | TtsNewsError, now: float) -> list[Edition]:
        """Keep what came of an article, and return its edition, and the bulletins made again because they hold it."""
        # Somebody has withdrawn it: that is no failure.
        failed = isinstance(outcome, TtsNewsError) and not isinstance(outcome, WithdrawnError)
        if isinstance(outcome, WithdrawnError):
            self.report.failed(one.article.title, outcome)
        elif isinstance(outcome, TtsNewsError):
            self._failed(one.article.title, outcome)
        elif not outcome.unchanged:
            self.tell(outcome)
        not_before = now + min(self.watch.every_s * 2 ** min(one.failures, 20), _LONGEST_WAIT_S)
        seen = Seen(one.text, one.failures + 1 if failed else 0, not_before, now)
        self._kept(lambda: self.state.put(one.name, seen))
        return [outcome, *self._bulletins_of(outcome)] if isinstance(outcome, Edition) else []

    def _state_of(self, article: Article) -> str:
        """Return what tells one state of an article from another: its text, and what editors changed of it."""
        text = script.text_hash(article)
        changes = self._guarded(article.title, lambda: mending.changes_of(article, self.config))
        return f"{text} {changes[0]}" if changes and changes[0] else text

    def _bulletins_of(self, edition: Edition) -> list[Edition]:
        """Return the bulletins made again because they hold an article that was; a warning names those that are not."""
        order = Order(everywhere=self.watch.everywhere)
        made = self._guarded(
            edition.script.title, lambda: pipeline.remake_bulletins(edition, self.config, self.report, order)[0]
        )
        for bulletin in (bulletins := made[0] if made else []):
            self.tell(bulletin)
        return bulletins

    def _seen_by_address(self, article: Article) -> Seen:
        """Return what a watch of release 0.1, which knew articles by their addresses, has done; nothing for a new one.

        Its hashes were others: the text is taken from the edition.
        """
        if not self.state.drop(article.url or article.title):
            return Seen()
        known = self._guarded(article.title, lambda: predecessors.text_of_edition(article, self.config))
        return Seen(known[0] if known else "")

    def _replacing(self, article: Article) -> Edition | TtsNewsError:
        """Return an article's edition, in the place of another's where it is one of those that are to be replaced."""
        try:
            replaces = predecessors.find_replaced(article, self.watch.replaces, self.config)
            return pipeline.make_edition((article,), self.config, self.report, Order(replaces=replaces))
        except TtsNewsError as err:
            return err

    def _make_bulletin(self, now: float) -> list[Edition]:
        """Make the day's bulletin of the last 24 hours' articles, once its hour has come."""
        local = dt.datetime.fromtimestamp(now, self.zone)
        today = local.date().isoformat()
        if self.at is None or local.time() < self.at or self.state.bulletin == today or now < self._bulletin_due:
            return []
        self._bulletin_due = now + self.watch.every_s  # when nothing comes of it, the next try
        config = dataclasses.replace(self.config, read=dataclasses.replace(self.config.read, since=_day_before(local)))
        articles: list[Article] = []
        for feed in self.watch.feeds:
            found = gathering.articles_of(feed, config, self.report, self.reader)
            articles.extend(article for article in found if isinstance(article, Article))
        if not articles:
            return []
        order = Order(edition=self.watch.bulletin)
        made = self._guarded(
            self.watch.bulletin, lambda: pipeline.make_edition(tuple(articles), self.config, self.report, order)
        )
        if made:
            self._kept(lambda: setattr(self.state, "bulletin", today))
        return made

    def _next_bulletin(self) -> float:
        """Return when the next bulletin is due, in seconds since 1970."""
        if self.at is None:
            return float("inf")
        local = dt.datetime.now(self.zone)
        day = local.date() if self.state.bulletin != local.date().isoformat() else local.date() + dt.timedelta(days=1)
        return max(self._bulletin_due, dt.datetime.combine(day, self.at, self.zone).timestamp())

    def _guarded(self, subject: str, work: Callable[[], Result]) -> list[Result]:
        """Return what the work gives, alone in a list; an empty list, and a report, when it fails."""
        try:
            result = work()
        except TtsNewsError as err:
            self._failed(subject, err)
            return []
        if isinstance(result, Edition) and not result.unchanged:
            self.tell(result)
        return [result]

    def _failed(self, subject: str, err: TtsNewsError) -> None:
        self.failures += 1
        self.report.failed(read.without_credentials(subject), err)

    def _kept(self, keep: Callable[[], None]) -> None:
        """Keep a part of the state; a full disk is reported and no more: what is not kept is only looked at again."""
        self._guarded(STATE, keep)


def name_article(article: Article) -> str:
    """Return the name under which an article is remembered: its identity.

    A file without a date is of the day on which it is made, and would be new every day: its text decides.
    """
    identity = article.identity
    if identity is None:
        return article.url or article.title
    return dataclasses.replace(identity, date=article.published[:10] and identity.date).text


def _time_of(text: str) -> dt.time:
    try:
        return dt.time.fromisoformat(text)
    except ValueError as err:
        raise ConfigError(f"{text!r} is no time of day", hint="write it as 06:30") from err


def _day_before(moment: dt.datetime) -> str:
    return (moment - dt.timedelta(days=1)).isoformat(timespec="seconds")


def make_watch(
    feeds: Sequence[str],
    every_min: float,
    bulletin: str,
    at: str,
    replaces: Sequence[str] = (),
    *,
    everywhere: bool = False,
) -> Watch:
    """Return the watch that the options describe.

    Raises:
        UsageError: They do not go together.
    """
    if bool(bulletin) != bool(at):
        raise UsageError("a bulletin needs a title and a time", hint='e.g. --edition "نشرة الصباح" --at 06:30')
    return Watch(tuple(dict.fromkeys(feeds)), every_min * 60, bulletin, at, tuple(replaces), everywhere)
