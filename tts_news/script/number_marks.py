"""The marks of numbers in words: their vowels are known, and one case runs through a number from end to end.

A diacritisation model marks خمسة وعشرون word by word and mixes cases (خَمْسَةٍ وَعِشْرُونَ); the rules wrote the number, so
its grammar is certain. The model decides only what the sentence around it decides: the case where the letters leave it
open, and whether a counted noun follows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from tts_news.arabic import clusters, plain
from tts_news.frozen import dataclass
from tts_news.script.lexicon import attach
from tts_news.script.pausal import pausal_word
from tts_news.script.rules.context import certain
from tts_news.script.rules.grammar import Case
from tts_news.script.rules.nouns import find

Kind = Literal["unit", "ten", "tens", "hundred", "scale", "scales", "dual", "fixed"]
_FATHA, _DAMMA, _KASRA = "\u064e", "\u064f", "\u0650"
_TANWIN = {_FATHA: "\u064b", _DAMMA: "\u064c", _KASRA: "\u064d"}
_SHORT = {tanwin: short for short, tanwin in _TANWIN.items()}
_ALIF_TANWIN = "\u064bا"

_UNITS = {
    "واحد": "وَاحِد", "واحدة": "وَاحِدَة", "ثلاثة": "ثَلَاثَة", "أربعة": "أَرْبَعَة", "خمسة": "خَمْسَة", "ستة": "سِتَّة",
    "سبعة": "سَبْعَة", "ثمانية": "ثَمَانِيَة", "تسعة": "تِسْعَة", "ثلاث": "ثَلَاث", "أربع": "أَرْبَع", "خمس": "خَمْس",
    "ست": "سِتّ", "سبع": "سَبْع", "تسع": "تِسْع", "صفر": "صِفْر",
}  # fmt: skip
_FIXED = {
    "اثنان": "اثْنَانِ", "اثنين": "اثْنَيْنِ", "اثنتان": "اثْنَتَانِ", "اثنتين": "اثْنَتَيْنِ",
    "اثنا": "اثْنَا", "اثني": "اثْنَيْ", "اثنتا": "اثْنَتَا", "اثنتي": "اثْنَتَيْ", "ثمان": "ثَمَانٍ",
    "ثمانيا": "ثَمَانِيًا", "ثماني": "ثَمَانِي", "مئتان": "مِئَتَانِ", "مئتين": "مِئَتَيْنِ",
    "مئتا": "مِئَتَا", "مئتي": "مِئَتَيْ",
}  # fmt: skip
_ACCUSATIVE = {
    f"{letters}ا": f"{stem}{_ALIF_TANWIN}" for letters, stem in _UNITS.items() if letters[-1] != "ة"
} | {"عشرا": f"عَشْر{_ALIF_TANWIN}"}  # fmt: skip
"""Units whose alif shows the accusative: خمسا وعشرين."""
_FIXED |= _ACCUSATIVE
_ELEVEN = {"أحد": "أَحَدَ", "إحدى": "إِحْدَى"}
"""Number words only before عشر and و: أحد المسؤولين is no number."""
_TEENS = {"عشر": "عَشَرَ", "عشرة": "عَشْرَةَ"}
_TEN_ALONE = {"عشر": "عَشْر", "عشرة": "عَشَرَة"}
_TENS = {
    stem + ending: marked + {"ون": "ُونَ", "ين": "ِينَ"}[ending]
    for stem, marked in {
        "عشر": "عِشْر", "ثلاث": "ثَلَاث", "أربع": "أَرْبَع", "خمس": "خَمْس", "ست": "سِتّ", "سبع": "سَبْع", "ثمان": "ثَمَان",
        "تسع": "تِسْع",
    }.items()
    for ending in ("ون", "ين")
}  # fmt: skip
_HUNDRED = {"مئة": "مِئَة"}
_HUNDREDS = {
    "ثلاثمئة": "ثَلَاث", "أربعمئة": "أَرْبَع", "خمسمئة": "خَمْس", "ستمئة": "سِتّ", "سبعمئة": "سَبْع", "ثمانمئة": "ثَمَان",
    "ثمانيمئة": "ثَمَانِي", "تسعمئة": "تِسْع",
}  # fmt: skip
_SCALES = {"ألف": "أَلْف", "مليون": "مِلْيُون", "مليار": "مِلْيَار", "تريليون": "تِرِيلْيُون"}
_PLURAL_SCALES = {"آلاف": "آلَاف", "ملايين": "مَلَايِين", "مليارات": "مِلْيَارَات", "تريليونات": "تِرِيلْيُونَات"}
_DUALS = {
    scale + ending: marked + how
    for scale, marked in _SCALES.items()
    for ending, how in {"ان": "َانِ", "ين": "َيْنِ", "ي": "َيْ"}.items()
}
_ALIFS = {f"{scale}ا": marked for scale, marked in _SCALES.items()}
"""مليونا: two million of something, or, after 11 to 99, the accusative."""
_ORDINALS = {
    "الحادي": "الْحَادِي", "الثاني": "الثَّانِي", "الثالث": "الثَّالِث", "الرابع": "الرَّابِع", "الخامس": "الْخَامِس",
    "السادس": "السَّادِس", "السابع": "السَّابِع", "الثامن": "الثَّامِن", "التاسع": "التَّاسِع",
}  # fmt: skip
_ORDINALS |= {f"{word}ة": f"{marked}{_FATHA}ة" for word, marked in _ORDINALS.items()}

_FIRST_OF_TEEN = (
    _ELEVEN
    | {letters: _FIXED[letters] for letters in ("اثنا", "اثني", "اثنتا", "اثنتي")}
    | {letters: f"{stem}{_FATHA}" for letters, stem in _UNITS.items() if letters[0] in "ثأخست"}
    | {"ثماني": "ثَمَانِيَ"}
)
"""The first word of eleven to nineteen, with the fatha that it has in every case but for اثنا."""
_ARTICLES = ("ال", "وال", "فال", "بال", "كال", "لل", "ولل")
_PREFIXES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_NOMINATIVE = frozenset({"اثنان", "اثنتان", "اثنا", "اثنتا", "مئتان", "مئتا"})
_OBLIQUE = frozenset({"اثنين", "اثنتين", "اثني", "اثنتي", "مئتين", "مئتي"})
_POINT = "فاصل"
_DIGITS_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class _Token:
    """A number word: the clitics before it, its letters, its marked stem (last letter open unless fixed), its kind."""

    place: int
    prefix: str
    letters: str
    stem: str
    kind: Kind


_VOWELS: dict[Case, str] = {"nom": _DAMMA, "gen": _KASRA, "acc": _FATHA}
_PARTS = {
    f"و{part}{alif}": f"وَ{marked}" for part, marked in {"نصف": "نِصْف", "ربع": "رُبْع", "ثلث": "ثُلْث"}.items()
    for alif in ("", "ا")
}  # fmt: skip
"""A part after the number: ملايين ونصف المليون."""
_PARTED = {
    f"ال{scale}": marked for scale, marked in {
        "ألف": "الْأَلْفِ", "مليون": "الْمِلْيُونِ", "مليار": "الْمِلْيَارِ", "تريليون": "التِّرِيلْيُونِ"
    }.items()
}  # fmt: skip


def mark_numbers(
    words: Sequence[str],
    forms: list[str],
    ends: Collection[int],
    fixed: Collection[int],
    told: Mapping[int, Case] = MappingProxyType({}),
) -> None:
    """Put the marks of numbers on `forms`, in place.

    Args:
        words: The words without marks.
        forms: The words as the model marked them.
        ends: Places after which there is punctuation.
        fixed: Places whose marks the author or the lexicon gave.
        told: The case of the number that begins at a place, where the sentence told it.
    """
    place = 0
    coordinated = -1, ""  # where a number would begin that و joins to the one before, and the case of that one
    while place < len(words):
        run = _run(words, place, ends, fixed)
        if len(run) >= _DIGITS_IN_A_ROW and all(_is_digit(token) for token in run):
            for token in run:
                forms[token.place] = pausal_word(attach(token.prefix, _closed(token, _DAMMA, tanwin=True)))
        elif run:
            joined = coordinated[1] if coordinated[0] == place and run[0].prefix == "و" else ""
            case = _VOWELS[told[place]] if place in told else _case(run, words, forms, joined, ends)
            _mark_run(run, words, forms, ends, case)
            if place - 1 not in fixed and _certain(run[0], words, ends) == "gen" and not run[0].prefix:
                forms[place - 1] = _in_construct(forms[place - 1])
            coordinated = run[-1].place + 2, case
            if not _mark_part(run[-1].place + 1, case, words, forms, ends, fixed):
                _mark_counted(run[-1], words, forms, ends, fixed)
            if run[-1].place + 1 < len(words) and words[run[-1].place + 1] == _POINT:
                forms[run[-1].place + 1] = "فَاصِلْ"
        elif _mark_ordinal(words, forms, place, fixed):
            place += 1
        place += max(1, len(run))


def _run(words: Sequence[str], first: int, ends: Collection[int], fixed: Collection[int]) -> list[_Token]:
    """Return the tokens of the number that begins at a place; none when none does."""
    run: list[_Token] = []
    for place in range(first, len(words)):
        token = None if place in fixed else _token(words, place)
        if token is None or (run and not _continues(run[-1], token)):
            break
        run.append(token)
        if place in ends:
            break
    return [] if len(run) == 1 and _is_other_word(run[0], words, ends) else run


def _is_other_word(token: _Token, words: Sequence[str], ends: Collection[int]) -> bool:
    """Whether a number word is another one of these letters: خُمس السكان، ألّف كتابا، شهر صَفَر."""
    before = words[token.place - 1] if token.place else ""
    after = words[token.place + 1] if token.place + 1 < len(words) and token.place not in ends else ""
    if token.letters == "صفر" and before.removeprefix("ال") in {"شهر", "من"}:
        return True
    if token.kind in {"unit", "ten", "scale"} and after.startswith("ال"):
        return True
    return token.letters == "ألف" and after.endswith("ا")


def _token(words: Sequence[str], place: int) -> _Token | None:
    for prefix in _PREFIXES:
        if words[place].startswith(prefix):
            letters = words[place][len(prefix) :]
            following = words[place + 1] if place + 1 < len(words) else ""
            if letters in _ELEVEN and (following in _TEENS or (letters == "إحدى" and following.startswith("و"))):
                return _Token(place, prefix, letters, _ELEVEN[letters], "fixed")
            found = _stem(letters)
            if found:
                return _Token(place, prefix, letters, *found)
    return None


def _stem(letters: str) -> tuple[str, Kind] | None:
    tables: tuple[tuple[dict[str, str], Kind], ...] = (
        (_UNITS, "unit"), (_FIXED, "fixed"), (_TEN_ALONE, "ten"), (_TENS, "tens"), (_HUNDRED, "hundred"),
        (_SCALES, "scale"), (_PLURAL_SCALES, "scales"), (_DUALS, "dual"), (_ALIFS, "dual"),
    )  # fmt: skip
    for table, kind in tables:
        if letters in table:
            return table[letters], kind
    return (letters, "hundred") if letters in _HUNDREDS else None


def _continues(last: _Token, token: _Token) -> bool:
    """Whether a token belongs to the number of the one before it."""
    if token.prefix == "و":
        # After the tens comes another number: بين خمسة وثمانين وتسعين.
        open_after = {"tens": False, "ten": False, "unit": token.kind == "tens"}
        ones = {"اثنان", "اثنين", "اثنتان", "اثنتين", "إحدى", "ثمان", "ثمانيا", *_ACCUSATIVE}
        return open_after.get(last.kind, last.letters not in ones or token.kind == "tens")
    if token.prefix:
        return False
    if token.kind in {"scale", "scales"} or token.letters in _ALIFS:
        return True
    return (token.kind == "ten" and last.kind in {"unit", "fixed"}) or (_is_digit(last) and _is_digit(token))


def _is_digit(token: _Token) -> bool:
    return token.prefix != "و" and (token.kind == "unit" or token.letters in {"اثنان", "اثنين"})


def _mark_run(run: list[_Token], words: Sequence[str], forms: list[str], ends: Collection[int], case: str) -> None:
    """Mark a number whose case has this vowel."""
    for index, token in enumerate(run):
        before = run[index - 1] if index else None
        after = run[index + 1] if index + 1 < len(run) else None
        forms[token.place] = attach(token.prefix, _marked(token, before, after, case, words, forms, ends))


def _mark_part(
    place: int, case: str, words: Sequence[str], forms: list[str], ends: Collection[int], fixed: Collection[int]
) -> bool:
    """Mark the half or quarter after a number (ونصفَ المليونِ دينارٍ); return whether there is one."""
    if place >= len(words) or words[place] not in _PARTS or place - 1 in ends or place in fixed:
        return False
    scale = _PARTED.get(words[place + 1]) if place + 1 < len(words) and place not in ends else None
    stem = _PARTS[words[place]]
    if scale is None:
        alif = words[place].endswith("ا")
        forms[place] = stem + (_ALIF_TANWIN if alif else _TANWIN[_DAMMA if case == _FATHA else case])
        return True
    forms[place], forms[place + 1] = stem + case, scale
    counted = place + 2
    found = find(words[counted], plural=False) if counted < len(words) and place + 1 not in ends else None
    if found is not None and found.known and counted not in fixed and _last_vowel(forms[counted]) in (_DAMMA, _FATHA):
        marks = [marks for _, marks in clusters(forms[counted])][-1]
        forms[counted] = _with_last(forms[counted], marks, _TANWIN[_KASRA])
    return True


def _case(run: list[_Token], words: Sequence[str], forms: Sequence[str], joined: str, ends: Collection[int]) -> str:
    """Return the vowel of the case of a number whose sentence was not asked."""
    first = run[0]
    sure = _certain(first, words, ends)
    shown = next((_last_vowel(forms[token.place]) for token in run if token.kind in {"unit", "hundred", "scale"}), "")
    letters = [token.letters for token in run]
    if any(word in _NOMINATIVE or _inflected(word, "ون", "ان") for word in letters):
        return _DAMMA
    if sure == "gen" or joined == _KASRA:
        return _KASRA
    if any(word in _ACCUSATIVE for word in letters):
        return _FATHA
    if any(word in _OBLIQUE or _inflected(word, "ين", "ي") for word in letters):
        # The accusative is an object's: a year or a number by itself leans on the word before it.
        counts = run[-1].place not in ends and _counts_a_noun(run[-1], words, forms)
        return _FATHA if joined == _FATHA or (shown == _FATHA and counts) else _KASRA
    if sure is not None:
        return _VOWELS[sure]
    # After the point of a decimal nothing governs the number.
    return (joined or shown or _DAMMA) if not first.place or words[first.place - 1] != _POINT else _DAMMA


def _certain(first: _Token, words: Sequence[str], ends: Collection[int]) -> Case | None:
    """The case that the words before a number in its clause leave no doubt of."""
    if first.prefix[-1:] in {"ب", "ل", "ك"}:
        return "gen"
    since = max((place + 1 for place in ends if place < first.place), default=0)
    before = [plain(word) for word in words[max(since, first.place - 4) : first.place]]
    return certain(before, first.prefix) if before else None


def _in_construct(form: str) -> str:
    """Return the word that a number completes without its tanwin: عيارُ واحدٍ وعشرين."""
    last = ([""] + [marks for _, marks in clusters(form)])[-1]
    tanwin = next((mark for mark in last if mark in _SHORT), "")
    return form.removesuffix(last) + last.replace(tanwin, _SHORT[tanwin]) if tanwin else form


def _inflected(letters: str, plural: str, dual: str) -> bool:
    return (letters in _TENS and letters.endswith(plural)) or (letters in _DUALS and letters.endswith((plural, dual)))


def _last_vowel(form: str) -> str:
    """Return the short vowel of a word's case ending, "" when it shows none."""
    marks = ([""] + [marks for _, marks in clusters(form)])[-1]
    return next((_SHORT.get(mark, mark) for mark in marks if mark in _SHORT or mark in _TANWIN), "")


