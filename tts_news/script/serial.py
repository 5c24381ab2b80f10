"""A script as JSON that an editor can read and mend, and back."""

from __future__ import annotations

import base64
import json
import unicodedata
import zlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import asdict, replace
from dataclasses import fields as fields_of
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from tts_news.errors import ScriptError
from tts_news.records import (
    Block,
    ChapterKind,
    ChapterMark,
    Composed,
    Cue,
    Dropped,
    Figure,
    Heading,
    Identity,
    IdentityKind,
    ListBlock,
    Missing,
    Notes,
    Omission,
    Paragraph,
    Post,
    Quote,
    Role,
    Script,
    Source,
    Table,
)
from tts_news.script.leaving_out import heirs_of, move_chapters
from tts_news.script.speakable import check_spoken

MAX_PAUSE_S = 600.0
_LARGEST_COMPOSED = 16 * 1024 * 1024  # bytes; that of a ten-hour edition has about 2 MB


def dump_script(script: Script) -> str:
    """Return the script as JSON, one key a line, Arabic as it is; `parse_script` gives the same script back."""
    fields = asdict(replace(script, blocks={}, composed=None))
    fields["blocks"] = {name: block_values(block) for name, block in script.blocks.items()}
    order = ["title", "language", "cues", "chapters", "omissions", "sources", "blocks", "identity"]
    if script.composed:
        fields["composed"] = _pack(script.composed)
        order.append("composed")
    return json.dumps({name: fields[name] for name in order}, ensure_ascii=False, indent=1) + "\n"


def _pack(composed: Composed) -> str:
    """Return what was composed as one word: an editor who replaces a name in the whole file shall not find it there."""
    text = json.dumps(asdict(composed), ensure_ascii=False, separators=(",", ":"))
    return base64.b85encode(zlib.compress(text.encode("utf-8", "surrogatepass"), 9)).decode()


def _unpack(word: str) -> Composed:
    """Return what `_pack` was given.

    Raises:
        ScriptError: It is not what this program has written.
    """
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(base64.b85decode(word), _LARGEST_COMPOSED)
        # What is cut off, or larger than any script, is no JSON either.
        composed: Composed = _checked(_composed(), json.loads(text), "composed")
    except (ValueError, RecursionError, zlib.error) as err:
        raise ScriptError(
            f"the script's `composed` is damaged: {err}",
            hint="copy it from the script as it was saved, or delete it: then what was mended in the file is guessed",
        ) from err
    for cue in composed.cues:
        if cue.language == "ar":
            check_spoken(cue.spoken, f"composed: cue {cue.id[:64]}", "copy it from the script as it was saved")
    return composed


@cache
def _composed() -> TypeAdapter[Composed]:
    return TypeAdapter(Composed)


