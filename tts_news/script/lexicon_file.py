"""Changes a `lexicon.toml` and leaves the rest of it, comments and all, as its author wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tts_news.errors import ScriptError
from tts_news.files import disk_errors, lock_folder, write_file
from tts_news.script.lexicon import Entry, parse_lexicon, read_text
from tts_news.script.toml_blocks import after, is_block, quoted, split_blocks

Key = tuple[str, tuple[str, ...], tuple[str, ...]]
"""Term, scope and voices of an entry: `Entry.key`."""

_TABLE = "term"


def add_entries(path: Path, entries: Iterable[Entry]) -> int:
    """Add entries to a lexicon file, in place of those with the same key, and return how many were replaced.

    The file is made if need be.

    Raises:
        ScriptError: The file does not hold, or cannot be written.
    """
    with disk_errors(path, ScriptError), lock_folder(path.parent):
        return _add(path, entries)


def _add(path: Path, entries: Iterable[Entry]) -> int:
    blocks, places = _parts(path)
    new = {entry.key: entry for entry in entries}
    replaced = len(new.keys() & places.keys())
    for entry in new.values():
        if entry.key in places:
            place = places[entry.key]
            blocks[place] = _block(entry) + after(blocks[place])
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
    with disk_errors(path, ScriptError), lock_folder(path.parent):
        return _remove(path, keys)


def _remove(path: Path, keys: Iterable[Key]) -> int:
    blocks, places = _parts(path)
    found = [places[key] for key in keys if key in places]
    for place in found:
        blocks[place] = after(blocks[place]).lstrip("\n")
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
    blocks = split_blocks(text, _TABLE)
    heads = [place for place, block in enumerate(blocks) if is_block(block, _TABLE)]
    if len(heads) == len(entries):
        return blocks, {entry.key: place for place, entry in zip(heads, entries, strict=True)}
    places: dict[Key, int] = {}  # some stand in a form of TOML that is not ours, and stay as they are
    for place in heads:
        for entry in parse_lexicon(blocks[place], str(path)):
            places[entry.key] = place
    return blocks, places


def _store(path: Path, blocks: list[str]) -> None:
    new = "".join(blocks).rstrip("\n") + "\n"
    parse_lexicon(new, str(path))
    with disk_errors(path, ScriptError):
        write_file(path, new.encode())


def _block(entry: Entry) -> str:
    """Return an entry as TOML; JSON's strings and lists of strings are TOML's as well."""
    lines = ["[[term]]", f"written = {quoted(entry.written)}", f"spoken = {quoted(entry.spoken)}"]
    if entry.gender:
        lines.append(f"gender = {quoted(entry.gender)}")
    if entry.scope:
        lines.append(f"scope = [{', '.join(map(quoted, entry.scope))}]")
    if entry.voices:
        lines.append(f"voices = [{', '.join(map(quoted, entry.voices))}]")
    return "\n".join(lines)
