"""Scores readers on pages printed from our own stories: what was said, in which role, and what should not have been."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from pages.clipboard import copy_page
from pages.sites import SITES, STORIES
from pages.stories import Story

from tts_news.read.dump import flat_items
from tts_news.records import Article, Heading, ListBlock, Paragraph

_MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def words(text: str) -> list[str]:
    """Return the words of a text for counting: NFKC, no marks, lower case."""
    return re.findall(r"\w+", _MARKS.sub("", unicodedata.normalize("NFKC", text)).lower())


def line_key(text: str) -> str:
    return " ".join(words(text))


@dataclass
class Outcome:
    """What a reader made of a page: lines as (role, text); role "" when the reader has none."""

    title: str = ""
    lines: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.lines) + "\n"


@dataclass
class Score:
    """All in [0, 1]; `leak` is better when lower, everything else when higher."""

    f1: float
    title: float
    items: float | None
    subheads: float | None
    roles: float
    leak: float


def expected(story: Story) -> list[tuple[str, str]]:
    """Return the lines of a story as (kind, text)."""
    lines: list[tuple[str, str]] = []
    for kind, value in story.blocks:
        if isinstance(value, str):
            lines.append((kind, value))
        else:
            assert isinstance(value, list)
            lines += [(kind, item if isinstance(item, str) else f"{item[0]}: {item[1]}") for item in value]
    return lines


_ROLES = {"p": ("paragraph",), "h2": ("heading",), "h3": ("heading",), "ul": ("item",), "ol": ("item",)}


def score(story: Story, unwanted: tuple[str, ...], made: Outcome) -> Score:
    """Return how well a reader did on one page; the deck and the title are neither asked for nor counted against it."""
    wanted = expected(story)
    truth = Counter(word for _, text in wanted for word in words(text))
    said = Counter(words(made.text))
    both = sum((truth & said).values())
    neutral = Counter(words(f"{story.deck} {story.title} {story.author}"))
    extra = sum(((said - truth) - neutral).values())
    precision, recall = both / max(1, both + extra), both / max(1, sum(truth.values()))
    roles = {line_key(text): role for role, text in made.lines}
    kept = [(kind, line_key(text)) for kind, text in wanted if line_key(text) in roles]
    right = [1 for kind, key in kept if roles[key] in _ROLES.get(kind, ("quote", "paragraph"))]

    def found(*kinds: str) -> float | None:
        asked = [line_key(text) for kind, text in wanted if kind in kinds]
        return sum(key in roles for key in asked) / len(asked) if asked else None

    return Score(
        f1=2 * precision * recall / max(1e-9, precision + recall),
        title=float(line_key(made.title) == line_key(story.title)),
        items=found("ul", "ol"),
        subheads=found("h2", "h3"),
        roles=len(right) / max(1, len(kept)),
        leak=sum(phrase in made.text for phrase in unwanted) / len(unwanted),
    )


Blocks = tuple[tuple[str, object], ...]


def as_written(blocks: Blocks) -> Blocks:
    return blocks


def without_stops(blocks: Blocks) -> Blocks:
    """A desk that sets no full stop at the end of a paragraph or item."""

    def bare(value: object) -> object:
        if isinstance(value, str):
            return value.removesuffix(".")
        assert isinstance(value, list)
        return [item.removesuffix(".") if isinstance(item, str) else (item[0], bare(item[1])) for item in value]

    return tuple((kind, bare(value)) for kind, value in blocks)


def in_short_paragraphs(blocks: Blocks) -> Blocks:
    """Every clause a paragraph of its own, as tabloids write."""
    parts: list[tuple[str, object]] = []
    for kind, value in blocks:
        if kind == "p" and isinstance(value, str):
            clauses = [part for part in re.split(r"،\s*", value) if part]
            parts += [("p", part if part.endswith((".", ":", "”")) else f"{part}.") for part in clauses]
        else:
            parts.append((kind, value))
    return tuple(parts)


def without_headings(blocks: Blocks) -> Blocks:
    return tuple(block for block in blocks if not block[0].startswith("h"))


def with_a_heading_each(blocks: Blocks) -> Blocks:
    """A heading above every paragraph, the first one included."""
    parts: list[tuple[str, object]] = []
    for number, (kind, value) in enumerate(blocks, 1):
        parts += [("h2", f"عنوان فرعي رقم {number} في القصة")] if kind == "p" else []
        parts.append((kind, value))
    return tuple(parts)


VARIATIONS = (as_written, without_stops, in_short_paragraphs, without_headings, with_a_heading_each)
Variation = Callable[[Blocks], Blocks]


def pages(vary: Variation = as_written) -> Iterator[tuple[str, Story, str, tuple[str, ...]]]:
    """Yield (name, story, html, what must not be said) for every story in every template."""
    for site, make in SITES.items():
        for name, told in STORIES.items():
            story = replace(told, blocks=vary(told.blocks))
            html, unwanted = make(story)
            yield f"{site}/{name}", story, html, unwanted


def pastes(vary: Variation = as_written) -> Iterator[tuple[str, Story, str, tuple[str, ...]]]:
    """Yield the same pages as two browsers copy them to the clipboard."""
    for name, story, html, unwanted in pages(vary):
        for marks in (True, False):
            yield f"{name}/{'marks' if marks else 'bare'}", story, copy_page(html, marks=marks), unwanted


def outcome(article: Article) -> Outcome:
    """Return an article of ours as lines with roles."""
    lines: list[tuple[str, str]] = []
    for block in article.blocks:
        if isinstance(block, ListBlock):
            lines += [("item", ": ".join(part for part in item[:2] if part)) for item in flat_items(block)]
        elif isinstance(block, Heading):
            lines.append(("heading", block.text))
        else:
            lines.append(("paragraph" if isinstance(block, Paragraph) else "quote", block.text))
    return Outcome(article.title, lines)


def mean(scores: list[Score], name: str) -> float:
    """Return the mean of one figure over the pages that have it."""
    values = [value for one in scores if (value := getattr(one, name)) is not None]
    return sum(values) / max(1, len(values))


Reader = Callable[[str, str], Outcome]
