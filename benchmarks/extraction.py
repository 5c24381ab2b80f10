"""Ours and other extractors on the same pages in one run: what is read, what leaks, how long it takes.

    python benchmarks/extraction.py [--folder PAGES]
    python benchmarks/extraction.py --large [250 1000 4000]

The pages are those of the quality gate (stories of our own in twelve templates); the time is the processor's, warm.
With --folder, pages of your own:
NAME.html beside NAME.json with url, title, body_text (lines), lists (lists of lines), subheads and must_not_contain.
With --large, CPU time on generated pages of so many links, paragraphs or rows, beside trafilatura with the metadata
that an article has too, and with the text alone; the median of several runs in turn, both warm.
A peer that is not installed is left out: pip install newspaper4k readability-lxml justext nltk lxml_html_clean
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import statistics
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "quality"))

from extraction_score import Outcome, line_key, outcome, pages, words
from pages.stories import Story

from tts_news.errors import ReadError
from tts_news.read.page import read_page
from tts_news.read.settings import ReadSettings

Extractor = Callable[[str, str], Outcome]


@dataclass(frozen=True)
class Truth:
    """What a page holds, as lines."""

    title: str
    body: tuple[str, ...]
    items: tuple[str, ...]
    subheads: tuple[str, ...]
    unwanted: tuple[str, ...]
    neutral: str = ""


def ours(html: str, url: str) -> Outcome:
    try:
        return outcome(read_page(html.encode(), url, ReadSettings()))
    except ReadError:
        return Outcome()


def trafilatura(html: str, url: str) -> Outcome:
    import trafilatura as peer

    text = peer.extract(html, url=url or None, include_comments=False) or ""
    meta = peer.extract_metadata(html, default_url=url or None)
    return plain((meta.title if meta else "") or "", text)


def newspaper4k(html: str, url: str) -> Outcome:
    import newspaper as peer

    article = peer.Article(url or "https://example.org/a", language="ar", fetch_images=False)
    article.download(input_html=html)
    article.parse()
    return plain(article.title or "", article.text or "")


def readability(html: str, _url: str) -> Outcome:
    from lxml.html import fromstring
    from readability import Document

    document = Document(html)
    tree = fromstring(f"<div>{document.summary(html_partial=True)}</div>")
    for block in tree.iter("p", "li", "h2", "h3", "h4", "br", "div", "blockquote", "td"):
        block.tail = "\n" + (block.tail or "")
        block.text = "\n" + (block.text or "") if block.tag != "br" else None
    return plain(document.short_title() or "", tree.text_content())


def justext(html: str, _url: str) -> Outcome:
    import justext as peer

    paragraphs = peer.justext(html.encode(), peer.get_stoplist("Arabic"), encoding="utf-8")
    return plain("", "\n".join(part.text for part in paragraphs if not part.is_boilerplate))


def plain(title: str, text: str) -> Outcome:
    lines = [" ".join(line.split()).lstrip("-–•* ") for line in text.splitlines()]
    return Outcome(title, [("", line) for line in lines if line])


PEERS: dict[str, tuple[str, Extractor]] = {
    "trafilatura": ("trafilatura", trafilatura),
    "newspaper4k": ("newspaper", newspaper4k),
    "readability-lxml": ("readability", readability),
    "justext": ("justext", justext),
}


def gate() -> list[tuple[str, str, Truth]]:
    return [(html, f"https://example.org/2026/{story.slug}", of(story, bad)) for _, story, html, bad in pages()]


def of(story: Story, unwanted: tuple[str, ...]) -> Truth:
    from extraction_score import expected

    lines = expected(story)
    return Truth(
        story.title,
        tuple(text for _, text in lines),
        tuple(text for kind, text in lines if kind in ("ul", "ol")),
        tuple(text for kind, text in lines if kind in ("h2", "h3")),
        unwanted,
        f"{story.deck} {story.author}",
    )


def folder(path: Path) -> list[tuple[str, str, Truth]]:
    found = []
    for file in sorted(path.glob("*.html")):
        facts = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        truth = Truth(
            facts["title"],
            tuple(facts["body_text"]),
            tuple(item for items in facts.get("lists", ()) for item in items),
            tuple(facts.get("subheads", ())),
            tuple(facts.get("must_not_contain", ())),
            " ".join([facts.get("author") or "", *facts.get("optional_text", ())]),
        )
        found.append((file.read_text(encoding="utf-8"), facts.get("url", ""), truth))
    return found


def row(name: str, extract: Extractor, cases: list[tuple[str, str, Truth]]) -> str:
    sums: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    worst, spent = 1.0, 0.0
    with suppress(Exception):  # what a library loads with its first page is no page's work
        extract(*cases[0][:2])
    for html, url, truth in cases:
        started = time.process_time()
        try:
            made = extract(html, url)
        except Exception as err:  # noqa: BLE001 - whatever a peer raises is its result: nothing extracted
            print(f"  {name}: {type(err).__name__}: {str(err)[:70]}", file=sys.stderr)
            made = Outcome()
        spent += time.process_time() - started
        for figure, value in figures(truth, made).items():
            sums[figure] += value
            counts[figure] += 1
            worst = min(worst, value) if figure == "F1" else worst
    mean = {figure: sums[figure] / counts[figure] for figure in counts}
    cells = [f"{mean.get(figure, 0):9.3f}" for figure in ("F1", "title", "items", "subheads", "leak")]
    return f"{name:18}{cells[0]}{worst:9.3f}{''.join(cells[1:])}{1000 * spent / len(cases):9.0f}"


def figures(truth: Truth, made: Outcome) -> dict[str, float]:
    wanted = Counter(word for line in truth.body for word in words(line))
    said = Counter(words(made.text))
    both = sum((wanted & said).values())
    extra = sum(((said - wanted) - Counter(words(f"{truth.neutral} {truth.title}"))).values())
    precision, recall = both / max(1, both + extra), both / max(1, sum(wanted.values()))
    lines = {line_key(text) for _, text in made.lines}
    found = {"items": truth.items, "subheads": truth.subheads}
    shares = {name: sum(line_key(x) in lines for x in asked) / len(asked) for name, asked in found.items() if asked}
    leak = {"leak": sum(bad in made.text for bad in truth.unwanted) / len(truth.unwanted)} if truth.unwanted else {}
    return {
        "F1": 2 * precision * recall / max(1e-9, precision + recall),
        "title": float(line_key(made.title) == line_key(truth.title)),
        **shares,
        **leak,
    }


def large_page(shape: str, count: int) -> str:
    """Return a page with so many of one thing on it."""
    said = "قال مسؤول في وزارة المياه إن أعمال الصيانة في المحطة رقم {} بدأت صباح اليوم وتستمر حتى نهاية الشهر."
    linked = (
        'قال <a href="/p/{0}">مسؤول رقم {0}</a> في <a href="/w/{0}">وزارة المياه</a> إن أعمال الصيانة في '
        '<a href="/m/{0}">المحطة</a> بدأت صباح اليوم وتستمر حتى نهاية الشهر.'
    )
    item = '<li><a href="/news/{0}">خبر رقم {0} عن أعمال الصيانة في المدينة</a></li>'
    opening = "".join(f"<p>{said.format(at)}</p>" for at in range(5))
    parts = {
        "links": [("</ul><h2>أخبار</h2><ul>" if at % 20 == 0 else "") + item.format(at) for at in range(count)],
        "paragraphs": [f"<p>{said.format(at)}</p>" for at in range(count)],
        "linked": [f"<p>{linked.format(at)}</p>" for at in range(count)],
        "rows": [f"<tr><td>مدينة {at}</td><td>{at * 3} ريالا</td><td>{at * 7} طنا</td></tr>" for at in range(count)],
        "divs": [f'<div class="row"><div class="text"><p>{said.format(at)}</p></div></div>' for at in range(count)],
    }
    around = {
        "links": f"{opening}<ul>{{}}</ul>",
        "rows": f"{opening}<table><tr><th>المدينة</th><th>السعر</th><th>الكمية</th></tr>{{}}</table>",
    }
    body = around.get(shape, "{}").format("".join(parts[shape]))
    title = "أعمال الصيانة في محطات المياه تبدأ اليوم"
    return (
        f'<!DOCTYPE html><html lang="ar"><head><title>{title} - صحيفة</title></head><body><header><nav><a href="/">'
        f"الرئيسية</a></nav></header><main><article><h1>{title}</h1>{body}</article></main></body></html>"
    )


def cpu_ms(runs: int, html: str, readers: dict[str, Callable[[str], object]]) -> dict[str, float]:
    """Return the median CPU time of each reader in ms; they take turns, the first round is not counted."""
    spent: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(runs + 1):
        for name, reader in readers.items():
            started = time.process_time()
            reader(html)
            spent[name].append(1000 * (time.process_time() - started))
    return {name: statistics.median(times[1:]) for name, times in spent.items()}


def large(sizes: list[int]) -> None:
    import trafilatura as peer

    url = "https://example.org/2026/article"
    readers: dict[str, Callable[[str], object]] = {
        "ours": lambda html: read_page(html.encode(), url, ReadSettings()),
        "peer": lambda html: peer.extract(
            html, url=url, output_format="xml", include_comments=False, with_metadata=True
        ),
        "text": lambda html: peer.extract(html, url=url, output_format="xml", include_comments=False),
    }
    print(f"{'CPU ms':12}{'count':>7}{'tts-news':>10}{'trafilatura':>13}{'ratio':>7}{'text alone':>12}{'ratio':>7}")
    for shape in ("links", "paragraphs", "linked", "rows", "divs"):
        for size in sizes:
            cost = cpu_ms(7 if size <= 1000 else 3, large_page(shape, size), readers)
            ours_ms, peer_ms, text_ms = cost["ours"], cost["peer"], cost["text"]
            ratios = ours_ms / peer_ms, ours_ms / text_ms
            print(
                f"{shape:12}{size:7}{ours_ms:10.0f}{peer_ms:13.0f}{ratios[0]:7.2f}{text_ms:12.0f}{ratios[1]:7.2f}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, help="pages of your own beside their JSON")
    parser.add_argument("--large", type=int, nargs="*", help="time generated pages of these sizes instead")
    chosen = parser.parse_args()
    warnings.filterwarnings("ignore")
    logging.disable(logging.CRITICAL)
    if chosen.large is not None:
        large(chosen.large or [250, 1000, 4000])
        return
    cases = folder(chosen.folder) if chosen.folder else gate()
    names = ("F1", "worst F1", "title", "items", "subheads", "leak", "CPU ms")
    print(f"{len(cases)} pages\n{'':18}{''.join(f'{name:>9}' for name in names)}")
    print(row("tts-news", ours, cases), flush=True)
    for name, (module, extract) in PEERS.items():
        if importlib.util.find_spec(module) is None:
            print(f"{name:18}  not installed")
        else:
            print(row(name, extract, cases), flush=True)


if __name__ == "__main__":
    main()
