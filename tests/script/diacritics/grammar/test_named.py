from __future__ import annotations

import pytest

from tts_news.script import diacritise


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("شارك في مهرجان كناوة وعاد.", "مِهْرَجَانِ كَنَاوَةَ"),
    ],
)
def test_the_genitive_of_a_name_that_ends_in_ta_marbuta_is_a_fatha(text: str, said: str) -> None:
    assert said in diacritise(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("سافر إلى مدينة جديدة.", "مَدِينَةٍ جَدِيدَةٍ"),
        ("فاز على مولودية الجزائر.", "مَوْلُودِيَّةِ"),
        ("حضر ألف تلميذة وتلميذ.", "تِلْمِيذَةٍ"),
    ],
)
def test_what_is_no_name_keeps_its_kasra(text: str, said: str) -> None:
    assert said in diacritise(text)
