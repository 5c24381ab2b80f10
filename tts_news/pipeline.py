"""The corridor: an article walks through the five rooms, in order.

    read/ → Article → script/ → Script → speak/ → takes → master/ → sound + timeline → publish/ → the edition

`make` is the whole way; the verbs that show one room's work call that room's function from here as well.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from tts_news import __version__, master, mending, publish, read, script, speak
from tts_news.config import Config
from tts_news.errors import (
    ConfigError,
    MasterError,
    PartialFailure,
    PublishError,
    ReadError,
    ScriptError,
    TtsNewsError,
    UsageError,
)
from tts_news.files import check_writable, disk_errors, hash_file
from tts_news.mending import Mended
from tts_news.records import SYNTHETIC_VOICE, Article, Casting, Episode, Identity, Script, Source, Tags, VoiceInfo
from tts_news.script.binding import article_of, with_article, without_article
from tts_news.script.doubts import Reading
from tts_news.script.settings import ScriptSettings

_LOG = logging.getLogger(__name__)
SOUNDS = ("intro", "outro", "separator", "bed")
_LARGEST_SCRIPT = 64 * 1024 * 1024  # bytes; that of a ten-hour edition has about 3 MB
WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")


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

    def failed(self, subject: str, err: TtsNewsError) -> None:
        """An article failed; the others go on."""
        ...


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
    made = 0
    failures: list[tuple[str, TtsNewsError]] = []
    works: Iterable[Work] = _works(inputs, config, report, order)
    left: list[str] = []
    if order.replaces:
        works = _only(works)
        publish.find_folder_of(Path(config.publish.output), order.replaces)  # before anything is made
    for work in works:
        try:
            if isinstance(work, TtsNewsError):
                raise work
            mended = _written(work, config, report, order, casting)
            edition = _press(mended, config, report, order, saved=not isinstance(work, tuple))
            yield edition
            made += 1
            yield from _in_bulletins(edition, config, report, order, left)
        except TtsNewsError as err:
            failures.append((_subject(work), err))
    if made and not order.dry_run:
        build_show(config)
        tell_hub_or_warn(config)
    if len(failures) == 1 and not made:
        raise failures[0][1]
    for subject, failure in failures:
        report.failed(subject, failure)
    _tell_left(left, failed=bool(failures))
    if failures:
        raise PartialFailure(f"{len(failures)} of {len(failures) + made} articles failed", hint="see the lines above")


def make_edition(articles: tuple[Article, ...], config: Config, report: Reporter, order: Order) -> Edition:
    """Make one edition of articles that are read already; feed and index are left as they are.

    Raises:
        TtsNewsError: It cannot be made.
    """
    check_settings(config)
    casting = speak.cast_voices(config.speak, commercial=config.show.commercial)
    return _press(_written(articles, config, report, order, casting), config, report, order, saved=False)


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
    work = edition.script
    if (edition.unchanged and not order.everywhere) or edition.folder is None or len(work.sources) != 1:
        return
    held = [
        bulletin
        for bulletin in publish.bulletins_with(Path(config.publish.output), work.sources[0])
        if bulletin.place != edition.folder and _differs(bulletin, work)
    ]
    if held and not _wanted(order, work.title, held):
        left += [_name_bulletin(bulletin, work.title) for bulletin in held]
        return
    for bulletin in held:
        yield _rebound(bulletin, partial(_exchanged, numbers=bulletin.numbers, part=work), config, report)


def _wanted(order: Order, title: str, held: Sequence[publish.Bulletin]) -> bool:
    return order.everywhere or order.ask(title, [bulletin.place.name for bulletin in held])


def _differs(bulletin: publish.Bulletin, work: Script) -> bool:
    saved = _saved_script(str(bulletin.place / "script.json"))
    return saved is None or any(mending.differs(saved, number, work) for number in bulletin.numbers)


def _exchanged(saved: Script, numbers: Sequence[int], part: Script) -> Script:
    for number in numbers:
        saved = with_article(saved, number, part)
    return saved


def _taken_out(saved: Script, numbers: Sequence[int]) -> Script:
    for number in sorted(numbers, reverse=True):
        saved = without_article(saved, number)
    return saved


def _name_bulletin(bulletin: publish.Bulletin, title: str) -> str:
    _LOG.warning("the bulletin %s holds another state of «%s»", bulletin.place.name, title)
    return bulletin.place.name


def _rebound(
    bulletin: publish.Bulletin, change: Callable[[Script], Script], config: Config, report: Reporter
) -> Edition:
    """Return a bulletin made again of its own script, one of its articles exchanged or taken out."""
    path = bulletin.place / "script.json"
    saved = _saved_script(str(path))
    if saved is None:
        raise PublishError(f"{path} is no script", hint="make the bulletin of its articles again")
    casting = speak.cast_voices(config.speak, commercial=config.show.commercial)
    mended = mending.rebind(saved, change, config, casting)
    mended = replace(mended, script=_with_voices(mended.script, casting), taken_up=path.read_bytes().decode())
    return _press(mended, config, report, Order(day=bulletin.episode.date), saved=True)


def _tell_left(left: Sequence[str], *, failed: bool) -> None:
    """Raise when bulletins were left as they are.

    Raises:
        PartialFailure: Some were, and nothing else has failed.
    """
    if left and not failed:
        names = ", ".join(dict.fromkeys(left))
        raise PartialFailure(
            f"{_counted(len(set(left)), 'bulletin')} left as {'it is' if len(set(left)) == 1 else 'they are'}: {names}",
            hint="--everywhere makes them again",
        )


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An edition that was withdrawn: its tombstone, what the show's build did, and what became of its bulletins."""

    episode: Episode
    built: publish.Built
    remade: tuple[Edition, ...] = ()
    left: tuple[str, ...] = ()


