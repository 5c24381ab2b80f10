"""What the tests of voices that are spoken elsewhere have in common."""

from __future__ import annotations

import pytest

from tts_news.speak import patience


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A key for Azure, and how long an engine waited, without waiting."""
    waited: list[float] = []
    monkeypatch.setattr(patience, "sleep", waited.append)  # its own, not that of every thread
    monkeypatch.setenv("AZURE_SPEECH_KEY", "secret")
    return waited
