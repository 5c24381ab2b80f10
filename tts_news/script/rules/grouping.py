"""One way to write a number: 1,250 and 1.250.000 and 10 000 without their separators, 4,8 with a dot.

Groups of three digits are thousands; one or two digits after a comma are decimals; of a lone 1.250 the article decides
by how it writes its other numbers, else the sentence: thousands of people and things that come whole, decimals of a
price on the board or of a unit measured finely.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from tts_news.arabic import ARABIC, plain
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules import money, units
from tts_news.script.rules.nouns import find
from tts_news.script.rules.numerals import is_number_word
from tts_news.script.rules.patterns import words
from tts_news.script.rules.quantity import SCALE
from tts_news.script.rules.topic import decimal_of

_START: Final = r"(?<![0-9.,،'])(?<![0-9][ ])"
_COMMAS: Final = lazy(rf"{_START}[1-9][0-9]{{0,2}}(?:[,،'][0-9]{{3}}){{1,7}}(?![0-9]|[,،'][0-9])")
_DOTS: Final = lazy(
    rf"{_START}[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}}){{2,7}}(?![0-9]|\.[0-9])(?:,(?P<decimals>[0-9]{{1,2}})(?![0-9,]))?"
)
_MIXED: Final = lazy(rf"{_START}(?P<whole>[1-9][0-9]{{0,2}}\.[0-9]{{3}}),(?P<decimals>[0-9]{{1,2}})(?![0-9,.])")
_SPACES: Final = lazy(rf"{_START}(?<![0-9][-/:])[1-9][0-9]{{0,2}}(?:[ ][0-9]{{3}}){{1,6}}(?![0-9]|[ ][0-9]|[-/:][0-9])")
_DECIMAL_COMMA: Final = lazy(
    r"(?<![0-9.,،])(?P<whole>[0-9]{1,15})[,،](?P<decimals>[0-9]{1,2}|[0-9]{4,9})(?![0-9]|[,،.][0-9])"
)
_ZERO_COMMA: Final = lazy(r"(?<![0-9.,،])0[,،](?P<decimals>[0-9]{1,9})(?![0-9]|[,،.][0-9])")
_BARE_DOT: Final = lazy(rf"(?<![0-9A-Za-z.{ARABIC}])\.(?=[0-9])")
_LONE_DOT: Final = lazy(
    rf"{_START}(?P<whole>[1-9][0-9]{{0,2}})\.(?P<rest>[0-9]{{3}})(?![0-9]|[.,:/-][0-9])"
    rf"(?P<tail>[ ]?[%°$€£]|[ ](?:و[ ])?(?P<word>[{ARABIC}.]{{1,24}}[²³]?)(?:[ ](?P<next>[{ARABIC}]{{2,20}}))?)"
)
_SCALE: Final = lazy(SCALE)
_PRICED: Final = lazy(
    rf"(?<![{ARABIC}])[وفبلك]?(?:ال|لل)?(?:سهم|أسهم|سهما|بورصة|أغلق|أقفل|إغلاق|إقفال|تداول|تداولات|صرف|برميل"
    rf"|لتر|اللتر|عملة|فتح|يفتح|سعر[ ]السهم)"
    rf"(?![{ARABIC}])"
)
_GOLD: Final = lazy(rf"(?<![{ARABIC}])(?:ال|لل)?(?:ذهب|أونصة|أوقية|بلاتين)(?![{ARABIC}])")
"""An ounce of gold costs thousands."""

_INDEX: Final = lazy(rf"(?<![{ARABIC}])[وفبل]?(?:ال)?(?:مؤشر|مؤشره|مؤشرات|تاسي)(?![{ARABIC}])")
_WEIGHED: Final = lazy(
    rf"(?<![{ARABIC}])(?:ال)?(?:مولود|مولودة|مولودا|رضيع|يزن|تزن|وزنه|وزنها|بوزن|عبوة|عبوات|كيس|أكياس)(?![{ARABIC}])"
)
_MILLED: Final = frozenset(
    words("كويتي بحريني تونسي أردني ليبي عماني كويتيا بحرينيا تونسيا أردنيا ليبيا عمانيا د.ك د.ب د.ت د.أ د.ل ر.ع")
)
"""Currencies of a thousand subunits: 1.250 د.ك is a dinar and a quarter."""

_FINE: Final = frozenset(words("كيلومتر كيلوغرام غرام لتر ميل مليمتر سنتيمتر ميغاواط غيغاواط كيلوواط"))
"""Units that are measured to a thousandth; nobody writes a nought at the end of one."""

_NEVER: Final = frozenset(map(plain, words("درجة درجات ثانية ثوان بالمئة بالمائة في على فاصل نقطة_مئوية")))
_BEFORE: Final = 60


def _is_told(match: re.Match[str]) -> bool:
    """Whether what is behind a lone 5.964 comes in parts, so that the article's way to write decimals decides."""
    word = (match["word"] or "").removesuffix(".")
    if not word or _LABEL.search(match.string, 0, match.start()):
        return False
    bare = plain(word.rstrip("²³"))
    measured = bare in money.by_name() or word in units.by_sign() or word in units.by_name()
    return measured or bare in _POINTS or _SCALE.fullmatch(word) is not None


