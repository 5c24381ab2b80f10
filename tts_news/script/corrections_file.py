"""`corrections.toml` in the show's folder: what editors changed, in one order, for a reader and for version control.

    [[correction]]
    article = ["feed", "https://news.example/feed", "tag:news.example,2026:17", ""]
    role = "paragraph"
    written = "وصل الوفد إلى كييف صباح اليوم."
    spoken = "وَصَلَ الْوَفْدُ إِلَى كِيِيفَ صَبَاحَ الْيَوْمْ."
    by = "salma"
    at = "2026-11-28T09:30:00+03:00"

`article` is the identity of the article: kind, scope, key and date. Comments that somebody writes into the file stay.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from tts_news.errors import ScriptError
from tts_news.files import disk_errors, lock_folder, parse_toml, read_file, stamp, write_file
from tts_news.records import NO_CHANGE, Correction, CorrectionKey, Identity
from tts_news.script.toml_blocks import after, is_block, quoted, split_blocks

_TABLE = "correction"
_MOST_BYTES = 20_000_000
_MOST_LETTERS = 20_000  # of one sentence; that of a saved script may have as many
_WRITTEN = ("role", "written", "nth", "spoken", "pause_s", "voice", "skip", "by", "at")  # in this order
_DEFAULTS = {field.name: field.default for field in fields(Correction)}
_HEAD = "# What editors changed. It holds whenever the article is read again: see docs/corrections.md.\n\n"


def load_corrections(path: Path | None) -> tuple[Correction, ...]:
    """Return the corrections of a show, sorted; a file that is not there holds none.

    Raises:
        ScriptError: It cannot be read, is no file, too large or no UTF-8, or an entry does not hold; names the entry.
    """
    return _loaded(path, stamp(path)) if path else ()


@lru_cache(maxsize=4)
def _loaded(path: Path, _: object) -> tuple[Correction, ...]:
    return parse_corrections(_text(path), str(path))


def parse_corrections(text: str, name: str) -> tuple[Correction, ...]:
    """Return the corrections in a file's text; `name` is for messages. Of two of one sentence the later one holds.

    Raises:
        ScriptError: As `load_corrections`.
    """
    found = {correction.key: correction for correction in _parse(text, name)}
    return tuple(found[key] for key in sorted(found))


def add_corrections(path: Path, corrections: Iterable[Correction]) -> int:
    """Add corrections, each in place of the one of the same sentence; returns how many changed anything.

    One that says what stands there already leaves it to the editor who said it first; one that changes nothing of its
    sentence takes back what stands there.

    Raises:
        ScriptError: The file does not hold, or cannot be written.
    """
    new = {correction.key: correction for correction in corrections}
    changed = 0

    def add(known: tuple[Correction, ...]) -> tuple[Correction, ...]:
        nonlocal changed
        old = {correction.key: correction for correction in known}
        differ = {key: one for key, one in new.items() if (old[key].change if key in old else NO_CHANGE) != one.change}
        changed = len(differ)
        return tuple(one for one in (old | differ).values() if one.change != NO_CHANGE)

    change_corrections(path, add)
    return changed


def drop_corrections(path: Path, keys: Iterable[CorrectionKey]) -> int:
    """Take corrections out of the file; returns how many there were.

    Raises:
        ScriptError: The file does not hold, or cannot be written.
    """
    gone = set(keys)
    dropped = 0

    def drop(known: tuple[Correction, ...]) -> tuple[Correction, ...]:
        nonlocal dropped
        kept = tuple(correction for correction in known if correction.key not in gone)
        dropped = len(known) - len(kept)
        return kept

    change_corrections(path, drop)
    return dropped


def change_corrections(
    path: Path, change: Callable[[tuple[Correction, ...]], tuple[Correction, ...]]
) -> tuple[Correction, ...]:
    """Change the file in one step that no other process comes between, and return what it holds then.

    Args:
        path: The file; it is made if need be.
        change: Given what the file holds, returns what it shall hold.

    Raises:
        ScriptError: The file does not hold, an entry would not, or it cannot be written.
    """
    with disk_errors(path, ScriptError), lock_folder(path.parent):
        text = _text(path)
        known = {correction.key: correction for correction in parse_corrections(text, str(path))}
        wanted = {correction.key: correction for correction in change(tuple(known.values()))}
        if wanted == known:
            return tuple(known.values())
        new = _rewritten(text, wanted, str(path))
        write_file(path, new.encode())
        return parse_corrections(new, str(path))


def _rewritten(text: str, wanted: dict[CorrectionKey, Correction], name: str) -> str:
    """Return the file's text with these corrections in it, sorted; what does not change stays as it was written."""
    above, blocks, rest = "" if text else _HEAD, dict[CorrectionKey, str](), list[str]()
    for block in split_blocks(text, _TABLE):
        found = _parse(block, name) if is_block(block, _TABLE) else ()
        if not found:
            above = block.rstrip("\n") + "\n\n" if block.strip() else above
            continue
        key, tail = found[-1].key, after(block).rstrip("\n")
        if key in wanted:
            same = len(found) == 1 and found[0] == wanted[key]
            blocks[key] = block.rstrip("\n") if same else _block(wanted[key]) + tail
        elif tail.strip():  # what stands under an entry that is gone is somebody's work as well
            rest.append(tail.strip())
    body = [blocks.get(key) or _block(wanted[key]) for key in sorted(wanted)]
    new = above + "\n\n".join([*body, *rest]) + "\n"
    _parse(new, name)
    return new


