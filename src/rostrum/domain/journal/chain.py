"""The journal's chain: each entry's hash covers the one before it.

Personal values are stored beside an entry. The chain covers only their salted hashes, so that
it still verifies after the values and salts are purged.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One line of the journal. `digests` maps a personal value's name to its salted hash."""

    at: int
    debate_id: int | None
    delegation_id: int | None
    kind: str
    actor: str
    facts: dict[str, Any]
    digests: dict[str, str]


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no spaces: the same value always gives the same text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def value_digest(salt: str, value: str) -> str:
    """The salted SHA-256 of a personal value, in hexadecimal."""
    return hashlib.sha256(f"{salt}\n{value}".encode()).hexdigest()


def entry_hash(previous: str, entry: Entry) -> str:
    """SHA-256 over the previous hash and the whole entry, in hexadecimal."""
    text = canonical_json([previous, vars(entry)])
    return hashlib.sha256(text.encode()).hexdigest()


def first_break(rows: list[tuple[Entry, str]]) -> int | None:
    """Index of the first entry whose stored hash does not follow from its entry; None: all do."""
    previous = GENESIS
    for index, (entry, stored) in enumerate(rows):
        if entry_hash(previous, entry) != stored:
            return index
        previous = stored
    return None
