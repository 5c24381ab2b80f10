"""Two tables: lines of pages that are left out, and sentences that start with the same words and are not."""

from __future__ import annotations

import pytest

from tts_news.read import boilerplate

LEFT_OUT = [
    ("اترك تعليقاً", "comment form"),
    ("لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *", "comment form"),
    ("1 فكرة عن “العنوان”", "comment form"),
    ("مقالات دات صلة:", "related articles"),
    ("شاهد ايضآ:", "promotion of another article"),
    ("اقرأ أيضا: أسعار الذهب اليوم", "promotion of another article"),
    ("7 شاهد أيضا", "promotion of another article"),
    ("المقال السابقأسعار الخضار ترتفع", "links to the neighbouring articles"),
    ("من نحن اتصل بنا أعلن معنا وظائف", "a row of buttons or links"),
    ("فيسبوك تويتر واتساب تيلقرام طباعة", "a row of buttons or links"),
    ("فيسبوك \u202bX واتساب طباعة", "a row of buttons or links"),
    ("تابعوا وكالة المرفأ على تلغرام", "an invitation to follow"),
    ("المصدر: وكالات", "sources"),
    ("صدر الصورة، EPA-EFE", "caption"),
    ("Tagged اقتصادبورصةشركات", "tags"),
    ("نستخدم ملفات تعريف الارتباط لتحسين تجربتك.", "cookie notice"),
    ("جميع الحقوق محفوظة © 2026", "footer"),
    ("30 ℃", "weather"),
    ("https://example.org/a", "a bare address"),
    ("2min", "a counter"),
]
KEPT = [
    "شارك الآلاف في المظاهرة التي خرجت وسط العاصمة مساء أمس.",
    "المصدر الرئيسي للمياه هو النهر.",
    "تابع المجلس في جلسته على منصة إكس النقاش حول القرار الجديد.",
    "قد يهمك أن تعرف أن الحكومة رفعت سعر الخبز مرتين خلال عام.",
    "وأكدت مصادر أن الاتفاق لا يعبر بالضرورة عن رأي الحكومة في هذا الملف.",
    "المزيد من أخبار الحرب تصل إلى القرية كل يوم.",
    "انضم إلى قناة العربية عام 2003.",
    "للاشتراك في المسابقة يجب أن يكون المتقدم دون الثلاثين من العمر.",
    "تصميم وتطوير المدن الجديدة يحتاج إلى سنوات من العمل.",
    "إعلان الحرب جاء بعد أسبوع من المفاوضات.",
    "بلغت النسبة 22% في العام الماضي",
    "وزير الخارجية: الاتفاق قريب",
]


@pytest.mark.parametrize(("line", "reason"), LEFT_OUT)
def test_left_out(line: str, reason: str) -> None:
    verdict = boilerplate.load().judge(line) or boilerplate.judge_shape(line)
    assert verdict is not None
    assert verdict.reason == reason


@pytest.mark.parametrize("line", KEPT)
def test_kept(line: str) -> None:
    assert boilerplate.load().judge(line) is None
    assert boilerplate.judge_shape(line) is None


def test_a_sites_own_phrases_are_added_for_it_alone() -> None:
    site = boilerplate.load().with_phrases(["خاص بالمشتركين"])
    assert site.judge("خاص بالمشتركين في الخدمة") is not None
    assert boilerplate.load().judge("خاص بالمشتركين في الخدمة") is None


def test_every_phrase_of_the_data_file_says_something() -> None:
    lexicon = boilerplate.load()
    assert all(lexicon.exact)
    assert all(phrase for entries in lexicon.starts.values() for phrase, _ in entries)
    assert all(phrase for phrase, _ in lexicon.contains)
