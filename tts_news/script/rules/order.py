"""The order of the text rules: `RULES`, run one after the other over a line.

Each rule is a module with one pure function `apply(text: str) -> str`. A comment per dependency says what breaks
otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

RULES: Final[tuple[Callable[[str], str], ...]] = ()
