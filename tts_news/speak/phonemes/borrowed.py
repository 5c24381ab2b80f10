"""Names that keep the hard g of their language though Arabic has no letter for it: غوغل is گوگل.

Newsrooms write that sound as غ (Beirut, London), ق (Riyadh) or ج (Cairo). Where no Arabic root ends as the name does
(هونغ, بوينغ, بلومبرغ), spelling tells; else a table does, of names that are no Arabic word and never had another sound.
Names that Arabic made its own long ago (السنغال, بلغاريا, غانا) keep their غ.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tts_news.speak.phonemes.orthography import Letter

_WITH_GHAYN = (
    "غوغل دجانغو إنستغرام انستغرام تلغرام تليغرام تيليغرام بلوغر غيتهاب غازبروم غولدمان غوتشي غرينبيس "
    "غوتيريش غوتيريس غيتس غاندي غيفارا غورباتشوف غاغارين غوردون غراهام غرانت غوبلز غوته غوغول غانتس غالانت غوريون "
    "غلعاد غريفيث غروسي غرينوالد غينغريتش ريغان ميغان بيغن هاغل هيغل نيغل فاغنر إيغور "
    "غوارديولا غريزمان غابرييل غارسيا غوميز غوميس غونزاليس غونزاليز غاتوزو غوندوغان غيغز غنابري ماغواير رودريغيز "
    "رودريغو غوانتانامو غلاسكو غرينلاند غرينتش لاغوس شيكاغو دييغو غراتس غدانسك ستالينغراد لينينغراد بيونغيانغ شنغهاي "
    "ميغابايت غيغابايت ميغاواط غيغاواط مانغو تانغو"
)
_TABLE = {name: name.replace("غ", "گ") for name in _WITH_GHAYN.split()}
_TABLE |= {"قوقل": "گوگل", "قوغل": "گوگل", "جوجل": "گوگل"}
_FOREIGN_END = re.compile("(?:ن|ب[ويا]?ر)(غ)(?:ي|ية)?$")
"""-ng, -burg and -berg, and their adjectives."""
_PREFIXES = ("", "و", "ف", "ب", "ك", "ل", "وب", "ول", "فب", "فل", "ال", "وال", "بال")


def borrow(letters: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """The letters of a word, with گ where a foreign name's g is hard."""
    skeleton = "".join(letter.base for letter in letters)
    hard = skeleton
    for prefix in _PREFIXES:
        if skeleton.startswith(prefix) and skeleton[len(prefix) :] in _TABLE:
            hard = prefix + _TABLE[skeleton[len(prefix) :]]
    end = _FOREIGN_END.search(hard)
    if end:
        hard = f"{hard[: end.start(1)]}گ{hard[end.end(1) :]}"
    if hard == skeleton:
        return letters
    return tuple(replace(letter, base=base) for letter, base in zip(letters, hard, strict=True))
