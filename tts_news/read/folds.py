"""Accordions: a button and what it folds away are a heading and its text, on paper and for the ear."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from tts_news.arabic import count_words, has_arabic

_TITLE = re.compile(
    r"(?:accordion|acc|toggle|collaps(?:ed|ible|e)?|faq|panel|expander|fold|tab)[-_]?\w*(?:title|head|button|question|trigger|link|label)",
    re.IGNORECASE,
)
_PANEL = re.compile(
    r"(?:accordion|acc|toggle|collaps(?:ed|ible|e)?|faq|panel|expander|fold|tab)[-_]?\w*(?:body|content|answer|panel|text|inner)",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "summary")
_LONGEST_TITLE = 40


def unfold(tree: HtmlElement) -> None:
    """Turn the titles of accordions into headings and show what they fold away; the tree is changed."""
    for section in tree.iter("amp-accordion"):
        for title in (fold[0] for fold in section if len(fold) > 1 and fold[0].tag in _HEADINGS):
            title.set("data-fold", "")
    by_id: dict[str, HtmlElement] | None = None
    named = tree.xpath("descendant-or-self::*[self::button or @role or @aria-expanded or @class]")
    for button in [node for node in named if _is_title(node)]:
        words = count_words("".join(map(str, button.itertext())))
        if not 1 <= words <= _LONGEST_TITLE or not has_arabic("".join(map(str, button.itertext()))):
            continue
        target = (
            button.get("aria-controls") or button.get("data-target") or button.get("data-bs-target") or ""
        ).lstrip("#")
        if target and by_id is None:
            by_id = {node.get("id") or "": node for node in tree.iter() if isinstance(node.tag, str) and node.get("id")}
        panel = (by_id or {}).get(target) if target else None
        panel = panel if panel is not None else _panel_below(button)
        if panel is None or not _holds_text(panel):
            continue
        _show(panel)
        _head(button)


def _is_title(node: HtmlElement) -> bool:
    if node.tag == "button" or (node.get("role") or "").lower() == "button":
        return True
    return node.get("aria-expanded") is not None or _TITLE.search(node.get("class") or "") is not None


def _panel_below(button: HtmlElement) -> HtmlElement | None:
    """Return the element after the button, or after the heading it stands in, if that is what it folds."""
    node: HtmlElement | None = button
    sure = button.get("aria-expanded") is not None or _TITLE.search(button.get("class") or "") is not None
    for _ in range(3):
        if node is None:
            return None
        after = node.getnext()
        if after is not None:
            named = _PANEL.search(after.get("class") or "") is not None or (after.get("role") or "") == "region"
            folded = named or after.get("hidden") is not None or after.get("aria-hidden") is not None
            return after if folded or (sure and isinstance(after.tag, str) and not _is_title(after)) else None
        parent = node.getparent()
        if parent is None or count_words("".join(map(str, parent.itertext()))) > _LONGEST_TITLE:
            return None
        node = parent
    return None


def _holds_text(panel: HtmlElement) -> bool:
    text = "".join(map(str, panel.itertext()))
    return has_arabic(text) and count_words(text) >= 2 and not panel.findall(".//input")


def _show(panel: HtmlElement) -> None:
    for name in ("hidden", "aria-hidden", "style"):
        panel.attrib.pop(name, None)
    kept = [
        name
        for name in (panel.get("class") or "").split()
        if name.lower() not in ("hidden", "collapse", "d-none", "hide")
    ]
    panel.set("class", " ".join(kept))


def _head(button: HtmlElement) -> None:
    for name in ("role", "class", "aria-expanded", "hidden"):
        button.attrib.pop(name, None)
    above = next((up for up in button.iterancestors() if up.tag in _HEADINGS), None)
    inner = next((node for node in button.iter(*_HEADINGS) if node is not button), None)
    heading = button if above is None and inner is None else above if inner is None else inner
    if heading is not None:
        heading.set("data-fold", "")
    button.tag = "h3" if heading is button else "span" if above is not None else "div"