def _block(correction: Correction) -> str:
    who = correction.article
    said = {name: value for name in _WRITTEN if (value := getattr(correction, name)) != _DEFAULTS[name]}
    return "\n".join(
        [
            f"[[{_TABLE}]]",
            f"article = [{', '.join(map(quoted, (who.kind, who.scope, who.key, who.date)))}]",
            *(f"{name} = {_as_toml(value)}" for name, value in said.items()),
        ]
    )


def _as_toml(value: str | float | bool) -> str:
    return quoted(value) if isinstance(value, str) else f"{value}".lower()


def _text(path: Path) -> str:
    try:
        text = read_file(path, _MOST_BYTES).decode("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as err:
        raise ScriptError(
            f"cannot read the corrections {path}: {err}", hint="[script] corrections in tts-news.toml names the file"
        ) from err
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parse(text: str, name: str) -> tuple[Correction, ...]:
    """Return the entries of a file's text in its order."""
    try:
        tables = parse_toml(text)
    except ValueError as err:
        raise ScriptError(f"{name}: {err}", hint="docs/corrections.md describes the file") from err
    entries = tables.pop(_TABLE, [])
    if tables or not isinstance(entries, list):
        raise ScriptError(
            f"{name}: unknown table [{next(iter(tables), _TABLE)}]", hint=f"entries are [[{_TABLE}]] tables"
        )
    return tuple(_entry(entry, f"{name}: correction {number}") for number, entry in enumerate(entries, start=1))


@cache
def _models() -> tuple[Any, Any]:
    """Return the models of an entry and of an identity's kind; pydantic is loaded when there is one to check."""
    from typing import Annotated

    from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

    from tts_news.records import IdentityKind
    from tts_news.script.serial import MAX_PAUSE_S

    text = Annotated[str, Field(max_length=_MOST_LETTERS)]
    word = Annotated[str, Field(max_length=200)]
    seconds = Annotated[float, Field(ge=0, le=MAX_PAUSE_S, allow_inf_nan=False)]

    class Entry(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        article: Annotated[list[text], Field(min_length=4, max_length=4)]
        written: text
        nth: Annotated[int, Field(ge=0, le=1_000_000)] = 0
        role: word = ""
        spoken: text | None = None
        pause_s: seconds | None = None
        voice: word | None = None
        skip: bool = False
        by: word = ""
        at: word = ""

    return Entry, TypeAdapter(IdentityKind)


def _entry(entry: Any, place: str) -> Correction:
    from pydantic import ValidationError

    model, kinds = _models()
    try:
        read = model.model_validate(entry)
        kind = kinds.validate_python(read.article[0])
    except ValidationError as err:
        first = err.errors()[0]
        where = ".".join(map(str, first["loc"])) or "article"
        raise ScriptError(f"{place}: {where}: {first['msg']}", hint="docs/corrections.md describes the file") from err
    rest = read.model_dump(exclude={"article", "written", "spoken"})
    spoken = None if read.spoken is None else _nfc(read.spoken).strip()
    return Correction(Identity(kind, *read.article[1:]), _nfc(read.written), spoken=spoken, **rest)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
