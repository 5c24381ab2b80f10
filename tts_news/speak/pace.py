"""How long a voice takes for a text: learned once for each voice, from sentences that every voice is asked to say.

A voice's own pace decides what its takes may last, not the takes of a run: the same take is believed or refused
whichever process made it and in whatever order, and whatever was spoken before. The sentences go through executor and
cache like any others, so a cluster speaks them on its own machines, and a voice that has not changed speaks them once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from tts_news.errors import SpeakError
from tts_news.frozen import dataclass
from tts_news.patterns import lazy
from tts_news.speak.phonemes import phonemise

# Plain Modern Standard Arabic of quite different lengths; all twenty-eight letters are in them, so a model that lacks
# one cannot say them all and is held to what is stated for it.
SENTENCES = (
    "نَعَمْ.",
    "ظَهَرَ الْقَمَرُ غَدًا.",
    "قَالَ الْوَزِيرُ، إِنَّ الْأَمْرَ حُسِمَ.",
    "طَلَعَتِ الشَّمْسُ فِي الصَّبَاحِ ثُمَّ غَطَّاهَا الضَّبَابُ.",
    "أَعْلَنَتْ وِزَارَةُ الْخَارِجِيَّةِ أَمْسِ نَتَائِجَ الِاجْتِمَاعِ الَّذِي عُقِدَ بَعْدَ ذَلِكَ فِي الْعَاصِمَةِ.",
)
# Beside what is predicted, a sentence of news may last this share of it: sampling voices read the same words by a
# quarter faster or slower, lists and numbers are read slower than running text. Twice as long is another text.
LEAST, MOST = 0.5, 1.6
# What no pace foretells: silence at the ends, and at each pause inside.
SLACK_S, PAUSE_S = 0.8, 0.7
_VOWEL_MARKS = lazy("[\u064b-\u0650\u0670]")


@dataclass(frozen=True, slots=True)
class Pace:
    """A voice's pace at speed 1: seconds for each phoneme, and for the silence around them."""

    phoneme_s: float
    ends_s: float

    def bounds_s(self, phonemes: int, phrases: int) -> tuple[float, float]:
        """Return the least and most seconds at speed 1 that so many phonemes in so many phrases may last."""
        spoken_s = self.phoneme_s * phonemes
        longest_s = MOST * (spoken_s + self.ends_s) + SLACK_S + PAUSE_S * (phrases - 1)
        return LEAST * spoken_s, longest_s


def count_phonemes(text: str) -> tuple[int, int] | None:
    """Return how many phonemes and phrases a vowelled Arabic text has; None for any other text."""
    if not _VOWEL_MARKS.search(text):
        return None
    try:
        phrases = phonemise(text).phrases
    except SpeakError:
        return None
    phonemes = sum(len(word.phones) for phrase in phrases for word in phrase.words)
    return (phonemes, len(phrases)) if phonemes else None


def learn(durations_s: Sequence[float]) -> Pace | None:
    """Return the pace of a voice from how long its takes of `SENTENCES` are; None when they have no common pace.

    A line through the middle of them all: a sampling voice may have run on in one of them.
    Source: H. Theil, A rank-invariant method of linear and polynomial regression analysis, 1950.
    """
    from statistics import median

    counts = [(count_phonemes(text) or (0, 0))[0] for text in SENTENCES]
    points = list(zip(counts, durations_s, strict=True))
    slope = median((b - d) / (a - c) for (a, b), (c, d) in combinations(points, 2))
    if slope <= 0:
        return None
    return Pace(slope, max(0.0, median(duration_s - slope * count for count, duration_s in points)))
