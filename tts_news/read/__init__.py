"""First room: a page, paste or feed → `Article`."""

from tts_news.read.identity import normalise_address, without_credentials
from tts_news.read.inputs import read_source
from tts_news.read.limited import LimitedReader

__all__ = ["LimitedReader", "normalise_address", "read_source", "without_credentials"]
