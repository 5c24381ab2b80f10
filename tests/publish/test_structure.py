"""What stands on page, in book and transcripts is what stands in the article, in its order and with its structure."""

from __future__ import annotations

from dataclasses import replace

from publish.editions import Piece as Cues
from publish.editions import make_script, make_timeline

from tts_news.publish.reading import Item, Listing, Passage, Quotation, Reading, contents, text_of
from tts_news.publish.structure import make_reading
from tts_news.publish.transcripts import write_html, write_json, write_text
from tts_news.records import Block, Heading, ListBlock, ListItem, Paragraph, Quote, Script, Timeline


def reading_of(lines: tuple[Cues, ...], blocks: dict[str, Block] | None = None) -> Reading:
    script = replace(make_script("خبر", lines), blocks=blocks or {})
    return make_reading(script, make_timeline(script))


def in_one_chapter(*lines: Cues) -> tuple[Cues, ...]:
    return tuple((role, text, spoken, 0, block) for role, text, spoken, _, block in lines)


def cue(role: str, text: str, block: str, chapter: int = 0) -> Cues:
    return (role, text, "كَلَام", chapter, block)


def items(listing: Listing) -> list[object]:
    return [(text_of(one.title), text_of(one.body), items(one.inside) if one.inside else []) for one in listing.items]


# A heading followed at once by a titled list, text after it, a heading under a heading, one of a higher rank.
LINES = (
    cue("headline", "خبر", "a1b0"),
    cue("intro", "مقدمة.", "a1b1"),
    cue("subheading", "المطالب", "a1b2", 1),
    cue("list_title", "الأجور", "a1b3i1", 2),
    cue("list_item", "رفعها.", "a1b3i1", 2),
    cue("list_item", "بلا عنوان.", "a1b3i2", 2),
    cue("list_item", "داخلي.", "a1b3i2i1", 2),
    cue("paragraph", "ختام القسم.", "a1b4", 2),
    cue("subheading", "فرع", "a1b5", 2),
    cue("quote", "سطر أول", "a1b6", 2),
    cue("quote", "سطر ثان", "a1b6", 2),
    cue("quote", "الوزير", "a1b6c", 2),
    cue("subheading", "الرد", "a1b7", 3),
    cue("closing", "نهاية.", "a1b8", 3),
)
BLOCKS: dict[str, Block] = {
    "a1b1": Paragraph("مقدمة."),
    "a1b2": Heading("المطالب", 3),
    "a1b3": ListBlock(
        ordered=False,
        items=(
            ListItem("الأجور", "رفعها."),
            ListItem("", "بلا عنوان.", ListBlock(ordered=True, items=(ListItem("", "داخلي."),))),
        ),
    ),
    "a1b4": Paragraph("ختام القسم."),
    "a1b5": Heading("فرع", 5),
    "a1b6": Quote("سطر أول\nسطر ثان\n", "الوزير"),
    "a1b7": Heading("الرد", 2),
    "a1b8": Paragraph("نهاية."),
}


def test_the_pieces_are_the_articles_blocks_in_its_order() -> None:
    pieces = list(reading_of(LINES, BLOCKS).pieces)
    found = [(one.role, one.rank) if isinstance(one, Passage) else one.kind for one in pieces]
    assert found == [
        ("headline", 1), ("intro", 0), ("subheading", 2), "listing", ("paragraph", 0), ("subheading", 3), "quotation",
        ("subheading", 2), ("closing", 0),
    ]  # fmt: skip
    assert isinstance(pieces[3], Listing)
    assert items(pieces[3]) == [("الأجور", "رفعها.", []), ("", "بلا عنوان.", [("", "داخلي.", [])])]
    assert not pieces[3].ordered
    assert pieces[3].items[1].inside
    assert pieces[3].items[1].inside.ordered
    assert isinstance(pieces[6], Quotation)
    assert [text_of(verse) for verse in pieces[6].verses] == ["سطر أول", "سطر ثان"]


def test_chapters_are_no_part_of_the_text() -> None:
    script = replace(make_script("خبر", LINES), blocks=BLOCKS)
    marks = tuple(replace(mark, title=f"فصل {number}") for number, mark in enumerate(script.chapters))
    reading = make_reading(replace(script, chapters=marks), make_timeline(replace(script, chapters=marks)))
    for view in (write_html, write_json, write_text):
        assert "فصل" not in view(reading)


