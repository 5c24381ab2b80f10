"""Sentences and pieces: cut where a reader would, nothing lost, nothing doubled."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.work import cpu_growth
from tts_news.arabic import count_letters, words
from tts_news.script.segment import pieces, sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


WHOLE = [
    "بلغ النمو 3.5 في المئة هذا العام.",
    "قال د. محمد العلي إن المشروع اكتمل.",
    "حضر أ.د. سامي النجار حفل الافتتاح.",
    "نقلت وكالة أ.ف.ب. الخبر عن مصادرها.",
    "وصل السيد J. K. Rowling إلى لندن.",
    "قدّر Dr. Smith الخسائر بمليون دولار.",
    "هدّد بالرد.. ثم تراجع عن تصريحاته.",
    "قال: لا نعرف... لكننا سنعرف قريبا.",
    "1. مواجهة التحديات المشتركة.",
    "زوروا موقع example.com لمزيد من التفاصيل.",
    "عاش في القرن الثالث ق.م. في دمشق.",
    "صدر قانون ج.م.ع. الجديد هذا الأسبوع.",
    "قال الوزير: «لن نتراجع.»",
    "التقى أ. ماهر وأ. سعاد في المعرض.",
    "وصل الوفد (أخيرا!) وبدأت الجلسة.",
    "كلفت الحملة الكثير (من يدفع؟) بحسب النادي.",
    "هل يعود اللاعب (ومتى؟) وكيف.",
    "سلم الدرع لد. رامي بحضور زملائه.",
    "حضرت ود. رغد ود. نادر والمدير.",
    "استعان بد. هيثم في الترجمة.",
    "قالت إن المشروع الجديد،\n\nسيبدأ غدا.",
]


@pytest.mark.parametrize("text", WHOLE)
def test_one_sentence_stays_whole(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "قررت الإدارة العامة للجمارك في العاصمة تحصيل الرسوم عبر المنصة الجديدة بدلا من مكاتب الموانئ البعيدة",
        "أعلنت الشركة المشغلة للميناء الجديد خطتها لزيادة عدد الأرصفة وفقا لحاجة السفن الكبيرة إلى مياه أعمق",
    ],
)
def test_an_adverb_and_its_preposition_are_not_parted(text: str) -> None:
    for piece in pieces(text, lambda said: said, 60):
        assert piece.written.split()[-1] not in {"بدلا", "وفقا"}


DIVIDED = [
    ("وصل الوفد. وبدأت المحادثات.", ["وصل الوفد.", "وبدأت المحادثات."]),
    ("هل يعود؟ لا أحد يعرف!", ["هل يعود؟", "لا أحد يعرف!"]),
    ("قال: «انتهى الأمر.» وغادر القاعة.", ["قال: «انتهى الأمر.»", "وغادر القاعة."]),
    ("انتهت الجلسة.وقال الرئيس إنها مثمرة.", ["انتهت الجلسة.", "وقال الرئيس إنها مثمرة."]),
    ("حدث ذلك عام 2020. وتغير كل شيء.", ["حدث ذلك عام 2020.", "وتغير كل شيء."]),
    ("ولد عام 1445 هـ. وتوفي بعد سنة.", ["ولد عام 1445 هـ.", "وتوفي بعد سنة."]),
    ("ارتفعت إلى 3.5. ثم هبطت.", ["ارتفعت إلى 3.5.", "ثم هبطت."]),
    ("من فعلها؟! سؤال بلا جواب.", ["من فعلها؟!", "سؤال بلا جواب."]),
    ("وصلَ الوفدُ. بدأتِ المحادثاتُ.", ["وصلَ الوفدُ.", "بدأتِ المحادثاتُ."]),
    ("السطر الأول\n\nالسطر الثاني", ["السطر الأول", "السطر الثاني"]),
    ("انتهى. »", ["انتهى. »"]),
    ("هذا لا بد. وغدا نرى.", ["هذا لا بد.", "وغدا نرى."]),
    ("سأله بم. فأجابه.", ["سأله بم.", "فأجابه."]),
]


@pytest.mark.parametrize(("text", "expected"), DIVIDED)
def test_sentences_end_where_a_reader_stops(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_no_cut_falls_into_a_range_kept_whole() -> None:
    text = "قال الوزير. نعم. وغادر."
    assert [text[a:b] for a, b in sentences(text, [(text.index("الوزير"), text.index("نعم") + 2)])] == [
        "قال الوزير. نعم.",
        "وغادر.",
    ]


ANYTHING = st.text(alphabet=st.sampled_from('ابتدرسوىةمنلف وو  \n..،؛؟!…:«»"()[]0123٣%AbcX-ـَُِّْ'), max_size=200)


@given(ANYTHING)
def test_every_character_is_in_exactly_one_sentence(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(text[a:b].strip() == text[a:b] != "" for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def say_digits(text: str) -> str:
    """Read a run of digits as one word a digit, and drop what is neither letter, digit nor pause."""
    text = re.sub(r"[0-9٣]", lambda digit: f" رقم{'ابجدهوزحطي'[int(digit[0])]} ", text)
    return " ".join(re.sub(r"[^\u0621-\u064a\s.،؛؟!:]", " ", text).split())


@given(ANYTHING, st.integers(min_value=30, max_value=60))
def test_pieces_lose_and_double_nothing_and_fit(text: str, limit: int) -> None:
    for start, end in sentences(text):
        sentence = text[start:end]
        said = say_digits(sentence)
        if any(count_letters(word) > limit for word in words(said)) or not words(said):
            continue
        found = pieces(sentence, say_digits, limit)
        assert "".join("".join(piece.written.split()) for piece in found) == "".join(sentence.split())
        assert sum(piece.words for piece in found) == len(words(said))
        assert all(piece.written.strip() and piece.words for piece in found)
        place = 0
        for piece in found:
            letters = sum(count_letters(word) for word in words(said)[place : place + piece.words])
            assert letters <= limit
            place += piece.words


LONG = (
    "قال وزير الخارجية إن بلاده مستعدة للحوار مع جميع الأطراف، مؤكدا أن الحل السياسي هو السبيل الوحيد "
    "لإنهاء الأزمة التي دخلت عامها الرابع وأن المساعدات ستصل إلى المناطق المتضررة خلال أيام."
)


def test_a_long_sentence_is_cut_at_the_comma_first() -> None:
    found = pieces(LONG, str, 120)
    assert found[0].written.endswith("الأطراف،")
    assert not found[0].soft


def test_without_a_comma_it_is_cut_before_a_clause() -> None:
    text = LONG.replace("،", "")
    assert [piece.written.split()[0] for piece in pieces(text, str, 120)][1] in {"مؤكدا", "التي", "وأن"}


def test_no_cut_divides_a_verb_from_what_it_needs() -> None:
    text = (
        "أكدت اللجنة التي شكلت خلال الأسبوع الماضي أن الأهالي سيتسلمون خلال أيام مساعدات عاجلة تكفي الأسر "
        "المقيمة في الخيام مدة شهر كامل"
    )
    for limit in range(34, 70, 4):
        ends = {piece.written.split()[-1] for piece in pieces(text, str, limit)[:-1]}
        assert ends.isdisjoint({"أكدت", "شكلت", "سيتسلمون", "تكفي"}), limit


def test_a_cut_inside_a_phrase_is_linked_and_one_before_a_clause_is_not() -> None:
    inside = pieces("رائحة قهوة محمصة ساخنة لذيذة منعشة خفيفة طيبة زكية فواحة رائعة", str, 34)
    assert any(piece.linked for piece in inside)
    assert not inside[-1].linked
    assert not any(piece.linked for piece in pieces(LONG, str, 120))


@pytest.mark.parametrize(
    "together",
    [
        "خمسة وعشرين ألف لاجئ",
        "محمد بن سلمان",
        "25 ألف لاجئ",
        "«قمة المناخ الدولية»",
        "Human Rights Watch",
        "عبد الرحمن",
    ],
)
def test_numbers_names_and_short_quotes_are_not_divided(together: str) -> None:
    filler = "كتابة"
    for before in range(3, 9):
        text = " ".join([filler] * before + [together] + [filler] * (9 - before))
        found = pieces(text, say_digits, 34)
        assert len(found) > 1
        assert sum(together in piece.written for piece in found) == 1


def test_a_night_between_two_days_is_not_divided() -> None:
    text = "تساقطت الثلوج على المرتفعات الشمالية منذ منتصف ليل الخميس - الجمعة في محيط البلدة القديمة والقرى المجاورة"
    assert [piece.written[-1] for piece in pieces(text, str, 60)].count("-") == 0


def test_a_cut_that_would_change_the_reading_is_not_made() -> None:
    def read(text: str) -> str:
        return text.replace("كم في الساعة", "كيلومترات في الساعة").replace("كم", "كيلومتر")

    text = "اندفعت الرياح بسرعة مئة كم في الساعة نحو المدينة الساحلية القديمة"
    assert not any(piece.written.endswith("كم") for piece in pieces(text, read, 34))


@pytest.mark.parametrize("part", [".", "د.", "ا", "؟»", "1. ", "«"])
def test_the_work_of_sentences_grows_with_the_text_and_not_faster(part: str) -> None:
    assert cpu_growth(lambda size: sentences(part * size), 6_000) < 3


@pytest.mark.parametrize("part", ["كتاب ", "كتاب، ", "25 ", "«كتاب ", "("])
def test_the_work_of_cutting_a_monstrous_sentence_grows_with_it_and_not_faster(part: str) -> None:
    assert cpu_growth(lambda size: pieces((part * size).strip(), say_digits, 100), 500) < 3


@pytest.mark.parametrize(
    ("text", "second"),
    [
        (
            "وزعت الجمعية أغطية وملابس شتوية على سكان القرى الجبلية المعزولة وخاصة خلال الليالي التي اشتد فيها البرد",
            "وخاصة",
        ),
        (
            "اتفق الوزراء على خطة لحماية الأنهار من التلوث الصناعي بما في ذلك مراقبة المصانع القريبة منها كل أسبوع",
            "بما",
        ),
        (
            "سقطت رافعة كبيرة فوق مبنى مهجور يقع وسط الحي القديم ما أدى إلى إصابة عامل كان يمر قربه ساعة الحادث",
            "ما",
        ),
        (
            "قال المدرب إن غياب أربعة من لاعبي الفريق الأساسيين عن المباراة سيؤثر في خطته الهجومية التي أعدها الأسبوع",
            "سيؤثر",
        ),
        (
            "احتج تجار السوق على نقل محالهم إلى الضاحية الجنوبية البعيدة قائلين إن القرار سيحرمهم زبائن الحي القديم",
            "قائلين",
        ),
        (
            "يحذر الأطباء من الجري في الحر بين الساعة الثانية ظهرا والرابعة عصرا وينصحون بشرب الماء مرارا والراحة",
            "وينصحون",
        ),
    ],
)
def test_a_sentence_is_cut_where_its_structure_is(text: str, second: str) -> None:
    assert [piece.written.split()[0] for piece in pieces(text, str, 70)][1] == second


@pytest.mark.parametrize("together", ["المنظمات غير الحكومية", "عثروا خلال", "إن القرار سيلحق", "الرابعة عصرا"])
def test_words_of_one_phrase_are_not_parted(together: str) -> None:
    text = f"كلام طويل جدا قيل هنا {together} كلام طويل جدا قيل هناك"
    assert any(together in piece.written for piece in pieces(text, str, 34))