def withdraw(name: str, config: Config, report: Reporter, order: Order, reason: str = "") -> Withdrawal:
    """Take an edition back, and the article out of the bulletins that hold it.

    Args:
        name: Path, folder, slug or guid of the edition.
        config: The configuration in force.
        report: Told of what is made.
        order: `everywhere` says whether bulletins are made again; one of this article alone is withdrawn with it.
        reason: A sentence for listeners.

    Raises:
        TtsNewsError: It cannot be withdrawn, or a bulletin cannot be made.
    """
    output = Path(config.publish.output)
    place = publish.find_folder_of(output, name)
    old = publish.load_episode(place)
    held = bulletins_holding(output, old)
    if old.withdrawn and held and order.everywhere:
        done = Withdrawal(old, build_show(config))
    else:
        done = Withdrawal(*publish.withdraw(output, name, config.show, config.publish, cover_of(config), reason))
    if not held:
        return done
    if not _wanted(order, old.title, held):
        return replace(done, left=tuple(_name_bulletin(bulletin, old.title) for bulletin in held))
    remade = []
    for bulletin in held:
        if len(bulletin.numbers) == len(bulletin.episode.sources):  # nothing would be left of it
            publish.withdraw(output, bulletin.place.name, config.show, config.publish, cover_of(config), reason)
        else:
            remade.append(_rebound(bulletin, partial(_taken_out, numbers=bulletin.numbers), config, report))
    return replace(done, built=build_show(config), remade=tuple(remade))


def bulletins_holding(output: Path, episode: Episode) -> list[publish.Bulletin]:
    """Return the bulletins that hold the article of an edition, which may have been withdrawn.

    Raises:
        PublishError: A bulletin's manifest is damaged.
    """
    if len(episode.sources) > 1 or (episode.identity is not None and episode.identity.kind == "bulletin"):
        return []
    # A tombstone knows whose it is, and nothing else of its article.
    source = episode.sources[0] if episode.sources else Source(episode.title, "", "", identity=episode.identity)
    return list(publish.bulletins_with(output, source))


