"""Articles and readings as text, as the desk keeps them, and back."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from tts_news.records import Article, Dropped, Identity, Script
from tts_news.script import parse_script
from tts_news.script.doubts import Reading, Word
from tts_news.script.serial import block_values, parse_block

_TUPLES = ("categories",)


def dump_article(article: Article) -> str:
    """Return an article as JSON; `parse_article` gives the same article back."""
    values = {name: value for name, value in asdict(article).items() if name != "blocks"}
    return json.dumps(values | {"blocks": [block_values(block) for block in article.blocks]}, ensure_ascii=False)


def parse_article(text: str) -> Article:
    """Return the article that `dump_article` wrote.

    Raises:
        ScriptError: A block is none.
    """
    values: dict[str, Any] = json.loads(text)
    identity = values.pop("identity")
    return Article(
        **values
        | {
            "blocks": tuple(parse_block(block, f"{place}") for place, block in enumerate(values["blocks"], 1)),
            "categories": tuple(values["categories"]),
            "dropped": tuple(Dropped(**line) for line in values["dropped"]),
            "identity": Identity(**identity) if identity else None,
        }
    )


def dump_readings(readings: tuple[Reading, ...]) -> str:
    """Return readings as JSON."""
    rows = [
        {
            "cue": reading.cue,
            "words": [
                [
                    word.spoken,
                    None if math.isinf(word.lead_nats) else round(word.lead_nats, 3),
                    word.origin,
                    word.doubts,
                ]
                for word in reading.words
            ],
            "rules": reading.rules,
            "latin": reading.latin,
        }
        for reading in readings
    ]
    return json.dumps(rows, ensure_ascii=False)


@lru_cache(maxsize=64)
def parse_readings(text: str) -> tuple[Reading, ...]:
    """Return the readings that `dump_readings` wrote."""
    return tuple(
        Reading(
            row["cue"],
            tuple(
                Word(spoken, math.inf if lead is None else lead, origin, tuple(doubts))
                for spoken, lead, origin, doubts in row["words"]
            ),
            tuple(row["rules"]),
            row["latin"],
        )
        for row in json.loads(text)
    )


@lru_cache(maxsize=64)
def read_script(text: str) -> Script:
    """Return a script that was kept as text; the same text is read once.

    Raises:
        ScriptError: It does not hold.
    """
    return parse_script(text)
