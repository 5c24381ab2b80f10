"""Letters with their marks, and the words that are not written as they sound."""

from __future__ import annotations

from dataclasses import replace

from tts_news.errors import SpeakError
from tts_news.frozen import dataclass
from tts_news.patterns import lazy
from tts_news.speak.phonemes.inventory import CONSONANTS

SHADDA, SUKUN, DAGGER = "\u0651", "\u0652", "\u0670"
VOWEL_MARKS = {
    "\u064e": "a",
    "\u064f": "u",
    "\u0650": "i",
    "\u064b": "an",
    "\u064c": "un",
    "\u064d": "in",
}
MARKS = frozenset([SHADDA, SUKUN, DAGGER, *VOWEL_MARKS])
TATWEEL = "\u0640"
WASLA = "\u0671"
CARRIERS = frozenset("اىآچ" + WASLA)
LETTERS = frozenset(CONSONANTS) | CARRIERS


@dataclass(frozen=True, slots=True)
class Letter:
    """A base letter and what is written on it; `vowel` is "", a, i, u, an, in or un."""

    base: str
    vowel: str = ""
    double: bool = False
    sukun: bool = False
    dagger: bool = False

    @property
    def bare(self) -> bool:
        """Whether nothing at all is written on it."""
        return not (self.vowel or self.double or self.sukun or self.dagger)

    @property
    def still(self) -> bool:
        """Whether it carries no vowel and is not doubled."""
        return not (self.vowel or self.double or self.dagger)


def name_of(char: str) -> str:
    """A letter as an error names it."""
    shown = char if char.isprintable() and not char.isspace() and char not in MARKS else ""
    return f"{shown!r} (U+{ord(char):04X})" if shown else f"U+{ord(char):04X}"


def read_letters(word: str) -> tuple[Letter, ...]:
    """The letters of a word; marks may stand in any order after their letter.

    Raises:
        SpeakError: A character is no Arabic letter or mark, or a mark stands on nothing.
    """
    letters: list[Letter] = []
    for char in word:
        if char == TATWEEL:
            continue
        if char in LETTERS:
            letters.append(Letter(char))
        elif char in MARKS:
            if not letters:
                # A vowel with no letter under it is a hamzat al-wasl written as it sounds.
                if VOWEL_MARKS.get(char) not in ("a", "i", "u"):
                    raise SpeakError(f"a mark stands on no letter: {name_of(char)} in {word!r}")
                letters.append(Letter("ا"))
            letters[-1] = _marked(letters[-1], char)
        else:
            raise SpeakError(
                f"not a letter of vowelled Arabic: {name_of(char)} in {word!r}",
                hint="write it out in Arabic words, or let `tts-news normalise` do it",
            )
    return tuple(letters)


def _marked(letter: Letter, mark: str) -> Letter:
    if mark == SHADDA:
        return replace(letter, double=True)
    if mark == SUKUN:
        return replace(letter, sukun=True)
    if mark == DAGGER:
        return replace(letter, dagger=True)
    return replace(letter, vowel=VOWEL_MARKS[mark])


# Skeleton of a word without its prefixes -> the skeleton that says how it sounds. An alif that is only in the second
# is inserted as a bare letter, a letter that is only in the first is silent and dropped.
_RESPELLED = {
    "هذا": "هاذا", "هذه": "هاذه", "هذي": "هاذي", "هذان": "هاذان", "هذين": "هاذين",
    "هؤلاء": "هاؤلاء", "هكذا": "هاكذا", "ههنا": "هاهنا", "هأنذا": "هاأنذا",
    "ذلك": "ذالك", "ذلكم": "ذالكم", "ذلكما": "ذالكما", "كذلك": "كذالك",
    "لكن": "لاكن", "لكنه": "لاكنه", "لكنها": "لاكنها", "لكنهم": "لاكنهم", "لكنهما": "لاكنهما", "لكنهن": "لاكنهن",
    "لكني": "لاكني", "لكنني": "لاكنني", "لكنا": "لاكنا", "لكننا": "لاكننا", "لكنك": "لاكنك", "لكنكم": "لاكنكم",
    "لكنما": "لاكنما",
    "إله": "إلاه", "إلهي": "إلاهي", "إلها": "إلاها", "إلهية": "إلاهية", "إلهنا": "إلاهنا",
    "أولئك": "ألائك", "أولائك": "ألائك", "أولاء": "ألاء", "أولو": "ألو", "أولي": "ألي", "أولات": "ألات",
    "رحمن": "رحمان", "سموات": "سماوات", "طه": "طاها", "داود": "داوود", "طاوس": "طاووس", "إسحق": "إسحاق",
    "عمرو": "عمر",
}  # fmt: skip
# مائة is written with an alif that is never said, alone and inside ثلاثمائة, مائتان and the like.
_HUNDRED = lazy(r"م(ا)ئ[ةت]")
_GOD = lazy(r"^[أوف]?[بكت]?(?:ا?لله|اللهم)$")


def is_god(letters: tuple[Letter, ...]) -> bool:
    """Whether the word is the Name, with or without prefixes."""
    return bool(_GOD.match("".join(letter.base for letter in letters)))


def respell(letters: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """The letters as they sound, for words whose spelling hides a long vowel or holds a silent letter."""
    skeleton = "".join(letter.base for letter in letters)
    hundred = _HUNDRED.search(skeleton)
    if hundred:
        at = hundred.start(1)
        # The vowel of the m is kasra whatever was written to suit the alif.
        first = replace(letters[at - 1], vowel="i")
        return (*letters[: at - 1], first, *letters[at + 1 :])
    for cut in range(min(5, len(skeleton))):
        sound = _RESPELLED.get(skeleton[cut:])
        if sound and _may_precede(letters[:cut], skeleton[:cut]) and _not_another_word(letters[cut:]):
            return (*letters[:cut], *_follow(letters[cut:], sound))
    return letters


_PREFIX_CHAINS = lazy(r"^أ?[وف]?[بكل]?(?:ال)?$")


def _may_precede(prefix: tuple[Letter, ...], skeleton: str) -> bool:
    return bool(_PREFIX_CHAINS.match(skeleton)) and all(x.base in "ال" or x.vowel in ("", "a", "i") for x in prefix)


def _not_another_word(letters: tuple[Letter, ...]) -> bool:
    """False for look-alikes told apart by their marks: لَكُنَّ, أُولَى with a second vowel, أَوْلَى, عُمَرُو."""
    first, second = letters[0], letters[1]
    if first.base == "ل" and second.base == "ك":
        return second.vowel in ("", "i") and not first.double
    if first.base == "أ" and second.base == "و":
        return first.vowel in ("", "u") and second.still and not second.sukun
    if first.base == "ع":
        return second.still
    return True


def _follow(letters: tuple[Letter, ...], sound: str) -> list[Letter]:
    out: list[Letter] = []
    rest = list(letters)
    for char in sound:
        while rest and char != rest[0].base and char not in "او":
            rest.pop(0)  # silent
        if rest and rest[0].base == char:
            out.append(rest.pop(0))
            continue
        if out and out[-1].dagger:
            continue  # written with a small alif already
        if out and not out[-1].vowel:
            out[-1] = replace(out[-1], vowel="u" if char == "و" else "a", sukun=False)
        out.append(Letter(char))
    if rest and rest[0].vowel and out and not out[-1].vowel:
        out[-1] = replace(out[-1], vowel=rest[0].vowel)
    return out
