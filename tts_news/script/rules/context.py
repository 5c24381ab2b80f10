"""What stands around a number: the case it takes from the words before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tts_news.script.rules.nouns import find, key

if TYPE_CHECKING:
    from tts_news.script.rules.grammar import Case

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
    "مطلع أواخر أوائل بداية نهاية منتصف حاجز عتبة سقف قمة قائمة نادي مدى مدار رأس حدود فئة فئات دور سن "
    "عيار شريحة جميع كافة سائر معظم أحد إحدى من في إلى الى على عن مع حتى منذ خلال بعد قبل بين تحت فوق عند "
    "لدى ضد نحو حوالي حوالى قرابة زهاء دون سوى غير كل مدة فترة طوال طيلة قبيل بعيد رغم عبر ضمن وسط أمام "
    "خلف داخل خارج حول بدل مقابل لقاء لنحو بنحو بحوالي لحوالي بقرابة إثر عقب عام سنة يوم رقم صفحة قيمة "
    "بقيمة لمدة خلاله بمعدل بنسبة نسبة بواقع بسعر سعر بمبلغ مبلغ بقوة بسرعة سرعة بطول بعمق بعرض بارتفاع "
    "بمساحة مساحة بوزن وزن بمسافة مسافة عمر بعمر بسن فوز لصالح باستثناء ناهز قدره قدرها بفارق فارق ومن "
    "ومع وعن وفي وعلى وإلى وبعد وقبل وخلال ومنذ وبين معدل أصل بأكثر بأقل"
)
"""Prepositions and nouns that a number follows in the genitive."""

_DOERS: Final = _words(
    "بلغ بلغت يبلغ تبلغ وبلغ وبلغت ويبلغ وتبلغ سجل سجلت يسجل تسجل وسجل وسجلت أحرز أحرزت حقق حققت يحقق "
    "تحقق ضم ضمت يضم تضم وضم ويضم وتضم شمل شملت يشمل تشمل أطلق أطلقت يطلق تطلق وأطلق وأطلقت استمر استمرت "
    "يستمر تستمر واستمر واستمرت استغرق استغرقت يستغرق تستغرق دام دامت يدوم خسر خسرت يخسر كسب ربح حصد حصدت "
    "جمع جمعت أنفق أنفقت ينفق تنفق خصص خصصت دفع دفعت يدفع تدفع تجاوز تجاوزت يتجاوز تتجاوز وتجاوز وتجاوزت "
    "اعتقل اعتقلت أوقف أوقفت أسقط أسقطت دمر دمرت استهدف استهدفت نفذ نفذت شن شنت أصدر أصدرت اشترى باع أنتج "
    "أنتجت ينتج تنتج استورد وفر وفرت يوفر توفر يضخ ضخ منح منحت كلف كلفت يكلف تكلف ناهز ناهزت يناهز تناهز "
    "قارب قاربت يقارب تقارب شارف لعب خاض خاضت سجن حكم قضى قضت أمضى أمضت يمضي عاش انتظر احتاج يحتاج تحتاج "
    "تستحق امتلك يمتلك تمتلك استقبل استقبلت يستقبل تستقبل يتلقى أنقذ أنقذت أجلى أجلت رحل هجر شرد شردت "
    "قتلوا واعتقل واعتقلت وأوقف وأسقط ودمر يعادل تعادل يساوي تساوي يزن تزن يتسع تتسع كان كانت تكون إن أن "
    "وإن وأن لأن بأن فإن كأن ارتفع ارتفعت انخفض انخفضت تراجع تراجعت هبط هبطت زاد زادت نما نمت قفز قفزت "
    "صعد صعدت يمثل تمثل يمثلون مثل مثلت يشكل تشكل يشكلون شكل شكلت بلغوا يبعد تبعد بعدت يقل تقل يقلون يحمل "
    "تحمل حمل حملت يضمون بثت يبث سرق قطع قطعت يقطع سبح مشى أكمل أكملت انتزع جنى جنت يجني يكون أصبح أصبحت "
    "باتت ليصبح لتصبح ليبلغ لتبلغ ليتجاوز لتتجاوز العمر يكفي تكفي يغطي تغطي غطى غطت يغذي تغذي يخدم تخدم خدم"
)
"""Verbs whose object, extent or predicate a number right after them is."""

_MAKING_NOUNS: Final = _words(
    "هطول تساقط نفوق زراعة طرح حفر تنفيذ توزيع اعتماد تنظيم عرض هدم مصادرة إحراق إعادة إغاثة إيواء "
    "استضافة استقبال استدعاء استقدام إقالة إنجاب تتويج تخريج ترميم تركيب تزويد تشغيل تصوير تعبئة تغطية "
    "تغيير تكريم تمويل تهجير ذبح رحيل رفع زيارة سرقة صيد ضخ طباعة طي عبور غياب قصف كتابة كسر "
    "لقاء مراقبة مصرع مقابلة مناقشة نجاة هلاك هروب خروج دخول دفن مقتل إصابة استشهاد اعتقال وفاة نزوح "
    "تشريد إجلاء إنقاذ توقيع إطلاق تدمير إسقاط بناء إنشاء توفير تخصيص إضافة شراء بيع تسجيل إحراز سقوط "
    "فقدان اختطاف احتجاز توقيف ترحيل إعدام انتشال عودة وصول مشاركة حضور مغادرة رصد تسلم تسليم "
    "استهداف اغتيال تفكيك افتتاح إغلاق إلغاء تأجيل تعيين انتخاب ترشيح تدريب توظيف تسريح إفراج تحرير "
    "إرسال نشر إنتاج تصدير استيراد استثمار إنفاق دفع جمع منح تقديم تلقي اكتشاف علاج تطعيم تلقيح ولادة "
    "احتراق انفجار انهيار تضرر ومقتل وإصابة واعتقال واستشهاد ونزوح وتدمير وإنقاذ بمقتل بإصابة لمقتل باعتقال "
    "لإصابة عمر أعمار إجمالي مجموع ثمن كلفة تكلفة حجم وزن ارتفاع طول عمق بطول زيادة مرور انقضاء غضون حدود "
    "بحدود ضحية أعلى أقل أكثر وأكثر وأقل لأكثر لأقل"
)
"""Verbal nouns and the like that stand in construct with a number."""


def case_at(text: str, start: int, prefix: str = "", *, links: int = 3) -> Case:
    """The case of a number that begins at `start` in `text`, its attached prefix already cut off.

    Nominative unless something before it governs: an attached ب ل ك, a preposition, a construct head, a verb it is
    the object of. A و carries the case of the number before it when there is one in the same clause, over at most
    `links` such steps (ضم 5 وزراء و3 نواب و12 صحفيا).
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
    if word.startswith("و") and word[1:] in _MAKING_NOUNS | _GOVERNING | _DOERS:
        word = word[1:]
    word = _present(word)
    if _governs(word):
        return "gen"
    if word in _DOERS:
        return "nom" if word in _MOSTLY_PASSIVE or _PASSIVE.match(before.group(1)) else "acc"
    if prefix.startswith("و") and links:
        joined = _case_of_partner(text, start, links)
        if joined is not None:
            return joined
    return _case_after_clause(text, before.start(), word)


