"""Counters in the text format of Prometheus."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping

_KINDS = (
    "/v1/audio/speech",
    "/dev/captioned_speech",
    "/v1/audio/voices",
    "/v1/models",
    "/editions",
    "/health",
    "/metrics",
)


class Metrics:
    """What the server has done since it started."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self.speaking = 0
        self.waiting = 0
        self.spoken_s = 0.0

    def count_request(self, method: str, path: str, status: int) -> None:
        """Count a request under a fixed name: paths come from strangers and must not become labels."""
        kind = next((kind for kind in _KINDS if path == kind or path.startswith(f"{kind}/")), "files")
        verb = method if method in {"GET", "HEAD", "POST", "OPTIONS"} else "other"
        with self._lock:
            self._requests[verb, kind, status] += 1

    def add_spoken(self, seconds: float) -> None:
        """Count seconds of speech made."""
        with self._lock:
            self.spoken_s += seconds

    def render(self, jobs: Mapping[str, int], messages: Mapping[str, int], tries: Mapping[str, int]) -> str:
        """Return all counters.

        Args:
            jobs: How many jobs are in each state.
            messages: How many webhooks wait, and how many are dead.
            tries: How many tries to deliver one succeeded, and how many did not.
        """
        with self._lock:
            requests = sorted(self._requests.items())
            spoken_s = self.spoken_s
        lines = ["# TYPE tts_news_requests_total counter"]
        lines += [
            f'tts_news_requests_total{{method="{method}",path="{path}",status="{status}"}} {count}'
            for (method, path, status), count in requests
        ]
        lines += ["# TYPE tts_news_speech_seconds_total counter", f"tts_news_speech_seconds_total {spoken_s:.3f}"]
        lines += ["# TYPE tts_news_speaking gauge", f"tts_news_speaking {self.speaking}"]
        lines += ["# TYPE tts_news_waiting gauge", f"tts_news_waiting {self.waiting}"]
        lines.append("# TYPE tts_news_jobs gauge")
        lines += [f'tts_news_jobs{{state="{state}"}} {count}' for state, count in sorted(jobs.items())]
        lines.append("# TYPE tts_news_webhooks gauge")
        lines += [f'tts_news_webhooks{{state="{state}"}} {count}' for state, count in sorted(messages.items())]
        lines.append("# TYPE tts_news_webhook_tries_total counter")
        lines += [f'tts_news_webhook_tries_total{{end="{end}"}} {count}' for end, count in sorted(tries.items())]
        return "\n".join(lines) + "\n"
