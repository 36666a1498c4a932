"""The real server for browser tests: an instance folder of its own, two members of staff in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Cookie

from rostrum.actions.staff.accounts import add_staff
from rostrum.clock import utc_clock
from rostrum.config import Config
from rostrum.domain.actors import COMMAND_LINE
from rostrum.domain.staff.accounts import Role
from rostrum.store.database import Database, connect
from tests.factories import copy_instance
from tests.load import server

STAFF_NAME, ADMIN_NAME, PASSWORD = "vera", "anna", "correct horse battery"


class Server(server.Server):
    """A server with a connection of the test's own to its database."""

    def __init__(self, folder: Path, database: Path, **settings: object) -> None:
        """Copies a migrated `database` and its key; starting is another step."""
        super().__init__(Config(folder, **settings))
        self.signed_in: dict[str, list[Cookie]] = {}
        copy_instance(database, folder)
        self.db = connect(self.config.database)
        for name, role in ((STAFF_NAME, Role.VERIFIER), (ADMIN_NAME, Role.ADMIN)):
            now = utc_clock.now()
            # As in the demonstration: codes that are taken once would make every sign-in wait.
            add_staff(
                self.db, now, COMMAND_LINE, name=name, role=role, password=PASSWORD, is_demo=True
            )


@dataclass(frozen=True)
class FarServer:
    """A server as it is reached over a line."""

    near: Server
    url: str

    @property
    def db(self) -> Database:
        return self.near.db

    @property
    def config(self) -> Config:
        return self.near.config


@contextmanager
def running(folder: Path, database: Path, **settings: object) -> Iterator[Server]:
    """A server that answers; at the end it is killed with everything it started."""
    made = Server(folder, database, **settings)
    try:
        made.start()
        yield made
    finally:
        made.kill()
        made.db.close()
