"""What a command really does: run under strace, in a network namespace without a route where one may be made.

Where none may be made (a container without that right) the command runs under strace all the same and its system calls
are judged alike: a connection that could have been made is found as well as one that could not.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

CALLS = (
    "%network,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,truncate,mknod,"
    "mknodat,unlink,unlinkat,rmdir"
)
# Whoever opens one of these is about to look a name up.
_RESOLVER = re.compile(r'"/etc/(resolv\.conf|hosts|gai\.conf|host\.conf)"|nscd|systemd/resolve')
_ADDRESS = re.compile(r"\{sa_family=AF_(\w+)[^}]*\}")
_HOST = re.compile(r'inet_addr\("([^"]*)"\)|inet_pton\(AF_INET6, "([^"]*)"')
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE")
_NAMED = re.compile(r'(?:AT_FDCWD<([^>]*)>|\d+<([^>]*)>)?(?:, )?"((?:[^"\\]|\\.)*)"')
# Of the system's: terminals, semaphores, a thread's own name.
_SYSTEM = ("/dev/", "/proc/self/", "/proc/thread-self/")


@dataclass(frozen=True)
class Trace:
    """The system calls of a command and all its children."""

    calls: tuple[str, ...]
    cwd: Path

    def reached(self) -> list[str]:
        """Return every look-up, connection, and message to an address that is not this machine's own loopback."""
        found = []
        for call in self.calls:
            name = call.partition("(")[0]
            if name in {"open", "openat"} and _RESOLVER.search(call):
                found.append(call)
            if name in {"connect", "sendto", "sendmsg", "sendmmsg", "bind"}:
                found += [call for address in _ADDRESS.finditer(call) if not _is_own(address)]
        return found

    def wrote(self, *allowed: Path) -> list[str]:
        """Return every path that was made, opened for writing, renamed or removed outside the allowed folders."""
        found = []
        for call in self.calls:
            name, _, rest = call.partition("(")
            opens = name in {"open", "openat"}
            if (opens and not _WRITES.search(rest)) or name in {"connect", "sendto", "sendmsg", "bind"}:
                continue
            if not opens and not re.match(r"creat|mkdir|rename|link|symlink|truncate|mknod|unlink|rmdir", name):
                continue
            paths = [self.cwd / (at or fd) / unescaped(path) for at, fd, path in _NAMED.findall(rest)]
            outside = [path for path in paths if not str(path).startswith(_SYSTEM) and not _inside(path, allowed)]
            found += [f"{name} {path}" for path in outside]
        return found


def _is_own(address: re.Match[str]) -> bool:
    if address[1] == "UNIX":  # another program on this machine: the name service's is known by its path
        return not re.search(r"nscd|resolve", address[0])
    found = _HOST.search(address[0])
    host = (found[1] or found[2]) if found else ""
    return host.startswith("127.") or host == "::1"  # binding to "any" would not be loopback: others could reach it


def unescaped(path: str) -> str:
    """Return a path as strace prints it (octal escapes of bytes) as text."""
    return (
        path.encode("latin-1", "backslashreplace").decode("unicode_escape").encode("latin-1").decode(errors="replace")
    )


def _inside(path: Path, allowed: tuple[Path, ...]) -> bool:
    whole = Path(os.path.normpath(path))
    return any(whole == folder or folder in whole.parents or whole in folder.parents for folder in allowed)


def namespace() -> list[str]:
    """Return the command that runs another one where there is no network at all; [] where that is not permitted."""
    for options in (["--net"], ["--net", "--map-root-user"]):
        if (
            shutil.which("unshare")
            and not subprocess.run(["unshare", *options, "true"], stderr=subprocess.DEVNULL, check=False).returncode
        ):
            return ["unshare", *options]
    return []


def namespace_with_loopback() -> list[str]:
    """Return the same for a command whose processes talk to each other over loopback."""
    return [*namespace(), sys.executable, str(Path(__file__).with_name("loopback.py"))]


def strace(log: Path) -> list[str]:
    """Return the command that runs another one traced, a file a thread beside `log`."""
    if not shutil.which("strace"):
        pytest.fail("strace is missing: apt-get install strace (scripts/test.sh does)")
    return ["strace", "--seccomp-bpf", "-ff", "-qq", "-y", "-s", "4096", "-e", f"trace={CALLS}", "-o", str(log)]


def read_trace(log: Path, cwd: Path, loaded: str = "onnxruntime") -> Trace:
    """Return what was traced; never of a command that did not load what is to be watched, which would prove nothing."""
    files = sorted(log.parent.glob(f"{log.name}.*"))
    calls = tuple(line for file in files for line in file.read_text(errors="replace").splitlines())
    assert any(loaded in call for call in calls), f"{loaded} was not even loaded"
    return Trace(calls, cwd)


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment in which nothing has been decided: no settings of ours, no switch of another library."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not re.match(r"TTS_NEWS_|XDG_|ORT_|RAY_|HF_|DO_NOT_TRACK", name)
    }
    return kept | {"HOME": str(home), "TMPDIR": str(home / "tmp"), "PYTHONDONTWRITEBYTECODE": "1", **more}
