"""A Ray cluster of two workers on this machine, which outlives whoever works on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import ray

from tts_news.speak import cluster


@pytest.fixture(scope="module")
def standing_cluster() -> Iterator[str]:
    """Its address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
        patch.setenv("RAY_gcs_server_port_wait_time_s", "180")  # it gives up after 30 s, on a busy machine too
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, _node_ip_address="127.0.0.1")
        address = ray.get_runtime_context().gcs_address
        with cluster.joined("auto"):
            yield address
