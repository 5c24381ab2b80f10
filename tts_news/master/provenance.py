"""Signs finished sound with C2PA: who made it, that a machine spoke it, and that nobody has changed it since.

Source: C2PA Technical Specification 2.2, 18 (actions) and A.3 (embedding).
"""

from __future__ import annotations

import io
import json
import logging
import wave
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tts_news import __version__
from tts_news.errors import MasterError
from tts_news.extras import install_hint
from tts_news.files import read_file
from tts_news.master.signed_mp3 import sign_mp3
from tts_news.records import DIGITAL_SOURCE_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tts_news.master.settings import ProvenanceSettings

_LOG = logging.getLogger(__name__)
_TYPES = {"mp3": "audio/mpeg", "m4b": "audio/mp4", "flac": "audio/flac", "wav": "audio/wav"}
"""Formats that have a place for a signature; Opus has none."""
_LARGEST_PEM = 1_000_000
# Whether a certificate is on somebody's list of trusted ones is for that somebody to say.
_NO_FAULT = frozenset({"signingCredential.untrusted"})


@dataclass(frozen=True, slots=True)
class Signature:
    """Certificate chain and key, read and found to belong together; one is used for any number of files."""

    algorithm: str
    chain: bytes
    key: bytes
    timestamp_url: str

    def signer(self) -> Any:
        """Return the library's signer."""
        import c2pa

        url = self.timestamp_url or None
        return c2pa.Signer.from_info(c2pa.C2paSignerInfo(self.algorithm, self.chain, self.key, url))


def check_provenance(settings: ProvenanceSettings, formats: Iterable[str]) -> None:
    """Raise, before anything is spoken, when the sound could not be signed; tried on a moment of silence.

    Args:
        settings: Certificate and key.
        formats: What is going to be signed.

    Raises:
        MasterError: As for `load_signature`, or the certificate is not of the kind that signs.
    """
    signature = load_signature(settings)
    if signature is None:
        return
    for name in formats:
        if name not in _TYPES:
            _LOG.warning("%s has no place for a signature: that file is not signed", name.upper())
    _try(signature)


def load_signature(settings: ProvenanceSettings) -> Signature | None:
    """Return what an edition is signed with, None where nothing is set.

    Raises:
        MasterError: Certificate or key is missing, expired, or not one of the other; or the extra is not installed.
    """
    key = _read_key(settings)
    if not settings.certificate and not key:
        return None
    if not settings.certificate or not key:
        missing = "key" if settings.certificate else "certificate"
        raise MasterError(f"[provenance]: the {missing} is missing", hint=f"{missing} names a PEM file")
    return _match(_read(settings.certificate, "certificate"), key, settings.timestamp_url)


def sign_file(path: Path, scratch: Path, name: str, title: str, signature: Signature) -> None:
    """Sign a finished file of one format in its place, and read the signature back; Opus is left as it is.

    Args:
        path: The file.
        scratch: Where the signed copy grows; on the same file system.
        name: The format.
        title: Title of the edition.
        signature: Whose.

    Raises:
        MasterError: It cannot be signed, or does not read back as what was signed.
        OSError: The disk refuses.
    """
    if name not in _TYPES:
        return
    with _foreign_errors():
        if name == "mp3":
            sign_mp3(path, scratch, _builder(title, name), signature.signer())
        else:
            with path.open("rb") as source, scratch.open("w+b") as target:
                _builder(title, name).sign(signature.signer(), _TYPES[name], source, target)
        with scratch.open("rb") as signed:
            _verify(signed, name)
    scratch.replace(path)


def _builder(title: str, name: str) -> Any:
    import c2pa

    agent = {"name": "tts-news", "version": __version__}
    created = {"action": "c2pa.created", "digitalSourceType": DIGITAL_SOURCE_TYPE, "softwareAgent": agent}
    return c2pa.Builder(
        json.dumps(
            {
                "claim_generator_info": [agent],
                "title": title,
                "format": _TYPES[name],
                "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [created]}}],
            }
        )
    )


