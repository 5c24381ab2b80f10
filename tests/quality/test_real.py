"""How whole news sentences are read, letters and marks, pinned: the floors only rise. See `real/README.md`."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest
from real_score import Score, readings, score, sentences

from tts_news.script.line import Lines
from tts_news.script.settings import ScriptSettings

HERE = Path(__file__).parent
FLOOR = tomllib.loads((HERE / "real_floor.toml").read_text(encoding="utf-8"))
SENTENCES = sentences()
SECOND = sentences("second")
THIRD = sentences("third")


@pytest.fixture(scope="module")
def lines() -> Lines:
    return Lines(ScriptSettings())


@pytest.fixture(scope="module")
def scores(lines: Lines) -> list[Score]:
    return [score(one, lines.vowelled(one.written)) for one in SENTENCES]


@pytest.fixture(scope="module")
def second_scores(lines: Lines) -> list[Score]:
    return [score(one, lines.vowelled(one.written)) for one in SECOND]


def test_the_set_is_as_large_and_as_wide_as_it_was() -> None:
    assert len(SENTENCES) >= 320
    assert len({one.outlet for one in SENTENCES}) >= 16
    assert len(SECOND) >= 150
    assert len(THIRD) >= 60
    assert not {one.outlet for one in SECOND} & {one.outlet for one in SENTENCES}
    assert not {one.outlet for one in THIRD} & {one.outlet for one in (*SENTENCES, *SECOND)}
    assert all(one.spoken == unicodedata.normalize("NFC", one.spoken) for one in (*SENTENCES, *SECOND, *THIRD))


def test_every_accepted_reading_scores_full_marks() -> None:
    for one in (*SENTENCES, *SECOND, *THIRD):
        *_, last = readings(one)
        for reading in (one.spoken, last):
            assert score(one, reading)[:2] == (True, 0), one.id


def test_a_wrong_ending_a_lost_word_and_a_wrong_number_are_noticed() -> None:
    one = SENTENCES[0]
    words = one.spoken.split()
    assert score(one, " ".join([*words[:-2], *words[-1:]]))[:2] == (False, 1)
    ending = words[1][:-1] + ("\u064e" if words[1][-1] != "\u064e" else "\u064f")
    assert score(one, " ".join([words[0], ending, *words[2:]]))[:2] == (True, 1)


def test_whole_sentences_stay_above_their_floor(scores: list[Score]) -> None:
    assert sum(one.right for one in scores) / len(scores) >= FLOOR["right"]


def test_words_stay_above_their_floor(scores: list[Score]) -> None:
    assert sum(one.wrong for one in scores) / sum(one.words for one in scores) <= FLOOR["wrong_words"]


@pytest.mark.slow
def test_the_second_set_stays_above_its_floor(second_scores: list[Score]) -> None:
    assert sum(one.right for one in second_scores) / len(second_scores) >= FLOOR["second_right"]
    assert (
        sum(one.wrong for one in second_scores) / sum(one.words for one in second_scores) <= FLOOR["second_wrong_words"]
    )


@pytest.mark.slow
def test_the_third_set_stays_above_its_floor(lines: Lines) -> None:
    scores = [score(one, lines.vowelled(one.written)) for one in THIRD]
    assert sum(one.right for one in scores) / len(scores) >= FLOOR["third_right"]
    assert sum(one.wrong for one in scores) / sum(one.words for one in scores) <= FLOOR["third_wrong_words"]
