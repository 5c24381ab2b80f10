"""The meters themselves: they tell a square from a line."""

from __future__ import annotations

import re

from tests.work import cpu_growth, growth
from tts_news.arabic import bare

SPACES = re.compile(r"\s+$")


def test_a_square_is_told_from_a_line_in_processor_time() -> None:
    assert cpu_growth(lambda size: SPACES.search(" " * size + "x"), 1_500) > 3
    assert cpu_growth(lambda size: sum(range(size)), 800_000) < 3


def test_a_square_is_told_from_a_line_in_lines() -> None:
    assert growth(lambda size: [bare("كَلِمَة") for _ in range(size * size)], 10) > 3
    assert growth(lambda size: [bare("كَلِمَة") for _ in range(size)], 100) < 2
