"""DAISY 2.02 and 3: the article's structure, every sentence with its sound, headings that can be jumped to."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from publish.editions import DATE, SHOW, VOICE, Press, dump, make_script, make_timeline
from publish.editions import Piece as Cues

from tts_news.errors import PublishError
from tts_news.publish import check_books, open_edition
from tts_news.publish.daisy import VERSIONS
from tts_news.records import Block, Cell, Heading, ListBlock, ListItem, Note, Notes, Paragraph, Quote, Script, Table

Book = dict[str, bytes]


def cue(role: str, text: str, block: str, chapter: int = 0) -> Cues:
    return (role, text, "كَلَام", chapter, block)


LINES = (
    cue("headline", 'خبر <b> & "مهم"', "a1b0"),
    cue("intro", "OpenAI تعلن.", "a1b1"),
    cue("subheading", "المطالب", "a1b2", 1),
    cue("list_item", "رفع الأجور.", "a1b3i1", 1),
    cue("list_item", "داخلي.", "a1b3i1i1", 1),
    cue("subheading", "فرع", "a1b4", 2),
    cue("quote", "سنفعل.", "a1b5", 2),
    cue("quote", "الوزير", "a1b5c", 2),
    cue("table_row", "الرياض: 3", "a1b6r1", 2),
    cue("subheading", "الرد", "a1b7", 3),
    cue("paragraph", "لا رد.", "a1b8", 3),
)
BLOCKS: dict[str, Block] = {
    "a1b1": Paragraph("OpenAI تعلن."),
    "a1b2": Heading("المطالب", 2),
    "a1b3": ListBlock(
        ordered=True, items=(ListItem("", "رفع الأجور.", ListBlock(ordered=False, items=(ListItem("", "داخلي."),))),)
    ),
    "a1b4": Heading("فرع", 3),
    "a1b5": Quote("سنفعل.", "الوزير"),
    "a1b6": Table(heads=("المدينة", "العدد"), rows=((Cell("الرياض", 0), Cell("3", 1)),)),
    "a1b7": Heading("الرد", 2),
    "a1b8": Paragraph("لا رد."),
    "a1b9": Notes((Note("كتاب <1>", "1"),), "المراجع"),
}
HEADINGS = [("h1", 'خبر <b> & "مهم"'), ("h2", "المطالب"), ("h3", "فرع"), ("h2", "الرد")]


def script_of() -> Script:
    return replace(make_script('خبر <b> & "مهم"', LINES), blocks=BLOCKS)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory, tone: bytes) -> dict[str, Book]:
    place = make(Press(tmp_path_factory.mktemp("daisy"), tone))
    return {version: read(next(place.glob(f"*{suffix}"))) for version, suffix in VERSIONS.items()}


def make(press: Press) -> Path:
    script = script_of()
    with open_edition(press.output, script, DATE) as draft:
        draft.commit(dump(script), press.master(draft, script), (VOICE,), SHOW, books=("daisy",))
    return draft.place


def read(path: Path) -> Book:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def tree(book: Book, name: str) -> etree._Element:
    root = etree.fromstring(book[name])
    for element in root.iter("*"):
        element.tag = etree.QName(element).localname
    return root


def text(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def outline(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield headings, lists, items, quotes and rows in their order."""
    for element in root.iter("*"):
        if element.tag in {"h1", "h2", "h3", "td", "th"}:
            yield element.tag, text(element)
        elif element.tag in {"list", "ol", "ul", "li", "blockquote", "table", "tr"}:
            yield {"ol": "list", "ul": "list"}.get(element.tag, element.tag), ""


WHOLE = [
    *HEADINGS[:2], ("list", ""), ("li", ""), ("list", ""), ("li", ""), HEADINGS[2], ("blockquote", ""), ("table", ""),
    ("tr", ""), ("th", "المدينة"), ("th", "العدد"), ("tr", ""), ("th", "الرياض"), ("td", "3"), HEADINGS[3],
    ("h2", "المراجع"), ("list", ""), ("li", ""),
]  # fmt: skip


@pytest.mark.parametrize(("version", "name"), [("2.02", "text.html"), ("3", "text.xml")])
def test_the_text_has_the_articles_structure(books: dict[str, Book], version: str, name: str) -> None:
    root = tree(books[version], name)
    assert list(outline(root)) == WHOLE
    assert root.get("dir") == "rtl"
    assert "كتاب <1>" in text(root)


