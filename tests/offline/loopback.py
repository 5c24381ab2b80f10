"""Switch the interface `lo` on, then become the command that is given: in a new namespace it is switched off.

python loopback.py COMMAND...
"""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import sys
from contextlib import suppress

if __name__ == "__main__":
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket, suppress(PermissionError):
        up = struct.pack("16sh14x", b"lo", 0x1 | 0x40)  # IFF_UP, IFF_RUNNING; outside a namespace it is on already
        fcntl.ioctl(any_socket, 0x8914, up)  # SIOCSIFFLAGS
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - the command of a test, no shell
