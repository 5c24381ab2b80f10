"""The phones: what each letter sounds like, and which phones are vowels, doubled or emphatic.

Consonants are doubled by their own phones ("bb"). A vowel before an emphatic consonant of its word is a phone of
its own ("A" for "a"), and so is a short i or u before a single last consonant of a word ("ia", "ua"): the recordings
the voice goes back to were labelled so.
"""

from __future__ import annotations

from types import MappingProxyType

PAUSE = "pau"

CONSONANTS = MappingProxyType(
    {
        "ء": "ah", "أ": "ah", "إ": "ah", "ؤ": "ah", "ئ": "ah",
        "ب": "b", "ت": "t", "ث": "^", "ج": "j", "ح": "H", "خ": "x", "د": "d", "ذ": "th", "ر": "r", "ز": "z",
        "س": "s", "ش": "ch", "ص": "S", "ض": "D", "ط": "T", "ظ": "Z", "ع": "E", "غ": "g", "ف": "f", "ق": "q",
        "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "ة": "t",
        # Letters of foreign names. ڨ is the hard g of Tunis and Algiers.
        "ڤ": "v", "ڨ": "G", "پ": "p", "گ": "G", "ژ": "j",
    }
)  # fmt: skip
"""Letter to phone. "چ" is two phones and stands in `words`."""

_IRREGULAR_DOUBLES = {"ah": "ahh", "th": "thh", "ch": "chh", "v": "v"}
DOUBLED = MappingProxyType({p: _IRREGULAR_DOUBLES.get(p, p * 2) for p in CONSONANTS.values()})
"""Phone to its geminate; "v" has none."""
BORROWED = MappingProxyType({"G": "k", "GG": "kk", "p": "b", "pp": "bb"})
"""Sounds of foreign names that the model never heard, and the phones it knows that differ from them in voice alone."""
GEMINATES = frozenset(DOUBLED.values()) - {"v"}

EMPHATIC = frozenset(p for c in "SDTZq" for p in (c, c * 2))
BACKED = MappingProxyType({"a": "A", "i": "I", "u": "U", "aa": "AA", "ii": "II", "uu": "UU"})
"""Vowel to the vowel it is before an emphatic consonant."""

LAX = MappingProxyType({"i": "ia", "u": "ua"})
"""Short vowel to the vowel it is before the last consonant of a word."""

LONG = MappingProxyType({"a": "aa", "i": "ii", "u": "uu"})
SHORT = MappingProxyType({"aa": "a", "ii": "i", "uu": "u", "AA": "A", "II": "I", "UU": "U"})
VOWELS = frozenset([*BACKED, *BACKED.values(), *LAX.values()])
LONG_VOWELS = frozenset(SHORT)

SUN_LETTERS = frozenset("تثدذرزسشصضطظلن")

PHONES: tuple[str, ...] = (
    PAUSE,
    *sorted((set(CONSONANTS.values()) | set(DOUBLED.values())) - set(BORROWED)),
    *sorted(VOWELS),
)
"""Every phone once, in the order of the model's input rows: never reorder without training anew."""
