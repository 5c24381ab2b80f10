"""Which lines are not the article: phrases of `data/boilerplate.toml`, compared by key.

A phrase says how far it reaches (`effect`):

    line      that line alone
    insert    a promotion: the line, and the headlines directly below it when it stands alone
    related   a section of other articles; the article may go on after it
    contents  a table of contents: the line and its entries
    caption   a label of a caption: the line, and the line below when it stands alone
    tags      a label of tags: the line, and the tags below when it stands alone
    end       nothing after it is article

Weak phrases are words that an article may use as well (الموقع, حول): inside the article they count only beside other
boilerplate or where they cannot be a heading.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Literal, cast

from tts_news.arabic import count_words, has_arabic, key, tidy

Effect = Literal["line", "insert", "related", "contents", "caption", "tags", "end"]

# A phrase at the start of a line condemns the line only while it makes up a fair part of it: a sentence that
# happens to start with «شارك» is a sentence.
_LONGEST_STARTED = 30


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a line is not article text, and how far the reason reaches.

    Attributes:
        alone: The phrase is the whole line, so what it announces is on the lines below.
    """

    reason: str
    effect: Effect
    alone: bool = True
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by key. `starts` is by first word, so that a line is compared with few of them."""

    exact: dict[str, Verdict] = field(default_factory=dict)
    starts: dict[str, list[tuple[str, Verdict]]] = field(default_factory=dict)
    contains: list[tuple[str, Verdict]] = field(default_factory=list)
    first_words: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    captions: tuple[str, ...] = ()
    agencies: frozenset[str] = frozenset()
    speech: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    follow: frozenset[str] = frozenset()
    maybe_follow: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    credits: frozenset[str] = frozenset()

    def judge(self, text: str) -> Verdict | None:
        """Return why this line is boilerplate by its words alone; None when no phrase fits."""
        line = key(text)
        if not line:
            return None
        # «7 شاهد أيضا» stands in a table of contents under its number.
        if found := self.exact.get(line) or self.exact.get(line.removeprefix("# ")):
            return found
        first = line.split(" ", 1)[0]
        for phrase, verdict in self.starts.get(first, ()):
            # Pages glue: «المقال السابقأسعار الخضار ترتفع» is a label and a headline.
            glued = line.startswith(phrase if " " in phrase else phrase + " ")
            if line == phrase or (glued and _condemns(phrase, line, text)):
                return Verdict(verdict.reason, verdict.effect, alone=line == phrase, weak=verdict.weak)
        if self._invites(first, line, text):
            return Verdict("an invitation to follow", "line")
        padded = f" {line} "
        for phrase, verdict in self.contains:
            if phrase in line and f" {phrase} " in padded:
                return verdict
        return self._judge_as_row(line)

    def _judge_as_row(self, line: str) -> Verdict | None:
        """Return a verdict when the whole line is two or more phrases side by side: «من نحن اتصل بنا أعلن معنا»."""
        if not 1 <= line.count(" ") < 40 or not self._begins_row(line):
            return None
        words = line.split()
        at, found = 0, 0
        while at < len(words):
            for length in range(min(8, len(words) - at), 0, -1):
                if " ".join(words[at : at + length]) in self.exact:
                    at, found = at + length, found + 1
                    break
            else:
                return None
        return Verdict("a row of buttons or links", "line") if found >= 2 else None

    def _begins_row(self, line: str) -> bool:
        """Return whether some phrase begins with the line's first word."""
        return line.split(" ", 1)[0] in self.first_words

    def _invites(self, first: str, line: str, text: str) -> bool:
        """Return whether a line asks to follow a channel: «تابعوا … على تلغرام».

        «تابع» and «انضم» are past tense as well: those invite only in a short line without a full stop.
        """
        if self.channels.isdisjoint(line.split()):
            return False
        sure = first in self.follow and line.count(" ") < 20
        return sure or (first in self.maybe_follow and line.count(" ") < 12 and not text.rstrip().endswith("."))

    def with_phrases(self, phrases: Iterable[str]) -> Lexicon:
        """Return this lexicon with a site's own phrases: each drops the line that is it or starts with it."""
        starts = {first: list(entries) for first, entries in self.starts.items()}
        for phrase in phrases:
            if words := key(phrase):
                verdict = Verdict("phrase of the site's rules", "line")
                starts.setdefault(words.split(" ", 1)[0], []).append((words, verdict))
        return replace(self, starts=starts)


