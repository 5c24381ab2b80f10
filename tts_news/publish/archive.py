"""Files put into a book's ZIP so that the same edition makes the same bytes."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_PIECE = 1 << 20


def add_text(book: zipfile.ZipFile, name: str, text: str, *, stored: bool = False) -> None:
    """Add a text; `stored` leaves it uncompressed."""
    book.writestr(_info(name, stored=stored), text.encode())


def add_file(book: zipfile.ZipFile, name: str, source: Path) -> None:
    """Copy a file into the book piece by piece: an hour of sound need not fit into memory."""
    info = _info(name, stored=True)
    info.file_size = source.stat().st_size
    with source.open("rb") as file, book.open(info, "w") as entry:
        shutil.copyfileobj(file, entry, _PIECE)


def _info(name: str, *, stored: bool) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _ZIP_DATE)
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info
