"""What grammar allows of the case that the diacritiser saw on a number, from the marked words before it.

A clause has one subject; a number that nothing governs is not in the genitive. Where the diacritiser says otherwise,
the grammar holds.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tts_news.arabic import bare, plain
from tts_news.patterns import lazy
from tts_news.script.diacritics.forms import load_forms
from tts_news.script.rules.context import OPENERS, governs, is_measure
from tts_news.script.rules.nouns import find
from tts_news.script.rules.ordinals import HEADS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts_news.script.rules.grammar import Case

_NOMINATIVE: Final = lazy("(?:[\u064f\u064c]|\u064fون\u064e)$")
_ACCUSATIVE: Final = lazy("(?<!\u064fون)[\u064e\u064b]$")
_GENITIVE: Final = lazy("[\u0650\u064d]$")
_ARTICLE: Final = lazy("^(?:[وف]\u064e?)?ا\u0652?ل")
_VERB: Final = lazy(
    "(?:[وف]\u064e)?(?:"
    "[\u0621-\u064a]\u0651?[\u064e\u0650\u064f]?[\u0621-\u0652]{3,}\u064e"  # حَضَرَ
    "|[\u0621-\u064a]\u0651?[\u064e\u0650\u064f]?[\u0621-\u0652]{3,}ت[\u0652\u0650]"  # حَضَرَتْ, before the article تِ
    "|(?:س\u064e)?[يت][\u064e\u064f][\u0621-\u0652]{3,}[\u064fويى]\u0651?"  # يَبْلُغُ, يَدْعُو, يَضُمُّ
    ")"
)
_LETTER: Final = "[\u0621-\u064a][\u064b-\u0652]*"
_AND: Final = lazy(f"[وف]\u064e(?:(?:{_LETTER}){{3}}(?<!ت\u0652)|(?:{_LETTER}){{4,}})$")
"""«و» before a verb, not the first letter of one: وَصَلَتْ."""
_FAR: Final = 10
"""How many words before a number a subject is looked for in."""


def allowed(case: Case, before: Sequence[str], seen: str) -> Case:
    """Return the case of a number: the one that was seen, unless the clause before it leaves no room for that.

    Args:
        case: The case on the stand-in.
        before: The marked words before it in its clause.
        seen: The marked stand-in and the word after it.
    """
    if not before:
        return case
    if not (_ARTICLE.match(seen) or bare(seen).startswith("ثلاث")):
        return case
    if _ARTICLE.match(seen):
        is_object = _describes_none(before[-1]) and (_has_subject(before[:-1]) or _is_done_by(before[:-1], seen))
        if case == "acc" and not is_object and _is_subject_counted(before, seen):
            return "nom"
        return "acc" if case == "nom" and is_object else case
    return _due(case, before, seen)


def _is_subject_counted(before: Sequence[str], seen: str) -> bool:
    """Whether the definite number tells how many the subject right before it is: اتفقت الدول الـ27."""
    counts = bare(seen).startswith("الثلاث") and len(before) > 1
    return counts and _is_subject(before, len(before) - 1) and _VERB.fullmatch(before[-2]) is not None


def _due(case: Case, before: Sequence[str], seen: str) -> Case:
    if _is_object_first(before, seen) or _is_done_to_them(before[-1], seen):
        return "nom"
    if _is_headline_of(before, seen):
        return "gen"
    if case == "gen" and (_ends_phrase(before) or _is_foreign(before[-1], seen)):
        told = any(_NOMINATIVE.search(word) and not _is_present(word) for word in before)
        return "acc" if told or _has_doer(before) else "nom"
    if case == "nom" and _is_object(before, seen):
        return "acc"
    if case == "acc" and (_INTRANSITIVE.fullmatch(bare(before[-1])) or _has_none_else(before) or _is_verbless(before)):
        return "nom"
    return case


def _is_object(before: Sequence[str], seen: str) -> bool:
    return (
        (_is_complete(before[-1]) and _has_subject(before))
        or _has_doer(before)
        or _is_told_of(before)
        or _moves(before[-1], seen)
        or _reaches(before)
        or _is_reached(before[-1])
        or _is_done_to_people(before[-1], seen)
    )


def _is_done_to_them(verb: str, seen: str) -> bool:
    """Whether the verb has its object on it, so that the number tells who does it: بسيولة تقاسمتها 95 شركة."""
    word = bare(verb)
    if not word.endswith(_PRONOUNS) or _tells_how_much(seen):
        return False
    stem = word.removesuffix(next(end for end in _PRONOUNS if word.endswith(end)))
    return load_forms().only_verb(word) and not _GIVING.fullmatch(stem)


_PRONOUNS: Final = ("هما", "ها", "هم", "هن", "ه")

_INTRANSITIVE: Final = lazy("[وف]?(?:س?[يت]|ا)ن(?![تا])[\u0621-\u064a]{3}ت?")
"""The seventh form, which has no object: انطلق, ينهار."""


def _is_definite(word: str) -> bool:
    return _ARTICLE.match(word) is not None


def _ends_phrase(before: Sequence[str]) -> bool:
    """Whether the last word is one that no number completes: it has the article, or is the name of a month."""
    return _is_definite(before[-1]) or (len(before) > 1 and bare(before[-2]) == "شهر")


def _is_verbless(before: Sequence[str]) -> bool:
    """Whether a measure opens the clause, with no verb before the number that tells it: سعر الغرام في مصر 40 جنيها."""
    if not (_NOMINATIVE.search(before[0]) and is_measure(bare(before[0]))):
        return False
    return all(
        _NOMINATIVE.search(word) or _GENITIVE.search(word) or governs(plain(word)) or governs(plain(last))
        for last, word in pairwise(before)
    )


def _is_foreign(word: str, seen: str) -> bool:
    """Whether a word is a foreign name, which no measure completes: خام برنت 51 سنتا."""
    name = plain(bare(word))
    is_known = any(form.kind != "X" for form in load_forms().of(bare(word)))
    return _measures(seen) and not governs(name) and len(name) > 3 and not is_known


_VERBAL_NOUN: Final = lazy("ت..ي.|[اإ]..ا.|ا.ت.ا.|است..ا.|إ.ا.ة|ا.تي.ا.")


def _is_headline_of(before: Sequence[str], seen: str) -> bool:
    """Whether a verbal noun without article opens the clause, right before what is done to so many: إقفال 12 محطة."""
    if len(before) != 1 or _is_definite(before[0]) or _tells_how_much(seen) or len(seen.split()) < 2:
        return False
    word = bare(before[0])
    return _VERBAL_NOUN.fullmatch(word) is not None and not any(form.is_verb for form in load_forms().of(word))


def _has_doer(before: Sequence[str]) -> bool:
    """Whether a verbal noun behind a preposition stands before the number with who does it: مع تسجيل الفريق 29 هدفا."""
    if len(before) < 3 or not (_is_definite(before[-1]) or _GENITIVE.search(before[-1])):
        return False
    return governs(plain(before[-3])) and _VERBAL_NOUN.fullmatch(bare(before[-2])) is not None


_PASSIVE_VERB: Final = lazy("[يت]\u064f.*\u064e\u0651?ا?[\u0621-\u064a]\u064f$|[^يت]\u064f.*\u0650")


def _is_told_of(before: Sequence[str]) -> bool:
    """Whether the clause has its subject before its verb, right before the number: عيار 21 يسجل 790 جنيها."""
    verb, subject = before[-1], before[0]
    if plain(subject) in OPENERS or not 1 < len(before) <= _FAR or _is_definite(verb) or governs(plain(before[-2])):
        return False
    if not _VERB.fullmatch(verb) or not any(form.is_verb for form in load_forms().of(bare(verb))):
        return False
    if _PASSIVE_VERB.match(verb) or any(_VERB.fullmatch(word) for word in before[:-1]):
        return False
    named = len(before) == 2 and is_name(subject)
    return named or (_NOMINATIVE.search(subject) is not None and not governs(plain(subject)))


def is_name(word: str) -> bool:
    """Whether a word is a proper name that shows no case: ليبيا, روما."""
    found = load_forms().of(bare(word))
    return word[-1:] == "ا" and not governs(plain(word)) and (not found or any(form.kind == "X" for form in found))


_MOVING: Final = lazy(
    "[وف]?(?:س?[يت])?(?:ا?رتفع|ا?نخفض|تراجع|هبط|صعد|زاد|زيد|قفز|نقص|خسر|كسب|ربح|فقد|سجل|بلغ|ناهز|قارب|تجاوز|لامس|تخط[ىي]?)ت?"
)
_MEASURES: Final = frozenset(
    "دولارات سنتات جنيهات قروش ريالات دراهم دنانير ليرات نقاط درجات بالمئة في بالمائة يوروهات فلوس".split()
)


def _moves(verb: str, seen: str) -> bool:
    """Whether the number is by how much something rose or fell: بعد أن ارتفع 70 سنتا."""
    return _MOVING.fullmatch(bare(verb)) is not None and _measures(seen)


def _measures(seen: str) -> bool:
    return not _MEASURES.isdisjoint(map(bare, seen.split()[1:]))


_REACHING: Final = lazy("[وف]?(?:س?(?P<present>[يت]))?(?:بلغ|ناهز|تجاوز|قارب|لامس|تخط[ىي]?)ت?")


def _is_reached(verb: str) -> bool:
    """Whether the number is what something that was told before came to: بلغت 397532 طنا."""
    found = _REACHING.fullmatch(bare(verb))
    return found is not None and (found["present"] == "ت" or verb.endswith(_FEMININE_ENDS))


_FEMININE_ENDS: Final = ("ت", "ت\u0652", "ت\u0650")


def _reaches(before: Sequence[str]) -> bool:
    """Whether the verb of the clause tells how much its subject comes to: بلغت نسبة المشاركة في المدن 25 في المائة."""
    for place in range(len(before) - 2, max(-1, len(before) - 1 - _FAR), -1):
        if _REACHING.fullmatch(bare(before[place])):
            return True
        if _is_verb(before, place) if place else _VERB.fullmatch(before[place]):
            return False
    return False


_ACTIVE_FEMININE: Final = lazy("[\u0621-\u064e\u0650-\u0652]{6,}ت[\u0652\u0650]")
"""A verb of the feminine in the past with no damma in it, which a passive has."""


def _is_done_to_people(verb: str, seen: str) -> bool:
    """Whether people are counted right behind an active verb of the feminine, which is not theirs: كرمت 9 معلمين."""
    people = bare(seen).startswith("ثلاثة ") and seen.endswith("ِينَ")
    return people and _ACTIVE_FEMININE.fullmatch(verb) is not None


def _is_present(word: str) -> bool:
    """Whether a word is a verb of the present, whose damma makes no subject: يَتَنَافَسُ."""
    letters = bare(word).removeprefix("و").removeprefix("ف").removeprefix("س")
    return letters[:1] in "يت" and load_forms().only_verb(bare(word))


def _has_subject(before: Sequence[str]) -> bool:
    """Whether the verb of the clause has its subject already, and no other verb comes between that and the number."""
    last = len(before) - 1
    for place in range(last, max(0, last - _FAR), -1):
        if _is_verb(before, place):
            return False
        if _is_subject(before, place) and (_VERB.fullmatch(before[place - 1]) or _is_defective(before[place - 1])):
            return True
    return False


def _is_defective(word: str) -> bool:
    """Whether a word in ى is a verb of the past and no noun: قَضَى, أَعْطَى."""
    return word.endswith("\u064eى") and load_forms().only_verb(bare(word))


def _is_complete(word: str) -> bool:
    """Whether a word has the article or is in the genitive, so that no number completes it and none begins anew there.

    Not بينهم in «بينهم 12 امرأة», which has a subject of its own, nor عيار in «عيار 21».
    """
    return _is_definite(word) or _GENITIVE.search(word) is not None


def _is_subject(before: Sequence[str], place: int) -> bool:
    word, after = before[place], before[place + 1 : place + 2]
    if not _NOMINATIVE.search(word):
        return False
    return _is_definite(word) or word.endswith("\u064c") or any(map(_GENITIVE.search, after))


def _is_verb(before: Sequence[str], place: int) -> bool:
    """Whether a word with the shape of a verb is one: it completes no noun (شهرِ جوانَ) and governs none (بعدَ الحادثِ)."""
    if not _VERB.fullmatch(before[place]) or _is_definite(before[place]):
        return False
    completes = before[place - 1].endswith("\u0650") and not _is_definite(before[place - 1])
    governs = place + 1 < len(before) and _GENITIVE.search(before[place + 1])
    return not (completes or governs)


def _describes_none(word: str) -> bool:
    """Whether a definite word is no adjective of a subject before it: it is numbered itself, or a plural in ات."""
    head = bare(word).removeprefix("ال")
    return _is_definite(word) and (head in HEADS or head.endswith("ات"))


def _is_object_first(before: Sequence[str], seen: str) -> bool:
    """Whether all that stands before the number is a verb and its object: زار المعرضَ 300 طالب, دخل المدينة 300 لاجئ.

    A verb agrees with the one noun behind it that does it. Where it does not, the number tells who did it: استهدفت
    المطار 22 طائرة, هز ضاحية بيروت 12 انفجارا. Not where the number tells how often or how long: دخل المدينة 22 مرة.
    """
    if len(before) < 2 or _AND.match(before[0]) or _tells_how_much(seen):
        return False
    verb, noun = before[:2]
    if not _is_verb_before(verb, noun):
        return False
    if _disagrees(verb, noun, seen) and _is_one_phrase(before[1:]):
        return True
    return len(before) == 2 and _is_definite(noun) and _ACCUSATIVE.search(noun) is not None and _gender(noun) != ""


def _is_verb_before(verb: str, noun: str) -> bool:
    """Whether a word is a verb: by its shape, or because the noun behind it does not complete it as it does a noun."""
    if _VERB.fullmatch(verb):
        return True
    return not _GENITIVE.search(noun) and any(form.is_verb for form in load_forms().of(bare(verb)))


_FEMININE_VERB: Final = lazy("(?:[وف]\u064e)?(?:.*ت[\u0652\u0650]?|(?:س\u064e)?ت[\u064e\u064f].*[\u064fىوي]\u0651?)")
_GIVING: Final = lazy("(?:[سوفيتن]|[إاأ])*(?:عط[ىي]?|منح|هد[ىي]?|سلم|بلغ|كلف|خسر|كسب|سلب|علم|حمل|جنب|لزم)ت?")
"""Verbs of two objects, whose number may be the second one: منحت المنتخب 12 نقطة."""


def _disagrees(verb: str, noun: str, seen: str) -> bool:
    """Whether the verb has another gender than the noun behind it, and none that the counted noun cannot have."""
    gender = _gender(noun)
    if not _FEMININE_VERB.fullmatch(verb):
        return gender == "f"
    is_counted_feminine = bare(seen.split(maxsplit=1)[0]) == "ثلاث"
    return gender == "m" and is_counted_feminine and not _GIVING.fullmatch(bare(verb))


def _gender(noun: str) -> str:
    """Return the gender of one thing or person; "" for several (القراصنة) and for what nobody knows."""
    word = bare(noun).removeprefix("ال")
    found = find(word, plural=False)
    if found is not None and found.known:
        return found.noun.gender if found.form == "singular" and word not in _OF_BOTH else ""
    return "f" if word.endswith("ة") and not _BROKEN_PLURAL.fullmatch(word) else ""


_OF_BOTH: Final = frozenset("مستشفى طريق سوق سبيل حال روح سلاح سكين بلد لسان سماء".split())
"""Nouns that are written with either gender."""

_BROKEN_PLURAL: Final = lazy("[^م].ا..ة")
"""What a word of four letters and ة mostly is: قراصنة, أساتذة."""


def _is_done_by(before: Sequence[str], seen: str) -> bool:
    """Whether a verb and one thing that agrees with it stand before what is numbered: احتلت البلاد المرتبة 24."""
    if len(before) < 2 or not _is_definite(before[-1]) or _is_definite(before[-2]):
        return False
    return _is_verb_before(before[-2], before[-1]) and not _disagrees(before[-2], before[-1], seen)


def _is_one_phrase(words: Sequence[str]) -> bool:
    """Whether what follows a noun completes or describes it, or tells where or when, so that nothing else is named."""
    feminine = _gender(words[0]) == "f"
    is_head = not _is_definite(words[0])
    for place in range(1, len(words)):
        word, last = words[place], words[place - 1]
        completes = (place == 1 and is_head) or governs(plain(last)) or _GENITIVE.search(word) is not None
        agrees = bare(word).endswith("ة") == feminine
        describes = _is_definite(word) and agrees and (feminine or not is_head)
        when = governs(plain(word)) or (place + 1 < len(words) and _GENITIVE.search(words[place + 1]) is not None)
        if not (completes or describes or when):
            return False
    return not is_head or len(words) > 1


_OFTEN: Final = frozenset(
    "مرات دقائق ساعات ليال أيام أسابيع أشهر شهور أعوام سنوات سنين مواسم عقود قرون كيلومترات أمتار أميال".split()
)


def _tells_how_much(seen: str) -> bool:
    """Whether the number counts times, time, a way or money, which a verb takes beside who does it."""
    counted = {bare(word) for word in seen.split()[1:]}
    return not _OFTEN.isdisjoint(counted) or _measures(seen)


def _has_none_else(before: Sequence[str]) -> bool:
    """Whether a sentence opens with a verb and at most where and when: نزح 60 ألف شخص, دخل إلى القطاع أمسِ 90 شاحنة."""
    if len(before) > 1 and (plain(before[0]) in OPENERS or _is_still(before)):
        before = before[1:]
    if (
        (_AND.match(before[0]) and not _MUTUAL.fullmatch(bare(before[0])))
        or not _VERB.fullmatch(before[0])
        or _MOVING.fullmatch(bare(before[0]))
    ):
        return False
    where = before[1:]
    if not where and before[0].startswith("ت") and not before[0].endswith("\u064e"):
        return False  # تكفي 35 أسرة, of what was told before
    led = not where or governs(plain(where[0])) or (_GENITIVE.search(where[0]) is not None and where[0][0] in "بل")
    return led and all(
        governs(plain(word)) or _GENITIVE.search(word) or (_is_definite(word) and word.endswith("ي")) for word in where
    )


_MUTUAL: Final = lazy("[وف]?(?:س?[يت])?ت(?!بادل|قاسم|ناول|جاوز|دارك|داول|جاهل)[\u0621-\u064a]ا[\u0621-\u064a]{2}ت?")
"""The sixth form, which several do among themselves and mostly has no object: يتنافس, تتسابق."""


def _is_still(before: Sequence[str]) -> bool:
    """Whether a sister of كان that stands with a negation opens the sentence: لا تزال تحت الحصار 22 بلدة."""
    return plain(before[0]) in {"لا", "ما", "لم"} and _STILL.fullmatch(bare(before[1])) is not None


_STILL: Final = lazy("[يت]?(?:زا?ل|برح|نفك|فت[ئأ])ت?")
