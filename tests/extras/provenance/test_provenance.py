"""Sound signed with a certificate made on the spot, read back by the library, by mutagen and by ffmpeg."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import c2pa
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from master.listening import chapters, decode
from master.tones import ToneTakes, article_script
from mutagen.mp3 import MP3

from tts_news.errors import MasterError
from tts_news.master import check_orders, master_edition
from tts_news.master.settings import MasterSettings, ProvenanceSettings
from tts_news.records import DIGITAL_SOURCE_TYPE, Mastered, Tags

TYPES = {"mp3": "audio/mpeg", "m4b": "audio/mp4", "flac": "audio/flac", "wav": "audio/wav"}
FORMATS = (*TYPES, "opus")
LONG = "عنوان طويل للغاية لا يتسع له مئة وسبعة وعشرون بايتا في أي حال من الأحوال"
SCRIPT = article_script(articles=2, sections=2)
SCRIPT = replace(SCRIPT, chapters=tuple(replace(mark, title=f"{mark.title} {LONG}") for mark in SCRIPT.chapters))
Issue = Callable[..., ProvenanceSettings]


def named(name: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.ORGANIZATION_NAME, name)]
    )


def certify(key: object, days: int, *, authority: bool) -> bytes:
    """Return a certificate for signing, with its issuer's after it."""
    issuer, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)

    def build(name: str, public: object, *, ca: bool) -> x509.CertificateBuilder:
        usage = x509.KeyUsage(not ca, False, False, False, False, ca, ca, False, False)
        return (
            x509.CertificateBuilder(named("Issuer"), named(name), public, x509.random_serial_number())
            .not_valid_before(now - timedelta(days=100))
            .not_valid_after(now + timedelta(days=100 if ca else days))
            .add_extension(x509.BasicConstraints(ca, None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()), critical=False)
        )

    own = build("Press", key.public_key(), ca=authority)
    own = own.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    chain = [
        own.sign(issuer, hashes.SHA256()),
        build("Issuer", issuer.public_key(), ca=True).sign(issuer, hashes.SHA256()),
    ]
    return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in chain)


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Issue:
    def write(
        key: object = None, days: int = 10, *, password: bytes = b"", authority: bool = False
    ) -> ProvenanceSettings:
        folder = tmp_path_factory.mktemp("keys")
        key = key or ec.generate_private_key(ec.SECP256R1())
        lock = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
        pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
        (folder / "key.pem").write_bytes(pem)
        (folder / "chain.pem").write_bytes(certify(key, days, authority=authority))
        return ProvenanceSettings(str(folder / "chain.pem"), str(folder / "key.pem"))

    return write


@pytest.fixture(scope="module")
def signed(issue: Issue, tmp_path_factory: pytest.TempPathFactory) -> Mastered:
    settings = MasterSettings(formats=FORMATS)
    folder = tmp_path_factory.mktemp("signed")
    tags = Tags("عنوان النشرة", "المذيع", "نشرة", "2026-11-22")
    return master_edition(SCRIPT, ToneTakes(SCRIPT), tags, settings, folder, "news", provenance=issue())


def read(path: Path, kind: str) -> dict[str, object]:
    with path.open("rb") as file, c2pa.Reader(kind, file) as reader:
        return json.loads(reader.json())


@pytest.mark.parametrize("name", list(TYPES))
def test_a_signature_says_that_a_machine_spoke_and_holds(signed: Mastered, name: str) -> None:
    found = read(signed.files[name], TYPES[name])
    assert found["validation_state"] == "Valid"
    assert {status["code"] for status in found["validation_status"]} == {"signingCredential.untrusted"}
    manifest = found["manifests"][found["active_manifest"]]
    assert manifest["title"] == "عنوان النشرة"
    assert manifest["claim_generator_info"][0]["name"] == "tts-news"
    said = {assertion["label"]: assertion["data"] for assertion in manifest["assertions"]}
    (action,) = said["c2pa.actions.v2"]["actions"]
    assert (action["action"], action["digitalSourceType"]) == ("c2pa.created", DIGITAL_SOURCE_TYPE)


@pytest.mark.parametrize("name", list(TYPES))
def test_a_changed_byte_breaks_it(signed: Mastered, name: str, tmp_path: Path) -> None:
    data = bytearray(signed.files[name].read_bytes())
    data[-5000] ^= 1
    (tmp_path / name).write_bytes(data)
    assert read(tmp_path / name, TYPES[name])["validation_state"] == "Invalid"


@pytest.mark.parametrize("name", ["mp3", "m4b"])
def test_chapters_and_sound_stay(signed: Mastered, name: str) -> None:
    titles = [title for _, _, title in chapters(signed.files[name])]
    assert len(titles) == len(signed.timeline.chapters)
    if name == "mp3":
        assert titles == [chapter.title for chapter in signed.timeline.chapters]
    assert len(decode(signed.files[name])) / 44_100 == pytest.approx(signed.timeline.duration_s, abs=0.05)


def test_the_tag_of_the_mp3_is_ours_and_the_signature_its_last_frame(signed: Mastered) -> None:
    tags = MP3(signed.files["mp3"]).tags
    assert tags.version == (2, 3, 0)
    assert tags["TXXX:digitalSourceType"].text == [DIGITAL_SOURCE_TYPE]
    assert tags.getall("GEOB")[0].mime == "application/c2pa"
    assert signed.files["mp3"].read_bytes()[:6] == b"ID3\x03\x00\x00"


def test_opus_has_no_place_for_a_signature_and_is_whole(signed: Mastered) -> None:
    assert len(decode(signed.files["opus"])) / 44_100 == pytest.approx(signed.timeline.duration_s, abs=0.05)


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP384R1()),
        ed25519.Ed25519PrivateKey.generate(),
        rsa.generate_private_key(65537, 2048),
    ],
)
def test_keys_of_other_kinds_sign_as_well(issue: Issue, key: object) -> None:
    check_orders(MasterSettings(), None, issue(key))


def test_the_key_may_come_from_the_environment(issue: Issue) -> None:
    settings = issue()
    check_orders(MasterSettings(), None, replace(settings, key="", key_pem=Path(settings.key).read_text()))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"days": -1}, "not today"),
        ({"password": b"secret"}, "encrypted"),
        ({"authority": True}, "does not hold|cannot be signed"),
        ({"key": ec.generate_private_key(ec.SECP256K1())}, "no key of its kind"),
    ],
)
def test_what_cannot_sign_is_said_before_anything_is_made(issue: Issue, given: dict[str, object], said: str) -> None:
    with pytest.raises(MasterError, match=said):
        check_orders(MasterSettings(), None, issue(**given))


def test_a_key_of_another_certificate_is_refused(issue: Issue) -> None:
    with pytest.raises(MasterError, match="not the certificate's"):
        check_orders(MasterSettings(), None, replace(issue(), key=issue().key))


def test_opus_alone_is_said_to_be_unsigned(issue: Issue, caplog: pytest.LogCaptureFixture) -> None:
    check_orders(MasterSettings(formats=("opus",)), None, issue())
    assert "OPUS has no place for a signature" in caplog.text
