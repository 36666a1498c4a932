"""The real Caddy in front of a server, set as the deployment's is: TLS, no pool of connections."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.load.phones import Address, connect
from tests.load.server import HOST, START_SECONDS, Server, free_port

NAME = "rostrum"
"""The host that `phones` name in their requests."""
CADDYFILE = """{{
	admin off
	skip_install_trust
	auto_https disable_redirects
	storage file_system {folder}/storage
	log {{
		level ERROR
	}}
}}
https://{name}:{port} {{
	bind {host}
	tls internal
	reverse_proxy {upstream} {{
		transport http {{
			{transport}
		}}
		lb_try_duration 8s
		lb_try_interval 100ms
	}}
}}
"""
NO_POOL = "keepalive off"
POOL = "keepalive 2m"
"""What Caddy does when nothing is said."""


@dataclass(frozen=True)
class Proxy:
    """A Caddy that answers at this address for NAME."""

    address: Address
    folder: Path

    def dial(self, address: Address) -> socket.socket:
        """A connection to it as a phone has it, HTTP/1.1 in TLS.

        TLS 1.2: with 1.3 a server speaks unasked, which a client of one thread would wait on.
        """
        authority = self.folder / "storage/pki/authorities/local/root.crt"
        trust = ssl.create_default_context(cafile=str(authority))
        trust.maximum_version = ssl.TLSVersion.TLSv1_2
        return trust.wrap_socket(connect(address), server_hostname=NAME)


def from_its_page(request: bytes) -> bytes:
    """The request as from a page that came over TLS; the answer is to stay as it is.

    Unasked Caddy takes an answer compressed, and unpacks it.
    """
    more = f"\r\nReferer: https://{NAME}/\r\nAccept-Encoding: identity\r\n"
    return request.replace(b"\r\n", more.encode(), 1)


@contextmanager
def caddy_before(server: Server, transport: str = NO_POOL) -> Iterator[Proxy]:
    """A Caddy that signed_in everything on to the server."""
    with tempfile.TemporaryDirectory(prefix="rostrum-caddy-") as folder:
        proxy = Proxy((HOST, free_port()), Path(folder))
        settings = CADDYFILE.format(
            folder=folder,
            name=NAME,
            host=HOST,
            port=proxy.address[1],
            upstream=f"{server.host}:{server.port}",
            transport=transport,
        )
        (proxy.folder / "Caddyfile").write_text(settings)
        program = Path(sys.executable).with_name("caddy")
        command = [program, "run", "--config", proxy.folder / "Caddyfile", "--adapter", "caddyfile"]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            _wait_for(proxy)
            yield proxy
        finally:
            process.kill()
            process.wait()


def _wait_for(proxy: Proxy) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError, ssl.SSLError):
            proxy.dial(proxy.address).close()
            return
        time.sleep(0.05)
    raise AssertionError("Caddy did not come up")
