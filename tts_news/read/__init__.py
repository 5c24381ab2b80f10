"""First room: a page, paste or feed → `Article`."""

from tts_news.read.inputs import read_source
from tts_news.read.limited import LimitedReader

__all__ = ["LimitedReader", "read_source"]
