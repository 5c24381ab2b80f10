"""Bytes → text: the charset the server states, the one the page states, the one the bytes look like."""

from __future__ import annotations

import codecs
import re

from tts_news.arabic import count_arabic

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,30})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{2,30})["']""", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# What pages call by the old name and mean by the newer, larger one, as browsers do (WHATWG Encoding Standard, 4.2).
_ALIASES = {
    "iso-8859-6": "iso8859-6",
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "iso-8859-1": "windows-1252",
    "latin-1": "windows-1252",
    "x-cp1256": "windows-1256",
}
# The charsets that pages come in (WHATWG Encoding Standard, 4.2), as Python calls them. Of its other codecs some are no
# charsets (rot13, base64), some of no page (idna, punycode), and one raises on everything (undefined).
_OF_PAGES = frozenset(
    "utf-8 utf-16 utf-16-le utf-16-be cp866 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8"
    " iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman cp874 cp1250 cp1251 cp1252 cp1253"
    " cp1254 cp1255 cp1256 cp1257 cp1258 mac-cyrillic gbk gb2312 gb18030 big5 euc_jp iso2022_jp shift_jis euc_kr"
    " cp949 cp932 cp720 cp864".split()  # and two of DOS that Arabic texts were kept in
)
_ARABIC_LEGACY = ("windows-1256", "iso8859-6")


def decode(data: bytes, stated: str = "") -> str:
    """Return the bytes as text; bytes that do not fit become U+FFFD, never an error.

    UTF-8 that decodes without a fault is UTF-8, whatever is stated: no other charset produces it by accident.

    Args:
        data: The page, feed or paste.
        stated: The charset of the HTTP header, "" when there is none.
    """
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(charset, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for charset in (stated, *_stated_inside(data)):
        name = _known(charset)
        if name and name not in ("utf-8", "cp1252"):
            return data.decode(name, "replace")
    return _guess(data)


def _stated_inside(data: bytes) -> list[str]:
    head = data[:4096]
    return [match[1].decode("ascii") for match in (_META.search(head), _XML.search(head)) if match]


def _known(charset: str) -> str:
    name = charset.strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    return codec.name if codec.name in _OF_PAGES else ""


def mend(text: str) -> str:
    """Return text in which surrogates that JSON or XML spell out are the characters they stand for, alone U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _guess(data: bytes) -> str:
    """Return the reading with most Arabic in it: mostly UTF-8 with a few broken bytes, or a legacy Arabic charset."""
    broken = data.decode("utf-8", "replace")
    if count_arabic(broken) > broken.count("\ufffd"):
        return broken
    readings = [data.decode(charset, "replace") for charset in _ARABIC_LEGACY]
    return max(readings, key=lambda text: count_arabic(text) - 3 * text.count("\ufffd") - 3 * text.count("ء"))
