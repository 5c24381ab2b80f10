"""Seconds from a 1,000-word article to its script, warm: ours, and the plain chain of num2words and piper.

    python benchmarks/script_room.py [WORDS]

The article is made of the paragraphs of tests/golden. Processor time of a process for each, one thread for all sums of
either, the best of three. The plain chain gives sentences without roles, agreement, chapters or a check; it is there
for scale.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count, cycle
from pathlib import Path

from peers import ONE_THREAD, use_one_thread

from tts_news.records import Article, Casting, Paragraph
from tts_news.script import ScriptSettings, compose

GOLDEN = Path(__file__).parent.parent / "tests" / "golden"


def article(words: int) -> Article:
    """Return an article of about that many words; no two paragraphs are the same, so that nothing is cached."""
    texts = [
        block["text"]
        for path in sorted(GOLDEN.glob("*.article.json"))
        for block in json.loads(path.read_text(encoding="utf-8"))["blocks"]
        if block["kind"] == "paragraph" and "[" not in block["text"]
    ]
    blocks: list[Paragraph] = []
    taken = 0
    for number, text in zip(count(1), cycle(texts), strict=False):
        blocks.append(Paragraph(f"{text} وهذه الفقرة رقم {number}."))
        taken += len(blocks[-1].text.split())
        if taken >= words:
            return Article("عنوان المقال الطويل", tuple(blocks))
    raise AssertionError


def plain_chain() -> Callable[[Article], object]:
    from num2words import num2words
    from piper.tashkeel import TashkeelDiacritizer

    diacritizer = TashkeelDiacritizer()

    def run(source: Article) -> list[str]:
        said = []
        for block in source.blocks:
            for sentence in re.split(r"(?<=[.؟!])\s+", block.text):  # type: ignore[union-attr]
                spelt = re.sub(r"\d+", lambda match: num2words(int(match[0]), lang="ar"), sentence)
                said.append(diacritizer.diacritize(spelt))
        return said

    return run


def ours() -> Callable[[Article], object]:
    settings, casting = ScriptSettings(lexicon=""), Casting("house", max_letters={"house": 166})
    return lambda text: compose([text], settings, casting)


CHAINS = {"ours": ours, "num2words + piper": plain_chain}


def child(name: str, words: int) -> None:
    """Print the processor seconds and the seconds on the clock of the best of three runs."""
    source, chain = article(words), CHAINS[name]()
    chain(Article("تمهيد", (Paragraph("هذه جملة تحمّل النماذج في 3 ثوان."),)))
    found = []
    for _ in range(3):
        start, processor = time.perf_counter(), time.process_time()
        chain(source)
        found.append((time.process_time() - processor, time.perf_counter() - start))
    print(json.dumps(min(found)))


def main() -> None:
    words = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    source = article(words)
    size = sum(len(block.text) for block in source.blocks)  # type: ignore[union-attr]
    print(f"{sum(len(block.text.split()) for block in source.blocks)} words, {size} characters")  # type: ignore[union-attr]
    for name in CHAINS:
        command = [sys.executable, __file__, str(words), name]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | ONE_THREAD)
        best, wall = json.loads(done.stdout.splitlines()[-1])
        print(
            f"{name:18}  {best:6.2f} s of processor ({wall:.2f} s on the clock)  {size / best:8.0f} characters a second"
        )


if __name__ == "__main__":
    if sys.argv[2:]:
        use_one_thread()
        child(sys.argv[2], int(sys.argv[1]))
    else:
        main()
