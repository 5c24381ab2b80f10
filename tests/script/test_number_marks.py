"""Numbers in words: the vowels of each are known, and one case runs through a number."""

from __future__ import annotations

import re
import unicodedata

import pytest

from tts_news.arabic import bare
from tts_news.script import normalise
from tts_news.script.number_marks import mark_numbers
from tts_news.script.rules import numerals


def marked(model: str, *, fixed: set[int] | None = None) -> str:
    """Return what becomes of a line that the model marked; punctuation ends a number."""
    parts = model.split()
    forms = [part.rstrip("،.") for part in parts]
    ends = {place for place, part in enumerate(parts) if part != forms[place]}
    mark_numbers([bare(form) for form in forms], forms, ends, fixed or set())
    return " ".join(forms)


LEFT_ALONE = [
    "أَحَدُ الْمَسْؤُولِينَ قَالَ",
    "مِنْ إِحْدَى الدُّوَلِ",
    "السِّتَّةُ الْأَوَائِلُ",
    "يَوْمٌ وَاحِدٌ",
    "تَعَاوُنُ الدُّوَلِ الْخَمْسِ",
    "خُمُسُ السُّكَّانِ",
    "أَلَّفَ كِتَابًا",
    "أَلَّفَ الْكَاتِبُ",
    "فِي شَهْرِ صَفَرَ",
]


@pytest.mark.parametrize("line", LEFT_ALONE)
def test_what_is_no_number_is_left_alone(line: str) -> None:
    assert marked(line) == unicodedata.normalize("NFC", line)


REWRITTEN = [
    ("خَمْسَةٍ وَعِشْرُونَ شَخْصًا", "خَمْسَةٌ وَعِشْرُونَ شَخْصًا"),
    ("بَلَغَ خَمْسَةً وَعِشْرُونَ", "بَلَغَ خَمْسَةٌ وَعِشْرُونَ"),
    ("فِي خَمْسَةً وَعِشْرِينَ دَوْلَةً", "فِي خَمْسَةٍ وَعِشْرِينَ دَوْلَةً"),
    ("بَاثْنَتَيْ عَشَرَةَ سَيَّارَةً", "بِاثْنَتَيْ عَشْرَةَ سَيَّارَةً"),
    ("ثَلَاثَةُ عَشَرٍ لَاعِبًا", "ثَلَاثَةَ عَشَرَ لَاعِبًا"),
    ("إِحْدَى عَشَرَةِ دَوْلَةً", "إِحْدَى عَشْرَةَ دَوْلَةً"),
    ("الثَّالِثُ عَشَرُ مِنْ", "الثَّالِثَ عَشَرَ مِنْ"),
    ("فِي السَّاعَةِ الثَّانِيَةِ عَشْرَةِ", "فِي السَّاعَةِ الثَّانِيَةَ عَشْرَةَ"),
    ("ثَلَاثَةٌ كُتُبٍ", "ثَلَاثَةُ كُتُبٍ"),
    ("سَبْعَةُ آلَافٌ وَمِئَةٍ", "سَبْعَةُ آلَافٍ وَمِئَةٌ"),
    ("مِئَتَا أَلْفَ سَائِحٍ", "مِئَتَا أَلْفِ سَائِحٍ"),
    ("خَمْسَةٌ وَعِشْرُونَ أَلْفٍ شَخْصٍ", "خَمْسَةٌ وَعِشْرُونَ أَلْفَ شَخْصٍ"),
    ("مِلْيُونَا وَمِئَتَيْنِ", "مِلْيُونًا وَمِئَتَيْنِ"),
    ("مِلْيُونًا زَائِرٍ", "مِلْيُونَا زَائِرٍ"),
    ("ثَلَاثَةُ مَلَايِينٍ وَأَلْفَا", "ثَلَاثَةُ مَلَايِينَ وَأَلْفًا"),
    ("لِثَلَاثَةٍ أَشْهُرٍ", "لِثَلَاثَةِ أَشْهُرٍ"),
    ("ثَلَاثَةَ فَاصِلٍ اثْنَانِ", "ثَلَاثَةً فَاصِلْ اثْنَانِ"),
    ("بَيْنَ خَمْسَةٌ وَثَمَانِينَ وَتِسْعُونَ", "بَيْنَ خَمْسَةٍ وَثَمَانِينَ وَتِسْعُونَ"),
    ("ثَمَانُونَ رِسَالَةِ كُلَّ", "ثَمَانُونَ رِسَالَةً كُلَّ"),
    ("اثْنَتَا عَشْرَةَ سَيَّارَةَ إِسْعَافٍ", "اثْنَتَا عَشْرَةَ سَيَّارَةَ إِسْعَافٍ"),
    ("ثَلَاثَةُ كُتُبٌ", "ثَلَاثَةُ كُتُبٍ"),
    ("عَشَرَةُ كُتُبُ", "عَشَرَةُ كُتُبٍ"),
    ("مِئَةُ دَوْلَةٌ", "مِئَةُ دَوْلَةٍ"),
    ("بِمَا يُعَادِلُ صِفْرًا فَاصِلٍ خَمْسٍ".replace("صِفْرًا", "صِفْرَ"), "بِمَا يُعَادِلُ صِفْرٌ فَاصِلْ خَمْسٌ"),
    ("عَنْ ثَلَاثَةٍ كُتُبٍ وَسَبْعَةً وَسَبْعِينَ", "عَنْ ثَلَاثَةِ كُتُبٍ وَسَبْعَةٍ وَسَبْعِينَ"),
    ("صِفْرٍ خَمْسَةُ سِتَّةٍ أَرْبَعَةَ", "صِفْرْ خَمْسَهْ سِتَّهْ أَرْبَعَهْ"),
]


