"""The data files of the rules and the seed lexicon hold what their readers rely on."""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files

import pytest

from tts_news.arabic import LETTERS, MARKS, plain
from tts_news.script.rules import months
from tts_news.script.rules.tables import rows
from tts_news.script.rules.unreadable import find

TABLES = ["latin.tsv", "months.tsv", "feminine_names.tsv", "alif_maqsura.tsv", "seed_lexicon.tsv"]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_in_nfc_and_has_no_stray_space(name: str) -> None:
    text = files("tts_news.script").joinpath("data", name).read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert not [row for row in rows(name) for field in row if field != field.strip()]


def test_the_latin_lexicon_has_at_least_600_entries_in_arabic_letters() -> None:
    table = rows("latin.tsv")
    assert len(table) >= 600
    assert {len(row) for row in table} == {3}
    assert not [row for row in table if find(row[1])]


def test_no_latin_entry_stands_twice() -> None:
    keys = [row[0] for row in rows("latin.tsv")]
    assert len(keys) == len(set(keys))


def test_every_month_set_has_twelve_months() -> None:
    for calendar in ("gregorian", "levant", "maghreb", "morocco", "hijri"):
        assert [number for name, number in sorted(months.names()) if name == calendar] == list(range(1, 13))


def test_the_seed_lexicon_has_at_least_1000_names() -> None:
    table = rows("seed_lexicon.tsv")
    assert len(table) >= 1000
    assert {len(row) for row in table} == {4}
    assert {row[2] for row in table} <= {"", "m", "f"}
    terms = [row[0] for row in table]
    assert len(terms) == len(set(terms))


@pytest.mark.parametrize("kind", ["country", "capital", "city", "leader", "agency", "company", "club", "org"])
def test_the_seed_lexicon_covers(kind: str) -> None:
    assert sum(row[3] == kind for row in rows("seed_lexicon.tsv")) >= 30


_SUN_ARTICLE = re.compile(rf"(?:(?<=[\s])|^|(?<=[لو][{MARKS}]))ا?ل(?=[تثدذرزسشصضطظلن][{MARKS}]*\u0651)")
_BARE = re.compile(rf"[{LETTERS}](?=[{LETTERS}])")


def _unmarked(spoken: str) -> list[str]:
    """Letters before the last of a word that carry no mark, but for long vowels and the alif of the article."""
    found = []
    for word in _SUN_ARTICLE.sub("", spoken).split():
        found += [match[0] for match in _BARE.finditer(word) if match[0] not in "اآىوي"]
    return found


def test_every_letter_of_a_seed_name_but_the_last_is_marked() -> None:
    table = rows("seed_lexicon.tsv")
    assert not [row for row in table if find(row[0]) or find(row[1]) or re.search(f"[{MARKS}]", row[0])]
    assert not [row[1] for row in table if _unmarked(row[1])]


def test_most_seed_names_keep_their_letters() -> None:
    changed = [row for row in rows("seed_lexicon.tsv") if plain(row[1]) != plain(row[0])]
    assert len(changed) <= 20
