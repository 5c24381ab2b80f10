"""A TOML file of `[[tables]]` in parts, so that one can be changed and the rest stays as its author wrote it."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import pairwise


def split_blocks(text: str, table: str) -> list[str]:
    """Return a file's text in parts, each `[[table]]` one of them with what follows it up to the next."""
    starts = [match.start() for match in _head(table).finditer(text)]
    edges = [0, *starts, len(text)]
    return [text[left:right] for left, right in pairwise(edges) if left < right]


def is_block(part: str, table: str) -> bool:
    """Return whether a part begins with `[[table]]`: the first one may be what stands above them all."""
    return _head(table).match(part) is not None


def after(block: str) -> str:
    """Return the blank lines and comments that follow an entry in its part."""
    trailing = re.search(r"(?:\n[^\S\n]*(?:#[^\n]*)?)*\Z", block)
    return trailing[0] if trailing else ""


def quoted(text: str) -> str:
    """Return a text as TOML: JSON's strings and lists of strings are TOML's as well."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


@cache
def _head(table: str) -> re.Pattern[str]:
    return re.compile(rf"^\[\[{table}\]\][^\S\n]*(?:#[^\n]*)?$", re.MULTILINE)
