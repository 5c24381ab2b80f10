"""HTML that came along with pasted text: entities become characters, tags go."""

from __future__ import annotations

import html
import re
from typing import Final

from tts_news.patterns import lazy

_ENTITY: Final = lazy(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LEFT_OVER: Final = lazy(
    r"(?<![A-Za-z0-9&])(?P<name>quot|amp|nbsp|lt|gt|apos|laquo|raquo|ldquo|rdquo|lsquo|rsquo|hellip|ndash|mdash|rlm|lrm|zwnj|zwj);"
)
"""quot; of an entity whose & was lost on the way."""

_HIDDEN: Final = lazy(r"<(script|style)\b[^<>]{0,500}>[^<]{0,20000}</\1\s{0,5}>", re.IGNORECASE)
_COMMENT: Final = lazy(r"<!--[^<>]{0,5000}-->")
_TAG: Final = lazy(r"</?([A-Za-z][A-Za-z0-9]{0,15})(?:\s[^<>]{0,2000})?/?>")
_INLINE: Final = frozenset(
    ["a", "abbr", "b", "bdi", "bdo", "em", "font", "i", "ins", "mark", "small", "span", "strong", "u", "wbr"]
)
_SUPERSCRIPT: Final = lazy(r"<sup>\s{0,3}([23])\s{0,3}</sup>", re.IGNORECASE)


def _tag(match: re.Match[str]) -> str:
    # An inline tag may stand inside a word (<b>ال</b>كتاب); any other tag ends one.
    return "" if match[1].lower() in _INLINE else " "


def apply(text: str) -> str:
    """The text without HTML entities, tags, comments, scripts and style sheets."""
    # Twice: feeds often escape text that was escaped before (&amp;nbsp;).
    for _ in range(2):
        if "&" in text:
            text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    if ";" in text:
        text = _LEFT_OVER.sub(lambda match: html.unescape(f"&{match['name']};"), text)
    if "<" not in text:
        return text
    text = _SUPERSCRIPT.sub(lambda match: "²" if match[1] == "2" else "³", text)
    text = _COMMENT.sub(" ", _HIDDEN.sub(" ", text))
    return _TAG.sub(_tag, text)