def _marked(
    token: _Token,
    before: _Token | None,
    after: _Token | None,
    case: str,
    words: Sequence[str],
    forms: Sequence[str],
    ends: Collection[int],
) -> str:
    if before is not None and token.kind == "ten" and not token.prefix:
        return _TEENS[token.letters]
    if after is not None and after.kind == "ten" and not after.prefix:
        return "ثَمَانِيَ" if token.letters == "ثماني" else _closed(token, _FATHA, tanwin=False)
    # In a number of several words, what comes before this one says how many of the scale there are.
    counted = before if before is not None and not token.prefix else None
    if token.letters in _ALIFS:
        # Before و there is no construct: two million is مليونان there, and مليونا one million.
        alone = after is not None or token.place in ends or token.place + 1 == len(words)
        single = (counted is not None and counted.kind in {"tens", "ten"}) or alone
        return token.stem + (_ALIF_TANWIN if single else f"{_FATHA}ا")
    parted = token.place + 1 < len(words) and words[token.place + 1] in _PARTS
    free = token.place in ends or parted or not _counts_a_noun(token, words, forms)
    tanwin = after.prefix == "و" or _is_digit(after) if after else free
    if token.kind == "scales":
        diptote = token.letters == "ملايين" and tanwin
        return _closed(token, _FATHA if diptote else _KASRA, tanwin=tanwin and not diptote)
    if token.kind == "scale" and counted is not None:
        governed = counted.kind in {"hundred", "scale"} or counted.letters in {"مئتا", "مئتي"}
        return _closed(token, _KASRA if governed else _FATHA, tanwin=tanwin)
    return _closed(token, case, tanwin=tanwin)


