"""The words that number and noun agree by. Beside both, so that neither imports the other."""

from __future__ import annotations

from typing import Literal

Gender = Literal["m", "f"]
Case = Literal["nom", "gen", "acc"]
State = Literal["absolute", "construct"]
