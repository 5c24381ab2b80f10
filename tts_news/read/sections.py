"""Category lines: names of news sections, one by one, with separators, or glued together as pages print them."""

from __future__ import annotations

import re

from tts_news.arabic import count_words, key, tidy
from tts_news.read import boilerplate

_SEPARATOR = re.compile(r"\s*[/|,،>»›·•؛\\]\s*|\s+[-–—]\s+")
# Joins that no Arabic word has inside it: letters after ة or ى, a hamza seat after alef, the article after ء.
_SEAM = re.compile("(?<=[ةى])(?=[\u0620-\u064a])|(?<=ا)(?=[أإآ])|(?<=ء)(?=ال)")
_SAME = str.maketrans("أإآٱىةکی", "اااايهكي")
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")
_LONGEST_NAME = 28
_BEFORE = re.compile(r"^([^\W\d_]{3,12})\s+/\s+(?=\S+\s+\S+\s+\S)")


def split_section(title: str) -> tuple[str, str]:
    """Return the section that a press agency sets before its headline («عام / …», «رياضي / …»), and the headline.

    A section's name is an adjective or a noun by itself; «مصر / السودان: …» names two sides.
    """
    match = _BEFORE.match(title)
    if (
        match is None
        or not _is_section(match[1])
        or _is_section(title[match.end() :].split(maxsplit=1)[0].rstrip(":،"))
    ):
        return "", title
    return match[1], title[match.end() :]


def _is_section(word: str) -> bool:
    own = key(word)
    names = boilerplate.load().sections
    return own == key("عام") or any(name in names for name in (own, f"{own}ه", f"{own}ة", f"ال{own}"))


def split_categories(text: str, names: frozenset[str], headline: str = "") -> tuple[str, ...]:
    """Return the section names a line is made of; () when it is anything else.

    Args:
        text: The line.
        names: Keys of known section names.
        headline: When the last part of a breadcrumb is the headline, it is left out.
    """
    line = _MARKS.sub("", tidy(text))
    if not line or len(line) > 200:
        return ()
    if found := _segment(line, names):
        return found
    parts = [part for part in _SEPARATOR.split(line) if part]
    crumb_of_headline = bool(headline) and len(parts) > 1 and key(parts[-1]) == key(headline)
    if crumb_of_headline:
        parts = parts[:-1]
    flat = tuple(name for part in parts for name in (_segment(part, names) or (part,)))
    known = sum(key(name) in names for name in flat)
    if len(flat) > 1 or crumb_of_headline:
        short = all(count_words(name) <= 4 for name in flat)
        return flat if short and known and not line.endswith((".", "؟", "!", ":")) else ()
    seams = tuple(part for part in _SEAM.split(line) if part)
    if len(seams) > 1 and len(line.split()) <= 6 and any(key(part) in names for part in seams):
        return seams
    return ()


def _segment(line: str, names: frozenset[str]) -> tuple[str, ...]:
    """Return the line cut into known names, longest first, with nothing left over; () when that cannot be done."""
    flat = line.translate(_SAME).lower()
    dead: set[int] = set()
    found: list[str] = []

    def walk(at: int) -> bool:
        while at < len(flat) and flat[at] in " /|,،>»›·•-–—":
            at += 1
        if at == len(flat):
            return True
        if at in dead or len(found) > 12:
            return False
        for length in range(min(_LONGEST_NAME, len(flat) - at), 1, -1):
            name = flat[at : at + length]
            if key(name) in names and name == name.strip():
                found.append(line[at : at + length])
                if walk(at + length):
                    return True
                found.pop()
        dead.add(at)
        return False

    return tuple(found) if walk(0) else ()
