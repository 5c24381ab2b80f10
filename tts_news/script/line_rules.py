"""What is done to the words of a line before the diacritiser sees them: the text rules, and lost hamzas restored."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tts_news.errors import ScriptError
from tts_news.script.rules.topic import Topic

MONTH_SETS = ("gregorian", "levant", "maghreb", "morocco")


def rules_for(months: str, topic: Topic | None = None) -> Callable[[str], str]:
    """Return the text rules for an article, which leave numbers open: its topic, and a region's names of months."""
    from tts_news.script.normalisation import apply_rules_unmarked
    from tts_news.script.rules.order import for_article
    from tts_news.script.rules.topic import NO_TOPIC

    if months not in MONTH_SETS:
        raise ScriptError(f"[script] months = {months!r}: no such month names", hint=f"one of {', '.join(MONTH_SETS)}")
    return partial(apply_rules_unmarked, rules=for_article(topic or NO_TOPIC, months))


def restore_hamza(text: str) -> str:
    """Return a text with the hamzas its author left out; the model is loaded for the first that needs one."""
    from tts_news.script.diacritics.hamza import load_restorer

    return load_restorer().restore(text)
