"""One edition in which every word is a stranger's attack, and every file that a browser may be given of it."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree, html
from publish.editions import SHOW, VOICE, Press, dump, make_script

from tts_news.publish import open_edition
from tts_news.publish.build import build_show
from tts_news.publish.embed import iframe
from tts_news.publish.settings import PublishSettings
from tts_news.records import Cell, Dropped, Figure, Omission, Paragraph, Quote, Table

ATTACK = (
    "خبر </script></title></style>--><img src=x onerror=xss(1)> \"'><script>xss(1)</script>"
    "]]> {{7*7}} javascript:xss(1)"
)
JPEG = b"\xff\xd8\xff\xc0\x00\x11\x08\x05\x78\x05\x78\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xd9"
ADDRESSES = (
    "javascript:xss(1)",
    "https://e.example/\"'><script>xss(1)</script>",
    "data:text/html,<script>xss(1)</script>",
)
SAFE = re.compile(r"(https?:|mailto:|#|[^:]*$)")  # an address elsewhere, or a place in what we made ourselves


def texts_of(output: Path) -> Iterator[tuple[str, str]]:
    """Yield what a browser or a player would show, by the name of where it stands."""
    for path in sorted(output.rglob("*")):
        name = str(path.relative_to(output))
        if path.suffix in {".epub", ".zip"}:
            with zipfile.ZipFile(path) as book:
                for part in book.namelist():
                    if part.endswith((".xhtml", ".html", ".opf", ".ncx", ".smil", ".xml")):
                        etree.fromstring(book.read(part))  # no reader mends it
                        yield f"{name}:{part}", book.read(part).decode()
        elif path.suffix in {".html", ".svg"}:
            yield name, path.read_text(encoding="utf-8")
        elif path.name == "oembed.json":
            yield name, json.loads(path.read_text(encoding="utf-8"))["html"]
        elif path.suffix == ".xml":
            for element in etree.parse(path).iter():
                if not element.tag.endswith(("language", "license")):  # no text that anybody shows as HTML, and our own
                    yield f"{name}:{element.tag}", element.text or ""
                assert all(SAFE.match(element.get(name, "")) for name in ("href", "url", "uri", "src"))


def faults_of(text: str) -> list[str]:
    """Return all that would run, or lead to what would."""
    found = []
    tree = html.fromstring(f"<div>{text}</div>" if "<html" not in text else re.sub(r"^<\?xml[^>]*>", "", text).encode())
    for element in tree.iter(etree.Element):
        found += [f"{element.tag} {name}" for name in element.attrib if name.lower().startswith("on")]
        for name in ("href", "src", "action", "formaction", "data", "srcdoc", "poster"):
            value = element.get(name, "").strip()
            if not SAFE.match(value) and value != "data:,":  # the icon that a page has none of
                found.append(f"{element.tag} {name}={value}")
        if element.tag == "script" and "xss" in (element.text or "") and element.get("type") != "application/ld+json":
            found.append(f"script {element.text}")
        if element.get("src") == "x" or element.get("http-equiv", "").lower() == "refresh":
            found.append(f"{element.tag}")
    return found


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_of_a_strangers_runs_wherever_an_edition_is_shown(press: Press, address: str) -> None:
    show = replace(
        SHOW, title=ATTACK, author=ATTACK, description=ATTACK, category="News", licence=ATTACK,
        licence_url='https://l.example/"><script>xss(1)</script>', funding="https://f.example/'><script>xss(1)</script>",
        disclosure=ATTACK, txt=ATTACK, language='ar"><script>xss(1)</script>',
    )  # fmt: skip
    plain = make_script(ATTACK)
    blocks = {
        "a0b0": Paragraph(ATTACK),
        "a0b1": Table(caption=ATTACK, heads=(ATTACK, ATTACK), rows=((Cell(ATTACK, 0), Cell(ATTACK, 1)),)),
        "a0b2": Figure(ATTACK, ATTACK, ATTACK),
        "a0b3": Quote(ATTACK, ATTACK),
    }
    script = replace(
        plain,
        cues=tuple(replace(cue, written=ATTACK, voice=ATTACK) for cue in plain.cues),
        chapters=tuple(replace(mark, title=ATTACK, url=address) for mark in plain.chapters),
        omissions=(Omission(ATTACK, "caption"),),
        sources=tuple(
            replace(
                one, title=ATTACK, author=ATTACK, site=ATTACK, url=address, dateline=ATTACK, rights=ATTACK,
                categories=(ATTACK,), dropped=(Dropped(ATTACK, "boilerplate"),),
            )
            for one in plain.sources
        ),
        blocks=blocks,
    )  # fmt: skip
    voice = replace(VOICE, name=ATTACK, attribution=ATTACK, licence=address, engine=ATTACK)
    with open_edition(press.output, script, "2026-11-22") as draft:
        mastered = press.master(draft, script)
        draft.commit(dump(plain), mastered, (voice,), show, books=("epub", "epub-audio", "daisy"))
    build_show(press.output, show, PublishSettings(), lambda _: JPEG)
    shown = dict(texts_of(press.output))
    folder = draft.place.name
    assert {
        f"{folder}/{name}" for name in ("index.html", "embed.html", "transcript.html", "oembed.json")
    } <= shown.keys()
    assert "index.html" in shown
    assert sum(".epub:" in name for name in shown) > 4
    assert any("content" in name for name in shown)
    assert {name: faults for name, text in shown.items() if (faults := faults_of(text))} == {}
    assert faults_of(iframe(ATTACK, "2026-11-22-a", show)) == []


def test_what_the_test_above_judges_by_sees_what_runs() -> None:
    for text in (
        "<img src=x onerror=xss(1)>",
        "<a href='javascript:xss(1)'>",
        "<script>xss(1)</script>",
        "<p onclick=x>",
    ):
        assert faults_of(text)
    assert not faults_of("<a href='https://e.example/'>x</a>&lt;script&gt;xss(1)")
