"""The article before a number: after a plural it is a definite cardinal (الدول الخمس), after a singular an ordinal
(المركز الثالث), before a noun a cardinal (الأربع والعشرين ساعة), and a handful of idioms (دور الستة عشر).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tts_news.arabic import ARABIC, plain
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules import ordinals
from tts_news.script.rules.clitics import attach
from tts_news.script.rules.context import STAND_IN, case_at, in_case, is_preposition, three_of
from tts_news.script.rules.nouns import Found, Noun, find, is_listed
from tts_news.script.rules.numerals import LIMIT, cardinal, ordinal
from tts_news.script.rules.quantity import SCALE, Quantity, say

if TYPE_CHECKING:
    from tts_news.script.rules.grammar import Case, Gender

_NUMBER: Final = lazy(
    rf"(?<![{ARABIC}A-Za-z0-9])(?P<clitic>[وف]?(?:[بك]?ال|لل))[ ]?(?P<number>[0-9]{{1,18}})(?![0-9]|[.,:/-][0-9]|"
    rf"[ ]?[%°])"
    rf"(?P<scale>[ ]{SCALE})?(?P<gap>[ ]?)(?P<next>[{ARABIC}]{{2,30}})?",
    needs=DIGITS,
)
_ARTICLE: Final = lazy("[ال]ل[ ]?[0-9]", needs=DIGITS)
"""In whatever `_NUMBER` matches, and quickly compiled."""
_WORDS_BEFORE: Final = lazy(rf"(?:[{ARABIC}]+[ ]{{1,2}}){{1,6}}$")
_KNOCKOUT: Final = frozenset(plain(word) for word in "دور الدور بدور لدور دورا".split())
_GROUPS: Final = frozenset(plain(word) for word in "مجموعة المجموعة بمجموعة لمجموعة ومجموعة نادي".split())
_AGE: Final = frozenset(plain(word) for word in "من عمره عمرها عمرهم العمر".split())
_APPOSED: Final = frozenset(
    plain(word)
    for word in "الأعضاء الأطراف الماضية الأخيرة المقبلة القادمة الأولى المتبقية السابقة الكبرى الحالية".split()
)
_NOUNS_TOO: Final = frozenset(plain(word) for word in ("الأعضاء", "الأطراف"))
_TO_OR_BY: Final = lazy("[وف]?(?:لل|بال|كال)")
"""A noun behind a preposition completes no plural before it: معابر غزة لليوم الـ15."""

_TITLE: Final = lazy("^[وف]?[بلك]?رئيس$")
_PRONOUN: Final = lazy("(?:هما|هم|هن|ها|ه|نا)$")


def _head(words: list[str]) -> tuple[Found | None, int]:
    """The noun that a definite number belongs to, and how many words before the number it stands.

    Adjectives between the two are passed over: الدول الأوروبية الـ27.
    """
    for back, word in enumerate(reversed(words), start=1):
        bare = plain(word)
        definite = bare.lstrip("وف").startswith(("ال", "بال", "لل", "كال"))
        if back > 1 and not definite and not _PRONOUN.search(bare):
            break
        adjective = bare in _APPOSED or (back < len(words) and _is_adjective(bare, plain(words[-back - 1])))
        if adjective:
            continue
        return _noun(bare), back
    # بحضور الأعضاء الـ22: what can describe a noun is the noun itself where there is none before it.
    last = _noun(plain(words[-1])) if plain(words[-1]) in _NOUNS_TOO else None
    return (last, 1) if last is not None else (None, 0)


def _owner(words: list[str], back: int) -> tuple[Found, int] | None:
    """The plural that a definite singular completes: the number is that of أعضاء in أعضاء مجلس الأمن الـ15.

    Not before nouns that are numbered themselves: قادة الدورة الـ35.
    """
    head = plain(words[-back])
    if head.removeprefix("ال") in ordinals.HEADS:
        return None
    for place in range(back + 1, min(back + 3, len(words)) + 1):
        word = plain(words[-place])
        if word.startswith("ال") or is_preposition(word):
            return None
        found = find(word, plural=True)
        if found is not None and not found.known and word[0] in "وفبل" and len(word) > 4:
            found = find(word[1:], plural=True)
        if found is not None and found.form == "plural" and (found.known or word.endswith(("ي", "و"))):
            return found, place
    return None


def _event(words: list[str]) -> tuple[Found, int] | None:
    """The event that is numbered behind its place or its matter: مؤتمر الخليج الـ12, مهرجان دبي الـ19.

    Not where the number counts what completes it: قمة الدول الـ20.
    """
    for back in (2, 3):
        if len(words) < back:
            return None
        word = plain(words[-back])
        stem = word if word in _EVENTS else re.sub("^[وف]?[بلك]?", "", word)
        if stem in _EVENTS:
            return (
                None
                if _COUNTED.search(words[-1])
                else (Found(Noun(stem, _EVENTS[stem], ""), "singular", known=True), back)
            )
        if not plain(words[-back]).startswith("ال"):
            return None
    return None


_EVENTS: Final[dict[str, Gender]] = {
    **dict.fromkeys(map(plain, "مؤتمر مهرجان منتدى معرض ملتقى سباق ماراثون أسبوع موسم".split()), "m"),
    **dict.fromkeys(map(plain, "قمة دورة نسخة بطولة ندوة جائزة".split()), "f"),
}
"""Of these there is one every year, and it is numbered."""

_COUNTED: Final = lazy("(?:دول|بلدان|قادة|زعماء|أعضاء|أندية|فرق|مجموعات)$")
_LIFE: Final = lazy("[ ](?:العمر|عمره|عمرها|عمرهم|عمرهن)")


_KIND: Final = lazy(rf"[ ]نوع(?P<whose>ها|ه)(?![{ARABIC}])")
"""هو الـ32 من نوعه: the thirty-second of its kind."""


def _is_adjective(word: str, before: str) -> bool:
    """Whether a definite word is an adjective of the definite word before it."""
    if not (word.startswith("ال") and before.lstrip("وفبك").startswith(("ال", "لل"))):
        return False
    if word in _APPOSED or word.endswith(("ية", "يه", "ي", "يين", "يون")):
        return True
    head = _noun(before)
    return head is not None and head.form == "plural" and word.endswith("ة")


def _noun(word: str) -> Found | None:
    """The noun of a definite word, a plural where it can be one."""
    bare = re.sub("^[وف]?(?:بال|كال|فال|وال|ال|لل)", "", word)
    stem = _PRONOUN.sub("", bare)
    if stem != bare and stem.endswith("ات") and not is_listed(f"{stem[:-1]}ة"):  # خاماتها الـ12, not مباراته الـ21
        bare = stem
    if bare == "فرق":  # teams, though a difference is one too
        return Found(Noun("فريق", "m", "فرق"), "plural", known=True)
    if bare == "بلاد":  # the country, though it is the plural of بلد
        return Found(Noun("بلاد", "f", "بلاد"), "singular", known=True)
    found = find(bare, plural=True)
    if found is not None and found.form == "plural" and not found.known and not bare.endswith(("ات", "ين", "ون")):
        singular = find(bare, plural=False)
        return singular if singular is not None else found
    single = find(bare, plural=False)
    if (
        found is not None
        and single is not None
        and found.form == "plural"
        and single.form == "singular"
        and single.known
    ):
        # اليوم, الطالب: both readings exist; a plural in ـات or one the table knows as plural of a commoner word wins.
        return found if found.known and bare.endswith("ات") else single
    return found or single


def _case(match: re.Match[str], words: list[str], back: int) -> Case | None:
    clitic = match["clitic"]
    if clitic.lstrip("وف")[:1] in {"ب", "ل", "ك"} and clitic.lstrip("وف") != "ال":
        return "gen"
    start = match.start("clitic")
    if back and (shown := re.search("(?:ين|ي|ون)$", words[-back])) is not None:
        found = _noun(plain(words[-back]))
        if found is not None and found.form != "singular":
            # A sound plural or dual shows its case: المسلحين الـ20. The letters are the same in the other two.
            return "nom" if shown[0] == "ون" else "gen"
    if back:
        # The case of the noun it describes: that of what stands before the noun, or of the noun's own prefix.
        tail = " ".join(words[-back:])
        head = words[-back]
        if re.match("[وف]?(?:بال|لل|كال|ب|ل)", plain(head)) and not plain(head).startswith(
            ("بلد", "بيت", "باب", "لجن")
        ):
            return "gen"
        start = match.string.rfind(tail, 0, start)
    return case_at(match.string, start)


def _idiom(clitic: str, n: int, last: str, following: str, *, of_life: bool, of_kind: Gender | None) -> str | None:
    if last in _KNOCKOUT and n in (8, 16, 32, 64, 128):
        return attach(clitic, cardinal(n, case="gen", definite=True))
    if last in _GROUPS:
        return attach(clitic, cardinal(n, gender="f", case="gen", definite=True))
    counts = following and (found := find(following, plural=3 <= n % 100 <= 10)) is not None and found.known
    aged = last == "سن" or (last in {"دون", "تحت", "فوق"} and not counts and 10 < n < 100)
    if following == "من" and of_kind:
        return attach(clitic, ordinal(n, gender=of_kind))
    if aged or (following == "من" and (is_preposition(last) or of_life)):
        return attach(clitic, ordinal(n, gender="f", case="gen"))
    return None


def _alone(match: re.Match[str], n: int, case: Case | None) -> str:
    """A number that no noun before it owns, with the noun after it: الـ24 ساعة, الـ100 دولار, الـ5 ملايين."""
    clitic, word, gap = match["clitic"], match["next"] or "", match["gap"]
    if match["scale"]:
        quantity, followed = Quantity.of(str(n), match["scale"].strip()), bool(word)
        words = in_case(case, clitic, lambda case: f"ال{say(quantity, None, case, followed=followed)}", _STAND_IN)
        return words + gap + word
    found = find(word, plural=3 <= n % 100 <= 10) if word and not plain(word).startswith("ال") else None
    if found is None or not found.known or n < 3:
        gender = _counted_before(match) if _OTHERS.match(plain(word)) else "m"
        said = in_case(case, clitic, lambda case: cardinal(n, gender=gender, case=case, definite=True), _STAND_IN)
        return said + gap + word
    noun = found.noun
    counted = word if found.form == "plural" and 3 <= n % 100 <= 10 else noun.after(n)

    def say_with_noun(case: Case) -> str:
        return f"{cardinal(n, gender=noun.gender, case=case, state='construct', definite=True)} {counted}"

    return in_case(case, clitic, say_with_noun, f"ال{three_of(noun)}")


_STAND_IN: Final = f"ال{STAND_IN}"


def _definite(match: re.Match[str]) -> str:
    clitic, n = match["clitic"], int(match["number"])
    if n >= LIMIT or n == 0:
        return match[0]
    before = _WORDS_BEFORE.search(match.string, max(0, match.start() - 70), match.start())
    words = before[0].split() if before else []
    last = plain(words[-1]) if words else ""
    tail = match["gap"] + (match["next"] or "")
    of_life = bool(_LIFE.match(match.string, match.end()))
    kind = _KIND.match(match.string, match.end())
    of_kind: Gender | None = None if kind is None else "m" if kind["whose"] == "ه" else "f"
    idiom = _idiom(clitic, n, last, plain(match["next"] or ""), of_life=of_life, of_kind=of_kind)
    if idiom is not None:
        return idiom + tail
    head, back = _head(words) if _is_definite(last) else (None, 0)
    if (event := _event(words)) is not None:
        head, back = event
    elif head is not None and head.form == "singular":
        head, back = (not _TO_OR_BY.match(words[-back]) and _owner(words, back)) or (head, back)
    elif head is not None and len(words) > back and _TITLE.match(plain(words[-back - 1])):
        # رئيس الوزراء الـ10: the holder of the title is numbered, not the ministers.
        head, back = Found(Noun("رئيس", "m", "رؤساء"), "singular", known=True), back + 1
    case = _case(match, words, back)
    if head is None or is_preposition(last):
        return _alone(match, n, case)
    gender = head.noun.gender
    if head.form == "singular":
        said = in_case(case, clitic, lambda case: ordinal(n, gender=gender, case=case), ordinals.STAND_INS[gender])
    else:
        said = in_case(case, clitic, lambda case: cardinal(n, gender=gender, case=case, definite=True), _STAND_IN)
    return said + (match["scale"] or "") + tail


_OTHERS: Final = lazy("^(?:ال)?(?:اخر|باقي|متبقي|بقي|مذكور|سابق|لاحق|متاخر|فائز|خاسر|ناجي|جديد)")
_EARLIER: Final = lazy(rf"(?<![0-9.,])(?P<n>[0-9]{{1,9}})[ ](?P<word>[{ARABIC}]{{3,20}})")


def _counted_before(match: re.Match[str]) -> Gender:
    """The gender of what the sentence counted before «أما الـ25 الأخرى»: the singular of the noun that is left out."""
    feminine = plain(match["next"] or "").endswith("ى")
    for earlier in reversed(list(_EARLIER.finditer(match.string, 0, match.start()))):
        if earlier["word"]:
            found = find(earlier["word"], plural=3 <= int(earlier["n"]) % 100 <= 10)
            if found is not None and (found.known or plain(earlier["word"]).endswith(("ة", "ات"))):
                return found.noun.gender
    return "f" if feminine else "m"


def _is_definite(word: str) -> bool:
    article = word.lstrip("وف").startswith(("ال", "بال", "لل", "كال"))
    return article or (len(word) > 3 and _PRONOUN.search(word) is not None)


_OF_TWO: Final = lazy(
    rf"(?P<noun>(?<![{ARABIC}])[وفب]?ال(?P<stem>[{ARABIC}]{{2,12}})(?P<dual>ان|ين))[ ]ال[ ]?(?P<a>[0-9]{{1,2}})[ ]"
    r"و[ ]?ال[ ]?(?P<b>[0-9]{1,2})(?![0-9])",
    needs=DIGITS,
)
"""الفصلان ال14 وال15: each of the two is numbered."""


def _of_two(match: re.Match[str]) -> str:
    found = find(match["stem"] + match["dual"], plural=False)
    if found is None or found.form != "dual":
        return match[0]
    case: Case = "nom" if match["dual"] == "ان" else "gen"
    both = (ordinal(int(match[name]), gender=found.noun.gender, case=case) for name in "ab")
    return f"{match['noun']} {' و'.join(both)}"


def apply(text: str) -> str:
    """The text with its definite numbers in words."""
    text = _OF_TWO.sub(_of_two, text)
    return _NUMBER.sub(_definite, text) if _ARTICLE.search(text) else text
