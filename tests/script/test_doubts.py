"""What an editor is to look at first: who decided each word, how sure, and why it may be wrong."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from tts_news.arabic import bare, words
from tts_news.records import Article, Casting, ListBlock, ListItem, Paragraph
from tts_news.script import ScriptSettings, compose, review
from tts_news.script.doubts import Reading, chance_of_error
from tts_news.script.lexicon import make_entry
from tts_news.script.lexicon_file import add_entries

ARTICLE = Article(
    "وصول الوفد",
    (
        Paragraph("زار الوفد مدينة تشيهواهوا وأقام فيها 3 أيام."),
        Paragraph("ارتفعت المبيعات الى 25 سيارة، وقالت Zyrcon Labs إن الأمر لم يُحسم."),
        Paragraph("ذهب الرجل إلى صفاقس."),
        ListBlock(ordered=True, items=(ListItem("", "البند الأول."), ListItem("", "البند الثاني."))),
    ),
)


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reading]:
    """The readings of the article by what is written, its script being the one that `compose` gives."""
    lexicon = tmp_path_factory.mktemp("show") / "lexicon.toml"
    add_entries(Path(lexicon), [make_entry("صفاقس", "صَفَاقِسْ", "", (), "lexicon", ())])
    settings = ScriptSettings(lexicon=str(lexicon))
    script, readings = review([ARTICLE], settings, Casting("house"))
    assert script == compose([ARTICLE], settings, Casting("house"))
    for cue, reading in zip(script.cues, readings, strict=True):
        assert reading.cue == cue.id
        assert [word.spoken for word in reading.words] == words(cue.spoken)
    return {cue.written: reading for cue, reading in zip(script.cues, readings, strict=True)}


def of(reviewed: dict[str, Reading], begin: str) -> Reading:
    return next(reading for written, reading in reviewed.items() if begin in written)


def test_a_name_that_no_table_knows_is_doubted_and_a_word_of_every_day_is_not(reviewed: dict[str, Reading]) -> None:
    doubts = {bare(word.spoken): word.doubts for word in of(reviewed, "زار").words}
    assert "unknown" in doubts["تشيهواهوا"]
    assert "unknown" not in doubts["زار"]


def test_restored_letters_latin_words_and_told_cases_are_reasons(reviewed: dict[str, Reading]) -> None:
    reading = of(reviewed, "ارتفعت")
    assert {"hamza", "latin"} <= set(reading.doubts)
    assert {"counting", "latin"} <= set(reading.rules)


def test_what_the_lexicon_or_the_author_says_is_settled(reviewed: dict[str, Reading]) -> None:
    name = next(word for word in of(reviewed, "ذهب").words if "صَ" in word.spoken)
    assert (name.origin, name.lead_nats, name.doubts) == ("lexicon", math.inf, ())
    assert name.chance_of_error == 0.0


def test_the_announcement_of_an_item_is_no_word_of_the_models(reviewed: dict[str, Reading]) -> None:
    assert of(reviewed, "البند الأول").words[0].origin == "lexicon"


def test_a_small_lead_and_an_unknown_word_are_likelier_wrong() -> None:
    assert chance_of_error(0.0, ()) > chance_of_error(4.0, ()) > chance_of_error(15.0, ())
    assert chance_of_error(4.0, ("unknown",)) > chance_of_error(4.0, ())
    assert chance_of_error(50.0, ("case",)) == 0.05
