"""Fourth room: takes → one chaptered, mastered sound file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts_news.exports import exports

if TYPE_CHECKING:
    from tts_news.master.edition import master_edition
    from tts_news.master.formats import check_orders

__all__ = ["check_orders", "master_edition"]

# numpy only when something is mastered: `tts-news --help` reads this room's settings and must stay quick.
__getattr__ = exports(__name__, {"check_orders": "formats", "master_edition": "edition"})
