"""All letters of a debate in one archive: the names of the files, and the manifest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from rostrum.domain.csv_text import csv_text
from rostrum.domain.delegations.delegation import Delegation
from rostrum.domain.letters.letter import Letter
from rostrum.domain.registrations.registration import Registration
from rostrum.domain.texts import without_accents

ABOUT = "about.txt"
ABOUT_TEXT = """\
The letters of one debate, each as one PDF.

Each file is named by the place on the list, the code and the name of the
delegation, as of when this archive was made. A letter of several files, or
one whose file could act when it is opened, is a copy that only shows pages.

manifest.csv has a row for each file that a delegation sent: the SHA-256 that
it had when it was received, the SHA-256 of the PDF in here, and what is to be
known of it. A letter that could not be included is named there with the
reason. If manifest.csv is missing, the archive did not arrive whole.

The letters are confidential. Delete this archive when it is no longer needed.


Les lettres d'un débat, chacune en un PDF.

Chaque fichier porte la place sur la liste, le code et le nom de la
délégation. Une lettre de plusieurs fichiers, ou dont le fichier pourrait agir
à l'ouverture, est une copie qui ne fait que montrer les pages.

manifest.csv a une ligne par fichier envoyé : son empreinte SHA-256 à la
réception, celle du PDF ci-joint, et ce qu'il faut en savoir. Une lettre qui
n'a pu être jointe y figure avec la raison. Sans manifest.csv, l'archive n'est
pas arrivée entière.

Les lettres sont confidentielles. Supprimez cette archive après usage.
"""
MANIFEST = "manifest.csv"
MANIFEST_COLUMNS = (
    "place",
    "iso3",
    "delegation",
    "letter",
    "file",
    "file_sha256",
    "original",
    "original_sha256",
    "original_size",
    "original_kind",
    "combined",
    "marks",
    "note",
)
MAX_NAME = 60
"""Characters of a delegation's name in a file name: Windows allows 260 in a whole path."""


class Note(StrEnum):
    """What is wrong with a letter in the archive."""

    MISSING = "missing on the server"
    NOT_MADE = "no PDF could be made of it"
    CHANGED = "not as it was received"


@dataclass(frozen=True)
class Filed:
    """The current letter of one place, and its name in the archive."""

    place: int
    delegation: Delegation
    letter: Letter
    name: str


@dataclass(frozen=True)
class Outcome:
    """The result for one letter in the archive; `sha256` is that of the bytes written."""

    sha256: str = ""
    is_combined: bool = False
    note: str = ""
    missing: frozenset[str] = frozenset()
    """Stored names of originals that are no longer on the disk."""


def file_letters(listed: Iterable[tuple[Registration, Delegation]]) -> list[Filed]:
    """The current letters of all delegations with a place, in the order given; those that are still
    to come are not among them."""
    return [
        Filed(held.place, delegation, held.letter, _name(held.place, delegation))
        for held, delegation in listed
        if held.is_active and held.letter.files
    ]


def _name(place: int, delegation: Delegation) -> str:
    """`007-KEN-Kenya.pdf`: sorts by place, and is plain ASCII for any program and disk."""
    parts = (f"{place:03d}", _plain(delegation.code), _plain(delegation.name())[:MAX_NAME])
    return "-".join(part.strip("-") for part in parts if part) + ".pdf"


def _plain(text: str) -> str:
    """Letters without accents, and digits; everything else becomes a hyphen."""
    return re.sub(r"[^A-Za-z0-9]+", "-", without_accents(text)).strip("-")


def manifest_csv(report: Iterable[tuple[Filed, Outcome]]) -> str:
    """A row for each original, with the hash that it had on receipt; RFC 4180."""
    rows = (row for filed, outcome in report for row in _rows(filed, outcome))
    return csv_text(MANIFEST_COLUMNS, rows)


def _rows(filed: Filed, outcome: Outcome) -> Iterator[tuple[str, ...]]:
    letter = filed.letter
    for position, file in enumerate(letter.files, start=1):
        yield (
            str(filed.place),
            filed.delegation.code,
            filed.delegation.name(),
            letter.state,
            filed.name if outcome.sha256 else "",
            outcome.sha256,
            str(position),
            file.sha256,
            str(file.size),
            file.kind,
            "yes" if outcome.is_combined else "no",
            " ".join(sorted(file.marks)),
            Note.MISSING if file.stored_name in outcome.missing else outcome.note,
        )
