"""Whole numbers, decimals and scales before what they count: 5 أشخاص → خمسة أشخاص, 2 مليون شخص → مليونا شخص.

Gender comes from the noun that follows, across من and across a second number (من 5 إلى 7 سنوات); one and two are said
by the noun itself; the noun is put into the form its number asks for when the text has it in another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tts_news.arabic import ARABIC, MARKS, has_article, plain
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules.clitics import CLITIC
from tts_news.script.rules.context import STAND_IN, is_label, is_preposition, named_by, spoken, three_of
from tts_news.script.rules.nouns import NOT_COUNTED, Found, Noun, find, is_listed, key
from tts_news.script.rules.numerals import LIMIT, cardinal, counted, is_number_word
from tts_news.script.rules.quantity import NUMBER, SCALE, Quantity, say

if TYPE_CHECKING:
    from tts_news.script.rules.grammar import Case, Gender

_PHRASE: Final = lazy(
    rf"(?<![{ARABIC}A-Za-z0-9.])(?<![0-9][:/-])(?P<sign>(?<![^\s(])[+-])?(?P<clitic>{CLITIC})[ ]?"
    rf"(?P<number>{NUMBER})(?![0-9]|[:/-][0-9])"
    rf"(?:[ ]?(?P<scale>{SCALE}))?(?P<gap>[ ]{{0,2}})(?P<word>(?<![0-9])[{ARABIC}]{{2,30}}|(?<=[0-9])"
    rf"[{ARABIC}]{{3,30}})?"
)
_NEXT_WORD: Final = lazy(rf"[ ]{{1,2}}(?P<word>[{ARABIC}]{{2,30}})")
_SECOND: Final = lazy(
    rf"[ ]{{1,2}}(?:(?:إلى|الى|أو|او|حتى)[ ]{{1,2}}|و[ ]?)[بل]?[0-9]{{1,15}}(?:[ ](?:أو[ ]|و[ ]?)[0-9]{{1,15}}){{0,4}}"
    rf"[ ]{{1,2}}(?P<word>[{ARABIC}]{{2,30}})"
)
_SHARE: Final = lazy(rf"[ ](?:كل[ ]|أصل[ ]|بين[ ])?(?P<n>[0-9]{{1,9}})[ ](?P<word>[{ARABIC}]{{2,30}})")
_OTHERS: Final[dict[str, Gender]] = {
    **dict.fromkeys(map(plain, "آخرين آخرون آخران منهم".split()), "m"),
    **dict.fromkeys(map(plain, "أخريات منهن أخرى أخريين".split()), "f"),
}


def _looks_like_noun(word: str) -> bool:
    """Whether a word that nobody listed can be counted: not a verb, a particle or something definite."""
    return not plain(word).startswith(("ال", "و", "ف", "ب", "ل", "ك", "ي", "س", "ا", "ت", "ن")) or plain(word).endswith(
        ("ة", "ا", "ات", "ين")
    )


def _noun(word: str, n: int) -> Found | None:
    """The noun that `n` counts when `word` follows it; None when it counts nothing there."""
    plural = 3 <= n % 100 <= 10
    bare = plain(word)
    if has_article(word) or bare in _OTHERS or is_number_word(word) or is_preposition(word):
        return None
    found = find(word, plural=plural)
    if found is None or found.known:
        return found
    if n == 2 and _looks_dual(bare):
        return Found(found.noun, "dual", known=True)
    return found if _may_be_counted(word, n, found) else None


_LAST_WORD: Final = lazy(rf"(?P<word>[{ARABIC}]{{2,14}})[ ]{{1,2}}[\"«“(]?$")
_NUMBERED_ITSELF: Final = lazy(rf"[ ](?:(?P<word>[{ARABIC}]{{2,12}})|[0-9])")


_STATE: Final = lazy("م.{3,5}[^اةي]ا")
"""A participle in the accusative, which nothing after a round hundred is: it tells how something was."""


def _counted(match: re.Match[str], n: int) -> Found | None:
    """The noun that the number of a phrase counts.

    Behind a label (عيار 9 سعر 2100, المادة 231 تحقيق) that is what has the form it asks for and no number of its own.
    """
    found = _noun(match["word"], n)
    if n % 100 == 0 and _STATE.fullmatch(plain(match["word"])):  # بورز 500 مرتفعا
        return None
    before = _LAST_WORD.search(match.string, max(0, match.start("clitic") - 20), match.start("clitic"))
    if found is None or before is None or match["clitic"] or not is_label(before["word"]):
        return found
    own = _NUMBERED_ITSELF.match(match.string, match.end("word"))
    if own is not None and (own["word"] is None or is_number_word(own["word"])):
        return None
    if 3 <= n % 100 <= 10:
        return found if found.form == "plural" else None
    if found.noun.singular == "قيراط":  # عيار 24 قيراط: the purity of gold is counted in it, mostly without a tanwin
        return found
    return found if found.known and (n % 100 < 3 or plain(match["word"]).endswith(("ا", "ة"))) else None


def _may_be_counted(word: str, n: int, found: Found) -> bool:
    """Whether a word that nobody listed can be what `n` counts."""
    plural, bare = 3 <= n % 100 <= 10, plain(word)
    if bare[0] in "وفبلك":
        # بمشاركة, لمدة, بثلاثة: a prefix and a word, not what is counted.
        behind = find(word[1:], plural=plural)
        if (behind is not None and behind.known) or is_number_word(word[1:]):
            return False
    if not _looks_like_noun(word) and found.noun.singular == bare:
        return False
    return plural or not bare.endswith(("ات", "ون", "ين")) or n % 100 < 11


def _looks_dual(word: str) -> bool:
    """Whether a word whose singular nobody listed is a dual already: ملحقين, مصابان. تأمين and لسان are none."""
    stem = word[:-2]
    participle = word.startswith("م") and len(stem) >= 4
    return word.endswith(("ان", "ين")) and (participle or is_listed(stem))


def _gender_by_second(match: re.Match[str]) -> Gender | None:
    """The gender for the first of two numbers that share a noun: من 5 إلى 7 سنوات, بين 10 و15 دولة."""
    second = _SECOND.match(match.string, match.end("scale") if match["scale"] else match.end("number"))
    if second is None:
        return None
    found = _noun(second["word"], 5) or _noun(second["word"], 11)
    return None if found is None else found.noun.gender


def _with_noun(n: int, found: Found, word: str, case: Case, *, hangs: bool, both: bool) -> str:
    """The number and the noun, the noun as written unless the number asks for another of its known forms.

    A noun that another word hangs on keeps its form: 25 وزير خارجية, 3 مشتبه بهم. Where both genders are counted the
    one of 601 ناخبا وناخبة is a number.
    """
    noun, rest = found.noun, n % 100
    if n == 1 and found.form == "singular":
        return f"{_bare(word, found)} {'واحدة' if noun.gender == 'f' else 'واحد'}"
    if n == 2 and found.form == "dual":
        return word
    if n == 2:
        return noun.dual(case)
    if rest in (1, 2) and n > 2 and found.known and hangs and not both:  # ألفان ومئتان وحالتا وفاة
        return f"{cardinal(n - rest, case=case)} و{noun.dual(case, construct=True) if rest == 2 else noun.singular}"
    if rest in (1, 2) and n > 2 and found.known and not both:
        return counted(n, noun, case=case)
    number = cardinal(n, gender=noun.gender, case=case, state="construct")
    return f"{number} {word if hangs or both else _formed(n, found, word)}"


_LOOSE_NEXT: Final = lazy(rf"[ ]{{1,2}}(?P<word>[{ARABIC}]{{1,30}})")
_LOOKS_VERBAL: Final = lazy("^(?:ت..ي.|ا.ت.ا.|استـ?....|إ..ا.|طلب|دراسة)$")
"""Verbal nouns: after the singular of a heading's first noun they hang on it (2 فترة تصحيح)."""

