"""Taking an edition back: out of the feed and off the disk, with a tombstone where it stood."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tts_news.errors import PublishError
from tts_news.publish.build import Built, build_show
from tts_news.publish.catalogue import open_catalogue
from tts_news.publish.clock import is_ahead, moment_after
from tts_news.publish.disk import disk_errors
from tts_news.publish.draft import reopen_folder
from tts_news.publish.manifest import MANIFEST, load_episode
from tts_news.publish.phrases import say_date
from tts_news.publish.reading import show_text
from tts_news.publish.settings import PublishSettings, ShowSettings
from tts_news.publish.show import EDITION, SHARD, name_in, place_named, way_up
from tts_news.publish.templates import dress, render
from tts_news.records import Episode

_LOG = logging.getLogger(__name__)


def find_folder_of(output: Path, name: str) -> Path:
    """Return the edition folder that `name` means: a path, a folder's name, a slug or a guid.

    Raises:
        PublishError: There is none, or several, or the path leads into another show.
    """
    shard, _, folder = name.partition("/")
    if SHARD.fullmatch(shard) and EDITION.fullmatch(folder) and (output / name / MANIFEST).is_file():
        return output / name  # as feed and pages call it
    found = _by_path(output, name) if "/" in name else _by_name(output, name)
    if len(found) != 1:
        raise PublishError(
            f"{'no edition' if not found else 'more than one edition'} {name!r} in {output}",
            hint="name its folder, such as 2026-11-22-...",
        )
    return found[0]


def _by_path(output: Path, name: str) -> list[Path]:
    root, named = output.resolve(), Path(name)
    ways = (named, named.parent, named.resolve(), named.resolve().parent)  # or a file in its folder, or a link to it
    names = dict.fromkeys(way for each in ways if EDITION.fullmatch(each.name) and (way := _way_to(root, each)))
    found = [output / one for one in names if (output / one / MANIFEST).is_file()]
    if not found:
        raise PublishError(
            f"{name} is no edition of the show in {output}", hint="only editions of one show go together"
        )
    return found


def _way_to(root: Path, place: Path) -> str:
    """Return the way from a show's folder to an edition's, "" where that is not in it or in one of its months."""
    folder = place.parent.resolve()
    if folder == root:
        return place.name
    return f"{folder.name}/{place.name}" if folder.parent == root and SHARD.fullmatch(folder.name) else ""


def _by_name(output: Path, name: str) -> list[Path]:
    """Return the folders that have a name, a slug or a guid.

    Raises:
        PublishError: There is none, and a manifest that may be the one is damaged.
    """
    if EDITION.fullmatch(name) and (place_named(output, name) / MANIFEST).is_file():
        return [place_named(output, name)]
    with open_catalogue(output) as catalogue:
        found = catalogue.places_called(name)
    if catalogue.faults and not found:
        raise catalogue.faults[min(catalogue.faults)]
    return found


def withdraw(
    output: Path,
    name: str,
    show: ShowSettings,
    settings: PublishSettings,
    cover: Callable[[Path | None], bytes] | None = None,
    reason: str = "",
) -> tuple[Episode, Built]:
    """Withdraw an edition: feed and index first, then its files, so that no reader is sent to a missing one.

    Its folder keeps `episode.json` with the guid, the time and the reason, and a page that says so: a re-run of the
    article does not bring it back, and a listener with an old link is told.

    Args:
        output: The show's folder.
        name: See `find_folder_of`.
        show: The show.
        settings: As for `build_show`.
        cover: As for `build_show`.
        reason: A sentence for listeners, "" when there is none to give.

    Returns:
        The tombstone, and what the build did.

    Raises:
        PublishError: There is no such edition, it is withdrawn already, or a file cannot be written.
    """
    place = find_folder_of(output, name)
    old = load_episode(place)
    if old.withdrawn:
        raise PublishError(f"{place.name} was withdrawn on {old.withdrawn[:10]}")
    built = build_show(output, show, settings, cover, without=name_in(output, place))
    moment = moment_after(old.published, old.modified)
    if is_ahead(moment):
        _LOG.warning("%s: this machine's clock is behind what is public; it is withdrawn as of %s", place.name, moment)
    tombstone = replace(
        old,
        files=(),
        chapters=(),
        ledger=(),
        sources=(),
        voices=(),
        notes=tuple(filter(None, [f"سُحبت هذه الحلقة في {say_date(moment)}، ولم تعد متاحة.", show_text(reason)])),
        summary="",
        duration_s=0.0,
        by_hand=(),
        withdrawn=moment,
    )
    with reopen_folder(output, place) as draft:
        with disk_errors(place):
            (draft.folder / "index.html").write_text(
                _tombstone_page(tombstone, show, way_up(draft.name)), encoding="utf-8", newline="\n"
            )
        return draft.commit(tombstone), built


def _tombstone_page(episode: Episode, show: ShowSettings, up: str) -> str:
    return render("withdrawn.html", **dress(show), language=episode.language, episode=episode, show=show, up=up)
