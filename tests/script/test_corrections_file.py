"""corrections.toml: one order, comments kept, two editors at once, and whatever a stranger puts into it."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tts_news.errors import ScriptError
from tts_news.files import parse_toml
from tts_news.records import Correction, Identity
from tts_news.script.corrections_file import (
    add_corrections,
    change_corrections,
    drop_corrections,
    load_corrections,
    parse_corrections,
)

ONE = Correction(Identity("feed", "https://news.example/feed", "17"), "نعم.", spoken="أَجَلْ.", role="paragraph", by="س")
TWO = replace(ONE, nth=1, spoken=None, pause_s=2.0, voice="salma", at="2026-11-28T09:00:00+03:00")
THREE = Correction(Identity("file", "file:ab", "عنوان", "2026-11-28"), 'قال: "نعم\\لا"\x7f', skip=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "corrections.toml"


def test_a_file_that_is_not_there_holds_none(path: Path) -> None:
    assert load_corrections(path) == load_corrections(None) == ()


def test_what_is_saved_is_loaded_and_readable(path: Path) -> None:
    add_corrections(path, [THREE, TWO, ONE])
    assert load_corrections(path) == (ONE, TWO, THREE)
    text = path.read_text(encoding="utf-8")
    assert 'written = "نعم."' in text
    assert len(parse_toml(text)["correction"]) == 3


def test_the_file_is_the_same_whatever_came_first(path: Path) -> None:
    add_corrections(path, [THREE])
    add_corrections(path, [ONE, TWO])
    other = path.with_name("other.toml")
    add_corrections(other, [TWO, ONE, THREE])
    assert path.read_bytes() == other.read_bytes()


def test_a_correction_of_the_same_sentence_takes_the_place_of_the_one_before(path: Path) -> None:
    assert add_corrections(path, [ONE, TWO]) == 2
    assert add_corrections(path, [replace(ONE, by="somebody else")]) == 0  # the same change is still the first one's
    assert add_corrections(path, [replace(ONE, spoken="كَلَّا.", by="ب")]) == 1
    assert [(one.spoken, one.by) for one in load_corrections(path)] == [("كَلَّا.", "ب"), (None, "س")]


def test_one_that_changes_nothing_takes_back_what_was_there(path: Path) -> None:
    add_corrections(path, [ONE, TWO])
    assert add_corrections(path, [replace(ONE, spoken=None)]) == 1
    assert load_corrections(path) == (TWO,)
    assert drop_corrections(path, [TWO.key, ONE.key]) == 1
    assert load_corrections(path) == ()


def test_comments_and_the_rest_of_the_file_stay_as_they_were_written(path: Path) -> None:
    add_corrections(path, [ONE, TWO, THREE])
    text = "# for the evening shift\n\n" + path.read_text(encoding="utf-8").split("\n\n", 1)[1]
    text = text.replace('by = "س"', "by = 'س' # asked\n# see the style book", 1).replace("nth = 1\n", "nth=1\n")
    path.write_text(text, encoding="utf-8")
    add_corrections(path, [replace(THREE, pause_s=1.0)])
    now = path.read_text(encoding="utf-8")
    assert now.startswith("# for the evening shift\n")
    assert "# asked" in now
    assert "nth=1" in now
    drop_corrections(path, [ONE.key])
    assert "# see the style book" in path.read_text(encoding="utf-8")


def test_two_editors_at_once_lose_nothing(path: Path) -> None:
    def edit(first: int) -> None:
        for number in range(first, first + 10):
            add_corrections(path, [replace(ONE, nth=number)])

    threads = [threading.Thread(target=edit, args=(start,)) for start in (0, 10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.nth for one in load_corrections(path)] == list(range(30))


def test_what_cannot_be_kept_leaves_the_file_as_it_was(path: Path) -> None:
    add_corrections(path, [ONE])
    before = path.read_bytes()
    with pytest.raises(ScriptError, match="pause_s"):
        add_corrections(path, [replace(TWO, pause_s=-1.0)])
    with pytest.raises(ScriptError, match="pause_s"):
        add_corrections(path, [replace(TWO, pause_s=float("nan"))])
    assert path.read_bytes() == before


ENTRY = '[[correction]]\narticle = ["feed", "s", "k", ""]\nwritten = "نعم."\n'
HOSTILE = {
    "x = 1": "unknown table",
    "[correction]": "unknown table",
    "correction = 1": "unknown table",
    "[[correction]]\nwritten = 1": "correction 1: ",
    ENTRY + "skip = 'yes'": "correction 1: skip",
    ENTRY + "colour = 'red'": "correction 1: colour",
    ENTRY + ENTRY.replace('"k"', "1"): "correction 2: article.2",
    ENTRY.replace('"feed"', '"nobody"'): "correction 1: article",
    ENTRY.replace(', ""', ""): "correction 1: article",
    ENTRY + "pause_s = inf": "correction 1: pause_s",
    ENTRY + "nth = -1": "correction 1: nth",
    ENTRY + "nth = 99999999999999999999": "correction 1: nth",
    f"{ENTRY}spoken = '{'ن' * 20_001}'": "correction 1: spoken",
    "a" + ".a" * 300_000 + " = 1": "nested too deeply",
    "[[correction": "corrections.toml: ",
}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_does_not_hold_is_one_line_that_names_the_entry(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScriptError, match=HOSTILE[text]) as caught:
        load_corrections(path)
    assert caught.value.hint
    with pytest.raises(ScriptError):
        add_corrections(path, [ONE])
    assert path.read_text(encoding="utf-8") == text


def test_what_is_no_file_of_text_is_refused(path: Path, tmp_path: Path) -> None:
    path.write_bytes(b"\xff\xfe")
    for place in (path, tmp_path):
        with pytest.raises(ScriptError, match="cannot read the corrections"):
            load_corrections(place)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=20)
@given(
    st.lists(
        st.builds(
            Correction,
            st.builds(Identity, st.sampled_from(["feed", "file"]), WORDS, WORDS, WORDS),
            WORDS,
            st.integers(0, 3),
            st.none() | WORDS,
            st.none() | st.floats(0, 600),
            st.none() | WORDS,
            st.booleans(),
            WORDS,
            WORDS,
            WORDS,
        ),
        max_size=4,
    )
)
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, corrections: list[Correction]) -> None:
    place = tmp_path_factory.mktemp("any") / "corrections.toml"
    stored = change_corrections(place, lambda _: tuple(corrections))
    assert load_corrections(place) == stored
    assert {one.key for one in stored} <= {key for one in corrections for key in (one.key, _nfc(one).key)}
    assert parse_corrections(place.read_text(encoding="utf-8") if place.exists() else "", "x") == stored


def _nfc(correction: Correction) -> Correction:
    import unicodedata

    return replace(correction, written=unicodedata.normalize("NFC", correction.written))
