"""What lands on the clipboard when a reader marks a whole page and copies it, in the manner of two browsers.

Firefox keeps bullets, numbers and indents; Chrome prints one item a line and no marks. Paragraphs, headings and lists
are parted by an empty line, other blocks by a line break; inline elements are glued as they stand.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement, document_fromstring

_AIRY = frozenset("p h1 h2 h3 h4 h5 h6 ul ol blockquote figure dl form table".split())
_BLOCK = _AIRY | frozenset("div section article header footer nav main aside li figcaption tr body html dt dd".split())
_UNSEEN = frozenset("script style head title meta link img textarea button noscript".split())


def copy_page(html: str, *, marks: bool) -> str:
    """Return the page as copied text; `marks` keeps bullets and numbers, as Firefox does."""
    out: list[str] = []
    _print(document_fromstring(html), out, marks, 0)
    text = "".join(out)
    lines = [re.sub(r"[ \t\xa0]+$", "", line) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _print(node: HtmlElement, out: list[str], marks: bool, depth: int) -> None:
    tag = node.tag
    if not isinstance(tag, str) or tag in _UNSEEN:
        return
    if tag == "br":
        out.append("\n")
        return
    gap = "\n\n" if tag in _AIRY and not (tag in ("ul", "ol") and depth) else "\n" if tag in _BLOCK else ""
    _break(out, gap)
    if tag in ("ul", "ol"):
        depth += 1
    if tag == "li" and marks:
        parent = node.getparent()
        ordered = parent is not None and parent.tag == "ol"
        number = 1 + sum(1 for _ in node.itersiblings("li", preceding=True))
        out.append("    " * (depth - 1) + (f"  {number}. " if ordered else "  • "))
    _text(node.text, out)
    for child in node:
        _print(child, out, marks, depth)
        _text(child.tail, out)
    _break(out, gap)


def _break(out: list[str], gap: str) -> None:
    if not gap or not out:
        return
    tail = "".join(out[-4:])
    have = len(tail) - len(tail.rstrip("\n"))
    if not tail.rstrip(" \n•0123456789.").strip("\n") and not tail.endswith("\n") and tail.strip():
        return  # directly behind a list mark
    out.append("\n" * max(0, len(gap) - have))


def _text(text: str | None, out: list[str]) -> None:
    if text and (flat := re.sub(r"\s+", " ", text)):
        if flat == " " and (not out or out[-1].endswith("\n")):
            return
        out.append(flat.lstrip() if out and out[-1].endswith("\n") else flat)
