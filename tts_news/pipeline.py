"""The corridor: an article walks through the five rooms, in order.

    read/ → Article → script/ → Script → speak/ → takes → master/ → sound + timeline → publish/ → the edition

`make` is the whole way: `gathering.py` reads, `writing.py` calls script/, and `press` speaks, masters and publishes.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path

from tts_news import __version__, master, publish, script, speak
from tts_news.airing import build_show, tell_hub_or_warn
from tts_news.bulletins import one_at_a_time, outdated, tell_left
from tts_news.config import Config
from tts_news.errors import (
    ConfigError,
    MasterError,
    PartialFailure,
    PublishError,
    ScriptError,
    TtsNewsError,
    UsageError,
)
from tts_news.files import check_writable, disk_errors, hash_file
from tts_news.foreknown import Foreknown, foresee
from tts_news.gathering import Joined, Work, only_one, subject_of, works_of
from tts_news.mending import Mended
from tts_news.orders import Edition, Order, Reporter, Silent, date_of
from tts_news.records import SYNTHETIC_VOICE, Article, Casting, Episode, Script, Tags, VoiceInfo
from tts_news.speak.executors import NoProcesses, is_shared, open_pool
from tts_news.together import FEWEST, Steps, Together, Told, Warm, costs_of
from tts_news.writing import write

_LOG = logging.getLogger(__name__)

SOUNDS = ("intro", "outro", "separator", "bed")


def make(inputs: Sequence[str], config: Config, report: Reporter, order: Order) -> Iterator[Edition]:
    """Make an edition of every article, or one of all of them, yielding each as it is done.

    Args:
        inputs: Paths, URLs, "-" for standard input, or scripts saved by `tts-news script -o`.
        config: The configuration in force.
        report: Told of every stage and every failure.
        order: What to do with them.

    Raises:
        TtsNewsError: The only article failed.
        PartialFailure: Several articles, of which at least one failed; the report has named each.
    """
    check_settings(config)
    casting = speak.cast_voices(config.speak, commercial=config.show.commercial)
    foreknown = foresee(inputs, config, order)
    with foreknown or nullcontext():
        yield from _make_all(inputs, config, report, order, casting, foreknown)


def _make_all(
    inputs: Sequence[str], config: Config, report: Reporter, order: Order, casting: Casting, foreknown: Foreknown | None
) -> Iterator[Edition]:
    """See `make`."""
    made, told = 0, Told(report)
    failures: list[tuple[str, TtsNewsError]] = []
    works: Iterable[Work] = works_of(inputs, config, told, order)
    left: list[str] = []
    if order.replaces:
        works = only_one(works)
        publish.find_folder_of(Path(config.publish.output), order.replaces)  # before anything is made
    for work, outcome in _outcomes(works, told, config, order, casting):
        try:
            if isinstance(outcome, TtsNewsError):
                raise outcome
            if foreknown:
                foreknown.note(work, outcome)
            yield outcome
            made += 1
            yield from _in_bulletins(outcome, config, report, order, left)
        except TtsNewsError as err:
            failures.append((subject_of(work), err))
    if made and not order.dry_run:
        build_show(config, sweeping=False)
        tell_hub_or_warn(config)
    if len(failures) == 1 and not made:
        raise failures[0][1]
    for subject, failure in failures:
        report.failed(subject, failure)
    tell_left(left, failed=bool(failures))
    if failures:
        raise PartialFailure(f"{len(failures)} of {len(failures) + made} articles failed", hint="see the lines above")


def _outcomes(
    works: Iterable[Work], told: Told, config: Config, order: Order, casting: Casting, warm: Warm | None = None
) -> Iterator[tuple[Work, Edition | TtsNewsError]]:
    """Yield each work with its edition, or with why there is none: several at once where there are several."""
    rest = told.of_each(works)
    # Where workers wait already, they spare this process the work.
    few = 1 if config.speak.cluster or (warm and warm.is_open) else FEWEST
    first = list(islice(rest, few))
    # Each process is one of several: none speaks in others of its own, or says where a setting comes from.
    alone = replace(config, origins={}, speak=replace(config.speak, jobs=1, cluster=""))
    if len(first) >= few and not order.dry_run and is_shared(config.speak):
        steps = Steps(_written, _finished)
        try:
            lend = warm.lend if warm else partial(open_pool, config.speak)
            together = Together(steps, alone, order, casting, lend, is_alone=len(first) < FEWEST)
        except NoProcesses as err:
            _LOG.warning("%s: editions are made one after the other", err)
            config = alone
        else:
            with together:
                yield from together.make(chain(first, rest), told)
            return
    for work in chain(first, rest):
        yield told.again(work), _outcome(work.found, config, told, order, casting)


def _outcome(work: Work, config: Config, report: Reporter, order: Order, casting: Casting) -> Edition | TtsNewsError:
    try:
        if isinstance(work, TtsNewsError):
            return work
        mended = write(work, config, report, order, casting)
        return press(mended, config, report, order, saved=not isinstance(work, tuple))
    except TtsNewsError as err:
        return err


def _written(
    work: Script | tuple[Article, ...] | Joined, config: Config, order: Order, casting: Casting
) -> tuple[Mended, Edition | None]:
    """See `Steps.write`."""
    mended = write(work, config, Silent(), order, casting)
    return mended, plan_of(mended, config, order).kept(order, saved=not isinstance(work, tuple))


def _finished(mended: Mended, config: Config, order: Order, saved: bool) -> Edition:
    """See `Steps.finish`."""
    return press(mended, config, Silent(), order, saved=saved)


def warm_processes(config: Config) -> Warm | None:
    """Return processes for `make_editions` that outlive it; None of a cluster, which keeps its own."""
    return None if config.speak.cluster else Warm(lambda: open_pool(config.speak))


def make_editions(
    works: Iterable[tuple[Article, ...]], config: Config, report: Reporter, warm: Warm | None = None
) -> Generator[tuple[tuple[Article, ...], Edition | TtsNewsError]]:
    """Make an edition of each of several works, several at once, and yield each with what came of it, in their order.

    Whoever brings them is asked for one more as there is room for it. Feed and index are left as they are. Processes
    that are `warm` make them, and are their owner's to end.
    """
    rest = iter(works)
    for first in rest:  # where there is none, nothing is looked up
        try:
            check_settings(config)
            casting = speak.cast_voices(config.speak, commercial=config.show.commercial)
        except TtsNewsError as err:
            yield first, err
            continue
        for work, outcome in _outcomes(chain((first,), rest), Told(report), config, Order(), casting, warm):
            if isinstance(work, tuple):
                yield work, outcome


def make_edition(articles: tuple[Article, ...], config: Config, report: Reporter, order: Order) -> Edition:
    """Make one edition of articles that are read already; feed and index are left as they are.

    Raises:
        TtsNewsError: It cannot be made.
    """
    check_settings(config)
    casting = speak.cast_voices(config.speak, commercial=config.show.commercial)
    return press(write(articles, config, report, order, casting), config, report, order, saved=False)


def press(mended: Mended, config: Config, report: Reporter, order: Order, *, saved: bool) -> Edition:
    """Take a script the rest of the way: speak, master, publish. An edition that stands and is the same is kept.

    Args:
        mended: The script.
        config: The configuration in force.
        report: Told of every stage.
        order: How this run differs from the usual.
        saved: Whether an editor has asked for this very script.

    Raises:
        ScriptError: The standing edition holds an editor's work that would be undone.
    """
    work = mended.script
    _check_cues(work)
    if order.dry_run:
        voices = speak.voices_of(work, config.speak, commercial=config.show.commercial)
        return Edition(work, mended=mended, costs=costs_of(voices))
    plan = plan_of(mended, config, order)
    if kept := plan.kept(order, saved=saved):
        return kept
    report.stage("speaking", work.title)
    if costs := costs_of(plan.voices):
        report.costs(costs)
    takes = speak.record(work, config.speak, report.progress)
    report.stage("mastering", work.title)
    output, shard = Path(config.publish.output), config.publish.shard
    with publish.open_edition(output, work, plan.date, order.replaces, shard) as draft:
        gains_db = {voice.name: voice.gain_db for voice in plan.voices}
        sound = master.master_edition(
            work, takes, plan.tags, config.master, draft.folder, draft.stem, gains_db, config.provenance
        )
        report.stage("publishing", work.title)
        episode = draft.commit(
            script.dump_script(work),
            sound,
            plan.voices,
            config.show,
            recipe=plan.recipe,
            books=config.publish.books,
            by_hand=mended.by_hand,
            taken_up=mended.taken_up,
        )
    return Edition(work, draft.place, episode, mended=mended, sent=takes.sent)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an edition is going to be, and the one that stands in its place."""

    mended: Mended
    date: str
    voices: tuple[VoiceInfo, ...]
    tags: Tags
    recipe: str
    standing: tuple[Path, Episode] | None

    def kept(self, order: Order, *, saved: bool) -> Edition | None:
        """Return the standing edition if it is the same and is not to be made again.

        Raises:
            ScriptError: It is not, and holds an editor's work that would be undone.
        """
        if self.standing is None:
            return None
        place, episode = self.standing
        if episode.recipe == self.recipe and not order.force:
            return Edition(self.mended.script, place, episode, unchanged=True, mended=self.mended)
        if episode.by_hand and not (saved or order.force):
            raise ScriptError(
                f"{place.name} was mended by hand, and making it of its articles would undo: "
                f"{', '.join(episode.by_hand)}",
                hint=f"mend {place / 'script.json'} and make that, or --force",
            )
        return None


