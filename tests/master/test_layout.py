from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from tones import article_script

from tts_news.errors import MasterError
from tts_news.master.layout import Spoken, plan
from tts_news.records import ChapterMark, Script

RATE = 44_100


def spoken(script: Script, seconds: float = 4.0) -> list[Spoken]:
    return [Spoken(cue, round((seconds + 0.0137 * number) * RATE)) for number, cue in enumerate(script.cues)]


def test_pauses_are_those_of_the_script_to_the_sample() -> None:
    script = replace(article_script(), chapters=())
    pieces = spoken(script)
    layout = plan(script, pieces, {}, RATE, 10)
    for number in range(1, len(pieces)):
        pause = layout.starts[number] - layout.starts[number - 1] - layout.lengths[number - 1]
        assert pause == round(pieces[number - 1].cue.pause_s * RATE)


def test_chapters_start_on_whole_seconds_in_the_pause_before_their_cue() -> None:
    script = article_script(sections=6)
    layout = plan(script, spoken(script), {}, RATE, 10)
    order = {cue.id: number for number, cue in enumerate(script.cues)}
    assert len(layout.chapters) == 7
    for mark, start in layout.chapters:
        number = order[mark.first_cue]
        assert start % RATE == 0
        assert 0 <= layout.starts[number] - start <= 0.05 * RATE
        if number:
            assert start > layout.starts[number - 1] + layout.lengths[number - 1]


def test_a_pause_before_a_chapter_is_never_shorter_than_the_script_asks_and_at_most_a_second_longer() -> None:
    script = article_script(sections=8)
    pieces = spoken(script)
    layout = plan(script, pieces, {}, RATE, 10)
    for number in range(1, len(pieces)):
        pause = layout.starts[number] - layout.starts[number - 1] - layout.lengths[number - 1]
        asked = round(pieces[number - 1].cue.pause_s * RATE)
        assert asked <= pause <= asked + 1.1 * RATE


def test_a_chapter_has_a_pause_of_its_own_where_the_script_asks_for_none() -> None:
    script = article_script(sections=3)
    script = replace(script, cues=tuple(replace(cue, pause_s=0.0) for cue in script.cues))
    first = plan(script, [Spoken(cue, RATE) for cue in script.cues], {}, RATE, 10).starts[0]
    # The first chapter of its own would begin with the very end of what stands before it: both on a whole second.
    lengths = [4 * RATE - first, *[4 * RATE] * (len(script.cues) - 1)]
    pieces = [Spoken(cue, length) for cue, length in zip(script.cues, lengths, strict=True)]
    layout = plan(script, pieces, {}, RATE, 10)
    order = {cue.id: number for number, cue in enumerate(script.cues)}
    for mark, start in layout.chapters[1:]:
        number = order[mark.first_cue]
        assert start > layout.starts[number - 1] + layout.lengths[number - 1]


def test_a_part_shorter_than_the_least_length_joins_the_one_before_and_a_section_never() -> None:
    script = article_script(sections=4, cues=1)
    parts = replace(script, chapters=tuple(replace(mark, kind="part") for mark in script.chapters))
    layout = plan(parts, spoken(parts, 2.0), {}, RATE, 10)
    assert [mark.title for mark, _ in layout.chapters] == [script.chapters[0].title]
    assert len(plan(parts, spoken(parts, 2.0), {}, RATE, 3).chapters) == 5
    assert len(plan(script, spoken(script, 2.0), {}, RATE, 10).chapters) == 5


def test_articles_keep_their_chapter_however_short() -> None:
    script = article_script(articles=5, sections=1, cues=1)
    layout = plan(script, spoken(script, 1.0), {}, RATE, 10)
    assert [mark.title for mark, _ in layout.chapters] == [source.title for source in script.sources]


def test_a_separator_stands_between_articles_and_chapters_start_after_it() -> None:
    script = article_script(articles=3)
    layout = plan(script, spoken(script), {"separator": RATE, "intro": 2 * RATE, "outro": 3 * RATE}, RATE, 10)
    assert [jingle.name for jingle in layout.jingles] == ["intro", "separator", "separator", "outro"]
    busy = sorted(
        [(jingle.start, jingle.start + jingle.length) for jingle in layout.jingles]
        + [(start, start + length) for start, length in zip(layout.starts, layout.lengths, strict=True)]
    )
    assert all(end < start for (_, end), (start, _) in pairwise(busy))
    assert layout.total > busy[-1][1]
    for _, start in layout.chapters[1:]:
        assert not any(begin <= start < end for begin, end in busy)
    assert layout.chapters[0][1] == 0


def test_a_mark_whose_cue_has_no_sound_moves_to_the_next_that_has() -> None:
    script = article_script()
    pieces = [piece for piece in spoken(script) if piece.cue.id != script.chapters[2].first_cue]
    titles = [mark.title for mark, _ in plan(script, pieces, {}, RATE, 5).chapters]
    assert script.chapters[2].title in titles


def test_the_first_chapter_begins_with_the_sound_although_its_mark_comes_later() -> None:
    script = article_script(sections=3)
    later = replace(script, chapters=script.chapters[1:])
    layout = plan(later, spoken(later), {}, RATE, 5)
    assert (layout.chapters[0][0].title, layout.chapters[0][1]) == (later.chapters[0].title, 0)


def test_a_script_without_chapters_has_one() -> None:
    script = replace(article_script(), chapters=())
    layout = plan(script, spoken(script), {}, RATE, 10)
    assert [(mark.title, start) for mark, start in layout.chapters] == [(script.title, 0)]


def test_a_mark_at_a_cue_that_is_not_there_is_an_error() -> None:
    script = article_script()
    broken = replace(script, chapters=(*script.chapters, ChapterMark("فصل", "c9999")))
    with pytest.raises(MasterError, match="c9999"):
        plan(broken, spoken(broken), {}, RATE, 10)


def test_no_pause_at_all_still_leaves_silence_before_a_chapter() -> None:
    script = article_script()
    script = replace(script, cues=tuple(replace(cue, pause_s=0.0) for cue in script.cues))
    pieces = [Spoken(cue, round(3.97 * RATE)) for cue in script.cues]  # ends just before a whole second
    layout = plan(script, pieces, {}, RATE, 10)
    order = {cue.id: number for number, cue in enumerate(script.cues)}
    for mark, start in layout.chapters[1:]:
        number = order[mark.first_cue]
        assert start - layout.starts[number - 1] - layout.lengths[number - 1] >= 0.1 * RATE


def test_the_silence_that_came_with_the_takes_is_part_of_the_pause() -> None:
    script = replace(article_script(), chapters=())
    pieces = [replace(piece, lead=600, tail=1700) for piece in spoken(script)]
    layout = plan(script, pieces, {}, RATE, 10)
    for number in range(1, len(pieces)):
        silence = layout.starts[number] - layout.starts[number - 1] - layout.lengths[number - 1]
        assert silence + 600 + 1700 == round(pieces[number - 1].cue.pause_s * RATE)


def test_an_article_of_which_nothing_was_said_has_no_place() -> None:
    script = article_script(articles=3)
    script = replace(script, sources=(*script.sources[:2], replace(script.sources[2], first_cue="")))
    assert len(plan(script, spoken(script), {"separator": RATE}, RATE, 10).jingles) == 1
