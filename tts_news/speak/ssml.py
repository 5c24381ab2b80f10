"""What Azure is asked to say: our vowelled text as SSML, and in IPA what its letters cannot tell.

Source: Azure AI Speech, "Speech Synthesis Markup Language" and "SSML phonetic alphabets".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from tts_news.errors import SpeakError
from tts_news.patterns import lazy
from tts_news.sound import Utterance
from tts_news.speak.phonemes import Word, count_words, phonemise
from tts_news.speak.phonemes.ipa import has_foreign_sound, ipa_of

Spelt = Literal["foreign", "all", "none"]
"""Which words are given in IPA."""

_SSML, _STYLES = "http://www.w3.org/2001/10/synthesis", "https://www.w3.org/2001/mstts"
_CORE = lazy(r"(\W*)(.*?)([^\w\u064b-\u0652\u0670]*)", 16)  # DOTALL


def ssml_of(utterance: Utterance, voice: str, style: str, spelt: Spelt) -> str:
    """Return an utterance as a document of SSML.

    Args:
        utterance: What is said, how fast and how high.
        voice: Azure's name of the voice.
        style: One the voice has, "" for its plain one.
        spelt: Which words are given in IPA: those with a sound that no letter writes (the p, v and hard g of the
            lexicon and of names), all, or none.
    """
    said = " ".join(_words(utterance.text, spelt))
    if utterance.speed != 1 or utterance.pitch != 1:
        how = f'rate="{_percent(utterance.speed)}" pitch="{_percent(utterance.pitch)}"'
        said = f"<prosody {how}>{said}</prosody>"
    if style:
        said = f"<mstts:express-as style={quoteattr(style)}>{said}</mstts:express-as>"
    language = "-".join(voice.split("-")[:2])
    return (
        f'<speak version="1.0" xmlns="{_SSML}" xmlns:mstts="{_STYLES}" xml:lang={quoteattr(language)}>'
        f"<voice name={quoteattr(voice)}>{said}</voice></speak>"
    )


def _words(text: str, spelt: Spelt) -> Iterator[str]:
    """Yield the words of a text, markup around those that are spelt."""
    tokens = text.split()
    read = _read(text) if spelt != "none" else ()
    at = 0
    for token in tokens:
        count = count_words(token) if read else 0
        mine = read[at : at + count]
        at += count
        if mine and (spelt == "all" or any(map(has_foreign_sound, mine))):
            found = _CORE.fullmatch(token)
            before, core, after = found.groups() if found else ("", token, "")
            sounds = quoteattr(" ".join(map(ipa_of, mine)))
            yield f'{escape(before)}<phoneme alphabet="ipa" ph={sounds}>{escape(core)}</phoneme>{escape(after)}'
        else:
            yield escape(token)


def _read(text: str) -> tuple[Word, ...]:
    """Return the words of a text as they sound; none where our front end cannot read it: then Azure reads it alone."""
    try:
        return phonemise(text).words
    except SpeakError:
        return ()


def _percent(factor: float) -> str:
    """Return a factor as SSML's change of it: 1.2 is +20%."""
    return f"{(factor - 1) * 100:+.0f}%"
