"""Which language a text in Arabic letters is in: by letters that Arabic has not, and by its small words.

`lang` on a page is no help: Persian pages say ar and Arabic ones fa. A keyboard is none either: Persian ک and ی
stand in Arabic text as well, and گ and پ in names.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from tts_news.arabic import bare

_WORD = re.compile(r"[^\W\d_]+(?:\u200c[^\W\d_]+)*")
_ARABIC = frozenset(
    "في من على إلى الى أن ان التي الذي الذين هذا هذه ذلك تلك عن مع ما لا كان كانت قال وقال بين بعد قبل كما أو لم لن قد "
    "حتى عند منذ خلال إن أنه وهو وهي هو هي كل غير أي إذا ثم لكن حول ضد دون يوم وفي ومن وعلى".split()
)


@dataclass(frozen=True, slots=True)
class _Language:
    """A language written in Arabic letters: its small words, and letters that only it and its neighbours have."""

    name: str
    words: frozenset[str]
    letters: frozenset[str]


_LANGUAGES = (
    _Language(
        "Persian",
        frozenset(
            "است شد برای این که از با را به در می های اند بود شده کرد کرده خود یک هم نیز آن تا بر گفت باید ها شود دارد "
            "هستند بودند ولی اگر چه پس روی یا همه بی هر دو".split()
        ),
        frozenset("پچژگ"),
    ),
    _Language(
        "Urdu",
        frozenset(
            "ہے کے کی میں سے کا اور نے کو پر ہیں کہ یہ تھا بھی اس وہ ہو گیا کیا جو تھے ایک نہیں تھی کر "
            "رہے جس ان دیا ہوئے گا".split()
        ),
        frozenset("ٹڈڑںہےھ"),
    ),
    _Language(
        "Pashto",
        frozenset("دی چې په کې او نه دا یې له سره ته شوي هم کړي ده کوي څخه وي شو ددې باندې لپاره کړ".split()),
        frozenset("ځڅښړډټڼېۍګږ"),
    ),
    _Language(
        "Kurdish",
        frozenset(
            "لە بۆ و کە ئەو بە لەسەر ئەم کرد بوو دەکات هەیە نییە لەگەڵ ئەوەی دەبێت هەر وەک یان تا بووە کراوە".split()
        ),
        frozenset("ێۆڵڕەڤۊ"),
    ),
    _Language("Uyghur", frozenset("بىلەن ۋە ئۈچۈن بولۇپ دەپ بۇ بىر ھەم ئۇ".split()), frozenset("ەېۇۆۈۋڭ")),
    _Language("Malay", frozenset("دان يڠ دڠن اين ايت داري اونتوق تيدق سباڬاي".split()), frozenset("ڠڤڬڽۏ")),
    _Language(
        "Sindhi", frozenset("آهي جي جو ۾ ۽ کي تي کان آهن سان ته هو هن ٿو ٿي".split()), frozenset("ٻڀٺٽٿڄڃڇڌڏڊڍڙڦڪڳڱڻ")
    ),
)
_FEWEST = 3


def foreign_language(text: str) -> str:
    """Return the name of the language of a text in Arabic letters, "" when it is Arabic (or too short to tell)."""
    counts = Counter(bare(word) for word in _WORD.findall(text))
    total = sum(counts.values())
    arabic = sum(
        count for word, count in counts.items() if word in _ARABIC or word.endswith("ة") or word.startswith("ال")
    )
    best, name = 0, ""
    for language in _LANGUAGES:
        hits = sum(
            count for word, count in counts.items() if word in language.words or not language.letters.isdisjoint(word)
        )
        if hits > best:
            best, name = hits, language.name
    return name if best >= _FEWEST and best > 2 * arabic and best * 8 >= total else ""
