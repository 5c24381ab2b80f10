"""When each *written* word sounds: what the reader sees, matched to what the voice said.

The two differ: "12.5" is read as four words, marks are added, an abbreviation is spoken in full, a dash not at all.
Words that are the same but for marks and spelling variants of alef are anchors; between two anchors the cheapest
monotone matching decides, in which a number may take many spoken words and two written words may share one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from tts_news.records import WordTime

# Spelling variants that never tell two words of one sentence apart.
_SAME = str.maketrans("أإآٱىةؤئ", "اااايهوي")

# Costs of the matching, found on the cases of tests/publish/test_align.py; run it before changing one.
_SILENT_WORD = 2.5  # a word of letters that is not heard; above 2.0, the most that two unlike words cost
_SILENT_NUMBER = 2.0  # or a sign that is read
_SILENT_SIGN = 0.1  # dashes and bullets are mostly not read
_NUMBER = (0.3, 0.02)  # first spoken word, each further one: cheap, since a number has many
_SIGN = (0.2, 0.05)  # "%" and "$" take one or two
_READ_SIGN = "$"
_SIGNS_READ = frozenset("%‰&@+=#°×÷")
_WORDS_FOR_WORD = 4  # "د." is one word, "ق.م" three
_SHARING = 3  # written words that one spoken word may stand for
_LARGEST_TABLE = 250_000  # cells; a sentence of 500 words against 500, far beyond one breath
_LARGEST_GAP = 900

Match = tuple[int, int, int, int]  # written from, to, spoken from, to


def align_words(written: Sequence[str], spoken: Sequence[WordTime], start_s: float, end_s: float) -> list[WordTime]:
    """Return the time of every written word, in order, never going back, within `start_s` and `end_s`.

    A written word that is not spoken (a dash) lasts no time, at the end of the word before it.

    Args:
        written: The words the reader sees.
        spoken: The words the voice said, with their times in the same clock as `start_s`.
        start_s: Where the cue starts.
        end_s: Where it ends.
    """
    heard = [word for word in spoken if _key(word.text)]
    if not heard:
        return spread_words(written, start_s, end_s)
    times: list[WordTime] = []
    now = start_s
    for i0, i1, j0, j1 in _matches([_key(word) for word in written], [_key(word.text) for word in heard]):
        begin = min(max(heard[j0].start_s, now), end_s) if j1 > j0 else now
        end = min(max(heard[j1 - 1].end_s, begin), end_s) if j1 > j0 else begin
        times.extend(spread_words(written[i0:i1], begin, end))
        now = end
    return times


def spread_words(words: Sequence[str], start_s: float, end_s: float) -> list[WordTime]:
    """Return `words` laid end to end between two times, each as long as its letters are many."""
    weights = [len(_key(word)) + 1 for word in words]
    total, done, times = sum(weights), 0, []
    for word, weight in zip(words, weights, strict=True):
        begin = start_s + (end_s - start_s) * done / total
        done += weight
        times.append(WordTime(word, begin, start_s + (end_s - start_s) * done / total))
    return times


def _key(word: str) -> str:
    """Return the letters and digits of `word` without marks, in one spelling; `_READ_SIGN` for a sign that is read."""
    plain = unicodedata.normalize("NFKC", word).translate(_SAME).casefold()
    letters = "".join(letter for letter in plain if letter.isalnum() and letter != "ـ")
    read = any(letter in _SIGNS_READ or unicodedata.category(letter) == "Sc" for letter in plain)
    return letters or (_READ_SIGN if read else "")


def _matches(written: list[str], spoken: list[str]) -> Iterator[Match]:
    """Yield matches that cover both sequences in order."""
    i0 = j0 = 0
    for i, j in [*_anchors(written, spoken), (len(written), len(spoken))]:
        yield from _match_gap(written[i0:i], spoken[j0:j], i0, j0)
        if i < len(written):
            yield i, i + 1, j, j + 1
        i0, j0 = i + 1, j + 1


def _anchors(written: list[str], spoken: list[str]) -> list[tuple[int, int]]:
    """Return the longest common subsequence of equal words as index pairs; none when the table would be too large."""
    rows, columns = len(written), len(spoken)
    if rows * columns > _LARGEST_TABLE:
        return []
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            same = written[i] and written[i] == spoken[j]
            best[i][j] = best[i + 1][j + 1] + 1 if same else max(best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < rows and j < columns:
        if written[i] and written[i] == spoken[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _match_gap(written: list[str], spoken: list[str], i0: int, j0: int) -> Iterator[Match]:
    """Yield the cheapest matching of what lies between two anchors; `i0` and `j0` are added to its indices."""
    rows, columns = len(written), len(spoken)
    if rows <= 1 or columns == 0 or rows * columns > _LARGEST_GAP:
        if rows:
            yield i0, i0 + rows, j0, j0 + columns
        return
    cost = [[float("inf")] * (columns + 1) for _ in range(rows + 1)]
    step: dict[tuple[int, int], tuple[int, int]] = {}
    cost[rows][columns] = 0.0
    for i in range(rows - 1, -1, -1):
        for j in range(columns, -1, -1):
            for di, dj, price in _moves(written, spoken, i, j):
                if price + cost[i + di][j + dj] < cost[i][j]:
                    cost[i][j] = price + cost[i + di][j + dj]
                    step[i, j] = di, dj
    i = j = 0
    while i < rows:
        di, dj = step[i, j]
        yield i0 + i, i0 + i + di, j0 + j, j0 + j + dj
        i, j = i + di, j + dj


def _moves(written: list[str], spoken: list[str], i: int, j: int) -> Iterator[tuple[int, int, float]]:
    """Yield what written word `i` can match from spoken word `j` on: how many of each, and the cost."""
    word, left = written[i], len(spoken) - j
    if any(letter.isdecimal() for letter in word) or word in {"", _READ_SIGN}:
        first, further = _NUMBER if word.isalnum() else _SIGN
        yield 1, 0, _SILENT_NUMBER if word else _SILENT_SIGN
        for count in range(1, left + 1):
            yield 1, count, first + further * count
        return
    yield 1, 0, _SILENT_WORD
    for count in range(1, min(left, _WORDS_FOR_WORD) + 1):
        yield 1, count, 2 * _unlikeness(word, "".join(spoken[j : j + count]))
    # The last word of a gap may have to take more than its share, or the two sides could not both end.
    if left > _WORDS_FOR_WORD and i == len(written) - 1:
        yield 1, left, 2.0
    for count in range(2, min(_SHARING, len(written) - i) + 1):
        if left:
            yield count, 1, 2 * _unlikeness("".join(written[i : i + count]), spoken[j])


def _unlikeness(one: str, other: str) -> float:
    """Return the edit distance of two words over the length of the longer, 0 to 1."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        corner, row[0] = row[0], i
        for j, opposite in enumerate(other, 1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (letter != opposite))
    return row[-1] / max(len(one), len(other), 1)
