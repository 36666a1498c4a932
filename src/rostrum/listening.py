"""Where a server that listens on a host and a port is reached from nearby."""

from __future__ import annotations

import socket

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  compared with, not listened on
USUAL_PORT = 80


def listening_url(host: str, port: int) -> str:
    """What links begin with there: of this machine in its network when it listens everywhere."""
    where = bracketed(_reachable(host))
    return f"http://{where}" if port == USUAL_PORT else f"http://{where}:{port}"


def bracketed(host: str) -> str:
    """A host as addresses write it."""
    return f"[{host}]" if ":" in host else host


def _reachable(host: str) -> str:
    """A datagram socket is told a far address and asked for its near one; nothing is sent."""
    if host not in EVERYWHERE:
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return probe.getsockname()[0]
