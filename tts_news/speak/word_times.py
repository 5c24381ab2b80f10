"""Times of words that a server or a recogniser names, given to the words as they are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tts_news.arabic import bare
from tts_news.patterns import lazy
from tts_news.sound import WordTime

_NOT_SAID = lazy(r"[\W_]+")


def written_times(tokens: Sequence[str], heard: Sequence[WordTime], duration_s: float) -> tuple[WordTime, ...]:
    """Return a time for each written word; none at all where they cannot be told apart.

    Who heard them has its own idea of what is a word: each of those is looked for in the written ones that follow, and
    a written word of which nothing was heard lasts from the one before to the one after.

    Args:
        tokens: The words as they are written, between spaces.
        heard: Words with their times, in order, marked or not.
        duration_s: How long the sound is.
    """
    spans: list[tuple[float, float] | None] = [None] * len(tokens)
    at = 0
    for word in heard:
        key = _key(word.text)
        place = next((i for i in range(at, len(tokens)) if key and key in _key(tokens[i])), None)
        if place is None:
            continue
        known = spans[place]
        spans[place] = (known[0] if known else word.start_s, word.end_s)
        at = place
    said = [i for i, token in enumerate(tokens) if _key(token)]
    if not said or 2 * sum(spans[i] is not None for i in said) < len(said):
        return ()
    begins = [span[0] if span else None for span in spans]
    return tuple(_filled(tokens, spans, begins, duration_s))


def _filled(
    tokens: Sequence[str],
    spans: Sequence[tuple[float, float] | None],
    begins: Sequence[float | None],
    duration_s: float,
) -> Iterator[WordTime]:
    now = 0.0
    for i, (token, span) in enumerate(zip(tokens, spans, strict=True)):
        following = next((begin for begin in begins[i + 1 :] if begin is not None), duration_s)
        begin, end = span or (now, following if _key(token) else now)
        begin = min(max(begin, now), duration_s)
        now = min(max(end, begin), duration_s)
        yield WordTime(token, begin, now)


def _key(text: str) -> str:
    return _NOT_SAID.sub("", bare(text))
