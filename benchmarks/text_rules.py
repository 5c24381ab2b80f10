"""How fast the text rules are on one core, and where the time goes: `python -m benchmarks.text_rules [FILE]`.

The peer is num2words alone, called for every whole number of the same text: what a program pays that only reads its
numbers (and reads them not as Arabic grammar wants them).
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

from num2words import num2words

from tts_news.script import normalise
from tts_news.script.rules.order import RULES

SENTENCES = (
    "أعلنت وزارة الصحة، الأحد 14 يونيو/حزيران 2020، تسجيل 1,618 إصابة جديدة بفيروس كورونا و91 وفاة.",
    "وقال المتحدث باسم الحكومة في مؤتمر صحفي إن اللجنة المشتركة ستعقد اجتماعها المقبل في العاصمة لبحث سبل التعاون.",
    "ارتفعت أسعار النفط بنسبة 1.2% إلى 85.34 دولارا للبرميل عند الساعة 06:45 بتوقيت غرينتش (رويترز).",
    "وأضاف أن بلاده تدعم جهود الأمم المتحدة الرامية إلى إيجاد حل سياسي للأزمة، مشددا على أهمية الحوار بين الأطراف.",
    "ونقلت وكالة الأنباء عن مصدر مطلع قوله إن المحادثات التي جرت في المدينة كانت بناءة وستستمر خلال الأيام المقبلة.",
)


def main() -> None:
    """Print kilobytes of UTF-8 a second, ours and the peer's, and the costliest rules."""
    text = Path(sys.argv[1]).read_text(encoding="utf-8") if sys.argv[1:] else "\n".join(SENTENCES * 400)
    lines = [line for line in text.splitlines() if line.strip()]
    kilobytes = len(text.encode()) / 1000
    for line in lines[:200]:  # patterns are compiled on first use
        normalise(line)
    spent = dict.fromkeys((rule.__module__.rpartition(".")[2] + "." + rule.__name__ for rule in RULES), 0.0)
    began = time.process_time()
    for line in lines:
        said = line
        for rule in RULES:
            start = time.process_time()
            said = rule(said)
            spent[rule.__module__.rpartition(".")[2] + "." + rule.__name__] += time.process_time() - start
    ours = time.process_time() - began
    began = time.process_time()
    for line in lines:
        re.sub(r"\d+", lambda match: num2words(int(match[0]), lang="ar"), line)
    peer = time.process_time() - began
    print(f"{kilobytes:.0f} kB in {len(lines)} lines")
    print(f"text rules          {kilobytes / ours:8.0f} kB/s")
    print(f"num2words alone     {kilobytes / peer:8.0f} kB/s")
    for name, seconds in sorted(spent.items(), key=lambda item: -item[1])[:8]:
        print(f"  {name:28}{100 * seconds / ours:5.1f} %")


if __name__ == "__main__":
    main()