def review(
    inputs: Sequence[str], config: Config, report: Reporter, edition: str = ""
) -> Iterator[tuple[Script, tuple[Reading, ...]] | TtsNewsError]:
    """Yield the script of every article, or of one edition of all, and how sure the reader was of each of its cues.

    Raises:
        TtsNewsError: A voice cannot be cast.
    """
    casting = speak.cast_voices(config.speak, commercial=config.show.commercial)
    for work in _works(inputs, config, report, Order(edition=edition)):
        try:
            if isinstance(work, TtsNewsError):
                raise work
            if isinstance(work, (Script, Joined)):
                raise UsageError(f"{work.title}: a saved script does not say how sure its reader was", hint=_AN_ARTICLE)
            yield review_articles(work, config, casting, edition)
        except TtsNewsError as err:
            yield err


_AN_ARTICLE = "name the article itself"


def review_articles(
    articles: tuple[Article, ...], config: Config, casting: Casting, edition: str = ""
) -> tuple[Script, tuple[Reading, ...]]:
    """Return the script of articles with its identity, and how sure the reader was of each of its cues.

    Raises:
        ScriptError: See `script.compose`.
    """
    settings = _script_settings(articles, config, Order(edition=edition))
    written, readings = script.review(articles, settings, casting, config.show.disclosure)
    return _named(written, articles, config, Order(edition=edition)), readings


def text_of_edition(article: Article, config: Config) -> str:
    """Return the `text_hash` that an article's edition was made of, "" if there is none.

    An edition of release 0.1 learns by it whose it is.

    Raises:
        PublishError: Its manifest is damaged, or cannot be written.
    """
    if article.identity is None:
        return ""
    older = article.url or f"{_date((article.published,), config)} {article.title}"
    episode = publish.adopt_edition(Path(config.publish.output), article.identity, older)
    return episode.sources[0].text_hash if episode and episode.sources else ""


def find_replaced(article: Article, names: Sequence[str], config: Config) -> str:
    """Return the edition among `names` that an article takes the place of; "" if none is.

    It has the article's address, or its title and day; or comes from the same source and has most of its sentences:
    then its headline was corrected.

    Raises:
        PublishError: There is no edition of such a name, or its manifest is damaged.
    """
    output, date = Path(config.publish.output), _date((article.published,), config)
    for name in names:
        episode = publish.load_episode(publish.find_folder_of(output, name))
        addresses = {read.normalise_address(source.url) for source in episode.sources if source.url}
        if read.normalise_address(article.url) in addresses or (episode.title, episode.date) == (article.title, date):
            return name
        if _was_retitled(article, episode):
            return name
    return ""


def _was_retitled(article: Article, episode: Episode) -> bool:
    """Return whether an edition is of the same source as an article and has most of its sentences.

    Asked of articles that have no other name than their headline: of two ids or addresses each is its own article.
    """
    who = article.identity
    known = [source.identity for source in episode.sources if source.identity]
    if (
        who is None
        or who.kind not in ("file", "entry")
        or (who.kind, who.scope) not in {(one.kind, one.scope) for one in known}
    ):
        return False
    text = " ".join(" ".join(_words_in([asdict(block) for block in article.blocks])).split())
    said = [entry.text for entry in episode.ledger if entry.state == "spoken" and entry.text != episode.title]
    return bool(said) and 2 * sum(one in text for one in said) > len(said)


