"""Settings from outside: the only module that reads the environment.

All data is in one folder, `ROSTRUM_INSTANCE`. `ROSTRUM_BASE_URL`, if set, is the address
at which people reach the server (`rostrum.actions.instance.addresses` knows which one counts). The
secret key never leaves the folder; `rostrum.instance` says when one may be made.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from rostrum.domain.errors import RuleBroken
from rostrum.domain.instance.addresses import read_address
from rostrum.domain.instance.backups import LISTS
from rostrum.domain.instance.keys import KEY_BYTES
from rostrum.domain.texts import whole_number
from rostrum.lock import CannotServe

KEY_FILE = "secret.key"
PUBLIC_STREAMS = 1_000
"""Streams for all public pages together: they must never shut out delegates' presses and streams
(`serve.WORKER_CONNECTIONS`)."""


class BadSetting(Exception):
    """A setting in the environment is invalid; the message says how, in English."""


@dataclass(frozen=True)
class Config:
    """Where an instance keeps its data, and what the environment says about how to reach it."""

    instance: Path
    base_url: str = ""
    """The outside address as the environment gives it; "" if it gives none."""
    public_streams: int = PUBLIC_STREAMS
    """How many public pages may be live at once; the others ask from time to time."""

    @property
    def database(self) -> Path:
        return self.instance / "rostrum.db"

    @property
    def letters(self) -> Path:
        return self.instance / "letters"

    @property
    def lists(self) -> Path:
        """The folder of lists that the server writes on the morning of an opening."""
        return self.instance / LISTS

    @property
    def static(self) -> Path:
        """The folder of static files as they are served; missing files are made again."""
        return self.instance / "static"

    @property
    def key_file(self) -> Path:
        return self.instance / KEY_FILE

    def secret_key(self) -> bytes:
        """The instance's key of 32 random bytes; CannotServe if it is missing or incomplete."""
        try:
            key = self.key_file.read_bytes()
        except FileNotFoundError:
            raise CannotServe(f"There is no {KEY_FILE} in {self.instance}.") from None
        if len(key) != KEY_BYTES:
            raise CannotServe(
                f"{self.key_file} is damaged: it has {len(key)} bytes instead of {KEY_BYTES}. "
                "Put back the one from your last backup."
            )
        return key

    def make_key(self) -> bytes:
        """The instance's key, made (mode 0600) if there is none: complete, by only one process.

        With an empty key, left by a crash or read half-written, anybody could forge a link.
        """
        self.instance.mkdir(parents=True, exist_ok=True)
        # A clone of the repository has this folder, open to everybody on the machine.
        with suppress(PermissionError):
            self.instance.chmod(0o700)
        with _new_key(self.instance) as made, suppress(FileExistsError):
            os.link(made, self.key_file)
        return self.secret_key()

    def replace_key(self) -> bytes:
        """Replaces a key that may be lost or known to others."""
        with _new_key(self.instance) as made:
            made.replace(self.key_file)
        return self.secret_key()


@contextmanager
def _new_key(folder: Path) -> Iterator[Path]:
    """A file beside the key with 32 random bytes that have reached the disk."""
    handle, name = tempfile.mkstemp(prefix=f"{KEY_FILE}.", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def load_config(instance: str | Path | None = None) -> Config:
    """The settings from the environment, else the defaults; `instance` overrides the folder.

    Raises BadSetting for a ROSTRUM_BASE_URL with which no link could work.
    """
    folder = Path(instance or os.environ.get("ROSTRUM_INSTANCE") or "instance")
    return Config(folder.absolute(), _base_url(), _public_streams())


def _base_url() -> str:
    text = os.environ.get("ROSTRUM_BASE_URL", "").strip()
    try:
        return read_address(text) if text else ""
    except RuleBroken as error:
        said = error.sentence.text % error.sentence.values
        raise BadSetting(f"ROSTRUM_BASE_URL is {text!r}. {said}") from error


def _public_streams() -> int:
    """The number that the environment gives, else the default."""
    said = whole_number(os.environ.get("ROSTRUM_PUBLIC_STREAMS"))
    return PUBLIC_STREAMS if said is None else said
