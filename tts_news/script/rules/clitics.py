"""The prefixes that Arabic writes onto a number: و ف ب ل ك and the article, put onto the words it is read as."""

from __future__ import annotations

from typing import Final

CLITIC: Final = "[وف]?(?:[بك]?ال|لل|[بلك])?"
"""Matches the prefixes of a definite number, or nothing."""

SPACED_CLITIC: Final = "(?:(?:[وف](?:[بك]?ال|لل|[بلك])?|[بك]?ال|لل|[بلك])[ ]?)?"
"""The same with the space that some put behind the prefix: ال 10, ب 60."""


def attach(clitic: str, words: str) -> str:
    """The words with the prefixes put on: ب + الخامس → بالخامس, ل + الخامس → للخامس, ال + الخامس → الخامس.

    Args:
        clitic: What `CLITIC` matched; an article in it asks for nothing that definite words do not have.
        words: The words of the number, with or without their own article.
    """
    clitic = clitic.rstrip()
    joiner = clitic[:1] if clitic[:1] in {"و", "ف"} else ""
    rest = clitic[len(joiner) :]
    if rest.endswith("ال") and not words.startswith("ال"):
        words = f"ال{words}"
    preposition = rest.removesuffix("ال") if rest != "لل" else "ل"
    if preposition == "ل" and words.startswith("ال"):
        return f"{joiner}لل{words[2:]}"
    if rest == "لل":
        return f"{joiner}لل{words}"
    return joiner + preposition + words


def is_oblique(clitic: str) -> bool:
    """Whether the prefixes hold a preposition, which forces the oblique case."""
    return clitic.lstrip("وف")[:1] in {"ب", "ل", "ك"}
