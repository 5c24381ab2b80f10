"""The data files beside the rules: tab-separated, `#` starts a comment line."""

from __future__ import annotations

from functools import lru_cache

from tts_news.script.data_files import data_file


@lru_cache(maxsize=32)
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `script/data/<name>`, each a tuple of its tab-separated fields, in the order of the file."""
    text = data_file(name).read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line.strip() and not line.startswith("#"))
