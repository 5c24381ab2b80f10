"""The bulletins that hold an article: which they are, and what they are made again of when it changes or goes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from tts_news import mending, publish, speak
from tts_news.config import Config
from tts_news.errors import PartialFailure, PublishError
from tts_news.files import disk_errors, lock_folder, unnoticed
from tts_news.gathering import saved_script
from tts_news.mending import Mended
from tts_news.orders import Edition, Order
from tts_news.records import Episode, Script, Source
from tts_news.script.binding import with_article, without_article
from tts_news.writing import counted, with_voices

_LOG = logging.getLogger(__name__)
_LOCK = ".bulletins.lock"


@contextmanager
def one_at_a_time(output: Path) -> Iterator[None]:
    """Wait until nobody else makes bulletins of a show again: of two that exchange an article each, one would be lost.

    Raises:
        PublishError: The folder cannot be written.
    """
    with ExitStack() as held:
        with disk_errors(output, PublishError), unnoticed(output):
            held.enter_context(lock_folder(output, _LOCK))
        yield


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


def outdated(edition: Edition, config: Config, order: Order, left: list[str]) -> Iterator[tuple[Mended, Order]]:
    """Yield what the bulletins of an article are made again of, if that is wanted; else they are named in `left`.

    Args:
        edition: The article's, which was made.
        config: The configuration in force.
        order: Whether they are made again.
        left: Takes the names of those that stay as they are.

    Raises:
        TtsNewsError: A bulletin cannot be made again.
    """
    work = edition.script
    if (edition.unchanged and not order.everywhere) or edition.folder is None or len(work.sources) != 1:
        return
    held = [
        bulletin
        for bulletin in publish.bulletins_with(Path(config.publish.output), work.sources[0])
        if bulletin.place != edition.folder and _differs(bulletin, work)
    ]
    if held and not are_wanted(order, work.title, held):
        left += [name_bulletin(bulletin, work.title) for bulletin in held]
        return
    for bulletin in held:
        yield rebound(bulletin, partial(_exchanged, numbers=bulletin.numbers, part=work), config)


def are_wanted(order: Order, title: str, held: Sequence[publish.Bulletin]) -> bool:
    """Return whether the bulletins that hold an article of this title are made again."""
    return order.everywhere or order.ask(title, [bulletin.place.name for bulletin in held])


def _differs(bulletin: publish.Bulletin, work: Script) -> bool:
    saved = saved_script(str(bulletin.place / "script.json"))
    return saved is None or any(mending.differs(saved, number, work) for number in bulletin.numbers)


def _exchanged(saved: Script, numbers: Sequence[int], part: Script) -> Script:
    for number in numbers:
        saved = with_article(saved, number, part)
    return saved


def taken_out(saved: Script, numbers: Sequence[int]) -> Script:
    """Return a script without its articles of these numbers."""
    for number in sorted(numbers, reverse=True):
        saved = without_article(saved, number)
    return saved


def rebound(bulletin: publish.Bulletin, change: Callable[[Script], Script], config: Config) -> tuple[Mended, Order]:
    """Return a bulletin's own script, one of its articles exchanged or taken out, and the order that makes it again.

    Raises:
        PublishError: It has no script.
    """
    path = bulletin.place / "script.json"
    saved = saved_script(str(path))
    if saved is None:
        raise PublishError(f"{path} is no script", hint="make the bulletin of its articles again")
    casting = speak.cast_voices(config.speak, commercial=config.show.commercial)
    mended = mending.rebind(saved, change, config, casting)
    mended = replace(mended, script=with_voices(mended.script, casting), taken_up=path.read_bytes().decode())
    return mended, Order(day=bulletin.episode.date)


def name_bulletin(bulletin: publish.Bulletin, title: str) -> str:
    """Return the name of a bulletin that is left as it is, and warn of it."""
    _LOG.warning("the bulletin %s holds another state of «%s»", bulletin.place.name, title)
    return bulletin.place.name


def tell_left(left: Sequence[str], *, failed: bool) -> None:
    """Raise when bulletins were left as they are.

    Raises:
        PartialFailure: Some were, and nothing else has failed.
    """
    if left and not failed:
        names = ", ".join(dict.fromkeys(left))
        raise PartialFailure(
            f"{counted(len(set(left)), 'bulletin')} left as {'it is' if len(set(left)) == 1 else 'they are'}: {names}",
            hint="--everywhere makes them again",
        )
