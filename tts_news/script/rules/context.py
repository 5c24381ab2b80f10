"""What stands around a number: the case it takes from the words before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tts_news.script.rules.nouns import key

if TYPE_CHECKING:
    from tts_news.script.rules.numerals import Case

ARABIC: Final = "\u0621-\u063a\u0641-\u0652\u0670\u0640"
"""Letters, marks and the tatweel, as the inside of a character class."""

LETTER: Final = f"[{ARABIC}]"
WORD: Final = f"[{ARABIC}]+"

_BEFORE: Final = re.compile(f'({WORD})[\\s"«»“”()]*$')
_TAIL: Final = 60
"""How many characters before a number are looked at: a word or three, so that a long line stays linear."""


def _words(text: str) -> frozenset[str]:
    return frozenset(key(word) for word in text.split())


_GOVERNING: Final = _words(
    "من في إلى الى على عن مع حتى منذ خلال بعد قبل بين تحت فوق عند لدى ضد نحو حوالي حوالى قرابة زهاء دون سوى غير "
    "كل مدة "
    "فترة طوال طيلة قبيل بعيد رغم عبر ضمن وسط أمام خلف داخل خارج حول بدل مقابل لقاء لنحو بنحو بحوالي لحوالي "
    "بقرابة إثر عقب "
    "عام سنة يوم رقم صفحة قيمة بقيمة لمدة خلاله بمعدل بنسبة نسبة بواقع بسعر سعر بمبلغ مبلغ بقوة بسرعة سرعة بطول "
    "بعمق بعرض "
    "بارتفاع بمساحة مساحة بوزن وزن بمسافة مسافة عمر بعمر سن بسن فوز لصالح باستثناء ناهز قدره قدرها بفارق فارق "
    "ومن ومع وعن "
    "وفي وعلى وإلى وبعد وقبل وخلال ومنذ وبين معدل أصل بأكثر بأقل"
)
"""Prepositions and nouns that a number follows in the genitive."""

_DOERS: Final = _words(
    "بلغ بلغت يبلغ تبلغ وبلغ وبلغت ويبلغ وتبلغ سجل سجلت يسجل تسجل وسجل وسجلت أحرز أحرزت حقق حققت يحقق تحقق ضم "
    "ضمت يضم تضم "
    "وضم ويضم وتضم شمل شملت يشمل تشمل أطلق أطلقت يطلق تطلق وأطلق وأطلقت استمر استمرت يستمر تستمر واستمر واستمرت "
    "استغرق "
    "استغرقت يستغرق تستغرق دام دامت يدوم خسر خسرت يخسر كسب ربح حصد حصدت جمع جمعت أنفق أنفقت ينفق تنفق خصص خصصت "
    "دفع دفعت "
    "يدفع تدفع تجاوز تجاوزت يتجاوز تتجاوز وتجاوز وتجاوزت اعتقل اعتقلت أوقف أوقفت أسقط أسقطت دمر دمرت هاجم استهدف "
    "استهدفت نفذ "
    "نفذت شن شنت أصدر أصدرت وقع وقعت اشترى باع أنتج أنتجت ينتج تنتج صدر استورد وفر وفرت يوفر توفر يضخ ضخ منح "
    "منحت قدم قدمت "
    "أعلن كلف كلفت يكلف تكلف ناهز ناهزت يناهز تناهز قارب قاربت يقارب تقارب شارف لعب خاض خاضت سجن حكم قضى قضت "
    "أمضى أمضت يمضي "
    "عاش انتظر احتاج يحتاج تحتاج تستحق امتلك يمتلك تمتلك استقبل استقبلت يستقبل تستقبل تلقى تلقت يتلقى غادر أنقذ "
    "أنقذت أجلى "
    "أجلت رحل هجر شرد شردت قتلوا واعتقل واعتقلت وأوقف وأسقط ودمر يعادل تعادل يساوي تساوي يزن تزن يتسع تتسع كان "
    "كانت تكون "
    "يكون أصبح أصبحت باتت ليصبح لتصبح ليبلغ لتبلغ ليتجاوز لتتجاوز"
)
"""Verbs whose object, extent or predicate a number right after them is."""

_MAKING_NOUNS: Final = _words(
    "مقتل إصابة استشهاد اعتقال وفاة جرح نزوح تشريد إجلاء إنقاذ توقيع إطلاق تدمير إسقاط بناء إنشاء توفير تخصيص "
    "إضافة شراء بيع "
    "تسجيل إحراز سقوط فقدان اختطاف خطف احتجاز توقيف ترحيل طرد إعدام انتشال عودة وصول مشاركة حضور مغادرة رصد تسلم "
    "تسليم "
    "استهداف اغتيال تفكيك افتتاح إغلاق إلغاء تأجيل تعيين انتخاب ترشيح تدريب توظيف تسريح إفراج تحرير نقل إرسال "
    "نشر إنتاج "
    "تصدير استيراد استثمار إنفاق دفع جمع منح تقديم تلقي اكتشاف علاج تطعيم تلقيح ولادة غرق احتراق انهيار تضرر "
    "ومقتل وإصابة "
    "وجرح واعتقال واستشهاد ونزوح وتدمير وإنقاذ بمقتل بإصابة لمقتل باعتقال لإصابة عمر أعمار إجمالي مجموع ثمن كلفة "
    "تكلفة حجم "
    "وزن ارتفاع طول عرض عمق بطول زيادة مرور انقضاء غضون حدود بحدود ضحية أعلى أقل أكثر وأكثر وأقل لأكثر لأقل"
)
"""Verbal nouns and the like that stand in construct with a number."""


def case_at(text: str, start: int, prefix: str = "") -> Case:
    """The case of a number that begins at `start` in `text`, its attached prefix already cut off.

    Nominative unless something before it governs: an attached ب ل ك, a preposition, a construct head, a verb it is
    the object of. A و carries the case of the number before it when there is one in the same clause.
    """
    if prefix.rstrip("ـ ").endswith(("ب", "ل", "ك", "بال", "لل", "كال")) and prefix.strip("ـ ") not in (
        "ال",
        "وال",
        "فال",
    ):
        return "gen"
    before = _BEFORE.search(text, max(0, start - _TAIL), start)
    if before is None:
        return "nom"
    word = key(before.group(1))
    if word in _GOVERNING or word in _MAKING_NOUNS:
        return "gen"
    if word in _DOERS:
        return "acc"
    if prefix.startswith(("و", "ف")) and _oblique_number(word):
        return "gen"
    return _case_after_clause(text, before.start(), word)


def _oblique_number(word: str) -> bool:
    """Whether the word before و ends an oblique number phrase: عشرين and its kin."""
    return word in _OBLIQUE_WORDS


_OBLIQUE_WORDS: Final = _words(
    "عشرين ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين مئتين ألفين مليونين مليارين اثنين اثنتين"
)

_OBJECT: Final = re.compile(f"({WORD})\\s+({WORD}\\s+)?$")


def _case_after_clause(text: str, end: int, word: str) -> Case:
    """Accusative for the object after a verb and its subject (اعتقلت الشرطة 20 شخصا), otherwise nominative."""
    if not word.startswith("ال"):
        return "nom"
    clause = _OBJECT.search(text, max(0, end - _TAIL), end)
    if clause is None:
        return "nom"
    words = [key(part) for part in clause.groups() if part]
    words = [part.strip() for part in words]
    if any(part in _GOVERNING for part in words):
        return "nom"
    return "acc" if any(part in _DOERS for part in words[-1:]) else "nom"
