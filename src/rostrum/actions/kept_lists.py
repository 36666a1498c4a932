"""Writing the list of a debate to files on the morning of its opening, by itself.

The files are there for the moment when nothing else is: no row of the database names them. What
they say and when one is due are decided elsewhere (`render`, `domain/exports/kept_lists.py`).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from rostrum.actions.journal import Event, record
from rostrum.actions.watching import Watch
from rostrum.domain.actors import Actor
from rostrum.domain.debates.debate import Debate
from rostrum.domain.errors import NotFound
from rostrum.domain.exports.kept_lists import LANGUAGES, MOST, file_name, is_due, read_instant
from rostrum.domain.journal.kinds import EntryKind
from rostrum.letters.copying import write_file
from rostrum.letters.files import sync_folder
from rostrum.store.database import Connections, writing
from rostrum.store.debates import list_debates
from rostrum.store.retention import list_purges

LOOK_SECONDS = 15
"""How often the keeper looks whether a list is due."""
Pages = dict[str, bytes]
"""A list as a page of its own, by language."""


class ListFiles:
    """A folder (0700) with a folder for each debate, named by its slug, of lists (0600)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def list_instants(self, slug: str) -> list[datetime]:
        """As of when the complete lists of a debate are, the newest first."""
        names = {path.name for path in self.list_files(slug)}
        found = filter(None, map(read_instant, names))
        return sorted({at for at in found if file_name(at, LANGUAGES[-1]) in names}, reverse=True)

    def list_files(self, slug: str = "*") -> list[Path]:
        """All files of a debate, or of all debates; unfinished ones too."""
        return sorted(self.folder.glob(f"{slug}/*"))

    def find(self, slug: str, name: str) -> Path:
        """A file by its name; NotFound if there is none, or if we do not name files so."""
        path = self.folder / slug / name
        if read_instant(name) is None or not path.is_file():
            raise NotFound
        return path

    def write(self, slug: str, at: datetime, pages: Pages) -> None:
        """Keeps a list, each file whole or not at all, and drops the oldest beyond MOST."""
        folder = self.folder / slug
        for each in (self.folder, folder):
            each.mkdir(mode=0o700, exist_ok=True)
        for left in folder.glob("*.part"):
            left.unlink()
        for language in LANGUAGES:
            path = folder / file_name(at, language)
            part = path.with_name(f"{path.name}.part")
            write_file(part, pages[language])
            part.rename(path)
        for old in self.list_instants(slug)[MOST:]:
            for language in LANGUAGES:
                (folder / file_name(old, language)).unlink(missing_ok=True)
        sync_folder(folder)

    def discard(self, slug: str) -> None:
        """Removes every list of a debate."""
        shutil.rmtree(self.folder / slug, ignore_errors=True)


def take_kept_list(db: Database, now: datetime, actor: Actor, debate: Debate, at: datetime) -> None:
    """Records who took a kept list, since contacts are in it."""
    with writing(db):
        facts = {"at": at.isoformat()}
        record(db, now, actor, Event(EntryKind.KEPT_LIST_TAKEN, debate_id=debate.id, facts=facts))


class ListKeeper(Watch):
    """Writes what is due, as long as the server runs; one that was missed is written at its start.

    `render` makes the pages of a debate's list as of an instant, and gives way to others meanwhile;
    `run` calls a function where the disk may keep it waiting.
    """

    name = "kept lists"
    pause = LOOK_SECONDS

    def __init__(
        self,
        connections: Connections,
        files: ListFiles,
        now: Callable[[], datetime],
        *,
        render: Callable[[Debate, datetime], Pages],
        run: Callable[..., Any],
    ) -> None:
        self._connections = connections
        self._files = files
        self._now = now
        self._render = render
        self._run = run

    def look(self) -> int:
        """Writes each list that is due now; returns how many. Never one of a debate whose data was
        deleted, even if that happened meanwhile."""
        with self._connections.borrowed() as db:
            due = [each for each in list_debates(db) if self._is_due(db, each)]
        for debate in due:
            at = self._now()
            self._run(self._files.write, debate.slug, at, self._render(debate, at))
            with self._connections.borrowed() as db:
                if list_purges(db, debate.id):
                    self._run(self._files.discard, debate.slug)
        return len(due)

    def _is_due(self, db: Database, debate: Debate) -> bool:
        kept = self._files.list_instants(debate.slug)
        return is_due(debate, self._now(), kept) and not list_purges(db, debate.id)
