"""Words of the Latin, Greek and Cyrillic scripts, letter by letter into Arabic, for names that no lexicon has.

It follows what Arabic newsrooms do with unknown names (Smith سميث, Schneider شنايدر): sh is ش, a silent final e is
dropped, c before e and i is س, doubled consonants are one. It gives a name a listener can recognise, not its spelling.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from tts_news.patterns import lazy
from tts_news.script.rules.patterns import words

LETTER_NAMES: Final = {
    "A": "إيه",
    "B": "بي",
    "C": "سي",
    "D": "دي",
    "E": "إي",
    "F": "إف",
    "G": "جي",
    "H": "إتش",
    "I": "آي",
    "J": "جيه",
    "K": "كيه",
    "L": "إل",
    "M": "إم",
    "N": "إن",
    "O": "أو",
    "P": "بي",
    "Q": "كيو",
    "R": "آر",
    "S": "إس",
    "T": "تي",
    "U": "يو",
    "V": "في",
    "W": "دبليو",
    "X": "إكس",
    "Y": "واي",
    "Z": "زد",
}
"""How an Arabic newsreader names the letters: English names in Arabic letters (بي بي سي)."""

_SPECIAL: Final = str.maketrans(
    {
        "ß": "ss",
        "æ": "a",
        "œ": "o",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "th",
        "þ": "th",
        "ı": "i",
        "ş": "sh",
        "ș": "sh",
        "š": "sh",
        "ś": "sh",
        "č": "ch",
        "ć": "ch",
        "ç": "s",
        "ž": "zh",
        "ź": "z",
        "ż": "zh",
        "ğ": "gh",
        "ñ": "ny",
        "ń": "n",
        "ř": "rz",
        "ţ": "ts",
        "ț": "ts",
        "ə": "a",
        "ʻ": "",
    }
)
_START_GROUPS: Final = (
    ("kn", "ن"),
    ("wr", "ر"),
    ("wh", "و"),
    ("ps", "س"),
    ("mc", "ماك"),
    ("sch", "ش"),
    ("eu", "يو"),
    ("ou", "أو"),
    ("oo", "أو"),
    ("ai", "آي"),
    ("ei", "آي"),
    ("au", "أو"),
    ("ea", "إي"),
    ("ee", "إي"),
    ("ie", "إي"),
    ("uni", "يوني"),
    ("a", "أ"),
    ("e", "إ"),
    ("i", "إ"),
    ("o", "أو"),
    ("u", "أو"),
    ("y", "ي"),
    ("x", "ز"),
)
_END_GROUPS: Final = (
    ("eyh", "يه"),
    ("ations", "يشنز"),
    ("ation", "يشن"),
    ("esion", "يشن"),
    ("esions", "يشنز"),
    ("tions", "شنز"),
    ("sions", "جنز"),
    ("tion", "شن"),
    ("sion", "جن"),
    ("ture", "تشر"),
    ("ough", "و"),
    ("ight", "ايت"),
    ("igh", "اي"),
    ("berg", "بيرغ"),
    ("burg", "بورغ"),
    ("burgh", "برة"),
    ("stein", "شتاين"),
    ("ville", "فيل"),
    ("eau", "و"),
    ("eaux", "و"),
    ("ette", "يت"),
    ("elle", "يل"),
    ("ing", "ينغ"),
    ("ism", "يزم"),
    ("que", "ك"),
    ("gue", "غ"),
    ("sky", "سكي"),
    ("ski", "سكي"),
    ("ies", "يز"),
    ("ey", "ي"),
    ("ie", "ي"),
    ("ah", "ا"),
    ("oh", "و"),
    ("er", "ر"),
    ("le", "ل"),
    ("re", "ر"),
    ("es", "س"),
    ("ed", "د"),
    ("ce", "س"),
    ("ge", "ج"),
    ("y", "ي"),
    ("a", "ا"),
    ("e", ""),
    ("i", "ي"),
    ("o", "و"),
    ("u", "و"),
)
_GROUPS: Final = (
    ("tsch", "تش"),
    ("sch", "ش"),
    ("tch", "تش"),
    ("dge", "دج"),
    ("ight", "ايت"),
    ("eigh", "اي"),
    ("augh", "اف"),
    ("shch", "شتش"),
    ("sh", "ش"),
    ("ch", "تش"),
    ("th", "ث"),
    ("ph", "ف"),
    ("kh", "خ"),
    ("gh", "غ"),
    ("zh", "ج"),
    ("dh", "ذ"),
    ("ck", "ك"),
    ("cq", "ك"),
    ("qu", "كو"),
    ("tz", "تز"),
    ("ng", "نغ"),
    ("nk", "نك"),
    ("ce", "سي"),
    ("ci", "سي"),
    ("cy", "سي"),
    ("ge", "جي"),
    ("gi", "جي"),
    ("ee", "ي"),
    ("ea", "ي"),
    ("ie", "ي"),
    ("ei", "اي"),
    ("ey", "ي"),
    ("ai", "اي"),
    ("ay", "اي"),
    ("oo", "و"),
    ("ou", "و"),
    ("oa", "و"),
    ("oi", "وي"),
    ("oy", "وي"),
    ("ow", "و"),
    ("au", "او"),
    ("aw", "او"),
    ("ue", "و"),
    ("ui", "ي"),
    ("eu", "يو"),
    ("ew", "يو"),
    ("ia", "يا"),
    ("io", "يو"),
    ("aa", "ا"),
    ("a", "ا"),
    ("b", "ب"),
    ("c", "ك"),
    ("d", "د"),
    ("e", "ي"),
    ("f", "ف"),
    ("g", "غ"),
    ("h", "ه"),
    ("i", "ي"),
    ("j", "ج"),
    ("k", "ك"),
    ("l", "ل"),
    ("m", "م"),
    ("n", "ن"),
    ("o", "و"),
    ("p", "ب"),
    ("q", "ق"),
    ("r", "ر"),
    ("s", "س"),
    ("t", "ت"),
    ("u", "و"),
    ("v", "ف"),
    ("w", "و"),
    ("x", "كس"),
    ("y", "ي"),
    ("z", "ز"),
)
_CYRILLIC_SOUNDS: Final = words("a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh sh _ i _ e yu ya i yi ye g")
_CYRILLIC: Final = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ", _CYRILLIC_SOUNDS, strict=True))
_GREEK_SOUNDS: Final = words("a v g d e z i th i k l m n x o p r s s t i f kh ps o")
_GREEK: Final = dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", _GREEK_SOUNDS, strict=True))
_GREEK_NAMES: Final = {
    "α": "ألفا",
    "β": "بيتا",
    "γ": "غاما",
    "δ": "دلتا",
    "ε": "إبسيلون",
    "θ": "ثيتا",
    "λ": "لامدا",
    "μ": "ميكرو",
    "π": "باي",
    "σ": "سيغما",
    "φ": "فاي",
    "ω": "أوميغا",
}
_DOUBLED: Final = lazy(r"([bcdfghjklmnpqrstvwxz])\1")
_FINAL_E: Final = lazy("[éèê]$|e\u0301$")
_LONG_I: Final = lazy(r"(?<=[b-df-hj-np-tv-xz])i([ktcmpdv])e$")
_LONG_A: Final = lazy(r"(?<=[b-df-hj-np-tv-xz])a([kmtpvz])e$")
"""White وايت, Blake بليك: the silent e of English lengthens the vowel."""

_VOWELS: Final = frozenset("aeiouy")


def _romanise(word: str) -> str:
    """Lower-case a to z only: accents off, Cyrillic and Greek by their usual Latin spelling."""
    word = _FINAL_E.sub("eyh", word.lower()).translate(_SPECIAL)
    word = "".join(_CYRILLIC.get(char, _GREEK.get(char, char)).replace("_", "") for char in word)
    word = "".join(_GREEK.get(char, char) for char in unicodedata.normalize("NFKD", word))
    return "".join(char for char in word if "a" <= char <= "z")


def _middle(body: str, *, more: bool) -> str:
    """The body of a word; `more` says that an ending follows it."""
    said, index = [], 0
    while index < len(body):
        group, arabic = next(pair for pair in _GROUPS if body.startswith(pair[0], index))
        following = body[index + len(group) :]
        if group == "e" and len(following) >= 2 and not _VOWELS & set(following[:2]):
            arabic = ""  # a short e before two consonants: Henry هنري
        if group == "e" and not following and more:
            arabic = "ي"
        said.append(arabic)
        index += len(group)
    return "".join(said)


@lru_cache(maxsize=4096)
def transliterate(word: str) -> str:
    """The word in Arabic letters; "" when it has none that are known."""
    if len(word) == 1 and word.lower() in _GREEK_NAMES:
        return _GREEK_NAMES[word.lower()]
    body = _DOUBLED.sub(r"\1", _romanise(word))
    body = _LONG_A.sub(r"ee\1", _LONG_I.sub(lambda match: f"ay{match[1].replace('c', 's')}", body))
    if not body:
        return ""
    if len(body) == 1:
        return LETTER_NAMES[body.upper()]
    if not _VOWELS & set(body):
        return " ".join(LETTER_NAMES[char.upper()] for char in body)
    start = end = ""
    for group, arabic in _START_GROUPS:
        if body.startswith(group):
            start, body = arabic, body[len(group) :]
            break
    for group, arabic in _END_GROUPS:
        # A final e is silent only where another vowel carries the word.
        if body.endswith(group) and (group != "e" or _VOWELS & set(body[:-1]) or start):
            end, body = arabic, body[: -len(group)]
            break
    said = start + _middle(body, more=bool(end)) + end
    return re.sub(r"([اي])\1+", r"\1", said)


def spell(letters: str) -> str:
    """The names of the letters one by one: FBI → إف بي آي."""
    plain = _romanise(letters).upper()
    return " ".join(LETTER_NAMES[letter] for letter in plain)
