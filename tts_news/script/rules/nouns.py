"""Nouns as numbers need them: gender of the singular, the forms after a number, and a guess for nouns nobody listed.

`Noun` carries one noun; `find` looks a written word up in `data/nouns.tsv` (singular, gender, plurals) with clitics,
article, tanwin and dual endings taken off, and falls back on the shape of the word. The table is read on first use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tts_news.script.rules.numerals import Case, Gender

_MARKS: Final = re.compile("[\u0610-\u061a\u064b-\u0652\u0670\u0640]")
_SEATS: Final = str.maketrans("أإآٱ", "اااا")

# A final long alif, ة, ى or hamza after an alif takes no alif of tanwin; nor do foreign words that end in و.
_NO_TANWIN_ALIF: Final = ("ة", "ى", "ا", "اء", "أ", "و")


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun; `plural` is the form after 3 to 10 (genitive), `gender` that of the singular."""

    singular: str
    gender: Gender
    plural: str

    def accusative(self) -> str:
        """The singular after 11 to 99: كتابا, دولة, مستشفى."""
        if self.singular.endswith(_NO_TANWIN_ALIF):
            return self.singular
        return f"{self.singular}ا"

    def dual(self, case: Case = "nom", *, construct: bool = False) -> str:
        """The dual: كتابان, دولتين; without its nun in construct: كتابا, دولتي."""
        if self.singular == "يورو":  # a foreign word with no dual
            return "اثنان يورو" if case == "nom" else "اثنين يورو"
        stem = self.singular
        if stem.endswith("ة"):
            stem = f"{stem[:-1]}ت"
        elif stem.endswith("ى"):
            stem = f"{stem[:-1]}ي"
        elif stem in _RESTORED:
            stem = _RESTORED[stem]
        elif stem.endswith("اء") and self.gender == "f":
            stem = f"{stem[:-1]}و"  # صحراء: صحراوان
        form = (f"{stem[:-1]}آن" if stem.endswith("أ") else f"{stem}ان") if case == "nom" else f"{stem}ين"
        return form[:-1] if construct else form

    def after(self, n: int) -> str:
        """The form that follows n said in full: plural for 3 to 10, accusative for 11 to 99, else singular."""
        rest = n % 100
        if 3 <= rest <= 10:
            return self.plural
        return self.accusative() if rest >= 11 else self.singular


_RESTORED: Final = {"أب": "أبو", "أخ": "أخو", "جزء": "جزأ", "عصا": "عصو", "شيء": "شيئ", "عبء": "عبئ", "شاطئ": "شاطئ"}
"""Stems that change before a dual ending."""
