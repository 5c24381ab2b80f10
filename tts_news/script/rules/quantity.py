"""A number with what it counts: whole numbers, decimals and scale words (1.5 مليون) before a noun or alone.

Not a rule: the rules for money, units, percent and counted nouns say their quantities through `say`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tts_news.arabic import ARABIC, MARKS, plain
from tts_news.frozen import dataclass
from tts_news.script.rules.nouns import Noun
from tts_news.script.rules.numerals import LIMIT, SCALES, cardinal, counted, digits

if TYPE_CHECKING:
    from tts_news.script.rules.grammar import Case

SCALE_NOUNS: Final = {
    "ألف": Noun("ألف", "m", "آلاف"),
    "مليون": Noun("مليون", "m", "ملايين"),
    "مليار": Noun("مليار", "m", "مليارات"),
    "بليون": Noun("بليون", "m", "بلايين"),
    "تريليون": Noun("تريليون", "m", "تريليونات"),
}

_SCALE_WORDS: Final = {
    plain(form): name
    for name, forms in (
        ("ألف", "ألف آلاف ألفا ألاف اﻵف آلآف"),
        ("مليون", "مليون ملايين مليونا مليونات"),
        ("مليار", "مليار مليارات مليارا ملياري"),
        ("بليون", "بليون بلايين بليونات بليونا"),
        ("تريليون", "تريليون تريليونات تريليونا ترليون ترليونات ترليونا تريليون"),
    )
    for form in forms.split()
}

_LATIN_SCALES: Final = {
    "k": "ألف",
    "thousand": "ألف",
    "m": "مليون",
    "mn": "مليون",
    "mln": "مليون",
    "million": "مليون",
    "b": "مليار",
    "bn": "مليار",
    "billion": "مليار",
    "t": "تريليون",
    "tn": "تريليون",
    "trillion": "تريليون",
}
"""Scales as agencies write them after an amount of money: $5M, €2.5bn."""

_loose_scales: Final = "|".join(
    "".join("[اأإآ]" if letter in "اأآ" else letter + f"[{MARKS}]?" for letter in word)
    for word in sorted(_SCALE_WORDS, key=len, reverse=True)
)
SCALE: Final = rf"(?:{_loose_scales})[{MARKS}]{{0,2}}(?![{ARABIC}])"
"""Matches a scale word in any of its forms."""


def holds_scale(text: str) -> bool:
    """Return whether `SCALE` may match in a text."""
    letters = plain(text)
    return any(word in letters for word in _SCALE_WORDS)


LATIN_SCALE: Final = r"(?:[kKmMbBtT]|mn|mln|bn|tn|[Mm]illion|[Bb]illion|[Tt]rillion)(?![A-Za-z0-9])"

NUMBER: Final = r"[0-9]{1,40}(?:\.[0-9]{1,20})?"
"""A number as it is written after the rule `grouping`: digits, and a dot before decimals."""

_PARTS: Final = {"5": "نصف", "50": "نصف", "25": "ربع", "75": "ثلاثة أرباع"}
"""Decimals with a name of their own: 1.5 is واحد ونصف."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A written number: `whole`, its decimals as written ("" for none), and the scale word after it, if any.

    `scale_form` is the scale as the text writes it.
    """

    whole: int
    decimals: str = ""
    scale: Noun | None = None
    scale_form: str = ""

    @classmethod
    def of(cls, number: str, scale: str = "") -> Quantity:
        """The quantity of a match of `NUMBER` and of `SCALE` or `LATIN_SCALE`."""
        whole, _, decimals = number.partition(".")
        if decimals and not decimals.strip("0"):
            decimals = ""  # 5.0
        if not scale:
            return cls(int(whole), decimals)
        name = _SCALE_WORDS.get(plain(scale)) or _LATIN_SCALES[scale.lower()]
        form = scale if scale[0] > "\u0600" else name
        return cls(int(whole), decimals, SCALE_NOUNS[name], form)

    def spelt_out(self) -> int | None:
        """The whole number that decimals before a scale word make: 1.2 مليار is مليار ومئتا مليون.

        None where there is no such number, where a half or a quarter of the scale is said, or more than three decimals.
        """
        scale: int = _VALUES.get(self.scale.singular, 0) if self.scale is not None else 0
        if not scale or not self.decimals or self.has_named_part or len(self.decimals) > 3:
            return None
        return self.whole * scale + int(self.decimals.ljust(3, "0")) * (scale // 1000)

    @property
    def has_named_part(self) -> bool:
        """Whether its decimals are a half, a quarter or three quarters."""
        return self.decimals in _PARTS


_VALUES: Final = {singular: scale for scale, singular, _ in SCALES}


def _part(decimals: str, case: Case) -> str:
    """Decimals with a name of their own, nothing in construct with it."""
    part = _PARTS[decimals]
    return f"{part}ا" if case == "acc" and " " not in part else part


def say_decimals(whole: int, decimals: str, case: Case = "nom") -> str:
    """A number with decimals and no noun: ثلاثة ونصف, صفر فاصل صفر خمسة, اثنان فاصل خمسة وثلاثون."""
    if whole and decimals in _PARTS:
        return f"{cardinal(whole, case=case)} و{_part(decimals, case)}"
    if case == "acc":  # واحدا فاصل اثنين: no reader says the tanwin before the point
        case = "gen"
    zeros = len(decimals) - len(decimals.lstrip("0"))
    rest = decimals.lstrip("0")
    if len(decimals) > 3:
        tail = digits(decimals)
    else:
        tail = " ".join(["صفر"] * zeros + ([cardinal(int(rest), case=case)] if rest else []))
    return f"{cardinal(whole, case=case)} فاصل {tail}"


def _scaled(quantity: Quantity, case: Case, *, followed: bool) -> str:
    """A number with a scale word, in construct when what it counts follows at once."""
    whole, decimals, scale = quantity.whole, quantity.decimals, quantity.scale
    if scale is None:
        raise ValueError("no scale")
    if decimals in _PARTS:
        if whole == 0:
            return f"{_PARTS[decimals]} {scale.singular}"
        return f"{_scale_count(whole, scale, case, followed=False)} و{_PARTS[decimals]} ال{scale.singular}"
    spelt_out = quantity.spelt_out()
    if spelt_out is not None:
        return cardinal(spelt_out, case=case, state="construct" if followed else "absolute")
    if decimals:
        return f"{say_decimals(whole, decimals, case)} {quantity.scale_form.rstrip('اً')}"
    return _scale_count(whole, scale, case, followed=followed)


def _scale_count(whole: int, scale: Noun, case: Case, *, followed: bool) -> str:
    if whole == 1:
        return f"{scale.singular}ا" if case == "acc" and not followed else scale.singular
    if whole == 2:
        return scale.dual(case, construct=followed)
    words = counted(whole, scale, case=case)
    if followed and whole % 100 == 2:  # أربعمئة ألف وألفا فدان
        return words[:-1]
    if followed and whole % 100 >= 11 and words.endswith(f"{scale.singular}ا"):
        return words[:-1]
    return words


def say(
    quantity: Quantity, noun: Noun | None, case: Case = "nom", *, adjective: str = "", followed: bool = False
) -> str:
    """The quantity and what it counts in words.

    Args:
        quantity: The written number.
        noun: What is counted, None for a bare number.
        case: Case of the number.
        adjective: An adjective of the noun in its masculine singular (مربع, سعودي), put into the right form.
        followed: Without a noun here, whether one that the caller keeps as it is follows a scale word.
    """
    whole, decimals = quantity.whole, quantity.decimals
    if whole >= LIMIT:
        return _joined(digits(str(whole)), noun.singular if noun else "", adjective)
    if quantity.scale is not None:
        words = _scaled(quantity, case, followed=followed or noun is not None)
        return words if noun is None else _joined(words, noun.singular, _agreeing(adjective, noun, 100, case))
    if not decimals:
        return _counted(whole, noun, case, adjective) if noun else cardinal(whole, case=case)
    if noun is None:
        return say_decimals(whole, decimals, case)
    after = _after_decimals(decimals, noun, adjective, case)
    if whole == 0 or decimals not in _PARTS:
        return f"{_PARTS.get(decimals) or say_decimals(whole, decimals, case)} {after}"
    one = noun.accusative() if case == "acc" and not adjective else noun.singular
    ones = _joined(one, _agreeing(adjective, noun, 100, case))
    ones = ones if whole == 1 else _counted(whole, noun, case, adjective)
    return f"{ones} و{_part(decimals, case)}"


def _after_decimals(decimals: str, noun: Noun, adjective: str, case: Case) -> str:
    """The noun behind decimals: what they count themselves when they are said as 11 to 99 (ثلاثة وسبعين جنيها)."""
    rest = int(decimals) % 100
    counts = rest >= 11 and decimals not in _PARTS and decimals[0] != "0" and len(decimals) <= 3
    return (
        phrase_after(rest, noun, adjective) if counts else _joined(noun.singular, _agreeing(adjective, noun, 100, case))
    )


def say_definite(quantity: Quantity, noun: Noun, case: Case, adjective: str = "") -> str:
    """A whole number with the article on each of its parts, and what it counts: الاثنان والأربعون كيلومترا."""
    number = cardinal(quantity.whole, gender=noun.gender, case=case, state="construct", definite=True)
    return f"{number} {phrase_after(quantity.whole, noun, adjective)}"


def phrase_after(n: int, noun: Noun, adjective: str) -> str:
    """The noun and its adjective in the form that n asks for, without the number."""
    return _joined(noun.after(n), _agreeing(adjective, noun, n if n > 2 else 100, "nom"))


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)


def _counted(whole: int, noun: Noun, case: Case, adjective: str) -> str:
    words = counted(whole, noun, case=case)
    if not adjective:
        return words
    if whole == 1:
        one = "واحدة" if noun.gender == "f" else "واحد"
        return f"{noun.singular} {_agreeing(adjective, noun, 100, case)} {one}"
    return f"{words} {_agreeing(adjective, noun, whole, case)}"


def _agreeing(adjective: str, noun: Noun, n: int, case: Case) -> str:
    """The adjective after a number n and its noun: كيلومترات مربعة, ريالا سعوديا, ليرتان سوريتان."""
    if not adjective or adjective.startswith("في ") or adjective == "فهرنهايت":
        return adjective
    feminine = f"{adjective}ة"
    rest = n % 100
    if n == 2:
        return Noun(feminine if noun.gender == "f" else adjective, noun.gender, "").dual(case)
    if 3 <= rest <= 10:
        return feminine
    if noun.gender == "f":
        return feminine
    # يورو and its like take no alif, but their adjective does.
    return f"{adjective}ا" if rest >= 11 else adjective
