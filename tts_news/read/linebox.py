"""The text between two block elements: pieces between line breaks, and which words of them are links or in bold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tts_news.arabic import count_words, ends_sentence, tidy

_BULLET = re.compile(r"^\s*(?:[•●▪■◦‣·►▶✓✔✅❖◆]|[-–—*]\s|[\d٠-٩]{1,2}\s*[-.)–]\s*[^\d٠-٩\s])")

_FEWEST_VERSES = 3
_LONGEST_VERSE = 8

Piece = list[tuple[str, bool, bool]]
"""(text, in a link, in bold) one after another."""


@dataclass(slots=True)
class LineBox:
    """Text of one line box: pieces between line breaks."""

    pieces: list[Piece] = field(default_factory=lambda: [[]])
    double: set[int] = field(default_factory=set)

    def add(self, text: str | None, link: bool, bold: bool) -> None:
        """Append text to the piece that is open."""
        if text:
            self.pieces[-1].append((text, link, bold))

    def line_break(self) -> None:
        """Begin another piece, or note that two breaks stand in a row."""
        if not "".join(text for text, *_ in self.pieces[-1]).strip():
            self.double.add(len(self.pieces) - 1)
            return
        self.pieces.append([])

    @property
    def before(self) -> str:
        """The end of what stands in the open piece, enough to judge what follows by."""
        return "".join(text for text, *_ in self.pieces[-1][-4:])[-60:]

    def clear(self) -> None:
        """Begin anew."""
        self.pieces, self.double = [[]], set()

    def short_lines(self) -> list[str]:
        """Return the pieces when each is as short as a line of verse and none but the last ends a sentence, else []."""
        if len(self.pieces) < _FEWEST_VERSES:
            return []
        lines = [line for piece in self.pieces if (line := flat(piece)) and any(map(str.isalnum, line))]
        short = all(count_words(line) <= _LONGEST_VERSE and not line.endswith((":", "؛")) for line in lines)
        if not short or any(line.endswith(".") for line in lines[:-1]) or any(map(_BULLET.match, lines)):
            return []
        figured = sum(any(map(str.isdigit, line)) for line in lines)
        enough = len(lines) >= _FEWEST_VERSES and count_words(" ".join(lines)) >= 2 * len(lines)
        return lines if enough and not figured else []

    def lines(self) -> list[tuple[str, int, int]]:
        """Return (text, words in links, words in bold) for each line that the breaks make.

        A break after a finished sentence, two breaks in a row, and one before a bullet part paragraphs; any other
        is a soft wrap.
        """
        if len(self.pieces) == 1:
            piece = self.pieces[0]
            text = flat(piece) if piece else ""
            return [(text, words_in(piece, 1), words_in(piece, 2))] if text else []
        joined: list[Piece] = []
        ends = ""
        for at, piece in enumerate(self.pieces):
            text = flat(piece)
            if not any(map(str.isalnum, text)):  # «* * *» parts paragraphs
                ends = "." if text else ends
                continue
            if not joined or at in self.double or ends_sentence(ends) or _BULLET.match(text):
                joined.append(list(piece))
            else:
                joined[-1].append((" ", False, False))
                joined[-1].extend(piece)
            ends = text
        return [(flat(piece), words_in(piece, 1), words_in(piece, 2)) for piece in joined]


def flat(piece: Sequence[tuple[str, bool, bool]]) -> str:
    """Return a piece as one line."""
    text = "".join([part[0] for part in piece]) if len(piece) > 1 else piece[0][0] if piece else ""
    return tidy(line) if (line := " ".join(text.split())) else ""


def words_in(piece: Sequence[tuple[str, bool, bool]], which: int) -> int:
    """Return how many words of a piece are in links (1) or in bold (2)."""
    return sum([count_words(part[0]) for part in piece if part[which]])


def item_parts(inline: LineBox) -> tuple[str, str, int, int]:
    """Return title, text, words in links and words in bold of an item.

    The page sets a title apart by bold type with a colon or a line break behind it.
    """
    lined = [(piece, line) for piece in inline.pieces if (line := flat(piece))]
    if not lined:
        return "", "", 0, 0
    pieces = [piece for piece, _ in lined]
    links = sum(words_in(piece, 1) for piece in pieces)
    bolds = sum(words_in(piece, 2) for piece in pieces)
    first = lined[0][1]
    rest = " ".join(line for _, line in lined[1:])
    short = count_words(first) <= 12 and not first.endswith((".", "،", "؛"))
    if rest and short and (first.endswith(":") or words_in(pieces[0], 2) == count_words(first)):
        return first.rstrip(" :："), rest, links, bolds
    lead = ""
    for text, _, bold in pieces[0]:
        if not bold and text.strip():
            break
        lead += text
    title = tidy(" ".join(lead.split()))
    body = tidy(" ".join(f"{first} {rest}".split()))
    if title and body.startswith(title) and count_words(title) <= 12:
        after = body[len(title) :].lstrip()
        if title.endswith(":") or after.startswith((":", "–", "-", "—")):
            return title.rstrip(" :："), after.lstrip(" :–-—"), links, bolds
    return "", body, links, bolds
