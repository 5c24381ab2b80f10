"""Characters and keys by name, as who types or spells wants to hear them: none is silent, each tells itself apart."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from tts_news.script.letter_names import MARKED
from tts_news.script.rules.transliteration import LETTER_NAMES
from tts_news.script.say_as import LETTERS, say_as
from tts_news.script.signs import CAPITAL, SIGNS, script_of

Normalise = Callable[[str], str]

# Letters that sound like another by their everyday names, marks, and what nobody sees.
_TOLD_APART: Final = {
    "أ": "أَلِف عَلَيْهَا هَمْزَة", "إ": "أَلِف تَحْتَهَا هَمْزَة", "آ": "أَلِف مَدّ", "ٱ": "أَلِف وَصْل", "ؤ": "وَاو عَلَيْهَا هَمْزَة",
    "ئ": "يَاء عَلَيْهَا هَمْزَة", "پ": "بَاء بِثَلَاثِ نِقَاط", "چ": "جِيم بِثَلَاثِ نِقَاط", "ژ": "زَاي بِثَلَاثِ نِقَاط",
    "ڤ": "فَاء بِثَلَاثِ نِقَاط", "گ": "كَاف بِخَطَّيْن", "ک": "كَاف فَارِسِيَّة", "ی": "يَاء فَارِسِيَّة", "ہ": "هَاء أُرْدِيَّة",
    "ے": "يَاء أُرْدِيَّة", "ـ": "تَطْوِيل", "ً": "تَنْوِينُ فَتْح", "ٌ": "تَنْوِينُ ضَمّ", "ٍ": "تَنْوِينُ كَسْر", "َ": "فَتْحَة", "ُ": "ضَمَّة",
    "ِ": "كَسْرَة", "ّ": "شَدَّة", "ْ": "سُكُون", "ٓ": "مَدَّة", "ٔ": "هَمْزَة فَوْق", "ٕ": "هَمْزَة تَحْت", "ٰ": "أَلِف خَنْجَرِيَّة",
    " ": "مَسَافَة", "\u00a0": "مَسَافَة غَيْرُ فَاصِلَة", "\u202f": "مَسَافَة غَيْرُ فَاصِلَة", "\t": "جَدْوَلَة", "\n": "سَطْر جَدِيد",
    "\r": "سَطْر جَدِيد", "\u200c": "فَاصِل خَفِيّ", "\u200d": "وَاصِل خَفِيّ", "\u200e": "عَلَامَةُ يَسَار",
    "\u200f": "عَلَامَةُ يَمِين", "\u061c": "عَلَامَةُ يَمِين", "٪": "بِالْمِئَة", "٫": "فَاصِلَة عَشْرِيَّة", "٬": "فَاصِلَةُ آلَاف",
    "﴿": "فَتْحُ قَوْس مُزَهَّر", "﴾": "إِغْلَاقُ قَوْس مُزَهَّر",
}  # fmt: skip
_HEAVY: Final = "بِي ثَقِيلَة"
"""P, whose everyday name is that of B."""
_ACCENTED: Final = "بِعَلَامَة"
_SIGN: Final = "رَمْز"

# Source: the names of keys in SSIP (Speech Dispatcher, "KEY"), and those of X11 that clients send.
_KEYS: Final = {
    "alt": "أُلْت", "control": "كُنْتْرُول", "hyper": "هَايْبَر", "meta": "مِيتَا", "shift": "شِفْت", "super": "سُوبَر",
    "altgr": "أُلْت الْيَمِين", "backspace": "مَسْحٌ لِلْخَلْف", "break": "بْرِيك", "delete": "حَذْف", "down": "سَهْم إِلَى أَسْفَل",
    "end": "نِهَايَة", "enter": "إِدْخَال", "escape": "هُرُوب", "home": "بِدَايَة", "insert": "إِدْرَاج",
    "left": "سَهْم إِلَى الْيَسَار", "menu": "قَائِمَة", "next": "صَفْحَة إِلَى أَسْفَل", "num-lock": "قُفْلُ الْأَرْقَام",
    "pause": "إِيقَافٌ مُؤَقَّت", "print": "طِبَاعَةُ الشَّاشَة", "prior": "صَفْحَة إِلَى أَعْلَى", "return": "إِدْخَال",
    "right": "سَهْم إِلَى الْيَمِين", "scroll-lock": "قُفْلُ التَّمْرِير", "caps-lock": "قُفْلُ الْأَحْرُفِ الْكَبِيرَة",
    "space": "مَسَافَة", "tab": "جَدْوَلَة", "up": "سَهْم إِلَى أَعْلَى", "window": "نَافِذَة", "underscore": "شَرْطَة سُفْلِيَّة",
    "double-quote": "عَلَامَةُ تَنْصِيص", "page-up": "صَفْحَة إِلَى أَعْلَى", "page-down": "صَفْحَة إِلَى أَسْفَل",
    "iso-left-tab": "جَدْوَلَة",
}  # fmt: skip
KEYS: Final[Mapping[str, str]] = MappingProxyType(_KEYS)
"""Keys that print nothing, and their names, marked."""
_PAD: Final = "فِي لَوْحَةِ الْأَرْقَام"


def name_character(character: str, normalise: Normalise, *, capitals: bool = False) -> str:
    """Return the marked name of one character, with its accents and whether it is a capital if that is asked for.

    Args:
        character: One code point.
        normalise: Reads a text by the rules.
        capitals: Whether a capital letter is announced.
    """
    known = _TOLD_APART.get(character) or SIGNS.get(character)
    if known:
        return known
    if character in LETTERS or character.isdecimal():
        return say_as("characters", character, normalise)
    apart = unicodedata.normalize("NFD", character)
    base, accents = apart[0], apart[1:]
    latin = LETTER_NAMES.get(base.upper()) if base.isascii() else None
    if latin:
        name = _HEAVY if base in "pP" else MARKED[latin]
        name = f"{name} {_ACCENTED}" if accents else name
        return f"{name} {CAPITAL}" if capitals and character.isupper() else name
    return _foreign(character, normalise)


def _foreign(character: str, normalise: Normalise) -> str:
    """Name a character by its script, a letter of an alphabet by its own name, anything else by its number."""
    script = script_of(character)
    called = unicodedata.name(character, "").partition(" LETTER ")[2].split()
    if called and not script and called[-1].isalpha():
        return normalise(called[-1].lower())
    number = " ".join(name_character(digit, normalise) for digit in f"{ord(character):x}")
    return f"حَرْف {script} {number}" if script else f"{_SIGN} {number}"


def spell(text: str, normalise: Normalise, *, capitals: bool = False) -> Iterator[tuple[str, str]]:
    """Yield each word of a text, and its characters by name; a text of one character or of white space is named."""
    for word in text.split() if len(text) > 1 and text.strip() else [text]:
        names = [name_character(one, normalise, capitals=capitals) for one in word]
        yield word, "، ".join(names)


def name_key(key: str, normalise: Normalise) -> str:
    """Return the marked name of a key, or of several held together: "control_shift_a", "kp-5", "F5"."""
    joined = key.replace("_", "-")
    if joined.lower() in KEYS or joined.lower().startswith("kp-"):
        return _name_one(joined, normalise)
    held, _, last = key.rpartition("_") if key.rstrip("_") == key else (key.rstrip("_"), "", "_")
    names = [_name_one(one, normalise) for one in held.split("_") if one] if last else []
    return "، ".join([*names, _name_one(last or key, normalise)])


def _name_one(key: str, normalise: Normalise) -> str:
    lowered = key.lower()
    if lowered in KEYS:
        return KEYS[lowered]
    if lowered.startswith("kp-") and len(key) > len("kp-"):
        return f"{_name_one(key[3:], normalise)} {_PAD}"
    if len(key) == 1:
        return name_character(key, normalise)
    if lowered[0] == "f" and lowered[1:].isdecimal():
        return f"{MARKED['إف']} {normalise(lowered[1:])}"
    return normalise(key.replace("-", " ")) or "، ".join(name_character(one, normalise) for one in key)