def _is_grouped(match: re.Match[str]) -> bool:
    """Whether the dot of a lone 5.964 parts thousands: by what is counted, measured or paid behind it."""
    word, whole, rest = (match["word"] or "").removesuffix("."), match["whole"], match["rest"]
    bare = plain(word.rstrip("²³"))
    if not word or _SCALE.fullmatch(word) or bare in _NEVER or _LABEL.search(match.string, 0, match.start()):
        return False
    around = match.string[max(0, match.start() - _BEFORE) : match.end() + 24]
    if (currency := money.by_name().get(bare) or money.by_sign().get(word)) is not None:
        milled = word in _MILLED or (match["next"] or "") in _MILLED
        if _GOLD.search(around):
            return True
        fine = rest[2] != "0" and (len(whole) == 1 or _is_rate(match))
        return not (milled or fine or (len(whole) == 1 and currency.per_unit == 1000) or _PRICED.search(around))
    unit = units.by_sign().get(word)
    noun = unit.noun if unit else units.by_name().get(word)
    if noun is not None:
        # Newborns and bags are weighed in kilograms to the gram; a gram has no thousandths.
        weighed = len(whole) == 1 and noun.singular != "غرام" and _WEIGHED.search(around)
        return not weighed if rest[2] == "0" else noun.singular not in _FINE
    if bare.startswith("نقط") and len(whole) == 1 and not _INDEX.search(around):
        return False
    return _is_counted(word, match["next"] or "")


_EXCHANGE: Final = lazy(rf"(?<![{ARABIC}])(?:لل|ال|و|وال)?(?:شراء|بيع|صرف)(?![{ARABIC}])")


def _is_rate(match: re.Match[str]) -> bool:
    """Whether one money is told in another: سجل الريال 13.512 جنيه للشراء. Its price has decimals, no thousands."""
    before = match.string[max(0, match.start() - _BEFORE) : match.start()]
    if _EXCHANGE.search(before) or _EXCHANGE.search(match.string, match.end("word"), match.end() + 8):
        return True
    own = money.by_name().get(plain(match["word"].rstrip(".")))
    named = (money.by_name().get(word[2:]) for word in map(plain, before.split()) if word.startswith("ال"))
    return any(other is not None and own is not None and other.noun != own.noun for other in named)


def _is_counted(word: str, following: str) -> bool:
    """Whether things that come whole are counted: a noun, or the people of من المتظاهرين."""
    word = word.rstrip(".")
    bare = plain(word)
    if bare == "من":
        return following.startswith("ال")
    if bare.startswith("ال") or len(bare) < 3:
        return False
    if bare in _OTHERS or _PARTICIPLE.fullmatch(bare):
        return True
    found = find(word, plural=False) or find(word, plural=True)
    if found is None:
        return False
    # Of units nobody listed (مللي أمبير) as of nouns: what follows a number at once is counted, but for prefixes.
    return found.known or bare[0] not in "وفبلكسيتنا" or bare.endswith(("ة", "ات", "ا"))


_POINTS: Final = frozenset(map(plain, words("نقطة نقاط")))
_OTHERS: Final = frozenset(map(plain, words("آخرين آخرون أخرى")))
_PARTICIPLE: Final = lazy("[سنت]ا[^او][^اوي]")
"""سائح, ناشط, تاجر: who does something, though it begins like a verb."""

_LABEL: Final = lazy(rf"(?<![{ARABIC}])(?:ال|بال|لل|[وبل])?(?:رقم|مادة|بند|إصدار|فقرة|طريق)[ :]{{1,2}}$")


