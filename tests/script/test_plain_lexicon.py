"""A lexicon in our own form is read without a TOML parser, and never otherwise than the parser reads it."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tts_news.errors import ScriptError
from tts_news.script import lexicon, plain_lexicon
from tts_news.script.lexicon import Entry, make_entry, parse_lexicon
from tts_news.script.lexicon_file import add_entries, remove_entries
from tts_news.script.plain_lexicon import find_terms, is_plain

HEAD = '[[term]]\nwritten = "صفاقس"\nspoken = "صَفَاقُس"\n'
PLAIN = (
    HEAD
    + '[[term]]\nwritten = "COVID-19 لقاح"\nspoken = "كُوفِيد ، تِسْعَةَ عَشَر"\ngender = "m"\n# ملاحظة\n\n'
    + '[[term]]\nwritten = "سيول"\nspoken = "سِيُول"\nscope = ["sport", "a b"]\nvoices = ["rawi"]\n'
)


def read_with_the_parser(monkeypatch: pytest.MonkeyPatch, text: str) -> tuple[Entry, ...]:
    with monkeypatch.context() as patch:
        patch.setattr(lexicon, "is_plain", lambda _: False)
        return parse_lexicon(text, "lexicon.toml")


@pytest.mark.parametrize("text", ["", "\n", "# ملاحظة\n", HEAD, PLAIN, f"# أسماء\n\n{PLAIN}\n\n{HEAD}"])
def test_our_own_form_is_plain_and_read_alike(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    assert is_plain(text)
    assert parse_lexicon(text, "") == read_with_the_parser(monkeypatch, text)


@pytest.mark.parametrize(
    "text",
    [
        HEAD.rstrip("\n"),
        HEAD.replace(" = ", "="),
        HEAD.replace("صفاقس", "صفاقس  الجديدة"),
        HEAD.replace("صفاقس", "صَفاقس"),
        HEAD.replace("صفاقس", "\\u0635"),
        HEAD.replace("صفاقس", "..."),
        HEAD.replace("صفاقس", "ص" * 201),
        HEAD.replace("صَفَاقُس", "صَ" * 201),
        HEAD.replace("صَفَاقُس", "صَفَا-قُس"),
        HEAD.replace("صَفَاقُس", "سّ" + "\u064e"),  # shadda before fatha is no NFC
        HEAD + 'gender = "x"\n',
        HEAD + "scope = []\n",
        HEAD + 'scope = [""]\n',
        HEAD + 'scope = ["a" ]\n',
        HEAD + 'kind = "city"\n',
        HEAD + "# \x00\n",
        HEAD + "# \x7f\n",
        HEAD + "[other]\n",
    ],
)
def test_any_other_form_is_for_the_parser(text: str) -> None:
    assert not is_plain(text)


def test_whatever_is_changed_in_a_plain_lexicon_is_read_as_the_parser_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(20261129)
    signs = "\"\\\n #[]=,'\t\0\x85\u2028\u200f\u064e\u0654ا٣é"
    pieces = [*signs, "[[term]]\n", 'scope = ["x"]\n', 'gender = ""\n', HEAD]
    plain = 0
    for _ in range(1500):
        at = dice.randrange(len(PLAIN))
        text = PLAIN[:at] + dice.choice(pieces) + PLAIN[at + dice.randrange(3) :]
        if is_plain(text):
            plain += 1
            assert parse_lexicon(text, "") == read_with_the_parser(monkeypatch, text)
    assert plain > 100


def test_no_parser_is_started_for_a_plain_lexicon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(PLAIN, encoding="utf-8")

    def refuse(_: str) -> None:
        raise AssertionError("the TOML parser was started")

    monkeypatch.setattr(lexicon, "parse_toml", refuse)
    changed = make_entry("سيول", "سِيُولُ", "", ("sport", "a b"), "", ("rawi",))
    new = make_entry("سيول", "سِيُولَ", "", (), "", ("rawi",))
    assert add_entries(path, [changed, new]) == 1
    assert remove_entries(path, [("صفاقس", (), ())]) == 1
    kept = parse_lexicon(path.read_text(encoding="utf-8"), "")
    assert [(entry.written, entry.spoken) for entry in kept] == [
        ("COVID-19 لقاح", "كُوفِيد ، تِسْعَةَ عَشَر"),
        ("سيول", "سِيُولُ"),
        ("سيول", "سِيُولَ"),
    ]


def test_what_would_not_hold_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(PLAIN, encoding="utf-8")
    with pytest.raises(ScriptError):
        add_entries(path, [Entry("...", "صَفَا")])
    assert path.read_text(encoding="utf-8") == PLAIN


def test_the_work_of_a_change_grows_with_the_lexicon_and_not_faster(tmp_path: Path) -> None:
    def lines_run(terms: int) -> int:
        path = tmp_path / f"{terms}.toml"
        path.write_text("".join(HEAD.replace("صفاقس", f"اسم {number}") for number in range(terms)), encoding="utf-8")
        count = 0

        def trace(*_: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(trace)
        try:
            add_entries(path, [Entry(f"جديد {number}", "صَفَا") for number in range(20)])
        finally:
            sys.setprofile(None)
        return count

    lines_run(10)  # what is compiled at first is no work of the lexicon's
    assert lines_run(400) < 1.5 * lines_run(100)


def test_a_few_terms_are_found_where_all_are(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"# [[term]]\n{PLAIN}# written\n{HEAD}#[[term]]\n{PLAIN}"
    assert is_plain(text)
    for terms in ({"صفاقس"}, {"سيول", "COVID-19 لقاح"}, {"لا شيء"}, {"صفاقس", "سيول", "x"}):
        found = list(find_terms(text, terms))
        with monkeypatch.context() as patch:
            patch.setattr(plain_lexicon, "_FEW", 0)
            assert list(find_terms(text, terms)) == found
        assert {key[0] for key, _ in found} == terms - {"لا شيء", "x"}


@pytest.mark.parametrize("before", ["", "# ملاحظة\n", PLAIN, f"{PLAIN}\n\n# آخر\n", HEAD * 3])
def test_what_is_written_into_a_plain_lexicon_leaves_it_plain(before: str, tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(before, encoding="utf-8")
    for entry in (make_entry("صفاقس", "صَفَاقِس", "f", ("a b",), ""), make_entry("X-1", "إِكْس", "", (), "", ("v",))):
        for _ in range(2):
            add_entries(path, [entry])
            assert is_plain(path.read_text(encoding="utf-8"))
        assert entry in lexicon.read_lexicon(path)
