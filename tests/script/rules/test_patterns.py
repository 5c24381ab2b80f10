from __future__ import annotations

import re

from tts_news.arabic import plain
from tts_news.script.rules.patterns import any_of, loose, present


def test_a_loose_pattern_passes_over_marks_and_hamza_seats() -> None:
    assert re.fullmatch(loose("أكتوبر"), "اكتوبر")
    assert re.fullmatch(loose("أكتوبر"), "أُكْتُوبَر")
    assert not re.fullmatch(loose("أكتوبر"), "أكتوبرا")


def test_the_longest_word_of_several_is_tried_first() -> None:
    match = re.match(any_of(["تشرين", "تشرين الأول"]), "تشرين الأول")
    assert match
    assert match[0] == "تشرين الأول"


def test_the_plain_form_has_no_marks_and_one_alif() -> None:
    assert plain("  الأُرْدُنّ  إلى آخِره ") == "الاردن الى اخره"


def test_of_a_long_list_the_words_in_a_text_are_kept_in_their_order() -> None:
    assert present(["دولارات", "أوقية", "دولار", "ين"], "دفع 5 دُولارًا و3 اوقية") == ("أوقية", "دولار")


def test_an_alternation_of_no_words_never_matches() -> None:
    assert not re.search(any_of([]), "كلمة")
