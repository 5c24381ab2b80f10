"""The one guard around every adapter of this room: what a library raises on a stranger's bytes becomes a `ReadError`.

Pages, feeds and addresses are written by anyone, and what the libraries below raise on them is no contract: lxml a
ValueError for a control character, urllib for half an IPv6 address, a codec a UnicodeError, an extractor whatever its
regular expression did not expect (AttributeError on a missing group, IndexError). A list of the cases that were seen
would be one short the next morning, and one article would end a watch of fifty feeds. So this is the one place of the
house where whole families of exceptions are caught, and it keeps them honest: the input is named, the cause is chained,
and the fuzzer (`scripts/fuzz.py`) counts what comes out of our own lines as a fault although it is caught here.

Not caught: KeyboardInterrupt, SystemExit, GeneratorExit, and StopIteration, which say something about us.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tts_news.errors import ReadError

# ValueError holds the Unicode errors and json's; LookupError IndexError, KeyError and unknown codecs; RuntimeError
# RecursionError and NotImplementedError; ArithmeticError overflows of dates and sizes; OSError what a codec, a page's
# own address or the network breaks on.
_FAMILIES: Final[tuple[type[Exception], ...]] = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    MemoryError,
    EOFError,
    OSError,
    SyntaxError,
)
_HINT = "if a browser shows an article there, copy its text and read that"


@contextmanager
def guarded(name: str) -> Iterator[None]:
    """Read a stranger's bytes inside: what a library raises on them becomes one error that names the input.

    Args:
        name: The input, as the user or its feed names it.

    Raises:
        ReadError: The input cannot be read.
    """
    try:
        yield
    except RecursionError as err:
        raise ReadError(f"{name} is nested too deeply to be an article", hint=_HINT) from err
    except _foreign() as err:
        what = " ".join(str(err).split())[:200]
        raise ReadError(f"{name} cannot be read: {type(err).__name__}{': ' if what else ''}{what}", hint=_HINT) from err


def _foreign() -> tuple[type[Exception], ...]:
    """Return the families; lxml's own errors where lxml is loaded: it is slow to load and most pastes do without."""
    etree = sys.modules.get("lxml.etree")
    return (*_FAMILIES, etree.LxmlError) if etree else _FAMILIES
