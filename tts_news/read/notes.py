"""Notes and references below an article: for the page and the transcript, not for the ear."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from tts_news.arabic import key, tidy
from tts_news.records import Note, Notes

_ROLES = frozenset(["doc-endnotes", "doc-footnotes", "doc-bibliography", "doc-footnote", "doc-endnote"])
_CLASSES = frozenset(
    "footnotes endnotes references reflist footnote footnote-list footnotes-list bibliography mw-references-wrap "
    "wp-block-footnotes easy-footnotes-wrapper references-list sources-list".split()
)
_BACK = re.compile(r"^(?:[↑^↩⤴⬆]\s*(?:[a-z]\s+)*)+|\s*[↑↩⤴⬆]\ufe0e?$")
_LEADING_MARK = re.compile(r"^[\[(]?([\d٠-٩]{1,3}|[*†‡])[\])]?[.\-–:]?\s+")
HEADINGS = frozenset(
    map(
        key,
        (
            "المراجع|مراجع|المصادر|مصادر|الهوامش|هوامش|الحواشي|حواش|المراجع والمصادر|المصادر والمراجع|مراجع ومصادر|"
            "مصادر ومراجع|هوامش ومراجع|الهوامش والمراجع|مصادر المقال|مراجع المقال|قائمة المراجع|ثبت المراجع|"
            "References|Sources|Footnotes|Notes|Bibliography"
        ).split("|"),
    )
)


def is_notes(element: HtmlElement) -> bool:
    """Return whether an element holds the notes of the article."""
    if (element.get("role") or "").lower() in _ROLES:
        return True
    if element.tag not in ("ol", "ul", "section", "div", "aside", "footer", "dl"):
        return False
    names = element.get("class")
    return bool(names) and not _CLASSES.isdisjoint(names.lower().split())


_NOTE_NAME = re.compile(r"^_?(?:ftn|edn|fn|footnote|endnote|note|sdfootnote)[-:_]?\d+", re.IGNORECASE)


def is_note(element: HtmlElement) -> bool:
    """Return whether a paragraph is a note: called so, or with the anchor to which its mark leads."""
    if not _CLASSES.isdisjoint((element.get("class") or "").lower().split()):
        return True
    return any(_NOTE_NAME.match(e.get("id") or e.get("name") or "") for e in (element, *element.iterchildren("a")))


def bare_mark(text: str) -> str:
    """Return the mark of a note without its brackets."""
    return text.strip("[](){} \u200f")


def leading_mark(text: str) -> str:
    """Return the mark in brackets, or the star, that a line begins with; "" when it begins otherwise.

    «1. …» begins an item as well.
    """
    match = _LEADING_MARK.match(text)
    return match[1] if match and (text[0] in "[(" or not match[1].isalnum()) else ""


def heads_notes(text: str) -> bool:
    """Return whether a heading stands above notes or references."""
    return key(text) in HEADINGS


def read_notes(title: str, texts: Sequence[str], marks: Sequence[str]) -> Notes:
    """Return notes from the text of each and the mark each has by its place in the list, "" for none."""
    return Notes(tuple(_notes(texts, marks)), tidy(title).rstrip(" :"))


def _notes(texts: Sequence[str], marks: Sequence[str]) -> Iterator[Note]:
    for text, mark in zip(texts, marks, strict=True):
        words = _BACK.sub("", tidy(text)).strip()
        if match := _LEADING_MARK.match(words):
            yield Note(words[match.end() :], match[1])
        elif any(map(str.isalnum, words)):
            yield Note(words, mark)
