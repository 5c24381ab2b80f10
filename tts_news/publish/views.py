"""Every view of an edition, by file name: what `commit` writes beside the sound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tts_news.publish.chapters import write_chapters
from tts_news.publish.reading import Reading
from tts_news.publish.transcripts import write_html, write_json, write_srt, write_text, write_vtt, write_word_vtt

VIEWS: Mapping[str, Callable[[Reading], str]] = MappingProxyType(
    {
        "chapters.json": write_chapters,
        "transcript.vtt": write_vtt,
        "transcript.words.vtt": write_word_vtt,
        "transcript.srt": write_srt,
        "transcript.html": write_html,
        "transcript.json": write_json,
        "transcript.txt": write_text,
    }
)
