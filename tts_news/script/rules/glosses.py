"""What tells the eye alone: a name in Latin letters behind the same name in Arabic, the stamp of an outlet.

«مايكروسوفت» (Microsoft), منظمة الصحة العالمية (WHO): the ear has heard the name. A bracket is a gloss when it sounds
like the words before it, or stands behind a quoted or a definite name that it translates or abbreviates. Behind one
definite word a name is news («الإعصار (Katrina)»), a translation is not: it begins small, or is an English word and all
that a heading has besides the term. A figure that the words do not have, and the name that a common noun announces
(«فيلم (Just Mercy)»), are news and are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from tts_news.arabic import ARABIC, MARKS, plain
from tts_news.patterns import lazy
from tts_news.script.rules import latin
from tts_news.script.rules.patterns import words
from tts_news.script.rules.pronunciation import say_english, sounds
from tts_news.script.rules.transliteration import spell, transliterate

_BRACKET: Final = lazy(
    r"(?<![(\[])(?P<gap>[ ]?)[(\[][ ]?(?P<name>[A-Za-z][A-Za-z0-9\u00c0-\u024f "
    r"'&.’/-]{0,80}?[A-Za-z0-9\u00c0-\u024f.])(?:[ ]?[-–—,،][ ]?(?P<short>[A-Z]{2,6}))?[ ]?[)\]]"
)
_QUOTED: Final = lazy(
    r"(?P<gap>[ ])(?P<open>[\"“”«])[ ]?(?P<name>[A-Za-z][A-Za-z0-9 '&.-]{1,40}[A-Za-z0-9])[ ]?[\"“”»]",
    needs=('"', "“", "”", "«"),
)
"""لوميا 650 "Lumia 650": in quotes it is a gloss only where it sounds like the words before."""

_BEFORE: Final = lazy(rf"(?:[{ARABIC}0-9]+[\"»”“« ]{{1,3}}){{0,7}}[{ARABIC}0-9]+(?P<close>[\"»”]?)$")
_WORD: Final = lazy(rf"[{ARABIC}]+|[0-9]+")
_LATIN_WORD: Final = lazy(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’]*|[0-9]+")
_SMALL: Final = frozenset("of the and for in to de la du des al el von der".split())
_GENERIC: Final = frozenset(
    plain(word)
    for word in words(
        "فيلم أغنية كتاب رواية لعبة هاتف تطبيق موقع شركة شبكة قناة وكالة صحيفة مجلة منصة برنامج نظام "
        "فيروس حلف منظمة حركة جماعة فرقة علاج دواء لقاح "
        "حساب مسلسل ألبوم طراز سيارة طائرة هو هي باسم اسم يسمى تسمى مثل من في على عن إلى أو مع معاهدة "
        "مادة غاز مركب بروتين جين لغة كلمة عبارة عنوان بعنوان "
        "شعار علامة ماركة معيار شهادة تقنية نموذج المتحور متحور خدمة متصفح"
    )
)
_NEW: Final = lazy("^ال(?:جديد|اخير|شهير|معروف|مسمى|اول|ثاني|ثالث|قادم|مقبل|حالي|قديم|ناجح|مرتقب)ة?$")
_CLASSES: Final = str.maketrans(
    {
        **dict.fromkeys("تطث", "t"), **dict.fromkeys("دضذظ", "d"), **dict.fromkeys("سصز", "s"),
        **dict.fromkeys("كقغجخح", "k"), **dict.fromkeys("فب", "b"), "ش": "s", "ر": "r", "ل": "l", "م": "m", "ن": "n",
        **dict.fromkeys("اأإآوؤيئىةهءع", ""),
    }
)  # fmt: skip
_NOT_SOUND: Final = lazy(f"[{MARKS} ]")
_LIKE: Final = 0.34
"""Share of the sounds that may differ: beyond it two names are two names."""


def _skeleton(arabic: str) -> str:
    """The consonants of Arabic words, those that newsrooms write one for another as one."""
    return re.sub(r"(.)\1+", r"\1", _NOT_SOUND.sub("", arabic).translate(_CLASSES))


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


@lru_cache(maxsize=1024)
def _readings(name: str) -> tuple[str, ...]:
    """The skeletons of the ways in which a Latin name may have been written in Arabic."""
    said = {latin.say(name), " ".join(say_english(word) or word for word in _LATIN_WORD.findall(name))}
    said.add(" ".join(transliterate(word) or word for word in _LATIN_WORD.findall(name)))
    if name.replace(".", "").isupper() and len(name) <= 6:
        said.add(spell(name.replace(".", "")))
    return tuple(filter(None, map(_skeleton, said)))


def _sounds_alike(before: list[str], name: str) -> bool:
    """Whether the last words before the bracket are the name in Arabic letters; a prefix may stand before the first."""
    for reading in _readings(name):
        for count in range(1, min(len(before), 6) + 1):
            heard = "".join(word for word in before[-count:] if not word.isdigit())
            for skeleton in {_skeleton(heard), _skeleton(re.sub("^(?:[وفبلك]|ال|وال|بال|لل)", "", heard))}:
                longest = max(len(skeleton), len(reading))
                if skeleton and _distance(skeleton, reading) <= _LIKE * longest and skeleton[0] == reading[0]:
                    return True
                if skeleton == "" == reading:
                    return False
    return False


def _names_the_same(before: list[str], name: str, *, quoted: bool, alone: bool) -> bool:
    """Whether a Latin name is that of the words before it; `alone` when the line has nothing else."""
    parts = [word for word in _LATIN_WORD.findall(name) if word.lower() not in _SMALL]
    arabic = [word for word in before if not word.isdigit()]
    if not parts or not arabic:
        return False
    if _sounds_alike(before, " ".join(part for part in parts if not part.isdigit()) or name):
        return True
    last = plain(arabic[-1])
    if last in _GENERIC or _NEW.match(last):
        return False
    # جامعة ميريلاند (University of Maryland): one of the words is the name, the others translate what it is.
    if len(parts) > 1 and len(arabic) > 1 and any(_sounds_alike(arabic[-1:], part) for part in parts if len(part) > 3):
        return True
    return quoted or _translates(arabic, parts, name, alone=alone)


def _translates(arabic: list[str], parts: list[str], name: str, *, alone: bool) -> bool:
    """Whether what no word before it sounds like translates or abbreviates them, and is no name that they announce."""
    last = plain(arabic[-1])
    if not _DEFINITE.match(last):
        return alone and len(parts) > 1 and len(arabic) > 1 and not _announces(arabic[0]) and _is_english(parts)
    if _announces(last):
        return False
    short = name.replace(".", "").replace(" ", "")
    if len(arabic) > 1 and (len(parts) > 1 or (short.isupper() and 2 <= len(short) <= 7)):
        return True
    return name.islower() or (alone and not short.isupper() and _is_english(parts))


_DEFINITE: Final = lazy("^(?:[وف]?(?:[بك]?ال|لل))")


def _announces(word: str) -> bool:
    """Whether a noun announces the name behind it: الشركة (General Electric)."""
    return _DEFINITE.sub("", plain(word)) in _GENERIC


def _is_english(parts: list[str]) -> bool:
    return all(sounds(part.lower()) for part in parts)


_STAMP: Final = lazy(
    rf"^[ ]{{0,4}}(?P<name>(?:www\.)?[A-Za-z0-9-]{{2,40}}(?:\.[A-Za-z]{{2,6}}){{1,2}})[ ]?(?:[-–—|:]"
    rf"|//)[ ]?(?=[\"«]?[{ARABIC}]{{2}})"
)
"""The address of the outlet at the head of its own report: AHDATH.INFO- تمكن الأمن."""


def find(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the place of each gloss and stamp with the brackets or dash that set it off, and what is written there."""
    stamp = _STAMP.match(text)
    if stamp is not None:
        yield stamp.start(), stamp.end(), stamp["name"]
    yield from _quoted(text)
    for match in _BRACKET.finditer(text) if _MAY_HOLD.search(text) else ():
        head = _BEFORE.search(text, max(0, match.start() - 100), match.start())
        if head is None:
            continue
        before = _WORD.findall(head[0])
        figures = set(re.findall("[0-9]+", match["name"])) - {word for word in before if word.isdigit()}
        known = latin.look_up(match["name"])
        if figures and not (known and plain(known) in plain(" ".join(before))):
            continue
        if match["short"] and match["short"] != _initials(match["name"]):
            continue
        alone = not text[: head.start()].strip(" 0123456789.") and _TERM_END.match(text, match.end()) is not None
        if _names_the_same(before, match["name"], quoted=bool(head["close"]), alone=alone):
            yield match.start(), match.end(), match["name"]


def _quoted(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _QUOTED.finditer(text):
        head = _BEFORE.search(text, max(0, match.start() - 100), match.start())
        before = _WORD.findall(head[0]) if head else []
        named = [part for part in _LATIN_WORD.findall(match["name"]) if not part.isdigit()]
        figures = set(re.findall("[0-9]+", match["name"])) - set(before)
        if before and not figures and _sounds_alike(before, " ".join(named)):
            yield match.start(), match.end(), match["name"]


_TERM_END: Final = lazy("[ ]*(?:[:：–—-]|[.]?$)")
"""What stands behind the term that a line explains, or names as a heading."""


def _initials(name: str) -> str:
    return "".join(part[0] for part in _LATIN_WORD.findall(name)).upper()


def apply(text: str) -> str:
    """The text without the Latin spellings of what it has just named."""
    kept, place = [], 0
    for start, end, _ in find(text):
        kept.append(text[place:start])
        place = end
    return "".join([*kept, text[place:]]) if place else text


_MAY_HOLD: Final = lazy(r"[(\[][ ]?[A-Za-z]", needs="([")
