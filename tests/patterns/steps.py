"""How many steps a regular expression takes on a text, counted: `re` has no counter, and no test here is timed.

A backtracking matcher over the parse tree of `re` itself, trying what the engine tries in the order in which it tries
it. The engine's shortcuts (a search for the literal at the head, a tight loop for one character class) make it faster
by a constant, never by a power, so growth is the same.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

sys.setrecursionlimit(max(sys.getrecursionlimit(), 40_000))

Then = Callable[[int], bool]
_ONE = frozenset({sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN})  # what takes one character
_CATEGORIES = {
    sre.CATEGORY_DIGIT: str.isdecimal,
    sre.CATEGORY_SPACE: str.isspace,
    sre.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
}
_NOT = {
    sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT,
    sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
    sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
}


class TooManyError(Exception):
    """More steps than were allowed."""


def _plain(value: Any) -> Any:
    """Return a parse tree as lists and tuples: the parser's own sequences are slow to walk."""
    if isinstance(value, parser.SubPattern):
        return _Nodes([_plain(node) for node in value], value.getwidth()[0])
    if isinstance(value, (list, tuple)):
        return type(value)(_plain(one) for one in value)
    return value


class _Nodes(list[Any]):
    """The nodes of a sequence, and the width of the shortest text it matches."""

    def __init__(self, nodes: list[Any], width: int) -> None:
        super().__init__(nodes)
        self.width = width


