"""The case of a number comes from its sentence, and only sentences with an open number are read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tts_news.script import normalise
from tts_news.script.cases import STOOD_IN, ask, close, decide, read_cases
from tts_news.script.normalisation import apply_rules_unmarked
from tts_news.script.rules.undecided import OpenNumber, is_open

GOALS = OpenNumber("ثلاثة", "عشرون", "عشرين", "عشرين").written()


class Marking:
    """Puts one vowel on the last letter of every stand-in and keeps what it was shown."""

    def __init__(self, vowel: str) -> None:
        self.vowel = vowel
        self.seen: list[str] = []

    def diacritise(self, sentences: Sequence[str]) -> list[str]:
        self.seen += sentences
        return [sentence.replace("ثلاثة", f"ثلاثة{self.vowel}") for sentence in sentences]


CERTAIN = [
    "إلى 17 مليارا ثم 62 مليارا",
    "تم تسجيل 25 إصابة",
    "العدد (من أصل 27 دولة)",
    "وزع نحو 390 طنا منها 25 طنا هنا",
    "في 25 دولة",
    "بنحو 30 مليون دولار",
    "25 قتيلا في انفجار",
    "غرامة قدرها 200 دينار",
    "الغرامة البالغة 200 دينار",
    "أن 20 طالبا نجحوا",
    "بين 20 و30 عاما",
    "لنحو 30 أو 40 زائرا",
    "بقطر 48 بوصة",
    "الدورة الحادية والعشرون",
    "ضرب المنطقة زلزال شدته 22 ضعفا",
]


@pytest.mark.parametrize("line", CERTAIN)
def test_what_is_certain_is_never_asked(line: str) -> None:
    assert not is_open(apply_rules_unmarked(line))


@pytest.mark.parametrize(("vowel", "number"), [("\u064c", "عشرون"), ("\u064b", "عشرين"), ("", "عشرون")])
def test_the_vowel_on_the_stand_in_is_the_case(vowel: str, number: str) -> None:
    assert decide(f"سجل {GOALS}", lambda _: {}, lambda: Marking(vowel)) == f"سجل {number}"


def test_only_the_sentence_with_the_number_is_read() -> None:
    marking = Marking("\u064b")
    decide(f"وصل الوفد أمس. سجل {GOALS}. ثم عاد.", lambda _: {}, lambda: marking)
    assert marking.seen == ["سجل ثلاثة."]


def test_a_line_without_an_open_number_loads_no_model() -> None:
    def load() -> Marking:
        raise AssertionError

    assert decide("في خمسة كتب", lambda _: {}, load) == "في خمسة كتب"


def test_the_second_of_two_numbers_has_the_case_of_the_first() -> None:
    second = OpenNumber("ثلاثة", "ثلاثون", "ثلاثين", "ثلاثين", "و").written()
    assert close(f"سجل {GOALS} و{second}", ["acc", "nom"]) == "سجل عشرين وثلاثين"


def test_the_marks_of_the_author_are_read() -> None:
    assert ask(f"دمرت {GOALS} منها", {0: "دُمِّرَتْ"}) == f"دُمِّرَتْ {STOOD_IN}ثلاثة منها"
    assert normalise("دُمرت 25 وحدة سكنية") == "دمرت خمس وعشرون وحدة سكنية"


def test_what_a_verb_in_the_passive_is_about_is_its_subject() -> None:
    class Passive(Marking):
        def diacritise(self, sentences: Sequence[str]) -> list[str]:
            return [text.replace("دمرت", "دُمِّرَتْ") for text in super().diacritise(sentences)]

    assert read_cases([f"دمرت {STOOD_IN}ثلاثة"], Passive("\u064e")) == [["nom"]]
    assert read_cases([f"دمرت {STOOD_IN}ثلاثة"], Marking("\u064e")) == [["acc"]]


SENTENCES = [
    ("كلفت الصيانة خزينة البلدية 85 ألف دينار", "خمسة وثمانين ألف دينار"),
    ("أسفرت الغارة عن قتل 35 من المسلحين", "خمسة وثلاثين"),
    ("ففي الدقيقة 63 سجل الضيوف هدفهم", "الثالثة والستين"),
    ("ستكون هناك 21 مباراة محلية و92 مباراة", "إحدى وعشرون مباراة محلية واثنتان وتسعون"),
    ("تملك البلدية 61% والباقي 39% للسكان", "والباقي تسعة وثلاثون"),
    ("اعتمدت اللجنة 30 مشروعا، والحصيلة 90 مليون درهم", "والحصيلة تسعون"),
    ("لا يزال يدفع المبلغ الباقي 40 ألف دينار", "أربعين"),
    ("لعبت 7 مباريات فازت في 4 وخسرت 3", "في أربع وخسرت ثلاثا"),
    ("لعبت 7 مباريات، وتعادلت في 2 وخسرت في 5", "في اثنتين وخسرت في خمس"),
    ("احترقت 3 سيارات وأصيب 5", "خمسة"),
    ("قل الزوار منذ عام 2015، حيث وصل 45 ألف زائر إلى الجزيرة", "خمسة وأربعون ألف زائر"),
    ("أنقذ الجيران ابنة الـ62 عاما", "الاثنين والستين"),
]


@pytest.mark.parametrize(("written", "number"), SENTENCES)
def test_a_sentence_decides(written: str, number: str) -> None:
    assert number in normalise(written)
