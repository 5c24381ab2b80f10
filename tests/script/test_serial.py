"""A script as JSON: the same script comes back, and an editor's slip is named."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts_news.errors import ScriptError
from tts_news.records import ChapterMark, Cue, Dropped, Omission, Script, Source
from tts_news.script import dump_script, parse_script
from tts_news.script.corrections import remember

SCRIPT = Script(
    title="عنوان «النشرة»",
    cues=(
        Cue("c0001", "headline", "عنوان 1", "عُنْوَانٌ وَاحِدْ.", 0.9, "house", 0, block="a1b0"),
        Cue("c0002", "intro", "مقدمة", "مُقَدِّمَهْ.", 0.8, "house", 0, block="a1b1"),
        Cue("c0003", "paragraph", "BBC", "BBC", 0.05, "english", 1, language="en", block="a1b2"),
    ),
    chapters=(ChapterMark("مقدمة", "c0001", 0, "https://example.com"), ChapterMark("متن", "c0003", 1)),
    omissions=(Omission("***", "nothing in it can be said"),),
    sources=(
        Source(
            "عنوان",
            "ab" * 32,
            "c0001",
            categories=("أخبار",),
            dropped=(Dropped("إعلان", "boilerplate"),),
            dateline="القاهرة",
            rights="© الضفاف",
            urgency=2,
        ),
    ),
)


def test_what_is_dumped_is_parsed_to_the_same_script() -> None:
    assert parse_script(dump_script(SCRIPT)) == SCRIPT


def test_the_file_has_the_agreed_names_and_readable_arabic() -> None:
    text = dump_script(SCRIPT)
    data = json.loads(text)
    assert [*data][:4] == ["title", "language", "cues", "chapters"]
    assert [*data["cues"][0]][:7] == ["id", "role", "written", "spoken", "pause_s", "voice", "chapter"]
    assert [*data["chapters"][0]][:2] == ["title", "first_cue"]
    assert "عُنْوَانٌ" in text


def mended(change: Callable[[dict[str, Any]], object]) -> str:
    data = json.loads(dump_script(SCRIPT))
    change(data)
    return json.dumps(data)


def set_cue(place: int, **fields: object) -> Callable[[dict[str, Any]], object]:
    return lambda data: data["cues"][place].update(fields)


SLIPS: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (set_cue(1, spoken="مُقَدِّمَة 5"), "cue c0002.*'5'"),
    (set_cue(1, spoken="Intro"), "cue c0002.*no Arabic letter"),
    (set_cue(1, spoken="،"), "cue c0002.*no Arabic letter"),
    (set_cue(1, role="title"), "cue c0002: role"),
    (set_cue(1, pause_s=-1), "cue c0002: pause_s"),
    (set_cue(1, pause_s="long"), "cue c0002: pause_s"),
    (set_cue(1, pause=1), "cue c0002: pause: Extra"),
    (set_cue(1, id="c0001"), "cue c0001.*twice"),
    (set_cue(1, id=""), "cue number 2: id"),
    (set_cue(1, id="../x"), "id"),
    (set_cue(0, id="c0009"), "chapter 0.*c0001 is not in the script"),
    (lambda data: data["cues"][1].pop("spoken"), "cue c0002: spoken"),
    (lambda data: data.update(cues=[]), "the script: cues"),
    (lambda data: data.pop("chapters"), "the script: chapters"),
    (lambda data: data["chapters"].reverse(), "begins before"),
    (lambda data: data["cues"].insert(0, "text"), "cues"),
    (lambda data: data.update(author="x"), "author: Extra"),
]


@pytest.mark.parametrize(("change", "message"), SLIPS)
def test_a_slip_is_named_with_its_cue_in_one_line(change: Callable[[dict[str, Any]], object], message: str) -> None:
    with pytest.raises(ScriptError, match=message) as caught:
        parse_script(mended(change))
    assert "\n" not in str(caught.value)


def test_an_editor_may_add_a_cue_with_the_least_fields() -> None:
    new = {"id": "new", "role": "paragraph", "written": "سطر", "spoken": "سَطْر", "pause_s": 1}
    script = parse_script(mended(lambda data: data["cues"].append(new)))
    assert script.cues[-1] == Cue("new", "paragraph", "سطر", "سَطْر", 1.0, "", 1)


def test_a_cue_that_moves_to_another_chapter_needs_no_new_number() -> None:
    script = parse_script(mended(lambda data: data["cues"].append(data["cues"].pop(1))))
    assert [cue.chapter for cue in script.cues] == [0, 1, 1]


def test_an_editors_tool_may_write_a_byte_order_mark() -> None:
    assert parse_script("\ufeff" + dump_script(SCRIPT)) == SCRIPT


def test_marks_in_any_order_are_brought_to_one_form() -> None:
    change = set_cue(1, spoken="مُقَد\u0651\u0650مَهْ.")
    assert parse_script(mended(change)).cues[1] == SCRIPT.cues[1]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["cues", "title", "id"]), inner),
    max_leaves=8,
)


@given(st.text(max_size=60) | JSON.map(json.dumps))
def test_anything_else_is_our_error(text: str) -> None:
    with pytest.raises(ScriptError):
        parse_script(text)


def test_deeply_nested_json_is_our_error() -> None:
    with pytest.raises(ScriptError):
        parse_script("[" * 200_000)


def test_a_figure_of_any_length_is_an_editors_slip() -> None:
    with pytest.raises(ScriptError, match="not JSON"):
        parse_script('{"cues": ' + "9" * 5000 + "}")


# ── what was composed ────────────────────────────────────────────────────────────────────────────────────────────

KNOWING = replace(SCRIPT, composed=remember(SCRIPT))


def test_a_saved_script_knows_what_was_composed() -> None:
    text = dump_script(KNOWING)
    assert parse_script(text) == KNOWING
    assert text.count("مُقَدِّمَهْ") == 1  # what an editor replaces in the whole file is not replaced there


def test_a_cue_that_an_editor_took_out_hands_its_chapter_to_the_next_one() -> None:
    data = json.loads(dump_script(KNOWING))
    del data["cues"][0]
    read = parse_script(json.dumps(data))
    assert [mark.first_cue for mark in read.chapters] == ["c0002", "c0003"]
    assert read.sources[0].first_cue == "c0002"
    del data["cues"][1]  # nothing of the article is left to begin the second chapter
    assert [mark.first_cue for mark in parse_script(json.dumps(data)).chapters] == ["c0002"]


def packed(value: object) -> str:
    return base64.b85encode(zlib.compress(json.dumps(value).encode())).decode()


@pytest.mark.parametrize(
    "word",
    [
        "no such thing",
        "é",
        dump_script(KNOWING).split('"composed": "')[1].split('"')[0][:-20],
        packed([]),
        packed({"cues": 1}),
        base64.b85encode(zlib.compress(b"[" * 200_000)).decode(),
        base64.b85encode(zlib.compress(b" " * 17_000_000)).decode(),
        packed(asdict(replace(remember(SCRIPT), cues=(replace(SCRIPT.cues[0], spoken="5"),)))),
    ],
    ids=range(8),
)
def test_what_was_composed_is_held_to_its_form(word: str) -> None:
    data = json.loads(dump_script(SCRIPT)) | {"composed": word}
    with pytest.raises(ScriptError, match="composed"):
        parse_script(json.dumps(data))
