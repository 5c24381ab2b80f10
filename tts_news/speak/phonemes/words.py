"""One word's letters to its phones, before it meets its neighbours."""

from __future__ import annotations

from itertools import pairwise

from tts_news.errors import SpeakError
from tts_news.frozen import dataclass
from tts_news.speak.phonemes.borrowed import borrow
from tts_news.speak.phonemes.inventory import (
    BACKED,
    CONSONANTS,
    DOUBLED,
    EMPHATIC,
    GEMINATES,
    LAX,
    LONG,
    SUN_LETTERS,
    VOWELS,
)
from tts_news.speak.phonemes.orthography import WASLA, Letter, is_god, name_of, read_letters, respell

_HINT = "mark its vowels, or let `tts-news diacritise` do it"
_ALIFS = frozenset("ا" + WASLA)
_NUNATION = {"an": ("a", "n"), "in": ("i", "n"), "un": ("u", "n")}
# Nouns whose hamzat al-wasl is i though the next vowel is u: it is their case ending, not part of the pattern.
_WASL_NOUNS = ("ابن", "اسم", "امرؤ", "امرأ", "اثن")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word alone.

    Attributes:
        text: The word as written.
        phones: Its phones, without its hamzat al-wasl.
        wasl: The vowel of its hamzat al-wasl; "" when it starts with none.
        divine: Whether it is the Name, whose l is dark or light by the vowel before it.
    """

    text: str
    phones: tuple[str, ...]
    wasl: str = ""
    divine: bool = False


def speak_word(text: str) -> Spoken:
    """The phones of a word.

    Raises:
        SpeakError: A character is no Arabic letter, or a letter lacks the vowel it needs.
    """
    written = read_letters(text)
    if not written:
        raise SpeakError(f"no letter in {text!r}")
    letters = respell(borrow(written))
    start, wasl = _wasl_at_start(letters)
    if is_god(letters):
        phones = _darken(_Reader(_mark_god(letters), start, text).read(), wasl)
        return Spoken(text, tuple(phones), wasl, divine=True)
    _refuse_unvowelled(letters, text)
    reader = _Reader(letters, start, text)
    phones = reader.read()
    return Spoken(text, _colour(phones, reader.article), wasl)


def _mark_god(letters: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """The Name with the shadda and the a that are often left out."""
    last = max(i for i, letter in enumerate(letters) if letter.base == "ل")
    return (*letters[:last], Letter("ل", "a", double=True), *letters[last + 1 :])


def _refuse_unvowelled(letters: tuple[Letter, ...], text: str) -> None:
    """Without any mark, a word can be read only where a long vowel follows each consonant but the last (قال, في)."""
    if len(letters) < 2 or not all(letter.bare for letter in letters):
        return
    # A bare l before a consonant is an article that lost its alif to the word before.
    known = letters[1:] if letters[0].base == "ل" else letters
    for letter, after in pairwise(known):
        if letter.base in "اىويآأإ" or after.base in "اىوية":
            continue
        raise SpeakError(f"letter {name_of(letter.base)} has no vowel mark in {text!r}", hint=_HINT)


def _darken(phones: list[str], wasl: str) -> list[str]:
    """الله has a long a, and its l is dark unless an i comes before it: the dark l is heard in its vowel."""
    at = phones.index("ll") if "ll" in phones else -1
    if at < 0:
        return phones
    after = at + 1 + (phones[at + 1 : at + 2] in (["a"], ["aa"]))
    before = phones[at - 1] if at else wasl
    return [*phones[: at + 1], "aa" if before == "i" else "AA", *phones[after:]]


def _colour(phones: list[str], article: int) -> tuple[str, ...]:
    """Vowels as their right-hand neighbour inside the word makes them; not across the article, ending at `article`."""
    out = list(phones)
    for i, (phone, following) in enumerate(pairwise(phones)):
        if following in EMPHATIC and i + 1 != article:
            out[i] = BACKED.get(phone, phone)
    if len(out) > 1 and out[-1] not in VOWELS and out[-1] not in GEMINATES:
        out[-2] = LAX.get(out[-2], out[-2])
    return tuple(out)


def _is_article(letters: tuple[Letter, ...], alif: int) -> bool:
    """Whether the l after this alif is the article's (or the doubled l of الله, الذي, اللغة)."""
    if len(letters) < alif + 3 or letters[alif + 1].base != "ل":
        return False
    lam, after = letters[alif + 1], letters[alif + 2]
    if lam.double:
        return True
    if lam.vowel == "i":  # الاستقلال with the l's own vowel: a second hamzat al-wasl follows
        return (
            after.base in _ALIFS
            and after.bare
            and alif + 3 < len(letters)
            and (letters[alif + 3].still or letters[alif + 3].double)
        )
    if not lam.still:
        return False
    return lam.sukun or not (after.bare and after.base in "اويى") or after.base in _ALIFS


