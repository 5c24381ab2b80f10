"""The posts of a live page: in which order they are said, and which are long enough for a chapter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tts_news.arabic import count_letters
from tts_news.patterns import lazy
from tts_news.records import Block, ListBlock, Post
from tts_news.script.settings import PostOrder

_CLOCK = lazy(r"(\d{1,2})[:٫.](\d{2})")

Named = tuple[str, Block]
"""A block with its id."""


def in_order(blocks: Sequence[Named], order: PostOrder) -> list[Named]:
    """Return the blocks with the posts of a live page in the order asked for; what stands above them stays above."""
    firsts = [at for at, (_, block) in enumerate(blocks) if isinstance(block, Post)]
    if order == "page" or len(firsts) < 2:
        return list(blocks)
    posts = [list(blocks[start:stop]) for start, stop in pairwise([*firsts, len(blocks)])]
    if (order == "newest") != _is_newest_first([post[0][1] for post in posts]):
        posts.reverse()
    return [*blocks[: firsts[0]], *(named for post in posts for named in post)]


def _is_newest_first(posts: Sequence[Block]) -> bool:
    """Return whether clock times fall from post to post; a page that states none has the newest first, as most do."""
    clocks = [
        int(match[1]) * 60 + int(match[2])
        for post in posts
        if isinstance(post, Post) and (match := _CLOCK.search(post.time))
    ]
    falls = sum(later < sooner for sooner, later in pairwise(clocks))
    return falls * 2 >= len(clocks) - 1


def is_long(blocks: Sequence[Block], at: int, letters: int) -> bool:
    """Return whether the post that begins at a block has that many base letters."""
    if not letters:
        return True
    size = 0
    for place in range(at, len(blocks)):
        block = blocks[place]
        if place > at and isinstance(block, Post):
            break
        texts = [f"{item.title} {item.body}" for item in block.items] if isinstance(block, ListBlock) else [block.text]
        size += sum(map(count_letters, texts))
    return size >= letters
