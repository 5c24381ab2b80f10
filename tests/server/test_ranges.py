"""`Range`, as RFC 9110 has it, for a file of a hundred bytes; None is the whole file."""

from __future__ import annotations

import pytest

from tts_news.server.ranges import settle


@pytest.mark.parametrize(
    ("header", "sent"),
    [
        ("bytes=0-9", "bytes=0-9"),
        ("Bytes=0-9", "bytes=0-9"),
        ("bytes=90-", "bytes=90-99"),
        ("bytes=90-500", "bytes=90-99"),
        ("bytes=-10", "bytes=90-99"),
        ("bytes=-500", "bytes=0-99"),
        ("bytes=0-0, -1", "bytes=0-0,99-99"),
        ("bytes=0-0,,5-6", "bytes=0-0,5-6"),
        ("bytes=0-9,200-300", "bytes=0-9"),
        ("bytes=007-009", "bytes=7-9"),
    ],
)
def test_what_can_be_sent_is(header: str, sent: str) -> None:
    assert settle(header, 100) == sent


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=200-300", "bytes=-0", "bytes=100-,200-"])
def test_what_lies_outside_the_file_is_answered_with_416(header: str) -> None:
    assert settle(header, 100) == "bytes=100-"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=a-b",
        "bytes=9-0",
        "bytes=0-9,x",
        "bytes=0x1-9",
        "bytes=+1-9",
        "bytes=--5",
        "bytes=1-2-3",
        "bytes=٠-٩",
        "bytes=0 - 9",
        "bytes=\x000-9",
        "bytes:0-9",
        "items=0-9",
        "bytes=" + "9" * 5000 + "-",
        "bytes=" + ",".join(f"{place}-{place}" for place in range(0, 34, 2)),
        "bytes=0-99,0-99,0-99",
    ],
)
def test_what_is_malformed_or_an_attack_is_passed_over(header: str) -> None:
    assert settle(header, 100) is None


def test_an_empty_file_has_no_ranges() -> None:
    assert settle("bytes=0-", 0) == settle("bytes=-5", 0) == "bytes=0-"
