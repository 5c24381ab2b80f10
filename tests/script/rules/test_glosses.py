from __future__ import annotations

import pytest

from tts_news.script.rules import glosses

LEFT_ALONE = [
    'أغنية الليل "Sunrise" الجديدة',
    "فيلم (Titanic)",
    "قناة (BBC)",
    "في فيلمه الجديد (Inception)",
    "المتحور دلتا (B.1.617)",
    "شركة Apple",
    "ضرب الإعصار (Katrina) الساحل",
    "الشركة (General Electric): أرباح",
    "مسرحية (Hamlet)",
    "الحافلة الكهربائية (Bus – XYZ)",
]
REWRITTEN = [
    ('هاتف غالاكسي 9 "Galaxy 9" الجديد', "هاتف غالاكسي 9 الجديد"),
    ("أعلنت «غوغل» (Google) الخبر", "أعلنت «غوغل» الخبر"),
    ("نيسان (Nissan) وهوندا (Honda)", "نيسان وهوندا"),
    ("البنك الدولي (WB)", "البنك الدولي"),
    ('عبر "سبوتيفاي" (Spotify)', 'عبر "سبوتيفاي"'),
    ("شركة بي إم دبليو (BMW) الألمانية", "شركة بي إم دبليو الألمانية"),
    ("جامعة ستانفورد (Stanford University)", "جامعة ستانفورد"),
    ("الاتحاد الأفريقي (African Union)", "الاتحاد الأفريقي"),
    ("الوكالة الدولية للطاقة (IEA) تتوقع", "الوكالة الدولية للطاقة تتوقع"),
    ("قال بيتر جاكسون (Peter Jackson)", "قال بيتر جاكسون"),
    ("ALKHABAR.NET- وصل الوفد", "وصل الوفد"),
    ("نينتندو سويتش 2 (Nintendo Switch 2)", "نينتندو سويتش 2"),
    ("الجمهور (Audience)", "الجمهور"),
    ("2. الهدف (Goal): ما تريده", "2. الهدف: ما تريده"),
    ("فتح صندوق رسائل (Message Box)", "فتح صندوق رسائل"),
    ("يسمى ذلك الضغط (compression) عادة", "يسمى ذلك الضغط عادة"),
    ("تكلفة الاكتساب (Customer Acquisition Cost – CAC) عالية", "تكلفة الاكتساب عالية"),
    ("الذكاء الاصطناعي (AI)", "الذكاء الاصطناعي"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert glosses.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert glosses.apply(text).split() == spoken.split()
