"""What is to be said and how it sounds: the records of one sentence, which nothing but a sentence is needed for.

They stand among the `records`, and here by themselves: what says one sentence loads those of no article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts_news.frozen import dataclass

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Utterance:
    """What an engine is asked to say.

    Attributes:
        id: The cue's id; engines name it in their errors.
        text: Diacritised Arabic (see `Cue.spoken`).
        speed: 1.0 is the voice's own pace, 2.0 twice as fast.
        pitch: 1.0 is the voice's own pitch, 1.1 a tenth higher.
        seed: Makes a sampling engine repeatable; another seed is another try.
        language: BCP 47 tag.
        style: How it is said, by the name the engine has for that ("newscast"); "" is the voice's own way.
    """

    id: str
    text: str
    speed: float = 1.0
    pitch: float = 1.0
    seed: int = 0
    language: str = "ar"
    style: str = ""


@dataclass(frozen=True, slots=True)
class WordTime:
    """When one word of the spoken text sounds, in seconds from the start of its take or file."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """One utterance as sound: `samples` float32, shape (n,), in [-1, 1], at `rate_hz`; `words` may be empty.

    `aligned` where the voice did not say when its words sound, and a recogniser found them in the sound.
    """

    samples: npt.NDArray[np.float32]
    rate_hz: int
    words: tuple[WordTime, ...] = ()
    aligned: bool = False

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate_hz
