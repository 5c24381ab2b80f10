"""A C2PA manifest in an MP3 whose tag stays as it is.

The library puts the manifest into a tag that it writes anew, as ID3v2.4: in that Apple Podcasts and ffprobe lose all
chapters whose frame has more than 127 bytes, which is forty Arabic letters (see `id3.py`). Here the frame is put behind
ours: a placeholder first, then the hash of all the rest, then the signed manifest in its place.

The calls for that are in the library's documented C interface and not in its Python classes.
Source: c2pa.h of c2pa-rs 0.91, c2pa_builder_data_hashed_placeholder and c2pa_builder_sign_data_hashed_embeddable;
C2PA Technical Specification 2.2, A.3.4 (ID3).
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import shutil
import struct
from typing import TYPE_CHECKING, Any

from tts_news.errors import MasterError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_RAW = b"application/c2pa"  # the manifest as it is, in no format's wrapping
_HEAD = 10  # bytes of a tag's, and of a frame's
_DESCRIPTION = b"\x00application/c2pa\x00c2pa\x00c2pa manifest store\x00"  # encoding, type, file name, what it is
_PIECE = 1 << 20
_BYTES = ctypes.POINTER(ctypes.c_ubyte)


def sign_mp3(source: Path, target: Path, builder: Any, signer: Any) -> None:
    """Write a signed copy of an MP3 that begins with a tag of ours.

    Args:
        source: The MP3.
        target: Where the copy goes.
        builder: The library's builder with the manifest in it.
        signer: The library's signer.

    Raises:
        MasterError: The library refuses.
        OSError: The disk refuses.
    """
    library = _Library(builder, signer)
    placeholder = library.placeholder()
    start = _copy_with(placeholder, source, target)
    facts = {
        "exclusions": [{"start": start, "length": len(placeholder)}],
        "name": "jumbf manifest",
        "alg": "sha256",
        "hash": list(_hash_around(target, start, len(placeholder))),
        "pad": [],
    }
    manifest = library.sign(facts)
    if len(manifest) != len(placeholder):
        raise MasterError("the signed manifest has another length than its place", hint="see [provenance]")
    with target.open("r+b") as file:
        file.seek(start)
        file.write(manifest)


def _copy_with(manifest: bytes, source: Path, target: Path) -> int:
    """Copy an MP3 with a manifest as the last frame of its tag; returns where the manifest begins."""
    with source.open("rb") as sound, target.open("wb") as out:
        head = sound.read(_HEAD)
        size = sum((byte & 0x7F) << (21 - 7 * place) for place, byte in enumerate(head[6:10]))
        frame = b"GEOB" + struct.pack(">I", len(_DESCRIPTION) + len(manifest)) + b"\x00\x00" + _DESCRIPTION + manifest
        longer = size + len(frame)
        out.write(head[:6] + bytes(longer >> shift & 0x7F for shift in (21, 14, 7, 0)))
        out.write(sound.read(size))
        out.write(frame)
        shutil.copyfileobj(sound, out, _PIECE)
    return _HEAD + longer - len(manifest)


def _hash_around(path: Path, start: int, length: int) -> bytes:
    """Return the SHA-256 of a file without the bytes of its manifest."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        left = start
        while left and (piece := file.read(min(_PIECE, left))):
            digest.update(piece)
            left -= len(piece)
        file.seek(start + length)
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.digest()


class _Library:
    """The two calls of the C interface, on a builder and a signer of the Python one."""

    def __init__(self, builder: Any, signer: Any) -> None:
        from c2pa import c2pa as bindings

        self._c = bindings._lib  # noqa: SLF001 - the loaded library; see the module's docstring
        self._builder = ctypes.cast(builder._handle, ctypes.c_void_p)  # noqa: SLF001
        self._signer = ctypes.cast(signer._handle, ctypes.c_void_p)  # noqa: SLF001
        pointer, text, out = ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(_BYTES)
        for name, arguments, result in (
            ("c2pa_builder_data_hashed_placeholder", [pointer, ctypes.c_size_t, text, out], ctypes.c_int64),
            ("c2pa_builder_sign_data_hashed_embeddable", [pointer, pointer, text, text, pointer, out], ctypes.c_int64),
            ("c2pa_signer_reserve_size", [pointer], ctypes.c_int64),
            ("c2pa_manifest_bytes_free", [_BYTES], None),
        ):
            function = getattr(self._c, name)
            function.argtypes, function.restype = arguments, result

    def placeholder(self) -> bytes:
        """Return bytes as many as the signed manifest will have."""
        reserved, found = self._c.c2pa_signer_reserve_size(self._signer), _BYTES()
        length = self._c.c2pa_builder_data_hashed_placeholder(self._builder, reserved, _RAW, ctypes.byref(found))
        return self._take(found, length)

    def sign(self, facts: Mapping[str, object]) -> bytes:
        """Return the manifest, signed, with the hash that `facts` holds."""
        found, order = _BYTES(), json.dumps(dict(facts)).encode()
        length = self._c.c2pa_builder_sign_data_hashed_embeddable(
            self._builder, self._signer, order, _RAW, None, ctypes.byref(found)
        )
        return self._take(found, length)

    def _take(self, found: Any, length: int) -> bytes:
        if length <= 0:
            raise MasterError("the sound cannot be signed: the library refuses the MP3", hint="see [provenance]")
        data = ctypes.string_at(found, length)
        self._c.c2pa_manifest_bytes_free(found)
        return data