def _check_cues(work: Script) -> None:
    if not work.cues:
        raise UsageError(f"{work.title or 'the script'}: there is nothing to say")


def plan_of(mended: Mended, config: Config, order: Order) -> Plan:
    """Return what an edition of a script is going to be.

    Raises:
        UsageError: There is nothing to say in it.
        TtsNewsError: The edition in its place is damaged or withdrawn, or a sound of the show cannot be read.
    """
    work = mended.script
    _check_cues(work)
    date = order.day or date_of(work, config)
    voices = speak.voices_of(work, config.speak, commercial=config.show.commercial)
    tags = _tags(work, config, date, voices)
    standing = publish.find_edition(Path(config.publish.output), work, date, order.replaces)
    return Plan(mended, date, voices, tags, _recipe(work, tags, voices, config), standing)


def _recipe(work: Script, tags: Tags, voices: Sequence[VoiceInfo], config: Config) -> str:
    """Return the SHA-256 of all that decides an edition's files: when it is the same, nothing has to be made."""
    # A page that only says it was modified has not changed: its text decides.
    # How it came to be what it is (composed, mended, corrected) changes nothing of what is heard.
    undated = replace(work, sources=tuple(replace(source, modified="") for source in work.sources), composed=None)
    # What the sounds and the cover hold, not where they lie: a show may be moved.
    files = [config.show.cover, *(getattr(config.master, name) for name in SOUNDS)]
    try:
        hashes = [hash_file(Path(file)) for file in files if file]
    except OSError as err:
        raise ConfigError(f"cannot read {err.filename}: {err.strerror}", hint="check the sounds and the cover") from err
    parts = (
        __version__,
        script.dump_script(undated),
        replace(tags, cover=None),
        [replace(voice, cost=0.0) for voice in voices],  # another price is no other sound
        config.speak.speed,
        config.speak.pitch,
        *((config.speak.takes, config.speak.align, config.speak.listener) if _listens(config) else ()),
        replace(config.master, intro="", outro="", separator="", bed=""),
        replace(config.show, cover=""),
        hashes,
        config.publish.books,
        bool(config.provenance.certificate),  # a renewed certificate is for what comes, not for the archive
    )
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _listens(config: Config) -> bool:
    return config.speak.takes > 1 or config.speak.align


