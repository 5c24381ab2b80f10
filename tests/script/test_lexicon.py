"""The pronunciation lexicon: what it finds, with which clitics, and what its file may hold."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.work import cpu_growth
from tts_news.arabic import bare
from tts_news.errors import ScriptError
from tts_news.script.lexicon import Entry, Lexicon, attach, load_lexicon, parse_lexicon, seed, unmarked, with_ending
from tts_news.script.lexicon_file import add_entries, remove_entries
from tts_news.script.pls import read_pls

NAMES = Lexicon(
    [
        Entry("واشنطن", "وَاشِنْطُن"),
        Entry("الأمم المتحدة", "الْأُمَم الْمُتَّحِدَة"),
        Entry("أوكرانيا", "أُوكْرَانْيَا"),
        Entry("بيونغ يانغ", "بْيُونْغ يَانْغ"),
        Entry("سودان", "سُودَان"),
        Entry("كييف", "كِيِيف"),
        Entry("F-16", "إِفْ سِتَّةَ عَشَر"),
        Entry("OpenAI", "أُوبِن إِيه آي", gender="f"),
        Entry("G20", "جِي عِشْرِين"),
    ]
)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("في واشنطن اليوم", ["وَاشِنْطُن"]),
        ("وواشنطن", ["وَوَاشِنْطُن"]),
        ("لواشنطن", ["لِوَاشِنْطُن"]),
        ("وبواشنطن", ["وَبِوَاشِنْطُن"]),
        ("الأمم المتحدة", ["الْأُمَم الْمُتَّحِدَة"]),
        ("للأمم المتحدة", ["لِلْأُمَم الْمُتَّحِدَة"]),
        ("وبالأمم المتحدة", ["وَبِالْأُمَم الْمُتَّحِدَة"]),
        ("السودان", ["السُّودَان"]),
        ("للسودان", ["لِلسُّودَان"]),
        ("وبالسودان", ["وَبِالسُّودَان"]),
        ("اوكرانيا", ["أُوكْرَانْيَا"]),
        ("كييف وبيونغ يانغ", ["كِيِيف", "وَبْيُونْغ يَانْغ"]),
        ("سودانية", []),
        ("بيونغ وحدها", []),
    ],
)
def test_a_term_is_found_with_its_clitics(text: str, spoken: list[str]) -> None:
    assert [match.spoken for match in NAMES.in_words(text.split())] == spoken


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("طائرة F-16 أمريكية", ["F-16"]),
        ("طائرتا f-16.", ["f-16"]),
        ("وF-16", ["وF-16"]),
        ("قمة الـG20", ["G20"]),
        ("F-160", []),
        ("XF-16", []),
        ("OpenAIs", []),
        ("OpenAI وOpenAI", ["OpenAI", "وOpenAI"]),
        ("مقاتلات (F-16)", ["F-16"]),
    ],
)
def test_a_term_of_other_signs_is_found_where_it_stands_alone(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end, _ in NAMES.in_text(text)] == found


def test_the_longest_term_wins_and_the_last_entry_of_a_term() -> None:
    lexicon = Lexicon([Entry("الأمم", "الأُمَم"), Entry("الأمم المتحدة", "أ"), Entry("الأمم المتحدة", "ب")])
    assert [match.entry.spoken for match in lexicon.in_words(["الأمم", "المتحدة"])] == ["ب"]


def test_a_scope_limits_a_term_to_its_site_or_category() -> None:
    lexicon = Lexicon([Entry("الأهلي", "الأَهْلِي", scope=("رياضة",)), Entry("سول", "سُول")])
    assert len(lexicon.for_places(["Example", "رياضة"]).entries) == 2
    assert [entry.written for entry in lexicon.for_places(["اقتصاد"]).entries] == ["سول"]


@pytest.mark.parametrize(
    ("said", "read", "expected"),
    [
        ("وَاشِنْطُن", "وَاشَنْطِنَ", "وَاشِنْطُنَ"),
        ("أُوكْرَانْيَا", "أُوكَرَانِيَا", "أُوكْرَانْيَا"),
        ("مِصْرِيّ", "مِصْرِيٍّ", "مِصْرِيٍّ"),
        ("بَارِيسَ", "بَارِيسِ", "بَارِيسَ"),
        ("غَزِّي", "غَزِّيِ", "غَزِّي"),
        ("الْأُمَم الْمُتَّحِدَة", "الْأُمَمِ الْمُتَحَدَّةِ", "الْأُمَمِ الْمُتَّحِدَةِ"),
        ("جُوجِل", "غُوغِلُ", "جُوجِل"),
    ],
)
def test_the_case_ending_comes_from_the_sentence(said: str, read: str, expected: str) -> None:
    assert with_ending(said, read) == expected


@given(st.sampled_from(["", "و", "ب", "ول", "ال", "وال", "بال", "لل", "ولل"]), st.sampled_from(["شَمْس", "قَمَر", "أُمَم"]))
def test_attached_clitics_change_no_letter_of_the_term(prefix: str, term: str) -> None:
    assert bare(attach(prefix, term)) == prefix + bare(term)


@pytest.mark.parametrize("spoken", ["صَفَاقِس", "صَفاقِس", "كُوبَا", "الشَّمْس", "أُوبِن إِيه آي", "مُحَمَّد", "غَزَّة", "يُونِيسِف", "بَارِيسُ"])
def test_a_word_with_all_its_marks_but_the_ending_is_marked(spoken: str) -> None:
    assert unmarked(Entry("س", spoken)) == []


@pytest.mark.parametrize("spoken", ["صفاقس", "بيروت", "مُحمّد", "صَفَاقس", "يَوم", "كوبَا"])
def test_a_letter_that_could_be_said_in_two_ways_is_unmarked(spoken: str) -> None:
    assert unmarked(Entry("س", f"بَاب {spoken}")) == [spoken]


def test_what_names_the_voice_wins_over_what_names_none() -> None:
    lexicon = Lexicon([Entry("سول", "سِيُول", voices=("rawi",)), Entry("سول", "سُول"), Entry("أب", "آب", voices=("b",))])
    said = {voice: lexicon.for_voice(voice).in_words(["سول", "أب"]) for voice in ("rawi", "b", "c")}
    assert {voice: [match.spoken for match in found] for voice, found in said.items()} == {
        "rawi": ["سِيُول"],
        "b": ["سُول", "آب"],
        "c": ["سُول"],
    }


def test_what_the_file_says_is_read(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(
        '[[term]]\nwritten = "OpenAI"\nspoken = "أُوبِن"\ngender = "f"\nscope = "تقنية"\n'
        '[[term]]\nwritten = "سُول"\nspoken = "سُول"\nscope = ["a.example", "ب"]\n',
        encoding="utf-8",
    )
    assert load_lexicon(path).entries[-2:] == (
        Entry("OpenAI", "أُوبِن", "f", ("تقنية",)),
        Entry("سول", "سُول", "", ("a.example", "ب")),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[term]\n", "lexicon.toml"),
        ('[[term]]\nwritten = "س"\n', "term 1: spoken"),
        ('[[term]]\nwritten = "س"\nspoken = "Seoul"\n', "term 1.*Arabic letters"),
        ('[[term]]\nwritten = "س"\nspoken = ""\n', "term 1"),
        ('[[term]]\nwritten = " - "\nspoken = "س"\n', "no letter or digit"),
        ('[[term]]\nwritten = "س"\nspoken = "س"\ngender = "x"\n', "term 1: gender"),
        ('[[term]]\nwritten = "س"\nspoken = "س"\nsaid = "x"\n', "term 1: said"),
        ("term = 3\n", "unknown table"),
        ('[terms]\n"س" = "ش"\n', r"unknown table \[terms\]"),
        ("term = [3]\n", "term 1"),
    ],
)
def test_an_entry_that_does_not_hold_is_named_in_one_line(text: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message) as caught:
        parse_lexicon(text, "lexicon.toml")
    assert "\n" not in str(caught.value)


def test_a_show_without_lexicon_has_the_seed_alone(tmp_path: Path) -> None:
    assert load_lexicon(tmp_path / "lexicon.toml").entries == Lexicon(seed()).entries


def test_a_lexicon_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="no lexicon"):
        load_lexicon(tmp_path / "names.toml")


def test_adding_keeps_comments_and_replaces_a_term_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(
        '# أسماء\n[[term]]\nwritten = "سول"\nspoken = "سُول"\n\n# مدن\n[[term]]\nwritten = "ليل"\nspoken = "لِيل"\n',
        encoding="utf-8",
    )
    add_entries(path, [Entry("سول", "سِيُول"), Entry('a"b\\', "أ", "m", ("x",))])
    assert path.read_text(encoding="utf-8") == (
        '# أسماء\n[[term]]\nwritten = "سول"\nspoken = "سِيُول"\n\n# مدن\n[[term]]\nwritten = "ليل"\nspoken = "لِيل"\n\n'
        '[[term]]\nwritten = "a\\"b\\\\"\nspoken = "أ"\ngender = "m"\nscope = ["x"]\n'
    )


def test_removing_keeps_the_comments_of_others(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(
        '# أسماء\n[[term]]\nwritten = "سول"\nspoken = "سُول"\n\n# مدن\n[[term]]\nwritten = "ليل"\nspoken = "لِيل"\n',
        encoding="utf-8",
    )
    assert remove_entries(path, [("سول", (), ()), ("قم", (), ())]) == 1
    assert path.read_text(encoding="utf-8") == '# أسماء\n# مدن\n[[term]]\nwritten = "ليل"\nspoken = "لِيل"\n'


def test_an_added_term_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    entries = [Entry("أ" * n, "أ", voices=("rawi",) * (n % 2)) for n in range(1, 4)]
    for entry in entries:
        add_entries(path, [entry])
    assert parse_lexicon(path.read_text(encoding="utf-8"), "") == tuple(entries)


def test_a_lexicon_that_does_not_hold_is_not_written_to(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text("[[term]\n", encoding="utf-8")
    with pytest.raises(ScriptError):
        add_entries(path, [Entry("س", "س")])
    assert path.read_text(encoding="utf-8") == "[[term]\n"


def test_ten_thousand_terms_cost_one_pass_of_the_text() -> None:
    letters = "ابتثجحخدذر"
    terms = [Entry("".join(letters[int(d)] for d in f"{n:05d}"), "أ") for n in range(10_000)]
    lexicons = {count: Lexicon(terms[:count]) for count in (100, 10_000)}
    text = ["كلمة", "وأخرى", terms[77].written, "بالمدينة"] * 5_000
    assert len(lexicons[10_000].in_words(text)) == 5_000
    assert cpu_growth(lambda count: lexicons[count].in_words(text), 100, times=100) < 0.2  # a hundred times the terms


@pytest.mark.parametrize("part", ["و", "F-", "F-16", "ال "])
def test_the_work_of_a_search_grows_with_the_text_and_not_faster(part: str) -> None:
    def search(size: int) -> None:
        NAMES.in_text(part * size)
        NAMES.in_words((part * size).split())

    assert cpu_growth(search, 5_000) < 3


def test_a_pipe_in_place_of_a_lexicon_is_not_waited_at(tmp_path: Path) -> None:
    os.mkfifo(pipe := tmp_path / "lexicon.toml")
    for read in (load_lexicon, read_pls, lambda path: remove_entries(path, ["باريس"])):
        with pytest.raises(ScriptError, match="a pipe or device"):
            read(pipe)
