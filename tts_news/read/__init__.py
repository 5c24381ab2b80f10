"""First room: a page, paste or feed → `Article`."""

from tts_news.read.inputs import read_source

__all__ = ["read_source"]
