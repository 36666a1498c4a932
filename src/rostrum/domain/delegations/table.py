"""A table of delegations as CSV: written safely for spreadsheets, read back, and compared."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from rostrum.domain.csv_text import BYTE_ORDER_MARK, harmless
from rostrum.domain.delegations.contacts import addresses_in
from rostrum.domain.delegations.delegation import LANGUAGES, Basis, Delegation, alphabetical_key
from rostrum.domain.sentences import S_, Sentence
from rostrum.domain.texts import cleaned, find_deceptive

COLUMNS = ("code", *(f"name_{each}" for each in LANGUAGES), "basis", "contact_emails")
MAX_ROWS, MAX_CELL = 1000, 1000


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

    changes: tuple[Change, ...]
    unchanged: int
    errors: tuple[tuple[int, Sentence], ...]
    fingerprint: str
    """Covers the file and everything that it is compared with."""


def write_table(delegations: Iterable[Delegation]) -> str:
    """All delegations as CSV that reads back the same."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in sorted(delegations, key=alphabetical_key):
        writer.writerow(harmless(cell) for cell in _cells(each).values())
    return BYTE_ORDER_MARK + text.getvalue()


def compare(text: str, existing: Iterable[Delegation]) -> Comparison:
    """The changes that this CSV would make to the existing delegations."""
    known = {each.code: each for each in existing}
    state = [(code, known[code].fingerprint) for code in sorted(known)]
    fingerprint = hashlib.sha256(f"{state}\n{text}".encode()).hexdigest()
    rows, errors = _rows(text)
    changes, seen = [], set()
    for line, row in rows:
        wrong = _wrong(row, seen)
        if wrong:
            errors.append((line, wrong))
            continue
        seen.add(row["code"])
        changes.append(_change(line, row, known.get(row["code"])))
    told = tuple(change for change in changes if change.is_new or change.fields)
    return Comparison(told, len(changes) - len(told), tuple(errors), fingerprint)


def _rows(text: str) -> tuple[list[tuple[int, dict[str, str]]], list[tuple[int, Sentence]]]:
    reader = csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""))
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            values = {"columns": ", ".join(missing)}
            return [], [(1, Sentence(S_("Columns are missing: %(columns)s."), values))]
        rows = [(reader.line_num, _plain(row)) for row in reader]
    except csv.Error:
        return [], [(reader.line_num, Sentence(S_("This is not a CSV file we can read."), {}))]
    if len(rows) > MAX_ROWS:
        return [], [(1, Sentence(S_("There is room for %(max)s rows."), {"max": MAX_ROWS}))]
    return rows, []


def _plain(row: dict[str, str | None]) -> dict[str, str]:
    return {
        name: _unguarded(cleaned(row[name] or "", has_lines=name == "contact_emails"))
        for name in COLUMNS
    }


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from computing it."""
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell


def _wrong(row: dict[str, str], seen: set[str]) -> Sentence | None:
    code = row["code"]
    if not re.fullmatch(r"[A-Z0-9]{2,12}", code):
        text = S_("“%(code)s” is not a code: 2 to 12 capital letters and digits.")
    elif code in seen:
        text = S_("%(code)s is in the file twice.")
    elif not row["name_en"]:
        text = S_("%(code)s has no name in English.")
    elif row["basis"] not in list(Basis):
        text = S_("The basis of %(code)s is none of rule_37, rule_39, previous_practice.")
    elif any(not _is_printable(cell) for cell in row.values()):
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
