"""An HTML page → `Article`.

1. parse, bounded in size and depth; read the metadata;
2. ask the extractor which text is the article (`evidence`), find the element that holds it;
3. cut what is not article by its place (`prune`), walk what is left in reading order (`walk`);
4. judge each block (`verdicts`): phrases, links, evidence;
5. write the blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from tts_news.arabic import count_arabic
from tts_news.errors import ReadError
from tts_news.read import boilerplate
from tts_news.read.arrange import arrange
from tts_news.read.bylines import author_above
from tts_news.read.container import find_container, find_deck, outside_lines, widen
from tts_news.read.encoding import decode
from tts_news.read.evidence import Evidence, gather, gather_alone
from tts_news.read.figures import tell_story
from tts_news.read.folds import unfold
from tts_news.read.lines import split_lines
from tts_news.read.listings import lists_articles
from tts_news.read.live import find_posts
from tts_news.read.metadata import Metadata, is_front_page, parse_html, read_metadata
from tts_news.read.paged import continues
from tts_news.read.prune import PAYWALL, prune
from tts_news.read.questions import tell_questions
from tts_news.read.raw import Raw, count_in
from tts_news.read.refusals import asks_password, kind_of, refuse_form, refuse_titled
from tts_news.read.settings import ReadSettings, SiteRules
from tts_news.read.signoff import trim_sign_off
from tts_news.read.structure import Entry, build_list
from tts_news.read.verdicts import judge
from tts_news.read.walk import Tables, walk
from tts_news.records import Article, Block, Dropped, Heading, ListBlock, Paragraph, Post, Quote

_FEWEST_WORDS = 12
# The largest real pages have some 15,000 elements; at these limits a page takes about 5 s on one core.
_MOST_CHARACTERS = 600_000
_MOST_ELEMENTS = 30_000
_LONGEST_NAMES = 1_000
# A paragraph that begins with a letter has no bullet before it, unless it is the «o» that Word writes.
_MAY_BE_MARKED = re.compile(r"[^\W\d_](?:\s)|[\W\d_]")


def read_page(data: bytes, url: str, settings: ReadSettings, *, charset: str = "", source: str = "") -> Article:
    """Return the article of a page.

    Args:
        data: The page as it was sent.
        url: Where it was read from, "" for a file.
        settings: `[read]` of the configuration, for the site's own rules.
        charset: What the server said, "" when it said nothing.
        source: What the user named, for messages.

    Raises:
        ReadError: There is no Arabic article on the page, or it is nested too deeply to be one.
    """
    name = source or url or "the page"
    tree = _parse(decode(data, charset), name)
    rules = _rules(tree, url, settings)
    article = extract(tree, url, name, rules)
    return replace(article, source=source)


def read_fragment(html: str, source: str = "") -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """Return the blocks of a piece of HTML that is the article alone (a feed's content, a WordPress post).

    Raises:
        ReadError: It is nested too deeply.
    """
    tree = _parse(f"<html><body><article>{html}</article></body></html>", source or "the entry", empty_is_error=False)
    container = next(tree.iter("article"), tree)
    unfold(tree)
    walked = walk(container)
    everything = walked.raws
    trusted = Evidence(frozenset(raw.key for raw in everything if not raw.is_link), "")
    words = count_in(everything, trusted.holds)
    return _blocks_of(container, words, trusted, "", "", boilerplate.load(), None, walked.tables)[:2]


def _parse(text: str, name: str, *, empty_is_error: bool = True) -> HtmlElement:
    tree, too_deep = parse_html(text)
    if too_deep:
        raise ReadError(
            f"{name} is nested too deeply, or too crowded with tags, to be an article",
            hint="copy the article's text and read that",
        )
    if tree is None or (empty_is_error and tree.find(".//body") is None and not tree.text_content().strip()):
        raise ReadError(f"there is no article in {name}: the page is empty", hint=_HINT)
    characters, elements = _measure(tree)
    if characters > _MOST_CHARACTERS or elements > _MOST_ELEMENTS:
        raise ReadError(
            f"{name} is larger than any article's page: {characters:,} characters of text in {elements:,} elements",
            hint="copy the article's text and read that",
        )
    return tree


def _measure(tree: HtmlElement) -> tuple[int, int]:
    """Return how many characters of text a page has, scripts and styles left out, and how many elements.

    Class names of a length that no page has are taken off on the way: every look at them would cost their length.
    """
    for name in ("class", "id", "style"):
        for element in tree.xpath(f"descendant-or-self::*[string-length(@{name}) > {_LONGEST_NAMES}]"):
            del element.attrib[name]
    unseen = sum(len(element.text or "") for element in tree.iter("script", "style"))
    return int(tree.xpath("string-length()")) - unseen, int(tree.xpath("count(descendant-or-self::*)"))


_HINT = "pages that are written by a script in the browser are empty to us: copy the article's text and read that"


def _rules(tree: HtmlElement, url: str, settings: ReadSettings) -> SiteRules | None:
    """Return the rules of the page's site: of its host, or of a domain above it."""
    if not settings.sites:
        return None
    addresses = [url, *((link.get("href") or "") for link in tree.iter("link") if link.get("rel") == "canonical")]
    for address in addresses:
        try:
            host = (urlsplit(address).hostname or "").lower()
        except ValueError:
            continue
        for site, rules in settings.sites.items():
            if host and (host == site.lower() or host.endswith("." + site.lower().removeprefix("www."))):
                return rules
    return None


def extract(tree: HtmlElement, url: str, name: str, rules: SiteRules | None) -> Article:
    """Return the article of a parsed page; the tree is changed.

    Raises:
        ReadError: There is none.
    """
    # An element's proxy is made anew each time nobody holds it: as long as these live, every look at one is cheap.
    proxies = list(tree.iter())
    article = _extract(tree, url, name, rules)
    proxies.clear()
    return article


def _extract(tree: HtmlElement, url: str, name: str, rules: SiteRules | None) -> Article:
    body = tree.find("body")
    body = tree if body is None else body
    asks = asks_password(tree)
    goes_on = continues(tree, url)
    _name_title(tree)
    for picture in tree.iter("amp-img", "amp-anim"):
        picture.tag = "img"
    unfold(tree)
    walked = walk(body)
    everything = walked.raws
    if not any(count_arabic(raw.whole) for raw in everything):
        raise ReadError(f"there is no Arabic in {name}", hint=_HINT)
    evidence = gather(tree, url)
    if not evidence.lines:
        evidence = gather_alone(everything)
    words = count_in(everything, evidence.holds)
    container = find_container(body, words, rules)
    if (whole := widen(container, everything)) is not container:
        container, evidence = whole, gather_alone(everything)
        words = count_in(everything, evidence.holds)
    if lists_articles(container, everything, many=not is_front_page(tree, url)):
        raise ReadError(f"{name} is a list of articles, not one", hint="name one of them, or the site's feed")
    meta = read_metadata(tree, url, container)
    outside = tuple(outside_lines(body, container, meta.title))
    lexicon = boilerplate.load().with_phrases(rules.phrases) if rules else boilerplate.load()
    deck = find_deck(container, everything, meta)
    blocks, dropped, author = _blocks_of(
        container, words, evidence, meta.title, meta.author, lexicon, rules, walked.tables
    )
    meta = replace(meta, author=meta.author or author)
    if sum(_size(block) for block in blocks) < _FEWEST_WORDS:
        kind = kind_of(meta.title, [raw.whole for raw in everything])
        raise ReadError(f"there is no article in {name}{': it is ' if kind else ''}{kind}", hint=_HINT)
    if asks:
        refuse_form(blocks, name)
    refuse_titled(tree.findtext(".//title") or "", blocks, name)
    walled = any(line.reason == PAYWALL for line in dropped)
    article = _article(meta, (*deck, *blocks), (*outside, *dropped))
    return replace(article, missing="paywall" if walled else "pages" if goes_on else "")


def _name_title(tree: HtmlElement) -> None:
    """Make the title of a word processor's export the headline: it is a paragraph whose style is called so."""
    if tree.find(".//h1") is None:
        titles = (p for p in tree.iter("p") if {"title", "MsoTitle"} & set((p.get("class") or "").split()))
        if (title := next(titles, None)) is not None:
            title.tag = "h1"


def _blocks_of(
    container: HtmlElement,
    words: Mapping[HtmlElement, int],
    evidence: Evidence,
    title: str,
    author: str,
    lexicon: boilerplate.Lexicon,
    rules: SiteRules | None,
    tables: Tables,
) -> tuple[tuple[Block, ...], tuple[Dropped, ...], str]:
    """Return the blocks, what was left out, and who wrote it by a line above the text."""
    posts = find_posts(container, title)
    cut = prune(container, lambda element: words.get(element, 0), rules, frozenset(posts.values()))
    found = walk(container, posts, tables)
    raws = arrange(_unquoted(found.raws), title, found.marks)
    reasons = judge(raws, evidence, title, author, lexicon)
    kept = [raw for raw, reason in zip(raws, reasons, strict=True) if not reason]
    left_out = tuple(Dropped(raw.everything, reason) for raw, reason in zip(raws, reasons, strict=True) if reason)
    folded = frozenset(raw.text for raw in kept if raw.folded)
    blocks, signed = trim_sign_off(tell_story(tell_questions(tuple(_write(kept)), folded)))
    lede = next((at for at, raw in enumerate(raws) if raw.kind in ("paragraph", "quote") and not reasons[at]), 0)
    author = author_above(raw.whole for raw, why in zip(raws[:lede], reasons[:lede], strict=True) if why == "byline")
    return blocks, (*cut, *found.dropped, *left_out, *signed), author


def _unquoted(raws: tuple[Raw, ...]) -> tuple[Raw, ...]:
    """Return quotes as paragraphs when they are more than half of the text: then the quote is the whole article."""
    quoted = sum(raw.words for raw in raws if raw.kind == "quote")
    if quoted * 2 <= sum(raw.words for raw in raws):
        return raws
    return tuple(replace(raw, kind="paragraph") if raw.kind == "quote" and not raw.cite else raw for raw in raws)


# ── blocks ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _write(raws: Sequence[Raw]) -> Iterator[Block]:
    at = 0
    while at < len(raws):
        raw = raws[at]
        stop = at + 1
        if raw.kind == "item":
            while stop < len(raws) and raws[stop].kind == "item" and raws[stop].root is raw.root:
                stop += 1
            yield build_list([_entry(item) for item in raws[at:stop]])
        elif raw.block is not None:
            yield raw.block
        elif raw.post is not None:
            yield Post(raw.text, min(6, max(2, raw.level)), time=raw.post)
        elif raw.kind == "heading":
            yield Heading(raw.text, min(6, max(2, raw.level)))
        elif raw.kind == "quote":
            yield Quote(raw.text, raw.cite)
        elif fake := _fake_items(raws, at):
            stop = at + len(fake)
            yield build_list(fake)
        elif _is_bold_heading(raws, at):
            yield Heading(raw.text.rstrip(" :："), 3)
        else:
            yield Paragraph(raw.text)
        at = stop


def _entry(raw: Raw) -> Entry:
    return Entry(raw.text, raw.depth, raw.ordered, raw.number if raw.ordered else None, raw.title)


def _fake_items(raws: Sequence[Raw], at: int) -> list[Entry]:
    """Return two or more paragraphs in a row that start with a bullet or a rising number as entries, else []."""
    entries: list[Entry] = []
    while at + len(entries) < len(raws) and raws[at + len(entries)].kind == "paragraph":
        text = raws[at + len(entries)].text
        lines = split_lines(text) if _MAY_BE_MARKED.match(text) else ()
        if len(lines) != 1 or not lines[0].marked:
            break
        line = lines[0]
        ordered = line.number is not None
        if entries and (ordered != entries[0].ordered or (ordered and line.number != (entries[-1].number or 0) + 1)):
            break
        entries.append(Entry(line.text, 0, ordered, line.number))
    return entries if len(entries) >= 2 else []


def _is_bold_heading(raws: Sequence[Raw], at: int) -> bool:
    """Return whether a short paragraph all in bold heads the running text or list below it."""
    raw = raws[at]
    if not 0 < raw.words <= 14 or raw.bold_words < raw.words or raw.text.endswith((".", "،", "…")) or at == 0:
        return False
    below = raws[at + 1] if at + 1 < len(raws) else None
    return below is not None and (
        below.kind in ("item", "table") or (below.kind == "paragraph" and below.bold_words < below.words)
    )


def _size(block: Block) -> int:
    if isinstance(block, Heading):
        return 0
    if not isinstance(block, ListBlock):
        return len(block.text.split())
    return sum(
        len(f"{item.title} {item.body}".split()) + (_size(item.sublist) if item.sublist else 0) for item in block.items
    )


def _article(meta: Metadata, blocks: tuple[Block, ...], dropped: tuple[Dropped, ...]) -> Article:
    return Article(
        title=meta.title,
        blocks=blocks,
        categories=meta.categories,
        author=meta.author,
        published=meta.published,
        modified=meta.modified,
        url=meta.url,
        site=meta.site,
        language=meta.language,
        dateline=meta.dateline,
        dropped=dropped,
    )
