"""Fourth room: takes → one chaptered, mastered sound file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tts_news.master.edition import master_edition

__all__ = ["master_edition"]


def __getattr__(name: str) -> Any:
    # numpy only when something is mastered: `tts-news --help` reads this room's settings and must stay quick.
    if name in __all__:
        from tts_news.master import edition

        return getattr(edition, name)
    raise AttributeError(name)
