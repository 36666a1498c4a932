"""Settings from outside: the only place that reads the environment.

State lives in one folder, `ROSTRUM_INSTANCE`; the address people reach the server under is
`ROSTRUM_BASE_URL`. The secret key is made on first use and never leaves the folder.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

KEY_FILE = "secret.key"
DEFAULT_BASE_URL = "http://127.0.0.1:8000"
PUBLIC_STREAMS = 1_000
"""Streams of all public pages together: they must never shut out delegates' presses and streams
(`serve.WORKER_CONNECTIONS`)."""


@dataclass(frozen=True)
class Config:
    """Where one Rostrum keeps its state and how it is reached."""

    instance: Path
    base_url: str = DEFAULT_BASE_URL
    public_streams: int = PUBLIC_STREAMS
    """How many pages of everybody's may be live at once; the others ask now and then."""

    @property
    def database(self) -> Path:
        return self.instance / "rostrum.db"

    @property
    def letters(self) -> Path:
        return self.instance / "letters"

    @property
    def static(self) -> Path:
        """Static files as they are served; made again where they are missing."""
        return self.instance / "static"

    @property
    def is_secure(self) -> bool:
        """Whether people reach the server over HTTPS (then cookies are Secure, HSTS is sent)."""
        return self.base_url.startswith("https://")

    def secret_key(self) -> bytes:
        """The instance's key of 32 random bytes, made (mode 0600) when it does not exist."""
        path = self.instance / KEY_FILE
        if not path.exists():
            self.instance.mkdir(parents=True, exist_ok=True)
            # A clone brings the folder along, open to everybody on the machine.
            with suppress(PermissionError):
                self.instance.chmod(0o700)
            _make_key(path)
        return path.read_bytes()


def _make_key(path: Path) -> None:
    """Makes the key, whole or not at all; of several makers at once one wins.

    An empty key, left by a crash or seen half written, would let anybody forge a link.
    """
    handle, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()


def load_config(
    instance: str | Path | None = None, default_base_url: str = DEFAULT_BASE_URL
) -> Config:
    """The settings from the environment, else the defaults; a folder given as argument wins."""
    folder = Path(instance or os.environ.get("ROSTRUM_INSTANCE") or "instance")
    address = os.environ.get("ROSTRUM_BASE_URL") or default_base_url
    return Config(folder.absolute(), address.rstrip("/"), _public_streams())


def _public_streams() -> int:
    """What the environment says, where it says a number."""
    text = os.environ.get("ROSTRUM_PUBLIC_STREAMS", "")
    return int(text) if text.isascii() and text.isdigit() else PUBLIC_STREAMS
