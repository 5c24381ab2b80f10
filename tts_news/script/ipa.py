"""IPA → vowelled Arabic letters, for pronunciations that come as phonemes (SSML, PLS).

Source: IPA Handbook (1999), illustration of Arabic; sounds that it lacks go to the letter its press writes.
"""

from __future__ import annotations

import unicodedata

from tts_news.errors import ScriptError

_FATHA, _DAMMA, _KASRA, _SHADDA, _SUKUN = "\u064e", "\u064f", "\u0650", "\u0651", "\u0652"
_LONG = "ː"

_CONSONANTS = {
    "dʒ": "ج", "d͡ʒ": "ج", "tʃ": "تش", "t͡ʃ": "تش", "ts": "تس", "t͡s": "تس",
    "tˤ": "ط", "dˤ": "ض", "sˤ": "ص", "ðˤ": "ظ", "zˤ": "ظ", "lˤ": "ل", "rˤ": "ر",
    "b": "ب", "p": "ب", "t": "ت", "θ": "ث", "ʒ": "ج", "ħ": "ح", "x": "خ", "χ": "خ", "d": "د", "ð": "ذ", "r": "ر",
    "ɾ": "ر", "ɹ": "ر", "z": "ز", "s": "س", "ʃ": "ش", "ʕ": "ع", "ɣ": "غ", "ʁ": "غ", "g": "غ", "ɡ": "غ", "f": "ف",
    "v": "ف", "q": "ق", "k": "ك", "l": "ل", "ɫ": "ل", "m": "م", "n": "ن", "ŋ": "نغ", "h": "ه", "w": "و", "j": "ي",
    "ʔ": "ء",
}  # fmt: skip
_SHORT = {
    "a": _FATHA, "æ": _FATHA, "ɑ": _FATHA, "ə": _FATHA, "ʌ": _FATHA, "ɐ": _FATHA,
    "i": _KASRA, "ɪ": _KASRA, "e": _KASRA, "ɛ": _KASRA, "y": _KASRA,
    "u": _DAMMA, "ʊ": _DAMMA, "o": _DAMMA, "ɔ": _DAMMA,
}  # fmt: skip
_LENGTHENER = {_FATHA: "ا", _KASRA: "ي", _DAMMA: "و"}
_CARRIER = {_FATHA: "أ", _KASRA: "إ", _DAMMA: "أ"}
_CARRIER_INSIDE = {_FATHA: "أ", _KASRA: "ئ", _DAMMA: "ؤ"}
_IGNORED = frozenset("ˈˌ.‿|/[] ")


def arabic_of_ipa(ipa: str) -> str:
    """Return the vowelled Arabic spelling of an IPA transcription.

    Raises:
        ScriptError: It holds a sign that is no sound of this table, or no sound at all.
    """
    words = [_word(word) for word in unicodedata.normalize("NFC", ipa).replace("\u0361", "").split()]
    if not any(words):
        raise ScriptError(f"'{ipa}' holds no sound", hint='write IPA, for example ph="ˈbaɣdaːd"')
    return unicodedata.normalize("NFC", " ".join(word for word in words if word))


def _word(ipa: str) -> str:
    out: list[str] = []
    open_consonant = False  # the last letter still waits for its vowel or sukun
    place = 0
    while place < len(ipa):
        sign = next((ipa[place : place + size] for size in (3, 2, 1) if ipa[place : place + size] in _CONSONANTS), "")
        if sign == "ʔ" and not out:
            place += 1  # its letter is the carrier of the vowel that follows
        elif sign:
            place += len(sign)
            doubled = ipa[place : place + 1] == _LONG or ipa[place : place + len(sign)] == sign
            place += (1 if ipa[place : place + 1] == _LONG else len(sign)) if doubled else 0
            out.append(_SUKUN if open_consonant else "")
            out.append(_spread(_CONSONANTS[sign]) + (_SHADDA if doubled else ""))
            open_consonant = True
        elif ipa[place] in _SHORT:
            vowel = _SHORT[ipa[place]]
            place += 1
            long = ipa[place : place + 1] == _LONG
            place += long
            if not open_consonant:
                carrier = _CARRIER_INSIDE[vowel] if out else _CARRIER[vowel]
                out.append("آ" if long and vowel == _FATHA and not out else carrier)
            if out[-1] != "آ":
                out.append(vowel + (_LENGTHENER[vowel] if long else ""))
            open_consonant = False
        elif ipa[place] in _IGNORED:
            place += 1
        else:
            raise ScriptError(f"'{ipa[place]}' in '{ipa}' is no sound that Arabic letters can write")
    return "".join(out)


def _spread(letters: str) -> str:
    """Put a sukun between the two letters that stand for one sound."""
    return _SUKUN.join(letters)
