"""English words by their sounds, in Arabic letters."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tts_news.script.rules.pronunciation import parts, say_english, sounds

SAID = [
    ("Justice", "جاستيس"),
    ("Future", "فيوتشر"),
    ("Station", "ستيشن"),
    ("Power", "باور"),
    ("Light", "لايت"),
    ("Street", "ستريت"),
    ("Games", "غيمز"),
    ("Health", "هيلث"),
    ("Mother", "ماذر"),
    ("Cloud", "كلاود"),
    ("Book", "بوك"),
    ("Wood", "وود"),
    ("Doctor", "دوكتور"),
    ("King", "كينغ"),
    ("Bank", "بانك"),
    ("Vision", "فيجن"),
    ("News", "نيوز"),
    ("Thousand", "ثاوزاند"),
    ("Energy", "إنرجي"),
    ("Ocean", "أوشن"),
]


@pytest.mark.parametrize(("word", "arabic"), SAID)
def test_a_word_is_said_by_its_sounds(word: str, arabic: str) -> None:
    assert say_english(word) == arabic


@pytest.mark.parametrize("word", ["zzyx", "Œuvre", "", "4g", "(", "a b"])
def test_a_word_that_is_not_listed_has_no_sounds(word: str) -> None:
    assert sounds(word) == ()
    assert say_english(word) == ""


@pytest.mark.parametrize("word", ["aaa", "zywicki", "sepultura", "stilted", "stilton", "the", "zyuganov"])
def test_every_place_of_the_dictionary_is_found(word: str) -> None:
    assert sounds(word)


@pytest.mark.parametrize(
    ("word", "found"),
    [("sportsnews", ("sports", "news")), ("worldcup", ("world", "cup")), ("street", ()), ("qwrtplmn", ()), ("cat", ())],
)
def test_two_words_written_as_one_are_told_apart(word: str, found: tuple[str, ...]) -> None:
    assert parts(word) == found


def test_a_line_without_latin_words_does_not_open_the_dictionary() -> None:
    code = (
        "from tts_news.script import normalise; from tts_news.script.rules import pronunciation as p\n"
        "normalise('وصل 5 وزراء إلى BBC'); print(p._dictionary.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
