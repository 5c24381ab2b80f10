"""How agencies and press offices sign off: initials, a name between slashes, «انتهى», the hour. Told by shape.

There are hundreds of agencies and every desk has its own initials, so no list of them is kept. A sign-off stands below
the last sentence, ends no sentence itself, and is made of parts that no sentence is made of:

    س.أ/ع.خ (د ب أ)      initials of editors, an agency's in brackets
    /قنا/   - مل -       a word or two between marks
    وام/أحمد سالم        one word, a slash, a name
    17:42ت م   0142      the hour and the number of the dispatch, beside one of these

Below a line that is «انتهى» between marks stands nothing of the article: whom to call, what the company does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tts_news.arabic import count_words, ends_sentence, is_closed, key, tidy
from tts_news.read.dates import is_date_line
from tts_news.records import Block, Dropped, Paragraph

_LONGEST: Final = 60
_LETTER: Final = r"[^\W\d_]"
_MARK: Final = r"[-–—/\\#*=_~|.]"
# Between marks, or in brackets: «// انتهى //», «--(بترا)», «[واس]».
_WRAPPED: Final = (
    rf"(?:{_MARK}{{1,4}}\s?{_LETTER}{{2,14}}(?:\s{_LETTER}{{2,14}}){{0,2}}\s?{_MARK}{{1,4}}"
    rf"|{_MARK}{{0,4}}\s?[(\[]\s?{_LETTER}{{2,14}}(?:\s{_LETTER}{{2,14}}){{0,2}}\s?[)\]]\s?{_MARK}{{0,4}})"
)
_INITIAL: Final = rf"{_LETTER}{{1,2}}\u0640?"
# Only single letters stand apart by spaces: «ما هو» is two words of two letters.
_INITIALS: Final = (
    rf"(?:[(\[]\s?{_INITIAL}(?:[\s./\\،-]{{1,3}}{_INITIAL}){{0,5}}\.?\s?[)\]]"
    rf"|{_INITIAL}(?:\s?[./\\]\s?{_INITIAL}){{1,9}}\.?|{_LETTER}\u0640?(?:[\s./\\]{{1,3}}{_LETTER}\u0640?){{1,9}})"
)
_DESK: Final = rf"{_LETTER}{{2,10}}\s?[/\\]\s?(?:{_INITIALS}|{_INITIAL}(?!{_LETTER}))"
_DISPATCH: Final = rf"{_MARK}{{1,4}}\s?\d{{1,5}}\s?{_MARK}{{1,4}}"
_CLOCK: Final = r"\d{1,2}:\d\d(?::\d\d)?(?:\s?(?:ت\s?م|ت\s?غ|جمت|gmt|utc|[صم]))?"
_NUMBER: Final = r"\d{3,6}"
_STRONG: Final = tuple(map(re.compile, (_WRAPPED, _INITIALS, _DESK, _DISPATCH)))
_WEAK: Final = re.compile(rf"{_CLOCK}|{_NUMBER}", re.IGNORECASE)
_BETWEEN: Final = re.compile(rf"[\s،,]*{_MARK}{{0,2}}[\s،,]*")
_CREDIT: Final = re.compile(rf"{_LETTER}{{2,12}}\s?[/\\]\s?{_LETTER}{{2,14}}(?:[\s-]{_LETTER}{{2,14}}){{0,3}}")
# The words for «the end»; a closed class, unlike the names of agencies.
_ENDS: Final = frozenset(map(key, ("انتهى", "انتهت", "النهاية", "نهاية", "انتهى البيان", "انتهى الخبر", "ends", "end")))
_TAIL: Final = re.compile(r"(?<=[.؟!…])[\"'”»]?\s+(?P<tail>\S.{1,58})$")


def sign_off_from(lines: Sequence[str]) -> int:
    """Return where the sign-off begins below the text, given its lines; their number when there is none."""
    for at, line in enumerate(lines):
        if at and _says_end(line) and _words(lines[at:]) <= _words(lines[:at]):
            return at
    begin = at = len(lines)
    while at > 1:
        at -= 1
        if _is_signature(lines[at]) or (at == len(lines) - 1 and _CREDIT.fullmatch(tidy(lines[at]))):
            begin = at
        elif not _may_follow(lines[at]):
            break
    return begin


def trim_sign_off(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """Return the blocks without a sign-off that stands behind the last sentence of the last paragraph, and it."""
    last = blocks[-1] if blocks else None
    match = _TAIL.search(last.text[-80:]) if isinstance(last, Paragraph) else None
    if not isinstance(last, Paragraph) or match is None or not _is_signature(match["tail"]):
        return blocks, ()
    text = last.text[: len(last.text) - len(match["tail"])].rstrip()
    return (*blocks[:-1], replace(last, text=text)), (Dropped(match["tail"], "sign-off"),)


def _says_end(line: str) -> bool:
    """Return whether a line is «انتهى» and nothing else but marks and initials: «-انتهى-», «(النهاية) / م ح ع»."""
    if is_closed(line):
        return False
    words = [word for word in key(line).replace("#", " ").split() if len(word) > 2]
    return 0 < len(words) <= 2 and " ".join(words) in _ENDS


def _is_signature(line: str) -> bool:
    """Return whether a line is made of initials and of words between marks, with the hour or a number at most."""
    text = tidy(line)
    if not text or len(text) > _LONGEST or ends_sentence(re.sub(r"[.\s]+$", "", text)):
        return False
    at, strong = 0, False
    while at < len(text):
        ends = [match.end() for pattern in _STRONG if (match := pattern.match(text, at)) and _parts(text, match.end())]
        weak = _WEAK.match(text, at)
        if not ends and (weak is None or not _parts(text, weak.end())):
            return False
        strong = strong or bool(ends)
        at = max(ends) if ends else weak.end() if weak else at
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
    return strong


def _parts(text: str, at: int) -> bool:
    """Return whether a word ends here: no initial is the beginning of a longer word."""
    return at == len(text) or not (text[at].isalnum() and text[at - 1].isalnum())


def _may_follow(line: str) -> bool:
    """Return whether a line may stand below a sign-off: an hour, a number, a date."""
    text = tidy(line)
    return bool(_WEAK.fullmatch(text)) or is_date_line(text)


def _words(lines: Sequence[str]) -> int:
    return sum(map(count_words, lines))