def _lone_dot(match: re.Match[str], decimal: str) -> str:
    number = match["whole"] + match["rest"]
    if not (decimal == "," if decimal and _is_told(match) else _is_grouped(match)):
        number = f"{match['whole']}.{match['rest']}"
        word = (match["word"] or "").removesuffix(".")
        if plain(word) in money.by_name() or word in units.by_name() or word in units.by_sign():
            number = number.rstrip("0").removesuffix(".")  # boards of prices and scales print three places: 7.900
    return number + match["tail"]


_SIDE_BY_SIDE: Final = lazy(r"(?<=[0-9])(?P<quote>[\"»”)])[ ](?=[0-9])", needs='"»”)')
"""«كويت 15» 2.8 نقطة: two numbers with nothing between them but the end of a name."""

_AFTER_WORDS: Final = lazy(
    rf"(?P<last>(?<![{ARABIC}])[{ARABIC}]{{2,12}})[ ]"
    rf"(?=[0-9]+(?:[.,][0-9]+)?[ ](?:{SCALE}|[{ARABIC}]{{3,14}}(?:ا|ة))(?![{ARABIC}]))",
    needs=DIGITS,
)
"""What counts something right behind a year that is in words already: عام 1443 850 ألفا."""


def _apart(match: re.Match[str]) -> str:
    word = match["last"].removeprefix("و")
    joins = match.string.endswith(("من ", "عام ", "إلى "), 0, match.start())
    return f"{match['last']}، " if is_number_word(word) and match["last"] != word and not joins else match[0]


_DOT_THOUSANDS: Final = lazy(rf"{_START}(?P<whole>[1-9][0-9]{{0,2}})\.000(?![0-9]|\.[0-9])")
"""Nobody writes three noughts of decimals: 100.000 is a hundred thousand."""

_LAST_DOT: Final = lazy(rf"{_START}(?P<whole>[1-9][0-9]{{0,2}})\.(?P<rest>[0-9]{{3}})(?=[ ]?(?:[.،؛!؟)]|$))")
"""بلغ عدد القتلى 44.664 شخصا والجرحى 105.976: who counts people in thousands with a dot does so where none is named."""

_DECIMAL_DOT: Final = lazy(r"[0-9]\.[0-9]{1,2}(?![0-9])", needs=".")

_SCALED_COMMA: Final = lazy(
    rf"{_START}(?P<whole>[1-9][0-9]{{0,2}}),(?P<decimals>[0-9]{{3}})(?=[ ]{SCALE})", needs=DIGITS
)
"""1,250 مليون where a comma stands before decimals and a dot between thousands."""

_BILLIONS: Final = lazy(
    rf"{_START}(?P<whole>[1-9][0-9]{{0,2}})(?:،(?P<decimals>[0-9]{{3}})(?=[ ](?:مليار|بليون|تريليون))"
    rf"|,(?P<of_dollars>[0-9]{{3}})(?=[ ](?:مليار|بليون|تريليون)[ ](?:دولار|يورو|جنيه[ ][إا]?سترليني)))",
    needs="،,",
)
"""7،470 مليار, 11,436 مليار دولار: a comma before three figures of thousands of millions parts no thousand of them.

Of a weak currency there are thousands of milliards: 11,436 مليار دينار.
"""

_LETTER_DECIMAL: Final = lazy(
    r"(?<![0-9.,،/:-])(?P<decimals>[0-9]{1,3})[ ]?ر[ ]?(?P<whole>[0-9]{1,4})(?![0-9]|[.,،/:-][0-9])"
)
"""Agencies write the decimal separator as ر, the decimals first: عمق 5ر19 كيلومترا is 19.5."""

_LETTER_THOUSANDS: Final = lazy(
    r"(?<![0-9.,،/:-])(?P<groups>[0-9]{3}(?:[ ]?ر[ ]?[0-9]{3}){0,3})[ ]?ر[ ]?(?P<whole>[1-9][0-9]{0,2})"
    rf"(?![0-9]|[.,،/:-][0-9])(?P<scale>[ ]مليون)?[ ](?!{SCALE}(?![{ARABIC}]))(?P<word>[{ARABIC}]{{2,14}})"
)
"""140ر34 حاجا is 34140, 675ر371ر2 is 2371675: groups of three behind a letter ر are thousands of what comes whole."""


