"""What is measured goes through the filter that is heard, but for the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from tts_news.master.biquads import Filter, MeasuringFilter, high_pass


@pytest.mark.parametrize("block", [128, 128 * 63, 128 * 64, 128 * 200])
def test_what_measures_filters_alike_whatever_the_blocks(block: int) -> None:
    sections = (high_pass(50.0, 44_100), high_pass(400.0, 44_100))
    noise = np.random.default_rng(1).standard_normal(100_003).astype(np.float32)
    wanted = Filter(sections, 0.5).filter(noise)
    measuring = MeasuringFilter(sections, 0.5)
    found = np.concatenate([measuring.filter(noise[at : at + block]) for at in range(0, len(noise), block)])
    np.testing.assert_allclose(found, wanted, rtol=0, atol=1e-11)
