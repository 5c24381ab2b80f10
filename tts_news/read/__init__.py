"""First room: a page, paste or feed → `Article`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts_news.exports import exports

if TYPE_CHECKING:
    from tts_news.read.identity import next_name, normalise_address, without_credentials
    from tts_news.read.inputs import read_source
    from tts_news.read.limited import LimitedReader

__all__ = ["LimitedReader", "next_name", "normalise_address", "read_source", "without_credentials"]

# Only what is asked for: a command that reads no article knows this room's settings and nothing more.
__getattr__ = exports(
    __name__,
    {
        "LimitedReader": "limited",
        "next_name": "identity",
        "normalise_address": "identity",
        "read_source": "inputs",
        "without_credentials": "identity",
    },
)
