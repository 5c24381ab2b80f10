"""Pictures' words: caption, credit and description of each, and when they are the story themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from tts_news.arabic import count_words, has_arabic, key, tidy
from tts_news.records import Block, Figure, ListBlock, Paragraph, Quote

# BBC's own markup says صدر الصورة.
_LABEL = re.compile(r"^(?:التعليق على الصورة|تعليق الصورة|شرح الصورة|الصورة|Image caption)\s*[،,:]\s*")
_CREDIT = re.compile(
    r"(?:^|(?<![\s.،|–—(\[-])[\s.،|–—(\[-]++)"
    r"((?:تصوير|عدسة|بعدسة|كاميرا|م?صدر الصورة|المصدر|الصورة من|صورة من|©|\(c\)|Photo|Image source|Credit)"
    r"(?:\s*[:،,/©|]|\s).{0,120})$",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"\s*+[-–|]?\s*+\(([^()]{2,40})\)\.?$|\s++[-–|/]\s*+([^-–|/()]{2,30})$")
_FILE = re.compile(
    r"^[\w\s%.-]{0,80}\.(?:jpe?g|png|gif|webp|svg|avif)$|^(?:img|dsc|image|photo|pic|logo)[\s_-]?\d*$", re.IGNORECASE
)
_CREDIT_CLASS = re.compile(r"credit|copyright|source|byline|photographer", re.IGNORECASE)
_EMOJI_CLASS = re.compile(r"emoji|smiley|icon|avatar|logo", re.IGNORECASE)


def describe(picture: HtmlElement) -> str:
    """Return the description of a picture, "" when it has none or it is a file's name."""
    text = tidy(" ".join((picture.get("alt") or "").split()))
    if _EMOJI_CLASS.search(picture.get("class") or "") or _FILE.match(text):
        return ""
    return text if any(map(str.isalnum, text)) else ""


def read_figure(
    captions: Sequence[str], credited: Sequence[str], descriptions: Sequence[str], agencies: frozenset[str]
) -> Figure:
    """Return a figure from its parts; a credit inside the caption is told from it."""
    caption = _LABEL.sub("", " ".join(captions))
    caption, credit = split_credit(caption, agencies)
    own = key(caption)
    alts = [alt for alt in dict.fromkeys(descriptions) if key(alt) and key(alt) != own]
    return Figure(caption, " ".join(filter(None, (credit, *credited))), " ".join(alts))


def split_credit(caption: str, agencies: frozenset[str]) -> tuple[str, str]:
    """Return a caption without the credit at its end, and the credit."""
    if match := _CREDIT.search(caption):
        return caption[: match.start()].rstrip(" (-–|[،"), match[1].rstrip(")]").strip()
    match = _AGENCY.search(caption)
    if match and key(match[1] or match[2]) in agencies:
        return caption[: match.start()].rstrip(), (match[1] or match[2]).strip()
    return caption, ""


def is_credit_element(node: HtmlElement) -> bool:
    """Return whether an element of a caption holds the credit."""
    return node.tag == "small" or _CREDIT_CLASS.search(node.get("class") or "") is not None


def tell_story(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with the pictures' words for the ear as well where they carry the story.

    They do when they are more than the running text, and sentences: in a photo story the captions, in an infographic
    the description.
    """
    figures = [block for block in blocks if isinstance(block, Figure) and has_arabic(block.words)]
    told = sum(count_words(figure.words) for figure in figures)
    running = sum(_words(block) for block in blocks)
    if not figures or told <= running or told < 6 * len(figures):
        return blocks
    return tuple(
        replace(block, sense="both") if isinstance(block, Figure) and has_arabic(block.words) else block
        for block in blocks
    )


def _words(block: Block) -> int:
    if isinstance(block, ListBlock):
        return sum(count_words(f"{item.title} {item.body}") for item in block.items)
    return count_words(block.text) if isinstance(block, Paragraph | Quote) else 0
