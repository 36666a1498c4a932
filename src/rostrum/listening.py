"""The address at which nearby devices reach a server on a host and a port."""

from __future__ import annotations

import socket

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  compared with, not listened on
USUAL_PORT = 80


def listening_url(host: str, port: int) -> str:
    """The beginning of links: this machine's address in its network if it listens everywhere."""
    where = bracketed(_reachable(host))
    return f"http://{where}" if port == USUAL_PORT else f"http://{where}:{port}"


def bracketed(host: str) -> str:
    """A host as it is written in an address."""
    return f"[{host}]" if ":" in host else host


def _reachable(host: str) -> str:
    """This machine's own address, from a datagram socket to a far address; nothing is sent."""
    if host not in EVERYWHERE:
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return probe.getsockname()[0]
