"""Fourth room: takes → one chaptered, mastered sound file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tts_news.master.edition import master_edition
    from tts_news.master.formats import check_orders

__all__ = ["check_orders", "master_edition"]

_HOMES = {"check_orders": "formats", "master_edition": "edition"}


def __getattr__(name: str) -> Any:
    # numpy only when something is mastered: `tts-news --help` reads this room's settings and must stay quick.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"tts_news.master.{_HOMES[name]}"), name)
    raise AttributeError(name)
