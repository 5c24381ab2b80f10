"""Import of W3C pronunciation lexicons, which come from strangers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tts_news.errors import ScriptError
from tts_news.script.lexicon import Entry
from tts_news.script.pls import read_pls

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
ROOT = '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="ar">'


def read(tmp_path: Path, body: str) -> tuple[Entry, ...]:
    path = tmp_path / "names.pls"
    path.write_text(body, encoding="utf-8")
    return read_pls(path)


def test_aliases_and_phonemes_become_entries(tmp_path: Path) -> None:
    body = (
        f"{HEAD}{ROOT}<lexeme><grapheme>WHO</grapheme><grapheme>W.H.O.</grapheme>"
        "<alias>مُنَظَّمَة الصِّحَّة</alias></lexeme>"
        "<lexeme><grapheme>بغداد</grapheme><phoneme>ˈbaɣdaːd</phoneme>"
        "<phoneme prefer='true'>baɣˈdaːd</phoneme></lexeme>"
        "</lexicon>"
    )
    assert read(tmp_path, body) == (
        Entry("WHO", "مُنَظَّمَة الصِّحَّة"),
        Entry("W.H.O.", "مُنَظَّمَة الصِّحَّة"),
        Entry("بغداد", "بَغْدَاد"),
    )


ENTITY = f'{HEAD}<!DOCTYPE lexicon [<!ENTITY x SYSTEM "file:///etc/hostname">]>{ROOT}'
BOMB = f'{HEAD}<!DOCTYPE l [<!ENTITY a "{"ا" * 100}"><!ENTITY b "{"&a;" * 100}">]>{ROOT}'
LEXEME = "<lexeme><grapheme>س</grapheme><alias>{}</alias></lexeme></lexicon>"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (ENTITY + LEXEME.format("&x;"), "document type"),
        (BOMB + LEXEME.format("&b;"), "document type"),
        ("<lexicon>", "not XML"),
        ("", "not XML"),
        (f"{HEAD}<html/>", "no PLS lexicon"),
        (f"{HEAD}{ROOT}</lexicon>", "no lexeme"),
        (f"{HEAD}{ROOT}<lexeme><grapheme>س</grapheme></lexeme></lexicon>", "lexeme 1: neither"),
        (f"{HEAD}{ROOT}{LEXEME.format('Seoul')}", "lexeme 1.*Arabic letters"),
        (f"{HEAD}{ROOT}<lexeme><grapheme>س</grapheme><phoneme>☂</phoneme></lexeme></lexicon>", "lexeme 1.*no sound"),
        (
            f"{HEAD}{ROOT}<lexeme><grapheme>س</grapheme><phoneme alphabet='x-sampa'>a</phoneme></lexeme></lexicon>",
            "unknown alphabet",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_else_is_read(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message):
        read(tmp_path, body)


def test_a_missing_file_is_our_error(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="cannot read"):
        read_pls(tmp_path / "none.pls")
