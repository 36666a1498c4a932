"""The steps of the schema by name, in the order in which they are registered."""

from __future__ import annotations

from sqlite_utils.migrations import Migrations

migrations = Migrations("rostrum")
