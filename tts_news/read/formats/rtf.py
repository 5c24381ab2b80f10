"""RTF → an article. striprtf gives the text line by line; which line is what, the reader of pastes tells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from tts_news.errors import ReadError
from tts_news.read.document import Document
from tts_news.read.formats.docx import EXTRA
from tts_news.read.paste import read_paste
from tts_news.read.settings import ReadSettings
from tts_news.records import Article

# Groups of what nobody may hear: struck by an editor, hidden, comments, notes, headers and footers.
_UNHEARD = re.compile(r"\{(?:\\\*)?\\(?:annotation|atnid|atnauthor|header[lrf]?|footer[lrf]?|footnote)\b")


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
        raise ReadError(f"{document.name} is RTF, which needs an extra", hint=EXTRA) from err
    source = document.data.decode("latin-1").rstrip("\x00\r\n\t ")
    whole = _without_unheard(source, document.name)
    text = str(rtf_to_text(whole, errors="replace"))  # type: ignore[no-untyped-call]
    # A paragraph of a word processor is a line here: an empty line between them keeps them apart.
    yield replace(read_paste(re.sub(r"\n+", "\n\n", text), document.name), source=document.name)


def _without_unheard(source: str, name: str) -> str:
    """Return RTF without the groups of what nobody may hear.

    Raises:
        ReadError: Its braces do not close: half an article is none.
    """
    kept: list[str] = []
    at, skipped, depths = 0, 0, 0
    for match in re.finditer(r"\\[\\{}]|[{}]", source):
        if match[0] == "{":
            depths += 1
            if not skipped and (_UNHEARD.match(source, match.start()) or _opens_unheard(source, match.end())):
                kept.append(source[at : match.start()])
                skipped = depths
        elif match[0] == "}":
            if skipped == depths:
                at, skipped = match.end(), 0
            depths -= 1
            if depths < 0:
                break
    if depths != 0:
        raise ReadError(f"{name} is cut off", hint="save it again")
    return "".join([*kept, source[at:]])


def _opens_unheard(source: str, at: int) -> bool:
    """Return whether a group begins with the control words of struck or hidden text."""
    head = re.match(r"(?:\\[a-z]{1,32}-?\d{0,10} ?){0,30}", source[at : at + 400])
    return head is not None and re.search(r"\\(?:deleted|v)(?=[\\ ]|$)", head[0]) is not None
