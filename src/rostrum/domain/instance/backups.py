"""Backups: the files of an instance at one instant, and a manifest that proves them.

Not here: copying files (`letters/copying`), and making and restoring a backup (actions).
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from rostrum.domain.times import from_micros, to_micros

FORMAT, VERSION = "rostrum-backup", 1
MANIFEST, DATABASE, KEY = "manifest.json", "rostrum.db", "secret.key"
LETTERS, LISTS = "letters", "lists"
_NAMES = re.compile(
    r"rostrum\.db|secret\.key|letters/[0-9a-f]{32}\.[0-9a-z.]+(/[0-9a-z]+\.webp)?"
    r"|lists/[0-9a-z-]+/[0-9TZ-]+\.(en|fr)\.html"
)
"""Nothing else is ever restored from a backup: its manifest may come from anywhere."""


class BackupFault(Exception):
    """A backup cannot be made or cannot be trusted; the message tells the terminal why."""


@dataclass(frozen=True)
class KeptFile:
    """A file of the instance: its path in the folder, bytes, SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Figures:
    """Counts of what the database holds; `end` is the hash of the journal's last entry."""

    registrations: int
    letters: int
    entries: int
    end: str


@dataclass(frozen=True)
class Manifest:
    """The state at `taken_at`: everything that was acknowledged before that is in the backup."""

    taken_at: datetime
    program: str
    """The version of Rostrum that made it."""
    figures: Figures
    files: tuple[KeptFile, ...]
    lost: tuple[str, ...] = ()
    """Files of letters that the instance no longer had as they were sent."""

    @property
    def folder_name(self) -> str:
        """The name of the backup's folder: its time in UTC, so that names sort by time."""
        return f"rostrum-{self.taken_at:%Y-%m-%dT%H%M%SZ}"

    def as_json(self) -> str:
        values = asdict(self) | {"taken_at": to_micros(self.taken_at)}
        return json.dumps({"format": FORMAT, "version": VERSION} | values, indent=1) + "\n"


def read_manifest(text: str) -> Manifest:
    """The manifest from its JSON text; BackupFault if Rostrum did not write it."""
    try:
        return _manifest(json.loads(text))
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise BackupFault(f"{MANIFEST} is damaged ({error}).") from error


def _manifest(values: dict[str, Any]) -> Manifest:
    if (values.pop("format"), values.pop("version")) != (FORMAT, VERSION):
        raise BackupFault("It was made by a newer Rostrum. Install that one.")
    manifest = Manifest(
        taken_at=from_micros(values.pop("taken_at")),
        figures=Figures(**values.pop("figures")),
        files=tuple(KeptFile(**each) for each in values.pop("files")),
        lost=tuple(values.pop("lost")),
        **values,
    )
    names = [file.name for file in manifest.files]
    if not all(map(_NAMES.fullmatch, names)) or len(set(names)) < len(names):
        raise ValueError("a file that no backup has")
    if not {DATABASE, KEY} <= set(names):
        raise ValueError("no database or no key")
    return manifest
