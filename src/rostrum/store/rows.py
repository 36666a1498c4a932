"""How values that several tables share are stored in a row: instants and speakers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rostrum.domain.speakers import SPEAKER_FIELDS, Speaker
from rostrum.domain.times import from_micros, to_micros

COLUMN_OF = {field: field for field in SPEAKER_FIELDS} | {
    "title": "speaker_title",
    "name": "speaker_name",
}
SPEAKER_COLUMN_NAMES = ", ".join(COLUMN_OF.values())
SPEAKER_PARAMETERS = ", ".join(f":{column}" for column in COLUMN_OF.values())
SPEAKER_ASSIGNMENTS = ", ".join(f"{column} = :{column}" for column in COLUMN_OF.values())


def instant_of(micros: int | None) -> datetime | None:
    """An aware UTC datetime from a nullable column of microseconds."""
    return None if micros is None else from_micros(micros)


def micros_of(instant: datetime | None) -> int | None:
    """A datetime as a nullable column of microseconds."""
    return None if instant is None else to_micros(instant)


def speaker_of(row: dict[str, Any]) -> Speaker:
    return Speaker(**{field: row[column] for field, column in COLUMN_OF.items()})


def speaker_values(speaker: Speaker) -> dict[str, str]:
    """The speaker as column values."""
    return {COLUMN_OF[field]: value for field, value in speaker.as_dict().items()}