def _words_in(value: object) -> Iterator[str]:
    """Yield the texts in nested lists and tables of plain values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _words_in(part)


def _written(
    work: Script | tuple[Article, ...] | Joined, config: Config, report: Reporter, order: Order, casting: Casting
) -> Mended:
    """Return the script of articles, or a saved one with its voices filled in, with all that editors changed."""
    if isinstance(work, Script):
        if order.replaces and not order.dry_run:
            _inherit(work, config, order)
        mended = mending.mend(work, config, casting, keep=not order.dry_run)
        text = "" if order.dry_run else _same_text(work, config, order)
        mended = replace(mended, script=_with_voices(mended.script, casting), taken_up=text)
    else:
        parts = work.parts if isinstance(work, Joined) else work
        report.stage("writing", parts[0].title)
        composed = _composed(tuple(_articles_in(parts)), config, order, casting)
        composed, by_hand = _with_saved(composed, parts, config, casting, keep=not order.dry_run)
        text = "" if order.dry_run else _take_up(composed, config, order, casting)
        mended = replace(mending.correct(composed, config), taken_up=text, by_hand=by_hand)
    if mended.fitting:
        report.stage("correcting", f"{mended.script.title}: {_counted(len(mended.fitting), 'correction')} applied")
    return mended


def _articles_in(parts: Sequence[Article | Script]) -> Iterator[Article]:
    """Yield the articles of an edition, those of saved scripts as the scripts hold them."""
    for part in parts:
        if isinstance(part, Article):
            yield part
        else:
            yield from (article_of(part, number)[0] for number in range(len(part.sources)))


def _with_saved(
    composed: Script, parts: Sequence[Article | Script], config: Config, casting: Casting, *, keep: bool
) -> tuple[Script, tuple[str, ...]]:
    """Return the script of an edition with what only saved scripts hold of its articles, and what that is.

    What corrections hold is among the show's afterwards, and in the edition by them.
    """
    at, by_hand = 0, dict[str, None]()
    for part in parts:
        if isinstance(part, Article):
            at += 1
            continue
        if not part.sources:
            raise UsageError(f"{part.title}: this script names no article, and cannot join others")
        mended = mending.mend(part, config, casting, keep=keep)
        by_hand |= dict.fromkeys(mended.by_hand)
        whole = _with_voices(mended.script, casting)
        for number in range(len(part.sources)):
            if mended.by_hand or not article_of(part, number)[1]:
                composed = with_article(composed, at, whole, number)
            at += 1
    return composed, tuple(by_hand)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _composed(articles: tuple[Article, ...], config: Config, order: Order, casting: Casting) -> Script:
    written = script.compose(articles, _script_settings(articles, config, order), casting, config.show.disclosure)
    return _named(written, articles, config, order)


def _named(written: Script, articles: tuple[Article, ...], config: Config, order: Order) -> Script:
    """Return a script with the identity of its article, or of the edition that holds several."""
    if not order.edition:
        return replace(written, identity=articles[0].identity)
    date = order.day or _date((article.published for article in articles), config)
    return replace(written, identity=Identity("bulletin", "", order.edition, date))


def _take_up(composed: Script, config: Config, order: Order, casting: Casting) -> str:
    """Take what somebody has changed in the script of the standing edition into the show's corrections.

    Returns:
        The text of that script, "" when nobody has changed it.

    Raises:
        ScriptError: It holds what no correction can hold, or no longer holds at all: making the edition of its
            articles would undo an editor's work.
    """
    text, edited = "", _edited(composed, config, order)
    if edited:
        text = edited[1] if _take(*edited, config, order, casting) else ""
    if order.replaces:
        _inherit(composed, config, order)
    elif not order.force and (headline := mending.retitled(composed, config)):
        _refuse_retitled(composed, headline, config, order)
    return text


def _refuse_retitled(composed: Script, headline: str, config: Config, order: Order) -> None:
    """Stop before an article whose headline was corrected becomes another one, without what editors changed of it.

    Raises:
        ScriptError: It has no edition under its new headline.
    """
    date = order.day or _date_of(composed, config)
    if publish.find_edition(Path(config.publish.output), composed, date) is None:
        raise ScriptError(
            f"«{composed.title}» has sentences that editors mended when its headline was «{headline}»",
            hint="--replaces EDITION keeps mends and edition; --force makes it another article",
        )


def _take(path: Path, text: str, config: Config, order: Order, casting: Casting) -> bool:
    """Take what was changed in a script into the show's corrections; returns whether that is all of it."""
    kept = "--force makes it of its articles and keeps that file as script.edited.json"
    try:
        mended = mending.mend(script.parse_script(text), config, casting)
    except ScriptError as err:
        if order.force:
            return False
        raise ScriptError(f"{path} was edited and does not hold: {err}", hint=f"mend it; {kept}") from err
    if mended.by_hand and not order.force:
        raise ScriptError(
            f"{path} was edited, and this would undo: {', '.join(mended.by_hand)}",
            hint=f"`tts-news make {path}` speaks it as it is; {kept}",
        )
    return not mended.by_hand


