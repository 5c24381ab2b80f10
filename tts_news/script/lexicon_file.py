"""Changes a `lexicon.toml` and leaves the rest of it, comments and all, as its author wrote it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import accumulate
from pathlib import Path

from tts_news.errors import ScriptError
from tts_news.files import disk_errors, lock_folder, write_file
from tts_news.script.lexicon import Entry, parse_lexicon, read_text
from tts_news.script.plain_lexicon import find_terms, is_plain
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
    text = _text(path)
    plain = is_plain(text)
    new = {entry.key: entry for entry in entries}
    spans = _spans(text, path, new, plain=plain)
    blocks = {key: _block(entry) for key, entry in new.items()}
    changes = {key: blocks[key] + after(text[span]) for key, span in spans.items()}
    added = [block for key, block in blocks.items() if key not in spans]
    written = "\n\n".join(filter(None, [_changed(text, spans, changes).rstrip("\n"), *added]))
    # What stands between plain terms and is plain itself leaves the file plain: it is not looked through again.
    _store(path, written, checked=plain and all(is_plain(f"{block}\n") for block in blocks.values()))
    return len(spans)


def remove_entries(path: Path, keys: Iterable[Key]) -> int:
    """Take entries out of a lexicon file and return how many there were; comments after them stay.

    Raises:
        ScriptError: As `add_entries`.
    """
    with disk_errors(path, ScriptError), lock_folder(path.parent):
        return _remove(path, keys)


def _remove(path: Path, keys: Iterable[Key]) -> int:
    text = _text(path)
    spans = _spans(text, path, set(keys), plain=is_plain(text))
    if spans:
        _store(path, _changed(text, spans, {key: after(text[span]).lstrip("\n") for key, span in spans.items()}))
    return len(spans)


def _text(path: Path) -> str:
    try:
        return read_text(path)
    except FileNotFoundError:
        return ""


def _spans(text: str, path: Path, keys: Collection[Key], *, plain: bool) -> dict[Key, slice]:
    """Return where the entries of some keys stand in a lexicon's text, each with what follows it."""
    if plain:
        found = find_terms(text, {written for written, *_ in keys})
        return {key: span for key, span in found if key in keys}
    entries = parse_lexicon(text, str(path))
    blocks = split_blocks(text, _TABLE)
    ends = list(accumulate(map(len, blocks)))
    heads = [slice(end - len(block), end) for block, end in zip(blocks, ends, strict=True) if is_block(block, _TABLE)]
    pairs: Iterable[tuple[Entry, slice]] = zip(entries, heads, strict=False)
    if len(heads) != len(entries):  # some stand in a form of TOML that is not ours, and stay as they are
        pairs = ((entry, head) for head in heads for entry in parse_lexicon(text[head], str(path)))
    return {entry.key: head for entry, head in pairs if entry.key in keys}


def _changed(text: str, spans: dict[Key, slice], changes: dict[Key, str]) -> str:
    """Return the text with what stands in some places of it changed."""
    pieces, at = [], 0
    for key, span in sorted(spans.items(), key=lambda item: item[1].start):
        pieces += [text[at : span.start], changes[key]]
        at = span.stop
    return "".join([*pieces, text[at:]])


def _store(path: Path, text: str, *, checked: bool = False) -> None:
    new = text.rstrip("\n") + "\n"
    if not checked and not is_plain(new):
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
