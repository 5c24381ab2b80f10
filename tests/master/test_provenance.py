"""What is said of certificate and key where nothing can be signed; signing itself is tested with the extra."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tts_news.errors import MasterError
from tts_news.master.provenance import check_provenance, load_signature
from tts_news.master.settings import ProvenanceSettings


def test_without_a_certificate_nothing_is_signed() -> None:
    assert load_signature(ProvenanceSettings()) is None
    check_provenance(ProvenanceSettings(), ("mp3",))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"certificate": "c.pem"}, "the key is missing"),
        ({"key": "k.pem"}, "the certificate is missing"),
        ({"key_pem": "x"}, "the certificate is missing"),
        ({"certificate": "c.pem", "key": "none.pem"}, r"key: cannot read .*none\.pem"),
        ({"certificate": "none.pem", "key": "k.pem"}, r"certificate: cannot read .*none\.pem"),
        ({"certificate": "c.pem", "key": "k.pem"}, "no PEM certificate"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    for name in ("c.pem", "k.pem"):
        (tmp_path / name).write_text("no PEM")
    given = {key: str(tmp_path / value) if value.endswith("pem") else value for key, value in settings.items()}
    with pytest.raises(MasterError, match=said):
        load_signature(ProvenanceSettings(**given))


def test_without_the_extra_the_command_that_installs_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.pem").write_text("x")
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(MasterError, match="not installed") as caught:
        load_signature(ProvenanceSettings(str(tmp_path / "x.pem"), str(tmp_path / "x.pem")))
    assert caught.value.hint.endswith('[provenance]"')
