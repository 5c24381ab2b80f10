"""Which marks become chapters."""

from __future__ import annotations

import pytest

from tts_news.master.chaptering import FEWEST, MOST, choose_chapters
from tts_news.records import ChapterKind, ChapterMark


def mark(title: str, kind: ChapterKind = "section", level: int = 0, rank: int = 1) -> ChapterMark:
    return ChapterMark(title, "c0001", level, kind=kind, rank=rank)


def titles(marks: list[ChapterMark], each_s: float, fineness: str = "sections", least_s: float = 10.0) -> list[str]:
    """Choose among marks that stand a cue apart."""
    begins_s = [each_s * place for place in range(len(marks) + 1)]
    chosen = choose_chapters(list(enumerate(marks)), begins_s, fineness, least_s)  # type: ignore[arg-type]
    assert list(chosen) == sorted(chosen)
    return [one.title for one in chosen.values()]


def test_headings_of_the_first_rank_and_articles_always_begin_a_chapter() -> None:
    headings = [mark(f"{number}") for number in range(40)]
    assert titles(headings, 2.0) == [one.title for one in headings]
    articles = [mark(f"{number // 2}" if number % 2 == 0 else "x", level=number % 2) for number in range(60)]
    assert titles(articles, 20.0) == [str(number) for number in range(30)]


def test_finer_headings_are_chapters_while_there_is_room() -> None:
    marks = [mark("أ"), mark("ب", rank=2), mark("ج", rank=2), mark("د"), mark("ه", rank=3)]
    assert titles(marks, 20.0) == ["أ", "ب", "ج", "د", "ه"]
    crowded = [mark(f"{number}", rank=1 if number % 5 == 0 else 2) for number in range(20)]
    assert titles(crowded, 20.0) == ["0", "5", "10", "15"]
    assert len(titles(crowded, 1800.0)) == 20


def test_an_hour_of_posts_has_six_chapters_unless_each_is_asked_for() -> None:
    posts = [mark("العنوان"), *(mark(f"{minute}", "post") for minute in range(60))]
    assert titles(posts, 60.0) == ["العنوان", "9", "19", "29", "39", "49", "59"]
    assert len(titles(posts, 60.0, "posts")) == len(titles(posts, 60.0, "items")) == 61


def test_items_are_chapters_where_there_is_room_for_all_of_them_or_they_are_asked_for() -> None:
    items = [mark("القائمة"), *(mark(f"{number}", "item") for number in range(1, FEWEST))]
    assert titles(items, 12.0) == [one.title for one in items]
    assert titles(items, 4.0) == ["القائمة"]
    many = [*items, mark("أخير", "item")]
    assert titles(many, 12.0) == ["القائمة"]
    assert titles(many, 12.0, "posts") == ["القائمة"]
    assert titles(many, 12.0, "items") == [one.title for one in many]


def test_an_items_title_says_more_than_that_a_list_begins() -> None:
    begins_s = [0.0, 20.0, 40.0]
    marks = [(0, mark("العنوان")), (1, mark("وتشمل الخطة ثلاث مراحل", "part")), (1, mark("بند", "item"))]
    assert [one.title for one in choose_chapters(marks, begins_s, "sections", 10.0).values()] == ["العنوان", "بند"]
    begins_s[-1] = 25.0
    assert [one.title for one in choose_chapters(marks, begins_s, "sections", 10.0).values()] == ["العنوان"]


@pytest.mark.parametrize("count", [MOST, MOST + 1, 4 * MOST])
def test_a_file_lists_no_more_chapters_than_it_can(count: int) -> None:
    found = titles([mark(f"{number}") for number in range(count)], 5.0)
    assert MOST // 2 < len(found) <= MOST