def test_the_contents_have_all_headings_and_the_chapters_that_have_none() -> None:
    entries = contents(reading_of(LINES, BLOCKS))
    assert [(entry.title, entry.depth) for entry in entries] == [
        ("افتتاح 3 حدائق جديدة", 0), ("التفاصيل", 1), ("ما الجديد؟", 1), ("فرع", 1), ("مسارات للمشي", 1),
    ]  # fmt: skip
    without = make_timeline(make_script("خبر", LINES))
    script = replace(make_script("خبر", LINES), blocks=BLOCKS)
    entries = contents(make_reading(script, Timeline(without.cues, (), without.duration_s)))
    assert [(entry.title, entry.depth) for entry in entries] == [("خبر", 0), ("المطالب", 0), ("فرع", 1), ("الرد", 0)]


def test_the_headline_of_one_article_is_the_title_and_those_of_several_stand_under_it() -> None:
    several = (*LINES, cue("headline", "خبر ثان", "a2b0", 4), cue("subheading", "فرع", "a2b1", 4))
    reading = reading_of(several, BLOCKS | {"a2b1": Heading("فرع", 4)})
    assert [story.name for story in reading.stories] == ["a1", "a2"]
    ranks = [piece.rank for piece in reading.pieces if isinstance(piece, Passage) and piece.rank]
    assert ranks == [2, 3, 4, 3, 2, 3]
    assert reading.title_lines == ()


def test_what_an_editor_has_moved_or_taken_out_is_moved_and_gone() -> None:
    moved = in_one_chapter(LINES[0], *LINES[5:8], *LINES[3:5])
    reading = reading_of(moved, BLOCKS)
    first, _, last = list(reading.pieces)[1:]
    assert isinstance(first, Listing)
    assert isinstance(last, Listing)
    assert items(first) == [("", "بلا عنوان.", [("", "داخلي.", [])])]
    assert items(last) == [("الأجور", "رفعها.", [])]
    assert [line.id for line in reading.lines] == [f"c{number:04}" for number in range(len(moved))]
    assert "نهاية." not in write_text(reading)


def test_a_list_without_the_item_around_it_is_no_part_of_the_item_before() -> None:
    reading = reading_of(in_one_chapter(LINES[0], LINES[3], LINES[6]), BLOCKS)
    (_, listing) = reading.pieces
    assert isinstance(listing, Listing)
    assert items(listing) == [("الأجور", "", []), ("", "", [("", "داخلي.", [])])]
    assert isinstance(listing.items[1], Item)


def test_a_script_without_blocks_is_laid_out_by_its_roles() -> None:
    found = list(reading_of(LINES).pieces)
    assert [piece.kind for piece in found] == [piece.kind for piece in reading_of(LINES, BLOCKS).pieces]


def test_a_verse_that_an_editor_has_changed_is_not_lost() -> None:
    changed = tuple(replace_text(line, "سطر أول", "سطر غيره المحرر") for line in LINES)
    quotation = next(piece for piece in reading_of(changed, BLOCKS).pieces if isinstance(piece, Quotation))
    assert [text_of(verse) for verse in quotation.verses] == ["سطر غيره المحرر سطر ثان"]
    shorter = tuple(line for line in LINES if line[1] != "سطر ثان")
    quotation = next(piece for piece in reading_of(shorter, BLOCKS).pieces if isinstance(piece, Quotation))
    assert [text_of(verse) for verse in quotation.verses] == ["سطر أول"]


def replace_text(line: Cues, old: str, new: str) -> Cues:
    role, text, spoken, chapter, block = line
    return role, text.replace(old, new), spoken, chapter, block


def test_a_paragraph_for_the_eye_is_shown_where_it_stands() -> None:
    blocks = BLOCKS | {"a1b4": Paragraph("للعين.", sense="eye"), "a1b9": Heading("آخر", 2, sense="eye")}
    reading = reading_of(tuple(line for line in LINES if line[4] != "a1b4"), blocks)
    text = write_text(reading)
    assert "داخلي.\n\nللعين.\n\nفرع" in text
    assert text.endswith("نهاية.\n\nآخر\n")
    assert "للعين." in write_html(reading)


def test_the_first_block_of_an_article_without_title_may_be_for_the_eye() -> None:
    script: Script = replace(
        make_script("خبر", (cue("paragraph", "نص.", "a1b2"),)),
        blocks={"a1b1": Paragraph("للعين.", sense="eye"), "a1b2": Paragraph("نص.")},
    )
    assert write_text(make_reading(script, make_timeline(script))) == "خبر\n\nللعين.\n\nنص.\n"


def test_the_table_of_contents_that_is_said_is_a_list() -> None:
    lines = (
        cue("opening", "في هذه النشرة:", "contents"),
        cue("opening", "أول", "contents1"),
        cue("opening", "ثان", "contents2"),
        cue("headline", "خبر", "a1b0"),
    )
    (own, article) = reading_of(lines).stories
    assert [piece.kind for piece in own.pieces] == ["passage", "listing"]
    assert (own.name, article.name) == ("", "a1")
