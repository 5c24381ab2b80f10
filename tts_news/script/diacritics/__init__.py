"""Diacritics: what each letter of a vowelless text is to carry. See docs/diacritics.md for the conventions."""

from __future__ import annotations

from functools import cache

from tts_news.script.diacritics.diacritiser import Diacritiser, ModelDiacritiser
from tts_news.script.diacritics.grammar import load_grammar
from tts_news.script.diacritics.rawi import load_rawi
from tts_news.script.diacritics.stems import load_stems
from tts_news.script.diacritics.tashkeel import load_tashkeel
from tts_news.script.diacritics.vote import Vote

__all__ = ["Diacritiser", "load"]


@cache
def load() -> ModelDiacritiser:
    """Return the diacritiser of this process; the models are loaded the first time only.

    Raises:
        ScriptError: A model is missing; names the package to install.
    """
    return ModelDiacritiser(Vote(load_tashkeel(), load_rawi()), load_stems(), load_grammar())