def _is_wasl(letters: tuple[Letter, ...], i: int) -> bool:
    """Whether the alif at `i` is a hamzat al-wasl: a vowel helper before a consonant without a vowel."""
    letter = letters[i]
    if letter.base == WASLA:
        return True
    if letter.base != "ا" or i + 2 >= len(letters) or letters[i + 1].base in "اى":
        return False
    if _is_article(letters, i):
        return not i or letter.vowel in ("", "a")
    if i and letter.vowel:
        return False
    return _needs_help(letters, i + 1)


def _needs_help(letters: tuple[Letter, ...], i: int) -> bool:
    """Whether the letter at `i` cannot start a word by itself."""
    letter, after = letters[i], letters[i + 1]
    if letter.double:  # اتّحاد, ادّعى, اطّلع; but كافّة and مادّة hold a true long vowel
        return letter.base == "ت" or (letter.base in "دط" and (i == 1 or letters[0].base in "وف"))
    if letter.base in "وي":
        return letter.sukun and i == 1
    # With nothing on it, it is a consonant without its sukun when a vowelled letter comes after it.
    return letter.sukun or (letter.bare and bool(after.vowel or after.base in _ALIFS))


_PROCLITICS = {"و": "a", "ف": "a", "ب": "i", "ك": "a", "ل": "i", "أ": "a", "ت": "a"}


def _wasl_at(letters: tuple[Letter, ...]) -> int:
    """Where the word's hamzat al-wasl stands, behind at most two one-letter prefixes; -1 when it has none."""
    for i in range(min(3, len(letters))):
        if letters[i].base in _ALIFS and _is_wasl(letters, i):
            # Only و and ف are left bare before a verb; باسْم without the kasra would be a word with a long vowel.
            guess = i and letters[i - 1].bare and letters[i - 1].base not in "وف" and not _is_article(letters, i)
            return -1 if guess else i
        letter = letters[i]
        if (
            letter.base not in _PROCLITICS
            or letter.double
            or (letter.base == "ل" and letter.bare)
            or letter.vowel not in ("", _PROCLITICS[letter.base])
        ):
            return -1
    return -1


def _wasl_at_start(letters: tuple[Letter, ...]) -> tuple[int, str]:
    """Index of the first letter after an initial hamzat al-wasl and the vowel it has at a start; (0, "") without."""
    if letters[0].base not in _ALIFS or not _is_wasl(letters, 0):
        return 0, ""
    if letters[0].vowel in ("a", "i", "u"):
        return 1, letters[0].vowel
    if _is_article(letters, 0):
        return 1, "a"
    skeleton = "ا" + "".join(x.base for x in letters[1:])
    if skeleton.startswith(_WASL_NOUNS):
        return 1, "i"
    first = next((x.vowel for x in letters[1:] if x.vowel), "i")
    return 1, "u" if first == "u" else "i"


