"""The case of a number: what is certain from the words right before it; the rest is left open for the sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tts_news.arabic import ARABIC, LETTERS, plain
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules.clitics import attach, is_oblique
from tts_news.script.rules.nouns import find, is_listed
from tts_news.script.rules.numerals import cardinal, is_number_word
from tts_news.script.rules.undecided import CLOSE, OPEN, SIGNS, OpenNumber

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tts_news.script.rules.grammar import Case
    from tts_news.script.rules.nouns import Noun

STAND_IN: Final = "ثلاثة"
"""Read in the place of an open number that counts nothing known; see `three_of`."""

_NEAR, _TAIL = 40, 80
"""How many characters before a number are looked at for words, and for another number: a long line stays linear."""


def _words(text: str) -> frozenset[str]:
    return frozenset(plain(word) for word in text.split())


_PREPOSITIONS: Final = _words(
    "من في إلى على عن مع حتى منذ خلال بعد قبل بين تحت فوق عند لدى ضد نحو حوالي حوالى قرابة زهاء دون سوى رغم عبر ضمن "
    "وسط أمام خلف داخل خارج حول مقابل إثر عقب قبيل بعيد طوال طيلة أثناء وفق حسب تجاه إزاء فور جراء كل جميع كافة"
)
"""Prepositions, and nouns that are nothing but the first part of a construct."""

_LABELS: Final = _words(
    "رقم أرقام عيار عيارات طراز فئة مادة بند مرسوم قانون قرار طريق قناة بوابة لوحة صفحة رحلة طعن دعوى قضية"
)
"""Nouns that a number behind them names and does not count."""

_COMPLETED: Final = _words("رقم أرقام عيار عيارات طراز صفحة قانون مرسوم قرار مستوى حاجز عتبة")
"""Those that such a number is always in construct with."""

_SISTERS_OF_INNA: Final = _words("إن أن لأن بأن فإن لكن ولكن")
_QUOTES: Final = frozenset("\"«»“”„'")
_OPENING: Final = frozenset(":([")
_NOMINATIVE: Final = _words("بينهم بينهن بينهما وبينهم وبينهن وبينهما أما هناك هنالك ثمة زائد سالب +")
"""Words whose number is a subject: أما الـ25 الأخرى فتأخرت."""

_EQUALS: Final = frozenset({"=", "يساوي"})
_REACHING: Final = lazy("[وف]?(?:ال|ب|ل|لل|بال)?بالغ(?:ة|ين|ون|ات|ا)?")
"""A participle whose object is the number, after its subject too: البالغة قيمتها 350, البالغ من العمر 20."""

_MEASURE: Final = lazy(
    "(?:و?(?P<known>قدر|مقدار|قيمت|مساحت|طول|عرض|عمق|ارتفاع|وزن|عمر|عدد|قوت|مدت|سعت|حجم|قوام|سرعت|ثمن|سعر|نسبت|ابعاد|اعمار|اوزان|اطوال|اسعار)"
    f"|(?P<stem>[{LETTERS}]{{2,8}}))(?:ه|ها|هم|هن|هما)"
)


def is_measure(word: str) -> bool:
    """Whether a word is the name of a measure, which a number tells: سعر, قيمة."""
    found = _MEASURE.fullmatch(f"{word[:-1]}ته" if word.endswith("ة") else f"{word}ه")
    return found is not None and found["known"] is not None


_VERBAL_NOUN: Final = lazy(
    f"ت[{LETTERS}]{{2}}ي[{LETTERS}]|ا[{LETTERS}]{{2}}ا[{LETTERS}]|است[{LETTERS}]{{2}}ا[{LETTERS}]"
)
_MEASURING: Final = lazy(
    "[وفس]{0,2}(?:(?:بلغ|تجاوز|ناهز|قارب|فاق|كان|ارتفع|انخفض|تراجع|زاد|صار|ليس|شكل|مثل)ت?|[يت](?:بلغ|تجاوز|ناهز|قارب|فوق|كون|ساوي|عادل|شكل|مثل))"
)
"""Verbs that a measure is the subject of and a number the predicate: بلغ طوله 20."""

_JOINING: Final = ("أو ", "او ", "أم ", "و ")
OPENERS: Final = _words("حيث فيما بينما كما عندما بعدما حين ثم إذ قد وقد لقد")
"""Words that open a clause whose verb follows."""

_PARTNER_WORDS: Final = 6
_IN_BRACKETS: Final = 6
_DIVIDING: Final = frozenset("-–—/")
_CLAUSE_ENDS: Final = frozenset(".؛:!؟()")
_CLAUSE_STARTS: Final = _CLAUSE_ENDS | {"،"}

_TOKEN: Final = lazy(f"[{ARABIC}]+|[0-9][0-9.,]*|[{SIGNS}]|[^{ARABIC}0-9{SIGNS}\\s]")


def three_of(noun: Noun | None) -> str:
    """What is read in the place of an open number: its last letter shows every case, and it agrees as the number does.

    Of the stand-ins tried (مئة, ألف, نصف, عشرة, عدد من, جميع), the diacritiser sees most cases on this one.
    """
    if noun is None:
        return STAND_IN
    return f"{'ثلاث' if noun.gender == 'f' else STAND_IN} {noun.plural}"


def spoken(text: str, start: int, clitic: str, say: Callable[[Case], str], stand_in: str = STAND_IN) -> str:
    """A number with its prefixes, in the case of its place or open.

    Args:
        text: The line.
        start: Where the prefixes begin in it.
        clitic: The prefixes.
        say: The words of the number in a case.
        stand_in: What is read in their place when they stay open; its first word shows the case.
    """
    case = case_at(text, start, clitic)
    if case is None and stand_in == STAND_IN and not clitic:
        stand_in = named_by(text, start) or stand_in
    partner = None if case is not None else _partner(text, start, clitic)
    joined = partner is not None and _is_open_there(text, partner[0] + len(partner[1]))
    return in_case(case, clitic, say, stand_in, joined=joined)


def named_by(text: str, start: int) -> str:
    """What is read in the place of a number that is the name of the noun before it and has its case: القرار 242.

    "" when there is no such noun. Behind what may be a verb there is none unless such nouns mostly go by a number:
    the number may be what is scored or reached (بلغ المؤشر 1200).
    """
    words = [plain(word) for word in _TOKEN.findall(text, max(0, start - _NEAR), start)]
    back = 1
    while back < min(3, len(words)) and _DEFINITE.match(words[-back]) and words[-back].endswith(("ي", "ية")):
        back += 1
    head = _DEFINITE.match(words[-back]) if len(words) >= back else None
    if head is None:
        return ""
    noun = words[-back][head.end() :]
    if noun not in _LABELS and not (_is_singular(noun) and _is_governed(words[:-back], head[1])):
        return ""
    return "الثالثة" if noun.endswith("ة") else "الثالث"


def _is_singular(noun: str) -> bool:
    found = find(noun, plural=False)
    return found is not None and found.known and found.form == "singular"


def _is_governed(before: Sequence[str], article: str) -> bool:
    """Whether a noun with this article hangs on a preposition or on the noun before it."""
    if article != "ال":
        return True
    if not before:
        return False
    completes = len(before) > 1 and before[-2] not in _CLAUSE_STARTS and is_listed(before[-1])
    return completes or governs(before[-1]) or _is_construct_head(before[-1])


_DEFINITE: Final = lazy("[وف]?(ال|بال|كال|لل)")


def in_case(
    case: Case | None, clitic: str, say: Callable[[Case], str], stand_in: str = STAND_IN, *, joined: bool = False
) -> str:
    """A number with its prefixes in a case; open when that is None, `joined` to the open one before it or not."""
    if case is not None:
        return attach(clitic, say(case))
    seen, nom, gen, acc = (attach(clitic, words) for words in (stand_in, say("nom"), say("gen"), say("acc")))
    return OpenNumber(seen, nom, gen, acc, "و" if joined else "").written()


def case_at(text: str, start: int, clitic: str = "", *, links: int = 8) -> Case | None:
    """The case of a number that begins at `start` in `text`, or None when the words before it do not tell.

    A number that و or أو joins to another has that one's case where it is certain, over at most `links` such steps.
    """
    if is_oblique(clitic):
        return "gen"
    explaining = _EXPLAINING.search(text, max(0, start - 8), start)
    if explaining is not None and (explained := _case_of_dual(text, explaining.start())) is not None:
        return explained
    words = [plain(word) for word in _TOKEN.findall(text, max(0, start - _NEAR), start) if word not in _QUOTES]
    sure = certain(words, clitic)
    partner = _partner(text, start, clitic) if links and sure is None else None
    if words and words[-1] == "ثم":  # إلى 17 مليارا ثم 62 مليارا; without a number before it opens a clause
        partner = _last_number(text, start) if links else None
        sure = "nom"
    if explaining is not None and links:  # دفع مئة درهم (أي 10 دولارات)
        partner = _last_number(text, explaining.start())
    if partner is not None:
        return case_at(text, *partner, links=links - 1)
    return sure or ("nom" if _is_fronted(words, whole=start <= _NEAR) else None)


_EXPLAINING: Final = lazy(r"[ ]?[(،][ ]?أي[ ]$")


def _case_of_dual(text: str, end: int) -> Case | None:
    """The case that two of something show, and what explains them has too: فرسخين (أي 12 كيلومترا)."""
    words = [plain(word) for word in _TOKEN.findall(text, max(0, end - _NEAR), end)]
    if not words or words[-1].startswith("ال") or not words[-1].endswith(("ان", "ين")):
        return None
    if words[-1].endswith("ان"):
        found = find(words[-1], plural=False)
        return "nom" if found is not None and found.form == "dual" else None
    led = is_oblique(words[-1][0]) or (len(words) > 1 and completes(words[-2]))
    return "gen" if led and not is_listed(words[-1]) else "acc"


def certain(words: Sequence[str], clitic: str) -> Case | None:
    """The case that the last words before a number (and signs, all in `plain`) leave no doubt of."""
    if words and words[-1] in _EQUALS:
        return "acc"
    if (
        not words
        or words[-1] in _OPENING
        or words[-1] in _NOMINATIVE
        or (_is_label(words, clitic) and not _is_done(words))
    ):
        return "nom"
    if words[-1] == "…" or words[-2:] == [".", "."]:
        return "nom"
    if governs(words[-1]) or _is_construct_head(words[-1]) or _is_done(words):
        return "gen"
    if words[-1] in _SISTERS_OF_INNA or any(map(_REACHING.fullmatch, words[-4:])):
        return "acc"
    return (
        "nom"
        if _is_part_of_them(words) or _is_predicate(words) or _opens_with_being(words) or _is_rest(words)
        else None
    )


_DOING: Final = lazy("[وف]?(?:س?[يت])?تم(?:ت)?|[وف]?(?:س?[يت]جري|جر[ىت])")


def _is_done(words: Sequence[str]) -> bool:
    """Whether a verbal noun is done to so many, or they are a part of so many: تم تسجيل 565, من أصل 27."""
    if len(words) < 2 or words[-1].startswith("ال"):
        return False
    if words[-2] in {"من", "ومن"} and words[-1] in {"اصل", "مجموع", "اجمالي"}:
        return True
    return _DOING.fullmatch(words[-2]) is not None and is_listed(words[-1])


_OF_THEM: Final = frozenset({"منها", "منهم", "منهن", "بينها"})


def _is_part_of_them(words: Sequence[str]) -> bool:
    """Whether a number tells how many of those that were counted right before: 397 طنا منها 390 طنا."""
    if words[-1] not in _OF_THEM or len(words) < 2:
        return False
    counted = words[-2] == CLOSE or (len(words) > 2 and words[-3][0].isdigit() and words[-2].isalpha())
    return counted or (len(words) > 3 and words[-2].isalpha() and is_number_word(words[-3].removeprefix("و")))


_REST: Final = lazy("[وف]?(?:ال)?(?:باقي|بقية|متبقي|مجموع|إجمالي|اجمالي|فارق|حصيلة|محصلة)")


def _is_rest(words: Sequence[str]) -> bool:
    """Whether a clause without a verb tells how much is left or how much there is: ذهب 57% والباقي 43%.

    و before the noun opens the clause: it joins it to no other noun, since a sum stands for itself.
    """
    if _REST.fullmatch(words[-1]) is None or not words[-1].removeprefix("و").removeprefix("ف").startswith("ال"):
        return False
    return words[-1][0] in "وف" or len(words) == 1 or words[-2] in _CLAUSE_STARTS


_BEING: Final = lazy("[وف]?(?:كان|بات|امسى|اصبح|صار|ظل)ت?")


def _opens_with_being(words: Sequence[str]) -> bool:
    """Whether a clause begins with كان or a sister of it, whose subject the number is: وكان 60 منهم."""
    return _BEING.fullmatch(words[-1]) is not None and (len(words) == 1 or words[-2] in _CLAUSE_STARTS)


_PLACE: Final = _words("في لدى على من عند خلال منذ")


def _is_fronted(words: Sequence[str], *, whole: bool) -> bool:
    """Whether all that stands before a number in its clause is where or when: وفي البرنامج 23 عرضا.

    `whole` tells whether the words go back to the beginning of the line.
    """
    starts = [place + 1 for place, word in enumerate(words) if word in _CLAUSE_STARTS]
    if not (starts or whole):
        return False
    clause = words[max(starts, default=0) :]
    if not 2 <= len(clause) <= 3 or clause[0].removeprefix("و").removeprefix("ف") not in _PLACE:
        return False
    return clause[1].isalpha() and (len(clause) == 2 or clause[2].startswith("ال"))


def _is_label(words: Sequence[str], clitic: str) -> bool:
    """Whether a number stands apart from the sentence: in brackets («م. ع. 42 عاما»), or in a row of numbers."""
    if words[-1] == "،":
        return not clitic and len(words) > 1 and (words[-2][0].isdigit() or is_number_word(words[-2]))
    if words[-1] in _DIVIDING and "(" in words:
        return ")" not in words[len(words) - words[::-1].index("(") :]
    if "(" in words[-_IN_BRACKETS:] and any(map(_MEASURING.fullmatch, words[-_IN_BRACKETS:])):
        return False  # (حيث بلغ عدد سكانها 900)
    return "(" in words[-_IN_BRACKETS:] and ")" not in words[-_IN_BRACKETS:] and not completes(words[-1])


def governs(word: str) -> bool:
    """Whether a number right after the word is in the genitive."""
    for _ in range(3):
        if word in _PREPOSITIONS or word in _COMPLETED:
            return True
        if word[:1] not in "وفبلك":
            return False
        word = word[1:]
    return False


def completes(word: str) -> bool:
    """Whether what follows the word completes it: a preposition, or a noun behind one, as in بحلول الساعة."""
    return governs(word) or _is_construct_head(word)


def is_preposition(word: str) -> bool:
    """Whether a word as it stands is a preposition or the first part of a construct, and nothing that is counted."""
    return plain(word) in _PREPOSITIONS


_PREFIXED: Final = lazy("^[وف]?(?:[بك]?ال|لل|[بلك](?!ال))?")


def is_label(word: str) -> bool:
    """Whether a number behind the word names it: المادة 12, عيار 18, برقم 7."""
    bare = plain(word)
    return bare in _LABELS or _PREFIXED.sub("", bare) in _LABELS


def _is_construct_head(word: str) -> bool:
    """Whether the word is a noun behind ب or ل that a number completes: برصيد 9 نقاط, بقطر 48 بوصة."""
    bare = word[1:] if word[:1] in "وف" and word[1:2] in "بل" else word
    if bare[:1] not in "بل" or bare.startswith(("بال", "لل")) or bare.endswith("ا"):
        return False
    return is_listed(bare[1:]) and not is_listed(word) and not is_listed(bare)


_BEARING: Final = frozenset({"علي", "الي", "لدي"})
"""Prepositions that carry a pronoun as a noun does: محكوم عليه."""


def _is_predicate(words: Sequence[str]) -> bool:
    """Whether a number after the words says how much a noun's measure is: غرامة قدرها 200, وقيمتها 20."""
    owned = _MEASURE.fullmatch(words[-1])
    if owned is None or owned["stem"] in _BEARING or (len(words) > 1 and _MEASURING.fullmatch(words[-2])):
        return False
    if owned["known"]:
        return True
    # زلزال شدته 22: a measure nobody listed, after a noun without article.
    before = find(words[-2], plural=False) if len(words) > 1 else None
    if before is None or not before.known or words[-2].startswith("ال"):
        return False
    # منذ إعادة تشغيله 45: what is done to something is no measure of it.
    return _is_noun(owned["stem"]) and _VERBAL_NOUN.fullmatch(owned["stem"]) is None


