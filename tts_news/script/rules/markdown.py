"""Markdown that came along with pasted text: the marks go, the words stay, and a line of marks alone is silence.

A heading is `#` with a space behind it at the head of a line; `#word` is a hashtag, which `web` reads.
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.patterns import lazy

_DEFINITION: Final = lazy(r"^\s{0,3}\[[^\[\]]{1,40}\]:\s{0,3}(?:<[^<>]{1,2000}>|https?://\S{1,2000}).{0,200}$")
_RULER: Final = lazy(r"^[\s*_=~+|:-]{3,400}$")
_FENCE: Final = lazy(r"^\s{0,3}(?:`{3,}|~{3,})\s{0,3}[A-Za-z0-9_+-]{0,20}\s{0,3}$")
_HEADING: Final = lazy(r"^\s{0,3}#{1,6}[ \t]{1,8}(?=\D)(?P<text>.{0,2000}?)[ \t]{0,8}#{0,12}\s{0,8}$")
_QUOTED: Final = lazy(r"^\s{0,3}(?:>[ \t]?){1,6}(?=\S)(?![ ]?[0-9])")
_BULLET: Final = lazy(r"^\s{0,8}[*+-][ \t]{1,4}(?=[^\s0-9])(?:\[[ xX]\][ \t]{1,4})?")
_IMAGE: Final = lazy(r"!\[(?P<text>[^\[\]]{0,400})\]\([^()\s]{1,2000}(?:[ ]\"[^\"]{0,200}\")?\)")
_LINK: Final = lazy(r"\[(?P<text>[^\[\]]{1,400})\]\([^()\s]{1,2000}(?:[ ]\"[^\"]{0,200}\")?\)")
_MARKED: Final = lazy(
    r"(?P<mark>\*\*\*|\*\*|==|~~|(?<!`)`{1,3}(?!`)|__)(?=[^\s*=~`_])(?P<text>[^*=~`\n]{1,1000}?)(?<=[^\s*=~`_])(?P=mark)"
)
_ONE: Final = lazy(r"(?<![\w*_])(?P<mark>[*_])(?=[^\s*_])(?P<text>[^*_\n]{1,1000}?)(?<=[^\s*_])(?P=mark)(?![\w*_])")
_ROW: Final = lazy(r"^\s{0,3}\|(?P<cells>[^\n]{1,4000})\|\s{0,3}$")
_MAY_HOLD: Final = lazy(r"[*_=~`|]|^\s{0,3}[#>+-]|\]\(|^\s{0,3}\[|^\s{0,8}[*+-][ \t]", needs="*_=~`|#>+-[]")


def _row(match: re.Match[str]) -> str:
    return "، ".join(cell.strip() for cell in match["cells"].split("|") if cell.strip(" :-"))


def apply(text: str) -> str:
    """The text without the marks of Markdown: their words are said, what only draws is not."""
    if not _MAY_HOLD.search(text):
        return text
    if _RULER.match(text) or _FENCE.match(text) or _DEFINITION.match(text):
        return ""
    text = _BULLET.sub("", _QUOTED.sub("", _HEADING.sub(r"\g<text>", text)))
    if "](" in text:
        text = _LINK.sub(r"\g<text>", _IMAGE.sub(r"\g<text>", text))
    text = _ONE.sub(r"\g<text>", _MARKED.sub(r"\g<text>", text))
    return _ROW.sub(_row, text)
