"""Changes a `lexicon.toml` and leaves the rest of it, comments and all, as its author wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from tts_news.errors import ScriptError
from tts_news.files import disk_errors, write_file
from tts_news.script.lexicon import Entry, parse_lexicon

_HEAD = re.compile(r"^\[\[term\]\][^\S\n]*(?:#[^\n]*)?$", re.MULTILINE)


def add_entries(path: Path, entries: Iterable[Entry]) -> None:
    """Add entries to a lexicon file, in place of those with the same term and scope; the file is made if need be.

    Raises:
        ScriptError: The file does not hold, or cannot be written.
    """
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as err:
        raise ScriptError(f"cannot read the lexicon {path}: {err}") from err
    parse_lexicon(text, str(path))
    blocks = _blocks(text)
    places = {}
    for place, block in enumerate(blocks):
        for entry in parse_lexicon(block, str(path)) if _HEAD.match(block) else ():
            places[entry.written, entry.scope] = place
    for entry in {(entry.written, entry.scope): entry for entry in entries}.values():
        key = entry.written, entry.scope
        if key in places:
            trailing = re.search(r"(?:\n[^\S\n]*(?:#[^\n]*)?)*\Z", blocks[places[key]])
            blocks[places[key]] = _block(entry) + (trailing[0] if trailing else "")
        else:
            if blocks:
                blocks[-1] = blocks[-1].rstrip("\n") + "\n\n"
            places[key] = len(blocks)
            blocks.append(_block(entry))
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
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