def _is_open_there(text: str, place: int) -> bool:
    """Whether the number at a place is open: already, or when its rule comes to it."""
    digits = _DIGITS.match(text, place)
    if digits is None:
        return text.startswith(OPEN, place)
    n = int(digits[1])
    return cardinal(n) != cardinal(n, case="gen")


_DIGITS: Final = lazy("[ ]?([0-9]{1,15})(?![0-9])")


def _is_noun(stem: str) -> bool:
    """Whether a word whose pronoun was taken off is a noun: شدت of شدته is شدة."""
    return is_listed(stem) or (stem.endswith("ت") and is_listed(f"{stem[:-1]}ة"))


def _partner(text: str, start: int, clitic: str) -> tuple[int, str] | None:
    """Where the number begins that و or أو joins this one to, and its prefix; None when there is none.

    It is the last one before in the clause, a few words back at most: 20 سيارة إسعاف و22 عربة, 20 جنيها وعالميا 3.
    Of places and figures that follow each other (الرياض 39، الدمام 40) each has the case of the one before.
    """
    in_row = _IN_ROW.search(text, max(0, start - _NEAR), start)
    if in_row is not None and OPENERS.isdisjoint(map(plain, in_row["words"].split())):
        return in_row.start(), ""
    gapped = _GAPPED.search(text, max(0, start - _TAIL), start) if text.endswith(" ", 0, start) else None
    if gapped is not None and not governs(plain(_last_word(text, gapped.start()))):
        return gapped.start(), ""
    joined = clitic.startswith("و") or text.endswith(_JOINING, max(0, start - 4), start)
    return _last_number(text, start) if joined or _ADVERB.search(text, max(0, start - _NEAR), start) else None


