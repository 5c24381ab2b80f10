"""What a recogniser heard against what was to be said: words compared without marks and without spelling.

Ground floor: the third room chooses takes by it, the fifth reports on a whole edition.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_LETTERS: Final = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": ""}
)


def fold(text: str) -> list[str]:
    """Return the words of a text for comparing: no marks, no punctuation, letters that sound alike as one."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return re.findall(r"\w+", unicodedata.normalize("NFC", bare).translate(_LETTERS))


def distance(wanted: Sequence[str], got: Sequence[str]) -> int:
    """Return the edit distance between two lists of words, or of letters."""
    row = list(range(len(got) + 1))
    for i, word in enumerate(wanted, 1):
        above, row[0] = row[0], i
        for j, other in enumerate(got, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (word != other))
    return row[-1]
