from __future__ import annotations

import pytest

from tts_news.script.diacritics import forms
from tts_news.script.diacritics.forms import Form, Forms, load_forms
from tts_news.script.diacritics.marks import READING_INDEX, take_apart


def admits(form: Form, vowelled: str) -> bool:
    marks = take_apart(vowelled).marks
    return all(not may or READING_INDEX[mark] in may for may, mark in zip(form.letters, marks, strict=True))


@pytest.mark.parametrize(
    ("vowelled", "kind"),
    [
        ("افتَتَحَتِ", "V"),
        ("افتُتِحَت", "v"),
        ("كِتَابًا", "N"),
        ("والجَنُوبِيَّةِ".replace("وا", "وَا"), "A"),
        ("بِالشَّمسِ", "N"),
        ("حُكُومَتِهِم", "N"),
        ("مُستَوًى", "N"),
        ("مُستَشفَاهُ", "N"),
        ("سَيَنظُرُ", "R"),
        ("لِلِاختِلَاسِ", "N"),
        ("أَكبَرُ", "E"),
        ("طُوكيُو", "X"),
    ],
)
def test_a_word_is_known_with_its_clitics(vowelled: str, kind: str) -> None:
    forms = load_forms().of(take_apart(vowelled).bases)
    assert any(form.kind == kind and admits(form, vowelled) for form in forms)


@pytest.mark.parametrize("vowelled", ["افتُتَحَتِ", "غَطَتِ", "بِكَتَبَ", "استَقبَلُ"])
def test_what_is_no_word_is_no_form(vowelled: str) -> None:
    assert not any(admits(form, vowelled) for form in load_forms().of(take_apart(vowelled).bases))


def test_gender_number_and_article_are_told() -> None:
    form = next(form for form in load_forms().of("والجمهوريات") if form.kind == "N")
    assert (form.gender, form.number, form.definite, form.stem) == ("f", "p", True, (3, 11))


def test_a_word_nobody_wrote_is_unknown() -> None:
    assert load_forms().of("ظظظظ") == ()


@pytest.mark.parametrize("end", ["", "\n"])
def test_the_table_is_sought_in_as_it_stands_and_then_line_by_line(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["ب\t0/A", "باب\t0-/Nms", "بابا\t0-/Nms", "ىى\t0/A"]
    heads = ["ء\t", "ب\t", "با\t", "باب\t", "بابا\t", "بابات\t", "ىى\t", "ييي\t"]
    wanted = [next((line for line in lines if line >= head), "") for head in heads]
    for few in (100, 1):
        monkeypatch.setattr(forms, "_FEW", few)
        table = Forms(("\n".join(lines) + end).encode())
        assert [table._line(head) for head in heads] == wanted


def test_how_common_a_reading_is_was_counted() -> None:
    counted = {form.letters[3]: form.commonness for form in load_forms().of("متهم") if form.kind == "A"}
    assert counted[()] > 0
    charged, charging = (
        max(form.commonness for form in load_forms().of("متهمين") if admits(form, vowelled) and form.number == "p")
        for vowelled in ("مُتَّهَمِينَ", "مُتَّهِمِينَ")
    )
    assert charged >= charging + 3


def test_broken_plurals_and_lemmas_that_the_analyser_lacks_are_words() -> None:
    for vowelled in ("عُمَّالًا", "الجُدُدُ", "حِرَفِيُّونَ", "مِنَصَّاتِ"):
        assert any(admits(form, vowelled) for form in load_forms().of(take_apart(vowelled).bases)), vowelled


def test_what_is_an_adjective_in_the_press_is_one_and_a_common_word_is_no_name() -> None:
    kinds = {word: {form.kind for form in load_forms().of(word)} for word in ("جديد", "عائلة", "قانون", "سعر", "سمير")}
    assert "A" in kinds["جديد"]
    assert "A" not in kinds["عائلة"] | kinds["قانون"]
    assert "X" not in kinds["سعر"]
    assert "X" in kinds["سمير"]


@pytest.mark.parametrize(("vowelled", "takes"), [("غَادَرَ", "t"), ("تَسقُطُ", "i"), ("يَرفَعُ", "b"), ("كِتَابٌ", "")])
def test_of_a_verb_it_is_told_whether_it_takes_an_object(vowelled: str, takes: str) -> None:
    found = {form.takes for form in load_forms().of(take_apart(vowelled).bases) if admits(form, vowelled)}
    assert takes in found