class Counter:
    """Counts the steps of a search through a text."""

    def __init__(self, pattern: str, flags: int = 0, most: int = 80_000) -> None:
        """Parse the pattern; `most` steps are counted, then a search is given up."""
        tree = parser.parse(pattern, flags)
        self.ignores_case = bool(tree.state.flags & re.IGNORECASE)
        self.dot_is_all = bool(tree.state.flags & re.DOTALL)
        self.lines = bool(tree.state.flags & re.MULTILINE)
        self.tree = _plain(tree)
        self.most = most
        self._known: dict[tuple[int, str], bool] = {}

    def search(self, text: str) -> int:
        """Return how many steps the engine takes until it has found a match or seen that there is none.

        Raises:
            TooManyError: More than were allowed.
        """
        self.steps, self.text, self.groups = 0, text, {}
        for start in range(len(text) + 1):
            if self._match(self.tree, 0, start, lambda _: True):
                break
        return self.steps

    def _match(self, nodes: list[Any], at: int, place: int, then: Then) -> bool:
        if at == len(nodes):
            return then(place)
        self.steps += 1
        if self.steps > self.most:
            raise TooManyError
        op, value = nodes[at]

        def rest(here: int) -> bool:
            return self._match(nodes, at + 1, here, then)

        if op in _ONE:
            return self._takes_at(nodes[at], place) and rest(place + 1)
        return bool(getattr(self, f"_{str(op).lower()}")(value, place, rest))

    def _takes_at(self, node: Any, place: int) -> bool:
        """Return whether a node of one character takes the one at a place; what it takes is found out once."""
        if place >= len(self.text):
            return False
        known = self._known.get(key := (id(node), self.text[place]))
        if known is None:
            known = self._known[key] = self._takes(*node, self.text[place])
        return known

    def _takes(self, op: Any, value: Any, character: str) -> bool:
        if op is sre.ANY:
            return character != "\n" or self.dot_is_all
        if op is sre.IN:
            wanted = not (value and value[0][0] is sre.NEGATE)
            return any(self._in(kind, one, character) for kind, one in value if kind is not sre.NEGATE) is wanted
        return self._in(sre.LITERAL, value, character) is (op is sre.LITERAL)

    def _in(self, kind: Any, value: Any, character: str) -> bool:
        if kind is sre.LITERAL and ord(character) == value:
            return True
        forms = {character, character.lower(), character.upper()} if self.ignores_case else {character}
        if kind is sre.LITERAL:
            return chr(value) in forms
        if kind is sre.RANGE:
            return any(len(form) == 1 and value[0] <= ord(form) <= value[1] for form in forms)
        return not _CATEGORIES[_NOT[value]](character) if value in _NOT else bool(_CATEGORIES[value](character))

    def _branch(self, value: Any, place: int, rest: Then) -> bool:
        for way in value[1]:
            if way and way[0][0] is sre.LITERAL and not self._takes_at(way[0], place):
                self.steps += 1  # a word of a long list that begins otherwise: by far the most
            elif self._match(way, 0, place, rest):
                return True
        return False

    def _subpattern(self, value: Any, place: int, rest: Then) -> bool:
        number, _, _, inner = value

        def close(here: int) -> bool:
            before = self.groups.get(number)
            self.groups[number] = self.text[place:here]
            if rest(here):
                return True
            self.groups[number] = before
            return False

        return self._match(inner, 0, place, close)

    def _max_repeat(self, value: Any, place: int, rest: Then) -> bool:
        least, most, inner = value
        if len(inner) == 1 and inner[0][0] in _ONE:
            return self._run(inner[0], least, most, place, rest)
        nodes = inner

        def more(count: int, here: int) -> bool:
            def again(there: int) -> bool:
                return (there != here or count < least) and more(count + 1, there)

            return (count < most and self._match(nodes, 0, here, again)) or (count >= least and rest(here))

        return more(0, place)

    def _run(self, node: Any, least: int, most: int, place: int, rest: Then) -> bool:
        """Match one node as often as it goes, then less and less often: the same steps without a call for each."""
        end = place
        while end - place < most and self._takes_at(node, end):
            end += 1
        self.steps += end - place + 1
        return any(rest(here) for here in range(end, place + least - 1, -1))

    def _min_repeat(self, value: Any, place: int, rest: Then) -> bool:
        least, most, inner = value
        nodes = inner

        def more(count: int, here: int) -> bool:
            def again(there: int) -> bool:
                return (there != here or count < least) and more(count + 1, there)

            return (count >= least and rest(here)) or (count < most and self._match(nodes, 0, here, again))

        return more(0, place)

    def _possessive_repeat(self, value: Any, place: int, rest: Then) -> bool:
        least, most, inner = value
        count = 0
        while count < most and (end := self._alone(inner, place)) is not None:
            count += 1
            if end == place:
                break
            place = end
        return count >= least and rest(place)

    def _atomic_group(self, value: Any, place: int, rest: Then) -> bool:
        end = self._alone(value, place)
        return end is not None and rest(end)

    def _alone(self, nodes: list[Any], place: int) -> int | None:
        ends: list[int] = []
        return ends[0] if self._match(nodes, 0, place, lambda here: bool(ends.append(here) or True)) else None

    def _assert(self, value: Any, place: int, rest: Then) -> bool:
        return self._looks(value, place) and rest(place)

    def _assert_not(self, value: Any, place: int, rest: Then) -> bool:
        return not self._looks(value, place) and rest(place)

    def _looks(self, value: Any, place: int) -> bool:
        direction, inner = value
        start = place if direction > 0 else place - inner.width
        return start >= 0 and self._match(inner, 0, start, lambda here: direction > 0 or here == place)

    def _groupref(self, value: Any, place: int, rest: Then) -> bool:
        said = self.groups.get(value)
        return said is not None and self.text.startswith(said, place) and rest(place + len(said))

    def _groupref_exists(self, value: Any, place: int, rest: Then) -> bool:
        number, yes, no = value
        way = yes if self.groups.get(number) is not None else (no or [])
        return self._match(way, 0, place, rest)

    def _at(self, value: Any, place: int, rest: Then) -> bool:
        text, end = self.text, len(self.text)
        many = self.lines
        if value in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
            held = place == 0 or (value is sre.AT_BEGINNING and many and text[place - 1] == "\n")
        elif value in (sre.AT_END, sre.AT_END_STRING):
            near = value is sre.AT_END and (text[place:] == "\n" or (many and text[place : place + 1] == "\n"))
            held = place == end or near
        else:
            word = _CATEGORIES[sre.CATEGORY_WORD]
            edge = (place > 0 and word(text[place - 1])) is not (place < end and word(text[place]))
            held = edge is (value is sre.AT_BOUNDARY)
        return held and rest(place)
