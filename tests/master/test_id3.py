"""The tag, read back by mutagen."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from mutagen.id3 import ID3, CTOCFlags

from tts_news.errors import MasterError
from tts_news.master import id3
from tts_news.master.id3 import Id3, Id3Chapter, Picture, serialise, shorten

JPEG = Picture("image/jpeg", b"\xff\xd8\xff" + bytes(100))
TAG = Id3(
    title="زيارة: كوريا — اليابان",
    artist="المذيع",
    album="نشرة الأخبار",
    date="2026-11-22",
    language="ara",
    comment="تعليق",
    lyrics="سطر أوّل\nسطر ثانٍ",
    url="https://example.org/خبر",
    contents_title="المحتويات",
    chapters=tuple(
        Id3Chapter(
            f"فصل {n} 😀", n * 10_000, (n + 1) * 10_000, f"https://example.org/{n}", JPEG if n == 1 else None, n // 3
        )
        for n in range(12)
    ),
    cover=JPEG,
)


def read(tag: Id3) -> ID3:
    return ID3(io.BytesIO(serialise(tag)), translate=False)


def test_every_text_comes_back_as_it_was() -> None:
    tag = read(TAG)
    assert tag.version == (2, 3, 0)
    texts = {name: tag[name].text[0] for name in ("TIT2", "TPE1", "TALB", "TLAN", "TCON")}
    assert texts == {
        "TIT2": TAG.title,
        "TPE1": TAG.artist,
        "TALB": TAG.album,
        "TLAN": "ara",
        "TCON": "Podcast",
    }
    assert str(tag["TYER"]) == "2026"
    assert str(tag["TDAT"]) == "2211"
    assert tag["COMM::ara"].text == [TAG.comment]
    assert tag["USLT::ara"].text == TAG.lyrics


def test_chapters_are_stored_in_the_order_of_time_and_listed_once() -> None:
    raw = serialise(TAG)
    tag = read(TAG)
    chapters = {frame.element_id: frame for frame in tag.getall("CHAP")}
    stored = [raw.index(f"chp{n}\0".encode(), raw.index(b"CHAP")) for n in range(12)]
    assert stored == sorted(stored)
    (contents,) = tag.getall("CTOC")
    assert contents.flags == CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    assert contents.child_element_ids == [f"chp{n}" for n in range(12)]
    assert [chapters[name].start_time for name in contents.child_element_ids] == [n * 10_000 for n in range(12)]
    assert all(frame.start_offset == frame.end_offset == 0xFFFFFFFF for frame in chapters.values())


def test_a_chapter_carries_its_link_and_picture() -> None:
    second = read(TAG)["CHAP:chp1"].sub_frames
    assert second["TIT2"].text == ["فصل 1 😀"]
    assert second.getall("WXXX")[0].url == "https://example.org/1"
    assert second.getall("APIC")[0].data == JPEG.data


def test_more_chapters_than_a_table_counts_are_listed_by_article() -> None:
    many = tuple(Id3Chapter(f"فصل {n}", n * 1000, (n + 1) * 1000, group=n // 30) for n in range(300))
    tag = read(replace(TAG, chapters=many))
    tables = {frame.element_id: frame for frame in tag.getall("CTOC")}
    (top,) = [table for table in tables.values() if table.flags & CTOCFlags.TOP_LEVEL]
    nested = [tables[name] for name in top.child_element_ids]
    assert [name for table in nested for name in table.child_element_ids] == [f"chp{n}" for n in range(300)]
    assert [str(table.sub_frames["TIT2"]) for table in nested] == [f"فصل {n}" for n in range(0, 300, 30)]
    assert len(tag.getall("CHAP")) == 300


def test_one_article_of_three_hundred_chapters_loses_none() -> None:
    many = tuple(Id3Chapter(f"فصل {n}", n * 1000, (n + 1) * 1000) for n in range(300))
    tag = read(replace(TAG, chapters=many))
    nested = [frame for frame in tag.getall("CTOC") if not frame.flags & CTOCFlags.TOP_LEVEL]
    assert sorted(len(table.child_element_ids) for table in nested) == [45, 255]


def test_more_than_a_tag_can_count_is_an_error() -> None:
    many = tuple(Id3Chapter("فصل", n, n + 1, group=n) for n in range(256))
    with pytest.raises(MasterError, match="256 chapters"):
        serialise(replace(TAG, chapters=many))


def test_empty_fields_leave_no_frame() -> None:
    tag = read(replace(TAG, comment="", lyrics="", url="", date="", cover=None, chapters=()))
    assert {frame.FrameID for frame in tag.values()} == {"TIT2", "TPE1", "TALB", "TLAN", "TCON"}


def test_pictures_come_after_all_that_a_player_shows_first() -> None:
    raw = serialise(TAG)
    assert raw.rindex(b"APIC") > raw.rindex(b"USLT") > raw.rindex(b"CHAP")


@pytest.mark.parametrize(
    ("title", "letters", "wanted"),
    [
        ("خبر قصير", 63, "خبر قصير"),
        ("  خبر\n قصير ", 63, "خبر قصير"),
        ("كلمة كلمة كلمة", 9, "كلمة…"),
        ("كلمة كلمة كلمة", 10, "كلمة كلمة…"),
        ("كلمة، كلمة", 8, "كلمة…"),
        ("ك" * 70, 63, "ك" * 62 + "…"),
        ("كَ" * 10, 8, "كَكَكَ…"),
    ],
)
def test_a_title_is_cut_between_words_and_says_so(title: str, letters: int, wanted: str) -> None:
    assert shorten(title, letters) == wanted
    assert len(wanted) <= letters


def test_a_tag_larger_than_id3_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(id3, "_MAX_TAG", 1000)
    with pytest.raises(MasterError, match="more than ID3 can hold"):
        serialise(TAG)