def _mark_counted(
    last: _Token, words: Sequence[str], forms: list[str], ends: Collection[int], fixed: Collection[int]
) -> None:
    """Put the case of the counted noun right where the model missed it; what the model has right may be a construct."""
    place = last.place + 1
    if place >= len(words) or place in fixed or last.place in ends or last.kind in {"fixed", "dual"}:
        return
    plural = last.kind == "unit" or (last.kind == "ten" and not forms[last.place].endswith(_TEENS[last.letters]))
    found = find(words[place], plural=plural)
    if found is None or not found.known or found.form != ("plural" if plural else "singular"):
        return
    vowel, marks = _last_vowel(forms[place]), [marks for _, marks in clusters(forms[place])]
    accusative = last.kind in {"tens", "ten"} and not plural
    if accusative and words[place].endswith("ة") and vowel != _FATHA:
        forms[place] = _with_last(forms[place], marks[-1], _TANWIN[_FATHA])
    elif not accusative and vowel == _DAMMA:
        forms[place] = _with_last(forms[place], marks[-1], _TANWIN[_KASRA])


def _with_last(form: str, marks: str, ending: str) -> str:
    """Return a word with the vowel of its last letter replaced; a shadda there stays."""
    kept = "".join(mark for mark in marks if mark not in _SHORT and mark not in _TANWIN)
    return form.removesuffix(marks) + kept + ending


