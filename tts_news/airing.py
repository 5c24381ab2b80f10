"""Putting the show on air around its editions: index and feed, the hub that is told of them, the cover."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from tts_news import publish
from tts_news.config import Config
from tts_news.errors import PublishError

_LOG = logging.getLogger(__name__)


def build_show(config: Config, without: str = "", *, trusting: bool = True, sweeping: bool = True) -> publish.Built:
    """Write the show's index, and its feed where `base_url` is set, from the editions that stand.

    Args:
        config: The configuration in force.
        without: Folder name of an edition that is about to be withdrawn.
        trusting: See `publish.build_show`.
        sweeping: See `publish.build_show`.

    Raises:
        PublishError: A manifest is damaged, or a file cannot be written.
    """
    output, cover = Path(config.publish.output), cover_of(config)
    return publish.build_show(output, config.show, config.publish, cover, without, trusting=trusting, sweeping=sweeping)


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