_THEIRS: Final = frozenset(
    plain(word) for word in "بهم بهما به بها فيهم فيه فيها لهم له لها عليهم عليه عليها إليهم إليه".split()
)


def _numbers_heading(match: re.Match[str], found: Found, n: int) -> bool:
    """Whether the number stands before a heading (6 عقوبة التخلف) rather than before what it counts."""
    following = _LOOSE_NEXT.match(match.string, match.end("word"))
    if following is None or n > 10 or found.form != "singular" or match.string[: match.start()].strip(' "«('):
        return False
    word = following["word"]
    completed = find(word, plural=True)
    several = completed is not None and completed.form == "plural" and completed.known
    return has_article(word) or several or (n > 1 and _LOOKS_VERBAL.match(plain(word)) is not None)


def _something_hangs(match: re.Match[str], found: Found, n: int) -> bool:
    """Whether the word after the noun is in construct with it, or completes it."""
    following = _LOOSE_NEXT.match(match.string, match.end("word"))
    if following is None or found.form == ("plural" if 3 <= n % 100 <= 10 else "singular") == "plural":
        return False
    word = plain(following["word"])
    if word in _THEIRS:
        return True
    if n > 2 and n % 100 in (1, 2):
        joined = word[0] in "وفبل" and (is_listed(word[1:]) or key(word[1:]) in NOT_COUNTED)
        is_noun = is_listed(word) and not joined
        return is_noun and key(word) not in NOT_COUNTED and not _is_adjective(word, found)
    if found.form != "singular" or n % 100 < 11:
        return False
    prefixed = word.startswith(("و", "ب", "ل", "ف")) and find(word[1:], plural=False) is not None
    return find(word, plural=False) is not None and (is_listed(word) or not prefixed)


