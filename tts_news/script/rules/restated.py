"""A number in figures and in words is said once: «(5000) خمسة آلاف ريال», «خمسة آلاف (5000) ريال»."""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC, LETTERS
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules.nouns import is_listed
from tts_news.script.rules.numerals import SCALES, is_number_word, value

_NUMBER: Final = r"[0-9]{1,3}(?:[.,،][0-9]{3}){1,4}|[0-9]{1,15}"
_FIGURES: Final = rf"(?:[(\[«\"][ ]?(?:{_NUMBER})[ ]?[)\]»\"]|(?<![0-9.,:/-])(?:{_NUMBER})(?![0-9.,:/-]))"
_FIRST: Final = lazy(
    rf"(?P<clitic>(?<![{ARABIC}])(?:[وف]?[بل])?[ ]?)(?P<figures>{_FIGURES})(?P<gap>[ ]?[(\[«\"]?[ ]?)"
    rf"(?P<words>[{ARABIC}]{{2,14}}(?:[ ][{ARABIC}]{{2,14}}){{0,12}})(?P<close>[ ]?[)\]»\"])?"
)
_LAST: Final = lazy(
    rf"(?P<words>(?<![{ARABIC}])[{ARABIC}]{{2,14}}(?:[ ][{ARABIC}]{{2,14}}){{0,12}})"
    rf"[ ]?[(\[][ ]?(?P<n>{_NUMBER})[ ]?[)\]]"
)
_SCALE_WORDS: Final = frozenset(
    form for _, one, many in SCALES for form in (one, many, f"{one}ا", f"{one}ان", f"{one}ين", f"{one}ي")
)
_STEM: Final = lazy(f"^[وبلف](?=[{LETTERS}]{{2}})")


def _counts(word: str) -> bool:
    return is_number_word(word) or word in _SCALE_WORDS or word.removeprefix("و") in _SCALE_WORDS


def _is_said(words: list[str], number: str) -> bool:
    try:
        return bool(words) and value(" ".join(words), state="construct") == int(re.sub(r"\D", "", number))
    except ValueError:
        return False


def _after(match: re.Match[str]) -> str:
    """Figures before their words: the figures go."""
    words = match["words"].split()
    first = words[0] if _counts(words[0]) else _STEM.sub("", words[0])
    run = 0
    while run < len(words) and _counts(first if run == 0 else words[run]):
        run += 1
    if not run or not _is_said([first, *words[1:run]], match["figures"]):
        return match[0]
    opened, closed = match["gap"].strip(), (match["close"] or "").strip()
    if opened and run < len(words):
        return match[0]
    clitic = match["clitic"]
    said = f"{clitic.rstrip()}{match['words']}" if clitic.strip() else f"{clitic}{match['words']}"
    return said + ("" if opened and closed else match["close"] or "")


def _before(match: re.Match[str]) -> str:
    """Words before their figures: the figures go."""
    words = match["words"].split()
    run = len(words)
    while run and _counts(words[run - 1]):
        run -= 1
    numbers = words[run:]
    # بخمسة: the prefix belongs to the number.
    if run and _counts(stem := _STEM.sub("", words[run - 1])) and not _is_said(numbers, match["n"]):
        numbers = [stem, *numbers]
    return match["words"] if _is_said(numbers, match["n"]) else match[0]


_TWO: Final = lazy(rf"(?P<word>(?<![{ARABIC}])[{ARABIC}]{{2,14}}(?:ين|ان))[ ]?[(\[][ ]?2[ ]?[)\]]", needs="2")
"""شخصين (2)"""


def _dual(match: re.Match[str]) -> str:
    stem = match["word"][:-2]
    return match["word"] if is_listed(stem) or is_listed(f"{stem[:-1]}ة") else match[0]


def apply(text: str) -> str:
    """The text with each number that it gives twice given once."""
    if not _MAY_HOLD.search(text):
        return text
    return _FIRST.sub(_after, _LAST.sub(_before, _TWO.sub(_dual, text)))


_MAY_HOLD: Final = lazy(
    r"[0-9][ ]?[)\]»\"]|[0-9][ ][(\[«\"]?[ ]?(?:واحد|[اإأ]حد"
    r"|اثن|ثلاث|[أا]ربع|خمس|ست|سبع|ثمان|تسع|عشر|م[اأ]?ئ|[أا]لف|آلاف|ملي)",
    needs=DIGITS,
)