def test_headings_can_be_jumped_to_in_the_older_book(books: dict[str, Book]) -> None:
    body = tree(books["2.02"], "ncc.html").find("body")
    assert [(one.tag, text(one)) for one in body] == HEADINGS
    assert body[0].get("class") == "title"
    names = set(tree(books["2.02"], "content.smil").xpath("//@id"))
    assert {link.get("href").partition("#")[2] for link in body.iter("a")} <= names


def test_headings_can_be_jumped_to_in_the_newer_book(books: dict[str, Book]) -> None:
    ncx = tree(books["3"], "navigation.ncx")
    points = list(ncx.iter("navPoint"))
    assert [(one.get("class"), one.findtext("navLabel/text")) for one in points] == HEADINGS
    assert [one.get("playOrder") for one in points] == ["1", "2", "3", "4"]
    assert points[2].getparent() is points[1]
    names = set(tree(books["3"], "content.smil").xpath("//@id"))
    assert {one.find("content").get("src").partition("#")[2] for one in points} <= names


@pytest.mark.parametrize(("version", "name"), [("2.02", "text.html"), ("3", "text.xml")])
def test_every_sentence_sounds_in_its_place(books: dict[str, Book], version: str, name: str) -> None:
    places = {element.get("id"): element for element in tree(books[version], name).iter("*") if element.get("id")}
    said = [element.get("src") for element in tree(books[version], "content.smil").iter("text")]
    assert {source.partition("#")[0] for source in said} == {name}
    found = [text(places[source.partition("#")[2]]) for source in said]
    assert found == [line[1] if line[0] != "table_row" else "الرياض3" for line in LINES]


def test_the_sound_is_gone_through_without_a_gap(books: dict[str, Book]) -> None:
    older = list(tree(books["2.02"], "content.smil").iter("audio"))
    clips = [(float(one.get("clip-begin")[4:-1]), float(one.get("clip-end")[4:-1])) for one in older]
    assert clips[0][0] == 0.0
    assert all(one[1] == other[0] for one, other in pairwise(clips))
    total = make_timeline(script_of()).duration_s
    assert clips[-1][1] == pytest.approx(total, abs=0.001)
    newer = list(tree(books["3"], "content.smil").iter("audio"))
    assert newer[-1].get("clipEnd") == f"0:00:{total:06.3f}"
    assert len(newer) == len(older)


def test_a_sentence_of_the_newer_book_knows_its_sound(books: dict[str, Book]) -> None:
    known = [element.get("smilref") for element in tree(books["3"], "text.xml").iter("sent", "tr")]
    assert len([one for one in known if one]) == len(LINES)


def test_text_of_the_newer_book_stands_in_the_level_of_its_heading(books: dict[str, Book]) -> None:
    root = tree(books["3"], "text.xml")
    for element in root.iter("h1", "h2", "h3"):
        assert element.getparent().tag == f"level{element.tag[1]}"
    assert [text(one) for one in root.find(".//level3").iter("blockquote")] == ["سنفعل. الوزير"]


def test_every_file_of_the_newer_book_is_in_its_manifest(books: dict[str, Book]) -> None:
    package = tree(books["3"], "package.opf")
    assert {item.get("href") for item in package.iter("item")} == set(books["3"])
    assert package.findtext(".//Identifier").startswith("urn:uuid:")


def test_the_sound_is_the_mp3(books: dict[str, Book], tone: bytes) -> None:
    assert all(book["sound.mp3"].startswith(tone) for book in books.values())
    assert set(books["2.02"]) == {"ncc.html", "text.html", "content.smil", "master.smil", "sound.mp3"}


def test_the_same_edition_gives_the_same_bytes(tmp_path: Path, tone: bytes) -> None:
    places = [make(Press(tmp_path / name, tone)) for name in ("one", "two")]
    for suffix in VERSIONS.values():
        assert len({next(place.glob(f"*{suffix}")).read_bytes() for place in places}) == 1
    assert not list(places[0].glob("*.epub"))
    page = (places[0] / "index.html").read_text(encoding="utf-8")
    assert all(f'{suffix}"' in page for suffix in VERSIONS.values())


@pytest.mark.parametrize(
    ("asked", "formats", "said"), [(("pdf",), ("mp3",), "no such book: pdf"), (("daisy",), ("opus",), "needs the MP3")]
)
def test_a_book_that_cannot_be_made_is_refused_first(
    asked: tuple[str, ...], formats: tuple[str, ...], said: str
) -> None:
    with pytest.raises(PublishError, match=said):
        check_books(asked, formats)
