"""Zip files of strangers, read in memory and in bounds: nothing is ever written, so no name in one leads anywhere."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from lxml import etree

from tts_news.errors import ReadError
from tts_news.read.markup import parse_xml

_MOST_MEMBERS: Final = 10_000
_MOST_BYTES: Final = 15_000_000
"""Of one part, unpacked. A book of 600,000 characters takes some ten million."""
_MOST_UNPACKED: Final = 60_000_000
_MOST_CHARACTERS: Final = 1_000_000
"""Of one part of XML, read or not; of what is read an article has 600,000 at most."""
_ENCRYPTED: Final = 0x1
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError)


class Archive:
    """A zip file: the parts of it that are asked for, each unpacked within bounds.

    Args:
        data: The file.
        name: The input, for messages.

    Raises:
        ReadError: It is no whole zip file, or holds more than any document does.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._left = _MOST_UNPACKED
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as err:
            raise ReadError(f"{name} is damaged: {err}", hint="save or fetch it again") from err
        if len(members) > _MOST_MEMBERS:
            raise ReadError(f"{name} holds {len(members):,} files, more than any document", hint="it is not read")
        self._members = {member.filename: member for member in members}

    def names(self) -> frozenset[str]:
        """Return the names of all parts."""
        return frozenset(self._members)

    def read(self, part: str) -> bytes:
        """Return a part, unpacked.

        Raises:
            ReadError: It is not there, damaged, protected, or too large.
        """
        member = self._members.get(part)
        if member is None:
            raise ReadError(f"{self.name} is damaged: it has no part {part}", hint="save it again")
        if member.flag_bits & _ENCRYPTED:
            raise ReadError(f"{self.name} is protected by a password", hint="save it without one")
        room = min(_MOST_BYTES, self._left)
        try:
            with self._zip.open(member) as file:
                data = file.read(room + 1)
        except _BROKEN as err:
            raise ReadError(f"{self.name} is damaged in {part}: {err}", hint="save or fetch it again") from err
        if len(data) > room:
            raise ReadError(f"{self.name} unpacks to more than any document holds", hint="it is not read")
        self._left -= len(data)
        return data

    def xml(self, part: str) -> etree._Element:
        """Return a part that is XML as a tree.

        Raises:
            ReadError: It is not whole: a document that was cut off is not half an article. Or it holds more than any.
        """
        mended = parse_xml(self.read(part), f"{self.name} ({part})")
        if mended.faults:
            line, fault = mended.faults[0]
            raise ReadError(f"{self.name} is damaged in {part}, line {line}: {fault}", hint="save it again")
        if sum(len(element.text or "") + len(element.tail or "") for element in mended.root.iter()) > _MOST_CHARACTERS:
            raise ReadError(f"{self.name} ({part}) is longer than any article", hint="it is not read")
        return mended.root
