"""A line that is read without the parser is read as the parser reads it; what is not plain is left to it."""

from __future__ import annotations

from typing import Any

import pytest

from tts_news import plain
from tts_news.errors import UsageError
from tts_news.parser import ParserError, make_command
from tts_news.saying import say

TEXT = "قال الرئيس إن الاجتماع سيعقد غدا."
PLAIN: list[list[str]] = [
    [],
    ["-"],
    [TEXT],
    [""],
    [TEXT, "-o", "a.wav"],
    ["-o", "a.wav", TEXT],
    ["--output", "-", "-"],
    ["--output=a=b.mp3", TEXT, "--voice=", "--speed=1.5"],
    ["--voice", "rawiya", "--pitch", "0.5", "--speed", "3", TEXT],
    ["-c", "show/tts-news.toml", TEXT],
    ["--config=tts-news.toml", "--output", "", TEXT],
    ["--speed", "02.50", TEXT],
]
PARSED: list[list[str]] = [
    ["-oa.wav", TEXT],
    ["--", TEXT],
    ["--json", TEXT, "-o", "a.wav"],
    ["--cue", "edition", "c0005", "-o", "a.wav"],
    ["-o", "a.wav", "-o", "b.wav", TEXT],
    ["--speed", "1e0", TEXT],
    ["--speed", " 1", TEXT],
    ["--voice", "--speed", TEXT],
]
REFUSED: list[list[str]] = [
    [TEXT, TEXT],
    ["-o"],
    ["--output"],
    ["--speed", "0.4", TEXT],
    ["--speed", "3.1", TEXT],
    ["--pitch", "nan", TEXT],
    ["--pitch", "١", TEXT, TEXT],
    ["--speed", ".", TEXT],
    ["--loud", TEXT],
    ["-x", TEXT],
    ["--out", "a.wav", TEXT],
    ["-o=", "--voce=x", TEXT],
]
MAKE_PLAIN: list[list[str]] = [
    ["a.md"],
    ["a.md", "-o", "out"],
    ["--output=a=b", "a.md", "--voice", "rawiya"],
    ["-c", "show/tts-news.toml", "a.md", "--json", "-q"],
    ["--quiet", "--config=tts-news.toml", ""],
    ["-"],
]
MAKE_PARSED: list[list[str]] = [
    ["a.md", "b.md"],
    ["-oout", "a.md"],
    ["--", "a.md"],
    ["a.md", "--force"],
    ["a.md", "--dry-run"],
    ["a.md", "--edition", "نشرة"],
    ["a.md", "--verbose"],
    ["a.md", "-q", "-q"],
    ["a.md", "--format", "wav"],
    ["a.md", "--speed", "1.5"],
    ["a.md", "-o", "a", "-o", "b"],
]
DEFAULTS = dict(zip(say.__code__.co_varnames, say.__defaults__ or (), strict=False))


@pytest.fixture(scope="module")
def parser() -> Any:
    return make_command("say").commands["say"]


@pytest.fixture(scope="module")
def maker() -> Any:
    return make_command("make").commands["make"]


@pytest.fixture(scope="module")
def adder() -> Any:
    return make_command("lexicon").commands["lexicon"].commands["add"]


def parsed(parser: Any, args: list[str]) -> dict[str, object]:
    context = parser.make_context("say", list(args))
    return {name: value for name, value in context.params.items() if name != "as_json"}


@pytest.mark.parametrize("args", PLAIN)
def test_a_plain_line_is_read_as_the_parser_reads_it(parser: Any, args: list[str]) -> None:
    asked = plain.say(["say", *args])
    assert asked is not None
    assert DEFAULTS | asked == parsed(parser, args)


@pytest.mark.parametrize("args", PARSED)
def test_what_is_not_plain_is_the_parsers_to_read(parser: Any, args: list[str]) -> None:
    assert plain.say(["say", *args]) is None
    parsed(parser, args)


@pytest.mark.parametrize("args", REFUSED)
def test_what_does_not_hold_is_the_parsers_to_refuse(parser: Any, args: list[str]) -> None:
    assert plain.say(["say", *args]) is None
    with pytest.raises((ParserError, UsageError)):
        parsed(parser, args)


@pytest.mark.parametrize("args", [[], ["--lang", "ar", "say", TEXT], ["make", TEXT], ["saying"], ["say", "--help"]])
def test_other_verbs_and_help_are_the_parsers(args: list[str]) -> None:
    assert plain.say(args) is None


@pytest.mark.parametrize("args", MAKE_PLAIN)
def test_a_plain_line_of_make_is_read_as_the_parser_reads_it(maker: Any, args: list[str]) -> None:
    asked = plain.make(["make", *args])
    assert asked is not None
    context = maker.make_context("make", list(args))
    given = {name: value for name, value in context.params.items() if value not in (None, False, "", ())}
    assert asked | {"inputs": [asked["source"]]} == given | {"source": given["inputs"][0]}


@pytest.mark.parametrize("args", MAKE_PARSED)
def test_making_that_is_not_plain_is_the_parsers_to_read(maker: Any, args: list[str]) -> None:
    assert plain.make(["make", *args]) is None
    maker.make_context("make", list(args))


@pytest.mark.parametrize("args", [[], ["make"], ["make", "-q"], ["say", TEXT], ["make", "--help"], ["make", "-o"]])
def test_no_input_other_verbs_and_help_are_the_parsers(args: list[str]) -> None:
    assert plain.make(args) is None


@pytest.mark.parametrize(
    "args",
    [
        ["XQ", "إِكْس"],
        ["XQ", "إِكْس", "--gender", "m"],
        ["--gender=f", "XQ", "-c", "tts-news.toml", "إِكْس", "--json"],
        ["XQ Y", "-", "--config=a.toml"],
    ],
)
def test_a_plain_line_of_lexicon_add_is_read_as_the_parser_reads_it(adder: Any, args: list[str]) -> None:
    asked = plain.lexicon_add(["lexicon", "add", *args])
    assert asked is not None
    context = adder.make_context("add", list(args))
    assert asked == {name: value for name, value in context.params.items() if value not in (None, False, "", ())}


@pytest.mark.parametrize(
    "args",
    [
        ["terms.pls"],
        ["XQ", "إِكْس", "--scope", "a"],
        ["XQ", "إِكْس", "--voice", "rawi"],
        ["XQ", "--", "إِكْس"],
        ["XQ", "إِكْس", "--json", "--json"],
    ],
)
def test_adding_that_is_not_plain_is_the_parsers_to_read(adder: Any, args: list[str]) -> None:
    assert plain.lexicon_add(["lexicon", "add", *args]) is None
    adder.make_context("add", list(args))


@pytest.mark.parametrize(
    "args",
    [[], ["lexicon"], ["lexicon", "add"], ["lexicon", "add", "a", "b", "c"], ["lexicon", "list"], ["say", "add", "a"]],
)
def test_whatever_adds_no_term_is_the_parsers(args: list[str]) -> None:
    assert plain.lexicon_add(args) is None