def _condemns(phrase: str, line: str, text: str) -> bool:
    """Return whether a line that goes on after its phrase is still boilerplate: less surely the shorter the phrase."""
    words = phrase.count(" ") + 1
    # Marks are no word characters to `re`: what stands between words must not take them too, or ways to match multiply.
    one, gap = r"[\w\u064b-\u0652]+", r"[^\w\u064b-\u0652]"
    if re.match(rf"{gap}*(?:{one}{gap}+?){{{words - 1}}}{one}\s*[:|\-–—؛]", text):
        return True
    length = line.count(" ") + 1
    if words == 1:
        return not has_arabic(phrase) and length < _LONGEST_STARTED
    if length >= _LONGEST_STARTED:
        return False
    # «قد يهمك أن تعرف أن الحكومة …» is a sentence: its full stop says so, unless the phrase is long enough to be sure.
    return words >= 4 or length <= words + 2 or not text.rstrip().endswith(".")


def _with_article(names: Iterable[str]) -> frozenset[str]:
    """Return names of one word with and without the article ال: sites write طاقة and الطاقة."""
    found = set(names)
    words = [name for name in found if " " not in name and len(name) > 3]
    found |= {name.removeprefix("ال") if name.startswith("ال") else f"ال{name}" for name in words}
    return frozenset(found)


@cache
def load() -> Lexicon:
    """Return the built-in phrases, read once per process."""
    text = resources.files("tts_news.read").joinpath("data", "boilerplate.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    words = {name: frozenset(map(key, listed)) for name, listed in tables["words"].items()}
    lexicon = Lexicon(
        sections=_with_article(map(key, tables["sections"]["names"])),
        captions=tuple(map(key, tables["captions"]["starts"])),
        agencies=words["agencies"],
        speech=words["speech"],
        openers=words["openers"],
        follow=words["follow"],
        maybe_follow=words["maybe_follow"],
        channels=words["channels"],
        credits=words["credits"] | words["agencies"],
    )
    for group in tables["group"]:
        verdict = Verdict(
            reason=group["reason"], effect=cast("Effect", group.get("effect", "line")), weak=group.get("weak", False)
        )
        one_word = verdict if group.get("strong") else replace(verdict, weak=True)
        for phrase in map(key, group.get("exact", ())):
            lexicon.exact.setdefault(phrase, verdict if " " in phrase else one_word)
        for phrase in map(key, group.get("starts", ())):
            lexicon.starts.setdefault(phrase.split(" ", 1)[0], []).append((phrase, verdict))
        for phrase in group.get("contains", ()):
            lexicon.contains.append((key(phrase), verdict))
    for entries in lexicon.starts.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return replace(lexicon, first_words=frozenset(phrase.split(" ", 1)[0] for phrase in lexicon.exact))


# «Tagged X», photo credits and counters have a shape rather than a wording.
_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^(?:https?://|www\.)\S+$"), "a bare address"),
    (re.compile(r"^[\w.+-]+@[\w-]+\.[\w.]+$"), "a bare address"),
    (re.compile(r"^[\d.,]+\s*(?:min|mins|k|m|views?|shares?|comments?)$", re.IGNORECASE), "a counter"),
    (
        re.compile(r"^[\d٠-٩.,]+\s*(?:مشاهدات?|تعليقات?|تعليق|مشاهدة|قراءة|زيارة|إعجاب|إعجابات|مشاركات?|مشاركة)$"),
        "a counter",
    ),
    (re.compile(r"^[-+]?[\d٠-٩.,]+\s*(?:[º°℃℉]|كيلومتر/ساعة|كم/س)"), "weather"),
    (re.compile(r"^[-+]?[\d٠-٩.,]+\s*[%٪]?$"), "a counter"),
    (re.compile(r"^[\W\d_]*$"), "no words"),
    (re.compile(r"^#\S+(?:\s[\s,،|]*#\S+)*(?:\s[\s,،|]*)?$"), "tags"),
    (re.compile(r"^©|\(c\)\s*\d{4}|©\s*\d{4}"), "copyright"),
)


_SIGNS = re.compile("[@©(]")
_SEPARATORS = re.compile("[|•·/]")


def judge_shape(text: str) -> Verdict | None:
    """Return a verdict on lines whose shape tells: addresses, counters, copyright, rows with separators."""
    line = tidy(text)
    if len(line) > 300:
        return None
    # Whatever has one of the shapes begins with no letter, or has one of these signs.
    shaped = not line[:1].isalpha() or line.startswith(("http", "www.")) or _SIGNS.search(line) is not None
    for pattern, reason in _SHAPES if shaped else ():
        if pattern.search(line):
            return Verdict(reason, "line")
    if not _SEPARATORS.search(line):
        return None
    parts = [part for part in re.split(r"\s[|•·/]\s|\|", line) if part.strip()]
    if len(parts) >= 3 and all(count_words(part) <= 6 for part in parts) and not line.endswith((".", "؟", "!")):
        return Verdict("a row of buttons or links", "line")
    return None
