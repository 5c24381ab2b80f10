"""RTF → an article. striprtf gives the text line by line; which line is what, the reader of pastes tells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tts_news.arabic import tidy
from tts_news.errors import ReadError
from tts_news.extras import install_hint
from tts_news.read.document import Document
from tts_news.read.formats.unheard import Unheard
from tts_news.read.paste import read_paste
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Note, Notes

# Groups of what nobody may hear: struck by an editor, hidden, comments, notes, headers and footers.
_UNHEARD = re.compile(r"\{(?:\\\*)?\\(annotation|atnid|atnauthor|header[lrf]?|footer[lrf]?|footnote)(?![a-z])")
_GROUP = re.compile(r"^\{(?:\\\*)?\\(?:annotation|header[lrf]?|footer[lrf]?|footnote)(?![a-z])")
_HIDING = re.compile(r"\\(?:deleted|v)(?![a-z])")
_FONTS = re.compile(r"\{\\fonttbl(?:[^{}]|\{[^{}]*\}){0,400}\}")
_PAGE = re.compile(r"\\ansicpg\d{1,5}")
_DEEPEST = 1_000  # groups in groups


def read_rtf(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the article of an RTF file.

    Raises:
        ReadError: It is cut off or empty, or the extra that reads it is not installed.
    """
    del settings, since
    if passed:
        return
    try:
        from striprtf.striprtf import rtf_to_text  # it has types for half of itself
    except ModuleNotFoundError as err:
        raise ReadError(f"{document.name} is RTF, which needs an extra", hint=install_hint("documents")) from err

    def text_of(part: str) -> str:
        return str(rtf_to_text(part, errors="replace"))  # type: ignore[no-untyped-call]

    source = document.data.decode("latin-1").rstrip("\x00\r\n\t ")
    whole, groups = _without_unheard(source, document.name)
    head = f"{{\\rtf1\\ansi{''.join(_PAGE.findall(source)[:1])}\\uc1{''.join(_FONTS.findall(source)[:1])}"
    notes, unheard = _sorted([(kind, text_of(f"{head}{group}}}").strip()) for kind, group in groups])
    # A paragraph of a word processor is a line here: an empty line between them keeps them apart.
    article = read_paste(re.sub(r"\n+", "\n\n", text_of(whole)), document.name)
    blocks = (*article.blocks, Notes(tuple(map(Note, notes)))) if notes else article.blocks
    yield replace(article, blocks=blocks, dropped=(*article.dropped, *unheard.dropped()), source=document.name)


def _sorted(groups: Sequence[tuple[str, str]]) -> tuple[list[str], Unheard]:
    """Return the words of the notes, and the rest of what is not read."""
    notes: list[str] = []
    unheard = Unheard()
    for kind, text in groups:
        if kind == "footnote":
            notes.append(tidy(" ".join(text.split())))
        elif kind.startswith(("header", "footer")):
            unheard.set_aside(text.splitlines())
        elif kind in ("annotation", "deleted", "hidden"):
            unheard.keep_back("comments" if kind == "annotation" else f"{kind} text", text)  # type: ignore[arg-type]
    return [note for note in notes if note], unheard


def _without_unheard(source: str, name: str) -> tuple[str, list[tuple[str, str]]]:
    """Return RTF without the groups of what nobody may hear, and those groups, each with what it is.

    Raises:
        ReadError: Its braces do not close: half an article is none.
    """
    kept: list[str] = []
    groups: list[tuple[str, str]] = []
    at, skipped, depths, began, kind = 0, 0, 0, 0, ""
    for match in re.finditer(r"\\[\\{}]|[{}]", source):
        if match[0] == "{":
            depths += 1
            if depths > _DEEPEST:
                raise ReadError(f"{name} is nested too deeply to be an article", hint="copy its text and read that")
            if not skipped and (kind := _unheard_kind(source, match.start())):
                kept.append(source[at : match.start()])
                skipped, began = depths, match.start()
        elif match[0] == "}":
            if skipped == depths:
                groups.append((kind, _inside(source[began : match.end()])))
                at, skipped = match.end(), 0
            depths -= 1
            if depths < 0:
                break
    if depths != 0:
        raise ReadError(f"{name} is cut off", hint="save it again")
    return "".join([*kept, source[at:]]), groups


def _unheard_kind(source: str, at: int) -> str:
    """Return what nobody may hear in the group that begins here, "" when it is text: its first control words say so."""
    if match := _UNHEARD.match(source, at):
        return match[1]
    head = re.match(r"(?:\\[a-z]{1,32}-?\d{0,10} ?){0,30}", source[at + 1 : at + 400])
    found = re.search(r"\\(deleted|v)(?=[\\ ]|$)", head[0]) if head else None
    return "" if found is None else "hidden" if found[1] == "v" else "deleted"


def _inside(group: str) -> str:
    """Return a group as text: without the control words that would hide it."""
    return _HIDING.sub("", _GROUP.sub("{", group))