def _present(word: str) -> str:
    """A verb of the future as it is in the present (سيبلغ, وستضم); other words as they are."""
    found = _FUTURE.fullmatch(word)
    return found[1] if found and (found[1] in _DOERS or found[1] in _MEASURING) else word


def _governs(word: str) -> bool:
    """Whether a number right after the word is in the genitive."""
    if word in _GOVERNING or word in _MAKING_NOUNS or _is_construct_head(word):
        return True
    return word[:1] in ("ب", "ل", "ك") and word[1:] in _GOVERNING  # بكل, لجميع


_MOSTLY_PASSIVE: Final = _words("اعتقل أوقف أنقذ دمر دمرت أسقط استهدف شرد هجر نفذ حكم سجن أصدر خصص أطلق")
"""Verbs that are passive when a number stands right behind them (اعتقل 20 شخصا), active when their subject does."""

_FUTURE: Final = re.compile("[وف]?س([يت].+)")

_PASSIVE: Final = re.compile("و?.\u064f")
"""A verb whose first letter its author marked with damma: ودُمرت 25 وحدة."""

_CLAUSE_END: Final = re.compile("[.؛:!؟(]")
_EARLIER: Final = re.compile("(?<![0-9.,])(?P<prefix>[وف]?(?:ال|لل|[بلك])?) ?[0-9][0-9.,]*(?=[^0-9]*$)")
_BETWEEN: Final = re.compile(f"(?<!{LETTER})[وف]?بين ")


