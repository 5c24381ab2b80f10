from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tts_news.script import diacritise
from tts_news.script.diacritics import Diacritiser, load
from tts_news.script.diacritics.marks import HARAKAT, is_letter, strip, take_apart

arabic = st.text(
    alphabet="ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي ًٌٍَُِّْٰـ،.؟!«»()-\n\t12٣abپگیک\u200b\u200f\U0001f600", max_size=120
)


@pytest.fixture(scope="module")
def diacritiser() -> Diacritiser:
    return load()


def test_the_diacritiser_of_a_process_is_loaded_once() -> None:
    assert load() is load()


@settings(max_examples=150, deadline=None)
@given(arabic | st.text(max_size=60))
def test_letters_never_change(text: str) -> None:
    out = diacritise(text)
    assert strip(out) == strip(text)
    assert unicodedata.is_normalized("NFC", out)


@settings(max_examples=100, deadline=None)
@given(arabic)
def test_marks_of_the_author_stay(text: str) -> None:
    given_marks = take_apart(text).marks
    for before, after in zip(given_marks, take_apart(diacritise(text)).marks, strict=True):
        assert set(before) <= set(after)


words = (
    "قال الرئيس إن الحكومة ستعلن خطة جديدة في الأسبوع المقبل بعد موافقة البرلمان على مشروع القانون، وأضاف أن لبنان "
    "يريد سلاما عادلا؛ ثم عاد الوفد من القاهرة إلى بيروت مساء أمس! هذا ما أكدته وزارة الخارجية. ولدت وُلدت محمّد شكراً"
).split()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(words), max_size=20).map(" ".join))
def test_a_text_diacritised_twice_is_diacritised_once(text: str) -> None:
    once = diacritise(text)
    assert diacritise(once) == once


@settings(max_examples=30, deadline=None)
@given(st.lists(arabic, max_size=4))
def test_the_result_of_a_text_does_not_depend_on_the_others(texts: list[str]) -> None:
    together = load().diacritise(texts)
    assert together == [load().diacritise([text])[0] for text in texts]


def test_a_change_in_one_sentence_leaves_the_marks_of_the_others(diacritiser: Diacritiser) -> None:
    first, last = "أعلنت الحكومة خطة جديدة. ", "وعاد الوفد إلى العاصمة."
    a, b = diacritiser.diacritise([first + "قال الوزير نعم. " + last, first + "لم يعلق أحد على الأمر اليوم. " + last])
    assert a.startswith(diacritise(first))
    assert b.startswith(diacritise(first))
    assert a.endswith(diacritise(last))
    assert b.endswith(diacritise(last))


def test_a_plain_sentence_gets_all_its_marks() -> None:
    assert diacritise("أعلنت الحكومة عن خطة جديدة.") == "أَعْلَنَتِ الْحُكُومَةُ عَنْ خُطَّةٍ جَدِيدَةٍ."


def test_the_last_letter_is_marked_with_and_without_a_full_stop() -> None:
    for text in ("ذهب الرجل إلى المدينة", "ذهب الرجل إلى المدينة.", "ذهب الرجل إلى المدينة "):
        assert "الْمَدِينَةِ" in diacritise(text)


def test_a_very_long_sentence_is_read_to_its_end() -> None:
    text = "وقال الوزير إن الحكومة ستعلن الخطة الجديدة " * 200
    out = diacritise(text)
    assert strip(out) == text
    marked = [bool(m) for b, m in zip(take_apart(out).bases, take_apart(out).marks, strict=True) if is_letter(b)]
    tail = marked[-2000:]
    assert sum(tail) / len(tail) > 0.7


def test_empty_and_letterless_lines_come_back_as_they_are() -> None:
    for text in ("", " ", "...", "2026", "abc", "\u064e"):
        assert diacritise(text) == text


def test_a_half_vowelled_word_is_completed_around_its_marks() -> None:
    out = diacritise("وقال المُحَرَّر إن الخبر صحيح.")
    assert "مُحَرَّر" in out
    word = take_apart(out.split()[1])
    assert HARAKAT & set(word.marks[-1])


def test_a_lone_shadda_gets_its_vowel() -> None:
    out = diacritise("وصل محمّد إلى البيت.")
    assert "مُحَمَّد" in unicodedata.normalize("NFC", out)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("وُلدت في أسرة بسيطة.", "وُلِدَتْ"),
        ("وافتُتح المعرض أمس.", "وَافْتُتِحَ"),
    ],
)
def test_one_mark_of_the_author_turns_the_whole_word(text: str, said: str) -> None:
    assert diacritise(text).split()[0] == unicodedata.normalize("NFC", said)


@pytest.mark.parametrize(
    "word",
    ["كُوبَا", "هُوَ", "الشَّمْسُ", "دُونَالْدْ", "تْرَامْبْ", "وُولْ", "بَارْسِي", "مُحَمَّدٍ", "إِيلُونْ", "جُو", "كِيرِي", "شَاطِئًا"],
)
def test_a_word_with_all_its_marks_is_said_as_it_is_written(word: str) -> None:
    word = unicodedata.normalize("NFC", word)
    for text in (f"قال {word} ذلك أمس.", f"التقى الرئيس {word}، ثم عاد.", word):
        assert word in diacritise(text).replace(".", " ").replace("،", " ").split()


@pytest.mark.parametrize(("text", "said"), [("وتُعدّ", "وَتُعَدُّ"), ("وعدّ", "وَعَدَّ")])
def test_a_letter_before_a_shadda_is_not_taken_for_the_lam_of_the_article(text: str, said: str) -> None:
    assert diacritise(text) == said


def test_a_word_in_doubt_has_a_small_lead_and_a_marked_one_a_large() -> None:
    texts = ["زار الوزير معرض الكتاب، وقال علم.", "زار الوزير معرض الكتاب، وقال عِلْمٌ."]
    weighed, settled = load().weigh(texts)
    assert [weighed.marked, settled.marked] == load().diacritise(texts)
    leads = dict(zip(["زار", "الوزير", "معرض", "الكتاب", "وقال", "علم"], weighed.leads_nats, strict=True))
    assert leads["علم"] < 8 < leads["الوزير"]
    assert settled.leads_nats[-1] > 1000
