"""Which network addresses a page may be fetched from: public ones, connected to exactly as resolved here.

Checking the name first and letting the HTTP library resolve it again would leave a gap: the second answer may be
another (DNS rebinding). So the connection is made to the very address that was checked.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

Resolve = Callable[[str, int], Sequence[str]]

# Where a cloud tells a machine its own keys: no article is there, whatever is allowed. Link-local as a whole, because
# each cloud adds its own, and what is public by the registry or looks like one's own network.
_METADATA = tuple(
    map(
        ipaddress.ip_network,
        ("169.254.0.0/16", "168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::/32", "fd20:ce::/32"),
    )
)
# Of the special-purpose registries, what Python, or an older one, still calls global; once a site's own (RFC 3879).
_SPECIAL = tuple(
    map(
        ipaddress.ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "5f00::/16", "3fff::/20", "fec0::/10"),
    )
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class PrivateAddressError(OSError):
    """A name leads to an address that is not public."""


class MetadataAddressError(PrivateAddressError):
    """A name leads to where a cloud keeps a machine's keys."""


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses of a host, in the order to try them.

    Raises:
        OSError: The name is not known.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as err:
        raise OSError(f"{host!r} is no host name") from err
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in answers))


def is_public(address: str) -> bool:
    """Return whether an IP address is one that anyone on the internet may reach.

    Addresses that carry an IPv4 address inside (mapped, compatible, 6to4, NAT64, Teredo, ISATAP) are as public as that
    one.
    """
    ip = _inner(address)
    if any(ip in network for network in _SPECIAL) or is_metadata(address):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def is_metadata(address: str) -> bool:
    """Return whether an IP address is that of a cloud's metadata service, in any of its forms."""
    ip = _inner(address)
    return any(ip in network for network in _METADATA)


def _inner(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return the address, or the IPv4 address that it carries inside."""
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        is_isatap = int(ip) >> 32 & 0xFDFFFFFF == 0x5EFE  # RFC 5214, 6.1: 0000:5efe or 0200:5efe before it
        if inner is None and (ip in _NAT64 or is_isatap or 0xFFFF < int(ip) <= 0xFFFFFFFF):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        return inner or ip
    return ip


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to public addresses only (or to any, when told so), and only to addresses it has itself looked up.

    Args:
        allow_private: Let private addresses pass; a cloud's metadata stays closed.
        lookup: Resolves a name; another one is given in tests.
    """

    def __init__(self, *, allow_private: bool, lookup: Resolve = resolve) -> None:
        self._allow_private = allow_private
        self._lookup = lookup
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the first address of the host that answers.

        Raises:
            PrivateAddressError: One of the host's addresses is not public, or a cloud's metadata service.
            OSError: The name is not known.
            httpcore.ConnectError: No address answers.
        """
        addresses = self._lookup(host, port)
        for address in addresses:
            if is_metadata(address):
                raise MetadataAddressError(f"{host} leads to {address}, a cloud's metadata service")
            if not self._allow_private and not is_public(address):
                raise PrivateAddressError(f"{host} leads to {address}, which is not a public address")
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                return self._sockets.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as err:
                failure = err
        raise failure

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Refuse: pages do not come from sockets of this machine.

        Raises:
            PrivateAddressError: Always.
        """
        del timeout, socket_options
        raise PrivateAddressError(f"{path} is a socket of this machine")

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._sockets.sleep(seconds)
