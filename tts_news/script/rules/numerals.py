"""Words of numbers in Modern Standard Arabic, by gender, case, state and definiteness, and back to the number.

The one place where a number becomes words. Every rule that meets a number calls it:

    cardinal(25)                                   خمسة وعشرون
    cardinal(25, gender="f", case="gen")           خمس وعشرين
    cardinal(2_000, state="construct")             ألفا           (of ألفا جندي; alone ألفان)
    cardinal(5, gender="f", definite=True)         الخمس
    ordinal(21, gender="f")                        الحادية والعشرون
    digits("0599")                                 صفر خمسة تسعة تسعة
    counted(3, noun)                               ثلاثة كتب      (a `nouns.Noun`)
    year(2024)                                     ألفين وأربعة وعشرين
    value("ألفين وأربعة وعشرين")                    2024

`gender` is that of the SINGULAR of the counted noun: the polarity of 3 to 10 is dealt with here. `case` is "nom",
"gen" or "acc"; the two oblique cases differ only in a feminine or absolute unit or scale (خمسا وعشرين دقيقة، ألفا
ومئتين). `state` is "construct" when the counted noun follows at once. No marks are written.

The masculine nominative of a group of three digits comes from num2words, which has those right but for the spelling
of مئة, the detached و and 200; gender, case, construct state, scales above a hundred and ordinals it has not.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tts_news.derived import derived
from tts_news.patterns import lazy

if TYPE_CHECKING:
    from tts_news.script.rules.grammar import Case, Gender, State
    from tts_news.script.rules.nouns import Noun

_FEMININE: Final = {
    "واحد": "إحدى",
    "أحد": "إحدى",
    "اثنان": "اثنتان",
    "اثنا": "اثنتا",
    "ثلاثة": "ثلاث",
    "أربعة": "أربع",
    "خمسة": "خمس",
    "ستة": "ست",
    "سبعة": "سبع",
    "ثمانية": "ثماني",
    "تسعة": "تسع",
    "عشرة": "عشر",
}
"""Masculine counted noun → feminine counted noun, for one and for the units of a longer number."""

_OBLIQUE: Final = {
    "اثنان": "اثنين",
    "اثنتان": "اثنتين",
    "اثنا": "اثني",
    "اثنتا": "اثنتي",
    "عشرون": "عشرين",
    "ثلاثون": "ثلاثين",
    "أربعون": "أربعين",
    "خمسون": "خمسين",
    "ستون": "ستين",
    "سبعون": "سبعين",
    "ثمانون": "ثمانين",
    "تسعون": "تسعين",
    "مئتان": "مئتين",
}

_TANWIN: Final = {
    "واحد": "واحدا",
    "ثلاث": "ثلاثا",
    "أربع": "أربعا",
    "خمس": "خمسا",
    "ست": "ستا",
    "سبع": "سبعا",
    "ثماني": "ثمانيا",
    "تسع": "تسعا",
    "عشر": "عشرا",
}
"""Units that show the accusative by an alif when nothing is in construct with them."""

SCALES: Final[tuple[tuple[int, str, str], ...]] = (
    (10**18, "كوينتيليون", "كوينتيليونات"),
    (10**15, "كوادريليون", "كوادريليونات"),
    (10**12, "تريليون", "تريليونات"),
    (10**9, "مليار", "مليارات"),
    (10**6, "مليون", "ملايين"),
    (10**3, "ألف", "آلاف"),
)
"""Value, singular and plural of the scale words, largest first; all are masculine nouns."""

LIMIT: Final = 10**21
"""Numbers from here on have no words: read their digits."""

_CONSTRUCT: Final = {
    f"{stem}{nun}": f"{stem}{nun[0]}" for stem in ("مئت", *(scale for _, scale, _ in SCALES)) for nun in ("ان", "ين")
}
"""Duals that lose their nun because a noun follows at once."""

_ACCUSATIVE_SCALES: Final = frozenset(f"{scale}ا" for _, scale, _ in SCALES)

_ORDINALS_M: Final = ("", "أول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر")
_ORDINALS_F: Final = (
    "",
    "أولى",
    "ثانية",
    "ثالثة",
    "رابعة",
    "خامسة",
    "سادسة",
    "سابعة",
    "ثامنة",
    "تاسعة",
    "عاشرة",
)
_TENS: Final = {
    20: "عشرون",
    30: "ثلاثون",
    40: "أربعون",
    50: "خمسون",
    60: "ستون",
    70: "سبعون",
    80: "ثمانون",
    90: "تسعون",
}
_HUNDREDS: Final = "مئة مئتان ثلاثمئة أربعمئة خمسمئة ستمئة سبعمئة ثمانمئة تسعمئة".split()
_DIGITS: Final = ("صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة")


def _masculine(group: int) -> tuple[str, ...]:
    """The parts of 1 to 999 in the masculine nominative, e.g. ("مئتان", "خمسة عشر")."""
    parts = tuple(_groups()[group - 1].replace("مائة", "مئة").split(" و "))
    return ("مئتان",) if group == 200 else parts


@cache
def _groups() -> tuple[str, ...]:
    """What num2words makes of 1 to 999.

    It loads sixty languages, which takes twice as long as saying all of these: they are kept until it is another one.
    """
    spec = find_spec("num2words")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    sources = [folder / "lang_AR.py", folder / "base.py", folder / "__init__.py"]
    return tuple(derived("numbers", sources, _say_groups).decode().splitlines())


def _say_groups() -> bytes:
    from num2words import num2words

    return "\n".join(str(num2words(group, lang="ar")) for group in range(1, 1000)).encode()


def _inflect(part: str, gender: Gender, case: Case, *, alone: bool) -> str:
    """One part of a number by gender and case; `alone` is a number that is this one part below eleven."""
    first, _, ten = part.partition(" ")
    if ten:
        teen = _FEMININE.get(first, first) if gender == "f" else first
        if case != "nom":
            teen = _OBLIQUE.get(teen, teen)
        return f"{teen} عشرة" if gender == "f" else f"{teen} عشر"
    word = first
    if gender == "f":
        word = "واحدة" if alone and first == "واحد" else _FEMININE.get(first, first)
    return word if case == "nom" else _OBLIQUE.get(word, word)


@lru_cache(maxsize=8192)
def _group(group: int, gender: Gender, case: Case) -> tuple[str, ...]:
    """The parts of 1 to 999 by gender and case, before nouns and scales are looked at."""
    parts = _masculine(group)
    # 101: مئة وواحدة, not مئة وإحدى: the unit stands alone unless a ten follows it.
    one_alone = group % 100 == 1
    return tuple(_inflect(part, gender, case, alone=one_alone) for part in parts)


def _dual(scale: str, case: Case) -> str:
    return f"{scale}ان" if case == "nom" else f"{scale}ين"


def _scaled(group: int, scale: str, plural: str, case: Case) -> tuple[str, ...]:
    """`group` times a scale word, the scale in its absolute form (ألفا, ألفان)."""
    hundreds, rest = group - group % 100, group % 100
    if rest in (1, 2):
        tail = (scale + ("ا" if case == "acc" else "") if rest == 1 else _dual(scale, case),)
        # 101 000: مئة ألف وألف. "مئة وألف" would be 1 100.
        return (*_scaled(hundreds, scale, plural, case), *tail) if hundreds else tail
    parts = _group(group, "m", case)
    if rest == 0:
        return (f"{_CONSTRUCT.get(parts[-1], parts[-1])} {scale}",)
    counted_scale = plural if rest <= 10 else f"{scale}ا"
    return (*parts[:-1], f"{parts[-1]} {counted_scale}")


def _to_construct(part: str) -> str:
    """The last part of a number as it stands right before the counted noun."""
    head, space, last = part.rpartition(" ")
    if last in _ACCUSATIVE_SCALES:
        return head + space + last[:-1]
    return head + space + _CONSTRUCT.get(last, last)


def _free(part: str, case: Case) -> str:
    """A unit that has no noun in construct with it: its tanwin shows, and a feminine eight loses its ya."""
    if case == "acc":
        return _TANWIN.get(part, part)
    return "ثمان" if part == "ثماني" else part


def _parts(n: int, gender: Gender, case: Case, state: State) -> list[str]:
    parts: list[str] = []
    rest = n
    for scale_value, scale, plural in SCALES:
        group, rest = divmod(rest, scale_value)
        if group:
            parts.extend(_scaled(group, scale, plural, case))
    if rest:
        parts.extend(_group(rest, gender, case))
    last = len(parts) - 1
    for index, part in enumerate(parts):
        if index == last and state == "construct":
            parts[index] = _to_construct(part)
        else:
            parts[index] = _free(part, case)
    return parts


@lru_cache(maxsize=4096)
def cardinal(
    n: int,
    *,
    gender: Gender = "m",
    case: Case = "nom",
    state: State = "absolute",
    definite: bool = False,
) -> str:
    """The words of a whole number.

    Args:
        n: The number; a negative one gets سالب before it.
        gender: Gender of the singular of what is counted.
        case: Case of the number word.
        state: "construct" when the counted noun follows at once.
        definite: With the article, on every part: الخمسة والعشرون.

    Raises:
        ValueError: |n| is `LIMIT` or more.
    """
    if abs(n) >= LIMIT:
        raise ValueError(f"no words for a number of {len(str(abs(n)))} digits")
    if n < 0:
        return f"سالب {cardinal(-n, gender=gender, case=case, state=state, definite=definite)}"
    if n == 0:
        word = "صفرا" if case == "acc" and state == "absolute" and not definite else "صفر"
        return f"ال{word}" if definite else word
    if definite and state == "absolute":
        # No tanwin beside the article: الخمس والعشرين, الثماني والعشرين.
        return " و".join(f"ال{part}" for part in _definite_parts(n, gender, case))
    parts = _parts(n, gender, "gen" if definite and case == "acc" else case, state)
    if definite:
        return " و".join("الثماني" if part == "ثمان" else f"ال{part}" for part in parts)
    return " و".join(parts)


def _definite_parts(n: int, gender: Gender, case: Case) -> list[str]:
    parts = _parts(n, gender, "gen" if case == "acc" else case, "absolute")
    return ["ثماني" if part == "ثمان" else part for part in parts]


def _ordinal_below_hundred(n: int, gender: Gender, case: Case) -> tuple[str, ...]:
    table = _ORDINALS_F if gender == "f" else _ORDINALS_M
    if n <= 10:
        return (table[n],)
    unit = n % 10
    first = ("حادية" if gender == "f" else "حادي") if unit == 1 else table[unit]
    if n < 20:
        return (f"{first} {'عشرة' if gender == 'f' else 'عشر'}",)
    tens = _TENS[n - unit]
    if case != "nom":
        tens = _OBLIQUE[tens]
    return (first, tens) if unit else (tens,)


def ordinal(n: int, *, gender: Gender = "m", definite: bool = True, case: Case = "nom") -> str:
    """The ordinal of 1 and up: الثالثة, الحادي والعشرون, الخامس بعد المئة, ثالث.

    Whole hundreds and everything from a thousand on are definite cardinals, as newsreaders say them: الذكرى المئة.

    Raises:
        ValueError: n is below 1, or `LIMIT` or more.
    """
    if n < 1:
        raise ValueError("an ordinal starts at one")
    hundreds, rest = n - n % 100, n % 100
    if n >= 1000 or rest == 0:
        return cardinal(n, gender=gender, case=case, definite=definite)
    article = "ال" if definite else ""
    words = " و".join(article + part for part in _ordinal_below_hundred(rest, gender, case))
    if hundreds:
        words = f"{words} بعد {cardinal(hundreds, case='gen', definite=definite)}"
    return words


def digits(text: str) -> str:
    """The decimal digits of `text` one by one; everything else in it is passed over."""
    return " ".join(_DIGITS[int(char)] for char in text if char.isdecimal())


def year(n: int, *, gender: Gender = "m", case: Case = "gen") -> str:
    """A year as it follows عام (masculine units) or سنة (feminine): ألفين وأربعة وعشرين."""
    return cardinal(n, gender=gender, case=case)


def counted(n: int, noun: Noun, *, case: Case = "nom") -> str:
    """A number with what it counts, both in the right form: دولار واحد, دولاران, ثلاثة دولارات, أحد عشر دولارا.

    A hundred and one and a hundred and two repeat the noun (مئة دولار ودولار), which is how it is said.
    """
    if n < 0:
        return f"سالب {counted(-n, noun, case=case)}"
    rest = n % 100
    if n == 0:
        return f"صفر {noun.singular}"
    if rest in (1, 2):
        tail = noun.singular if rest == 1 else noun.dual(case)
        if n > 2:
            tail = noun.accusative() if rest == 1 and case == "acc" else tail
            return f"{cardinal(n - rest, case=case, state='construct')} {noun.singular} و{tail}"
        return f"{tail} {'واحدة' if noun.gender == 'f' else 'واحد'}" if rest == 1 else tail
    words = cardinal(n, gender=noun.gender, case=case, state="construct")
    return f"{words} {noun.after(n)}"


_MARKS: Final = lazy("[\u0610-\u061a\u064b-\u0652\u0670\u0640]")


def _value_table() -> dict[str, int]:
    # Of words of its own: a text without a figure is looked through for numbers in words, and loads no library for it.
    table = {"صفر": 0, "صفرا": 0}
    for unit, masculine in enumerate((*_DIGITS[1:], "عشرة"), start=1):
        feminine = _FEMININE[masculine]
        for word in (masculine, feminine):
            for form in (word, _OBLIQUE.get(word, word), _TANWIN.get(word, word)):
                table[form] = unit
    table.update({"واحدة": 1, "أحد": 1, "ثمان": 8})
    for stem in ("اثنا", "اثنتا"):
        table[stem] = table[_OBLIQUE[stem]] = 2
    for tens, word in _TENS.items():
        table[word] = table[_OBLIQUE[word]] = tens
    table.update({word: 100 * count for count, word in enumerate(_HUNDREDS, start=1)})
    for word in ("مئتين", "مئتا", "مئتي"):
        table[word] = 200
    return table


_SCALE_FORMS: Final = {
    form: (scale_value, factor)
    for scale_value, scale, plural in SCALES
    for form, factor in (
        (scale, 1),
        (plural, 1),
        (f"{scale}ا", 1),
        (f"{scale}ان", 2),
        (f"{scale}ين", 2),
        (f"{scale}ي", 2),
    )
}
_UNIT_FORMS: Final = _value_table()


def value(words: str, *, state: State = "absolute") -> int:
    """The number that cardinal words say: the inverse of `cardinal`, whatever the gender, case and article.

    A last ألفا is two thousand before a noun (ألفا جندي) and an accusative thousand without one: `state` says which.

    Raises:
        ValueError: A word is not part of a number.
    """
    pieces = _MARKS.sub("", words).split()
    total = group = 0
    for index, piece in enumerate(pieces):
        joined = piece not in _UNIT_FORMS and piece.startswith("و")
        word = (piece[1:] if joined else piece).removeprefix("ال")
        if word in _SCALE_FORMS:
            scale_value, factor = _SCALE_FORMS[word]
            if joined or not group:
                bare_dual = state == "construct" and word in _ACCUSATIVE_SCALES and index == len(pieces) - 1
                total += group + scale_value * (2 if bare_dual else factor)
            else:
                total += group * scale_value
            group = 0
        elif word in _UNIT_FORMS:
            group += _UNIT_FORMS[word]
        elif piece != "سالب" or index:
            raise ValueError(f"not a number word: {piece}")
    return -(total + group) if pieces[:1] == ["سالب"] else total + group


def is_number_word(word: str) -> bool:
    """Whether the word is part of a number in words (خمسة, وعشرين); scale words are nouns, counted themselves."""
    bare = _MARKS.sub("", word)
    stem = bare.removeprefix("و") if bare not in _UNIT_FORMS else bare
    return stem in _UNIT_FORMS