def _is_adjective(word: str, found: Found) -> bool:
    return _describes(word, feminine=found.noun.gender == "f") or word.endswith("ا")


def _counts_both(match: re.Match[str], found: Found) -> bool:
    """Whether the feminine of the noun is counted with it: ناخبا وناخبة."""
    following = _LOOSE_NEXT.match(match.string, match.end("word"))
    return following is not None and plain(following["word"]) == f"و{plain(found.noun.singular)}ة"


def _bare(word: str, found: Found) -> str:
    return found.noun.singular if found.known else word


def _formed(n: int, found: Found, word: str) -> str:
    rest = n % 100
    due = "plural" if 3 <= rest <= 10 else "singular"
    if not found.known or found.form == "dual":
        return word
    if found.form != due:
        return found.noun.after(n)
    if due == "plural":
        return word
    # The right number but the wrong case: 15 كتاب, 100 كتابا.
    stripped = re.sub(f"[{MARKS}]", "", word)
    due_form = found.noun.after(n)
    return due_form if plain(stripped) != plain(due_form) else word


def _scaled(match: re.Match[str], quantity: Quantity, case: Case) -> str:
    word = match["word"]
    rest_of_text = match["gap"] + (word or "")
    # Of 20 ألفا تعرض the author's tanwin says that nothing completes it.
    ended = (match["scale"] or "").endswith("ا") and plain(word or "").startswith(("ي", "ت", "ن"))
    if word and not ended and not has_article(word) and _countable(word):
        found = find(word, plural=False)
        noun = found.noun if found and found.known and found.form != "plural" else None
        if noun is not None:
            return f"{say(quantity, noun, case)}"
        return f"{say(quantity, None, case, followed=True)}{rest_of_text}"
    return f"{say(quantity, None, case)}{rest_of_text}"


def _countable(word: str) -> bool:
    found = find(word, plural=False)
    if found is None:
        return False
    if not found.known and _PRONOUN.search(plain(word)):
        return False  # 2.7 مليار تقاسمتها
    # Foreign words in و (أورو, بيزو) are no verbs of the plural, which have an alif behind it.
    foreign = plain(word).endswith("و") and len(word) > 3 and plain(word)[0] not in "يتن"
    return found.known or foreign or (_looks_like_noun(word) and not plain(word).startswith(("ب", "ل", "و", "ف", "ك")))


_PRONOUN: Final = lazy(f"[{ARABIC}]{{3}}(?:ها|هم|هن|هما)$")


