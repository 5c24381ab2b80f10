"""Links, e-mail addresses, hashtags and handles.

A link is رابط unless the words before it have said so; a bare domain that a sentence names is read (بوكينغ دوت كوم).
A hashtag is said word by word after هاشتاغ, a handle as its name.
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC
from tts_news.patterns import lazy
from tts_news.script.rules.latin import look_up
from tts_news.script.rules.patterns import any_of, words
from tts_news.script.rules.transliteration import spell

_TAIL: Final = r"[^\s<>\"«»()\[\]،؛]{1,2000}"
_URL: Final = lazy(
    rf"(?P<before>[{ARABIC}]{{2,20}}[ :]{{0,3}})?(?<![A-Za-z0-9@])(?:https?://|ftp://|www\.){_TAIL}(?<![.!?:؟])",
    re.IGNORECASE,
)
_EMAIL: Final = lazy(
    rf"(?P<before>[{ARABIC}]{{2,20}}[ :]{{0,3}})?"
    rf"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{{1,64}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,5}}"
)
_TLDS: Final = (
    "com|net|org|gov|edu|int|info|io|tv|me|co|app|ai|news|ly|gl|be|eg|sa|ae|jo|lb|sy|iq|kw|qa|bh|om|ye|ps|tn"
    "|dz|ma|sd|uk|fr|de|ru|eu|us|il|ir|tr"
)
_DOMAIN: Final = lazy(
    rf"(?P<before>[{ARABIC}]{{2,20}}[ :]{{1,3}})?(?<![A-Za-z0-9@./_-])(?P<name>[A-Za-z0-9-]{{1,63}}"
    rf"(?:\.[A-Za-z0-9-]{{1,63}}){{0,3}})\.(?P<tld>{_TLDS})"
    rf"(?P<path>/[^\s<>\"«»()،؛]{{0,2000}}(?<![.!?:؟]))?(?![A-Za-z0-9-]|\.[A-Za-z0-9])",
    re.IGNORECASE,
)
_DOTTED: Final = lazy(r"[A-Za-z0-9]\.[A-Za-z]", needs=".")
_TLD_WORDS: Final = {
    "com": "دوت كوم",
    "net": "دوت نت",
    "org": "دوت أورغ",
    "gov": "دوت غوف",
    "edu": "دوت إديو",
    "info": "دوت إنفو",
    "io": "دوت آي أو",
    "tv": "دوت تي في",
    "me": "دوت مي",
    "ai": "دوت إيه آي",
    "app": "دوت آب",
    "news": "دوت نيوز",
}
_LINK_WORDS: Final = any_of(
    words(
        "الرابط رابط الرابطين الموقع موقعنا موقعه موقعها موقعهم الإلكتروني إلكتروني الالكتروني "
        "اللينك لينك الوصلة البريد بريد بريدنا بريده الإيميل إيميل المصدر ايميل التالي الآتي العنوان "
        "عنوان"
    )
)
_NAMES_A_LINK: Final = lazy(rf"(?:^|[ ])[وفبلك]?(?:{_LINK_WORDS})[ :]{{0,3}}$")
_HASHTAG: Final = lazy(
    rf"(?P<before>[{ARABIC}]{{2,20}}[ :]{{0,3}}[\"«]?)?(?P<sign>(?<![A-Za-z0-9&])#[ ]?)"
    rf"(?P<tag>[{ARABIC}A-Za-z0-9_]{{1,140}})"
)
_TAG_WORDS: Final = any_of(words("هاشتاغ هاشتاج الهاشتاغ الهاشتاج وسم الوسم وسما هاشتاق وسوم"))
_SAID_HASHTAG: Final = lazy(rf"{_TAG_WORDS}[ :]{{0,3}}[\"«]?$")
_HANDLE: Final = lazy(rf"(?<![A-Za-z0-9._%+-])@(?P<name>[A-Za-z0-9_{ARABIC}]{{1,50}})")
_CAMEL: Final = lazy(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9]{3,})")
_CITED: Final = lazy(r"[(\[]\s?(?:https?://|www\.)[^\s()\[\]<>]{1,2000}\s?[)\]]", re.IGNORECASE)
_ORDINAL_SIGN: Final = lazy(r"(?<![^\s(])#[ ]?(?=[0-9]{1,5}(?![0-9A-Za-z_]))")


def _link(match: re.Match[str]) -> str:
    before = match["before"] or ""
    if _NAMES_A_LINK.search(before):
        return before.rstrip(" :")
    return f"{before}رابط"


def _domain(match: re.Match[str]) -> str:
    before = match["before"] or ""
    if match["path"]:
        return before.rstrip(" :") if _NAMES_A_LINK.search(before) else f"{before}رابط"
    labels: list[str] = match["name"].removeprefix("www.").split(".")
    last = match["tld"].lower()
    said = [_TLD_WORDS[label][4:] if label in _TLD_WORDS else _label(label) for label in labels]
    ending = _TLD_WORDS.get(last) or f"دوت {spell(last)}"
    return f"{before}{' دوت '.join(said)} {ending}"


def _label(label: str) -> str:
    """A part of a domain as the Latin rule is to see it: bbc is BBC there."""
    words_of_label = label.replace("-", " ")
    known = look_up(words_of_label) is None and look_up(label.upper()) is not None
    return label.upper() if known else words_of_label


def _words(tag: str) -> str:
    return " ".join(_CAMEL.sub(" ", tag.replace("_", " ")).split())


def _hashtag(match: re.Match[str]) -> str:
    before, tag = match["before"] or "", _words(match["tag"])
    if _SAID_HASHTAG.search(before):
        return before + tag
    # One tagged word in the run of a sentence (في #غزة اليوم) is that word.
    in_sentence = (before.endswith(" ") and "_" not in match["tag"]) or tag == "عاجل"
    return (
        f"{before}{tag}" if in_sentence else f"{before}{'' if not before or before.endswith(' ') else ' '}هاشتاغ {tag}"
    )


def apply(text: str) -> str:
    """The text with nothing of the web's own writing in it."""
    if "://" in text or "www." in text or "WWW." in text:
        text = _CITED.sub("", text)
        text = _URL.sub(_link, text)
    if "@" in text:
        text = _EMAIL.sub(_link, text)
        text = _HANDLE.sub(lambda match: _words(match["name"]), text)
    if "#" in text:
        text = _ORDINAL_SIGN.sub("رقم ", text)
        text = _HASHTAG.sub(_hashtag, text)
    return _DOMAIN.sub(_domain, text) if _DOTTED.search(text) else text
