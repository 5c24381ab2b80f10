"""Quotes, brackets, dashes and ellipses become pauses, or nothing: what is left of punctuation is ، . ؛ : ؟ ! only.

Brackets around one word mark a name, as quotes do, and are not heard; around more they are two pauses. A dash between
spaces is a pause; between two words it joins them. Three dots are a pause, and a full stop at the end.
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC, plain
from tts_news.patterns import lazy
from tts_news.script.rules.context import completes
from tts_news.script.rules.nouns import is_listed
from tts_news.script.rules.numerals import is_number_word
from tts_news.script.rules.patterns import words

_LATIN: Final = lazy(r"[,;?‚¸‽⁇⁈⁉‼]")
_LATIN_TABLE: Final = {
    ",": "،",
    ";": "؛",
    "?": "؟",
    "‚": "،",
    "¸": "،",
    "‽": "؟",
    "⁇": "؟",
    "⁈": "؟",
    "⁉": "؟",
    "‼": "!",
}
_QUOTES: Final = lazy("[\"«»‹›„‟“”＂〝〞'‘’`]+")
_CLITIC_QUOTE: Final = lazy(
    rf"(?<![{ARABIC}])(?P<clitic>[وف]?[بلك](?:[ ](?=[\"«“]))?|[وف]?ال|[وف])[\"«“'‹]{{1,2}}"
    rf"(?P<article>ال)?(?=[{ARABIC}])"
)
_BRACKETS: Final = lazy(
    rf"(?P<before>[{ARABIC}]{{1,30}}[ ]?)?[(\[{{][ ]?(?P<words>[^()\[\]{{}}]{{1,400}})[)\]}}]", needs="([{"
)
_LEADING: Final = frozenset(
    plain(word)
    for word in words(
        "في من على إلى الى عن مع بين عبر لدى ضد ما هو هي أن إن قناة شبكة شركة موقع تطبيق وكالة صحيفة مجلة "
        "منصة برنامج نظام فيروس حلف "
        "منظمة حركة جماعة تنظيم كلمة رقم بند فقرة مادة فئة مجموعة الرقم البند الفقرة المادة الفئة المجموعة "
        "النوع نوع لقب باسم المتهم المتهمة المدعو المدعوة المواطن الشاب الطفل الطفلة"
    )
)
"""Words that what stands in the brackets belongs to: no pause before it."""
_NAMING: Final = lazy("[وف]?(?:[يت](?:دعى|سمى|لقب|عرف|كنى)|(?:ال)?مسماة?|سمي|سميت|اسمه|اسمها|لقبه|لقبها)")
"""Words that a name follows: تدعى (خلية الرصد)."""

_PREFIX: Final = lazy("[وف]?[بلك]|[وف]")
_GOES_ON: Final = lazy(rf"[ ]?،?[ ][{ARABIC}]")
_OPEN: Final = lazy(r"[ ]*[(\[{﴾⟨〈<]+[ ]*")
_CLOSE: Final = lazy(r"[ ]*[)\]}﴿⟩〉>]+")
_ELLIPSIS: Final = lazy(r"[ ]*(?:…|\.[ ]?\.[. ]*)+(?P<end>[ ]*$)?", needs="….")
_DASH: Final = lazy(r"(?:^|(?<=[\s.،؛:؟!]))[ ]*[-–—―‒−]+[ ]*|[ ]*[–—―]+[ ]*|[ ]+-+[ ]*|-+(?=[ ]|$)|--+", needs="-–—―‒−")
_COMPOUND: Final = lazy(
    rf"(?<![{ARABIC}])(?P<one>[وفبلك]?(?:ال|لل)(?:[{ARABIC}]{{2,14}}ي(?P<f>ة)?|شمال|جنوب))[ ][-–—―][ ]"
    rf"(?=ال[{ARABIC}]{{2,14}}ي(?(f)ة|(?!ة))(?![{ARABIC}]))",
    needs="-–—―",
)
"""العربية - الإسلامية: two adjectives of one noun are one."""

_HYPHEN: Final = lazy("[-‐‑]")
_COMMA_FIRST: Final = lazy(r"^[\s،؛:.]+(?=\S)")
_COMMA_LAST: Final = lazy(r"[،؛\s]+$")
_WORD: Final = lazy(r"\w")
_UNEVEN: Final = lazy(r"[ ]+[،؛:.؟!][ ،؛:.؟!]*|[،؛:.؟!][ ]?[،؛:.؟!][ ،؛:.؟!]*|[،؛:.؟!](?=[^\s])")
"""Pauses with a space before them or none behind, or several of them."""

_SPECIAL: Final = lazy(r"[^\w\s.،؛:؟!]|\.[ ]?\.")
_SPACES: Final = lazy(r"[ \t\u00a0]+")
_STRONGEST: Final = ("؟", "!", ".", "؛", ":", "،")
_PUNCTUATION: Final = lazy(r"[^\w\s]")


def _clitic(match: re.Match[str]) -> str:
    clitic = match["clitic"].rstrip()
    if not match["article"]:
        return clitic
    if clitic.endswith("ال"):
        return clitic
    return clitic + ("ل" if clitic.endswith("ل") else "ال")


def _brackets(match: re.Match[str]) -> str:
    before, inside = match["before"] or "", match["words"].strip()
    count = len(inside.split())
    # صندوق النقد الدولي (IMF): the same words again are said once.
    said = match.string[max(0, match.start("words") - len(inside) - 12) : match.start("words")]
    if plain(inside) == plain(" ".join(_PUNCTUATION.sub(" ", said).split()[-count:])):
        return before
    word = plain(before.strip())
    if _PREFIX.fullmatch(before):  # و(كويت 15): the bracket is a quote
        return f"{before}{inside} "
    if not word and not match.string[: match.start()].strip():
        return f"{inside}، "  # (محدث) 3 شهداء
    if _GOES_ON.match(match.string, match.end()):
        inside = inside.rstrip("!؟?. ") or inside  # what is asked or called inside a sentence does not end it
    belongs = word in _LEADING or _NAMING.fullmatch(word) is not None or _is_verb(word) or _is_named(word, inside)
    belongs = belongs or (word != "" and completes(word))
    if count <= 1 or belongs or match.string[: match.start("words") - 1].rstrip().endswith(("يطلق عليه", "يطلق عليها")):
        return f"{before} {inside} "
    return f"{before}، {inside}، "


def _is_named(word: str, inside: str) -> bool:
    """Whether a noun without article has its name in brackets: a number at its end, or a dual that lost its ن.

    وباء (كوفيد تسعة عشر), محطتي (منح واحد).
    """
    last = inside.rpartition(" ")[2]
    if not word or word.startswith("ال") or not (is_number_word(last) or is_number_word(last[1:])):
        return False
    return is_listed(word) or word.endswith("تي")


def _is_verb(word: str) -> bool:
    """Whether a word can only be a verb, which what stands in the brackets belongs to: يعد (كويت 15) مؤشرا."""
    from tts_news.script.diacritics.forms import load_forms

    return load_forms().only_verb(word)


def _run(match: re.Match[str]) -> str:
    stops = match[0]
    if "؟" in stops and "!" in stops:
        return "؟ "
    return next(stop for stop in _STRONGEST if stop in stops) + " "


def _special(text: str) -> str:
    """Quotes, brackets, dashes, dots in a row and Latin signs as pauses or nothing."""
    if _QUOTES.search(text):
        text = _QUOTES.sub(" ", _CLITIC_QUOTE.sub(_clitic, text))
    text = _LATIN.sub(lambda match: _LATIN_TABLE[match[0]], text)
    text = _SPACES.sub(" ", text)
    if _CLOSE.search(text) or _OPEN.search(text):
        text = _BRACKETS.sub(_brackets, text)
        text = _CLOSE.sub("، ", _OPEN.sub("، ", text))
    text = _ELLIPSIS.sub(lambda match: "." if match["end"] is not None else "، ", text)
    text = _COMPOUND.sub(r"\g<one> ", text)
    return _HYPHEN.sub(" ", _DASH.sub("، ", text))


def apply(text: str) -> str:
    """The text with no punctuation in it but pauses, evenly spaced."""
    if _SPECIAL.search(text):
        text = _special(text)
    if not _PUNCTUATION.search(text):
        return _SPACES.sub(" ", text) if _WORD.search(text) else ""
    text = _UNEVEN.sub(_run, _SPACES.sub(" ", text))
    text = _COMMA_LAST.sub("", _COMMA_FIRST.sub("", text))
    return text if _WORD.search(text) else ""