def _phrase(match: re.Match[str]) -> str:
    clitic, number = match["clitic"], match["number"]
    if clitic.endswith(("ال", "لل")):
        return match[0]  # the rule `definite` has had its turn
    whole = number.partition(".")[0]
    if (number[0] == "0" and len(whole) > 1) or int(whole) >= LIMIT:
        return match[0]
    quantity = Quantity.of(number, match["scale"] or "")
    sign = _sign(match, quantity) if match["sign"] else ""
    if sign is None:
        return match[0]
    if (shown := _OBLIQUE.get(plain(match["word"] or ""))) is not None and not clitic:
        return _say(match, quantity, shown)
    if _opens_aside(match) or (quantity.decimals and _is_version(match)):
        return _say(match, quantity, "nom")
    said = spoken(
        match.string,
        match.start("clitic"),
        clitic,
        lambda case: sign + _say(match, quantity, case),
        _stand_in(match, quantity),
    )
    # 11ف, 1080p: a sign that no rule knows stays a word of its own.
    return f"{said} " if match.string[match.end() : match.end() + 1].isalpha() else said


_OBLIQUE: Final[dict[str, Case]] = {"اخرين": "acc", "اخرون": "nom"}
"""The others that are counted show the case: وجرح 27 آخرين."""

_OF_WHOM: Final = frozenset(map(plain, "منها منهم منهن بينها بينهم بينهن".split()))


_BEHIND_LATIN: Final = lazy(r"[A-Za-z][a-z]{2,}[ ]?$")


def _is_version(match: re.Match[str]) -> bool:
    """Whether a decimal stands behind a Latin name and counts nothing: Gemini 1.5 Pro."""
    start = match.start("clitic")
    behind = _BEHIND_LATIN.search(match.string, max(0, start - 16), start)
    return behind is not None and not match["scale"] and (not match["word"] or _noun(match["word"], 100) is None)


def _opens_aside(match: re.Match[str]) -> bool:
    """Whether the number is the subject of a clause that tells of a part of what was counted: 10 ميداليات، 4 منها."""
    pause = match.string[max(0, match.start() - 2) : match.start()].rstrip()
    return pause.endswith("،") and not match["clitic"] and plain(match["word"] or "") in _OF_WHOM


def _sign(match: re.Match[str], quantity: Quantity) -> str | None:
    """The sign in words; at the head of a line, before something counted, a hyphen is the mark of a list."""
    if not match["word"] or _noun(match["word"], quantity.whole) is None:
        return None
    if match["sign"] == "-":
        return "سالب " if match.string[: match.start()].strip() else "- "
    return "زائد "


def _stand_in(match: re.Match[str], quantity: Quantity) -> str:
    """What is read in the place of the number and the word after it."""
    word = match["word"]
    if not word:
        return STAND_IN
    found = _noun(word, 100) if quantity.scale else _counted(match, quantity.whole)
    if found is None:
        return f"{_uncounted(match, quantity) or STAND_IN} {word}"
    if found.known:
        return three_of(found.noun)
    return f"{'ثلاث' if found.noun.gender == 'f' else STAND_IN} {word}"


def _uncounted(match: re.Match[str], quantity: Quantity) -> str:
    """What is read in the place of a number that names the noun before it; "" for a share (20 من النواب) and others."""
    word = plain(match["word"])
    before = _LAST_WORD.search(match.string, max(0, match.start("clitic") - 20), match.start("clitic"))
    parted = word.startswith("من") and not (before is not None and is_label(before["word"]))
    parted = parted or word in _OTHERS or _SECOND.match(match.string, match.end("number")) is not None
    if match["clitic"] or quantity.scale or quantity.decimals or parted:
        return ""
    return named_by(match.string, match.start("clitic"))