def _case_of_partner(text: str, start: int, links: int) -> Case | None:
    """The case of the number that و joins this one to, in the same clause; None when there is none."""
    window = text[max(0, start - _TAIL) : start]
    clause = _CLAUSE_END.split(window)[-1]
    if _BETWEEN.search(clause) or any(key(word) in _OBLIQUE_WORDS for word in clause.split()):
        return "gen"
    earlier = _EARLIER.search(clause)
    if earlier is None:
        return None
    place = start - len(clause) + earlier.start()
    return case_at(text, place, earlier["prefix"], links=links - 1)


def _is_construct_head(word: str) -> bool:
    """Whether the word is an indefinite noun behind ب or ل (برصيد 9 نقاط, بمشاركة 48 منتخبا)."""
    if word[:1] not in ("ب", "ل") or len(word) < 4 or word.startswith(("بال", "لل", "بين")) or word.endswith("ا"):
        return False
    whole = find(word, plural=False)
    if whole is not None and whole.known:
        return False
    if word[0] == "ب" and len(word) >= 5:
        return True
    found = find(word[1:], plural=False)
    return found is not None and found.known and found.form == "singular"


_OBLIQUE_WORDS: Final = _words(
    "وعشرين وثلاثين وأربعين وخمسين وستين وسبعين وثمانين وتسعين ومئتين ومئتي وألفين مئتي ألفي مليوني عشرين "
    "ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين مئتين ألفين مليونين مليارين اثنين اثنتين"
)

_UNDERGOING: Final = _words(
    "قتل قتلت وقتل أصيب أصيبت وأصيب جرح جرحت توفي توفيت لقي لقيت استشهد استشهدت نزح نزحت وصل وصلت شارك "
    "شاركت يشارك تشارك غرق نجا فقد ولد سقط سقطت وقع وقعت انفجر انفجرت اندلع تضرر تضررت دمرت نقل أجلي "
    "احتجز اختطف اعتقل أوقف أفرج يوجد توجد هناك يعيش تعيش يعمل تعمل يقيم حضر حضرت غادر غادرت عاد عادت "
    "انضم انضمت صوت ضبط عثر انتشر تجمع تظاهر"
)
"""Verbs that a number right behind them, or behind a place, is the subject of."""


def is_subject_verb(word: str) -> bool:
    """Whether a number right after the word is its subject."""
    return key(word) in _UNDERGOING


_MEASURING: Final = _words(
    "ارتفع ارتفعت يرتفع ترتفع وارتفع وارتفعت انخفض انخفضت وانخفض وانخفضت تراجع تراجعت وتراجع وتراجعت هبط "
    "هبطت وهبط وهبطت صعد صعدت وصعد وصعدت نما نمت ونما ونمت زاد زادت وزاد وزادت قفز قفزت وقفز وقفزت خفض "
    "خفضت رفع رفعت امتد امتدت تأخر تأخرت بلغ بلغت يبلغ تبلغ وبلغ وبلغت ويبلغ وتبلغ ناهز ناهزت قارب قاربت "
    "تجاوز تجاوزت يتجاوز تتجاوز وتجاوز وتجاوزت سجل سجلت يعادل تعادل"
)
"""Verbs whose predicate is the number at the end of the clause: بلغ عدد القتلى في المدينة 25."""

_CLAUSE: Final = re.compile(f"(?:{WORD} +){{1,6}}$")


def _case_after_clause(text: str, end: int, word: str) -> Case:
    """Accusative for what a verb before the words before the number is about, otherwise nominative.

    اعتقلت الشرطة 20 شخصا: the object after a subject; يبلغ ارتفاع البرج 800 متر: the predicate of a measuring verb.
    """
    clause = _CLAUSE.search(text, max(0, end - _TAIL), end)
    if clause is None:
        return "nom"
    words = [_present(key(part)) for part in clause[0].split()]
    for part in reversed(words):
        if part in _UNDERGOING:
            break
        if part in _MEASURING:
            return "acc"
    if word.startswith("ال") and words[-1] in _DOERS:
        return "acc"
    return "nom"
