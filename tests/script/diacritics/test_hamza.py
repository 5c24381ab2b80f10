from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts_news.script.diacritics.hamza import load_restorer
from tts_news.script.diacritics.marks import strip, take_apart


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("اعلن المدير ان الاسعار ارتفعت امس.", "أعلن المدير أن الأسعار ارتفعت أمس."),
        ("واضافت ان 4 الاف اسرة انتقلت الى احياء اخرى.", "وأضافت أن 4 آلاف أسرة انتقلت إلى أحياء أخرى."),
        ("تلتقى الوزيره نظيرها الايطالى فى المدينه.", "تلتقي الوزيرة نظيرها الإيطالي في المدينة."),
        ("سفيره الدوله تزور الجامعه.", "سفيرة الدولة تزور الجامعة."),
        ("وصل فى 9 اب.", "وصل في 9 آب."),
        ("اكد المدير ان العمل انتهى، وان الاسعار ثابتة.", "أكد المدير أن العمل انتهى، وأن الأسعار ثابتة."),
        ("ألقي القبض على احد المطلوبين.", "ألقي القبض على أحد المطلوبين."),
        ("الدكتورة هالة زكى استشارى التغذية.", "الدكتورة هالة زكي استشاري التغذية."),
        ("نجح فريق بحثى مصرى فى تطوير مادة.", "نجح فريق بحثي مصري في تطوير مادة."),
        ("سافر الى القاهرة أمس.", "سافر إلى القاهرة أمس."),
        (
            "تأخر القطار حيث انه تعطل، وقالت الهيئة ان اصلاحه بدأ.",
            "تأخر القطار حيث إنه تعطل، وقالت الهيئة إن إصلاحه بدأ.",
        ),
        ("غابت اللاعبة لان الإصابة قديمة.", "غابت اللاعبة لأن الإصابة قديمة."),
        ("عاد الوفد الي المدينة، علي الأقل قبل اليوم.", "عاد الوفد إلى المدينة، على الأقل قبل اليوم."),
        ("قالت انّ الامر انتهى", "قالت إنّ الأمر انتهى"),
    ],
)
def test_what_was_left_out_is_written(written: str, meant: str) -> None:
    assert load_restorer().restore(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "اجتمع الوزير وسافر اليوم.",
        "أعلن المدير أن كتابه الجديد صدر.",
        "فتح الرجل بابه.",
        "هذه الاتفاقية انتهت اليوم.",
        "شهدت الجولة ال17 تعادلا، وفاز بطل ال UFC أمس.",
        "صعد الين الياباني إلى 149 ينا.",
        "تقع القرية على مجرى النهر، وتضم مستشفى ومقهى وملهى.",
        "تقع القرية على مجرى النهر، وتضم مستشفى.",
        "ساعدت الحكومة الجوعى في الجنوب.",
        "قال علي الزيدي لابنه اذهب الآن.",
        "قدم لي علي الرغيف، وتأخر إلي حتى المساء.",
        "مكتوب فيها 中文 و Google فقط",
        "",
    ],
)
def test_what_is_written_as_it_is_meant_is_left_alone(text: str) -> None:
    assert load_restorer().restore(text) == text


@given(st.text(alphabet="اأإآهةىيوبتسم َُِّ.3G\u0640\n", max_size=60))
def test_no_letter_is_added_or_lost_and_marks_stay(text: str) -> None:
    before, after = take_apart(text), take_apart(load_restorer().restore(text))
    fold = str.maketrans("أإآةى", "اااهي")
    assert after.bases.translate(fold) == before.bases.translate(fold)
    assert after.marks == before.marks
    assert len(strip(text)) == len(strip(load_restorer().restore(text)))