def _counts_a_noun(token: _Token, words: Sequence[str], forms: Sequence[str]) -> bool:
    """Whether the word after the number is what it counts: a listed noun is, else the model's ending tells."""
    following = words[token.place + 1] if token.place + 1 < len(words) else _POINT
    if following == _POINT:
        return False
    if token.kind in {"unit", "ten", "tens", "hundred", "scale", "scales"}:
        found = find(following, plural=token.kind in {"unit", "ten"})
        form = "plural" if token.kind in {"unit", "ten"} else "singular"
        if found is not None and found.known and found.form == form:
            return True
    marks = ([""] + [marks for _, marks in clusters(forms[token.place])])[-1]
    return not any(mark in _SHORT for mark in marks)


def _closed(token: _Token, vowel: str, *, tanwin: bool) -> str:
    """Return a number word with its last letter marked."""
    if token.kind in {"fixed", "tens", "dual"}:
        return token.stem
    if token.letters in _HUNDREDS:
        # Its first part has the case of the number, and the hundred is in construct with it: ثلاثَمِئةٍ.
        joint = "" if token.letters == "ثمانيمئة" else vowel
        return f"{_HUNDREDS[token.letters]}{joint}مِئَة{_TANWIN[_KASRA] if tanwin else _KASRA}"
    if tanwin and vowel == _FATHA and not token.letters.endswith("ة"):
        vowel = _DAMMA  # خمسًا would be written with an alif: the rules did not mean the accusative
    return token.stem + (_TANWIN[vowel] if tanwin else vowel)


def _mark_ordinal(words: Sequence[str], forms: list[str], place: int, fixed: Collection[int]) -> bool:
    """Mark الثالث عشر and الثلاثة عشر, whose words end in fatha whatever the case; return whether one stands there."""
    if place in fixed or place + 1 >= len(words) or words[place + 1] not in _TEENS:
        return False
    for prefix in ("", "و", "ب", "ل", "ف"):
        letters = words[place].removeprefix(prefix)
        if words[place].startswith(prefix) and letters in _ORDINALS:
            forms[place] = attach(prefix, _ORDINALS[letters] + _FATHA)
            forms[place + 1] = _TEENS[words[place + 1]]
            return True
    for prefix in _ARTICLES:
        stem = _FIRST_OF_TEEN.get(words[place].removeprefix(prefix))
        if words[place].startswith(prefix) and stem:
            forms[place] = attach(prefix, stem)
            forms[place + 1] = _TEENS[words[place + 1]]
            return True
    return False
