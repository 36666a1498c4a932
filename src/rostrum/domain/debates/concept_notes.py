"""The concept note: one PDF of a debate that delegations can download."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ConceptNote:
    """A PDF kept as it was sent: `stored_name` is our name for it, `original_name` the staff's."""

    debate_id: int
    stored_name: str
    original_name: str
    size: int
    sha256: str
    pages: int
    uploaded_at: datetime