def _by_letter(match: re.Match[str]) -> str:
    groups = [group.strip() for group in match["groups"].split("ر")]
    several = len(groups) > 1
    found = find(match["word"], plural=False) or find(match["word"], plural=True)
    measured = match["word"] in units.by_name() or plain(match["word"]) in money.by_name()
    if not several and (match["scale"] or measured or found is None or not found.known):
        return match[0]
    scale = "" if several else match["scale"] or ""
    return f"{match['whole']}{''.join(reversed(groups))}{scale} {match['word']}"


_GROUP: Final = lazy(r"\.[0-9]{3}(?![0-9])")
_LETTERED: Final = lazy("[0-9][ ]?ر[ ]?[0-9]", needs=DIGITS)
_FAR_COMMA: Final = lazy(
    r"(?<![0-9.,،:/-])(?<![0-9][ ])(?P<one>[0-9]{1,3})(?P<comma>[,،])[ ](?P<two>[0-9]{1,3})"
    rf"(?=[ ](?:{SCALE}|في[ ]الم[ائ]|بالم[ائ])|[ ]?%)"
)
"""5، 3 مليون: a decimal that was typed from the right, so that the whole number comes last; 2, 5 مليون was not."""

_LISTED: Final = lazy(rf"[0-9][^0-9]{{0,2}}$|(?<![{ARABIC}])(?:بين|أو)[ ]$")


def _far_comma(match: re.Match[str]) -> str:
    one, comma, two = match["one"], match["comma"], match["two"]
    whole, decimals = (two, one) if comma == "،" else (one, two)
    # A whole number and one figure or two: of 120، 150 مليون neither is a decimal.
    if len(decimals) > 2 or decimals == "0" or _LISTED.search(match.string, 0, match.start()):
        return match[0]
    return f"{whole}.{decimals}"


_MAY_HOLD: Final = lazy(r"[0-9][,،]?[,،.' ][0-9]|\.[0-9]", needs=DIGITS)
_SEPARATOR: Final = lazy("[,،' .]")


def _joined(match: re.Match[str]) -> str:
    return _SEPARATOR.sub("", match[0])


def _dots(match: re.Match[str]) -> str:
    whole = match[0].partition(",")[0].replace(".", "")
    return f"{whole}.{match['decimals']}" if match["decimals"] else whole


def join_spaces(text: str) -> str:
    """The text with 10 000 as 10000: a rule of its own, because `phones` would take the 000 for digits."""
    return _SPACES.sub(_joined, text) if _MAY_HOLD.search(text) else text


def rewrite(text: str, decimal: str) -> str:
    """The text with its numbers as plain digits and a dot before decimals.

    Args:
        text: Text after `phones`.
        decimal: The sign before the decimals of its article, as `topic.Topic` has it.
    """
    if "ر" in text and _LETTERED.search(text):
        text = _LETTER_THOUSANDS.sub(_by_letter, text)
    text = _AFTER_WORDS.sub(_apart, _SIDE_BY_SIDE.sub(r"\g<quote>، ", text))
    if _MAY_HOLD.search(text):
        if ", " in text or "، " in text:
            text = _FAR_COMMA.sub(_far_comma, text)
        if _GROUP.search(text):
            text = _DOT_THOUSANDS.sub(r"\g<whole>000", text)
            grouped = [
                match for match in _LONE_DOT.finditer(text) if _is_counted(match["word"] or "", match["next"] or "")
            ]
            text = _LONE_DOT.sub(partial(_lone_dot, decimal=decimal), text)
            if grouped and decimal != "." and not _DECIMAL_DOT.search(text):
                text = _LAST_DOT.sub(r"\g<whole>\g<rest>", text)
        text = _BILLIONS.sub(
            lambda match: f"{match['whole']}.{match['decimals'] or match['of_dollars']}",
            text,
        )
        if decimal == ",":
            text = _SCALED_COMMA.sub(r"\g<whole>.\g<decimals>", text)
        text = _COMMAS.sub(_joined, text)
        text = _MIXED.sub(
            lambda match: f"{match['whole'].replace('.', '')}.{match['decimals']}", _DOTS.sub(_dots, text)
        )
        text = _ZERO_COMMA.sub(r"0.\g<decimals>", text)
        text = _DECIMAL_COMMA.sub(r"\g<whole>.\g<decimals>", text)
        text = _BARE_DOT.sub("0.", text)
    return _LETTER_DECIMAL.sub(r"\g<whole>.\g<decimals>", text) if "ر" in text and _LETTERED.search(text) else text


def apply(text: str) -> str:
    """The text with its numbers as plain digits, a line that is an article by itself."""
    return rewrite(text, decimal_of(text) if _MAY_HOLD.search(text) else "")
