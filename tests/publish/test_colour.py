from __future__ import annotations

import pytest

from tts_news.errors import ConfigError
from tts_news.publish.colour import DEFAULT, LEAST_CONTRAST, contrast, darkened, lightened
from tts_news.publish.settings import ShowSettings


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == pytest.approx(21.0)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "0b5563", "#0b5563; }"])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ConfigError, match="is no colour"):
        ShowSettings(colour=colour)


@pytest.mark.parametrize("colour", ["#ffcc00", "#8fd3e0", "#888888"])
def test_a_colour_too_pale_for_text_is_refused_with_a_darker_one(colour: str) -> None:
    with pytest.raises(ConfigError, match="too pale") as found:
        ShowSettings(colour=colour)
    assert found.value.hint
    assert darkened(colour) in found.value.hint
    assert ShowSettings(colour=darkened(colour))


@pytest.mark.parametrize("colour", [DEFAULT, "#7a0019", "#000000", "#1b2a6b"])
def test_on_dark_pages_the_colour_is_as_light_as_it_has_to_be(colour: str) -> None:
    assert contrast(lightened(colour), "#1e2228") >= LEAST_CONTRAST
