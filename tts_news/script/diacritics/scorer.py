"""What a diacritisation model is to the rest of the package: scores of every reading of every letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]

# Letters and signs the models do not know, by the one they do. Same-length: a character for a character.
KNOWN_AS: Final = str.maketrans(
    {
        "ٱ": "ا",
        "ک": "ك",
        "گ": "ك",
        "ڭ": "ك",
        "ی": "ي",
        "ې": "ي",
        "ہ": "ه",
        "ھ": "ه",
        "ە": "ه",
        "ۃ": "ة",
        "ۀ": "ه",
        "پ": "ب",
        "چ": "ج",
        "ژ": "ز",
        "ڤ": "ف",
        "ڥ": "ف",
        "ڨ": "ق",
        ",": "،",
        ";": "؛",
        "?": "؟",
        "…": ".",
        "“": '"',
        "”": '"',
        "„": '"',
        "–": "-",
        "—": "-",
        "\n": " ",
        "\t": " ",
        "\r": " ",
        "\u00a0": " ",
        "\u202f": " ",
    }
)


class Scorer(Protocol):
    """A loaded model. Made once per process."""

    def scores(self, bases: str, given: Sequence[str]) -> Scores:
        """Return the log-probability of each of `marks.READINGS` for each character of `bases`, shape (n, 14).

        `given` are the author's marks on each character, in NFC; a model that can hear them does, none has to obey.
        Characters that carry no marks get 0 for "no mark" and minus infinity for the rest. The result depends on
        `bases` and `given` alone, never on what was asked before.
        """


def to_ids(bases: str, ids: Mapping[str, int], digit: str = "") -> tuple[list[int], list[int]]:
    """Return the model's ids of the characters it knows, and the place of each in `bases`.

    Characters a model does not know are left out of its sight; of several spaces it sees one. `digit` is how the
    model writes any digit, "" when it does not.
    """
    seen: list[int] = []
    places: list[int] = []
    space_before = True
    for place, char in enumerate(bases.translate(KNOWN_AS)):
        known = ids.get(digit if digit and char.isdigit() else char)
        if known is None or (char == " " and space_before):
            continue
        space_before = char == " "
        seen.append(known)
        places.append(place)
    return seen, places