@pytest.mark.parametrize(("model", "expected"), REWRITTEN)
def test_a_number_is_marked_by_its_grammar(model: str, expected: str) -> None:
    assert marked(model) == unicodedata.normalize("NFC", expected)


def test_the_marks_of_the_author_stay() -> None:
    assert marked("خَمْسَةٍ وَعِشْرُونَ", fixed={0}) == "خَمْسَةٍ وَعِشْرُونَ"


def test_punctuation_ends_a_number() -> None:
    assert marked("ثَلَاثَةٌ، أَرْبَعَةٌ") == "ثَلَاثَةٌ أَرْبَعَةٌ"


@pytest.mark.parametrize("case", ["nom", "gen"])
@pytest.mark.parametrize("gender", ["m", "f"])
def test_every_number_is_marked_in_full_and_keeps_its_letters(case: str, gender: str) -> None:
    """Each letter but the long vowels, the alif of a wasl and the last has a mark."""
    open_letter = re.compile("[بتثجحخدذرزسشصضطظعغفقكلمنهةئء](?![\u064b-\u0652])(?=.)")
    for n in [*range(3, 400), 1_025, 2_000, 7_101, 61_416, 103_000, 1_250_000, 3_000_000, 2_024_113_205]:
        words = numerals.cardinal(n, gender=gender, case=case).split()  # type: ignore[arg-type]
        forms = list(words)
        mark_numbers(words, forms, set(), set())
        assert [bare(form) for form in forms] == words, n
        assert not open_letter.search(" ".join(forms).replace("ثَّا", "").replace("ل", "لْ") + " "), (n, forms)


def test_the_numbers_of_a_sentence_agree() -> None:
    said = normalise("وصل 25 شخصا و13 امرأة").split()
    forms = list(said)
    mark_numbers(said, forms, set(), set())
    assert forms[1:3] == ["خَمْسَةٌ", "وَعِشْرُونَ"]


@pytest.mark.parametrize("line", ["قتل 25 شخصا", "وجرح 25 شخصا", "قُتل 25 شخصا"])
def test_those_killed_and_wounded_are_the_subject(line: str) -> None:
    assert normalise(line).split()[1:3] == ["خمسة", "وعشرون"]
