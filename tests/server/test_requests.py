"""What clients send is checked before anything is done with it."""

from __future__ import annotations

import json

import pytest
from server.running import Running

from tts_news.server.requests import _once


def refused(running: Running, path: str, body: object) -> str:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = running.client.post(running.url + path, content=content, headers={"content-type": "application/json"})
    assert answer.status_code == 400, (body, answer.text)
    return str(answer.json()["error"]["message"])


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http://[",
        "http://[::1",
        "http:///path",
        "http://.",
        "http://a b.example/",
        "http://a.example/\x00",
        "http://a.example/\n",
        "http://a.example\\@b.example/",
        "http://a.example:99999/",
        "http://a.example:0/",
        "http://a.example:x/",
        "http://user:secret@a.example/",
        "http://user@a.example/",
        "http://xn--\u0660.example/",
        "http://" + "a" * 64 + ".example/",
        "ftp://a.example/",
        "//a.example/",
        "javascript:alert(1)",
        "--output=/etc",
        "-",
        "http://a.example/" + "a" * 2000,
    ],
)
def test_an_order_needs_an_address_that_can_be_asked(standing: Running, url: str) -> None:
    assert "url" in refused(standing, "/editions", {"url": url})


@pytest.mark.parametrize("char", ["\x00", "\x08", "\x1b", "\x7f", "\x9b"])
@pytest.mark.parametrize(
    ("path", "field"), [("/editions", "text"), ("/editions", "title"), ("/v1/audio/speech", "input")]
)
def test_control_characters_are_refused_by_name(standing: Running, path: str, field: str, char: str) -> None:
    other = {"text": "خبر جديد."} if field == "title" else {}
    assert f"U+{ord(char):04X}" in refused(standing, path, {field: f"خبر {char} جديد"} | other)


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b'{"text": "\xd8\xae\xd8\xa8\xd8\xb1", "text": "x"}', "given twice"),
        (b'{"text": "x", "voice": "a", "voice": ""}', "given twice"),
        (b"[" * 100_000, "recursion"),
        (b'{"text": ' + b'{"a":' * 10_000, "recursion"),
        (b'{"text": "\\ud800"}', "hex escape"),
        (b'{"text": "\xff"}', "unicode"),
        (b'{"text": "x"} {"text": "y"}', "trailing"),
        (b"", "EOF"),
        (b"null", "body"),
        ({"title": "سطر\nآخر", "text": "خبر."}, "title"),
        ({"text": "خبر.", "voice": "nobody"}, "nobody"),
        ({"text": "خبر.", "voice": "-x"}, "voice"),
        ({"text": "خبر.", "voice": "../tone"}, "voice"),
        ({"text": ["خبر"]}, "text"),
    ],
)
def test_a_body_means_one_thing_or_is_refused(standing: Running, body: object, word: str) -> None:
    assert word in refused(standing, "/editions", body)


@pytest.mark.parametrize("speed", [b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1", b"0", b'"fast"', b"null"])
def test_a_speed_is_a_number_within_bounds(standing: Running, speed: bytes) -> None:
    assert "speed" in refused(standing, "/v1/audio/speech", b'{"input": "x", "speed": ' + speed + b"}")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/v1/audio/speech", "capitals"),
        ("/dev/captioned_speech", "stream"),
        ("/dev/captioned_speech", "return_timestamps"),
    ],
)
def test_a_number_is_neither_true_nor_false(standing: Running, path: str, name: str) -> None:
    assert name in refused(standing, path, {"input": "x", name: 0})


@pytest.mark.parametrize(
    "text", ["😀", "🇸🇦👍🏽", "* * *", "---", "```\n```", "<br>", "…", "؟!", "\u200f", "👨\u200d👩\u200d👧"]
)
def test_what_holds_nothing_to_say_is_a_short_silence(standing: Running, text: str) -> None:
    body = {"input": text, "response_format": "pcm"}
    answer = standing.post("/v1/audio/speech", body)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "audio/pcm"
    assert answer.content == bytes(2 * 7200)


@pytest.mark.parametrize(
    "text", ["خبر\u200f جديد\u200b.", "خبر\u0640ـ جديد.", "\ufeffخبر جديد.", "خبر\x0bجديد.", "خبر 😀 جديد."]
)
def test_marks_that_are_not_said_do_not_stop_a_text(standing: Running, text: str) -> None:
    assert standing.post("/v1/audio/speech", {"input": text}).status_code == 200


class Name(str):
    """A name that counts how often it is compared."""

    __slots__ = ()
    compared = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Name.compared += 1
        return str.__eq__(self, other)


def test_a_name_given_twice_is_found_without_comparing_each_with_all() -> None:
    pairs: list[tuple[str, object]] = [(Name(f"n{number}"), 0) for number in range(2000)]
    with pytest.raises(ValueError, match="n1999"):
        _once([*pairs, (Name("n1999"), 1)])
    assert Name.compared < 4000