_KINDS: dict[str, type[Block]] = {
    "heading": Heading,
    "post": Post,
    "paragraph": Paragraph,
    "list": ListBlock,
    "table": Table,
    "quote": Quote,
    "figure": Figure,
    "notes": Notes,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def block_values(block: Block) -> dict[str, Any]:
    """Return a block as plain values; `kind` says which record it is. A table's rows in words follow from its cells."""
    given = {field.name for field in fields_of(block) if field.init}
    return {"kind": _NAMES[type(block)]} | {name: value for name, value in asdict(block).items() if name in given}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


_Text = Annotated[str, Field(max_length=20_000)]
_Name = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")]


class _Cue(_Strict):
    id: _Name
    role: Role
    written: _Text
    spoken: _Text
    pause_s: Annotated[float, Field(ge=0, le=MAX_PAUSE_S, allow_inf_nan=False)]
    voice: _Text = ""
    chapter: Annotated[int, Field(ge=0)] = 0
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")] = "ar"
    block: Annotated[str, Field(pattern=r"^[A-Za-z0-9]*$", max_length=64)] = ""


class _Chapter(_Strict):
    title: _Text
    first_cue: _Name
    level: Annotated[int, Field(ge=0, le=1)] = 0
    url: _Text = ""
    kind: ChapterKind = "section"
    rank: Annotated[int, Field(ge=1, le=6)] = 1


class _Dropped(_Strict):
    text: str
    reason: str


class _Omission(_Strict):
    text: str
    reason: str
    failed: bool = False
    article: Annotated[int, Field(ge=0)] = 0
    shown: bool = False


class _Identity(_Strict):
    kind: IdentityKind
    scope: _Text
    key: _Text
    date: str = ""


class _Source(_Strict):
    title: str
    text_hash: str
    first_cue: str = ""
    author: str = ""
    published: str = ""
    modified: str = ""
    url: str = ""
    site: str = ""
    categories: list[str] = []
    dropped: list[_Dropped] = []
    identity: _Identity | None = None
    dateline: str = ""
    rights: str = ""
    urgency: Annotated[int, Field(ge=0, le=9)] = 0
    missing: Missing = ""


class _Script(_Strict):
    title: _Text
    language: str = "ar"
    identity: _Identity | None = None
    cues: Annotated[list[dict[str, Any]], Field(min_length=1)]
    chapters: list[_Chapter]
    omissions: list[_Omission] = []
    sources: list[_Source] = []
    blocks: dict[_Name, dict[str, Any]] = {}
    composed: str = ""


def parse_script(text: str) -> Script:
    """Return the script that an edited JSON file holds.

    Raises:
        ScriptError: The file does not hold; one line that names the cue and what is wrong with it.
    """
    try:
        data = json.loads(text.removeprefix("\ufeff"))
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError as err:
        raise ScriptError(
            f"the script spells out half of a character: {err.object[err.start]!r}", hint="write the character itself"
        ) from err
    except (ValueError, RecursionError) as err:  # ValueError: also figures of more than 4,300 digits
        raise ScriptError(f"the script is not JSON: {err}", hint="a comma or quote may have been lost") from err
    read = _checked(TypeAdapter(_Script), data, "the script")
    cues = tuple(_cue(cue, number) for number, cue in enumerate(read.cues, start=1))
    chapters = tuple(ChapterMark(_nfc(c.title), c.first_cue, c.level, c.url, c.kind, c.rank) for c in read.chapters)
    composed = _unpack(read.composed) if read.composed else None
    heirs = heirs_of(composed.cues, composed.first_cues, {cue.id for cue in cues}) if composed else {}
    chapters = move_chapters(chapters, heirs, cues)
    return Script(
        title=_nfc(read.title),
        cues=_in_chapters(cues, chapters),
        chapters=chapters,
        language=read.language,
        omissions=tuple(Omission(_nfc(o.text), o.reason, o.failed, o.article, o.shown) for o in read.omissions),
        sources=tuple(_source(source, heirs) for source in read.sources),
        blocks={name: parse_block(values, name) for name, values in read.blocks.items()},
        identity=_identity(read.identity),
        composed=composed,
    )


def parse_block(values: dict[str, Any], name: str) -> Block:
    """Return the block that `block_values` gave; `name` is for messages.

    Raises:
        ScriptError: It is none.
    """
    kind = str(values.get("kind"))
    if kind not in _KINDS:
        raise ScriptError(f"block {name}: no kind {kind!r}", hint=f"kinds are: {', '.join(_KINDS)}")
    given = {key: value for key, value in values.items() if key != "kind"}
    known = {field.name for field in fields_of(_KINDS[kind]) if field.init}
    if unknown := sorted(given.keys() - known):
        raise ScriptError(f"block {name}: {unknown[0]}: a {kind} has no such value")
    block: Block = _checked(_adapter(kind), given, f"block {name}")
    return block


@cache
def _adapter(kind: str) -> TypeAdapter[Block]:
    return TypeAdapter(_KINDS[kind])


def _checked(adapter: TypeAdapter[Any], data: object, place: str) -> Any:
    try:
        return adapter.validate_python(data)
    except ValidationError as err:
        first = err.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ScriptError(
            f"{place}: {where + ': ' if where else ''}{first['msg']}", hint="docs/script.md describes the file"
        ) from err


_CUE: TypeAdapter[_Cue] = TypeAdapter(_Cue)


def _cue(data: dict[str, Any], number: int) -> Cue:
    place = f"cue {data['id']}" if isinstance(data.get("id"), str) and data["id"] else f"cue number {number}"
    read = _checked(_CUE, data, place[:80])
    cue = Cue(**{**read.model_dump(), "written": _nfc(read.written), "spoken": _nfc(read.spoken).strip()})
    if cue.language == "ar":
        check_spoken(cue.spoken, f"cue {cue.id}", "delete the cue to leave it out")
    elif not cue.spoken:
        raise ScriptError(f"{place}: spoken is empty")
    return cue


def _in_chapters(cues: tuple[Cue, ...], chapters: tuple[ChapterMark, ...]) -> tuple[Cue, ...]:
    """Return the cues with the chapter each is in, by the chapters' first cues: an editor moves cues, not numbers."""
    places: dict[str, int] = {}
    for place, cue in enumerate(cues):
        if cue.id in places:
            raise ScriptError(f"cue {cue.id}: this id is used twice", hint="every cue has an id of its own")
        places[cue.id] = place
    last = -1
    for number, chapter in enumerate(chapters):
        if chapter.first_cue not in places:
            raise ScriptError(
                f"chapter {number} «{chapter.title}»: its first cue {chapter.first_cue} is not in the script",
                hint="name the cue it now begins with, or delete the chapter",
            )
        if places[chapter.first_cue] < last:
            raise ScriptError(f"chapter {number} «{chapter.title}»: begins before the chapter above it")
        last = places[chapter.first_cue]
    starts = [places[chapter.first_cue] for chapter in chapters]
    return tuple(replace(cue, chapter=max(0, bisect_right(starts, place) - 1)) for place, cue in enumerate(cues))


def _source(read: _Source, heirs: Mapping[str, str]) -> Source:
    fields = read.model_dump(exclude={"categories", "dropped", "identity"})
    dropped = tuple(Dropped(line.text, line.reason) for line in read.dropped)
    fields["first_cue"] = heirs.get(read.first_cue, read.first_cue)
    return Source(**fields, categories=tuple(read.categories), dropped=dropped, identity=_identity(read.identity))


def _identity(read: _Identity | None) -> Identity | None:
    return Identity(**read.model_dump()) if read else None


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
