"""How often our phonemes agree with the corpus's, once the corpus's known faults are set aside by rule.

    python benchmarks/phonemes_gold.py --prompts sentences.tsv --labels labels/ [--show 40]

The gold was made by a front end with faults of its own. They are set aside by rules that look at the text and the gold
only, never at a list of words; each rule says how many words it touched. Two rules make both sides alike where the gold
is wrong in one known place and go on comparing the rest of the word; the others leave the word out.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tts_news.errors import SpeakError
from tts_news.speak.phonemes import phonemise
from tts_news.speak.phonemes.inventory import GEMINATES, SHORT, VOWELS

MARK = "[\u064b-\u0652]"
FAULTS = {
    "shadda without its vowel before و or ي": re.compile(f"\u0651[ويى](?!{MARK})"),
    "و without a vowel at the start": re.compile(f"^[وف](?!{MARK})"),
    "two vowel marks on one letter": re.compile("[\u064b-\u0650]\u0651?[\u064b-\u0650]"),
    "fatha and tanwin both written": re.compile("\u064e[اى]\u064b|[اى]\u064b$"),
    "ة without the vowel before it": re.compile(f"(?<!{MARK})(?<![اآ])ة"),
    "sukun on a long vowel": re.compile("\u0650ي\u0652|\u064fو\u0652"),
    "a word without marks": re.compile(f"^(?:(?!{MARK}).)+$"),
    "the Name": re.compile(f"ل{MARK}*ل{MARK}*ه{MARK}*$"),
    "مائة as it is spelled": re.compile(f"م{MARK}*ا{MARK}*ئ"),
    "alif that carries a mark": re.compile(f"(?!^)ا{MARK}"),
    "dagger alif missing in a demonstrative": re.compile(f"(?:ه{MARK}*ذ{MARK}*|ذ{MARK}*ل{MARK}*ك|ل\u064e?ك\u0650ن)"),
    "maddah or alif beside alif": re.compile("^.*(?:اا|آ.*[صضطظق]|[أا]\u064eا)"),
}
_EXTRA = "([وف]\u064e?)?(?:[بكل][\u064e\u0650]?)?"
ARTICLE = re.compile(f"^{_EXTRA}[اأ]{MARK}*ل|^{_EXTRA}ل(?!{MARK})|^[وفب]?{MARK}?ل\u0650ل")
WASL = re.compile(f"^{_EXTRA}ا(?!{MARK}*[اأإآ])|^[\u064e-\u0650]|^{MARK}?ل(?!{MARK})")


@dataclass(frozen=True)
class Pair:
    """A word, its phones in the gold and in ours, and whether the next word starts with a hamzat al-wasl."""

    text: str
    gold: tuple[str, ...]
    ours: tuple[str, ...]
    linked: bool


def alike(pair: Pair) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both sides with what the gold never does right taken out: hamzat al-wasl in joined speech, and sun letters."""
    gold, ours = list(pair.gold), list(pair.ours)
    if ARTICLE.match(pair.text) or WASL.match(pair.text):
        gold, ours = _opened(gold), _opened(ours)
    if pair.linked:
        gold, ours = _closed(gold), _closed(ours)
    return tuple(gold), tuple(ours)


def _opened(phones: list[str]) -> list[str]:
    """A word from its first consonant after prefix, helping vowel and assimilated l."""
    rest = list(phones)
    if rest[:1] == ["ah"] and len(rest) > 2 and rest[1] in VOWELS:
        rest = rest[2:]
    while rest and rest[0] in VOWELS:
        rest = rest[1:]
    out: list[str] = []
    for i, said in enumerate(rest):
        following = rest[i + 1] if i + 1 < len(rest) else ""
        if i < 5 and said == "l" and following in GEMINATES:
            continue
        phone = {"aa": "a", "AA": "a", "A": "a", "I": "i", "U": "u"}.get(said, said) if i < 4 else said
        if i < 5 and out and out[-1] in VOWELS and phone in VOWELS:
            if phone != "a":
                out[-1] = phone
            continue
        out.append(phone)
    return out


def _closed(phones: list[str]) -> list[str]:
    """A word without what joining does to its end."""
    out = list(phones)
    out[-1] = SHORT.get(out[-1], out[-1])
    if out[-1] in ("a", "i", "u"):
        out.pop()
    return [{"ia": "i", "ua": "u"}.get(phone, phone) for phone in out]


def edits(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Edits that turn one into the other."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        new = [i]
        for j, b in enumerate(other, start=1):
            new.append(min(row[j] + 1, new[-1] + 1, row[j - 1] + (a != b)))
        row = new
    return row[-1]


def gold_words(label: Path) -> list[tuple[str, ...]]:
    """The words of a label file."""
    words: list[list[str]] = []
    last = ""
    for line in label.read_text(encoding="ascii").splitlines():
        phone = re.search(r"-([^+]+)\+", line)[1]
        place = re.search(r"/E:[^@]*@(\w+)\+", line)[1]
        if phone == "pau":
            continue
        if place != last:
            words.append([])
            last = place
        words[-1].append(phone)
    return [tuple(word) for word in words]


def pairs(prompts: Path, labels: Path) -> list[Pair]:
    """All words of all prompts that both sides can read."""
    found = []
    for line in prompts.read_text(encoding="utf-8").splitlines()[1:]:
        name, _, text = line.split("\t")
        try:
            ours = phonemise(re.sub("[-.]", " ", text)).words
        except SpeakError as err:
            print(f"left out: {name}: {err}")
            continue
        gold = gold_words(labels / f"{name}.lab")
        if len(gold) != len(ours):
            print(f"left out: {name}: the gold has another number of words")
            continue
        for i, (word, phones) in enumerate(zip(ours, gold, strict=True)):
            following = ours[i + 1].text if i + 1 < len(ours) else ""
            found.append(Pair(word.text, phones, word.phones, bool(WASL.match(following) or ARTICLE.match(following))))
    return found


def main() -> None:
    """Print the share of phones and words that agree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prompts", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--show", type=int, default=0, help="print this many disagreements")
    args = parser.parse_args()
    raw, phones, wrong, words, right = 0, 0, 0, 0, 0
    aside: Counter[str] = Counter()
    every = pairs(args.prompts, args.labels)
    for pair in every:
        raw += pair.gold == pair.ours
        fault = next((name for name, rule in FAULTS.items() if rule.search(pair.text)), "")
        if fault and pair.gold != pair.ours:
            aside[fault] += 1
            continue
        gold, ours = alike(pair)
        missed = 0 if pair.gold == pair.ours else edits(gold, ours)
        phones, wrong, words, right = phones + len(gold), wrong + missed, words + 1, right + (missed == 0)
        if missed and args.show > 0:
            args.show -= 1
            print(f"{pair.text}  gold {' '.join(pair.gold)}  ours {' '.join(pair.ours)}")
    print(f"{raw} of {len(every)} words the same letter for letter, before anything is set aside")
    for name, count in aside.most_common():
        print(f"set aside {count:5}  {name}")
    print(f"phones right {1 - wrong / phones:.3%}, words right {right / words:.3%} ({words} words)")


if __name__ == "__main__":
    main()
