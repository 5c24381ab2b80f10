"""Raised and lowered characters: marks of notes are not read, exponents and indices are part of what they stand at.

`10<sup>6</sup>` is a million and `عمل<sup>6</sup>` has a sixth note: what stands before decides.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from tts_news.read.linebox import LineBox

_MARK = re.compile(
    r"^[\[({⁽]?\s*+[*†‡§¶#]?\s*+(?:[\d٠-٩۰-۹]{1,3}|[a-z]|[ivx]{1,5}|[أ-ي])?\s*+[*†‡§¶]{0,3}\s*+[\])}⁾]?$"
)
_BRACKETED = re.compile(r"^[\[({].*[\])}]$|^[*†‡§]")
_LONGEST_REMARK = 40
_DIGITS = re.compile(r"^[-−–+]?[\d٠-٩۰-۹]{1,3}$")
# Units whose power is meant, ten and a variable: what an exponent stands at.
_BASE = re.compile(
    r"(?:^|[\s\d/(×·.])(?:م|كم|كلم|سم|ملم|مم|دسم|متر|مترا|أمتار|كيلومتر|كيلومترا|سنتيمتر|سنتيمترا|مليمتر|ث|ثانية"
    r"|[kcmdµμn]?m|km|s|ft|in)$"
    r"|(?<![\d.,٫٬])(?:10|١٠|۱۰)$|[×x*·]\s*\d+$|(?<![A-Za-z])[A-Za-z]$|[)\]]$"
)
_TEN_OR_LATIN = re.compile(r"(?:[\dA-Za-z)])$")
_RAISED = str.maketrans("0123456789-−–+٠١٢٣٤٥٦٧٨٩", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_NOTE_ROLES = frozenset(["doc-noteref", "doc-backlink"])
_NOTE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:foot|end)?note-?(?:ref|anchor|link|call)?s?(?:$|[\s_-])|reference|fnref|\bfn\b|cite_ref",
    re.IGNORECASE,
)
_NOTE_TARGET = re.compile(r"#.*(?:fn|note|cite|ref|edn|cmnt|sdfoot|endnote|هامش|مرجع)", re.IGNORECASE)
_IN_TEXT = re.compile(r"(?<=[^\s\[({])\[(?:[\d٠-٩۰-۹]{1,3}|\^[\w-]{1,20})\](?![\w(:])")
_HYPHENS = re.compile("[−–]")


def is_note_mark(node: HtmlElement, line: LineBox) -> bool:
    """Return whether an element inside a line is the mark of a note; `line` holds what stands before it."""
    if (node.get("role") or "").lower() in _NOTE_ROLES or "noteref" in (node.get("epub:type") or ""):
        return True
    if node.tag not in ("sup", "a", "span"):
        return False
    text = ("".join(map(str, node.itertext())) if len(node) else node.text or "").strip()
    if node.tag == "sup" and _BRACKETED.match(text) and len(text) <= _LONGEST_REMARK:
        return True  # «[بحاجة لمصدر]» as well
    if len(text) > 12 or not _MARK.match(text) or not text:
        return False
    links = [node] if node.tag == "a" else list(node.iter("a"))
    if any(_leads_to_note(link) for link in links):
        return True
    if node.tag != "sup":
        return False
    if links or _BRACKETED.match(text):
        return True
    if not _DIGITS.match(text):
        return not text.isalpha()
    return not _is_exponent(text, line.before)


def _leads_to_note(link: HtmlElement) -> bool:
    href = link.get("href") or ""
    return "#" in href and (
        _NOTE_TARGET.search(href) is not None
        or _NOTE_CLASS.search(link.get("class") or "") is not None
        or (href.startswith("#") and len(href) > 1 and _BRACKETED.match((link.text or "").strip()) is not None)
    )


def _is_exponent(text: str, before: str) -> bool:
    line = before.rstrip()
    if text[0] in "-−–+":
        return _TEN_OR_LATIN.search(line) is not None or _BASE.search(line[-30:]) is not None
    return _BASE.search(line[-30:]) is not None or (text in "0٠" and line[-1:].isdigit())


def raise_text(text: str, before: str) -> str:
    """Return what is written raised as characters of a line: م + 2 → م², 25 + o → 25°; a suffix («20th») stays."""
    own = text.strip()
    if own in ("o", "0", "٠", "º", "°") and before.rstrip()[-1:].isdigit():
        return "°"
    return own.translate(_RAISED) if _DIGITS.match(own) else text


def lower_text(text: str, before: str) -> str:
    """Return what is written lowered as characters of a line: CO + 2 → CO₂; words stay as they are."""
    own = text.strip()
    return own.translate(_LOWERED) if own.isdecimal() and re.search(r"[A-Za-z)\]]$", before) else text


def without_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a line of plain text without the marks of notes that stand at its words («تهاجر[٤]»), and the marks."""
    if "[" not in text:
        return text, ()
    marks = tuple(_IN_TEXT.findall(text))
    return (_IN_TEXT.sub("", text), marks) if marks else (text, ())
