"""Changes a `lexicon.toml` and leaves the rest of it, comments and all, as its author wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from tts_news.errors import ScriptError
from tts_news.files import disk_errors, write_file
from tts_news.patterns import lazy
from tts_news.script.lexicon import Entry, parse_lexicon, read_text

Key = tuple[str, tuple[str, ...], tuple[str, ...]]
"""Term, scope and voices of an entry: `Entry.key`."""

_HEAD = lazy(r"^\[\[term\]\][^\S\n]*(?:#[^\n]*)?$", re.MULTILINE)


def add_entries(path: Path, entries: Iterable[Entry]) -> int:
    """Add entries to a lexicon file, in place of those with the same key, and return how many were replaced.

    The file is made if need be.

    Raises:
        ScriptError: The file does not hold, or cannot be written.
    """
    blocks, places = _parts(path)
    new = {entry.key: entry for entry in entries}
    replaced = len(new.keys() & places.keys())
    for entry in new.values():
        if entry.key in places:
            place = places[entry.key]
            blocks[place] = _block(entry) + _after(blocks[place])
        else:
            if blocks:
                blocks[-1] = blocks[-1].rstrip("\n") + "\n\n"
            places[entry.key] = len(blocks)
            blocks.append(_block(entry))
    _store(path, blocks)
    return replaced


def remove_entries(path: Path, keys: Iterable[Key]) -> int:
    """Take entries out of a lexicon file and return how many there were; comments after them stay.

    Raises:
        ScriptError: As `add_entries`.
    """
    blocks, places = _parts(path)
    found = [places[key] for key in keys if key in places]
    for place in found:
        blocks[place] = _after(blocks[place]).lstrip("\n")
    if found:
        _store(path, blocks)
    return len(found)


def _parts(path: Path) -> tuple[list[str], dict[Key, int]]:
    """Return a lexicon's text in parts, and in which of them each entry stands."""
    try:
        text = read_text(path)
    except FileNotFoundError:
        text = ""
    entries = parse_lexicon(text, str(path))
    blocks = _blocks(text)
    heads = [place for place, block in enumerate(blocks) if _HEAD.match(block)]
    if len(heads) == len(entries):
        return blocks, {entry.key: place for place, entry in zip(heads, entries, strict=True)}
    places: dict[Key, int] = {}  # some stand in a form of TOML that is not ours, and stay as they are
    for place in heads:
        for entry in parse_lexicon(blocks[place], str(path)):
            places[entry.key] = place
    return blocks, places


def _after(block: str) -> str:
    """Return the blank lines and comments that follow an entry in its part."""
    trailing = re.search(r"(?:\n[^\S\n]*(?:#[^\n]*)?)*\Z", block)
    return trailing[0] if trailing else ""


def _store(path: Path, blocks: list[str]) -> None:
    new = "".join(blocks).rstrip("\n") + "\n"
    parse_lexicon(new, str(path))
    with disk_errors(path, ScriptError):
        write_file(path, new.encode())


def _blocks(text: str) -> list[str]:
    """Return the file's text in parts, each entry one of them."""
    starts = [match.start() for match in _HEAD.finditer(text)]
    edges = [0, *starts, len(text)]
    return [text[left:right] for left, right in pairwise(edges) if left < right]


def _block(entry: Entry) -> str:
    """Return an entry as TOML; JSON's strings and lists of strings are TOML's as well."""
    lines = ["[[term]]", f"written = {_quoted(entry.written)}", f"spoken = {_quoted(entry.spoken)}"]
    if entry.gender:
        lines.append(f"gender = {_quoted(entry.gender)}")
    if entry.scope:
        lines.append(f"scope = [{', '.join(map(_quoted, entry.scope))}]")
    if entry.voices:
        lines.append(f"voices = [{', '.join(map(_quoted, entry.voices))}]")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