def _tags(work: Script, config: Config, date: str, voices: Sequence[VoiceInfo]) -> Tags:
    credits_ = ", ".join(f"{voice.name} ({voice.licence})" for voice in voices)
    return Tags(
        title=work.title,
        artist=config.show.author or config.show.title,
        album=config.show.title,
        date=date,
        comment=f"{SYNTHETIC_VOICE}: {credits_}",
        lyrics="\n".join(cue.written for cue in work.cues),
        url=next((source.url for source in work.sources if source.url), config.show.link),
        cover=_cover(config),
    )


def remake_bulletins(
    edition: Edition, config: Config, report: Reporter, order: Order
) -> tuple[list[Edition], list[str]]:
    """Return the bulletins that were made again because they hold an article that was, and the names of those left.

    Raises:
        TtsNewsError: One of them cannot be made.
    """
    left: list[str] = []
    return list(_in_bulletins(edition, config, report, order, left)), left


def _in_bulletins(
    edition: Edition, config: Config, report: Reporter, order: Order, left: list[str]
) -> Iterator[Edition]:
    """Yield the bulletins of an article that was made, made again if that is wanted; else they are named in `left`."""
    if (edition.unchanged and not order.everywhere) or edition.folder is None:
        return
    with one_at_a_time(Path(config.publish.output)):
        for mended, again in outdated(edition, config, order, left):
            yield press(mended, config, report, again, saved=True)


def check_settings(config: Config) -> None:
    """Raise, before anything is read or spoken, when what is asked for could not be made.

    Raises:
        TtsNewsError: Of the room that could not do its work.
    """
    master.check_orders(config.master, _cover(config), config.provenance)
    publish.check_books(config.publish.books, config.master.formats)
    publish.check_show_settings(config.show)
    for name in SOUNDS:
        if (file := getattr(config.master, name)) and not Path(file).is_file():
            raise MasterError(f"[master] {name}: there is no file {file}", hint="name a sound file, or leave it out")
    output = Path(config.publish.output)
    with disk_errors(output, PublishError, elsewhere="choose another folder with --output"):
        check_writable(output)


def _cover(config: Config) -> Path | None:
    return Path(config.show.cover) if config.show.cover else None
