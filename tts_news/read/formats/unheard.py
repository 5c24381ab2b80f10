"""What stands in an office program's file and is not read: in the ledger, and confidential words no further than that.

A ledger is published with its edition. Headers and footers are on paper for everyone; comments, deleted and hidden text
are between editors: that they were there is said, and how many words they have, but not the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from tts_news.arabic import count_words, tidy
from tts_news.records import Dropped

Secret = Literal["comments", "deleted text", "hidden text"]


@dataclass(slots=True)
class Unheard:
    """What one document holds besides its text."""

    margins: list[str] = field(default_factory=list)
    secrets: dict[Secret, int] = field(default_factory=dict)

    def keep_back(self, kind: Secret, text: str) -> None:
        """Count the words of a comment, of deleted or of hidden text."""
        self.secrets[kind] = self.secrets.get(kind, 0) + count_words(text)

    def set_aside(self, lines: Iterable[str]) -> None:
        """Note the lines of a header or footer, each once."""
        self.margins += [line for text in lines if any(map(str.isalnum, line := tidy(" ".join(text.split()))))]

    def dropped(self) -> tuple[Dropped, ...]:
        """Return it as what was left out."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Dropped]:
        yield from (Dropped(line, "header or footer of the page") for line in dict.fromkeys(self.margins))
        for kind, words in self.secrets.items():
            if words:
                yield Dropped(f"{words} words", f"{kind} of the document, not repeated here")
