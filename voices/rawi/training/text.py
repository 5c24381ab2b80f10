"""Vowelled Arabic without end for the teacher to say: news-like phrases made of roots, patterns and word lists.

Whether a sentence makes sense is nothing to a teacher that maps phones in their places to sound. What counts is that
every phone meets every neighbour in every place, at the lengths and with the endings that news have. So most words are
made by setting three radicals into the patterns of Arabic morphology, which keeps them pronounceable and their case
endings right, and the rest come from lists of what news are full of: names, numbers, dates, particles.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

ROOTS = (
    "كتب درس عمل شرك حكم جمع دخل خرج وصل قرر نظر طلب حضر قدم سلم علم فتح نشر ذكر شهد صدر صرف ربح خسر بحث كشف رفع خفض زرع"
    " صنع حمل نقل سكن ضرب قطع جرح قتل هدم بني سرق حفظ ضمن ضغط طرح طبع ظهر ظلم عدل عرض عقد غلق غضب غرق فحص فصل قبل قصف قصد"
    " قلق كسب كسر لعب لمس مسح منح نجح نصح نصر نطق هجم هبط وعد وقع وقف ولد بدل برز بطل بلغ ترك تلف ثبت ثقف جذب جلس جهز حجز"
    " حدث حذر حرق حسب حصل حلف خبر ختم خدم خضع خطب خطف خلق دعم دفع دفن ذهب رجع رحل رسم رصد رغب رفض ركز زحف سبق سجل سحب سمح"
    " سمع شجع شرح شعر شكل شغل صبر صدق صعد ضعف طرق طلق عبر عجز عرف عزل عصف عطف غدر غلب غمر فرض فرق فسد فشل فهم قرب قرض قسم كرم"
    " لجأ لفت لقب مرض مزج ملك نبع نزح نزل نسق نفذ نقد نقص نهض هدف هرب ورث وزع وضع وظف وفد وقد يقظ بهج جرد حصد خصص رتب ركب زلزل"
    " سطر صفح ضبط طمح عظم غطس فضح قنع كثف لهج محور نضج هضم وسع شمل حزب جند ذبح ثقل ظرف غذي حظر لحظ نظف غلظ بغض قبض نقض عضد"
).split()
ROOTS = tuple(root for root in ROOTS if len(root) == 3 and not set(root) & set("ايأ"))

NOUNS = (
    "1َ2ْ3 1ِ2ْ3 1ُ2ْ3 1َ2َ3 1ِ2َا3 1َ2َا3 1ُ2َا3 1ُ2ُو3 مَ1ْ2َ3 مَ1ْ2ِ3 تَ1ْ2ِي3 إِ1ْ2َا3 تَ1َ2ُّ3 تَ1َا2ُ3 مُ1َ2ِّ3 مُ1ْ2ِ3 1َا2ِ3 1َ2ِي3 1َ2َّا3 مِ1ْ2َا3"
    " أَ1ْ2َا3 1َوَا2ِ3 مَ1َا2ِ3 مُ1َا2َ3َة 1َ2ْ3َة 1ِ2َا3َة مَ1ْ2َ3َة 1ُ2ُو3َة تَ1ْ2ِ3َة 1َ2ِي3َة مُ1َ2َّ3 مُتَ1َ2ِّ3 مُتَ1َا2ِ3 مُنْ1َ2ِ3 مُسْتَ1ْ2َ3 مَ1ْ2ُو3 1َ2ْ3َان 1ُ2َّا3 1ُ2َ3َاء"
    " أَ1ْ2ِ3َة 1َ2َ3َات 1َا2ِ3َات 1َا2ِ3ِيَّة 1َ2ْ3ِيَّة 1َ2ْ3ِيّ 1َ2َّا3َة مُ1َا2ِ3 اِنْ1ِ2َا3 اِ1ْتِ2َا3 اِسْتِ1ْ2َا3 1َيْ2َ3 1َوْ2َ3 1َا2ُو3 مَ1َا2ِي3 1َ2َا3ِي3"
).split()
PAST = "1َ2َ3 1َ2ِ3 1َ2َّ3 1َا2َ3 أَ1ْ2َ3 تَ1َ2َّ3 تَ1َا2َ3 اِنْ1َ2َ3 اِ1ْتَ2َ3 اِسْتَ1ْ2َ3 1ُ2ِ3 1ُ2ِّ3 أُ1ْ2ِ3 اُسْتُ1ْ2ِ3".split()
PAST_ENDINGS = ("َ", "َ", "َ", "َتْ", "َتْ", "ُوا", "ْنَا", "َا")
PRESENT = "1ْ2َ3 1ْ2ُ3 1ْ2ِ3 تَ1َ2َّ3 تَ1َا2َ3 نْ1َ2ِ3 1ْتَ2ِ3 سْتَ1ْ2ِ3".split()
PRESENT_U = "1َ2ِّ3 1َا2ِ3 1ْ2ِ3 1ْ2َ3 سْتَ1ْ2َ3".split()

PLACES = (
    "مِصْرَ لُبْنَانَ بَيْرُوتَ دِمَشْقَ بَغْدَادَ الْقَاهِرَةِ الرِّيَاضِ الْكُوَيْتِ تُونُسَ الْجَزَائِرِ الْمَغْرِبِ الْأُرْدُنِّ عَمَّانَ صَنْعَاءَ الْخُرْطُومِ فِلَسْطِينَ الْقُدْسِ غَزَّةَ بَارِيسَ لَنْدَنَ مُوسْكُو"
    " الصِّينِ الْيَابَانِ رُوسْيَا أُوكْرَانْيَا أَلْمَانْيَا فَرَنْسَا إِيطَالْيَا إِسْبَانْيَا تُرْكِيَا إِيرَانَ الْهِنْدِ بَاكِسْتَانَ أَفْغَانِسْتَانَ أَمْرِيكَا وَاشِنْطُنَ نْيُويُورْكَ طَرَابُلُسَ حَلَبَ الْبَصْرَةِ الْمَوْصِلِ دُبَيٍّ قَطَرَ"
    " الدَّوْحَةِ الْبَحْرَيْنِ مَسْقَطَ السُّودَانِ لِيبِيَا الصُّومَالِ نُوَاكْشُوطَ مُورِيتَانْيَا إِفْرِيقِيَا آسْيَا أُورُوبَّا أُسْتُرَالْيَا الْبَرَازِيلِ كَنَدَا جِنِيفَ فِيِينَّا بْرُوكْسِلَ"
).split()
PEOPLE = (
    "مُحَمَّدٌ أَحْمَدُ مَحْمُودٌ عَلِيٌّ حَسَنٌ حُسَيْنٌ خَالِدٌ عُمَرُ يُوسُفُ إِبْرَاهِيمُ فَاطِمَةُ مَرْيَمُ لَيْلَى سَلْمَى نَادِيَةُ زَيْنَبُ سُعَادُ كَرِيمٌ طَارِقٌ سَامِي جُورْجُ مِيشِيلُ أَنْطُونِيُو فْلَادِيمِيرُ دُونَالْدُ"
    " إِيمَانُوِيلُ جُوزِيفُ مَارِيَا كَمَالٌ نَبِيلٌ رَشِيدٌ هِشَامٌ وَلِيدٌ زِيَادٌ عَبْدُ اللَّهِ عَبْدُ الرَّحْمَنِ صَلَاحٌ ضِيَاءٌ ظَافِرٌ قَاسِمٌ غَسَّانُ"
).split(" ")
UNITS = "وَاحِدٌ اثْنَانِ ثَلَاثَةٌ أَرْبَعَةٌ خَمْسَةٌ سِتَّةٌ سَبْعَةٌ ثَمَانِيَةٌ تِسْعَةٌ".split()
TEENS = (
    "أَحَدَ عَشَرَ",
    "اثْنَا عَشَرَ",
    "ثَلَاثَةَ عَشَرَ",
    "أَرْبَعَ عَشْرَةَ",
    "خَمْسَةَ عَشَرَ",
    "سِتَّ عَشْرَةَ",
    "سَبْعَةَ عَشَرَ",
    "ثَمَانِيَ عَشْرَةَ",
    "تِسْعَةَ عَشَرَ",
)
TENS = "عِشْرِينَ ثَلَاثِينَ أَرْبَعِينَ خَمْسِينَ سِتِّينَ سَبْعِينَ ثَمَانِينَ تِسْعِينَ".split()
HUNDREDS = "مِئَةٌ مِئَتَانِ ثَلَاثُمِئَةٍ أَرْبَعُمِئَةٍ خَمْسُمِئَةٍ سِتُّمِئَةٍ سَبْعُمِئَةٍ ثَمَانِمِئَةٍ تِسْعُمِئَةٍ".split()
THOUSANDS = ("أَلْفٌ", "أَلْفَانِ", "ثَلَاثَةُ آلَافٍ", "عَشَرَةُ آلَافٍ", "عِشْرُونَ أَلْفًا", "مِئَةُ أَلْفٍ", "مِلْيُونٌ", "مِلْيَارَانِ")
COUNTED = "دُولَارٍ شَخْصٍ يَوْمًا سَنَةً كِيلُومِتْرًا طَالِبًا جُنْدِيًّا مَرَّةً دَقِيقَةً نُسْخَةً أُسْبُوعًا شَهْرًا مَنْزِلًا سَيَّارَةً قَتِيلًا جَرِيحًا صَفْحَةً نُقْطَةً بِالْمِئَةِ".split()
MONTHS = "يَنَايِرَ فِبْرَايِرَ مَارِسَ أَبْرِيلَ مَايُو يُونْيُو يُولْيُو أَغُسْطُسَ سِبْتَمْبِرَ أُكْتُوبَرَ نُوفَمْبِرَ دِيسَمْبِرَ شُبَاطَ آذَارَ نَيْسَانَ أَيَّارَ حَزِيرَانَ تَمُّوزَ آبَ أَيْلُولَ رَمَضَانَ شَوَّالٍ".split()
DAYS = "الْأَحَدِ الِاثْنَيْنِ الثُّلَاثَاءِ الْأَرْبِعَاءِ الْخَمِيسِ الْجُمُعَةِ السَّبْتِ".split()
ORDINALS = "الْأَوَّلِ الثَّانِي الثَّالِثِ الرَّابِعِ الْخَامِسِ السَّادِسِ السَّابِعِ الثَّامِنِ التَّاسِعِ الْعَاشِرِ الثَّانِيَةِ الثَّالِثَةِ الرَّابِعَةِ الْخَامِسَةِ السَّادِسَةِ التَّاسِعَةِ الْعَاشِرَةِ الْأُولَى".split()
PREPOSITIONS = "فِي مِنْ عَلَى إِلَى عَنْ مَعَ بَعْدَ قَبْلَ خِلَالَ بَيْنَ تَحْتَ فَوْقَ عِنْدَ ضِدَّ نَحْوَ حَوْلَ دُونَ مُنْذُ حَتَّى أَمَامَ وَرَاءَ لَدَى".split()
LINKS = (
    "أَنَّ إِنَّ لَكِنَّ حَيْثُ بَيْنَمَا لِأَنَّ كَمَا أَيْضًا قَدْ لَقَدْ سَوْفَ لَمْ لَنْ لَا مَا هُوَ هِيَ هُمْ كَانَ كَانَتْ لَيْسَ هُنَاكَ هُنَا ذَلِكَ هَذَا هَذِهِ الَّذِي الَّتِي الَّذِينَ مَنْ إِذَا لَوْ ثُمَّ أَوْ أَمْ"
    " كُلُّ بَعْضُ جَمِيعُ غَيْرُ أَكْثَرُ أَقَلُّ أَكْبَرُ أَمْسِ الْيَوْمَ غَدًا الْآنَ نَفْسُهُ فَقَطْ جِدًّا مُجَدَّدًا حَالِيًّا رَسْمِيًّا تَقْرِيبًا هَؤُلَاءِ أُولَئِكَ تِلْكَ كَذَلِكَ"
).split()
ASKING = "هَلْ مَا مَاذَا مَنْ مَتَى أَيْنَ كَيْفَ لِمَاذَا كَمْ أَيُّ".split()
NEWS = (
    "الرَّئِيسُ الْحُكُومَةُ الْوَزِيرُ وِزَارَةُ الْخَارِجِيَّةِ الْأُمَمُ الْمُتَّحِدَةُ الشَّرِكَةُ الْمُنْتَخَبُ الشُّرْطَةُ الْجَيْشُ الْبَرْلَمَانُ الْمَحْكَمَةُ الْبَنْكُ الْمَرْكَزِيُّ النَّادِي الْمُدَرِّبُ اللَّاعِبُ الْمَدِينَةُ الْمُسْتَشْفَى الْجَامِعَةُ الْبَاحِثُونَ"
    " الْعُلَمَاءُ الْأَسْعَارُ النِّفْطُ الِاقْتِصَادُ الصِّحَّةُ الْعَالَمِيَّةُ الْمُنَظَّمَةُ التَّقْرِيرُ الْمُتَحَدِّثُ الْمُفَاوَضَاتُ السَّلَامُ الْحَرْبُ الْأَزْمَةُ الْمُسَاعَدَاتُ الْإِنْسَانِيَّةُ اللَّاجِئُونَ الطَّقْسُ الْأَمْطَارُ الْحَرَارَةُ الزِّلْزَالُ الْبُطُولَةُ الْمُبَارَاةُ"
).split()
OLD_VERBS = (
    "قَالَ قَالَتْ أَعْلَنَ أَعْلَنَتْ أَكَّدَ أَكَّدَتْ أَضَافَ أَوْضَحَ أَشَارَ دَعَا رَأَى يَرَى يَقُولُ تَقُولُ يُرِيدُ بَدَأَ جَاءَ زَارَ وَاصَلَ التَقَى اتَّفَقَ اتَّهَمَ شَدَّدَ حَذَّرَ طَالَبَ تَوَقَّعَ يُمْكِنُ يَجِبُ سَيَكُونُ أَصْبَحَ مَا زَالَ"
    " لَا يَزَالُ أُصِيبَ قُتِلَ وُلِدَ يُعَدُّ تَمَّ سَيَتِمُّ اسْتَقْبَلَ أَدَّى انْتَهَى يَسْعَى ارْتَفَعَ انْخَفَضَ فَازَ خَسِرَ تُوُفِّيَ"
).split()

SUN = set("تثدذرزسشصضطظلن")
CASES = (("ُ", "ٌ"), ("َ", "ً"), ("ِ", "ٍ"))


class Writer:
    """Makes phrases; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self.pick = random.Random(seed)

    def phrases(self) -> Iterator[str]:
        """Phrases without end, most of them 2 to 14 words, some of one word and some of thirty."""
        kinds = (self._clause, self._clause, self._chain, self._number, self._date, self._question, self._headline)
        while True:
            length = self.pick.random()
            if length < 0.08:
                yield self._single()
            elif length < 0.6:
                yield self.pick.choice(kinds)()
            elif length < 0.9:
                yield " ".join(self.pick.choice(kinds)() for _ in range(2))
            else:
                yield " ".join(self.pick.choice(kinds)() for _ in range(self.pick.randint(3, 4)))

    def _set(self, pattern: str) -> str:
        root = self.pick.choice(ROOTS)
        for place, radical in zip("123", root, strict=True):
            pattern = pattern.replace(place, radical)
        return pattern

    def _noun(self, case: int | None = None, *, definite: bool | None = None) -> str:
        stem = self._set(self.pick.choice(NOUNS))
        case = self.pick.randrange(3) if case is None else case
        definite = self.pick.random() < 0.55 if definite is None else definite
        if self.pick.random() < 0.12 and stem[-1] not in "ةءّ" and not stem.endswith("ات"):
            stem += self.pick.choice(("ِينَ", "َيْنِ", "ُونَ", "َانِ"))
            return article(stem) if definite else stem
        short, tanwin = CASES[case]
        if definite:
            return article(stem) + short
        if self.pick.random() < 0.2:
            return joined(stem) + short + self.pick.choice(("هُ", "هَا", "هُمْ", "نَا", "كُمْ", "كَ"))
        if case == 1 and stem[-1] not in "ةء" and not stem.endswith("ات"):
            return stem + "ًا"
        return stem + tanwin

    def _verb(self) -> str:
        kind = self.pick.random()
        if kind < 0.3:
            return self.pick.choice(OLD_VERBS)
        if kind < 0.65:
            return self._set(self.pick.choice(PAST)) + self.pick.choice(PAST_ENDINGS)
        ending = self.pick.choice(("ُ", "ُ", "ُ", "َ", "ُونَ", "َانِ", "ْ"))
        if kind < 0.85:
            return self.pick.choice(("يَ", "تَ", "سَيَ", "نَ", "أَ")) + self._set(self.pick.choice(PRESENT)) + ending
        return self.pick.choice(("يُ", "تُ", "سَتُ", "نُ")) + self._set(self.pick.choice(PRESENT_U)) + ending

    def _with_prefix(self, word: str, *, genitive: bool = False) -> str:
        bare = word.startswith("ا")
        chance = self.pick.random()
        if chance < 0.14:
            return ("وَ" if self.pick.random() < 0.8 else "فَ") + word
        if genitive and chance < 0.3:
            if bare and word.startswith("ال") and self.pick.random() < 0.4:
                return "لِل" + (word[2:] if word[2] != "ل" else word[3:])
            return "بِ" + word
        return word

    def _clause(self) -> str:
        words = [self._with_prefix(self._verb()), self._noun(0)]
        if self.pick.random() < 0.4:
            words.insert(self.pick.randint(0, 1), self.pick.choice(NEWS))
        if self.pick.random() < 0.6:
            words.append(self._with_prefix(self._noun(1)))
        if self.pick.random() < 0.7:
            words += [self.pick.choice(PREPOSITIONS), self.pick.choice((self._noun(2), self.pick.choice(PLACES)))]
        if self.pick.random() < 0.4:
            words.append(self.pick.choice(LINKS))
            words.append(self._noun(self.pick.randrange(3)))
        if self.pick.random() < 0.2:
            words.insert(0, self.pick.choice(LINKS))
        return " ".join(words)

    def _chain(self) -> str:
        words = [self._noun(self.pick.randrange(3), definite=False)]
        words += [
            self._with_prefix(self._noun(2, definite=True), genitive=True) for _ in range(self.pick.randint(1, 3))
        ]
        if self.pick.random() < 0.5:
            words.append(self.pick.choice(PREPOSITIONS))
            words.append(self.pick.choice(PLACES))
        return " ".join(words)

    def _amount(self) -> str:
        choice = self.pick.choice
        parts = [choice((THOUSANDS, HUNDREDS))] if self.pick.random() < 0.5 else []
        words = [choice(part) for part in parts]
        kind = self.pick.random()
        if kind < 0.3:
            words.append(choice(UNITS))
        elif kind < 0.5:
            words.append(choice(TEENS))
        else:
            words += [choice(UNITS), choice(TENS)]
        return " ".join(w if not k else "وَ" + w for k, w in enumerate(words))

    def _number(self) -> str:
        words = [self._verb()] if self.pick.random() < 0.5 else [self.pick.choice(NEWS)]
        words += [self._amount(), self.pick.choice(COUNTED)]
        if self.pick.random() < 0.5:
            words += [self.pick.choice(PREPOSITIONS), self._noun(2)]
        return " ".join(words)

    def _date(self) -> str:
        choice = self.pick.choice
        when = choice(
            (
                f"يَوْمَ {choice(DAYS)} {choice(ORDINALS)} مِنْ {choice(MONTHS)}",
                f"فِي شَهْرِ {choice(MONTHS)} عَامَ {self._amount()}",
                f"السَّاعَةَ {choice(ORDINALS)} صَبَاحَ {choice(DAYS)}",
                f"مَسَاءَ {choice(DAYS)} فِي {choice(PLACES)}",
            )
        )
        return f"{self._verb()} {choice(PEOPLE)} {when}" if self.pick.random() < 0.6 else when

    def _question(self) -> str:
        return f"{self.pick.choice(ASKING)} {self._verb()} {self._noun(0)} {self.pick.choice(PREPOSITIONS)} {self._noun(2)}"

    def _headline(self) -> str:
        words = [self.pick.choice(PEOPLE), self._verb(), self._noun(1), self.pick.choice(PREPOSITIONS)]
        words.append(self.pick.choice(PLACES))
        return pausal(" ".join(words))

    def _single(self) -> str:
        word = self.pick.choice((self._noun(0), self.pick.choice(NEWS), self.pick.choice(PLACES), self._verb()))
        if self.pick.random() < 0.3:
            word = f"{word} {self._noun(0)}"
        return pausal(word) if self.pick.random() < 0.7 else word


def article(stem: str) -> str:
    """The word with the article, its l assimilated in spelling as vowelled text has it."""
    if stem.startswith("اِ"):
        return "الِا" + stem[2:]
    if stem[0] in SUN:
        return "ال" + stem[0] + "ّ" + stem[1:]
    return "الْ" + stem


def joined(stem: str) -> str:
    """The stem as a suffix follows it: ة opens into ت."""
    return stem[:-1] + "ت" if stem.endswith("ة") else stem


def pausal(text: str) -> str:
    """The text with its last word in the form it has before a pause."""
    if text.endswith("ًا"):
        return text[:-2] + "َا"
    while text and text[-1] in "ًٌٍَُِ":
        text = text[:-1]
    return text if text[-1] in "ةاىّْ" else text + "ْ"
