"""The transcripts of an edition, each a pure function of the one reading.

They show the written text, not the spoken respelling.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from tts_news.publish.captions import Caption, direction_mark, make_captions
from tts_news.publish.reading import (
    Listing,
    Passage,
    Picture,
    Piece,
    Quotation,
    Reading,
    Tabular,
    lines_of,
    show_text,
    text_of,
)
from tts_news.publish.templates import render
from tts_news.records import DIGITAL_SOURCE_TYPE, SYNTHETIC_VOICE

_SRT_LINE = 32  # letters, two lines: what the podcast namespace's guide asks of SRT
_NO_BREAK_SPACE = "\u00a0"


def write_vtt(reading: Reading) -> str:
    """Return the transcript as WebVTT without tags: AntennaPod shows the times of words as text.

    Source: W3C WebVTT, Candidate Recommendation 2019-04-04, 4.2 and 4.3.
    """
    return _vtt(reading, lambda caption: html.escape(caption.text, quote=False))


def write_word_vtt(reading: Reading) -> str:
    """Return the transcript as WebVTT with a time stamp before every word but the first of a caption."""
    return _vtt(reading, _stamp_words)


def _vtt(reading: Reading, show: Callable[[Caption], str]) -> str:
    blocks = ["WEBVTT", f"NOTE {SYNTHETIC_VOICE}\ndigitalSourceType: {DIGITAL_SOURCE_TYPE}"]
    for number, caption in enumerate(make_captions(reading), 1):
        times = f"{_clock(caption.start_s, '.')} --> {_clock(caption.end_s, '.')}"
        blocks.append(f"{number}\n{times}\n{direction_mark(caption.text)}{show(caption)}")
    return "\n\n".join(blocks) + "\n"


def _stamp_words(caption: Caption) -> str:
    """Return the words with time stamps, which have to rise within the caption: a word that cannot has none."""
    last, pieces = caption.start_s, []
    for word in caption.words:
        text = html.escape(word.text, quote=False)
        if last < word.start_s < caption.end_s:
            pieces.append(f"<{_clock(word.start_s, '.')}>{text}")
            last = word.start_s
        else:
            pieces.append(text)
    return " ".join(pieces)


def write_srt(reading: Reading) -> str:
    """Return the transcript as SubRip, the same captions as in WebVTT.

    After a colon comes a no-break space: AntennaPod takes what stands before "colon, space" for a speaker's name, and
    drops all that follows a second one. It puts a space after each line, so a colon at the end has one as well.
    """
    blocks = []
    for number, caption in enumerate(make_captions(reading), 1):
        times = f"{_clock(caption.start_s, ',')} --> {_clock(caption.end_s, ',')}"
        blocks.append(f"{number}\n{times}\n{_two_lines(caption.text)}\n")
    return "\n".join(blocks)


def _two_lines(text: str) -> str:
    """Return the text on two lines if it is longer than one, cut at the space nearest to its middle.

    A line that opens in Latin would need a direction mark amid the text, where WebVTT's one line has none: no cut is
    made before it. A text without another space stays one line, which players wrap.
    """
    middle = len(text) / 2
    spaces = [at for at, letter in enumerate(text) if letter == " " and text[at - 1] != ":"]
    cuts = sorted(spaces, key=lambda at: abs(at - middle)) if len(text) > _SRT_LINE else []
    if cut := next((at for at in cuts if not direction_mark(text[at + 1 :])), 0):
        text = text[:cut] + "\n" + text[cut + 1 :]
    return re.sub(r":(?: |(?=\n|$))", ":" + _NO_BREAK_SPACE, direction_mark(text) + text)


def write_json(reading: Reading) -> str:
    """Return the transcript as Podcasting 2.0 JSON.

    `words` and who says when they sound (`timing`: the voice, a recogniser that `aligned` them, or their letters),
    `digitalSourceType` and `blocks`, the article as it stands on the page, are additions of ours that other readers
    pass over.
    """
    segments = [
        {
            "startTime": caption.start_s,
            "endTime": caption.end_s,
            "body": caption.text,
            "words": [[word.text, word.start_s, word.end_s] for word in caption.words],
            "timing": caption.timing,
        }
        for caption in make_captions(reading)
    ]
    head = {"version": "1.0.0", "digitalSourceType": DIGITAL_SOURCE_TYPE}
    blocks = [_block(piece) for piece in reading.pieces]
    return json.dumps(head | {"segments": segments, "blocks": blocks}, ensure_ascii=False, indent=1) + "\n"


def _block(piece: Piece) -> dict[str, Any]:
    """Return a piece as plain values: its kind, what it holds, and when it begins where it is heard."""
    heard = next((line for line in lines_of(piece) if line.heard), None)
    begins = {"startTime": heard.start_s} if heard else {}
    if isinstance(piece, Passage):
        kind = {"kind": "heading", "level": piece.rank} if piece.rank else {"kind": "paragraph", "role": piece.role}
        return kind | {"text": text_of(piece.lines)} | begins
    if isinstance(piece, Listing):
        return {"kind": "list"} | _list_values(piece) | begins
    if isinstance(piece, Quotation):
        cite = {"cite": text_of(piece.cite)} if piece.cite else {}
        return {"kind": "quote", "text": "\n".join(map(text_of, piece.verses))} | cite | begins
    if isinstance(piece, Tabular):
        table = piece.table
        rows = [[show_text(cell.text) for cell in row] for row in table.rows]
        values = {"caption": show_text(table.caption), "heads": list(map(show_text, table.heads)), "rows": rows}
        return {"kind": "table"} | values | begins
    if isinstance(piece, Picture):
        return {
            "kind": "figure",
            "text": show_text(piece.figure.words),
            "credit": show_text(piece.figure.credit),
        } | begins
    notes = [{"mark": show_text(note.mark), "text": show_text(note.words)} for note in piece.notes.notes]
    return {"kind": "notes", "title": show_text(piece.notes.title), "notes": notes}


def _list_values(listing: Listing) -> dict[str, Any]:
    items: list[dict[str, Any]] = []
    for item in listing.items:
        values: dict[str, Any] = {"title": text_of(item.title), "text": text_of(item.body)}
        items.append(values | ({"list": _list_values(item.inside)} if item.inside else {}))
    return {"ordered": listing.ordered, "items": items}


def write_text(reading: Reading) -> str:
    """Return the edition as plain text: paragraphs with empty lines between, a line for each item, quotes behind >."""
    paragraphs = list(filter(None, map(_plain, reading.pieces)))
    return "\n\n".join(paragraphs if reading.title_lines else [reading.title, *paragraphs]) + "\n"


def _plain(piece: Piece) -> str:
    if isinstance(piece, Passage):
        return text_of(piece.lines)
    if isinstance(piece, Listing):
        return "\n".join(_plain_items(piece, ""))
    if isinstance(piece, Quotation):
        cite = [f"({text_of(piece.cite)})"] if piece.cite else []
        return "\n".join(f"> {line}" for line in [*map(text_of, piece.verses), *cite])
    if isinstance(piece, Tabular):
        rows = [piece.table.heads, *(tuple(cell.text for cell in cells) for cells in piece.table.rows)]
        caption = piece.table.caption or text_of(piece.caption)
        lines = [caption, *(" | ".join(map(show_text, row)) for row in rows if any(row)), text_of(piece.below)]
    elif isinstance(piece, Picture):
        lines = [" · ".join(filter(None, (text_of(piece.lines) or piece.figure.words, piece.figure.credit)))]
    else:
        lines = [piece.notes.title, *(f"{note.mark} {note.words}" for note in piece.notes.notes)]
    return "\n".join(line for line in map(show_text, lines) if line)


def _plain_items(listing: Listing, indent: str) -> Iterator[str]:
    """Yield the lines of a list. Numbers stand in the text, since the voice says them."""
    for item in listing.items:
        title, body = text_of(item.title), text_of(item.body)
        joint = ": " if body and title[-1:].isalnum() else " "
        if title or body:
            yield f"{indent}{'' if listing.ordered else '- '}{joint.join(filter(None, (title, body)))}"
        if item.inside:
            yield from _plain_items(item.inside, f"{indent}  ")


def write_html(reading: Reading) -> str:
    """Return the transcript as a plain HTML page, `<time>` before what begins there; apps show it as it is."""
    title = [piece for piece in reading.pieces if isinstance(piece, Passage) and piece.rank == 1]
    pieces = [piece for piece in reading.pieces if piece not in title]
    return render(
        "transcript.html",
        reading=reading,
        pieces=pieces,
        source_type=DIGITAL_SOURCE_TYPE,
        synthetic=SYNTHETIC_VOICE,
    )


def _clock(seconds: float, point: str) -> str:
    """Return a time as HH:MM:SS and milliseconds after `point`."""
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}{point}{ms % 1000:03}"
