"""What cannot be read is a failed draft with its reason, and the desk goes on; what is kept comes back whole."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from desk.conftest import ARTICLE, config_in

from tts_news.desk.drafts import Draft, DraftStore, Papers
from tts_news.desk.intake import Intake
from tts_news.desk.paper import dump_article, dump_readings, parse_article, parse_readings
from tts_news.records import Dropped, Figure, Heading, ListBlock, ListItem, Quote
from tts_news.script.alternatives import alternatives
from tts_news.script.doubts import Reading, Word


def test_what_cannot_be_read_fails_with_its_reason_and_the_next_is_taken(tmp_path: Path) -> None:
    config = config_in(tmp_path)
    store = DraftStore(tmp_path)
    intake = Intake(config, store)
    first = store.add(Draft("", "article", "queued", "", "-"), Papers(data=b"\x89PNG\r\n" + bytes(400)))
    second = store.add(Draft("", "article", "queued", "", "./x.txt"), Papers(data=b"only Latin letters here."))
    assert [intake._step() for _ in range(3)] == [True, True, False]
    intake.reader.close()
    assert [store.find(name).state for name in (first, second)] == ["failed", "failed"]  # type: ignore[arg-type, union-attr]
    assert "a picture" in store.find(first).error  # type: ignore[arg-type, union-attr]
    store.close()


def test_what_was_being_read_when_a_server_died_is_read_again(tmp_path: Path) -> None:
    store = DraftStore(tmp_path)
    name = store.add(Draft("", "article", "queued", "عنوان", "-"), Papers(data=b"x"))
    assert store.take()
    assert store.take() is None
    store.close()
    again = DraftStore(tmp_path)
    taken = again.take()
    assert taken
    assert taken.id == name
    again.close()


def test_articles_and_readings_come_back_whole() -> None:
    blocks = (
        Heading("قسم", 2),
        ListBlock(ordered=True, items=(ListItem("أول", "نص"),)),
        Quote("قول", "قائل"),
        Figure("صورة"),
    )
    article = replace(ARTICLE, blocks=(*ARTICLE.blocks, *blocks), dropped=(Dropped("إعلان", "boilerplate"),))
    assert parse_article(dump_article(article)) == article
    readings = (
        Reading(
            "c0001", (Word("نَصٌّ", 1.5, doubts=("margin",)), Word("سَلْمَى", math.inf, "lexicon")), ("dates",), latin=True
        ),
    )
    assert parse_readings(dump_readings(readings)) == readings


@pytest.mark.parametrize(("word", "one"), [("عَلِمَ", "عُلِمَ"), ("وَتُقَدَّمُ", "وَتَقَدَّمَ"), ("تشيهواهوا", "")])
def test_other_readings_of_a_word_are_offered(word: str, one: str) -> None:
    found = alternatives(word)
    assert (one in found) if one else (found == ())
    assert word not in found