def _edited(work: Script, config: Config, order: Order) -> tuple[Path, str] | None:
    """Return the standing edition's script and its text, if somebody has edited it there."""
    date = order.day or _date_of(work, config)
    return publish.find_edited(Path(config.publish.output), work, date, order.replaces)


def _inherit(work: Script, config: Config, order: Order) -> None:
    """Give an article what editors changed of the one whose edition it replaces."""
    replaced = publish.find_folder_of(Path(config.publish.output), order.replaces) / "script.json"
    if was := _saved_script(str(replaced)):
        mending.move_corrections(was, work, config)


def _same_text(work: Script, config: Config, order: Order) -> str:
    """Return the edited script of the standing edition if it is the one that is made here, else ""."""
    edited = _edited(work, config, order)
    try:
        return edited[1] if edited and script.parse_script(edited[1]) == work else ""
    except ScriptError:  # somebody is still at work in it: it is kept beside the new one
        return ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Articles and saved scripts that go into one edition of this title."""

    title: str
    parts: tuple[Article | Script, ...]


Work = Script | tuple[Article, ...] | Joined | TtsNewsError


def _only(works: Iterable[Work]) -> list[Work]:
    """Return the works if they are one.

    Raises:
        UsageError: They are several.
    """
    found = list(works)
    if len(found) > 1:
        raise UsageError(f"--replaces takes one article, and here are {len(found)}", hint="name one, or use --limit 1")
    return found


def _works(inputs: Sequence[str], config: Config, report: Reporter, order: Order) -> Iterator[Work]:
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
        saved = _saved_script(name) if data is None else None
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
    return _identified(article, config)


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
    date = identity.date or _date((article.published,), config) if identity.kind == "file" else identity.date
    return replace(article, identity=replace(identity, scope=scope, date=date))


def _saved_script(name: str) -> Script | None:
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


def _press(mended: Mended, config: Config, report: Reporter, order: Order, *, saved: bool) -> Edition:
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
    if not work.cues:
        raise UsageError(f"{work.title or 'the script'}: there is nothing to say")
    if order.dry_run:
        return Edition(work, mended=mended)
    text, output = script.dump_script(work), Path(config.publish.output)
    date = order.day or _date_of(work, config)
    voices = speak.voices_of(work, config.speak, commercial=config.show.commercial)
    tags = _tags(work, config, date, voices)
    recipe = _recipe(work, tags, voices, config)
    standing = publish.find_edition(output, work, date, order.replaces)
    if standing and standing[1].recipe == recipe and not order.force:
        return Edition(work, *standing, unchanged=True, mended=mended)
    if standing and standing[1].by_hand and not (saved or order.force):
        raise ScriptError(
            f"{standing[0].name} was mended by hand, and making it of its articles would undo: "
            f"{', '.join(standing[1].by_hand)}",
            hint=f"mend {standing[0] / 'script.json'} and make that, or --force",
        )
    report.stage("speaking", work.title)
    takes = speak.record(work, config.speak, report.progress)
    report.stage("mastering", work.title)
    with publish.open_edition(output, work, date, order.replaces) as draft:
        gains_db = {voice.name: voice.gain_db for voice in voices}
        sound = master.master_edition(
            work, takes, tags, config.master, draft.folder, draft.stem, gains_db, config.provenance
        )
        report.stage("publishing", work.title)
        episode = draft.commit(
            text,
            sound,
            voices,
            config.show,
            recipe=recipe,
            books=config.publish.books,
            by_hand=mended.by_hand,
            taken_up=mended.taken_up,
        )
    return Edition(work, draft.place, episode, mended=mended, sent=takes.sent)


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
        voices,
        config.speak.speed,
        config.speak.pitch,
        replace(config.master, intro="", outro="", separator="", bed=""),
        replace(config.show, cover=""),
        hashes,
        config.publish.books,
        bool(config.provenance.certificate),  # a renewed certificate is for what comes, not for the archive
    )
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def build_show(config: Config, without: str = "", *, trusting: bool = True) -> publish.Built:
    """Write the show's index, and its feed where `base_url` is set, from the editions that stand.

    Args:
        config: The configuration in force.
        without: Folder name of an edition that is about to be withdrawn.
        trusting: See `publish.build_show`.

    Raises:
        PublishError: A manifest is damaged, or a file cannot be written.
    """
    output, cover = Path(config.publish.output), cover_of(config)
    return publish.build_show(output, config.show, config.publish, cover, without, trusting=trusting)


def tell_hub(config: Config) -> None:
    """Tell the show's hub of a changed feed, where this folder is what is served; `publish` tells it of a copy.

    Raises:
        PublishError: The hub was not told; the show stands.
    """
    if not config.publish.to:
        publish.tell_hub(Path(config.publish.output), config.show)


def tell_hub_or_warn(config: Config) -> None:
    """Do the same; a hub that was not told stops nothing, and is told by the next run."""
    try:
        tell_hub(config)
    except PublishError as err:
        _LOG.warning("%s", err)


def cover_of(config: Config) -> Callable[[Path | None], bytes]:
    """Return what gives a show its cover: the picture at a path as directories take it, or a drawn one."""

    def give(picture: Path | None) -> bytes:
        from tts_news.master.cover import make_cover, show_cover

        return show_cover(picture) if picture else make_cover(config.show.title, config.show.author, "")

    return give


def _subject(work: Work) -> str:
    if isinstance(work, Script):
        return work.title
    if isinstance(work, TtsNewsError):
        return ""
    if isinstance(work, Joined):
        return work.title
    return " · ".join(article.title for article in work)


def _date(published: Iterable[str], config: Config) -> str:
    """Return the edition's ISO 8601 date: that of its newest article, else today in the show's time zone."""
    stated = [moment[:10] for moment in published if moment]
    if stated:
        return max(stated)
    return dt.datetime.now(config.show.zone).date().isoformat()


def _date_of(work: Script, config: Config) -> str:
    return _date((source.published for source in work.sources), config)


def _script_settings(articles: Sequence[Article], config: Config, order: Order) -> ScriptSettings:
    date = order.day or _date((article.published for article in articles), config)
    title = order.edition or articles[0].title
    return replace(
        config.script,
        edition=order.edition,
        opening=_fill(config.script.opening, title, date, config),
        closing=_fill(config.script.closing, title, date, config),
    )


def _fill(template: str, title: str, date: str, config: Config) -> str:
    """Return an opening or closing with its {show}, {edition} and {date}, e.g. «الأحد 22/11/2026»."""
    day = dt.date.fromisoformat(date)
    spoken_date = f"{WEEKDAYS[day.weekday()]} {day.day}/{day.month}/{day.year}"
    # Not str.format: a title may hold braces.
    for name, value in (("{show}", config.show.title), ("{edition}", title), ("{date}", spoken_date)):
        template = template.replace(name, value)
    return template


def _with_voices(work: Script, casting: Casting) -> Script:
    """Return the script with the cast voice where an editor left a cue's voice empty."""
    cues = (
        cue if cue.voice else replace(cue, voice=casting.by_role.get(cue.role, casting.default)) for cue in work.cues
    )
    return replace(work, cues=tuple(cues))


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