def _verify(signed: io.BufferedIOBase, name: str) -> None:
    """Read a signature back.

    Raises:
        MasterError: It does not hold, or says something else.
    """
    import c2pa

    with c2pa.Reader(_TYPES[name], signed) as reader:
        found = json.loads(reader.json())
    faults = {status["code"] for status in found.get("validation_status", [])} - _NO_FAULT
    if faults or found.get("validation_state") not in {"Valid", "Trusted"}:
        raise MasterError(
            f"the signature of the {name} does not hold: {', '.join(sorted(faults)) or 'not valid'}",
            hint="a certificate for C2PA names its issuer, is no authority, and allows digital signatures",
        )
    manifest = found["manifests"][found["active_manifest"]]
    if DIGITAL_SOURCE_TYPE not in json.dumps(manifest["assertions"]):
        raise MasterError(f"the signature of the {name} does not say that a machine spoke", hint="report it")


def _try(signature: Signature) -> None:
    """Sign a tenth of a second of silence, so that nothing is spoken in vain.

    Raises:
        MasterError: It cannot be signed.
    """
    silence, signed = io.BytesIO(), io.BytesIO()
    with wave.open(silence, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    silence.seek(0)
    with _foreign_errors():
        _builder("", "wav").sign(signature.signer(), _TYPES["wav"], silence, signed)
        signed.seek(0)
        _verify(signed, "wav")


def _read_key(settings: ProvenanceSettings) -> bytes:
    return settings.key_pem.encode() if settings.key_pem else _read(settings.key, "key") if settings.key else b""


def _read(path: str, what: str) -> bytes:
    try:
        return read_file(Path(path), _LARGEST_PEM)
    except (OSError, ValueError) as err:
        raise MasterError(f"[provenance] {what}: cannot read {path}: {err}", hint=f"{what} names a PEM file") from err


def _match(chain: bytes, pem: bytes, timestamp_url: str) -> Signature:
    """Return a signature of a chain and a key that belong together today.

    Raises:
        MasterError: They do not, or are not what they should be.
    """
    try:
        from cryptography import x509
        from cryptography.hazmat.primitives import serialization
    except ImportError as err:
        raise _not_installed() from err
    try:
        certificate = x509.load_pem_x509_certificates(chain)[0]
    except ValueError as err:
        raise MasterError("[provenance] certificate: no PEM certificate in it", hint="the signer's first") from err
    try:
        key = serialization.load_pem_private_key(pem, None)
    except (ValueError, TypeError) as err:  # TypeError: it is encrypted
        reason = "it is encrypted" if isinstance(err, TypeError) else "no PEM private key in it"
        raise MasterError(
            f"[provenance] key: {reason}", hint="an unencrypted PKCS#8 file that only you can read"
        ) from err
    now = datetime.now(UTC)
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        valid = f"{certificate.not_valid_before_utc:%Y-%m-%d} to {certificate.not_valid_after_utc:%Y-%m-%d}"
        raise MasterError(f"[provenance] certificate: it is valid from {valid}, not today", hint="renew it")
    spki = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    if key.public_key().public_bytes(*spki) != certificate.public_key().public_bytes(*spki):
        raise MasterError("[provenance]: the key is not the certificate's", hint="give the key it was issued for")
    return Signature(_algorithm(key), chain, pem, timestamp_url)


def _algorithm(key: object) -> str:
    """Return what C2PA calls the signatures that a key makes.

    Raises:
        MasterError: It is of a kind that C2PA does not take.
    """
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    if isinstance(key, ec.EllipticCurvePrivateKey):
        name = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}.get(key.curve.name)
    elif isinstance(key, rsa.RSAPrivateKey):
        name = "ps256"
    else:
        name = "ed25519" if isinstance(key, ed25519.Ed25519PrivateKey) else None
    if name is None:
        raise MasterError("[provenance] key: C2PA takes no key of its kind", hint="use P-256, P-384, Ed25519 or RSA")
    return name


def _not_installed() -> MasterError:
    return MasterError("signing needs c2pa-python, which is not installed", hint=install_hint("provenance"))


class _foreign_errors:  # noqa: N801 - read as a verb: `with _foreign_errors()`
    """Turns what the library raises into ours."""

    def __enter__(self) -> None:
        try:
            import c2pa  # noqa: F401 - whether it is there
        except ImportError as err:
            raise _not_installed() from err

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        import c2pa

        if isinstance(error, c2pa.C2paError):
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise MasterError(f"the sound cannot be signed: {reason}", hint="see [provenance]") from error