class _Reader:
    """Walks along the letters of one word once."""

    def __init__(self, letters: tuple[Letter, ...], start: int, text: str) -> None:
        self.letters = letters
        self.text = text
        self.at = start
        self.wasl = _wasl_at(letters)
        self.phones: list[str] = []
        self.article = -1

    def read(self) -> list[str]:
        while self.at < len(self.letters):
            self._step()
        voiced = any(p in VOWELS for p in self.phones)
        # ةّ alone is silent: what has no phone is no word, however it is marked.
        if not self.phones or (not voiced and not all(x.sukun or x.double for x in self.letters)):
            self._refuse(0)
        return self.phones

    def _refuse(self, at: int) -> None:
        letter = self.letters[at].base
        raise SpeakError(f"letter {name_of(letter)} has no vowel mark in {self.text!r}", hint=_HINT)

    def _get(self, at: int) -> Letter:
        return self.letters[at] if 0 <= at < len(self.letters) else Letter("")

    def _step(self) -> None:
        i, letter = self.at, self.letters[self.at]
        self.at += 1
        if letter.base in _ALIFS:
            self._alif(i, letter)
        elif letter.base == "ى":
            self._maqsura(letter)
        elif letter.base == "آ":
            self._hamza()
            self.phones.append("aa")
        elif letter.base == "ل" and self._silent_lam(i, letter):
            self.article = len(self.phones)
        elif letter.base == "ة":
            self._marbuta(letter)
        else:
            self._consonant(i, letter)

    def _hamza(self) -> None:
        self.phones.append("ah")

    def _alif(self, i: int, letter: Letter) -> None:
        before = self._get(i - 1)
        if i == self.wasl:
            if self.phones and self.phones[-1] not in VOWELS:
                self.phones.append(_PROCLITICS[before.base])  # والقَمَر, the prefix left bare
        elif i == 0:
            self._first_alif(letter)
        elif letter.vowel in _NUNATION:
            self._drop_a()  # عَدَدَاً, the fatha written twice
            self._vowel(letter.vowel)
        elif letter.vowel == "a" and before.base not in "اى":
            self._late_fatha(letter)
        elif letter.vowel:  # an alif that stands for a hamza
            self._hamza()
            self._vowel(letter.vowel)
        elif before.base == "و" and before.still and i + 1 == len(self.letters) and self.phones[-2:] == ["a", "w"]:
            return  # دَعَوْا, the silent alif of the plural
        elif self.phones and self.phones[-1] not in VOWELS and before.vowel not in _NUNATION:
            self.phones.append("aa")

    def _late_fatha(self, letter: Letter) -> None:
        """لاَ and إلاَّ: the marks of the letter before stand on the alif."""
        self._drop_a()
        if letter.double and self.phones[-1] in DOUBLED:
            self.phones[-1] = DOUBLED[self.phones[-1]]
        self.phones.append("aa")

    def _drop_a(self) -> None:
        if self.phones and self.phones[-1] == "a":
            self.phones.pop()

    def _first_alif(self, letter: Letter) -> None:
        """A word's first alif that is no hamzat al-wasl lacks its hamza (اوباما)."""
        self._hamza()
        if letter.vowel:
            self._vowel(letter.vowel)
        elif self._get(1).base == "و" and self._get(1).still:
            self.at += 1
            self.phones.append("uu")
        elif self._get(1).base == "ي" and self._get(1).still:
            self.at += 1
            self.phones.append("ii")
        else:
            self.phones.append("a")

    def _maqsura(self, letter: Letter) -> None:
        previous = self.phones[-1] if self.phones else ""
        if letter.vowel in _NUNATION:
            if previous in ("a", "aa"):
                self.phones.pop()
            self._vowel(letter.vowel)
        elif letter.vowel == "a":  # عَلىَ, the fatha written one letter late
            self.phones.append("aa")
        elif letter.vowel or letter.double:  # an old spelling of final ي
            self._consonant(self.at - 1, Letter("ي", letter.vowel, letter.double))
        elif self._get(self.at - 2).vowel in _NUNATION:
            return
        elif previous == "i":
            self.phones[-1] = "ii"
        elif previous == "a":
            self.phones[-1] = "aa"
        elif previous not in VOWELS:
            self.phones.append("aa")

    def _silent_lam(self, i: int, lam: Letter) -> bool:
        """Whether this l is the article's, said as the sun letter after it."""
        after = self._get(i + 1)
        if not lam.still or (after.base not in SUN_LETTERS and after.base != "ل"):
            return False
        if not (i == 0 or i == self.wasl + 1 or (self._get(i - 1).base == "ل" and i <= 3)):
            return False
        if after.double:
            return True
        # A forgotten shadda: الشَمس. But التِقاء is of the eighth pattern and keeps its l, and so does a written sukun.
        if lam.sukun or after.base in "لت" or i != self.wasl + 1 or self.wasl < 0:
            return False
        self.letters = (*self.letters[: i + 1], Letter(after.base, after.vowel, double=True), *self.letters[i + 2 :])
        return True

    def _marbuta(self, letter: Letter) -> None:
        """ة is t with a vowel and silent without: the a before it is all that is heard at a pause."""
        if self.phones and self.phones[-1] not in VOWELS:
            self.phones.append("a")
        if letter.vowel:
            self.phones.append("t")
            self._vowel(letter.vowel)

    def _consonant(self, i: int, letter: Letter) -> None:
        if letter.base in "وي" and self._lengthens(i, letter):
            return
        if letter.base == "چ":
            self.phones += ["t", "ch"]
        else:
            phone = CONSONANTS[letter.base]
            self.phones.append(DOUBLED[phone] if letter.double else phone)
        if letter.vowel:
            self._vowel(letter.vowel)
            if letter.dagger and self.phones[-1] == "a":
                self.phones[-1] = "aa"
        elif letter.dagger:
            self.phones.append("aa")
        else:
            self._unmarked(i, letter)

    def _lengthens(self, i: int, letter: Letter) -> bool:
        """Whether this و or ي is the second half of a long vowel, which is then written down."""
        if not letter.still or not self.phones:
            return False
        own = "u" if letter.base == "و" else "i"
        after = self._get(i + 1)
        # رُواة: before an alif inside the word the letter is a consonant whose fatha was left out.
        # So it is before a final ا or ى (إفريقيا, أقوى), unless that alif is the silent one of the plural.
        plural = own == "u" and after.base == "ا" and i + 2 == len(self.letters)
        if (after.base in _ALIFS or after.base == "ى") and not plural and not letter.sukun:
            return False
        previous = self.phones[-1]
        if previous == own:
            self.phones[-1] = LONG[own]
        elif (
            previous not in VOWELS
            and letter.bare
            and not self._get(i - 1).sukun
            and (len(self.phones) == 1 or self.phones[-2] not in VOWELS or i + 1 < len(self.letters))
        ):
            self.phones.append(LONG[own])
        else:
            return False
        if plural and after.bare:
            self.at += 1
        return True

    def _vowel(self, vowel: str) -> None:
        if vowel in _NUNATION:
            self.phones += _NUNATION[vowel]
            return
        after = self._get(self.at)
        alif = after.base in ("ا", "ى") and after.bare and self.at != self.wasl
        if vowel == "a" and (alif or (after.base == "ى" and after.dagger and not after.vowel)):
            self.at += 1
            self.phones.append("aa")
        else:
            self.phones.append(vowel)

    def _unmarked(self, i: int, letter: Letter) -> None:
        """A letter without a vowel: supply what spelling leaves out, refuse what would be a guess."""
        after = self._get(i + 1)
        if not after.base and i == 0 and letter.base in "وف":
            self.phones.append("a")
        if letter.sukun or not after.base or after.base in "اىة" or (after.base in "وي" and after.still):
            return
        if i == 0 and letter.bare and letter.base in "أإو":
            self.phones.append("i" if letter.base == "إ" else "a")
        elif letter.bare and self._get(i - 1).bare and after.bare and i >= 2 and self._crowded():
            self._refuse(i)

    def _crowded(self) -> bool:
        """Whether three consonants in a row have no vowel between them."""
        return len(self.phones) >= 3 and not any(p in VOWELS for p in self.phones[-3:])
