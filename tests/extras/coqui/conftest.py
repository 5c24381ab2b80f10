from __future__ import annotations

from tts_news.speak.torchaudio_shim import ensure_torchaudio

ensure_torchaudio()
