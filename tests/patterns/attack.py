"""Texts made to hurt a pattern, drawn from its own parse tree, and whether it runs away on one of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from re import _constants as sre  # type: ignore[attr-defined]
from typing import Any

from tests.patterns.steps import Counter, TooManyError

# Twice the text may take four times the steps: a search that begins at every place and looks to the end each time. All
# our texts have a limit. It may not take eight times (a cube), and never twice for each character more.
SIZES = (24, 48)
MOST_GROWTH = 5.5
_NOTICEABLE = 4 * SIZES[1] ** 2
_COMMON = "a1 ا٣_.-"
_MOST_PUMPS = 10
_CLASSES = Counter("a")  # tells what a class of any pattern takes


def find_runaway(pattern: str, flags: int = 0) -> str:
    """Return a text on which the pattern's steps grow faster than the square of its length, "" when none is found."""
    counter = Counter(pattern, flags)
    chance = random.Random(len(pattern))
    for head, pump, tail in _attacks(counter, chance):
        if _runs_away(counter, *(head + pump * size + tail for size in SIZES)):
            return head + pump * SIZES[1] + tail
    return ""


def _runs_away(counter: Counter, short: str, long: str) -> bool:
    try:
        steps = counter.search(long)
    except TooManyError:
        return True
    return steps > _NOTICEABLE and steps > MOST_GROWTH * counter.search(short)


def _attacks(counter: Counter, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield (head, what is repeated, tail): the tail makes the whole fail after all."""
    tree = counter.tree
    for before, inner in _repeats(tree, []):
        head = "".join(_sample(node, chance) for node in before)
        bodies = {"".join(_sample(node, chance) for node in inner) for _ in range(4)}
        letters = sorted(_letters(inner))
        pumps = [*bodies, *letters, *(letter + other for letter in letters[:3] for other in letters[:3])]
        for pump in list(dict.fromkeys(filter(None, pumps)))[:_MOST_PUMPS]:
            for tail in ("\x00", " ع"):
                yield head, pump, tail


def _repeats(nodes: list[Any], before: list[Any]) -> Iterator[tuple[list[Any], list[Any]]]:
    """Yield (the nodes before it, its body) of every repeat that may go on for long."""
    for at, (op, value) in enumerate(nodes):
        ahead = [*before, *nodes[:at]]
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            if value[1] is sre.MAXREPEAT or value[1] > SIZES[0]:
                yield ahead, list(value[2])
            yield from _repeats(list(value[2]), ahead)
        elif op is sre.BRANCH:
            for way in value[1]:
                yield from _repeats(list(way), ahead)
        elif op is sre.SUBPATTERN:
            yield from _repeats(list(value[3]), ahead)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _repeats(list(value[1]), ahead)
        elif op is sre.ATOMIC_GROUP:
            yield from _repeats(list(value), ahead)


def _sample(node: Any, chance: random.Random) -> str:  # noqa: PLR0911 - a case of the tree a line
    """Return a short text that a node matches, mostly."""
    op, value = node
    if op is sre.LITERAL:
        return chr(value)
    if op in (sre.IN, sre.ANY, sre.NOT_LITERAL):
        return chance.choice(sorted(_letters([node])) or ["a"])
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        count = max(value[0], min(1, value[1]))
        return "".join(_sample(inner, chance) for _ in range(count) for inner in value[2])
    if op is sre.BRANCH:
        return "".join(_sample(inner, chance) for inner in chance.choice(value[1]))
    if op is sre.SUBPATTERN:
        return "".join(_sample(inner, chance) for inner in value[3])
    if op is sre.ATOMIC_GROUP:
        return "".join(_sample(inner, chance) for inner in value)
    return ""


def _letters(nodes: Any) -> set[str]:
    """Return characters that a node somewhere in the tree takes: its literals, and common ones of its classes."""
    found: set[str] = set()
    for op, value in nodes:
        if op is sre.LITERAL:
            found.add(chr(value))
        elif op is sre.IN:
            own = {chr(one) for kind, one in value if kind is sre.LITERAL}
            own |= {chr(one[0]) for kind, one in value if kind is sre.RANGE}
            found |= {c for c in own | set(_COMMON) | {"#"} if _CLASSES._takes(op, value, c)}
        elif op in (sre.ANY, sre.NOT_LITERAL):
            found |= {c for c in _COMMON if op is sre.ANY or ord(c) != value}
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            found |= _letters(value[2])
        elif op is sre.BRANCH:
            found |= {letter for way in value[1] for letter in sorted(_letters(way))[:4]}
        elif op is sre.SUBPATTERN:
            found |= _letters(value[3])
    return found