def _last_word(text: str, end: int) -> str:
    found = _TOKEN.findall(text, max(0, end - _NEAR), end)
    return found[-1] if found else ""


def _last_number(text: str, start: int) -> tuple[int, str] | None:
    """Where the last number before a place in its clause begins, and its prefix."""
    tokens = list(_TOKEN.finditer(text, max(0, start - _TAIL), start))
    for place in range(len(tokens) - 1, max(-1, len(tokens) - 1 - _PARTNER_WORDS), -1):
        token = tokens[place]
        if token[0] in _CLAUSE_ENDS:
            return None
        if token[0] == CLOSE:
            return text.rfind(OPEN, 0, token.start()), ""
        if token[0][0].isdigit():
            before = tokens[place - 1] if place else None
            joined = before is not None and before.end() == token.start() and before[0].isalpha()
            return (before.start(), before[0]) if before is not None and joined else (token.start(), "")
        if is_number_word(token[0]) or is_number_word(token[0][1:]):
            return _first_of_words(tokens[: place + 1])
    return None


_IN_ROW: Final = lazy(
    rf"(?<![0-9.,:/-])[0-9]{{1,9}}(?:\.[0-9]{{1,3}})?[ ]?[،,][ ](?P<words>(?:[{ARABIC}]{{2,14}}[ ]){{1,4}})$",
    needs=DIGITS,
)
_GAPPED: Final = lazy(
    rf"(?<![{ARABIC}0-9.,:/-])[0-9]{{1,9}}(?:\.[0-9]{{1,3}})?(?:[ ][{ARABIC}]{{2,14}}){{1,2}}[ ]?[،,][ ]"
    rf"و(?:ال|لل)[{ARABIC}]{{2,14}}(?:[ ]ال[{ARABIC}]{{2,14}}){{0,2}}[ ]$",
    needs=DIGITS,
)
"""سجل اليورو 53 جنيها، والجنيه الإسترليني 62: the verb is said once for both."""

_ADVERB: Final = lazy(rf"(?<![{ARABIC}])(?<!في )(?<!من )(?<!إلى )(?<!على )و?[{ARABIC}]{{3,8}}يا[ ]$")
"""عالميا, محليا: where or when, between a number and the one before."""


def _first_of_words(tokens: Sequence[re.Match[str]]) -> tuple[int, str]:
    """Where a number in words begins whose last word is the last token, and the prefix on its first word."""
    place = len(tokens) - 1
    while place and (tokens[place][0].startswith("و") or tokens[place][0] in _TEENS):
        if not is_number_word(tokens[place - 1][0].lstrip("وبلك")):
            break
        place -= 1
    word = tokens[place][0]
    return tokens[place].start(), "" if is_number_word(word) else word[0]


_TEENS: Final = ("عشر", "عشرة")
