"""A line by itself as `make` would say it: lexicon, rules and marks, without an article around it.

What `say`, `normalise --diacritise` and `diacritise` print is what an edition says, the show's lexicon included.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from tts_news.arabic import ARABIC_WORD, bare, merge_marks
from tts_news.script.lexicon import Lexicon, load_lexicon, named
from tts_news.script.line_rules import restore_hamza, rules_for
from tts_news.script.pausal import pausal
from tts_news.script.reading import Reader, decided
from tts_news.script.settings import ScriptSettings


class Lines:
    """Reads lines one by one, for one voice.

    Raises:
        ScriptError: The lexicon does not hold, or the settings name no month names there are.
    """

    def __init__(self, settings: ScriptSettings, voice: str = "") -> None:
        lexicon = load_lexicon(Path(settings.lexicon) if settings.lexicon else None).for_voice(voice)
        self._lexicon = lexicon.for_places(())
        self._settings = settings
        self._reader = Reader(
            rules_for(settings.months),
            self._lexicon,
            on_unreadable=settings.on_unreadable,
            pausal_forms=False,
            restore=restore_hamza if settings.restore_hamza else None,
        )

    def vowelled(self, line: str) -> str:
        """Return the line as it is spoken, with all marks and case endings; "" when nothing in it can be said.

        Raises:
            ScriptError: An inline mark does not hold, or something cannot be read and the settings say stop.
        """
        from tts_news.script.diacritics import load

        _, sentences = self._reader.prepare(line)
        heard = decided([(self._reader, sentence) for sentence in sentences if not sentence.is_silent])
        marked = load().diacritise([self._reader.shown(sentence) for sentence in heard])
        return " ".join(map(self._reader.said, heard, marked))

    def spoken(self, line: str) -> str:
        """Return `vowelled` with the pausal forms that a voice is given, if the settings want them.

        Raises:
            ScriptError: As `vowelled`.
        """
        said = self.vowelled(line)
        return pausal(said) if self._settings.pausal_forms else said

    def sentences(self, line: str) -> Iterator[str]:
        """Yield the sentences of a line as `spoken` has them, each read when it is asked for.

        Raises:
            ScriptError: As `vowelled`, when that sentence is reached.
        """
        from tts_news.script.diacritics import load

        _, _, found = self._reader.begin(line)
        for sentence in found:
            if not sentence.is_silent:
                (heard,) = decided([(self._reader, sentence)])
                said = self._reader.said(heard, load().diacritise([self._reader.shown(heard)])[0])
                yield pausal(said) if self._settings.pausal_forms else said

    def diacritised(self, line: str) -> str:
        """Return the same letters with all marks and case endings: the lexicon's, where it only adds marks.

        Raises:
            ScriptError: The diacritisation model is not installed.
        """
        from tts_news.script.diacritics import load

        return with_terms(load().diacritise([line])[0], line, self._lexicon)


def with_terms(marked: str, written: str, lexicon: Lexicon) -> str:
    """Return a marked line with the terms of the lexicon said as it says; the author's marks and the letters stay."""
    spans = [found.span() for found in ARABIC_WORD.finditer(marked)]
    read = [marked[start:end] for start, end in spans]
    own = ARABIC_WORD.findall(unicodedata.normalize("NFC", written))
    letters = list(map(bare, read))
    if letters != list(map(bare, own)):
        return marked
    for match in lexicon.in_words(letters):
        first, last = match.first, match.last
        said = named(match, " ".join(read[first:last])).split(" ")
        together = marked[spans[first][0] : spans[last - 1][1]].split() == read[first:last]
        if together and list(map(bare, said)) == letters[first:last] == own[first:last]:
            read[first:last] = map(merge_marks, said, read[first:last])
    out, place = [], 0
    for (start, end), word in zip(spans, read, strict=True):
        out += [marked[place:start], word]
        place = end
    return "".join([*out, marked[place:]])
