"""Inline marks: what they say, what is not one of ours, what is refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.work import growth
from tts_news.errors import ScriptError
from tts_news.script.markup import Span, parse_markup

UNTOUCHED = [
    "نص عادي بلا علامات",
    "نسبة <sub>2</sub> من الغاز",  # HTML's subscript
    "وسم <lang>غير مكتمل</lang>",
    "أقل من < خمسة > أكثر",
    "[صورة أرشيفية]",
    "</sub>",
]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_no_mark_of_ours_stays_in_the_text(text: str) -> None:
    assert parse_markup(text).plain == text
    assert parse_markup(text).spans == ()


@pytest.mark.parametrize(
    ("mark", "seconds"),
    [
        ("[pause 0.5s]", 0.5),
        ("[pause 700ms]", 0.7),
        ("[pause 2]", 2.0),
        ('<break time="1.5s"/>', 1.5),
        ("<break time='250ms'/>", 0.25),
        ('<break strength="strong"/>', 0.75),
        ("<break/>", 0.4),
        ('<BREAK TIME="1s"></BREAK>', 1.0),
    ],
)
def test_a_pause_is_read_in_every_form(mark: str, seconds: float) -> None:
    marked = parse_markup(f"قبل {mark}بعد")
    assert marked.plain == "قبل بعد"
    assert marked.spans == (Span("pause", 4, 4, pause_s=seconds),)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ('<sub alias="منظمة الصحة">WHO</sub>', Span("say", 0, 3, "منظمة الصحة")),
        ('<say-as interpret-as="digits">911</say-as>', Span("as", 0, 3, "digits")),
        ('<lang xml:lang="en-GB">BBC</lang>', Span("lang", 0, 3, "en-gb")),
        ('<phoneme alphabet="ipa" ph="ˈbaɣdaːd">بغداد</phoneme>', Span("say", 0, 5, "بَغْدَاد")),
        ("<phoneme ph='suːr'>سور</phoneme>", Span("say", 0, 3, "سُور")),
        ('<sub alias="أولى &amp; ثانية">س</sub>', Span("say", 0, 1, "أولى & ثانية")),
    ],
)
def test_a_mark_on_words_names_them_and_how_they_are_said(text: str, span: Span) -> None:
    assert parse_markup(text).spans == (span,)


def test_the_outer_of_two_nested_marks_decides() -> None:
    text = 'قبل <sub alias="كلمة">أ <say-as interpret-as="digits">12</say-as> ب</sub> بعد'
    marked = parse_markup(text)
    assert marked.plain == "قبل أ 12 ب بعد"
    assert [span.kind for span in marked.spans] == ["say"]


REFUSED = [
    ("[pause عشرة]", "no length of time"),
    ("[pause 45s]", "at most 30"),
    ('<break time="soon"/>', "no length of time"),
    ('<break strength="huge"/>', "no such strength"),
    ('<sub alias="كلمة">نص', "never closed"),
    ('<sub alias="كلمة"/>', "holds no text"),
    ('<sub alias="أ"><lang xml:lang="en">ب</sub></lang>', "closes across"),
    ('<phoneme ph="☂">س</phoneme>', "no sound"),
    ('<phoneme alphabet="x-sampa" ph="a">س</phoneme>', "unknown alphabet"),
    ('<phoneme ph="">س</phoneme>', "holds no sound"),
    ('<sub alias=" ">س</sub>', "alias is empty"),
    ('<say-as interpret-as="">س</say-as>', "interpret-as is empty"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_a_mark_that_does_not_hold_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message) as caught:
        parse_markup(text)
    assert "\n" not in str(caught.value)


@given(st.text(alphabet=st.sampled_from("أب <>/[]=\"'1spauebrkl-:"), max_size=80))
def test_no_text_gives_any_other_error(text: str) -> None:
    try:
        marked = parse_markup(text)
    except ScriptError:
        return
    assert all(0 <= span.start <= span.end <= len(marked.plain) for span in marked.spans)


@pytest.mark.parametrize(
    "text", ["<sub " * 30_000, "[pause " * 30_000, '<sub alias="' + "ا" * 100_000, "<break/>" * 20_000, "<" * 200_000]
)
def test_hostile_text_is_read_in_time(text: str) -> None:
    def parse(size: int) -> None:
        with contextlib.suppress(ScriptError):
            parse_markup(text[:size])

    assert growth(parse, len(text) // 8) < 2
