"""Plain text whose lines were cut at a width (mail, PDF, typewriter): running heads out, lines joined to paragraphs.

A break is soft when the first word below it would not have fitted into the line above. A paragraph of joined lines ends
as a sentence does; lines of verse do not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from tts_news.arabic import count_words, has_arabic, is_closed, key, tidy
from tts_news.records import Dropped

_NARROWEST, _WIDEST = 30, 130
_FEWEST_BREAKS = 2
_PAGE = re.compile(r"^[-–—\s]*+(?:صفحة|ص|Page)?\s*+[.:]?\s*+[\d٠-٩]{1,4}(?:\s*(?:/|من|of)\s*[\d٠-٩]{1,4})?[-–—\s]*$")
_ISSUE = re.compile(r"العدد|السنة|صفحة|جريدة|صحيفة|مجلة|\d{1,2}/\d{1,2}/\d{4}")
_MARKED = re.compile(r"^\s*(?:[•●▪■◦‣·►▶✓✔❖◆#>|]|[-–—*+]\s|\(?[\d٠-٩]{1,3}\s*[.)\-–:]\s)")
_GOES_ON = re.compile(
    r"^(?:في|من|على|إلى|عن|بعد|قبل|مع|حتى|بين|خلال|ضد|منذ|لدى|نحو|أن|إن|التي|الذي|الذين)\s|^(?:بال|لل|وال|كال|فال)\w"
)
_HYPHENATED = re.compile(r"(?<=[A-Za-z])-$")


def reflow(text: str) -> tuple[str, tuple[Dropped, ...]]:
    """Return a text with its paragraphs on one line each, and the running heads and page numbers that went.

    Text that was not cut at a width comes back as it is.
    """
    lines = text.split("\n")
    width = _width(lines)
    if not width:
        return text, ()
    kept, dropped = _without_heads(lines)
    return "\n".join(_with_headline(_joined(kept, width), width)), dropped


def _with_headline(lines: Sequence[str], width: int) -> list[str]:
    """Return the lines with a headline of two on one: set in larger type it is cut at another width than the text.

    A line of two or three words below it may be the writer's name; one that begins with a preposition is none.
    """
    at = next((at for at, line in enumerate(lines) if tidy(line) and not _ISSUE.search(line)), len(lines))
    above, below, text = (tidy(line) for line in (*lines[at : at + 3], "", "", "")[:3])
    if not above or not text or is_closed(above) or is_closed(below) or count_words(above) < 4:
        return list(lines)
    if _GOES_ON.match(below) and len(below) < 0.8 * width <= len(text) and len(above) < 0.9 * width:
        return [*lines[:at], f"{above} {below}", *lines[at + 2 :]]
    return list(lines)


def _width(lines: Sequence[str]) -> int:
    """Return the width a text was cut at, 0 when it was not."""
    sizes = [len(tidy(line)) for line in lines]
    filled = sorted(size for size in sizes if size)
    if len(filled) < 3 or "\t" in "".join(lines):
        return 0
    widest = filled[-1]
    if not _NARROWEST <= widest <= _WIDEST:
        return 0
    soft = hard = 0
    for at in range(len(lines) - 1):
        above, below = tidy(lines[at]), tidy(lines[at + 1])
        if not above or not below or _MARKED.match(below) or _MARKED.match(above) or is_closed(above):
            continue
        if _is_soft(above, below, widest):
            soft += 1
        elif not _PAGE.match(above) and not _PAGE.match(below):
            hard += 1
    ended = any(is_closed(tidy(line)) for line in lines)
    return widest if soft >= _FEWEST_BREAKS and soft >= 1.5 * hard and ended else 0


def _is_soft(above: str, below: str, width: int) -> bool:
    """Return whether the first word below would not have fitted above; a tenth of the width is left to the typist."""
    first = below.split(" ", 1)[0]
    return len(above) + 1 + len(first) > 0.92 * width and count_words(above) >= 4


def _without_heads(lines: Sequence[str]) -> tuple[list[str], tuple[Dropped, ...]]:
    """Return the lines without page numbers inside the text and the running heads beside them."""
    counts = Counter(key(line) for line in lines if tidy(line))
    first = next((at for at, line in enumerate(lines) if is_closed(tidy(line))), len(lines))
    out: dict[int, str] = {}
    for at in range(first, len(lines)):
        if not _PAGE.match(lines[at]) or not tidy(lines[at]):
            continue
        out[at] = "page number"
        for near in (at - 1, at + 1):
            if 0 <= near < len(lines) and _is_head(lines[near], counts):
                out[near] = "running head"
    out |= {at: "running head" for at, line in enumerate(lines) if counts[key(line)] >= 3 and _is_head(line, counts)}
    dropped = tuple(Dropped(tidy(lines[at]), reason) for at, reason in sorted(out.items()))
    return [line for at, line in enumerate(lines) if at not in out], dropped


def _is_head(line: str, counts: Counter[str]) -> bool:
    own = tidy(line)
    if not own or is_closed(own) or count_words(own) > 8 or not has_arabic(own):
        return False
    return _ISSUE.search(own) is not None or counts[key(own)] >= 2


def _joined(lines: Sequence[str], width: int) -> list[str]:
    """Return the lines with soft breaks undone; where empty lines part the paragraphs, a full stop does not."""
    parted = _are_parted(lines)
    joined: list[str] = []
    last = ""
    for line in lines:
        own = tidy(line)
        soft = bool(own and last) and not _MARKED.match(line) and _is_soft(last, own, width)
        soft = soft and not _MARKED.match(last) if soft else False
        if soft and (parted or not is_closed(last)):
            joined[-1] = f"{_HYPHENATED.sub('', joined[-1])}{'' if _HYPHENATED.search(joined[-1]) else ' '}{own}"
        else:
            joined.append(line)
        last = own
    return joined


def _are_parted(lines: Sequence[str]) -> bool:
    """Return whether empty lines part the paragraphs of a text: below its headline there are some."""
    filled = [at for at, line in enumerate(lines) if tidy(line)]
    gaps = sum(below - above > 1 for above, below in pairwise(filled))
    return gaps >= 2 or (gaps == 1 and len(filled) <= 12)
