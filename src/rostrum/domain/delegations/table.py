"""A table of delegations as CSV: written safely for spreadsheets, read back, and compared."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable
from dataclasses import dataclass

from rostrum.domain.csv_text import (
    NotReadable,
    Table,
    csv_text,
    is_spoilt_by_spreadsheets,
    read_table,
)
from rostrum.domain.delegations.contacts import addresses_in
from rostrum.domain.delegations.delegation import LANGUAGES, Basis, Delegation, alphabetical_key
from rostrum.domain.sentences import S_, Sentence
from rostrum.domain.texts import find_deceptive

COLUMNS = ("code", *(f"name_{each}" for each in LANGUAGES), "basis", "contact_emails")
MAX_ROWS, MAX_CELL = 1000, 1000
NOT_A_TABLE = Sentence(S_("This is not a table that we can read."))


@dataclass(frozen=True)
class Change:
    """One row that adds or changes a delegation; `fields` maps a column to before and after."""

    line: int
    delegation: Delegation
    fields: dict[str, tuple[str, str]]
    is_new: bool


@dataclass(frozen=True)
class Comparison:
    """The changes that a file would make. If it has errors (by line), it makes none."""

    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    errors: tuple[tuple[int, Sentence], ...] = ()
    fingerprint: str = ""
    """Covers the file and everything that it is compared with."""
    absent: tuple[Delegation, ...] = ()
    """Known delegations that the file does not mention; they stay as they are."""
    unread: tuple[str, ...] = ()
    """Columns of the file that mean nothing here."""


def write_table(delegations: Iterable[Delegation]) -> str:
    """All delegations as CSV that reads back the same."""
    listed = sorted(delegations, key=alphabetical_key)
    return csv_text(COLUMNS, (tuple(_cells(each).values()) for each in listed))


def compare(content: bytes, existing: Iterable[Delegation]) -> Comparison:
    """The changes that this file would make to the existing delegations.

    Only the column of codes is needed: what the file has no column for stays as it is.
    """
    known = {each.code: each for each in existing}
    state = [(code, known[code].fingerprint) for code in sorted(known)]
    fingerprint = hashlib.sha256(repr(state).encode() + content).hexdigest()
    try:
        table = read_table(content, lines_in={"contact_emails"})
    except NotReadable:
        return Comparison(errors=((1, NOT_A_TABLE),), fingerprint=fingerprint)
    if fault := _fault_of(table):
        return Comparison(errors=((1, fault),), fingerprint=fingerprint)
    return _compared(table, known, fingerprint)


def _compared(table: Table, known: dict[str, Delegation], fingerprint: str) -> Comparison:
    changes: dict[str, Change] = {}
    errors = []
    for line, cells in table.rows:
        code = cells.get("code", "").upper()
        before = known.get(code)
        row = (_cells(before) if before else dict.fromkeys(COLUMNS, "")) | cells | {"code": code}
        if wrong := _wrong(row, changes, is_new=before is None):
            errors.append((line, wrong))
        else:
            changes[code] = _change(line, row, before)
    told = tuple(change for change in changes.values() if change.is_new or change.fields)
    return Comparison(
        told,
        len(changes) - len(told),
        tuple(errors),
        fingerprint,
        tuple(each for code, each in known.items() if code not in changes),
        tuple(name for name in table.columns if name and name not in COLUMNS),
    )


def _fault_of(table: Table) -> Sentence | None:
    if "code" not in table.columns:
        names = ", ".join(filter(None, table.columns))[:200]
        found = "".join(each if each.isprintable() else "\ufffd" for each in names)
        return Sentence(
            S_("There is no column “code”. The columns found: %(found)s."), {"found": found}
        )
    if len(table.rows) > MAX_ROWS:
        return Sentence(S_("There is room for %(max)s rows."), {"max": MAX_ROWS})
    return None


def _wrong(row: dict[str, str], seen: Container[str], *, is_new: bool) -> Sentence | None:
    code = row["code"]
    if not re.fullmatch(r"[A-Z0-9]{2,12}", code):
        text = S_("“%(code)s” is not a code: 2 to 12 capital letters and digits.")
    elif code in seen:
        text = S_("%(code)s is in the file twice.")
    elif is_new and is_spoilt_by_spreadsheets(code):
        text = S_(
            "%(code)s is no known code; a spreadsheet may have changed one. New codes begin with a "
            "letter, and are no date."
        )
    elif not row["name_en"]:
        text = S_("%(code)s has no name in English.")
    elif row["basis"] not in list(Basis):
        text = S_("The basis of %(code)s is none of rule_37, rule_39, previous_practice.")
    elif any(not _is_printable(row[name]) for name in COLUMNS):
        text = S_("%(code)s has a text that is too long or cannot be printed.")
    else:
        return None
    return Sentence(text, {"code": code[:20]})


def _is_printable(cell: str) -> bool:
    return len(cell) <= MAX_CELL and find_deceptive(cell) is None


def _change(line: int, row: dict[str, str], before: Delegation | None) -> Change:
    names = {each: row[f"name_{each}"] for each in LANGUAGES if row[f"name_{each}"]}
    contacts = addresses_in(row["contact_emails"])
    after = Delegation(
        before.id if before else 0, row["code"], names, Basis(row["basis"]), contacts
    )
    old = _cells(before) if before else dict.fromkeys(COLUMNS, "")
    new = _cells(after)
    fields = {name: (old[name], new[name]) for name in COLUMNS if old[name] != new[name]}
    return Change(line, after, fields, before is None)


def _cells(each: Delegation) -> dict[str, str]:
    names = {f"name_{language}": each.names.get(language, "") for language in LANGUAGES}
    known = {
        "code": each.code,
        "basis": each.basis.value,
        "contact_emails": "; ".join(each.contacts),
    }
    return {name: (known | names)[name] for name in COLUMNS}
