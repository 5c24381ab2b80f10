"""Pronunciation lexicons of the W3C (PLS) → entries of ours. The file is a stranger's: nothing outside it is read.

Source: Pronunciation Lexicon Specification 1.0 (W3C Recommendation, 2008).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tts_news.errors import ScriptError
from tts_news.files import read_file
from tts_news.script.ipa import arabic_of_ipa
from tts_news.script.lexicon import Entry, make_entry

_NAMESPACE = "{http://www.w3.org/2005/01/pronunciation-lexicon}"
_MAX_BYTES = 20_000_000


def read_pls(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a PLS file: a grapheme with its alias, or with its phonemes in IPA.

    Raises:
        ScriptError: The file cannot be read, is no PLS lexicon, declares entities, or an entry cannot be said.
    """
    from lxml import etree

    try:
        data = read_file(path, _MAX_BYTES)
    except OSError as err:
        raise ScriptError(f"cannot read {path}: {err.strerror}") from err
    except ValueError as err:
        raise ScriptError(f"{path} is larger than {_MAX_BYTES // 1_000_000} MB") from err
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as err:
        raise ScriptError(
            f"{path} is not XML: {err}", hint="name a PLS lexicon: <lexicon>, <lexeme>, <grapheme>, <alias>"
        ) from err
    if root.getroottree().docinfo.internalDTD is not None:
        raise ScriptError(f"{path} has a document type of its own", hint="remove the <!DOCTYPE …> and its entities")
    if root.tag != f"{_NAMESPACE}lexicon":
        raise ScriptError(
            f"{path} is no PLS lexicon: its root is {root.tag}", hint="see www.w3.org/TR/pronunciation-lexicon"
        )
    entries = [
        entry for number, lexeme in _lexemes(root) for entry in _entries(lexeme, root, f"{path}: lexeme {number}")
    ]
    if not entries:
        raise ScriptError(f"{path} holds no lexeme")
    return tuple(entries)


def _lexemes(root: Any) -> Iterator[tuple[int, Any]]:
    yield from enumerate(root.iterchildren(f"{_NAMESPACE}lexeme"), start=1)


def _entries(lexeme: Any, root: Any, place: str) -> Iterator[Entry]:
    spoken = _spoken(lexeme, root.get("alphabet", "ipa"), place)
    for grapheme in lexeme.iterchildren(f"{_NAMESPACE}grapheme"):
        yield make_entry(_text(grapheme), spoken, "", (), place)


def _spoken(lexeme: Any, alphabet: str, place: str) -> str:
    """Return how the lexeme is said: of several ways the preferred one, else the first."""
    ways = [*lexeme.iterchildren(f"{_NAMESPACE}alias", f"{_NAMESPACE}phoneme")]
    if not ways:
        raise ScriptError(f"{place}: neither alias nor phoneme")
    way = next((way for way in ways if way.get("prefer") == "true"), ways[0])
    if way.tag == f"{_NAMESPACE}alias":
        return _text(way)
    if way.get("alphabet", alphabet) != "ipa":
        raise ScriptError(f"{place}: unknown alphabet '{way.get('alphabet', alphabet)}'", hint="the alphabet is ipa")
    try:
        return arabic_of_ipa(_text(way))
    except ScriptError as err:
        raise ScriptError(f"{place}: {err}") from err


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
