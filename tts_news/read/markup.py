"""XML of strangers → a tree: no entities, no network, libxml2's own limits of depth and size; what had to be mended."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from tts_news.arabic import tidy
from tts_news.errors import ReadError
from tts_news.read.encoding import decode, mend

_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_NUMBERED = re.compile(r"&#(?:0{0,9}([0-9]{1,7})|[xX]0{0,9}([0-9a-fA-F]{1,6}));")
_LOOSE = re.compile(r"&(?!#\d{1,16};|#[xX][0-9a-fA-F]{1,16};|[A-Za-z][A-Za-z0-9]{0,30};)")
_XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_CDATA = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_MOST_TAGS = 600_000
_MOST_ATTRIBUTES = 2_000
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{8000,}")
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
_TAG_NAME = re.compile(r"^\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Mended:
    """A tree, its text as it was parsed, and what the parser had to mend: the line and its complaint."""

    root: etree._Element
    text: str
    faults: tuple[tuple[int, str], ...] = ()


def is_crowded(text: str) -> bool:
    """Return whether markup has more tags than any page or feed, or one has more attributes than any tag.

    A parser needs two hundred bytes for a tag of four, and looks at every attribute for every other one.
    """
    return text.count("<") > _MOST_TAGS or any(
        len(_QUOTED.sub("", match[0]).split()) > _MOST_ATTRIBUTES for match in _LONG_TAG.finditer(text)
    )


def parse_xml(data: bytes, name: str, charset: str = "") -> Mended:
    """Return XML as a tree, mended where it is broken.

    Args:
        data: The bytes as they came.
        name: The input, for messages.
        charset: What the server said, "" when it said nothing.

    Raises:
        ReadError: It declares entities of its own, which no honest file does, or is no XML at all.
    """
    text = decode(data, charset)
    if re.search(r"<!ENTITY", text[:100_000], re.IGNORECASE):
        raise ReadError(
            f"{name} declares XML entities of its own", hint="no feed needs them; such a file is made to exhaust memory"
        )
    if is_crowded(text):
        raise ReadError(f"{name} holds more tags than any article or feed", hint="it is not read")
    text = _DECLARATION.sub("", _CONTROLS.sub("", _outside_cdata(text))).strip()
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as err:
        raise ReadError(f"{name} is no XML that can be read: {err}", hint=HINT) from err
    if root is None:
        raise ReadError(f"{name} is no XML that can be read", hint=HINT)
    faults = ((entry.line, entry.message.strip()) for entry in parser.error_log if entry.level_name == "FATAL")
    return Mended(root, text, tuple(faults))


HINT = "give the address of an RSS or Atom feed; --from html reads a page instead"


def _outside_cdata(text: str) -> str:
    """Return XML whose references are XML's own: HTML's names (&nbsp;) and a loose & are none, and libxml2 drops them.

    What stands in CDATA is text and stays as it is, but for surrogates: half an emoji of a careless system.
    """
    parts: list[str] = []
    at = 0
    for match in _CDATA.finditer(text):
        parts += [_with_own_references(text[at : match.start()]), _NUMBERED.sub(_numbered, match[0])]
        at = match.end()
    return mend("".join([*parts, _with_own_references(text[at:])]))


def _with_own_references(text: str) -> str:
    text = _NAMED.sub(lambda match: match[0] if match[1] in _XML_OWN else html.escape(html.unescape(match[0])), text)
    return _LOOSE.sub("&amp;", _NUMBERED.sub(_numbered, text))


def _numbered(match: re.Match[str]) -> str:
    """Return a numeric reference as it stands, but a surrogate (half an emoji of a careless system) as that half."""
    code = int(match[1]) if match[1] else int(match[2], 16)
    if 0xD800 <= code < 0xE000:
        return chr(code)
    return "" if code < 0x20 and code not in (9, 10, 13) else match[0]


def local_name(element: etree._Element) -> str:
    """Return an element's name in lower case, without its namespace; "" for what is none."""
    return _bare(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=1000)  # a feed asks for a few names a million times
def _bare(tag: str) -> str:
    return _TAG_NAME.sub("", tag).lower()


def count_tags(text: str, names: tuple[str, ...]) -> tuple[int, int]:
    """Return how many elements of these names begin and how many end in XML, whatever a parser made of it."""
    bare = _CDATA.sub("", text)
    either = "|".join(names)
    opened = re.findall(rf"<(?:{either})(?=[\s>/])", bare, re.IGNORECASE)
    closed = re.findall(rf"</(?:{either})\s*>|<(?:{either})(?:\s[^<>]{{0,2000}})?/>", bare, re.IGNORECASE)
    return len(opened), len(closed)


def text_of(element: etree._Element | None) -> str:
    """Return all text in an element on one line; "" for None."""
    return tidy(" ".join("".join(map(str, element.itertext())).split())) if element is not None else ""