def _say(match: re.Match[str], quantity: Quantity, case: Case) -> str:
    word, gap = match["word"] or "", match["gap"] or (" " if match["word"] else "")
    if quantity.scale is not None:
        return _scaled(match, quantity, case)
    n = quantity.whole
    found = _counted(match, n) if word else None
    if found is not None and not found.known and _gender_of_whole(match):
        found = None  # 41 طائرة من أصل 58 أطلقتها: what was counted before is counted on
    if quantity.decimals:
        if found is not None and found.known and quantity.has_named_part:
            return say(quantity, found.noun, case)
        return f"{say(quantity, None, case)}{gap}{word}"
    if found is not None and found.known and _numbers_heading(match, found, n):
        return f"{cardinal(n)}، {word}"
    if found is not None and (found.known or n > 2 or (found.form == "singular" and plain(word).endswith("ة"))):
        return _with_noun(
            n, found, word, case, hangs=_something_hangs(match, found, n), both=_counts_both(match, found)
        )
    return f"{cardinal(n, gender=_gender_around(match, word), case=case)}{gap}{word}"


_SOME_OF: Final = frozenset(map(plain, "منها بينها منهما".split()))
_EARLIER: Final = lazy(rf"(?P<n>[0-9]{{1,9}})[ ](?P<word>[{ARABIC}]{{2,30}})", needs=DIGITS)
_EARLIER_WORDS: Final = lazy(rf"(?<![{ARABIC}])[وبلف]?(?P<n>[{ARABIC}]{{2,8}})(?=[ ](?P<word>[{ARABIC}]{{3,30}}))")
_SENTENCE_END: Final = lazy(r"[.؟!؛]")


def _counted_before(match: re.Match[str]) -> Gender | None:
    """The gender of what the last number before counted: 12 ميدالية، 4 منها."""
    before = _SENTENCE_END.split(match.string[max(0, match.start() - 90) : match.start()])[-1]
    for earlier in reversed([*_EARLIER.finditer(before), *_EARLIER_WORDS.finditer(before)]):
        n = int(earlier["n"]) if earlier["n"].isdigit() else 5 if is_number_word(earlier["n"]) else 0
        found = _noun(earlier["word"], n) if n else None
        if found is not None and found.known:
            return found.noun.gender
    return None


_PARTS_ON: Final = lazy(rf"(?<=ها )(?P<n>[0-9]{{1,6}})[ ]?(?:،[ ]?)?و?[{ARABIC}]{{3,10}}[ ]$", needs=DIGITS)
"""The verb of the next part: منها 64، انخفضت."""

_DEGREES: Final = lazy(rf"(?<![{ARABIC}])[وف]?(?:العظمى|الصغرى|والعظمى|والصغرى)[ ]{{1,2}}$")
"""Of the highest and the lowest, degrees are counted: العظمى 31 والصغرى 22."""

_OUT_OF: Final = lazy(rf"(?<![{ARABIC}])[وف]?(?:منها|بينها)[ ]$")
_WORDS: Final = lazy(f"[{ARABIC}]+")


def _whole_before(match: re.Match[str]) -> Gender | None:
    """The gender of the things of which a number is a part: الشركات المدرجة، ارتفعت منها 64، انخفضت 77."""
    start = match.start("clitic")
    while (on := _PARTS_ON.search(match.string, max(0, start - 40), start)) is not None:
        start = on.start("n")
    if _OUT_OF.search(match.string, max(0, start - 8), start) is None:
        return None
    before = _SENTENCE_END.split(match.string[max(0, start - 90) : start])[-1]
    for word in reversed(_WORDS.findall(before)):
        found = find(word, plural=True) if has_article(word) else None
        if found is not None and found.known and found.form == "plural":
            return found.noun.gender
    return _counted_before(match)


def _gender_around(match: re.Match[str], word: str) -> Gender:
    """The gender of a number that no noun follows at once."""
    key = plain(word)
    if key in _OTHERS:
        return _OTHERS[key]
    degrees = _DEGREES.search(match.string, max(0, match.start() - 12), match.start("clitic"))
    known = ("f" if degrees else None) or _whole_before(match) or (_counted_before(match) if key in _SOME_OF else None)
    if known is not None:
        return known
    if key == "من":
        share = _SHARE.match(match.string, match.end("word"))
        if share is not None:  # 1 من كل 3 نساء, 3 من 5 سيدات
            found = _noun(share["word"], int(share["n"]))
            if found is not None and found.known:
                return found.noun.gender
        following = _NEXT_WORD.match(match.string, match.end("word"))
        if following is not None:
            found = find(following["word"], plural=True)
            if (
                found is not None
                and found.form == "plural"
                and (found.known or plain(following["word"]).endswith("ات"))
            ):
                return found.noun.gender
            if found is not None and found.known and plain(following["word"]).endswith(("هم", "ها", "ه")):
                return found.noun.gender
    return _compared(match) or _gender_by_second(match) or _gender_of_whole(match) or _counted_on(match) or "m"


