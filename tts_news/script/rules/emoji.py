"""Emoji and other pictures are not said."""

from __future__ import annotations

from typing import Final

from tts_news.patterns import lazy

_PICTURES: Final = (
    "\U0001f000-\U0001faff\U0001fb00-\U0001fbff\u2600-\u26ff\u2700-\u2712\u2714-\u2716\u2718-\u27bf\u2b00-\u2bff"
    "\u2300-\u23ff\u2900-\u297f\u25a0-\u25ff\u2500-\u259f\u3030\u303d\u3297\u3299\u20e3\u2190-\u21ff\u27f0-\u27ff"
)
_KEYCAP: Final = lazy("(?P<key>[0-9#*])\u20e3", needs="\u20e3")
_EMOJI: Final = lazy(f"[ ]?[{_PICTURES}]+")
_SMILEY: Final = lazy(r"(?<![^\s])(?::-?[)(DPp]|;-?\)|<3|:'\(|xD|XD)(?![^\s.،؟!])", needs="()DPp3")


def apply(text: str) -> str:
    """The text without emoji, arrows, boxes and smileys; a keycap keeps its digit."""
    if not text.isascii():
        text = _EMOJI.sub("", _KEYCAP.sub(r"\g<key>", text))
    return _SMILEY.sub("", text)
