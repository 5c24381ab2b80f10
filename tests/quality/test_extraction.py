"""How much of an article is read, in which role, and how little of what is around it, pinned: the floors only rise.

Twelve templates of Arabic publishing systems times four stories, each told in five ways; the same pages as two browsers
copy them.
`python benchmarks/extraction.py` prints the same table beside other extractors.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from extraction_score import VARIATIONS, Outcome, Score, Variation, mean, outcome, pages, pastes, score

from tts_news.read.page import read_page
from tts_news.read.paste import read_paste
from tts_news.read.settings import ReadSettings

FLOORS = tomllib.loads((Path(__file__).parent / "extraction_floor.toml").read_text(encoding="utf-8"))


def ours(kind: str, text: str, url: str) -> Outcome:
    if kind == "pages":
        return outcome(read_page(text.encode(), url, ReadSettings()))
    return outcome(read_paste(text))


@pytest.mark.parametrize("vary", VARIATIONS, ids=lambda vary: vary.__name__)
@pytest.mark.parametrize("kind", ["pages", "pastes"])
def test_extraction_stays_above_its_floor(kind: str, vary: Variation) -> None:
    floor = FLOORS[kind][vary.__name__]
    cases = pages(vary) if kind == "pages" else pastes(vary)
    scores: dict[str, Score] = {}
    for name, story, text, unwanted in cases:
        scores[name] = score(story, unwanted, ours(kind, text, f"https://example.org/2026/{story.slug}"))
    assert len(scores) >= FLOORS[kind]["count"]
    worst = min(scores, key=lambda name: scores[name].f1)
    assert scores[worst].f1 >= floor["worst_f1"], worst
    for figure in ("f1", "title", "items", "subheads", "roles"):
        if figure in floor:
            short = [name for name, one in scores.items() if (getattr(one, figure) or 1.0) < 1]
            assert mean(list(scores.values()), figure) >= floor[figure], (figure, short)
    leaks = [name for name, one in scores.items() if one.leak]
    assert mean(list(scores.values()), "leak") <= floor["leak"], leaks
