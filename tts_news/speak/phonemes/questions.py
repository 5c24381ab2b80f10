"""Whether a question asks for a word or for yes or no: the first falls, the second rises.

مَتَى يَصِلُ؟ falls like a statement; هَلْ يَصِلُ؟ and يَصِلُ؟ rise; هَلْ يَصِلُ أَمْ يُغَادِرُ؟ offers two answers and falls on the second.
The last part of the sentence that opens with a word of either kind decides: a question word further inside its part is
only reported (هَلْ تَعْرِفُ مَتَى يَصِلُ؟). Words are known by their sound, so however they are marked.
Source: K. Ryding, A Reference Grammar of Modern Standard Arabic, 2005, ch. 17 (question words).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

Words = Sequence[Sequence[str]]
"""The phones of each word."""

_WHICH = "ah a yy(?: [aui])?(?: t [aui])?(?: h u m(?: aa| u)?)?"
_ASKS = re.compile(
    r"(?:[wf] a )?(?:"
    r"(?:[bl] i |k a )?(?:m a n|k a m|m aa th aa|" + _WHICH + ")(?: i)?"  # مَنْ، كَمْ، مَاذَا، أَيُّ and لِمَنْ، بِكَمْ، لِمَاذَا
    r"|m a t aa|k a y f a?|ah a y n a?|ah a nn aa"  # متى، كيف، أين، أنّى
    r"|[bl] i m a|E a mm a|m i mm a|f ii m a|E a l aa m a|ah i l aa m a"  # لِمَ، بِمَ، عَمَّ، مِمَّ، فِيمَ، عَلَامَ، إِلَامَ
    r")"
)
_WHAT = re.compile(r"(?:[wf] a )?m aa")
_NEGATED = re.compile(r"(?:[ytn] a |ah a )?z aa l|b a r i H|f a t i ah|n f a kk|ah i n$|d aa m")
"""After مَا these deny or limit: مَا زَالَ, مَا إِنْ, مَا دَامَ."""
_CHOOSES = re.compile(
    r"(?:[wf] a )?h a l(?: i)?|ah a (?:[wf] a )?l (?:a m|a y s a|aa|a n)(?: .*)?"
)  # هَلْ، أَلَمْ، أَلَيْسَ، أَفَلَا
_BEFORE_BOTH = re.compile(r"(?:w a )?l aa k i nn?(?: a)?|ah i th a n|th u mm a|y aa|t u r aa")  # لَكِنْ، إِذَنْ، ثُمَّ، يَا تُرَى
_PREPOSITION = re.compile(
    r"(?:[wf] a )?(?:m i n|ah i l aa|E a n|E a l aa|f ii|H a tt aa|m u n th u|b a E d a|l a d aa|m a E a)(?: [ai])?"
)
_OR = re.compile(r"ah a m(?: i)?")


def asks_for_a_word(parts: Sequence[Words]) -> bool:
    """Whether a question falls.

    Args:
        parts: The phrases of the sentence so far, each the phones of its words, before words are joined.
    """
    for words in reversed(parts):
        spelled = [" ".join(phones).replace("ia", "i").replace("ua", "u") for phones in words]
        if any(map(_OR.fullmatch, spelled[1:])):
            return True
        opening = _opening(spelled)
        if opening:
            return opening == "asks"
    return False


def _opening(words: list[str]) -> str:
    """What the first words of a part make it: "asks", "chooses" or "" for neither."""
    while words and _BEFORE_BOTH.fullmatch(words[0]):
        words = words[1:]
    if not words:
        return ""
    if _CHOOSES.fullmatch(words[0]):
        return "chooses"
    if _WHAT.fullmatch(words[0]):
        return "asks" if len(words) > 1 and not _NEGATED.match(words[1]) else ""
    if _PREPOSITION.fullmatch(words[0]):
        words = words[1:]
    return "asks" if words and _ASKS.fullmatch(words[0]) else ""
