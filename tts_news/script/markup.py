"""Inline marks in written text: `[pause 0.5s]` and the SSML subset break, sub, say-as, lang, phoneme.

Source: SSML 1.1 (W3C Recommendation, 2010), sections 3.1.8 to 3.1.13 and 3.2.3.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from typing import Literal

from tts_news.errors import ScriptError
from tts_news.frozen import dataclass
from tts_news.patterns import lazy
from tts_news.script.ipa import arabic_of_ipa

SpanKind = Literal["pause", "say", "as", "lang"]
MAX_PAUSE_S = 30.0

# Length limits inside the tags keep the search linear on text full of opening brackets.
_MARK = lazy(
    r"\[pause(?P<pause>[^\[\]\n]{0,40})\]"
    r"|<(?P<close>/?)(?P<name>break|sub|say-as|lang|phoneme)\b(?P<attributes>[^<>]{0,400})>",
    re.IGNORECASE,
)
_ATTRIBUTE = lazy(r"([A-Za-z:-]{1,30})\s{0,8}=\s{0,8}(?:\"([^\"]{0,300})\"|'([^']{0,300})')")
_TIME = lazy(r"\s*\+?(\d{1,5}(?:\.\d{1,4})?)\s*(ms|s|)\s*", re.IGNORECASE)
_STRENGTH_S = {"none": 0.0, "x-weak": 0.1, "weak": 0.2, "medium": 0.4, "strong": 0.75, "x-strong": 1.2}
_NEEDS = {"sub": "alias", "say-as": "interpret-as", "lang": "xml:lang", "phoneme": "ph"}


@dataclass(frozen=True, slots=True)
class Span:
    """A mark on `plain[start:end]` of its text.

    `value` is the spoken words of a "say", the kind of an "as", the tag of a "lang"; `pause_s` is for a "pause",
    whose start and end are the same place.
    """

    kind: SpanKind
    start: int
    end: int
    value: str = ""
    pause_s: float = 0.0


def _start(span: Span) -> int:
    return span.start


@dataclass(frozen=True, slots=True)
class Marked:
    """Text without its inline marks, and the marks in the order of their places."""

    plain: str
    spans: tuple[Span, ...] = ()

    def within(self, start: int, end: int) -> list[Span]:
        """Return the marks that lie in a range of the text."""
        first = bisect_left(self.spans, start, key=_start)
        last = bisect_right(self.spans, end, key=_start)
        return [span for span in self.spans[first:last] if span.end <= end]


@dataclass(frozen=True, slots=True)
class _Open:
    name: str
    start: int
    attributes: dict[str, str]
    tag: str


def parse_markup(text: str) -> Marked:
    """Return the text without its inline marks, and the marks with their places.

    A `<sub>` or `<lang>` that lacks the attribute SSML asks for is not ours (HTML has both) and stays in the text.

    Raises:
        ScriptError: A mark of ours is not closed, is crossed by another, or its value cannot be read.
    """
    if "[" not in text and "<" not in text:
        return Marked(text)
    plain: list[str] = []
    length = taken = 0
    spans: list[Span] = []
    opened: list[_Open] = []
    for match in _MARK.finditer(text):
        keep, mark = _read_mark(match, opened)
        chunk = text[taken : match.end() if keep else match.start()]
        plain.append(chunk)
        length += len(chunk)
        taken = match.end()
        if isinstance(mark, float):
            spans.append(Span("pause", length, length, pause_s=mark))
        elif mark == "open":
            name = match["name"].lower()
            opened.append(_Open(name, length, _attributes(match["attributes"]), match[0]))
        elif mark == "close":
            last = opened.pop()
            if length > last.start:
                spans.append(_span(last, length))
    plain.append(text[taken:])
    if opened:
        raise ScriptError(f"{opened[-1].tag} is never closed", hint=f"close it with </{opened[-1].name}>")
    spans.sort(key=lambda span: (span.start, span.end))
    return Marked("".join(plain), tuple(_outermost(spans)))


def _read_mark(match: re.Match[str], opened: list[_Open]) -> tuple[bool, float | str]:
    """Return whether the mark is plain text after all, and what it is: seconds, "open", "close" or ""."""
    if match["pause"] is not None:
        return False, _seconds(match["pause"], match[0])
    name = match["name"].lower()
    if name == "break":
        return False, "" if match["close"] else _break_seconds(match)
    if match["close"]:
        return _read_close(match, name, opened)
    if _NEEDS[name] not in _attributes(match["attributes"]):
        return True, ""
    if match["attributes"].rstrip().endswith("/"):
        raise ScriptError(f"{match[0]} holds no text", hint=f"put the written words between <{name} …> and </{name}>")
    return False, "open"


def _break_seconds(match: re.Match[str]) -> float:
    attributes = _attributes(match["attributes"])
    if "time" in attributes:
        return _seconds(attributes["time"], match[0])
    strength = attributes.get("strength", "medium")
    if strength not in _STRENGTH_S:
        raise ScriptError(f"{match[0]}: no such strength", hint=f"one of {', '.join(_STRENGTH_S)}")
    return _STRENGTH_S[strength]


def _read_close(match: re.Match[str], name: str, opened: list[_Open]) -> tuple[bool, str]:
    if name not in [mark.name for mark in opened]:
        return True, ""
    if opened[-1].name != name:
        raise ScriptError(f"{match[0]} closes across {opened[-1].tag}", hint="close the inner mark first")
    return False, "close"


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): html.unescape(double or single) for name, double, single in _ATTRIBUTE.findall(text)}


def _seconds(text: str, mark: str) -> float:
    match = _TIME.fullmatch(text)
    if match is None:
        raise ScriptError(
            f"{mark}: that is no length of time", hint='write for example [pause 0.5s] or <break time="500ms"/>'
        )
    seconds = float(match[1]) / (1000 if match[2].lower() == "ms" else 1)
    if seconds > MAX_PAUSE_S:
        raise ScriptError(f"{mark}: a pause lasts at most {MAX_PAUSE_S:g} s")
    return seconds


def _span(mark: _Open, end: int) -> Span:
    value = mark.attributes[_NEEDS[mark.name]].strip()
    if mark.name == "phoneme":
        alphabet = mark.attributes.get("alphabet", "ipa").lower()
        if alphabet != "ipa":
            raise ScriptError(f"{mark.tag}: unknown alphabet '{alphabet}'", hint="the alphabet is ipa")
        return Span("say", mark.start, end, arabic_of_ipa(value))
    if not value:
        raise ScriptError(
            f"{mark.tag}: {_NEEDS[mark.name]} is empty", hint="say what is to be read, or leave the mark out"
        )
    if mark.name == "sub":
        return Span("say", mark.start, end, value)
    return Span("as" if mark.name == "say-as" else "lang", mark.start, end, value.lower())


def _outermost(spans: list[Span]) -> list[Span]:
    """Drop what lies inside another mark: the outer one already says how all of it is spoken."""
    kept: list[Span] = []
    for span in spans:
        if kept and kept[-1].kind != "pause" and span.end <= kept[-1].end and span.start < kept[-1].end:
            continue
        while kept and kept[-1].start >= span.start and kept[-1].end <= span.end and span.kind != "pause":
            if kept[-1].kind == "pause" and kept[-1].start == span.start:
                break
            kept.pop()
        kept.append(span)
    return kept