def _compared(match: re.Match[str]) -> Gender | None:
    """The gender of what was counted before, with which a number is compared."""
    start = match.start("number")
    if _COMPARED.search(match.string, max(0, start - 16), start) is None:
        return None
    for earlier in reversed(list(_EARLIER.finditer(match.string, max(0, start - 120), start))):
        found = _noun(earlier["word"], int(earlier["n"]))
        if found is not None and found.known:
            return found.noun.gender
    return None


_COMPARED: Final = lazy(rf"(?<![{ARABIC}])(?:مقابل|بدلا من|مقارنة (?:ب|مع ))[ ]?$")
"""76362 إصابة مقابل 71016: what was counted is counted again."""

_COUNTS_ON: Final = lazy(
    rf"[ ](?:في[ ](?P<n>[0-9]{{1,3}})(?:[ ]?،)?[ ]و(?P<next>[{ARABIC}]{{3,12}})[ ](?:في[ ])?|في[ ])$"
)


def _counted_on(match: re.Match[str]) -> Gender | None:
    """The gender of what was counted in the sentence before, where a number goes on counting it.

    A number behind في of which no noun follows is so many of those (لعب 5 مباريات وفاز في 3), and the number of the
    next verb after it is too (فاز في 3 وخسر 2). Without في it may be people: انفجرت 3 سيارات وقتل 5.
    """
    if match["clitic"] or (match["word"] and not match["word"].startswith("و")):
        return None
    end = match.start("clitic")
    while (on := _COUNTS_ON.search(match.string, max(0, end - 40), end)) is not None:
        if on["n"] is None:
            return _counted_before(match)
        end = on.start("n")
    return None


_OF_A_WHOLE: Final = lazy(
    rf"(?P<n>[0-9]{{1,9}})[ ](?P<word>[{ARABIC}]{{2,30}})(?:[ ][{ARABIC}]{{2,30}})?[ ]من[ ](?:أصل|بين|مجموع|إجمالي)[ ]$"
)


def _gender_of_whole(match: re.Match[str]) -> Gender | None:
    """The gender of the number that another is a part of: 41 طائرة من أصل 58."""
    part = _OF_A_WHOLE.search(match.string, max(0, match.start() - 60), match.start())
    found = _noun(part["word"], int(part["n"])) if part else None
    return found.noun.gender if found is not None and found.known else None


_PAIR: Final = lazy(
    rf"(?<![{ARABIC}A-Za-z0-9.,:/+-])(?<![0-9][ ])(?P<clitic>{CLITIC})[ ]?2[ ](?!{SCALE})(?P<word>[{ARABIC}]{{2,30}})"
    rf"[ ](?P<next>[{ARABIC}]{{3,30}})(?![{ARABIC}])",
    needs=("2 ",),
)
_FEMININE_ADJECTIVE: Final = lazy("^(?:.{2,}ية|م.{3,}ة|..ي.ة)$")
_MASCULINE_ADJECTIVE: Final = lazy(
    "^(?:(?![تي]).{4,}ي|[^اتين]..ي|(?:يمن|يابان|يهود|يونان|يدو|تقن|تجار|ترك|تونس)ي|[^اتي].ي.)$"
)
_NEVER_ADJECTIVES: Final = frozenset(
    plain(word)
    for word in (
        "بريد حليب فريق طريق حديد حريق رئيس وزير قضية مدينة سفينة جريمة ضحية قبيل بعيد جميع عليه لديه عليك لديك لديها "
        "نتيجة عشية بغية خشية بقية غالبية مباشرة محاولة مخافة مسافة مراعاة مقارنة مطالبة مساهمة مواصلة مشاركة "
        "متابعة مساعدة مدرسة محكمة مدينة معركة شريطة بداية نهاية كيفية حوالي تالي"
    ).split()
)
"""Particles, adverbs and nouns with the shape of adjectives."""

