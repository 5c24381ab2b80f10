"""The transcripts of an edition, each a pure function of the one reading.

They show the written text, not the spoken respelling.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Sequence

from tts_news.publish.captions import Caption, direction_mark, make_captions
from tts_news.publish.chapters import short_clock
from tts_news.publish.reading import Line, Passage, Reading, Section
from tts_news.publish.shown import figure_markup, notes_markup, shown_text, table_markup
from tts_news.records import DIGITAL_SOURCE_TYPE, SYNTHETIC_VOICE, Figure, Notes, Table

_SRT_LINE = 32  # letters, two lines: what the podcast namespace's guide asks of SRT
_NO_BREAK_SPACE = "\u00a0"
HEADINGS = frozenset({"headline", "subheading", "list_title"})


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
    """Return the text on two lines if it is longer than one, cut at the space nearest to its middle."""
    middle = len(text) / 2
    spaces = [at for at, letter in enumerate(text) if letter == " " and text[at - 1] != ":"]
    if len(text) > _SRT_LINE and spaces:
        cut = min(spaces, key=lambda at: abs(at - middle))
        text = text[:cut] + "\n" + text[cut + 1 :]
    marked = "\n".join(direction_mark(line) + line for line in text.split("\n"))
    return re.sub(r":(?: |(?=\n|$))", ":" + _NO_BREAK_SPACE, marked)


def write_json(reading: Reading) -> str:
    """Return the transcript as Podcasting 2.0 JSON.

    `words` and `digitalSourceType` are additions of ours that other readers pass over.
    """
    segments = [
        {
            "startTime": caption.start_s,
            "endTime": caption.end_s,
            "body": caption.text,
            "words": [[word.text, word.start_s, word.end_s] for word in caption.words],
        }
        for caption in make_captions(reading)
    ]
    head = {"version": "1.0.0", "digitalSourceType": DIGITAL_SOURCE_TYPE}
    return json.dumps(head | {"segments": segments}, ensure_ascii=False, indent=1) + "\n"


def write_text(reading: Reading) -> str:
    """Return the edition as plain text: paragraphs with empty lines between, headings as in the article."""
    paragraphs = [reading.title] if not _opens_with_title(reading) else []
    for section in reading.sections:
        if needs_heading(section, reading):
            paragraphs.append(section.title)
        paragraphs.extend(_passage_text(passage) for passage in section.passages)
    return "\n\n".join(paragraphs) + "\n"


def write_html(reading: Reading) -> str:
    """Return the transcript as a plain HTML page, `<time>` before every paragraph; apps show it as it is."""
    title, language = html.escape(reading.title), html.escape(reading.language)
    body = "\n".join(_html_sections(reading.sections, reading))
    return (
        f'<!doctype html>\n<html lang="{language}" dir="rtl">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="digitalSourceType" content="{DIGITAL_SOURCE_TYPE}">\n<title>{title}</title>\n</head>\n'
        f"<body>\n<main>\n<h1>{title}</h1>\n<p>{SYNTHETIC_VOICE}</p>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _html_sections(sections: Sequence[Section], reading: Reading) -> Iterator[str]:
    for section in sections:
        if needs_heading(section, reading):
            yield f"<h2>{html.escape(section.title)}</h2>"
        for passage in section.passages:
            text = html.escape(_passage_text(passage))
            if passage.role == "headline" and text == html.escape(reading.title):
                continue  # it stands as the page's title already
            if passage.block is not None:
                yield _shown(passage)
            elif passage.role in HEADINGS:
                yield f"<h2>{text}</h2>"
            else:
                yield f"<p>{_time_tag(passage)}{text}</p>"


def _shown(passage: Passage) -> str:
    def say(lines: Sequence[Line]) -> str:
        return _time_tag(passage) + html.escape(" ".join(line.text for line in lines))

    block = passage.block
    if isinstance(block, Table):
        return table_markup(block, passage, say, lambda _: "")
    if isinstance(block, Figure):
        return figure_markup(block, passage, say)
    return notes_markup(block, "h2") if isinstance(block, Notes) else ""


def _time_tag(passage: Passage) -> str:
    first = next((line for line in passage.lines if line.heard), None)
    if first is None:
        return ""
    whole = int(first.start_s)
    hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
    return f'<time datetime="PT{hours}H{minutes}M{seconds}S">{short_clock(whole)}</time> '


def needs_heading(section: Section, reading: Reading) -> bool:
    """Tell whether the section's title has to be shown: not when its text begins with it, nor when it is the page's."""
    if not section.passages or section.title == reading.title:
        return False
    return not any(section.title == _passage_text(passage) for passage in section.passages[:2])


def _opens_with_title(reading: Reading) -> bool:
    first = [passage for section in reading.sections for passage in section.passages][:3]
    return any(_passage_text(passage) == reading.title for passage in first)


def _passage_text(passage: Passage) -> str:
    return shown_text(passage.block) if passage.block is not None else " ".join(line.text for line in passage.lines)


def _clock(seconds: float, point: str) -> str:
    """Return a time as HH:MM:SS and milliseconds after `point`."""
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}{point}{ms % 1000:03}"
