"""The suite reaches nothing but this machine: a guard on every socket Python opens.

An audit hook sees each connect, however the socket was made. A refusal that product code swallows
is still in `reached`, and fails the test that did it.
"""

import ipaddress
import sys

LOCAL_NAMES = frozenset({"localhost", "localhost.localdomain", "ip6-localhost", ""})
EVENTS_WITH_ADDRESS = frozenset({"socket.connect", "socket.sendto"})
EVENTS_WITH_HOST = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})

reached: list[str] = []  # what was tried since it was last emptied, newest last
_on = False


class OutsideNetwork(RuntimeError):
    """A test tried to reach another machine."""


def is_local(host: object) -> bool:
    """Whether `host` (name, address, bytes or None) is this machine. None: any interface of it."""
    if host is None:
        return True
    if isinstance(host, bytes | bytearray):
        host = host.decode("ascii", "replace")
    name = str(host).strip("[]").lower()
    if name in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(name.split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def is_local_address(address: object) -> bool:
    """Whether a socket's address is this machine: (host, port, …), or the path of a Unix socket."""
    if isinstance(address, tuple) and address and isinstance(address[0], str | bytes):
        return is_local(address[0])
    return True


def _hook(event: str, args: tuple[object, ...]) -> None:
    if not _on:
        return
    if event in EVENTS_WITH_ADDRESS and not is_local_address(args[1]):
        where = args[1]
    elif event in EVENTS_WITH_HOST and not is_local(args[0]):
        where = args[0]
    else:
        return
    reached.append(f"{event} {where!r}")
    raise OutsideNetwork(f"{event} to {where!r}: the tests may only reach this machine.")


def guard() -> None:
    """From now on, anything but loopback and Unix sockets is refused."""
    global _on
    if not _on:
        sys.addaudithook(_hook)
        _on = True