_WHOLE: Final = frozenset("بحرية بحري برية بري فنية فني فردية فردي لغوية ورقية وطنية وطني".split())
"""Adjectives whose first letter only looks like a prefix."""

_PARTICIPLES: Final = frozenset(
    plain(word)
    for word in (
        "رائع هائل كامل حاسم ناجح فاشل سابق لاحق قادم عاجل بارز شامل عادل نادر صارم ساحق طارئ بارد ساخن ثابت نافذ "
        "شاغر فارغ صالح شاب خاص هام بالغ قاصر عاطل ناشئ صاعد واعد جاهز لازم كاف طازج "
        "مختلف مختلط متفرق متزامن متبادل متقدم متأخر متطور متوسط متتابع متلاحق مجاور منفصل منفرد مفتوح مغلق مفقود "
        "مجهول معروف مطلوب محتمل مهم مميز محقق محترف مؤكد مضاف مباشر مثير مزدوج مفخخ مسلح مشترك مستقل مسير مصاب "
        "ملغوم محترق مدمر متضرر منتخب معتمد مؤقت محدود مرموق ملثم"
    ).split()
)
"""Adjectives with the shape of a participle, which many nouns have too: هدف رائع, but عائلة and مدير."""

_COMPLETING: Final = frozenset(
    plain(word)
    for word in (
        "طاقة مياه وقود نفط غاز كهرباء إسعاف إطفاء إنقاذ شرطة أمن حراسة شحن صيد نقل ركاب سباحة تفتيش تدريب قتال "
        "استطلاع حفظ دخول سفر عمل كرة ذهب فضة بريد اقتراع إيواء تصوير بث رصد توليد تحلية"
    ).split()
)
"""Genitives of any gender that complete the noun before them: محطتا طاقة."""


def _pair(match: re.Match[str]) -> str:
    """Two of something with the adjective or the genitive after it: ميداليتان ذهبيتان, سيارتا إسعاف."""
    clitic, word, following = match["clitic"], match["word"], plain(match["next"])
    found = _noun(word, 2)
    if clitic.endswith(("ال", "لل")) or found is None or found.form != "singular":
        return match[0]
    if not (found.known or plain(word).endswith("ة")):
        return match[0]
    noun = found.noun
    describes = _describes(following, feminine=noun.gender == "f")
    stand_in = f"{three_of(noun)} {following.removesuffix('ة')}ة" if describes else three_of(noun)
    construct = not describes and bool(match.string[: match.start()].strip()) and following in _COMPLETING

    def two(case: Case) -> str:
        dual = noun.dual(case, construct=construct)
        adjective = Noun(re.sub(f"[{MARKS}]", "", match["next"]), noun.gender, "")
        return f"{dual} {adjective.dual(case)}" if describes else dual

    said = spoken(match.string, match.start("clitic"), clitic, two, stand_in)
    return said if describes else f"{said} {match['next']}"


def _describes(word: str, *, feminine: bool) -> bool:
    """Whether the word has the shape of an adjective, and is not a prefix with a noun (وعملية)."""
    shape = _FEMININE_ADJECTIVE if feminine else _MASCULINE_ADJECTIVE
    if (word.removesuffix("ة") if feminine else word) in _PARTICIPLES:
        return word.endswith("ة") or not feminine
    if word in _NEVER_ADJECTIVES or key(word) in NOT_COUNTED or not shape.match(word):
        return False
    return word[0] not in "وفبل" or word in _WHOLE or is_listed(word) or not is_listed(word[1:])


_DIGIT: Final = lazy("[0-9]", needs=DIGITS)


def apply(text: str) -> str:
    """The text with its counted nouns in words."""
    if not _DIGIT.search(text):
        return text
    text = _PAIR.sub(_pair, text)
    return _PHRASE.sub(_phrase, text)
