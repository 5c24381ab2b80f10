"""How a sentence is read: inline marks, lexicon, rules, diacritics, pausal forms, in that order.

`Reader.prepare` does what needs no model, for a whole text; then all sentences of an edition go to the diacritiser at
once; `Reader.finish` puts the marks on and cuts the sentence into what is said in one breath.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from tts_news.arabic import ARABIC_WORD, LETTERS, PAUSES, bare, clusters, count_letters, word_spans, words
from tts_news.errors import ScriptError
from tts_news.frozen import dataclass
from tts_news.patterns import lazy
from tts_news.script.author_marks import given_marks
from tts_news.script.cases import ask, close_with_places, read_cases
from tts_news.script.doubts import Origin, Word, doubts_of, heard_rules, holds_latin
from tts_news.script.holds import Held, Hold, Holds
from tts_news.script.letter_names import marked_letter, spelt_acronyms, spelt_codes
from tts_news.script.lexicon import Lexicon, Match, attach, named
from tts_news.script.markup import Marked, Span, parse_markup
from tts_news.script.number_marks import mark_numbers
from tts_news.script.pausal import pausal
from tts_news.script.rules import glosses
from tts_news.script.rules.grammar import Case
from tts_news.script.rules.latin import foreign_words
from tts_news.script.rules.nouns import STAND_IN
from tts_news.script.rules.undecided import is_open, nominative
from tts_news.script.rules.unreadable import Settled, settle
from tts_news.script.say_as import say_as
from tts_news.script.segment import pieces, sentences
from tts_news.script.settings import Unreadable

MAX_WORD_LETTERS = 30
"""A longer word is no Arabic word (the longest have about twenty letters): it is said in parts of this length."""

_GIANT = lazy(rf"[{LETTERS}]{{{MAX_WORD_LETTERS}}}(?=[{LETTERS}])")
_LATIN_WORDS = lazy(r"[A-Za-z\u00c0-\u024f]{2,}(?:[ '&.-]{1,3}[A-Za-z\u00c0-\u024f]+|-?\d+(?!\d*[%.,]))*")
_SPACES = lazy(r"\s+")
_SUKUN = "\u0652"
_OPEN = frozenset("اىةهوي")
"""Letters that a foreign word may end in as a vowel."""
_NOTHING = "()"
"""What the rules see of a gloss: it keeps its place in the text and is not said."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a sentence that is read without a break.

    Attributes:
        written: What the reader sees.
        said: The written words as the rules read them, no marks, stand-ins for what was held back; "" when foreign.
            Numbers are open in it until `Reader.decided`.
        given: Marks the author wrote: (place among the words of `said`, the marked word).
        language: BCP 47 tag; anything but "ar" is said as it is written.
        pause_s: Silence after it that the author asked for; None leaves it to the role.
        text: `written` with stand-ins in it and with the letters of `respelt`.
        edits: The stand-ins as (start, end) in `text` and (start, end) in `written`.
        whole: Ranges of `text` that no cut may fall into.
        dropped: What no voice can say and the settings say to leave out.
        glosses: What stands for the eye alone (glosses.find) and is not said.
        respelt: Words whose hamza, ة or ي the author left out, each as written and as it is said.
        cases: What the sentence told: (place among the words of `said` of a number's first word, its case).
    """

    written: str
    said: str = ""
    given: tuple[tuple[int, str], ...] = ()
    language: str = "ar"
    pause_s: float | None = None
    text: str = ""
    edits: tuple[tuple[int, int, int, int], ...] = ()
    whole: tuple[tuple[int, int], ...] = ()
    dropped: tuple[str, ...] = ()
    glosses: tuple[str, ...] = ()
    respelt: tuple[tuple[str, str], ...] = ()
    cases: tuple[tuple[int, Case], ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A written sentence and the parts it is read in."""

    written: str
    segments: tuple[Segment, ...]

    @property
    def is_silent(self) -> bool:
        """Whether the rules left nothing to be said: a line of asterisks, an emoji, a bare address."""
        return not any(segment.said.strip(PAUSES + " ") or segment.language != "ar" for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Said:
    """What becomes one cue: `after` is what the cue ends at, `pause_s` a silence the author asked for."""

    written: str
    spoken: str
    after: str
    """"sentence", "comma" or "breath"."""
    pause_s: float | None = None
    language: str = "ar"
    words: tuple[Word, ...] = ()
    """How sure each word of `spoken` is; () where nobody asked."""
    rules: tuple[str, ...] = ()
    latin: bool = False


class Reader:
    """Reads the sentences of one article."""

    def __init__(
        self,
        rules: Callable[[str], str],
        lexicon: Lexicon,
        *,
        on_unreadable: Unreadable = "auto",
        pausal_forms: bool = True,
        languages: Collection[str] = (),
        latin_language: str = "",
        restore: Callable[[str], str] | None = None,
        trace: Callable[[str], tuple[str, ...]] | None = None,
    ) -> None:
        self._rules = rules
        self._trace = trace
        # Terms and acronyms come again and again.
        self._alone = lru_cache(maxsize=1024)(lambda text: nominative(rules(text)))
        self._lexicon = lexicon
        self._policy = on_unreadable
        self._pausal = pausal_forms
        self._restore = restore
        self._languages = languages
        self._latin = latin_language.lower() if latin_language.partition("-")[0].lower() in languages else ""
        self._holds = Holds()
        self._settled: dict[str, Settled] = {}

    def prepare(self, text: str, *, undivided: bool = False) -> tuple[float, list[Sentence]]:
        """Return the pause the author asked for before anything is said, and the sentences of a text.

        Args:
            text: As its author wrote it, with inline marks.
            undivided: Whether it is one sentence whatever stops stand in it, as a headline is.

        Raises:
            ScriptError: An inline mark does not hold, or there is something that cannot be read and stops the press.
        """
        early_s, _, found = self.begin(text, undivided=undivided)
        return early_s, list(found)

    def begin(self, text: str, *, undivided: bool = False) -> tuple[float, int, Iterator[Sentence]]:
        """Return the pause of `prepare`, how many sentences there are, and each of them read when it is asked for.

        Raises:
            ScriptError: As `prepare`; what cannot be read stops the press when its sentence is reached.
        """
        marked = self._with_latin(parse_markup(unicodedata.normalize("NFC", text)))
        whole = [(span.start, span.end) for span in marked.spans if span.kind != "pause"]
        pauses = [span for span in marked.spans if span.kind == "pause"]
        early = [span for span in pauses if not marked.plain[: span.start].strip()]
        found = sentences(marked.plain, [(0, len(marked.plain))] if undivided else whole)
        ends = [*(start for start, _ in found), len(marked.plain) + 1][1:]
        read = (
            Sentence(
                marked.plain[start:end],
                tuple(self._segment(marked, *part) for part in self._parts(marked, start, end, until)),
            )
            for (start, end), until in zip(found, ends, strict=True)
        )
        return sum(span.pause_s for span in early), len(found), read

    def _with_latin(self, marked: Marked) -> Marked:
        """Give words in Latin letters to the voice of their language, but for terms of the lexicon."""
        if not self._latin:
            return marked
        ranges = _Ranges(len(marked.plain))
        for left, right in [(span.start, span.end) for span in marked.spans]:
            ranges.take(left, right)
        for left, right, _ in (*self._lexicon.in_text(marked.plain), *glosses.find(marked.plain)):
            ranges.take(left, right)
        found = [match.span() for match in _LATIN_WORDS.finditer(marked.plain)]
        spans = [Span("lang", left, right, self._latin) for left, right in found if ranges.take(left, right)]
        return Marked(marked.plain, tuple(sorted((*marked.spans, *spans), key=lambda span: (span.start, span.end))))

    def shown(self, sentence: Sentence) -> str:
        """Return the sentence as the diacritiser is to see it: one line, the author's marks in it."""
        lines = []
        for segment in sentence.segments:
            forms = [self._show(word) for word in words(segment.said)]
            for place, word in segment.given:
                forms[place] = word
            lines.append(_rendered(segment.said, forms))
        return " ".join(filter(None, lines))

    def asked(self, sentence: Sentence) -> str:
        """Return the sentence as `cases.read_cases` takes it; "" when the cases of all its numbers are certain."""
        if not any(is_open(segment.said) for segment in sentence.segments):
            return ""
        return " ".join(filter(None, map(self._asked, sentence.segments)))

    def _asked(self, segment: Segment) -> str:
        forms = dict(enumerate(map(self._show, words(nominative(segment.said)))))
        return ask(segment.said, forms | dict(segment.given))

    def decided(self, sentence: Sentence, cases: Iterable[Case]) -> Sentence:
        """Return the sentence with its open numbers in the cases that were read in `asked(sentence)`."""
        one_by_one = iter(cases)
        closed = [close_with_places(each.said, one_by_one) for each in sentence.segments]
        segments = zip(sentence.segments, closed, strict=True)
        return replace(
            sentence,
            segments=tuple(replace(each, said=said, cases=tuple(told.items())) for each, (said, told) in segments),
        )

    def finish(
        self, sentence: Sentence, marked: str, limit: int, *, goes_on: bool = False, leads: Sequence[float] = ()
    ) -> list[Said]:
        """Return the cues of a sentence, given what the diacritiser made of `shown(sentence)`.

        Args:
            sentence: One that `prepare` returned.
            marked: Its words with their marks.
            limit: The most letters that the voice takes at once.
            goes_on: Whether the next line goes on with it: its last comma is heard as one.
            leads: How sure the marks of each word are (`diacritiser.Weighed`); () if nobody wants to know.

        Raises:
            ScriptError: The diacritiser changed the words, or what is to be said for a term is too long for the voice.
        """
        if bare(marked) != bare(self.shown(sentence)):
            raise ScriptError(f"the diacritiser changed the words of «{sentence.written}»", hint="please report it")
        read, sure = words(marked), list(leads)
        cues: list[Said] = []
        for segment in sentence.segments:
            if segment.language != "ar":
                cues.append(Said(segment.written, segment.written, "breath", segment.pause_s, segment.language))
                continue
            forms = self._forms(segment, read)
            said = self._cues(segment, forms, limit)
            cues += self._weighed(segment, forms, said, sure) if leads else said
        cues = _with_silent_parts(cues)
        _check(sentence, cues, max(limit, MAX_WORD_LETTERS))
        last = cues[-1]
        # A comma at the end of an item or line promises more: the voice is to come down there.
        if goes_on:
            spoken = last.spoken[:-1] + "،" if last.language == "ar" and last.spoken.endswith(".") else last.spoken
            return [*cues[:-1], replace(last, spoken=spoken, after="comma")]
        spoken = last.spoken[:-1] + "." if last.language == "ar" and last.spoken.endswith("،") else last.spoken
        return [*cues[:-1], replace(last, spoken=spoken, after="sentence")]

    def said(self, sentence: Sentence, marked: str) -> str:
        """Return a sentence as it is spoken, uncut and without pausal forms, given its `shown` with marks."""
        read = words(marked)
        return " ".join(
            _rendered(segment.said, self._forms(segment, read)) if segment.language == "ar" else segment.written
            for segment in sentence.segments
        )

    # what needs no model

    def _parts(self, marked: Marked, start: int, end: int, until: int) -> Iterator[tuple[int, int, str, float | None]]:
        """Yield (start, end, language, pause after) for each part of a sentence; `until`: where the next begins."""
        inside = [span for span in marked.within(start, until) if span.start < until]
        foreign = {
            span.start: span for span in inside if span.kind == "lang" and span.value.split("-")[0] in self._languages
        }
        cuts = {start, end}
        cuts.update(place for span in foreign.values() for place in (span.start, span.end))
        pauses = [span for span in inside if span.kind == "pause" and span.start > start]
        cuts.update(span.start for span in pauses if span.start < end)
        edges = [place for place in sorted(cuts) if start <= place <= end]
        parts: list[tuple[int, int, str]] = []
        for left, right in pairwise(edges):
            language = foreign[left].value if left in foreign else "ar"
            if parts and not any(c.isalnum() for c in marked.plain[left:right]):
                parts[-1] = (parts[-1][0], right, parts[-1][2])
            else:
                parts.append((left, right, language))
        starts = [left for left, _, _ in parts]
        asked: dict[int, float] = defaultdict(float)
        for span in pauses:
            asked[max(0, bisect_right(starts, span.start - 1) - 1)] += span.pause_s
        for place, (left, right, language) in enumerate(parts):
            yield left, right, language, asked.get(place)

    def _segment(self, marked: Marked, start: int, end: int, language: str, pause_s: float | None) -> Segment:
        written = marked.plain[start:end]
        start += len(written) - len(written.lstrip())
        written = written.strip()
        if language != "ar":
            return Segment(written, language=language, pause_s=pause_s)
        spans = marked.within(start, start + len(written))
        text, edits = self._held_back(written, start, [span for span in spans if span.kind in {"say", "as"}])
        text, respelt = self._respelt(text)
        settled = self._settle(text)
        if settled.stops:
            raise ScriptError(
                f"«{written}»: cannot read «{settled.stops[0].text.strip()}» aloud",
                hint="give it in the lexicon or by <sub alias>, or say --on-unreadable skip or spell",
            )
        said = settled.text
        dropped = tuple(span.text.strip() for span in settled.dropped)
        given, names = tuple(given_marks(text, nominative(said))), tuple(self._names(text))
        unsaid = tuple(name for _, _, name in glosses.find(written))
        return Segment(written, said, given, language, pause_s, text, edits, names, dropped, unsaid, respelt)

    def _respelt(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Return a text with the hamzas its author left out, and the words that changed; no place in it moves."""
        restored = self._restore(text) if self._restore else text
        if restored == text:
            return text, ()
        pairs = zip(words(text), words(restored), strict=True)
        return restored, tuple(dict.fromkeys((bare(was), bare(now)) for was, now in pairs if was != now))

    def _held_back(
        self, written: str, start: int, spans: Sequence[Span]
    ) -> tuple[str, tuple[tuple[int, int, int, int], ...]]:
        """Return the text with stand-ins for marked words and for terms the rules must not see, and where they are."""
        swaps = [(span.start - start, span.end - start, self._marked_word(written, start, span)) for span in spans]
        ranges = _Ranges(len(written))
        for left, right, _ in swaps:
            ranges.take(left, right)
        for left, right, _ in glosses.find(written):
            if ranges.take(left, right):
                swaps.append((left, right, _NOTHING))
        for left, right, match in self._lexicon.in_text(written):
            if ranges.take(left, right):
                swaps.append((left, right, match.prefix + self._term(match, written[left:right])))
        spelt = (*spelt_codes(written, self._alone), *spelt_acronyms(written, self._alone))
        for left, right, spoken in spelt:
            if ranges.take(left, right):
                swaps.append((left, right, self._holds.stand_in(Hold(spoken, bare(spoken)))))
        out: list[str] = []
        edits = []
        length = place = 0
        for left, right, word in sorted(swaps):
            out += [written[place:left], word]
            length += left - place
            edits.append((length, length + len(word), left, right))
            length += len(word)
            place = right
        out.append(written[place:])
        return "".join(out), tuple(edits)

    def _marked_word(self, written: str, start: int, span: Span) -> str:
        if span.kind == "as":
            spoken = say_as(span.value, written[span.start - start : span.end - start], self._alone)
        else:
            spoken = span.value
        plain = self._alone(bare(spoken)).strip(PAUSES + " ")
        # Marks hold only where the rules left the letters as they were written.
        return self._holds.stand_in(Hold(spoken if bare(spoken) == plain else plain, plain))

    def _term(self, match: Match, found: str) -> str:
        entry = match.entry
        plain = bare(entry.spoken)
        shown = plain
        if plain != entry.spoken:
            # What the model sees does not hang on the lexicon, so that a new pronunciation changes this term alone.
            read = self._alone(bare(found)).strip(PAUSES + " ")
            shown = read if ARABIC_WORD.fullmatch(read.replace(" ", "")) else plain
        return self._holds.stand_in(Hold(entry.spoken, shown), entry.gender)

    def _settle(self, text: str) -> Settled:
        """Return the text as the rules read it and the settings leave it: nothing in it that no voice can say."""
        if text not in self._settled:
            settled = settle(self._rules(bare(text)), self._policy)
            said = _GIANT.sub(r"\g<0> ", _SPACES.sub(" ", settled.text).strip())
            self._settled[text] = replace(settled, text=said)
        return self._settled[text]

    def _normalise(self, text: str) -> str:
        return nominative(self._settle(text).text)

    def _names(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the places of the lexicon's names of several words, which no pause may divide."""
        found = list(ARABIC_WORD.finditer(text))
        for match in self._lexicon.in_words([bare(word[0]) for word in found]):
            if match.last - match.first > 1:
                left, right = found[match.first].start(), found[match.last - 1].end()
                if not _gaps(text, found[match.first : match.last]):
                    yield left, right

    # what needs the model's marks

    def _show(self, word: str) -> str:
        held = self._holds.find(word)
        return word if held is None else held.before + held.hold.shown + held.after

    def _forms(self, segment: Segment, read: list[str]) -> list[str]:
        """Return how each word of a segment is said; takes its words off the front of `read`."""
        said = words(segment.said)
        forms, fixed, names = [], {place for place, _ in segment.given}, []
        for place, word in enumerate(said):
            held = self._holds.find(word)
            count = len(words(self._show(word))) if held else 1
            own, read[:count] = " ".join(read[:count]), []
            if held:
                fixed.add(place)
            forms.append(_held_form(held, own) if held else own)
        for place, word in enumerate(said):
            if place not in fixed and marked_letter(word):
                forms[place] = marked_letter(word)
        foreign = foreign_words(segment.text)
        for place, word in enumerate(said):
            if place not in fixed and word in foreign:
                forms[place] = _closed(forms[place])
                names.append(place)
        for match in self._lexicon.in_words(said):
            places = range(match.first, match.last)
            if fixed.isdisjoint(places) and not self._divided(segment.said, match):
                _put(forms, places, named(match, " ".join(forms[match.first : match.last])))
                fixed.update(places)
                names.append(match.last - 1)
        ends = _ends(segment.said)
        _link(forms, [place for place in names if place not in ends])
        mark_numbers(said, forms, ends, fixed, dict(segment.cases))
        return forms

    @staticmethod
    def _divided(said: str, match: Match) -> bool:
        return not _ends(said).isdisjoint(range(match.first, match.last - 1))

    def _cues(self, segment: Segment, forms: Sequence[str], limit: int) -> list[Said]:
        most = max(limit, MAX_WORD_LETTERS)
        if segment.cases:  # parts are read in the nominative, and مليونا has a letter more
            most -= max(0, self._letters(segment.said) - self._letters(self._normalise(segment.text)))
        cut = pieces(segment.text, self._normalise, most, segment.whole, self._letters)
        spans, places = word_spans(segment.said), _Places(segment)
        cues: list[Said] = []
        place = first = 0
        for piece, is_last in zip(cut, [False] * (len(cut) - 1) + [True], strict=True):
            start = segment.text.index(piece.written, place)
            place = start + len(piece.written)
            last = first + piece.words
            until = spans[last][0] if last < len(spans) else len(segment.said)
            since = spans[first][0] if first < len(spans) else until
            spoken = _rendered(segment.said[since:until], forms[first:last])
            after = "breath" if piece.soft else "comma"
            cues.append(
                Said(
                    places.written(start, place),
                    self._paused(spoken, soft=piece.soft, linked=piece.linked),
                    after,
                    segment.pause_s if is_last else None,
                )
            )
            first = last
        return cues

    def _weighed(self, segment: Segment, forms: Sequence[str], cues: list[Said], leads: list[float]) -> list[Said]:
        """Return the cues of a segment with how sure their words are; takes its words off the front of `leads`."""
        told, given = dict(segment.cases), {place for place, _ in segment.given}
        terms = {
            place for match in self._lexicon.in_words(words(segment.said)) for place in range(match.first, match.last)
        }
        respelt = {now for _, now in segment.respelt}
        sure: list[Word] = []
        for place, word in enumerate(words(segment.said)):
            held = self._holds.find(word)
            count = len(words(self._show(word))) if held else 1
            own, leads[:count] = min(leads[:count], default=math.inf), []
            origin: Origin = "author" if place in given else "lexicon" if held or place in terms else "model"
            for spoken in words(forms[place]):
                doubts = doubts_of(spoken, own, told=place in told, respelt=respelt) if origin == "model" else ()
                sure.append(Word(spoken, own if origin == "model" else math.inf, origin, doubts))
        return [self._explained(cue, sure) for cue in cues]

    def _explained(self, cue: Said, sure: list[Word]) -> Said:
        """Return a cue with its words, which are taken off the front of `sure`, and the rules that changed it."""
        spoken = words(cue.spoken)
        own, sure[: len(spoken)] = sure[: len(spoken)], []
        read = tuple(replace(word, spoken=form) for word, form in zip(own, spoken, strict=True))
        left = cue.written
        for start, end, _ in reversed(list(self._lexicon.in_text(cue.written))):
            left = left[:start] + left[end:]
        rules = heard_rules(self._trace(cue.written)) if self._trace else ()
        return replace(cue, words=read, rules=rules, latin=holds_latin(left))

    def _letters(self, said: str) -> int:
        """Count the letters of normalised text, with what stands behind the stand-ins."""
        total = count_letters(said)
        for word in words(said) if STAND_IN in said else ():
            held = self._holds.find(word)
            if held:
                total += count_letters(held.hold.spoken) + len(held.before + held.after) - count_letters(word)
        return total

    def _paused(self, spoken: str, *, soft: bool, linked: bool) -> str:
        """Return a piece with the pause it ends at; a word that the next one completes keeps its ending."""
        if spoken and spoken[-1] not in PAUSES:
            spoken += "،" if soft else "."
        if not self._pausal:
            return spoken
        last = spoken.rpartition(" ")[2]
        before = pausal(spoken)
        return f"{before.rpartition(' ')[0]} {last}".lstrip() if linked else before


def decided(read: Sequence[tuple[Reader, Sentence]]) -> list[Sentence]:
    """Return sentences with their open numbers in the cases that the diacritiser sees in them, all asked at once.

    Raises:
        ScriptError: The diacritisation model is not installed.
    """
    from tts_news.script.diacritics import load_case_reader

    asked = [reader.asked(sentence) for reader, sentence in read]
    if not any(asked):
        return [sentence for _, sentence in read]
    told = iter(read_cases(list(filter(None, asked)), load_case_reader()))
    return [
        reader.decided(sentence, next(told)) if question else sentence
        for (reader, sentence), question in zip(read, asked, strict=True)
    ]


def _check(sentence: Sentence, cues: Sequence[Said], limit: int) -> None:
    """Make sure that every written character is in one cue, and that no cue is too long for its voice.

    Raises:
        ScriptError: What is to be said for a marked word or a term is too long, or a character went astray.
    """
    if "".join("".join(cue.written.split()) for cue in cues) != "".join(sentence.written.split()):
        raise ScriptError(f"«{sentence.written}» could not be cut into cues", hint="please report this sentence")
    for cue in cues:
        if cue.language == "ar" and count_letters(cue.spoken) > limit:
            raise ScriptError(
                f"«{cue.written}» is said in {count_letters(cue.spoken)} letters, and the voice takes {limit} at once",
                hint="say it shorter in the lexicon or the mark, or mark parts of it",
            )


def _with_silent_parts(cues: list[Said]) -> list[Said]:
    """Return the cues with a part of which nothing is said (an address, an emoji) written on the cue beside it."""
    kept: list[Said] = []
    silent = ""
    for cue in cues:
        if cue.language == "ar" and not count_letters(cue.spoken):
            if kept:
                pause_s = kept[-1].pause_s if cue.pause_s is None else cue.pause_s
                kept[-1] = replace(kept[-1], written=f"{kept[-1].written} {cue.written}", pause_s=pause_s)
            else:
                silent = f"{silent} {cue.written}".strip()
        else:
            kept.append(replace(cue, written=f"{silent} {cue.written}".strip()))
            silent = ""
    return kept


def _rendered(said: str, forms: Sequence[str]) -> str:
    """Return normalised text with its words replaced by `forms`."""
    out, place = [], 0
    for (start, end), form in zip(word_spans(said), forms, strict=True):
        out += [said[place:start], form]
        place = end
    return _SPACES.sub(" ", "".join([*out, said[place:]])).strip()


def _held_form(held: Held, read: str) -> str:
    """Return how a held word is said with its clitics: its own marks, and the model's on words that have none."""
    spoken = held.hold.spoken.split(" ")
    # The model marked the clitics together with the first word: its marks on the words alone are taken.
    seen = _without_letters(read, len(held.before)).split(" ")
    if len(seen) == len(spoken):
        spoken = [
            own if own != bare(own) or bare(model) != own else model for own, model in zip(spoken, seen, strict=True)
        ]
    return attach(held.before, " ".join(spoken) + held.after)


def _without_letters(marked: str, count: int) -> str:
    place = 0
    while place < len(marked) and (count or marked[place] != bare(marked[place])):
        count -= bool(bare(marked[place]))
        place += 1
    return marked[place:]


def _link(forms: list[str], places: Sequence[int]) -> None:
    """Give a name that ends without a vowel one before the article: وَاشِنْطُنِ الْيَوْم; two sukuns do not meet."""
    for place in places:
        if forms[place].endswith("\u0652") and "".join(forms[place + 1 : place + 2]).startswith("ال"):
            forms[place] = forms[place][:-1] + "\u0650"


def _closed(form: str) -> str:
    """Return a foreign word without a case ending: غُوغِلْ. What ends in a vowel has none."""
    *before, (last, _) = clusters(form)
    return form if last in _OPEN else "".join(map("".join, before)) + last + _SUKUN


def _put(forms: list[str], places: range, spoken: str) -> None:
    parts = spoken.split(" ")
    if len(parts) != len(places):
        parts = [spoken, *[""] * (len(places) - 1)]
    for place, part in zip(places, parts, strict=True):
        forms[place] = part


def _ends(said: str) -> set[int]:
    """Return the places of the words that punctuation follows."""
    spans = word_spans(said)
    return {place for place, (left, right) in enumerate(pairwise(spans)) if said[left[1] : right[0]].strip()}


class _Ranges:
    """Which characters of a text are taken already."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def take(self, left: int, right: int) -> bool:
        """Take a range unless some of it is taken; return whether it was free."""
        if any(self._taken[left:right]):
            return False
        self._taken[left:right] = b"\x01" * (right - left)
        return True


def _gaps(text: str, found: Sequence[re.Match[str]]) -> bool:
    return any(text[left.end() : right.start()].strip() for left, right in pairwise(found))


class _Places:
    """Where places of a segment's text lie in its written words."""

    def __init__(self, segment: Segment) -> None:
        self._written = segment.written
        self._edits = segment.edits
        self._starts = [edit[0] for edit in segment.edits]
        self._ends = [edit[1] for edit in segment.edits]

    def written(self, start: int, end: int) -> str:
        """Return the written words of a range of the text, which divides no stand-in."""
        before, until = bisect_right(self._ends, start), bisect_left(self._starts, end)
        left = start + self._shift(before)
        right = end + self._shift(until)
        return self._written[left:right].strip()

    def _shift(self, edits: int) -> int:
        """Return how much longer the written words are than the text after that many stand-ins."""
        if not edits:
            return 0
        _, text_end, _, written_end = self._edits[edits - 1]
        return written_end - text_end
