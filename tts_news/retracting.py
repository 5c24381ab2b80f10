"""Taking an edition back: its tombstone, and the bulletins that held its article."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tts_news import publish
from tts_news.airing import build_show, cover_of
from tts_news.bulletins import are_wanted, bulletins_holding, name_bulletin, one_at_a_time, rebound, taken_out
from tts_news.config import Config
from tts_news.orders import Edition, Order, Reporter
from tts_news.pipeline import press
from tts_news.records import Episode


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
    if not are_wanted(order, old.title, held):
        return replace(done, left=tuple(name_bulletin(bulletin, old.title) for bulletin in held))
    remade = []
    with one_at_a_time(output):
        for bulletin in held:
            if len(bulletin.numbers) == len(bulletin.episode.sources):  # nothing would be left of it
                publish.withdraw(output, bulletin.place.name, config.show, config.publish, cover_of(config), reason)
            else:
                mended, again = rebound(bulletin, partial(taken_out, numbers=bulletin.numbers), config)
                remade.append(press(mended, config, report, again, saved=True))
    return replace(done, built=build_show(config), remade=tuple(remade))
