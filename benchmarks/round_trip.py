"""Whether a number survives being said: figures → our words → arabic-itn → figures, beside num2words.

    python -m pip install arabic-itn && python -m benchmarks.round_trip

arabic-itn writes spoken Arabic of recognisers in figures and knows nothing of how we say it. The numbers are all those
to ten thousand, and 2,000 up to a hundred million (it knows no more), alone and as sums of money. It leaves the numbers
below ten as words, so they are left out. What it does not know is the grammar that num2words does not write: ألفا of
the tens, a dual before its noun (مئتي ريال), the noun said again (مئة ريال وريال), وأحد عشر behind a hundred.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from importlib import import_module

from num2words import num2words

from tts_news.script import normalise

_FIGURES = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def ours(number: int) -> str:
    return normalise(str(number))


def peer(number: int) -> str:
    return str(num2words(number, lang="ar"))


def our_money(number: int) -> str:
    return normalise(f"دفع {number} ريال")


def peer_money(number: int) -> str:
    return f"دفع {num2words(number, lang='ar')} ريال"


def share(numbers: Iterable[int], say: Callable[[int], str], write: Callable[[str], str]) -> tuple[float, list[str]]:
    """Return the share of numbers that come back, and the first few that do not."""
    lost, count = [], 0
    for number in numbers:
        count += 1
        said = say(number)
        back = write(said)
        if "".join(_FIGURES.findall(back)) != str(number):
            lost.append(f"{number}: {said} → {back}")
    return 1 - len(lost) / count, lost[:5]


def main() -> None:
    """Print what comes back of each kind of number, ours and the peer's."""
    itn = import_module("arabic_itn").normalize
    drawn = random.Random(2026)
    large = sorted(drawn.randrange(10_001, 100_000_000) for _ in range(2_000))
    kinds = {
        "10 to 10,000": (range(10, 10_001), ours, peer),
        "to 100 million": (large, ours, peer),
        "10 to 10,000, money": (range(10, 10_001), our_money, peer_money),
    }
    print(f"{'':22}{'tts-news':>10}{'num2words':>11}")
    for kind, (numbers, our, their) in kinds.items():
        mine, lost = share(numbers, our, lambda text: str(itn(text)["text"]))
        other, _ = share(numbers, their, lambda text: str(itn(text)["text"]))
        print(f"{kind:22}{mine:>10.1%}{other:>11.1%}")
        for line in lost:
            print(f"    {line}")


if __name__ == "__main__":
    main()
