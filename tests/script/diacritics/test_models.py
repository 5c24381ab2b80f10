from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from tts_news.errors import ScriptError
from tts_news.script.diacritics.rawi import load_old_rawi, load_rawi
from tts_news.script.diacritics.tashkeel import load_tashkeel

LOADERS = {
    "libtashkeel": ("piper-tts", load_tashkeel),
    "rawi": ("text2tashkeel", load_rawi),
    "old rawi": ("text2tashkeel", load_old_rawi),
}


@pytest.mark.parametrize("model", LOADERS)
def test_a_missing_package_is_an_error_that_says_what_to_install(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: str) -> None:
        del name

    monkeypatch.setattr(importlib.util, "find_spec", nothing)
    package, load = LOADERS[model]
    with pytest.raises(ScriptError, match=package) as caught:
        load()
    assert package in caught.value.hint


@pytest.mark.parametrize("model", LOADERS)
def test_a_package_without_its_model_is_an_error_that_names_the_files(
    model: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def empty(name: str) -> ModuleSpec:
        return ModuleSpec(name, None, origin=str(tmp_path / "__init__.py"))

    monkeypatch.setattr(importlib.util, "find_spec", empty)
    with pytest.raises(ScriptError, match=r"\.onnx"):
        LOADERS[model][1]()
