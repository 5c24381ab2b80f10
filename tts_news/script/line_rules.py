"""What is done to the words of a line before the diacritiser sees them: the text rules, and lost hamzas restored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from tts_news.script.rules.topic import Topic
from tts_news.script.settings import MonthSet


def rules_for(months: MonthSet, topic: Topic | None = None) -> Callable[[str], str]:
    """Return the text rules for an article, which leave numbers open: its topic, and a region's names of months."""
    from tts_news.script.normalisation import apply_rules_unmarked

    return partial(apply_rules_unmarked, rules=_rules(months, topic))


def trace_for(months: MonthSet, topic: Topic | None = None) -> Callable[[str], tuple[str, ...]]:
    """Return what tells the names of the rules of `rules_for` that change a text, in their order."""
    from tts_news.script.normalisation import trace_rules

    return partial(trace_rules, rules=_rules(months, topic))


def _rules(months: MonthSet, topic: Topic | None) -> Sequence[Callable[[str], str]]:
    from tts_news.script.rules.order import for_article
    from tts_news.script.rules.topic import NO_TOPIC

    return for_article(topic or NO_TOPIC, months)


def restore_hamza(text: str) -> str:
    """Return a text with the hamzas its author left out; the model is loaded for the first that needs one."""
    from tts_news.script.diacritics.hamza import load_restorer

    return load_restorer().restore(text)
