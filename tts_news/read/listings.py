"""Pages that list articles: a site's front, a section, an archive, what a search found."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lxml.html import HtmlElement

from tts_news.read.raw import Raw

_FEWEST_TEASERS = 5
_FEWEST_BROKEN_OFF = 3
_LEAST_WORDS = 4
_OPEN_ENDS = ("...", "…", "[…]", "[...]", "..")


def lists_articles(container: HtmlElement, raws: Sequence[Raw], *, many: bool) -> bool:
    """Return whether headlines that lead elsewhere stand above the teasers in the element that holds the text.

    Between two of them stand at most two paragraphs; an article with links around it has three in a row. A page that
    says it is an article, or has an article's address, needs more of them.
    """
    inside = [raw for raw in raws if container in (raw.element, *raw.element.iterancestors())]
    if _breaks_off(inside) or (not many and _only_leads_away(inside)):
        return True
    least = _FEWEST_TEASERS * (1 + many)
    if sum(raw.kind == "heading" and raw.is_link and raw.words >= 4 for raw in raws) < least:
        return False
    linked = row = longest = 0
    for raw in inside:
        if raw.kind == "heading" and raw.is_link and raw.words >= 4:
            linked, row = linked + 1, 0
        elif raw.is_prose:
            row += 1
            longest = max(longest, row)
    return linked >= least and longest < (2 if many else 3)


def _breaks_off(raws: Sequence[Raw]) -> bool:
    """Return whether most of the text is beginnings that break off, each below the headline that leads to the rest."""
    texts = [raw for raw in raws if raw.kind == "paragraph" and not raw.is_link and raw.words >= _LEAST_WORDS]
    broken = sum(
        above.is_link and above.words >= _LEAST_WORDS and below.kind == "paragraph" and below.text.endswith(_OPEN_ENDS)
        for above, below in pairwise(raws)
    )
    return broken >= _FEWEST_BROKEN_OFF and broken * 2 > len(texts)


def _only_leads_away(raws: Sequence[Raw]) -> bool:
    """Return whether there is no running text, and headlines that lead elsewhere stand in its place."""
    leading = [raw for raw in raws if raw.link_words >= _LEAST_WORDS and raw.link_words * 2 > raw.words]
    return len(leading) >= _FEWEST_TEASERS and not any(raw.is_prose for raw in raws)
