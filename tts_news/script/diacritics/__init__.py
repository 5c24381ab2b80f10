"""Diacritics: what each letter of a vowelless text is to carry. See docs/diacritics.md for the conventions."""

from __future__ import annotations

from functools import cache

from tts_news.script.diacritics.diacritiser import Diacritiser, ModelDiacritiser, Weighed
from tts_news.script.diacritics.grammar import load_grammar
from tts_news.script.diacritics.rawi import load_old_rawi, load_rawi
from tts_news.script.diacritics.stems import load_stems
from tts_news.script.diacritics.tashkeel import load_tashkeel
from tts_news.script.diacritics.vote import Vote

__all__ = ["Diacritiser", "Weighed", "load", "load_case_reader"]


@cache
def load() -> ModelDiacritiser:
    """Return the diacritiser of this process; the models are loaded the first time only.

    Raises:
        ScriptError: A model is missing; names the package to install.
    """
    return ModelDiacritiser(Vote(load_tashkeel(), _rawi(), load_old_rawi()), load_stems(), load_grammar())


@cache
def load_case_reader() -> Diacritiser:
    """Return the diacritiser that tells the case of a number: the best of the models by itself.

    On the sentences of tests/quality it is right as often as the vote of all, in a third of the time.

    Raises:
        ScriptError: The model is missing; names the package to install.
    """
    return ModelDiacritiser(_rawi(), load_stems(), load_grammar())


_rawi = cache(load_rawi)
