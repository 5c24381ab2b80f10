"""Reading without the model: what is prepared, and that it takes no longer than the text is long."""

from __future__ import annotations

import pytest

from tests.work import cpu_growth
from tts_news.arabic import bare
from tts_news.script import normalise
from tts_news.script.lexicon import Entry, Lexicon, seed
from tts_news.script.reading import MAX_WORD_LETTERS, Reader, Said

LEXICON = Lexicon((*seed(), Entry("XQ-7", "إِكْس كِيُو سَبْعَة"), Entry("بيت الحكمة الجديد", "بَيْت الْحِكْمَة الْجَدِيد")))


def reader() -> Reader:
    return Reader(normalise, LEXICON)


def read(text: str, limit: int = 240) -> list[Said]:
    """Read a text as if the model added no marks."""
    own = reader()
    _, sentences = own.prepare(text)
    return [cue for sentence in sentences for cue in own.finish(sentence, own.shown(sentence), limit)]


def test_the_model_sees_whole_sentences_with_their_punctuation() -> None:
    own = reader()
    _, sentences = own.prepare("وصل 3 خبراء، أمس. وغادروا!")
    assert [own.shown(sentence) for sentence in sentences] == ["وصل ثلاثة خبراء، أمس.", "وغادروا!"]


def test_what_the_model_sees_does_not_hang_on_the_lexicon() -> None:
    first, second = (Reader(normalise, Lexicon([Entry("XQ-7", spoken)])) for spoken in ("إِكْس كِيُو", "كَلِمَة أُخْرَى طَوِيلَة"))
    text = "طائرة XQ-7 جديدة"
    assert first.shown(first.prepare(text)[1][0]) == second.shown(second.prepare(text)[1][0])


def test_a_name_of_the_lexicon_is_not_divided() -> None:
    for before in range(2, 8):
        text = "كلمة " * before + "بيت الحكمة الجديد" + " كلمة" * (8 - before)
        cues = read(text, limit=30)
        assert len(cues) > 1
        assert sum("بيت الحكمة الجديد" in cue.written for cue in cues) == 1


def test_a_word_that_no_language_has_is_said_in_parts() -> None:
    cues = read("ابت" * 50, limit=40)
    assert all(len(word.rstrip(".،")) <= MAX_WORD_LETTERS for cue in cues for word in bare(cue.spoken).split())
    assert "".join(cue.written for cue in cues) == "ابت" * 50


def test_a_part_of_which_nothing_is_said_is_written_beside_its_neighbour() -> None:
    cues = read("نص أول [pause 1s] *** [pause 2s] نص ثان.")
    assert [(cue.written.split(), cue.pause_s) for cue in cues] == [(["نص", "أول", "***"], 3.0), (["نص", "ثان."], None)]


HOSTILE = [
    "ABC ",
    "كَلِمَةٌ ",
    "«كلمة» ",
    "كلمة، ",
    "12345",
    "كلمة [pause 1s] ",
    '<sub alias="أ">ب</sub>. ',
    "XQ-7 ",
    "د. ",
    "ا",
]


@pytest.mark.parametrize("part", HOSTILE)
def test_the_work_grows_with_the_text_and_not_faster(part: str) -> None:
    assert cpu_growth(lambda size: read(part * (size // len(part)), limit=100), 1_500) < 3


def test_a_word_in_latin_letters_takes_no_case_ending() -> None:
    [cue] = read("أعلنت Chrome أن Windows تأخرت.")
    said = {bare(word): word for word in cue.spoken.rstrip(".").split()}
    assert [said[word][-1] for word in ("كروم", "ويندوز", "تأخرت")] == ["\u0652", "\u0652", "ت"]
